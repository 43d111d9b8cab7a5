import { Alert, Button } from '@mantine/core';
import { IconRadar2 } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../api/hooks.ts';
import { useIsRunning } from '../../api/use-job.ts';
import { Empty } from '../../components/empty.tsx';
import { localZone } from '../../components/format.ts';
import { Page } from '../../components/page.tsx';
import { Split } from '../../components/side-panel.tsx';
import { listingOf } from '../../components/static-listing.ts';
import { DataTable } from '../../components/table/data-table.tsx';
import { useDetection } from '../../components/use-detection.ts';
import { useRunColumns } from './run-columns.tsx';
import { RunPanel } from './run-panel.tsx';

/** Detection runs: which packs judged how many messages, and what was new. */
export function DetectionScreen() {
  const { t } = useTranslation('detection');
  const runs = useCall('detection.runs', {});
  const dashboard = useCall('statistics.dashboard', { zone: localZone() });
  const columns = useRunColumns();
  const detect = useDetection();
  const running = useIsRunning('detection');
  const [openId, setOpen] = useState<string | null>(null);
  const open = runs.data?.find((run) => run.id === openId);
  const undetected = dashboard.data?.totals.undetected ?? 0;
  const start = (
    <Button leftSection={<IconRadar2 size={15} />} loading={running} onClick={detect}>
      {t('start')}
    </Button>
  );
  return (
    <Page title={t('title')} subtitle={t('subtitle')} layout="fill" actions={start}>
      {undetected > 0 ? (
        <Alert color="ink" variant="light">
          {t('undetected', { count: undetected })}
        </Alert>
      ) : null}
      <Split panel={open ? <RunPanel key={open.id} run={open} onClose={() => setOpen(null)} /> : null}>
        <DataTable
          name="runs"
          label={t('title')}
          columns={columns}
          listing={listingOf(runs)}
          idOf={(run) => run.id}
          currentId={openId}
          onOpen={(run) => setOpen(run.id)}
          empty={
            <Empty icon={IconRadar2} title={t('empty.title')} description={t('empty.help')} action={start} />
          }
        />
      </Split>
    </Page>
  );
}
