import { Badge, Button, Group, type MantineSpacing, Stack, Text } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ThingHold } from '../../../core/domain/custody.ts';
import { useCall, useCommand } from '../../api/hooks.ts';
import { useAskReason } from '../../components/ask-reason.tsx';
import { useNotify } from '../../components/notify.tsx';
import { Time } from '../../components/time.tsx';

interface ThingHoldsProps {
  on: ThingHold['on'];
  id: string;
  /** Number of the exhibit, or the file's name. */
  name: string;
  /** The exhibit's case: its holds are then read at once. */
  caseId?: string;
  pl?: MantineSpacing;
}

/** Holds on one exhibit or source, the latest first. */
function useThingHolds(id: string, caseId: string | undefined): ThingHold[] {
  const holds = useCall('custody.holds', caseId ? { caseId } : { id });
  return (holds.data ?? []).filter(({ subjectId }) => subjectId === id);
}

/** The legal holds on one exhibit or source: those that stand and those that were lifted, placing and lifting. */
export function ThingHolds({ on, id, name, caseId, pl }: ThingHoldsProps) {
  const { t } = useTranslation('custody');
  const ask = useAskReason();
  const notify = useNotify();
  const holds = useThingHolds(id, caseId);
  const set = useCommand('custody.setHold');
  const lift = useCommand('custody.liftHold');
  const place = async () => {
    const reason = await ask({ title: t('holds.setTitle', { name }), explain: t(`holds.explain.${on}`) });
    if (reason) set.mutate({ on, id, reason }, { onError: notify.failed });
  };
  const take = async (holdId: string) => {
    const reason = await ask({ title: t('holds.liftTitle', { name }), explain: t('holds.liftExplain') });
    if (reason) lift.mutate({ holdId, reason }, { onError: notify.failed });
  };
  return (
    <Stack gap={6} pb="sm" {...(pl ? { pl } : {})}>
      {holds.map((hold) => (
        <Group key={hold.id} gap="xs" align="baseline">
          <Badge variant="light" color={hold.lifted ? 'gray' : 'orange'}>
            {t(hold.lifted ? 'holds.lifted' : 'holds.stands')}
          </Badge>
          <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
            {hold.reason}
          </Text>
          <Text size="xs" c="dimmed">
            {hold.officer} · <Time at={hold.setAt} />
            {hold.lifted ? ` → ${hold.lifted.officer}: ${hold.lifted.reason}` : ''}
          </Text>
          {hold.lifted ? null : (
            <Button variant="subtle" size="compact-xs" onClick={() => void take(hold.id)}>
              {t('holds.lift')}
            </Button>
          )}
        </Group>
      ))}
      <Group>
        <Button
          variant="default"
          size="compact-xs"
          leftSection={<IconLock size={13} />}
          loading={set.isPending}
          onClick={() => void place()}
        >
          {t(`holds.set.${on}`)}
        </Button>
      </Group>
    </Stack>
  );
}

/** Says that a hold stands, where nothing more is needed. */
export function HeldBadge({ id, caseId }: { id: string; caseId?: string }) {
  const { t } = useTranslation('custody');
  const standing = useThingHolds(id, caseId).find(({ lifted }) => lifted === null);
  return standing ? (
    <Badge variant="light" color="orange" leftSection={<IconLock size={11} />} title={standing.reason}>
      {t('holds.stands')}
    </Badge>
  ) : null;
}
