import { Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Source } from '../../../core/domain/source.ts';
import { CountLink } from '../../components/count-link.tsx';
import { useFormat } from '../../components/format.ts';
import type { DataColumn } from '../../components/table/columns.ts';
import { Time } from '../../components/time.tsx';
import { useWords } from '../../components/words.ts';
import { SourceStateBadge } from './source-state-badge.tsx';

export function useSourceColumns(): DataColumn<Source>[] {
  const { t } = useTranslation('imports');
  const words = useWords();
  const format = useFormat();
  return useMemo(
    () => [
      {
        id: 'file',
        header: t('column.file'),
        width: 220,
        minWidth: 170,
        grow: true,
        text: (row) => row.file,
        cell: (row) => <span title={row.file}>{row.file}</span>,
      },
      {
        id: 'state',
        header: t('column.state'),
        width: 98,
        text: (row) => words.of('sourceState', row.state),
        cell: (row) => <SourceStateBadge state={row.state} />,
      },
      {
        id: 'format',
        header: t('column.format'),
        width: 220,
        from: 520,
        text: (row) => words.text(row.formatTitle),
        cell: (row) => <span>{words.text(row.formatTitle)}</span>,
      },
      {
        id: 'messages',
        header: t('column.messages'),
        width: 90,
        from: 380,
        align: 'end',
        text: (row) => String(row.messages),
        cell: (row) => <CountLink value={row.messages} to="/messages" search={{ sourceId: row.id }} />,
      },
      {
        id: 'conversations',
        header: t('column.conversations'),
        width: 76,
        from: 680,
        align: 'end',
        text: (row) => String(row.conversations),
        cell: (row) => format.number(row.conversations),
      },
      {
        id: 'skipped',
        header: t('column.skipped'),
        width: 76,
        from: 460,
        align: 'end',
        text: (row) => String(row.skipped),
        cell: (row) =>
          row.skipped > 0 ? (
            <CountLink value={row.skipped} to="/imports" search={{ source: row.id, tab: 'skips' }} />
          ) : (
            <Text span inherit c="dimmed">
              0
            </Text>
          ),
      },
      {
        id: 'bytes',
        header: t('column.bytes'),
        width: 90,
        from: 760,
        align: 'end',
        text: (row) => String(row.bytes),
        cell: (row) => format.bytes(row.bytes),
      },
      {
        id: 'importedAt',
        header: t('column.importedAt'),
        width: 142,
        minWidth: 142,
        from: 600,
        text: (row) => new Date(row.importedAt).toISOString(),
        cell: (row) => <Time at={row.importedAt} />,
      },
      {
        id: 'officer',
        header: t('column.officer'),
        width: 100,
        hidden: true,
        text: (row) => row.officer,
        cell: (row) => <span>{row.officer}</span>,
      },
    ],
    [t, words, format],
  );
}
