import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Duty } from '../../../core/domain/case.ts';
import { useCite } from '../../components/basis.tsx';
import { ScreenLink } from '../../components/link.tsx';
import type { DataColumn } from '../../components/table/columns.ts';
import { Time } from '../../components/time.tsx';
import { useWords } from '../../components/words.ts';
import { CategoryBadges } from '../cases/category-badges.tsx';
import { Due } from './due.tsx';
import { DutyState, Missing, useMissingWords } from './duty-badges.tsx';

const iso = (instant: number | null) => (instant === null ? '' : new Date(instant).toISOString());

export function useDutyColumns(): DataColumn<Duty>[] {
  const { t } = useTranslation('duties');
  const words = useWords();
  const cite = useCite();
  const missing = useMissingWords();
  return useMemo(
    () => [
      {
        id: 'due',
        header: t('column.due'),
        width: 214,
        minWidth: 206,
        text: (row) => iso(row.dueAt),
        cell: (row) => <Due duty={row} />,
      },
      {
        id: 'kind',
        header: t('column.kind'),
        width: 84,
        from: 560,
        text: (row) => words.of('dutyKind', row.kind),
        cell: (row) => words.of('dutyKind', row.kind),
      },
      {
        id: 'receiver',
        header: t('column.receiver'),
        width: 190,
        minWidth: 90,
        grow: true,
        text: (row) => words.text(row.receiver),
        cell: (row) => <span>{words.text(row.receiver)}</span>,
      },
      {
        id: 'person',
        header: t('column.person'),
        width: 120,
        from: 760,
        text: (row) => row.person?.name ?? '',
        cell: (row) => <span>{row.person?.name ?? ''}</span>,
      },
      {
        id: 'case',
        header: t('column.case'),
        width: 112,
        from: 420,
        text: (row) => row.caseNumber,
        cell: (row) => (
          <ScreenLink to="/cases/$caseId" params={{ caseId: row.caseId }} search={{ tab: 'duties' }}>
            {row.caseNumber}
          </ScreenLink>
        ),
      },
      {
        id: 'state',
        header: t('column.state'),
        width: 84,
        from: 500,
        text: (row) => words.of('dutyState', row.state),
        cell: (row) => <DutyState duty={row} />,
      },
      {
        id: 'missing',
        header: t('column.missing'),
        width: 260,
        from: 620,
        text: (row) => row.missing.map(missing).join('; '),
        cell: (row) => <Missing codes={row.missing} />,
      },
      {
        id: 'categories',
        header: t('column.categories'),
        width: 160,
        from: 860,
        text: (row) => row.categories.map(words.category).join(' '),
        cell: (row) => <CategoryBadges categories={row.categories} />,
      },
      {
        id: 'basis',
        header: t('column.basis'),
        width: 220,
        from: 1000,
        text: (row) => row.basis.map(cite).join('; '),
        cell: (row) => <span>{row.basis.map(cite).join('; ')}</span>,
      },
      {
        id: 'openedAt',
        header: t('column.openedAt'),
        width: 136,
        hidden: true,
        text: (row) => iso(row.openedAt),
        cell: (row) => <Time at={row.openedAt} />,
      },
      {
        id: 'filedAt',
        header: t('file.at'),
        width: 136,
        hidden: true,
        text: (row) => iso(row.filedAt),
        cell: (row) => (row.filedAt === null ? '' : <Time at={row.filedAt} />),
      },
      {
        id: 'receipt',
        header: t('file.receipt'),
        width: 140,
        hidden: true,
        text: (row) => row.receiptNumber ?? '',
        cell: (row) => <span>{row.receiptNumber ?? ''}</span>,
      },
    ],
    [t, words, cite, missing],
  );
}
