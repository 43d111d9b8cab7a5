import { Badge, Button, Group, Tooltip } from '@mantine/core';
import { IconLock, IconLockOpen } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { WorkSubject } from '../../core/domain/triage.ts';
import { useCall, useCommand } from '../api/hooks.ts';
import { useAskReason } from './ask-reason.tsx';
import { useFormat } from './format.ts';
import { useNotify } from './notify.tsx';

/** Who works on a hit or case; undefined where nobody does. */
export function useWorkLock(subject: WorkSubject) {
  const { data } = useCall('work.list', {});
  return data?.find((lock) => lock.subject.type === subject.type && lock.subject.id === subject.id);
}

/** Says who works on a hit or case, and takes it on, over or gives it back. */
export function WorkLockButton({ subject }: { subject: WorkSubject }) {
  const { t } = useTranslation('triage');
  const format = useFormat();
  const notify = useNotify();
  const askReason = useAskReason();
  const { data: status } = useCall('workspace.status', {});
  const lock = useWorkLock(subject);
  const take = useCommand('work.take');
  const release = useCommand('work.release');
  const mine = lock !== undefined && lock.officerId === status?.officer?.id;
  const takeOver = async () => {
    const reason = await askReason({
      title: t('work.takeOver'),
      explain: t('work.takeOverHelp', { officer: lock?.officer ?? '' }),
    });
    if (reason) take.mutate({ subject, reason }, { onError: notify.failed });
  };
  return (
    <Group gap={6} wrap="nowrap">
      {lock ? (
        <Tooltip label={t('work.until', { time: format.dateTime(lock.expiresAt) })}>
          <Badge color={mine ? 'teal' : 'orange'} leftSection={<IconLock size={11} />}>
            {mine ? t('work.mine') : lock.officer}
          </Badge>
        </Tooltip>
      ) : null}
      <Button
        size="compact-xs"
        variant="default"
        leftSection={mine ? <IconLockOpen size={13} /> : <IconLock size={13} />}
        loading={take.isPending || release.isPending}
        onClick={() => {
          if (mine) release.mutate({ subject }, { onError: notify.failed });
          else if (lock) void takeOver();
          else take.mutate({ subject }, { onError: notify.failed });
        }}
      >
        {t(mine ? 'work.release' : lock ? 'work.takeOver' : 'work.take')}
      </Button>
    </Group>
  );
}
