import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Message } from '../../../core/domain/conversation.ts';
import { consentOf } from '../../components/chat/consent.ts';
import { findMarks, HitText } from '../../components/hit-text.tsx';
import type { DataColumn } from '../../components/table/columns.ts';
import { Time } from '../../components/time.tsx';
import { useWords } from '../../components/words.ts';
import classes from './messages.module.css';
import { snippetOf } from './snippet.ts';

/** Columns of the message list; `find` is marked in the text. */
export function useMessageColumns(find: string | undefined): DataColumn<Message>[] {
  const { t } = useTranslation(['messages', 'common']);
  const words = useWords();
  return useMemo(
    () => [
      {
        id: 'sentAt',
        header: t('column.sentAt'),
        width: 142,
        minWidth: 142,
        sort: 'sentAt',
        text: (row) => (row.sentAt === null ? row.sentAtText : new Date(row.sentAt).toISOString()),
        cell: (row) => <Time at={row.sentAt} written={row.sentAtText} />,
      },
      {
        id: 'sender',
        header: t('column.sender'),
        width: 130,
        from: 380,
        text: (row) => row.sender ?? '',
        cell: (row) => <span>{row.sender ?? t('common:chat.system')}</span>,
      },
      {
        id: 'conversation',
        header: t('column.conversation'),
        width: 160,
        from: 780,
        text: (row) => row.conversation ?? '',
        cell: (row) => <span>{row.conversation ?? t('common:state.unnamed')}</span>,
      },
      {
        id: 'text',
        header: t('column.text'),
        width: 320,
        minWidth: 130,
        grow: true,
        text: (row) => row.text,
        cell: (row) => <TextCell message={row} find={find} />,
      },
      {
        id: 'kind',
        header: t('column.kind'),
        width: 80,
        from: 860,
        text: (row) => words.of('messageKind', row.kind),
        cell: (row) => words.of('messageKind', row.kind),
      },
      {
        id: 'hits',
        header: t('column.hits'),
        width: 64,
        from: 420,
        align: 'end',
        text: (row) => String(row.hits),
        cell: (row) => (
          <span className={classes.hits} data-some={row.hits > 0 || undefined}>
            {row.hits}
          </span>
        ),
      },
    ],
    [t, words, find],
  );
}

function TextCell({ message, find }: { message: Message; find: string | undefined }) {
  const { t } = useTranslation('common');
  const words = useWords();
  const consent = consentOf(message);
  if (consent && !find) return <span title={message.text}>{t(`chat.consent.${consent}`)}</span>;
  const snippet = snippetOf(message, find);
  if (snippet) return <HitText text={snippet} marks={findMarks(snippet, find)} />;
  const name = message.attachments.find((attachment) => attachment.name)?.name;
  return (
    <span className={classes.media}>
      [{words.of('messageKind', message.kind)}]{name ? ` ${name}` : ''}
    </span>
  );
}
