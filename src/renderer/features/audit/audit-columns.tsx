import { Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditEntry } from '../../../core/domain/case.ts';
import { useFormat } from '../../components/format.ts';
import type { DataColumn } from '../../components/table/columns.ts';
import { Time } from '../../components/time.tsx';
import { useWords } from '../../components/words.ts';

export function useAuditColumns(): DataColumn<AuditEntry>[] {
  const { t } = useTranslation('audit');
  const words = useWords();
  const format = useFormat();
  return useMemo(
    () => [
      {
        id: 'sequence',
        header: t('column.sequence'),
        width: 72,
        from: 380,
        align: 'end',
        text: (row) => String(row.sequence),
        cell: (row) => format.number(row.sequence),
      },
      {
        id: 'at',
        header: t('column.at'),
        width: 170,
        minWidth: 170,
        text: (row) => new Date(row.event.at).toISOString(),
        cell: (row) => <Time at={row.event.at} precision="second" />,
      },
      {
        id: 'officer',
        header: t('column.officer'),
        width: 120,
        from: 460,
        text: (row) => row.event.officer,
        cell: (row) => <span>{row.event.officer}</span>,
      },
      {
        id: 'type',
        header: t('column.type'),
        width: 200,
        text: (row) => row.event.type,
        cell: (row) => <span>{words.of('eventType', row.event.type)}</span>,
      },
      {
        id: 'subject',
        header: t('column.subject'),
        width: 240,
        from: 580,
        grow: true,
        text: (row) => `${row.event.subject.type} ${row.event.subject.id}`,
        cell: (row) => (
          <span>
            {words.of('eventSubject', row.event.subject.type)}{' '}
            <Text span inherit c="dimmed" ff="monospace" size="xs">
              {row.event.subject.id}
            </Text>
          </span>
        ),
      },
      {
        id: 'hash',
        header: t('column.hash'),
        width: 160,
        hidden: true,
        text: (row) => row.hash,
        cell: (row) => (
          <Text span inherit ff="monospace" size="xs">
            {row.hash}
          </Text>
        ),
      },
    ],
    [t, words, format],
  );
}
