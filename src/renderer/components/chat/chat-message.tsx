import { Badge, Text } from '@mantine/core';
import { IconPaperclip, IconQuote } from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Message } from '../../../core/domain/conversation.ts';
import { CopyIcon } from '../copy.tsx';
import { useFormat } from '../format.ts';
import { findMarks, HitText } from '../hit-text.tsx';
import { ScreenLink } from '../link.tsx';
import { Time } from '../time.tsx';
import { useWords } from '../words.ts';
import classes from './chat.module.css';
import { consentOf } from './consent.ts';
import type { PartMarks } from './part-marks.ts';

interface ChatMessageProps {
  message: Message;
  /** The message that the context was asked for. */
  subject: boolean;
  /** Same sender and day as the one above: the head is left out. */
  follows: boolean;
  /** Of this message and of others: the list stays the same between renders. */
  marks: readonly PartMarks[];
  cite: (message: Message) => string;
  find: string | null | undefined;
}

function ChatMessageView({ message, subject, follows, marks, cite, find }: ChatMessageProps) {
  const { t } = useTranslation();
  const words = useWords();
  const marksOf = (part: number, text: string) => [
    ...marks
      .filter((entry) => entry.messageId === message.id && entry.part === part)
      .flatMap((entry) => entry.marks),
    ...findMarks(text, find),
  ];
  const consent = consentOf(message);
  const system = message.kind === 'system' || message.kind === 'recall';
  const sender = message.sender ?? (system ? t('chat.system') : t('chat.noSender'));
  return (
    <div
      className={classes.message}
      data-subject={subject || undefined}
      data-system={system || undefined}
      data-follows={follows || undefined}
    >
      {follows ? null : (
        <div className={classes.head}>
          <span className={classes.sender}>{sender}</span>
          <Text span size="xs" c="dimmed">
            <Time at={message.sentAt} written={message.sentAtText} precision="second" />
          </Text>
        </div>
      )}
      <div className={classes.bubble}>
        {consent ? (
          <span title={message.text}>{t(`chat.consent.${consent}`)}</span>
        ) : message.text ? (
          <HitText text={message.text} marks={marksOf(0, message.text)} />
        ) : message.carried.length === 0 && message.attachments.length === 0 ? (
          <Text span c="dimmed" inherit>
            {message.kind === 'text' ? t('chat.empty') : `[${words.of('messageKind', message.kind)}]`}
          </Text>
        ) : null}
        {message.carried.map((part) => (
          <blockquote
            key={part.part}
            className={classes.carried}
            style={{ marginInlineStart: part.depth * 10 }}
          >
            <Text size="xs" c="dimmed">
              {t(part.act === 'quote' ? 'chat.quoted' : 'chat.forwarded')}
              {part.sender ? ` · ${part.sender}` : ''}
              {part.sentAtText ? ` · ${part.sentAtText}` : ''}
            </Text>
            <HitText text={part.text} marks={marksOf(part.part, part.text)} />
          </blockquote>
        ))}
        {message.attachments.map((attachment, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: attachments have no id and never move
          <AttachmentLine key={index} attachment={attachment} />
        ))}
        <MessageNotes message={message} />
      </div>
      <div className={classes.tools}>
        <CopyIcon value={() => cite(message)} label={t('chat.copyCitation')} icon={<IconQuote size={14} />} />
      </div>
      {subject ? (
        <Text size="xs" c="dimmed" className={classes.source}>
          <ScreenLink to="/imports" search={{ source: message.sourceId }}>
            {t('chat.source', message.locator)}
          </ScreenLink>
        </Text>
      ) : null}
    </div>
  );
}

/** One message of a chat. It renders again only when what it shows changes: a verdict draws a screen several times. */
export const ChatMessage = memo(ChatMessageView);

function AttachmentLine({ attachment }: { attachment: Message['attachments'][number] }) {
  const words = useWords();
  const format = useFormat();
  return (
    <Text size="xs" className={classes.attachment}>
      <IconPaperclip size={13} />
      {words.of('messageKind', attachment.kind)}
      {attachment.name ? ` · ${attachment.name}` : ''}
      {attachment.size === null ? '' : ` · ${format.bytes(attachment.size)}`}
    </Text>
  );
}

/** What a reader must know about the message beside its words. */
function MessageNotes({ message }: { message: Message }) {
  const { t } = useTranslation();
  const words = useWords();
  const notes = [
    ...(message.recalled ? [t('chat.recalled')] : []),
    ...(message.editedAtText ? [`${t('chat.edited')} ${message.editedAtText}`] : []),
    ...message.flags.map((flag) => words.of('flag', flag)),
  ];
  if (notes.length === 0) return null;
  return (
    <div className={classes.notes}>
      {notes.map((note) => (
        <Badge key={note} size="sm" color="yellow">
          {note}
        </Badge>
      ))}
    </div>
  );
}
