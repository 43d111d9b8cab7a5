import { Button, Group, Text } from '@mantine/core';
import { IconEye } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Hit } from '../../../core/domain/hit.ts';
import { useCall, useCommand } from '../../api/hooks.ts';
import { useAskReason } from '../../components/ask-reason.tsx';
import { useFormat } from '../../components/format.ts';
import { useNotify } from '../../components/notify.tsx';
import { WorkLockButton } from '../../components/work-lock.tsx';

/** Who works on a hit, and its sender's name where names are covered. */
export function HitTriage({ hit }: { hit: Hit }) {
  const { t } = useTranslation('triage');
  const askReason = useAskReason();
  const notify = useNotify();
  const { data: mode } = useCall('triage.mode', {});
  const reveal = useCommand('triage.reveal');
  const covered = mode?.covered === true && hit.senderId !== null && hit.sender?.startsWith('#') === true;
  const uncover = async () => {
    const reason = await askReason({ title: t('covered.reveal'), explain: t('covered.revealHelp') });
    if (reason) reveal.mutate({ hitId: hit.id, reason }, { onError: notify.failed });
  };
  return (
    <Group gap="xs">
      <WorkLockButton subject={{ type: 'hit', id: hit.id }} />
      {covered ? (
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<IconEye size={13} />}
          loading={reveal.isPending}
          onClick={() => void uncover()}
        >
          {t('covered.reveal')} {hit.sender}
        </Button>
      ) : null}
    </Group>
  );
}

/** What the priority of a hit is the product of. */
export function PriorityFacts({ hitId }: { hitId: string }) {
  const { t } = useTranslation('triage');
  const format = useFormat();
  const { data } = useCall('priority.explain', { hitId });
  if (!data) return null;
  const round = (value: number) => format.number(Math.round(value * 100) / 100);
  const parts = [
    t('factor.severity', { value: round(data.severity) }),
    t('factor.score', { value: round(data.score) }),
    ...(data.reach === 1
      ? []
      : [t('factor.reach', { value: round(data.reach), members: data.members ?? 0 })]),
    ...(data.duty === 1 ? [] : [t('factor.duty', { value: round(data.duty) })]),
    ...(data.waiting === 1 ? [] : [t('factor.waiting', { value: round(data.waiting) })]),
  ];
  return (
    <>
      {round(data.value)}{' '}
      <Text span size="xs" c="dimmed">
        = {parts.join(' × ')}
      </Text>
    </>
  );
}
