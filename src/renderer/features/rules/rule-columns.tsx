import { Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { RuleSummary } from '../../../core/domain/hit.ts';
import { CategoryBadge, Severity, StatusBadge, TierBadge } from '../../components/badges.tsx';
import { useCite } from '../../components/basis.tsx';
import { CountLink } from '../../components/count-link.tsx';
import { useFormat } from '../../components/format.ts';
import type { DataColumn } from '../../components/table/columns.ts';
import { useWords } from '../../components/words.ts';

export function useRuleColumns(): DataColumn<RuleSummary>[] {
  const { t } = useTranslation('rules');
  const words = useWords();
  const cite = useCite();
  const format = useFormat();
  return useMemo(
    () => [
      {
        id: 'title',
        header: t('column.title'),
        width: 200,
        grow: true,
        sort: 'title',
        text: (row) => words.text(row.title),
        cell: (row) => <span>{words.text(row.title)}</span>,
      },
      {
        id: 'category',
        header: t('column.category'),
        width: 150,
        from: 320,
        sort: 'category',
        text: (row) => words.category(row.category),
        cell: (row) => <CategoryBadge category={row.category} />,
      },
      {
        id: 'tier',
        header: t('column.tier'),
        width: 108,
        from: 640,
        text: (row) => words.of('tier', row.tier),
        cell: (row) => <TierBadge tier={row.tier} />,
      },
      {
        id: 'severity',
        header: t('column.severity'),
        width: 88,
        from: 420,
        sort: 'severity',
        text: (row) => String(row.severity),
        cell: (row) => <Severity value={row.severity} />,
      },
      {
        id: 'status',
        header: t('column.status'),
        width: 98,
        from: 560,
        text: (row) => words.of('hitStatus', row.status),
        cell: (row) => <StatusBadge status={row.status} />,
      },
      {
        id: 'basis',
        header: t('column.basis'),
        width: 200,
        from: 860,
        text: (row) => row.basis.map(cite).join('; '),
        cell: (row) => (
          <Text span inherit c="dimmed" title={row.basis.map(cite).join('\n')}>
            {format.list(row.basis.map(cite))}
          </Text>
        ),
      },
      {
        id: 'hits',
        header: t('column.hits'),
        width: 72,
        from: 480,
        align: 'end',
        sort: 'hits',
        text: (row) => String(row.hits),
        cell: (row) => <CountLink value={row.hits} to="/review" search={{ rule: row.id }} />,
      },
      {
        id: 'confirmed',
        header: t('column.confirmed'),
        width: 72,
        from: 720,
        align: 'end',
        sort: 'confirmed',
        text: (row) => String(row.confirmed),
        cell: (row) => (
          <CountLink value={row.confirmed} to="/review" search={{ rule: row.id, disposition: 'confirmed' }} />
        ),
      },
      {
        id: 'dismissed',
        header: t('column.dismissed'),
        width: 72,
        from: 790,
        align: 'end',
        sort: 'dismissed',
        text: (row) => String(row.dismissed),
        cell: (row) => (
          <CountLink value={row.dismissed} to="/review" search={{ rule: row.id, disposition: 'dismissed' }} />
        ),
      },
      {
        id: 'pack',
        header: t('column.pack'),
        width: 150,
        hidden: true,
        text: (row) => `${row.pack} ${row.packVersion}`,
        cell: (row) => (
          <span>
            {row.pack} {row.packVersion}
          </span>
        ),
      },
    ],
    [t, words, cite, format],
  );
}
