import { Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Skip, Source } from '../../../core/domain/source.ts';
import { usePages } from '../../api/hooks.ts';
import { CopyIcon } from '../../components/copy.tsx';
import { Empty } from '../../components/empty.tsx';
import { useFormat } from '../../components/format.ts';
import { SidePanel, Split } from '../../components/side-panel.tsx';
import type { DataColumn } from '../../components/table/columns.ts';
import { DataTable } from '../../components/table/data-table.tsx';
import { useFilters } from '../../components/use-filters.ts';
import { useWords } from '../../components/words.ts';
import { hexLines } from './hex.ts';
import { RetrySkips } from './retry-skips.tsx';
import classes from './source-detail.module.css';
import type { SourceSearch } from './source-route.ts';

const route = getRouteApi('/imports/$sourceId');

/** Skipped ranges of a source with their raw bytes, and the means to read them again. */
export function SkipBrowser({ source }: { source: Source }) {
  const { t } = useTranslation('material');
  const { skip } = route.useSearch();
  const { set } = useFilters<SourceSearch>(route.useNavigate());
  const listing = usePages('sources.skips', { sourceId: source.id });
  const columns = useSkipColumns();
  const open = listing.rows.find(({ start }) => start === skip);
  return (
    <Split
      panel={
        open ? (
          <SidePanel
            name="skip"
            width={620}
            title={t('skips.stretch', { line: open.line, start: open.start, end: open.end })}
            onClose={() => set({ skip: undefined })}
          >
            <Stack gap="lg">
              <Bytes key={open.start} skip={open} />
              <RetrySkips
                key={`retry ${open.start}`}
                source={source}
                skip={open}
                listed={listing.rows}
                onKept={() => set({ skip: undefined })}
              />
            </Stack>
          </SidePanel>
        ) : null
      }
    >
      <DataTable
        name="skips"
        label={t('tab.skips', { count: source.skipped })}
        columns={columns}
        listing={listing}
        idOf={(row) => String(row.start)}
        currentId={skip === undefined ? undefined : String(skip)}
        onOpen={(row) => set({ skip: row.start })}
        empty={
          <Empty icon={IconCircleCheck} title={t('skips.none.title')} description={t('skips.none.help')} />
        }
      />
    </Split>
  );
}

function useSkipColumns(): DataColumn<Skip>[] {
  const { t } = useTranslation('material');
  const words = useWords();
  const format = useFormat();
  return useMemo(
    () => [
      {
        id: 'line',
        header: t('skips.line'),
        width: 90,
        align: 'end',
        text: (row) => String(row.line),
        cell: (row) => format.number(row.line),
      },
      {
        id: 'reason',
        header: t('skips.reason'),
        width: 260,
        minWidth: 160,
        text: (row) => words.of('rangeCode', row.code),
        cell: (row) => <span>{words.of('rangeCode', row.code)}</span>,
      },
      {
        id: 'records',
        header: t('skips.records'),
        width: 80,
        from: 420,
        align: 'end',
        text: (row) => String(row.count),
        cell: (row) => format.number(row.count),
      },
      {
        id: 'size',
        header: t('skips.bytes'),
        width: 170,
        from: 560,
        align: 'end',
        text: (row) => `${row.start}–${row.end}`,
        cell: (row) => `${format.number(row.start)}–${format.number(row.end)}`,
      },
      {
        id: 'text',
        header: t('skips.text'),
        width: 260,
        grow: true,
        text: (row) => row.text,
        cell: (row) => <span title={row.text.slice(0, 400)}>{row.text.slice(0, 200)}</span>,
      },
    ],
    [t, words, format],
  );
}

function Bytes({ skip }: { skip: Skip }) {
  const { t } = useTranslation('material');
  const words = useWords();
  const [view, setView] = useState<'text' | 'hex'>('text');
  const shown = view === 'text' ? skip.text : hexLines(skip.hex, skip.start);
  const cut = view === 'text' ? skip.cut : skip.hex.length < (skip.end - skip.start) * 2;
  return (
    <Stack gap="xs">
      <Group justify="space-between">
        <Text fw={600}>{words.of('rangeCode', skip.code)}</Text>
        <Group gap="xs">
          <SegmentedControl
            size="xs"
            aria-label={t('skips.view')}
            value={view}
            onChange={(value) => setView(value as 'text' | 'hex')}
            data={[
              { value: 'text', label: t('skips.text') },
              { value: 'hex', label: t('skips.hex') },
            ]}
          />
          <CopyIcon value={shown} />
        </Group>
      </Group>
      <pre className={classes.bytes} data-view={view}>
        {shown}
      </pre>
      {cut ? (
        <Text size="xs" c="dimmed">
          {t('skips.cut')}
        </Text>
      ) : null}
    </Stack>
  );
}
