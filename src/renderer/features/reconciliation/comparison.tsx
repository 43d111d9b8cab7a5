import { Alert, Badge, Button, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { IconArrowsDiff, IconClock, IconDownload } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Input, Output } from '../../../contract/api.ts';
import type { ReconciliationRow, ToldMessage } from '../../../core/domain/reconciliation.ts';
import { type Listing, usePages } from '../../api/hooks.ts';
import { useNative } from '../../api/native.ts';
import { useRunJob } from '../../api/use-job.ts';
import { Fact } from '../../components/badges.tsx';
import { Empty } from '../../components/empty.tsx';
import { useFormat } from '../../components/format.ts';
import { ScreenLink } from '../../components/link.tsx';
import { useNotify } from '../../components/notify.tsx';
import { SidePanel, Split } from '../../components/side-panel.tsx';
import type { DataColumn } from '../../components/table/columns.ts';
import { DataTable } from '../../components/table/data-table.tsx';
import { Time } from '../../components/time.tsx';
import classes from './reconciliation.module.css';
import type { ReconciliationSearch } from './search.ts';

type Between = Input<'reconciliation.rows'>['between'];
type Summary = Output<'reconciliation.compare'>;
type Show = NonNullable<ReconciliationSearch['show']>;

const SHOWN: readonly Show[] = ['differences', 'differs', 'only-a', 'only-b', 'matched', 'all'];
const COLOURS = { matched: 'teal', differs: 'orange', 'only-a': 'blue', 'only-b': 'grape' } as const;

interface ComparisonProps {
  between: Between;
  summary: Summary;
  show: Show;
  onShow: (show: Show) => void;
}

/** The numbers of a comparison, the clocks' offset, and the rows with both texts side by side. */
export function Comparison({ between, summary, show, onShow }: ComparisonProps) {
  const { t } = useTranslation('reconciliation');
  const [open, setOpen] = useState<ReconciliationRow | null>(null);
  const columns = useRowColumns();
  const all = useRows(between, show);
  return (
    <>
      <Numbers summary={summary} />
      <Offset summary={summary} />
      <Group justify="space-between" my="xs">
        <SegmentedControl
          aria-label={t('filter.label')}
          value={show}
          onChange={(value) => onShow(value as Show)}
          data={SHOWN.map((value) => ({ value, label: t(`filter.${value}`) }))}
        />
        <ExportButton between={between} summary={summary} />
      </Group>
      <Split panel={open ? <RowPanel row={open} onClose={() => setOpen(null)} /> : null}>
        <DataTable
          name="reconciliation"
          label={t('title')}
          columns={columns}
          listing={all}
          rowHeight={52}
          idOf={(row) => String(row.position)}
          currentId={open ? String(open.position) : undefined}
          onOpen={setOpen}
          empty={<Empty icon={IconArrowsDiff} title={t('noRows.title')} description={t('noRows.help')} />}
        />
      </Split>
    </>
  );
}

function useRows(between: Between, show: Show): Listing<ReconciliationRow> {
  return usePages('reconciliation.rows', {
    between,
    ...(show === 'all' ? {} : show === 'differences' ? { differing: true } : { kind: show }),
  });
}

function Numbers({ summary }: { summary: Summary }) {
  const { t } = useTranslation('reconciliation');
  const format = useFormat();
  const parts = [
    ...(summary.recalled > 0 ? [t('summary.recalled', { count: summary.recalled })] : []),
    ...(summary.edited > 0 ? [t('summary.edited', { count: summary.edited })] : []),
    ...(summary.clock > 0 ? [t('summary.clock', { count: summary.clock })] : []),
  ];
  return (
    <div className={classes.figures}>
      <Fact label={t('summary.matched')}>{format.number(summary.matched)}</Fact>
      <Fact label={t('summary.differs')}>
        {format.number(summary.differs)}
        {parts.length > 0 ? (
          <Text span inherit c="dimmed">
            {' '}
            {parts.join(' · ')}
          </Text>
        ) : null}
      </Fact>
      <Fact label={t('summary.onlyA')}>{format.number(summary.onlyA)}</Fact>
      <Fact label={t('summary.onlyB')}>{format.number(summary.onlyB)}</Fact>
      <Fact label={t('summary.outside')}>
        {t('side.a')} {format.number(summary.outsideA)} · {t('side.b')} {format.number(summary.outsideB)}
      </Fact>
    </div>
  );
}

function Offset({ summary: { offset, tolerance } }: { summary: Summary }) {
  const { t } = useTranslation('reconciliation');
  const format = useFormat();
  const time = format.duration(Math.abs(offset.milliseconds) / 1000);
  const counts = { agreeing: offset.agreeing, anchors: offset.anchors };
  const key =
    offset.agreeing === 0
      ? 'none'
      : Math.abs(offset.milliseconds) < 1000
        ? 'same'
        : offset.milliseconds > 0
          ? 'ahead'
          : 'behind';
  return (
    <Alert icon={<IconClock size={16} />} color={offset.zoneLike ? 'yellow' : 'gray'} variant="light" py={6}>
      {t(`offset.${key}`, { time, ...counts })}
      {' · '}
      {t('offset.tolerance', { time: format.duration(tolerance / 1000) })}
      {offset.zoneLike ? <div>{t('offset.zone')}</div> : null}
    </Alert>
  );
}

