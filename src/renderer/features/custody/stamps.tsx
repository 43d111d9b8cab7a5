import { Alert, Button, Group, Indicator, Stack, Table, Text } from '@mantine/core';
import { IconClockCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditStamp } from '../../../core/domain/custody.ts';
import { useCall, useCommand, useInvoke } from '../../api/hooks.ts';
import { useNative } from '../../api/native.ts';
import { useAskFields } from '../../components/ask-fields.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { useFormat } from '../../components/format.ts';
import { useNotify } from '../../components/notify.tsx';
import { Time } from '../../components/time.tsx';
import classes from '../cases/cases.module.css';

/** The button that opens the stamps of the audit log's head; it is marked while one is due. */
export function StampsButton() {
  const { t } = useTranslation('custody');
  const [opened, setOpened] = useState(false);
  const schedule = useCall('stamps.schedule', {});
  return (
    <>
      <Indicator disabled={!schedule.data?.due} color="orange" offset={4}>
        <Button variant="default" leftSection={<IconClockCheck size={15} />} onClick={() => setOpened(true)}>
          {t('stamps.open')}
        </Button>
      </Indicator>
      {opened ? <Stamps onClose={() => setOpened(false)} /> : null}
    </>
  );
}

function Stamps({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('custody');
  const format = useFormat();
  const native = useNative();
  const notify = useNotify();
  const schedule = useCall('stamps.schedule', {});
  const stamps = useCall('stamps.list', {});
  const request = useCommand('stamps.request');
  const setInterval = useSetInterval(schedule.data?.everyDays ?? null);
  const ask = async () => {
    try {
      const file = await native.saveFile({
        defaultName: 'audit-head.tsq',
        filters: [{ name: t('stamps.requestType'), extensions: ['tsq'] }],
      });
      if (file === null) return;
      request.mutate(
        { file },
        {
          onSuccess: () => notify.done({ title: t('stamps.sendHint'), message: file }),
          onError: notify.failed,
        },
      );
    } catch (error) {
      notify.failed(error);
    }
  };
  const { everyDays = null, dueAt = null, due = false } = schedule.data ?? {};
  return (
    <Dialog onClose={onClose} size="xl" title={t('stamps.title')}>
      <Stack gap="sm">
        <Text c="dimmed">{t('stamps.help')}</Text>
        {due ? (
          <Alert color="orange" variant="light">
            {t('stamps.due')}
          </Alert>
        ) : null}
        <Group justify="space-between" gap="xs">
          <Text>
            {everyDays === null ? t('stamps.noSchedule') : t('stamps.every', { count: everyDays })}
            {dueAt !== null && !due ? ` · ${t('stamps.dueAt', { at: format.dateTime(dueAt) })}` : ''}
          </Text>
          <Group gap="xs">
            <Button variant="default" onClick={setInterval}>
              {t('stamps.set')}
            </Button>
            <Button loading={request.isPending} onClick={() => void ask()}>
              {t('stamps.request')}
            </Button>
          </Group>
        </Group>
        {stamps.data?.length === 0 ? (
          <Text c="dimmed">{t('stamps.none')}</Text>
        ) : (
          <div className={classes.scroll}>
            <Table miw={520}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t('stamps.entry')}</Table.Th>
                  <Table.Th>{t('stamps.requested')}</Table.Th>
                  <Table.Th>{t('stamps.stamped')}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {(stamps.data ?? []).map((stamp) => (
                  <StampRow key={stamp.id} stamp={stamp} />
                ))}
              </Table.Tbody>
            </Table>
          </div>
        )}
      </Stack>
    </Dialog>
  );
}

function StampRow({ stamp }: { stamp: AuditStamp }) {
  const { t } = useTranslation('custody');
  const native = useNative();
  const notify = useNotify();
  const take = useCommand('stamps.import');
  const choose = async () => {
    const files = await native
      .openFiles({ filters: [{ name: t('stamps.answerType'), extensions: ['tsr'] }] })
      .catch(notify.failed);
    if (files?.[0]) take.mutate({ stampId: stamp.id, file: files[0] }, { onError: notify.failed });
  };
  return (
    <Table.Tr>
      <Table.Td>
        {stamp.sequence}
        <Text size="xs" c="dimmed" title={stamp.hash}>
          {stamp.hash.slice(0, 12)}…
        </Text>
      </Table.Td>
      <Table.Td>
        <Time at={stamp.at} />
        <Text size="xs" c="dimmed">
          {stamp.officer}
        </Text>
      </Table.Td>
      <Table.Td>
        {stamp.stamped ? (
          <>
            <Time at={stamp.stamped.at} precision="second" />
            <Text size="xs" c="dimmed">
              {stamp.stamped.authority}
            </Text>
          </>
        ) : (
          <>
            <Text c="dimmed">{t('stamps.waiting')}</Text>
            <Button
              variant="subtle"
              size="compact-xs"
              ml={-8}
              loading={take.isPending}
              onClick={() => void choose()}
            >
              {t('stamps.import')}
            </Button>
          </>
        )}
      </Table.Td>
    </Table.Tr>
  );
}

function useSetInterval(everyDays: number | null): () => void {
  const { t } = useTranslation('custody');
  const ask = useAskFields();
  const invoke = useInvoke();
  return () =>
    ask({
      title: t('stamps.set'),
      confirm: t('stamps.save'),
      fields: [
        {
          name: 'days',
          kind: 'number',
          label: t('stamps.interval'),
          help: t('stamps.intervalHelp'),
          initial: everyDays === null ? '30' : String(everyDays),
        },
      ],
      submit: ({ days = '' }) =>
        invoke('stamps.setSchedule', { everyDays: days === '' ? null : Number(days) }),
    });
}
