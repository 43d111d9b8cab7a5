import { SegmentedControl, Text } from '@mantine/core';
import { IconPhotoOff } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Input } from '../../../contract/api.ts';
import type { Medium } from '../../../core/domain/media.ts';
import { usePages } from '../../api/hooks.ts';
import { Empty } from '../../components/empty.tsx';
import { useFormat } from '../../components/format.ts';
import type { DataColumn } from '../../components/table/columns.ts';
import { DataTable } from '../../components/table/data-table.tsx';
import { Time } from '../../components/time.tsx';

type MediaState = NonNullable<Input<'media.list'>['state']>;
const STATES = ['all', 'missing', 'unexamined', 'examined'] as const;

/** Which media are listed: all, or those in one state. */
export function MediaStates({
  value,
  onChange,
}: {
  value: MediaState | undefined;
  onChange: (value: MediaState | undefined) => void;
}) {
  const { t } = useTranslation('material');
  return (
    <SegmentedControl
      aria-label={t('media.column.file')}
      value={value ?? 'all'}
      onChange={(chosen) => onChange(chosen === 'all' ? undefined : (chosen as MediaState))}
      data={STATES.map((state) => ({ value: state, label: t(`media.state.${state}`) }))}
    />
  );
}

interface MediaTableProps {
  /** One source or one conversation; all material where neither is named. */
  scope: { sourceId?: string | undefined; conversationId?: string | undefined };
  state: MediaState | undefined;
}

/** Media that messages name; a row opens its message. */
export function MediaTable({ scope, state }: MediaTableProps) {
  const { t } = useTranslation('material');
  const navigate = useNavigate();
  const listing = usePages('media.list', { ...scope, ...(state ? { state } : {}) });
  const columns = useMediaColumns();
  return (
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