function ExportButton({ between, summary }: { between: Between; summary: Summary }) {
  const { t } = useTranslation('reconciliation');
  const native = useNative();
  const notify = useNotify();
  const runJob = useRunJob();
  const save = async () => {
    try {
      const file = await native.saveFile({
        defaultName: 'reconciliation.csv',
        filters: [{ name: 'CSV', extensions: ['csv'] }],
      });
      if (!file) return;
      const written = await runJob(
        'reconciliation.export',
        { ...between, file },
        { kind: 'compare', subject: summary.a.file },
      );
      notify.done({ title: t('exported'), message: t('exportedRows', { count: written.rows }) });
    } catch (error) {
      notify.failed(error);
    }
  };
  return (
    <Button variant="default" leftSection={<IconDownload size={15} />} onClick={() => void save()}>
      {t('export')}
    </Button>
  );
}

function Result({ row }: { row: ReconciliationRow }) {
  const { t } = useTranslation('reconciliation');
  const differences = row.differences.map((one) => t(`difference.${one}`));
  return (
    <Badge
      color={row.outside ? 'gray' : COLOURS[row.kind]}
      variant="light"
      title={row.outside ? t('outside') : undefined}
    >
      {differences.length > 0 ? differences.join(' · ') : t(`kind.${row.kind}`)}
    </Badge>
  );
}

function Told({ told }: { told: ToldMessage | null }) {
  const { t } = useTranslation('reconciliation');
  if (told === null) return <span className={classes.absent}>{t('absent')}</span>;
  return (
    <span className={classes.told}>
      <span className={classes.meta}>
        {told.sender ?? '—'} · {told.sentAtText}
      </span>
      <span className={classes.text} title={told.text}>
        {told.text || `[${told.kind}]`}
      </span>
    </span>
  );
}

function useRowColumns(): DataColumn<ReconciliationRow>[] {
  const { t } = useTranslation('reconciliation');
  return useMemo(
    () => [
      {
        id: 'result',
        header: t('column.result'),
        width: 110,
        minWidth: 96,
        text: (row) =>
          [t(`kind.${row.kind}`), ...row.differences.map((one) => t(`difference.${one}`))].join(' '),
        cell: (row) => <Result row={row} />,
      },
      {
        id: 'time',
        header: t('column.time'),
        width: 142,
        minWidth: 142,
        from: 700,
        text: (row) => (row.a ?? row.b)?.sentAtText ?? '',
        cell: (row) => (
          <Time at={(row.a ?? row.b)?.sentAt ?? null} written={(row.a ?? row.b)?.sentAtText ?? ''} />
        ),
      },
      {
        id: 'a',
        header: t('column.a'),
        width: 360,
        minWidth: 180,
        text: (row) => row.a?.text ?? '',
        cell: (row) => <Told told={row.a} />,
      },
      {
        id: 'b',
        header: t('column.b'),
        width: 360,
        minWidth: 180,
        grow: true,
        text: (row) => row.b?.text ?? '',
        cell: (row) => <Told told={row.b} />,
      },
    ],
    [t],
  );
}

/** Both texts in full, with the way to each in its conversation. */
function RowPanel({ row, onClose }: { row: ReconciliationRow; onClose: () => void }) {
  const { t } = useTranslation('reconciliation');
  const format = useFormat();
  return (
    <SidePanel name="reconciliation" title={<Result row={row} />} onClose={onClose}>
      <Stack gap="lg">
        {row.outside ? <Text c="dimmed">{t('outside')}</Text> : null}
        {(['a', 'b'] as const).map((side) => (
          <div key={side}>
            <Text fw={600}>{t(`side.${side}`)}</Text>
            <FullText told={row[side]} />
          </div>
        ))}
        {row.residual === null ? null : (
          <Fact label={t('column.residual')}>{format.duration(Math.abs(row.residual) / 1000)}</Fact>
        )}
      </Stack>
    </SidePanel>
  );
}

function FullText({ told }: { told: ToldMessage | null }) {
  const { t } = useTranslation('reconciliation');
  if (told === null) return <Text className={classes.absent}>{t('absent')}</Text>;
  return (
    <>
      <Text size="xs" c="dimmed">
        {told.sender ?? '—'} · {told.sentAtText} · {t('line', { line: told.locator.line })}
      </Text>
      <div className={classes.full}>{told.text || `[${told.kind}]`}</div>
      <Text size="xs" mt={4}>
        <ScreenLink to="/messages" search={{ message: told.id }}>
          {t('inContext')}
        </ScreenLink>
      </Text>
    </>
  );
}
