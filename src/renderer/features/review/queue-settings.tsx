import {
  ActionIcon,
  Alert,
  Button,
  Group,
  Modal,
  NumberInput,
  Stack,
  Switch,
  Table,
  Text,
  Textarea,
  Title,
  Tooltip,
} from '@mantine/core';
import { IconAdjustmentsHorizontal } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PriorityFormula } from '../../../core/domain/triage.ts';
import { useCall, useCommand } from '../../api/hooks.ts';
import { useRunJob } from '../../api/use-job.ts';
import { useAskReason } from '../../components/ask-reason.tsx';
import { Loading } from '../../components/loading.tsx';
import { useNotify } from '../../components/notify.tsx';
import { Time } from '../../components/time.tsx';

/** How the queue is ordered, and whether names are covered. */
export function QueueSettings() {
  const { t } = useTranslation('triage');
  const [open, setOpen] = useState(false);
  return (
    <>
      <Tooltip label={t('queue.title')}>
        <ActionIcon variant="default" size="lg" aria-label={t('queue.title')} onClick={() => setOpen(true)}>
          <IconAdjustmentsHorizontal size={17} />
        </ActionIcon>
      </Tooltip>
      <Modal opened={open} onClose={() => setOpen(false)} size="lg" title={t('queue.title')}>
        <Stack gap="lg">
          <CoveredNames />
          <Weights onDone={() => setOpen(false)} />
        </Stack>
      </Modal>
    </>
  );
}

function CoveredNames() {
  const { t } = useTranslation('triage');
  const askReason = useAskReason();
  const notify = useNotify();
  const { data } = useCall('triage.mode', {});
  const set = useCommand('triage.setMode');
  const change = async (covered: boolean) => {
    const reason = await askReason({ title: t('covered.reason') });
    if (reason) set.mutate({ covered, reason }, { onError: notify.failed });
  };
  return (
    <Switch
      label={t('covered.label')}
      description={t('covered.help')}
      checked={data?.covered ?? false}
      disabled={!data || set.isPending}
      onChange={(event) => void change(event.currentTarget.checked)}
    />
  );
}

type Weights = Omit<PriorityFormula, 'categories'>;

function Weights({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation('triage');
  const query = useCall('priority.get', {});
  const runJob = useRunJob();
  const notify = useNotify();
  const [typed, setTyped] = useState<Partial<Weights>>({});
  const [reason, setReason] = useState('');
  if (!query.data) return <Loading lines={5} />;
  const { formula, history } = query.data;
  const weights: Weights = { ...formula, ...typed };
  const set = (change: Partial<Weights>) => setTyped({ ...typed, ...change });
  const apply = () => {
    const { severity, reach, duty, doublingDays } = weights;
    onDone();
    void runJob(
      'priority.set',
      { formula: { severity, reach, duty, doublingDays }, reason },
      { kind: 'weighing', subject: t('weights.title') },
    ).catch(notify.failed);
  };
  const number = (value: string | number) => (typeof value === 'number' ? value : 0);
  return (
    <section>
      <Title order={2} mb={4}>
        {t('weights.title')}
      </Title>
      <Text size="sm" c="dimmed" mb="sm">
        {t('weights.help')}
      </Text>
      {history[0]?.applied === false ? (
        <Alert color="orange" mb="sm">
          {t('weights.unapplied')}
        </Alert>
      ) : null}
      <Group grow align="flex-start">
        <NumberInput
          label={t('weights.severity')}
          description={t('weights.severityHelp')}
          min={0}
          max={4}
          step={0.5}
          decimalScale={2}
          value={weights.severity}
          onChange={(value) => set({ severity: number(value) })}
        />
        <NumberInput
          label={t('weights.reach')}
          description={t('weights.reachHelp')}
          min={0}
          max={4}
          step={0.25}
          decimalScale={2}
          value={weights.reach}
          onChange={(value) => set({ reach: number(value) })}
        />
      </Group>
      <Group grow align="flex-start" mt="xs">
        <NumberInput
          label={t('weights.duty')}
          description={t('weights.dutyHelp')}
          min={0}
          max={9}
          step={0.5}
          decimalScale={2}
          value={weights.duty}
          onChange={(value) => set({ duty: number(value) })}
        />
        <NumberInput
          label={t('weights.waiting')}
          description={t('weights.waitingHelp')}
          min={7}
          max={3650}
          value={weights.doublingDays ?? ''}
          onChange={(value) => set({ doublingDays: typeof value === 'number' ? value : null })}
        />
      </Group>
      <Textarea
        mt="xs"
        label={t('weights.reason')}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Group justify="flex-end" mt="sm">
        <Button disabled={reason.trim() === ''} onClick={apply}>
          {t('weights.apply')}
        </Button>
      </Group>
      {history.length > 0 ? (
        <Table mt="sm">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('weights.when')}</Table.Th>
              <Table.Th>{t('weights.who')}</Table.Th>
              <Table.Th>{t('weights.values')}</Table.Th>
              <Table.Th>{t('weights.reason')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {history.slice(0, 8).map((one) => (
              <Table.Tr key={one.id}>
                <Table.Td>
                  <Time at={one.at} />
                </Table.Td>
                <Table.Td>{one.officer}</Table.Td>
                <Table.Td>
                  {[one.severity, one.reach, one.duty, one.doublingDays ?? '—'].join(' / ')}
                </Table.Td>
                <Table.Td>{one.reason}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      ) : null}
    </section>
  );
}
