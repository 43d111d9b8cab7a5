import { Badge } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../../core/domain/conversation.ts';
import { CountLink } from '../../components/count-link.tsx';
import { useFormat } from '../../components/format.ts';
import type { DataColumn } from '../../components/table/columns.ts';
import { useWords } from '../../components/words.ts';

export function useAccountColumns(): DataColumn<Account>[] {
  const { t } = useTranslation(['accounts', 'common']);
  const words = useWords();
  const format = useFormat();
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('column.name'),
        width: 200,
        grow: true,
        sort: 'name',
        text: (row) => row.name ?? '',
        cell: (row) =>
          row.unnamed ? (
            <Badge color="yellow">{t('common:state.unnamed')}</Badge>
          ) : (
            <span>{row.name ?? t('common:state.unknown')}</span>
          ),
      },
      {
        id: 'platform',
        header: t('column.platform'),
        width: 110,
        from: 520,
        text: (row) => words.of('platform', row.platform),
        cell: (row) => words.of('platform', row.platform),
      },
      {
        id: 'platformId',
        header: t('column.platformId'),
        width: 220,
        from: 430,
        text: (row) => row.platformId ?? '',
        cell: (row) => <span>{row.platformId ?? '—'}</span>,
      },
      {
        id: 'names',
        header: t('column.names'),
        width: 200,
        from: 700,
        text: (row) => row.names.join(', '),
        cell: (row) => <span title={row.names.join('\n')}>{format.list(row.names.slice(1))}</span>,
      },
      {
        id: 'messages',
        header: t('column.messages'),
        width: 96,
        from: 340,
        align: 'end',
        sort: 'messages',
        text: (row) => String(row.messages),
        cell: (row) => <CountLink value={row.messages} to="/messages" search={{ senderId: row.id }} />,
      },
      {
        id: 'hits',
        header: t('column.hits'),
        width: 88,
        from: 340,
        align: 'end',
        sort: 'hits',
        text: (row) => String(row.hits),
        cell: (row) => <CountLink value={row.hits} to="/review" search={{ senderId: row.id }} />,
      },
    ],
    [t, words, format],
  );
}
