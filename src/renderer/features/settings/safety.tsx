import { Button, Group } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useNative } from '../../api/native.ts';
import { applyStatus } from '../../api/query-client.ts';
import { useIsRunning, useRunJob } from '../../api/use-job.ts';
import { CheckReport } from '../../components/check-report.tsx';
import { toDay } from '../../components/days.ts';
import { useFormat } from '../../components/format.ts';
import { useNotify } from '../../components/notify.tsx';
import { useCheck } from '../../components/use-check.ts';
import { Section } from './section.tsx';

const BACKUP = [{ name: 'Docket', extensions: ['docket-backup'] }];

const nameOf = (path: string) => path.split(/[\\/]/).pop() ?? path;

/** Backup, restore and the check of the workspace. */
export function Safety() {
  const { t } = useTranslation(['settings', 'common']);
  const client = useQueryClient();
  const run = useRunJob();
  const native = useNative();
  const notify = useNotify();
  const format = useFormat();
  const check = useCheck();
  const backingUp = useIsRunning('backup');
  const restoring = useIsRunning('restore');
  const backup = async () => {
    const file = await native.saveFile({
      defaultName: `docket-${toDay(Date.now())}.docket-backup`,
      filters: BACKUP,
    });
    if (!file) return;
    const made = await run('workspace.backup', { file }, { kind: 'backup', subject: nameOf(file) });
    notify.done({
      title: t('safety.backedUp'),
      message: t('safety.backedUpHelp', { size: format.bytes(made.bytes), sha256: made.sha256 }),
      action: { label: t('common:action.showFile'), run: () => void native.revealFile(made.file) },
    });
  };
  const restore = async () => {
    const [file] = (await native.openFiles({ filters: BACKUP })) ?? [];
    if (!file) return;
    modals.openConfirmModal({
      title: t('safety.restore'),
      children: t('safety.restoreHelp', { file: nameOf(file) }),
      labels: { confirm: t('safety.restore'), cancel: t('common:action.cancel') },
      confirmProps: { color: 'red' },
      onConfirm: () => {
        run('workspace.restore', { file }, { kind: 'restore', subject: nameOf(file) }).then(
          (status) => applyStatus(client, status),
          notify.failed,
        );
      },
    });
  };
  return (
    <Section title={t('safety.title')} help={t('safety.help')}>
      <Group gap="xs">
        <Button variant="default" loading={backingUp} onClick={() => void backup().catch(notify.failed)}>
          {t('safety.backup')}
        </Button>
        <Button variant="default" loading={restoring} onClick={() => void restore().catch(notify.failed)}>
          {t('safety.restore')}
        </Button>
        <Button variant="default" loading={check.running} onClick={check.start}>
          {t('safety.check')}
        </Button>
      </Group>
      <CheckReport result={check.result} onClose={check.close} />
    </Section>
  );
}
