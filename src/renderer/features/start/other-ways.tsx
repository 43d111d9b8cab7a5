import { Button, Stack, Text } from '@mantine/core';
import { IconDatabaseImport, IconFileImport, IconFlask } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WorkspaceStatus } from '../../../core/domain/workspace.ts';
import { useNative } from '../../api/native.ts';
import { useJobs, useRunJob } from '../../api/use-job.ts';
import { FailureView } from '../../components/failure-view.tsx';
import { FileDrop } from '../../components/file-drop.tsx';
import { ProgressLine } from '../../components/progress-line.tsx';
import { stage, useStaged } from '../imports/stage.ts';

export interface Sample {
  status: WorkspaceStatus;
  /** Officer's name → passphrase. */
  passphrases: Record<string, string>;
}

interface OtherWaysProps {
  onSample: (sample: Sample) => void;
  onOpen: (status: WorkspaceStatus) => void;
  hold: (held: boolean) => void;
}

/** The sample, a file to begin with, or a backup of an earlier workspace. */
export function OtherWays({ onOpen, onSample, hold }: OtherWaysProps) {
  const { t } = useTranslation('start');
  const run = useRunJob();
  const jobs = useJobs();
  const native = useNative();
  const staged = useStaged();
  const [busy, setBusy] = useState<'sample' | 'restore' | null>(null);
  const [error, setError] = useState<unknown>(null);
  const attempt = (what: 'sample' | 'restore', work: () => Promise<void>) => {
    setBusy(what);
    setError(null);
    hold(true);
    work()
      .catch((failure: unknown) => {
        setError(failure);
        hold(false);
      })
      .finally(() => setBusy(null));
  };
  const openSample = () =>
    attempt('sample', async () => {
      // Files that were chosen were chosen for the officer's own workspace.
      stage.clear();
      onSample(await run('workspace.openSample', {}, { kind: 'sample', subject: '' }));
    });
  const restore = () =>
    attempt('restore', async () => {
      const [file] = (await native.openFiles({})) ?? [];
      if (!file) return hold(false);
      onOpen(await run('workspace.restore', { file }, { kind: 'restore', subject: file }));
    });
  const choose = () => {
    native.openFiles({}).then((paths) => paths && stage.add(paths), setError);
  };
  return (
    <Stack gap="lg">
      <FileDrop onPaths={stage.add} />
      <Way help={t('create.sampleHelp')}>
        <Button
          fullWidth
          variant="default"
          leftSection={<IconFlask size={16} />}
          loading={busy === 'sample'}
          disabled={busy !== null}
          onClick={openSample}
        >
          {t('create.sample')}
        </Button>
        {jobs.map((job) => (job.progress ? <ProgressLine key={job.id} progress={job.progress} /> : null))}
      </Way>
      <Way help={staged.length > 0 ? t('create.staged', { count: staged.length }) : t('create.importHelp')}>
        <Button
          fullWidth
          variant="default"
          leftSection={<IconFileImport size={16} />}
          disabled={busy !== null}
          onClick={choose}
        >
          {t('create.import')}
        </Button>
      </Way>
      <Way help={t('create.restoreHelp')}>
        <Button
          fullWidth
          variant="default"
          leftSection={<IconDatabaseImport size={16} />}
          loading={busy === 'restore'}
          disabled={busy !== null}
          onClick={restore}
        >
          {t('create.restore')}
        </Button>
      </Way>
      {error ? <FailureView error={error} /> : null}
    </Stack>
  );
}

function Way({ help, children }: { help: string; children: React.ReactNode }) {
  return (
    <Stack gap={4}>
      {children}
      <Text size="xs" c="dimmed">
        {help}
      </Text>
    </Stack>
  );
}
