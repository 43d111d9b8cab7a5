import { Badge } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseState, CaseSummary } from '../../../core/domain/case.ts';
import { Severity } from '../../components/badges.tsx';
import { CountLink } from '../../components/count-link.tsx';
import { useFormat } from '../../components/format.ts';
import { ScreenLink } from '../../components/link.tsx';
import type { DataColumn } from '../../components/table/columns.ts';
import { Time } from '../../components/time.tsx';
import { useWords } from '../../components/words.ts';
import { CategoryBadges } from './category-badges.tsx';

const STATE_COLORS: Record<CaseState, string> = {
  open: 'ink',
  'awaiting-approval': 'yellow',
  decided: 'teal',
  closed: 'gray',
};

export function CaseStateBadge({ state }: { state: CaseState }) {
  const words = useWords();
  return <Badge color={STATE_COLORS[state]}>{words.of('caseState', state)}</Badge>;
}

export function useCaseColumns(): DataColumn<CaseSummary>[] {
  const { t } = useTranslation('cases');
  const words = useWords();
  const format = useFormat();
  return useMemo(
    () => [
      {
        id: 'number',
        header: t('column.number'),
        width: 112,
        minWidth: 96,
        sort: 'number',
        text: (row) => row.number,
        cell: (row) => (
          <ScreenLink to="/cases/$caseId" params={{ caseId: row.id }}>
            {row.number}
          </ScreenLink>
        ),
      },
      {
        id: 'title',
        header: t('column.title'),
        width: 220,
        grow: true,
        sort: 'title',
        text: (row) => row.title,
        cell: (row) => <span title={row.title}>{row.title}</span>,
      },
      {
        id: 'state',
        header: t('column.state'),
        width: 110,
        text: (row) => words.of('caseState', row.state),
        cell: (row) => <CaseStateBadge state={row.state} />,
      },
      {
        id: 'severity',
        header: t('column.severity'),
        width: 96,
        from: 800,
        sort: 'severity',
        text: (row) => (row.severity === null ? '' : String(row.severity)),
        cell: (row) => (row.severity === null ? '' : <Severity value={row.severity} />),
      },
      {
        id: 'categories',
        header: t('column.categories'),
        width: 170,
        from: 700,
        minWidth: 140,
        text: (row) => row.categories.map(words.category).join(' '),
        cell: (row) => <CategoryBadges categories={row.categories} tier={row.tier} />,
      },
      {
        id: 'parties',
        header: t('column.parties'),
        width: 150,
        from: 860,
        text: (row) => row.parties.join(' '),
        cell: (row) => <span title={row.parties.join('\n')}>{format.list(row.parties)}</span>,
      },
      {
        id: 'hits',
        header: t('column.hits'),
        width: 64,
        align: 'end',
        text: (row) => String(row.hits),
        cell: (row) => <CountLink value={row.hits} to="/review" search={{ caseId: row.id }} />,
      },
      {
        id: 'exhibits',
        header: t('column.exhibits'),
        width: 76,
        from: 860,
        align: 'end',
        text: (row) => String(row.exhibits),
        cell: (row) => (
          <CountLink
            value={row.exhibits}
            to="/cases/$caseId"
            params={{ caseId: row.id }}
            search={{ tab: 'evidence' }}
          />
        ),
      },
      {
        id: 'openDuties',
        header: t('column.openDuties'),
        width: 100,
        align: 'end',
        text: (row) => String(row.openDuties),
        cell: (row) => (
          <CountLink value={row.openDuties} to="/duties" search={{ caseId: row.id, state: 'unclosed' }} />
        ),
      },
      {
        id: 'openedAt',
        header: t('column.openedAt'),
        width: 136,
        from: 900,
        minWidth: 132,
        sort: 'openedAt',
        text: (row) => new Date(row.openedAt).toISOString(),
        cell: (row) => <Time at={row.openedAt} />,
      },
      {
        id: 'officer',
        header: t('column.officer'),
        width: 96,
        from: 1000,
        text: (row) => row.officer,
        cell: (row) => <span>{row.officer}</span>,
      },
    ],
    [t, words, format],
  );
}
