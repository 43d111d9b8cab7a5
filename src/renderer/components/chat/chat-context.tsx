import { Button, Center } from '@mantine/core';
import { useEffect, useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Message } from '../../../core/domain/conversation.ts';
import { FailureView } from '../failure-view.tsx';
import { useFormat } from '../format.ts';
import { Loading } from '../loading.tsx';
import classes from './chat.module.css';
import { ChatMessage } from './chat-message.tsx';
import type { PartMarks } from './part-marks.ts';
import { useCitation } from './use-citation.ts';
import { useContextMessages } from './use-context-messages.ts';
import { useHitMarks } from './use-hit-marks.ts';

interface ChatContextProps {
  messageId: string;
  /** Names may be covered. */
  inReview?: boolean;
  /** What to mark, per message and part; without it, every hit of the messages shown. */
  marks?: readonly PartMarks[];
  /** Words of a search, marked in every message. */
  find?: string | null | undefined;
  /** Something after each message, for example buttons of a case. */
  after?: (message: Message) => React.ReactNode;
}

/** A message in its conversation, laid out as the chat was. */
export function ChatContext({ messageId, inReview = false, marks, find, after }: ChatContextProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const context = useContextMessages(messageId, inReview);
  const cite = useCitation();
  const hitMarks = useHitMarks(context.messages, marks === undefined);
  const scroller = useRef<HTMLDivElement>(null);
  const focus = useRef<HTMLDivElement>(null);
  const ready = context.messages.length > 0;
  // The message asked for stands in the middle at first …
  useEffect(() => {
    if (ready && messageId) focus.current?.scrollIntoView({ block: 'center' });
  }, [ready, messageId]);
  // … and stays where it is on screen when earlier ones come in above.
  const firstId = context.messages[0]?.id;
  const heightBefore = useRef(0);
  useLayoutEffect(() => {
    const box = scroller.current;
    if (!box || !firstId) return;
    const grown = box.scrollHeight - heightBefore.current;
    if (heightBefore.current > 0 && grown > 0 && box.scrollTop < 8) box.scrollTop += grown;
    heightBefore.current = box.scrollHeight;
  }, [firstId]);

  if (context.error) return <FailureView error={context.error} onRetry={context.retry} />;
  if (context.loading) return <Loading lines={8} height={32} />;
  const { messages } = context;
  const shown = marks ?? hitMarks;
  return (
    <div className={classes.chat} ref={scroller}>
      {context.moreBefore ? (
        <Center>
          <Button variant="subtle" loading={context.loadingMore} onClick={() => context.more('before')}>
            {t('chat.moreBefore')}
          </Button>
        </Center>
      ) : null}
      {messages.map((message, index) => {
        const previous = messages[index - 1];
        const day = message.sentAt === null ? null : format.date(message.sentAt);
        const dayBefore =
          previous?.sentAt === null || previous === undefined ? null : format.date(previous.sentAt);
        const subject = message.id === messageId;
        return (
          <div key={message.id} ref={subject ? focus : undefined}>
            {day && day !== dayBefore ? <div className={classes.day}>{day}</div> : null}
            <ChatMessage
              message={message}
              subject={subject}
              follows={previous?.senderId === message.senderId && day === dayBefore}
              marks={shown}
              cite={cite}
              find={find}
            />
            {after?.(message)}
          </div>
        );
      })}
      {context.moreAfter ? (
        <Center>
          <Button variant="subtle" loading={context.loadingMore} onClick={() => context.more('after')}>
            {t('chat.moreAfter')}
          </Button>
        </Center>
      ) : null}
    </div>
  );
}
