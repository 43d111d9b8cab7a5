import { Button, Group, SegmentedControl, Text } from '@mantine/core';
import { IconFolderSearch, IconPhotoOff } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Medium } from '../../../core/domain/media.ts';
import type { Source } from '../../../core/domain/source.ts';
import { useCall, usePages } from '../../api/hooks.ts';
import { useNative } from '../../api/native.ts';
import { useRunJob } from '../../api/use-job.ts';
import { Fact } from '../../components/badges.tsx';
import { Empty } from '../../components/empty.tsx';
import { useFormat } from '../../components/format.ts';
import { useNotify } from '../../components/notify.tsx';
import type { DataColumn } from '../../components/table/columns.ts';
import { DataTable } from '../../components/table/data-table.tsx';
import { Time } from '../../components/time.tsx';
import { useFilters } from '../../components/use-filters.ts';
import classes from './source-detail.module.css';
import type { SourceSearch } from './source-route.ts';

const route = getRouteApi('/imports/$sourceId');
const STATES = ['all', 'missing', 'unexamined', 'examined'] as const;

/** Media that a source names: which files they are, what is missing, and what nothing has looked into. */
export function MediaView({ source }: { source: Source }) {
  const { t } = useTranslation('material');
  const { media: state } = route.useSearch();
  const navigate = route.useNavigate();
  const { set } = useFilters<SourceSearch>(navigate);
  const format = useFormat();
  const counts = useCall('media.counts', { sourceId: source.id });
  const listing = usePages('media.list', { sourceId: source.id, ...(state ? { state } : {}) });
  const columns = useMediaColumns();
  const { named, found, examined } = counts.data ?? { named: 0, found: 0, examined: 0 };
  return (
    <>
      <div className={classes.figures}>
        <Fact label={t('media.named')}>{format.number(named)}</Fact>
        <Fact label={t('media.missing')}>{format.number(named - found)}</Fact>
        <Fact label={t('media.unexamined')}>{format.number(named - examined)}</Fact>
        <Group gap="xs" ml="auto">
          <SegmentedControl
            aria-label={t('media.column.file')}
            value={state ?? 'all'}
            onChange={(value) =>
              set({ media: value === 'all' ? undefined : (value as SourceSearch['media']) })
            }
            data={STATES.map((value) => ({ value, label: t(`media.state.${value}`) }))}
          />
          {named > 0 ? <MatchButton source={source} /> : null}
        </Group>
      </div>
      <Text size="xs" c="dimmed">
        {t('media.help')}
      </Text>
      <DataTable
        name="media"
        label={t('media.fact')}
        columns={columns}
        listing={listing}
        idOf={(row) => `${row.messageId} ${row.position}`}
        onOpen={(row) => void navigate({ to: '/messages', search: { message: row.messageId } })}
        empty={
          <Empty
            icon={IconPhotoOff}
            title={t(state ? 'media.emptyFiltered.title' : 'media.empty.title')}
            description={t(state ? 'media.emptyFiltered.help' : 'media.empty.help')}
          />
        }
      />
    </>
  );
}

function MatchButton({ source }: { source: Source }) {
  const { t } = useTranslation('material');
  const native = useNative();
  const notify = useNotify();
  const runJob = useRunJob();
  const match = async () => {
    try {
      const folders = await native.openFiles({ folder: true });
      const folder = folders?.[0];
      if (!folder) return;
      const outcome = await runJob(
        'media.match',
        { sourceId: source.id, folder },
        { kind: 'media', subject: source.file },
      );
      notify.done({
        title: t('media.matched', { count: outcome.matched }),
        message: t('media.outcome', {
          files: outcome.files,
          codes: outcome.codes,
          refused: outcome.refused.length,
        }),
      });
    } catch (error) {
      notify.failed(error);
    }
  };
  return (
    <Button
      variant="default"
      leftSection={<IconFolderSearch size={15} />}
      disabled={source.state === 'excluded'}
      onClick={() => void match()}
    >
      {t('media.match')}
    </Button>
  );
}

function useMediaColumns(): DataColumn<Medium>[] {
  const { t } = useTranslation('material');
  const format = useFormat();
  return useMemo(
    () => [
      {
        id: 'kind',
        header: t('media.column.kind'),
        width: 76,
        text: (row) => t(`media.kind.${row.kind}`),
        cell: (row) => t(`media.kind.${row.kind}`),
      },
      {
        id: 'name',
        header: t('media.column.name'),
        width: 220,
        grow: true,
        text: (row) => row.name ?? row.reference ?? '',
        cell: (row) => <span title={row.reference ?? ''}>{row.name ?? row.reference ?? '—'}</span>,
      },
      {
        id: 'sentAt',
        header: t('media.column.sentAt'),
        width: 142,
        from: 560,
        text: (row) => (row.sentAt === null ? '' : new Date(row.sentAt).toISOString()),
        cell: (row) => <Time at={row.sentAt} />,
      },
      {
        id: 'sender',
        header: t('media.column.sender'),
        width: 110,
        from: 700,
        text: (row) => row.sender ?? '',
        cell: (row) => <span>{row.sender ?? '—'}</span>,
      },
      {
        id: 'file',
        header: t('media.column.file'),
        width: 200,
        text: (row) => row.file?.path ?? t('media.missing'),
        cell: (row) =>
          row.file ? (
            <span title={`${row.file.path}\n${format.bytes(row.file.bytes)}`}>
              {row.file.path}
              {row.basis ? (
                <Text span inherit c="dimmed">
                  {' '}
                  {t(`media.basis.${row.basis}`)}
                </Text>
              ) : null}
            </span>
          ) : (
            <Text span inherit c="red">
              {t('media.missing')}
            </Text>
          ),
      },
      {
        id: 'type',
        header: t('media.column.type'),
        width: 130,
        from: 820,
        text: (row) => row.file?.type ?? '',
        cell: (row) => <span>{row.file?.type ?? ''}</span>,
      },
      {
        id: 'codes',
        header: t('media.column.codes'),
        width: 190,
        from: 900,
        text: (row) => row.file?.codes.join(' ') ?? '',
        cell: (row) => <span title={row.file?.codes.join('\n')}>{row.file?.codes.join(' ')}</span>,
      },
      {
        id: 'sha256',
        header: t('media.column.sha256'),
        width: 180,
        hidden: true,
        text: (row) => row.file?.sha256 ?? '',
        cell: (row) => <span>{row.file?.sha256}</span>,
      },
    ],
    [t, format],
  );
}
