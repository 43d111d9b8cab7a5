import { ActionIcon, Button, Group, Popover, Progress, Stack, Text, Tooltip } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconLoader2, IconPlayerStop, IconStack2, IconX } from '@tabler/icons-react';
import { useRouterState } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CallFailed } from '../../contract/client.ts';
import { useHost } from '../api/context.tsx';
import type { Job } from '../api/jobs.ts';
import { useCancelJob, useJobs } from '../api/use-job.ts';
import { FailureView } from '../components/failure-view.tsx';
import { useNotify } from '../components/notify.tsx';
import { ProgressLine } from '../components/progress-line.tsx';
import classes from './jobs-tray.module.css';

const isActive = (job: Job) => job.state === 'running' || job.state === 'cancelling';

/** Long work, always in reach: what it does, how far, how fast, how long still, and the way to stop it. */
export function JobsTray() {
  const { t } = useTranslation();
  const jobs = useJobs();
  const [opened, setOpened] = useState(false);
  const active = jobs.filter(isActive);
  // Upkeep comes by itself and needs nobody's attention.
  const started = active.filter(({ kind }) => kind !== 'upkeep').length;
  const failed = jobs.some(({ state }) => state === 'failed');
  const known = useRef(0);
  useEffect(() => {
    if (started > known.current) setOpened(true);
    // What goes on by itself, or has ended, does not stay in front of the screen; a failure does.
    else if (started === 0 && known.current > 0 && !failed) setOpened(false);
    known.current = started;
  }, [started, failed]);
  // It opens over the head of the screen: whoever goes on to another has seen it.
  const path = useRouterState({ select: ({ location }) => location.pathname });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another screen closes it
  useEffect(() => setOpened(false), [path]);
  // What opened by itself has no focus inside, and Mantine's own Escape asks for it.
  useHotkeys(opened ? [['Escape', () => setOpened(false), { preventDefault: false }]] : [], []);
  if (jobs.length === 0) return null;
  const label =
    active.length > 0
      ? t('jobs.running', { count: active.length })
      : t('jobs.notFinished', { count: jobs.length });
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" width={400} shadow="md" withinPortal>
      <Popover.Target>
        <Button
          variant={active.length > 0 ? 'light' : 'subtle'}
          color={active.length > 0 ? 'ink' : 'gray'}
          aria-label={t(opened ? 'jobs.hide' : 'jobs.show')}
          onClick={() => setOpened(!opened)}
          leftSection={
            active.length > 0 ? <IconLoader2 size={15} className={classes.spin} /> : <IconStack2 size={15} />
          }
        >
          {label}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="md" className={classes.list} aria-label={t('jobs.title')} role="region">
          {jobs.map((job) => (
            <JobCard key={job.id} job={job} />
          ))}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

function JobCard({ job }: { job: Job }) {
  const { t } = useTranslation();
  const { jobs } = useHost();
  const notify = useNotify();
  const cancel = useCancelJob();
  const active = isActive(job);
  const { progress } = job;
  const share = progress?.total ? Math.min(100, (progress.done / progress.total) * 100) : null;
  return (
    <div>
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Text fw={500} truncate>
          {t(`jobs.kind.${job.kind}`)} {job.subject}
        </Text>
        {active && job.kind === 'upkeep' && progress?.step === 'fixing-commitments' ? null : active ? (
          <Tooltip label={t('jobs.cancel')}>
            <ActionIcon
              aria-label={t('jobs.cancel')}
              disabled={job.state === 'cancelling'}
              onClick={() => void cancel(job.id).catch(notify.failed)}
            >
              <IconPlayerStop size={16} />
            </ActionIcon>
          </Tooltip>
        ) : (
          <Tooltip label={t('jobs.dismiss')}>
            <ActionIcon aria-label={t('jobs.dismiss')} onClick={() => jobs.dismiss(job.id)}>
              <IconX size={16} />
            </ActionIcon>
          </Tooltip>
        )}
      </Group>
      {active ? (
        <>
          <Progress
            value={share ?? 100}
            animated={share === null}
            size="sm"
            my={4}
            aria-label={t(`jobs.kind.${job.kind}`)}
          />
          {job.state === 'cancelling' ? (
            <Text size="xs" c="dimmed">
              {t('jobs.cancelling')}
            </Text>
          ) : progress ? (
            <ProgressLine progress={progress} />
          ) : (
            <Text size="xs" c="dimmed">
              {t('jobs.starting')}
            </Text>
          )}
        </>
      ) : job.failure ? (
        <FailureView error={new CallFailed(job.failure)} />
      ) : null}
    </div>
  );
}
