import { Badge, Button, Group, NumberInput, Stack, Text, Title, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Duty } from '../../../core/domain/case.ts';
import { useCall, useCommand } from '../../api/hooks.ts';
import { FailureView } from '../../components/failure-view.tsx';
import { Loading } from '../../components/loading.tsx';
import { useNotify } from '../../components/notify.tsx';
import { useWords } from '../../components/words.ts';
import classes from './board.module.css';
import { Due } from './due.tsx';
import { Missing, useDutyTitle } from './duty-badges.tsx';

/** Unclosed duties in lanes: overdue, due within a day, later, filed and waiting for the receipt. */
export function Board({ onOpen }: { onOpen: (duty: Duty) => void }) {
  const { t } = useTranslation('duties');
  const title = useDutyTitle();
  const query = useCall('duties.board', {});
  if (query.error) return <FailureView error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Loading lines={6} />;
  return (
    <Stack gap="md">
      <Clock />
      <div className={classes.lanes}>
        {query.data.map(({ lane, total, duties }) => (
          <section
            key={lane}
            className={classes.lane}
            aria-label={t(`lane.${lane}`)}
            data-alarm={(lane === 'overdue' && total > 0) || undefined}
          >
            <Group justify="space-between">
              <Title order={2} size="h5">
                {t(`lane.${lane}`)}
              </Title>
              <Badge color={lane === 'overdue' && total > 0 ? 'red' : 'gray'}>{total}</Badge>
            </Group>
            {duties.map((duty) => (
              <UnstyledButton key={duty.id} className={classes.card} onClick={() => onOpen(duty)}>
                <Text fw={500}>{title(duty)}</Text>
                <Text size="xs" c="dimmed">
                  {duty.caseNumber}
                </Text>
                <Due duty={duty} />
                <Text size="xs" c="dimmed" lineClamp={2}>
                  <Missing codes={duty.missing} />
                </Text>
              </UnstyledButton>
            ))}
            {total > duties.length ? (
              <Text size="xs" c="dimmed" mt={6}>
                {t('board.more', { count: total - duties.length })}
              </Text>
            ) : null}
          </section>
        ))}
      </div>
    </Stack>
  );
}

/** The organisation's own hours; no statute that was read gives any. */
function Clock() {
  const { t } = useTranslation('duties');
  const words = useWords();
  const notify = useNotify();
  const query = useCall('duties.clock', {});
  const set = useCommand('duties.setClock');
  const [typed, setTyped] = useState<number | null>(null);
  const clock = query.data;
  if (!clock) return null;
  const hours = typed ?? clock.hours;
  return (
    <Group gap="sm" align="flex-end">
      <NumberInput
        label={t('clock.hours')}
        w={170}
        min={1}
        max={8760}
        value={hours}
        onChange={(value) => setTyped(typeof value === 'number' ? value : null)}
      />
      <Button
        variant="default"
        disabled={hours === clock.hours}
        loading={set.isPending}
        onClick={() =>
          set.mutate(
            { hours },
            {
              onSuccess: () => {
                setTyped(null);
                notify.done({ title: t('clock.done') });
              },
              onError: notify.failed,
            },
          )
        }
      >
        {t('clock.action')}
      </Button>
      <Text size="xs" c="dimmed" maw={520}>
        {words.text(clock.note)}
      </Text>
    </Group>
  );
}
