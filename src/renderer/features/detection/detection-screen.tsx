import { Alert, Button, Tabs } from '@mantine/core';
import { IconRadar2 } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../api/hooks.ts';
import { useIsRunning } from '../../api/use-job.ts';
import { Empty } from '../../components/empty.tsx';
import { localZone } from '../../components/format.ts';
import { NothingImported } from '../../components/nothing-imported.tsx';
import { Page } from '../../components/page.tsx';
import classes from '../../components/screen-tabs.module.css';
import { Split } from '../../components/side-panel.tsx';
import { listingOf } from '../../components/static-listing.ts';
import { DataTable } from '../../components/table/data-table.tsx';
import { useDetection } from '../../components/use-detection.ts';
import { useFilters } from '../../components/use-filters.ts';
import { AuditTab } from './audit-tab.tsx';
import { ClassifierTab } from './classifier-tab.tsx';
import { ClustersTab } from './clusters-tab.tsx';
import { useRunColumns } from './run-columns.tsx';
import { RunPanel } from './run-panel.tsx';
import type { DetectionSearch } from './search.ts';

const route = getRouteApi('/detection');
const RUNNING_MS = 1000;

/** Detection runs: which packs judged how many messages, and what was new. */
export function DetectionScreen() {
  const { t } = useTranslation('detection');
  const { tab = 'runs' } = route.useSearch();
  const { set } = useFilters<DetectionSearch>(route.useNavigate());
  const runs = useCall('detection.runs', {});
  const dashboard = useCall('statistics.dashboard', { zone: localZone() });
  const columns = useRunColumns();
  const detect = useDetection();
  const running = useIsRunning('detection');
  const { refetch } = runs;
  // The host tells of a run when it ends; until then its row is read again.
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => void refetch(), RUNNING_MS);
    return () => clearInterval(timer);
  }, [running, refetch]);
  const [openId, setOpen] = useState<string | null>(null);
  const open = runs.data?.find((run) => run.id === openId);
  const newest = Math.max(...(runs.data ?? []).map((run) => run.startedAt));
  const undetected = dashboard.data?.totals.undetected ?? 0;
  const start = (
    <Button leftSection={<IconRadar2 size={15} />} loading={running} onClick={detect}>
      {t('start')}
    </Button>
  );
  return (
    <Page title={t('title')} subtitle={t('subtitle')} layout="fill" actions={start}>
      <Tabs
        className={classes.tabs}
        value={tab}
        keepMounted={false}
        onChange={(next) => set({ tab: next === 'runs' ? undefined : (next as DetectionSearch['tab']) })}
      >
        <Tabs.List>
          <Tabs.Tab value="runs">{t('tab.runs')}</Tabs.Tab>
          <Tabs.Tab value="clusters">{t('tab.clusters')}</Tabs.Tab>
          <Tabs.Tab value="sample">{t('tab.sample')}</Tabs.Tab>
          <Tabs.Tab value="classifier">{t('tab.classifier')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="clusters" className={classes.flow}>
          <ClustersTab />
        </Tabs.Panel>
        <Tabs.Panel value="sample" className={classes.flow}>
          <AuditTab />
        </Tabs.Panel>
        <Tabs.Panel value="classifier" className={classes.flow}>
          <ClassifierTab />
        </Tabs.Panel>
        <Tabs.Panel value="runs" className={classes.fill}>
          {undetected > 0 ? (
            <Alert color="ink" variant="light">
              {t('undetected', { count: undetected })}
            </Alert>
          ) : null}
          <Split
            panel={
              open ? (
                <RunPanel
                  key={open.id}
                  run={open}
                  latest={open.startedAt === newest}
                  onClose={() => setOpen(null)}
                />
              ) : null
            }
          >
            <DataTable
              name="runs"
              label={t('title')}
              columns={columns}
              listing={listingOf(runs)}
              idOf={(run) => run.id}
              currentId={openId}
              onOpen={(run) => setOpen(run.id)}
              empty={
                dashboard.data?.totals.sources === 0 ? (
                  <NothingImported />
                ) : (
                  <Empty
                    icon={IconRadar2}
                    title={t('empty.title')}
                    description={t('empty.help')}
                    action={start}
                  />
                )
              }
            />
          </Split>
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
