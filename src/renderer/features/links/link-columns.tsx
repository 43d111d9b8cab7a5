import { Badge, Group } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Link } from '../../../core/domain/link.ts';
import { useFormat } from '../../components/format.ts';
import type { DataColumn } from '../../components/table/columns.ts';
import { Time } from '../../components/time.tsx';

export function useLinkColumns(): DataColumn<Link>[] {
  const { t } = useTranslation('links');
  const format = useFormat();
  return useMemo(
    () => [
      {
        id: 'url',
        header: t('column.url'),
        width: 320,
        grow: true,
        text: (row) => row.url,
        cell: (row) => (
          <Group gap={6} wrap="nowrap">
            <span title={row.url} style={{ overflow: 'hidden', textOverflow: 'ellipsis' }}>
              {row.url}
            </span>
            {row.short ? (
              <Badge color="orange" variant="light" style={{ flex: 'none' }}>
                {t('short')}
              </Badge>
            ) : null}
          </Group>
        ),
      },
      {
        id: 'domain',
        header: t('column.domain'),
        width: 160,
        from: 760,
        text: (row) => row.domain,
        cell: (row) => <span>{row.domain}</span>,
      },
      {
        id: 'status',
        header: t('column.status'),
        width: 90,
        from: 620,
        text: (row) => t(`status.${row.status}`),
        cell: (row) => t(`status.${row.status}`),
      },
      {
        id: 'places',
        header: t('column.places'),
        width: 92,
        align: 'end',
        sort: 'places',
        text: (row) => String(row.places),
        cell: (row) => format.number(row.places),
      },
      {
        id: 'conversations',
        header: t('column.conversations'),
        width: 80,
        from: 860,
        align: 'end',
        text: (row) => String(row.conversations),
        cell: (row) => format.number(row.conversations),
      },
      {
        id: 'senders',
        header: t('column.senders'),
        width: 80,
        from: 940,
        align: 'end',
        text: (row) => String(row.senders),
        cell: (row) => format.number(row.senders),
      },
      {
        id: 'firstAt',
        header: t('column.firstAt'),
        width: 142,
        minWidth: 142,
        from: 560,
        sort: 'firstAt',
        text: (row) => (row.firstAt === null ? '' : new Date(row.firstAt).toISOString()),
        cell: (row) => <Time at={row.firstAt} />,
      },
      {
        id: 'lastAt',
        header: t('column.lastAt'),
        width: 142,
        minWidth: 142,
        from: 1020,
        sort: 'lastAt',
        text: (row) => (row.lastAt === null ? '' : new Date(row.lastAt).toISOString()),
        cell: (row) => <Time at={row.lastAt} />,
      },
    ],
    [t, format],
  );
}
