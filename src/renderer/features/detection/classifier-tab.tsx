import { Alert, Badge, Button, Group, Stack, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Training, TrainingState } from '../../../core/domain/training.ts';
import { useCall, useCommand } from '../../api/hooks.ts';
import { useIsRunning, useRunJob } from '../../api/use-job.ts';
import { useAskReason } from '../../components/ask-reason.tsx';
import { Fact } from '../../components/badges.tsx';
import { FailureView } from '../../components/failure-view.tsx';
import { useFormat } from '../../components/format.ts';
import { Loading } from '../../components/loading.tsx';
import { useNotify } from '../../components/notify.tsx';
import { Time } from '../../components/time.tsx';
import { useWords } from '../../components/words.ts';
import classes from './detection.module.css';
import { TrainingApproval } from './training-approval.tsx';

const COLORS: Record<TrainingState, string> = {
  waiting: 'yellow',
  'in-force': 'teal',
  refused: 'red',
  replaced: 'gray',
};

/** Which classifier judges, and its training on the workspace's own reviews. */
export function ClassifierTab() {
  const { t } = useTranslation('classifier');
  const format = useFormat();
  const notify = useNotify();
  const ask = useAskReason();
  const run = useRunJob();
  const training = useIsRunning('training');
  const status = useCall('classifier.status', {});
  const restore = useCommand('classifier.restore');
  if (status.error) return <FailureView error={status.error} onRetry={() => void status.refetch()} />;
  if (!status.data) return <Loading lines={5} height={50} />;
  const { version, shipped, reviewed, trainings } = status.data;
  const isOwn = version !== shipped;
  const isWaiting = trainings.some(({ state }) => state === 'waiting');
  const train = async () => {
    const purpose = await ask({ title: t('train'), explain: t('explain'), confirm: t('train') });
    if (purpose === null) return;
    try {
      await run('classifier.train', { purpose }, { kind: 'training', subject: purpose });
      await status.refetch();
    } catch (error) {
      notify.failed(error);
    }
  };
  return (
    <Stack gap="md" maw={1000}>
      <Group justify="space-between" align="end">
        <Group gap="xl">
          <Fact label={t('judging')}>{isOwn ? t('own') : t('shipped')}</Fact>
          <Fact label={t('confirmed')}>{format.number(reviewed.confirmed)}</Fact>
          <Fact label={t('dismissed')}>{format.number(reviewed.dismissed)}</Fact>
        </Group>
        <Group gap="xs">
          {isOwn ? (
            <Button
              variant="default"
              loading={restore.isPending}
              onClick={() => restore.mutate({}, { onError: notify.failed })}
            >
              {t('restore')}
            </Button>
          ) : null}
          <Button loading={training} disabled={isWaiting} onClick={() => void train()}>
            {t('train')}
          </Button>
        </Group>
      </Group>
      <Alert color="ink" variant="light">
        {t('rules')}
      </Alert>
      {trainings.length === 0 ? <Text c="dimmed">{t('none')}</Text> : null}
      {trainings.map((one) => (
        <TrainingView key={one.id} training={one} />
      ))}
    </Stack>
  );
}

function TrainingView({ training }: { training: Training }) {
  const { t } = useTranslation('classifier');
  const { state, purpose, officer, at, texts, figures, decidedBy, decidedAt, note } = training;
  return (
    <section className={classes.cluster} aria-label={purpose}>
      <Group justify="space-between" mb="xs">
        <Text fw={600}>{purpose}</Text>
        <Badge color={COLORS[state]}>{t(`state.${state}`)}</Badge>
      </Group>
      <Text size="sm" c="dimmed" mb="xs">
        {t('by', { officer, count: texts })} · <Time at={at} />
        {decidedBy === null || decidedAt === null ? null : (
          <>
            {' '}
            · {t('decided', { officer: decidedBy })} · <Time at={decidedAt} />
          </>
        )}
      </Text>
      {note === '' ? null : (
        <Text size="sm" mb="xs">
          {note}
        </Text>
      )}
      {figures.length === 0 ? <Text size="sm">{t('noFigures')}</Text> : <Figures training={training} />}
      {state === 'waiting' ? <TrainingApproval training={training} /> : null}
    </section>
  );
}

function Figures({ training: { figures } }: { training: Training }) {
  const { t } = useTranslation('classifier');
  const words = useWords();
  return (
    <Table withTableBorder mb="md" aria-label={t('figures')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('category')}</Table.Th>
          <Table.Th ta="right">{t('rightBefore')}</Table.Th>
          <Table.Th ta="right">{t('rightAfter')}</Table.Th>
          <Table.Th ta="right">{t('wrongBefore')}</Table.Th>
          <Table.Th ta="right">{t('wrongAfter')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {figures.map(({ category, confirmed, dismissed, before, after }) => (
          <Table.Tr key={category}>
            <Table.Td>{words.category(category)}</Table.Td>
            <Table.Td ta="right">{t('of', { found: before.confirmed, all: confirmed })}</Table.Td>
            <Table.Td ta="right">{t('of', { found: after.confirmed, all: confirmed })}</Table.Td>
            <Table.Td ta="right">{t('of', { found: before.dismissed, all: dismissed })}</Table.Td>
            <Table.Td ta="right">{t('of', { found: after.dismissed, all: dismissed })}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
