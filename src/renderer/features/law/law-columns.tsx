import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { LawEntry } from '../../../core/domain/law.ts';
import type { DataColumn } from '../../components/table/columns.ts';
import { useWords } from '../../components/words.ts';
import { Held, InForce, LawMarks } from './law-marks.tsx';

export function useLawColumns(): DataColumn<LawEntry>[] {
  const { t } = useTranslation('law');
  const words = useWords();
  return useMemo(
    () => [
      {
        id: 'citation',
        header: t('column.citation'),
        width: 250,
        minWidth: 120,
        grow: true,
        sort: 'citation',
        text: (row) => words.text(row.citation),
        cell: (row) => <span title={words.text(row.citation)}>{words.text(row.citation)}</span>,
      },
      {
        id: 'summary',
        header: t('column.summary'),
        width: 330,
        grow: true,
        from: 760,
        text: (row) => words.text(row.summary),
        cell: (row) => <span title={words.text(row.summary)}>{words.text(row.summary)}</span>,
      },
      {
        id: 'state',
        header: t('column.state'),
        width: 96,
        from: 460,
        text: (row) => t(row.inForce ? 'inForce' : row.ended ? 'ended' : 'notYet'),
        cell: (row) => <InForce entry={row} />,
      },
      {
        id: 'effectiveFrom',
        header: t('column.held'),
        width: 214,
        from: 900,
        sort: 'effectiveFrom',
        text: (row) => `${row.effectiveFrom}${row.ended ? ` – ${row.ended.on}` : ''}`,
        cell: (row) => <Held entry={row} />,
      },
      {
        id: 'marks',
        header: t('column.marks'),
        width: 250,
        from: 620,
        text: (row) => `${row.marks.content} ${row.marks.number} ${row.marks.dates}`,
        cell: (row) => <LawMarks entry={row} />,
      },
      {
        id: 'cited',
        header: t('column.cited'),
        width: 80,
        from: 540,
        align: 'end',
        sort: 'cited',
        text: (row) => String(row.cited),
        cell: (row) => row.cited,
      },
    ],
    [t, words],
  );
}
