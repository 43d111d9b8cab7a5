import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { TakenMeasure } from '../../../core/domain/measure.ts';
import { useFormat } from '../../components/format.ts';
import { ScreenLink } from '../../components/link.tsx';
import type { DataColumn } from '../../components/table/columns.ts';
import { Time } from '../../components/time.tsx';
import { useWords } from '../../components/words.ts';
import { MeasureStateBadge } from './measure-state.tsx';

/** Columns of the board; within a case the case itself is left out. */
export function useMeasureColumns(withCase: boolean): DataColumn<TakenMeasure>[] {
  const { t } = useTranslation('measures');
  const words = useWords();
  const format = useFormat();
  return useMemo(() => {
    const measureWords = ({ title, days, functions }: TakenMeasure) =>
      [
        words.text(title),
        ...(days === null ? [] : [t('days', { count: days })]),
        ...functions.map((one) => words.text(one.title)),
      ].join(' · ');
    const columns: DataColumn<TakenMeasure>[] = [
      {
        id: 'number',
        header: t('column.number'),
        width: 110,
        cell: (row) => row.number,
        text: (row) => row.number,
      },
      {
        id: 'target',
        header: t('column.target'),
        width: 240,
        grow: true,
        cell: (row) => row.target || row.platformId || t('unnamed'),
        text: (row) => row.target,
      },
      {
        id: 'subject',
        header: t('column.subject'),
        width: 100,
        from: 1100,
        cell: (row) => words.of('measureSubject', row.subjectType),
        text: (row) => words.of('measureSubject', row.subjectType),
      },
      {
        id: 'measure',
        header: t('column.measure'),
        width: 190,
        cell: (row) => {
          const said = measureWords(row);
          return <span title={said}>{said}</span>;
        },
        text: measureWords,
      },
      {
        id: 'state',
        header: t('column.state'),
        width: 150,
        minWidth: 110,
        cell: (row) => <MeasureStateBadge measure={row} />,
        text: (row) => words.of('measureState', row.state),
      },
      {
        id: 'when',
        header: t('column.when'),
        width: 190,
        from: 900,
        cell: (row) =>
          row.expiresAt !== null && row.endedAt === null ? (
            <span>
              {t('until')} <Time at={row.expiresAt} />
            </span>
          ) : row.executedAt !== null ? (
            <Time at={row.executedAt} />
          ) : row.dueAt !== null ? (
            <span>
              {t('due')} <Time at={row.dueAt} />
            </span>
          ) : (
            ''
          ),
        text: (row) => (row.executedAt === null ? '' : format.dateTime(row.executedAt)),
      },
      {
        id: 'proof',
        header: t('column.proof'),
        width: 190,
        from: 1250,
        cell: (row) => [row.executedBy, row.proof].filter(Boolean).join(' · '),
        text: (row) => row.proof,
      },
    ];
    if (withCase)
      columns.splice(1, 0, {
        id: 'case',
        header: t('column.case'),
        width: 110,
        from: 760,
        cell: (row) => (
          <ScreenLink to="/cases/$caseId" params={{ caseId: row.caseId }} search={{ tab: 'measures' }}>
            {row.caseNumber}
          </ScreenLink>
        ),
        text: (row) => row.caseNumber,
      });
    return columns;
  }, [t, words, format, withCase]);
}
