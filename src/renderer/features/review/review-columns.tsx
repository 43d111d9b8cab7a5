import { Group, Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Hit } from '../../../core/domain/hit.ts';
import { CategoryBadge, Severity, VerdictBadge } from '../../components/badges.tsx';
import { useFormat } from '../../components/format.ts';
import { HitText } from '../../components/hit-text.tsx';
import type { DataColumn } from '../../components/table/columns.ts';
import { Time } from '../../components/time.tsx';
import { useWords } from '../../components/words.ts';
import { hitSnippet } from './hit-snippet.ts';
import classes from './review.module.css';

/** Pixels of the table below which the text's second line says what the left columns said. */
const LEFT_COLUMNS_FROM = 721;

/**
 * Columns of the queue. A row has two lines: what was said, then who said it where and when. Where only
 * undecided hits are shown, the verdict gives its room to what was said.
 */
export function useReviewColumns(undecided: boolean): DataColumn<Hit>[] {
  const { t } = useTranslation(['review', 'common']);
  const words = useWords();
  const format = useFormat();
  return useMemo(
    () => [
      {
        id: 'severity',
        header: t('column.severity'),
        width: 84,
        minWidth: 76,
        from: LEFT_COLUMNS_FROM,
        sort: 'severity',
        text: (row) => String(row.severity),
        cell: (row) => <Severity value={row.severity} />,
      },
      {
        id: 'category',
        header: t('column.category'),
        width: 158,
        minWidth: 104,
        from: LEFT_COLUMNS_FROM,
        text: (row) => words.category(row.category),
        cell: (row) => (
          <span title={words.category(row.category)}>
            <CategoryBadge category={row.category} tier={row.tier} />
          </span>
        ),
      },
      {
        id: 'text',
        header: t('column.text'),
        width: 300,
        grow: true,
        text: (row) => row.text,
        cell: (row) => <Finding hit={row} />,
      },
      {
        id: 'verdict',
        header: t('column.verdict'),
        // Once judged, the case's number stands beside the verdict.
        width: undecided ? 122 : 176,
        minWidth: 92,
        from: undecided ? LEFT_COLUMNS_FROM : 440,
        text: (row) => (row.disposition ? words.of('verdict', row.disposition.verdict) : ''),
        cell: (row) => <Standing hit={row} />,
      },
      {
        id: 'score',
        header: t('column.score'),
        width: 72,
        from: 760,
        align: 'end',
        sort: 'score',
        text: (row) => String(row.score),
        cell: (row) => <span>{format.percent(row.score)}</span>,
      },
      {
        id: 'sentAt',
        header: t('column.sentAt'),
        width: 136,
        minWidth: 132,
        from: 760,
        sort: 'sentAt',
        text: (row) => (row.sentAt === null ? row.sentAtText : new Date(row.sentAt).toISOString()),
        cell: (row) => <Time at={row.sentAt} written={row.sentAtText} />,
      },
      {
        id: 'rule',
        header: t('column.rule'),
        width: 180,
        hidden: true,
        text: (row) => `${words.text(row.ruleTitle)} (${row.rule})`,
        cell: (row) => <span>{words.text(row.ruleTitle)}</span>,
      },
      {
        id: 'sender',
        header: t('column.sender'),
        width: 120,
        hidden: true,
        text: (row) => row.sender ?? '',
        cell: (row) => <span>{row.sender ?? t('common:chat.noSender')}</span>,
      },
      {
        id: 'conversation',
        header: t('column.conversation'),
        width: 150,
        hidden: true,
        text: (row) => row.conversation ?? '',
        cell: (row) => <span>{row.conversation ?? t('common:state.unnamed')}</span>,
      },
    ],
    [t, words, format, undecided],
  );
}

function Finding({ hit }: { hit: Hit }) {
  const { t } = useTranslation('common');
  const words = useWords();
  const snippet = hitSnippet(hit);
  return (
    <div className={classes.finding}>
      <div className={classes.snippet}>
        <HitText text={snippet.text} marks={snippet.marks} />
      </div>
      <Text size="xs" c="dimmed" truncate>
        <span className={classes.inText}>
          <Severity value={hit.severity} /> {words.category(hit.category)} ·{' '}
        </span>
        {hit.sender ?? t('chat.noSender')} · {hit.conversation ?? t('state.unnamed')}
        <span className={classes.timeInText}>
          {' · '}
          <Time at={hit.sentAt} written={hit.sentAtText} />
        </span>
      </Text>
    </div>
  );
}

/** Where the hit stands: its verdict and its case, if any. */
function Standing({ hit }: { hit: Hit }) {
  const { t } = useTranslation('review');
  return (
    <Group gap={4} wrap="nowrap">
      {hit.disposition ? (
        <VerdictBadge verdict={hit.disposition.verdict} />
      ) : (
        <Text span size="xs" c="dimmed">
          {t('undecided')}
        </Text>
      )}
      {hit.caseNumber ? (
        <Text span size="xs" c="dimmed" truncate>
          {hit.caseNumber}
        </Text>
      ) : null}
    </Group>
  );
}
