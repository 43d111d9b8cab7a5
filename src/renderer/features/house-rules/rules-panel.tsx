import { Button, Group, Stack, Table, Text } from '@mantine/core';
import { IconCalendarOff, IconSignature } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { HouseRulesVersion } from '../../../core/domain/house-rules.ts';
import { useCall, useCommand } from '../../api/hooks.ts';
import { useAskFields } from '../../components/ask-fields.tsx';
import { Fact } from '../../components/badges.tsx';
import { toDay } from '../../components/days.ts';
import { Loading } from '../../components/loading.tsx';
import { SidePanel } from '../../components/side-panel.tsx';
import { useWords } from '../../components/words.ts';

/** One version: how it was adopted, who received it. */
export function RulesPanel({ version, onClose }: { version: HouseRulesVersion; onClose: () => void }) {
  const { t } = useTranslation('house-rules');
  const words = useWords();
  const receipts = useCall('houseRules.receipts', { rulesId: version.id });
  const receive = useReceive(version);
  const end = useEnd(version);
  return (
    <SidePanel
      title={`${version.title} ${version.version}`}
      onClose={onClose}
      actions={
        <Button size="compact-sm" leftSection={<IconSignature size={14} />} onClick={receive}>
          {t('receive')}
        </Button>
      }
    >
      <Stack gap="sm">
        <Fact label={t('column.from')}>
          {version.effectiveFrom}
          {version.endedOn ? ` – ${version.endedOn}` : ''}
        </Fact>
        <Fact label={t('adopted')}>
          {version.adoption
            ? `${words.of('adoptionWay', version.adoption.way)} · ${version.adoption.on} · ${version.adoption.proof}`
            : t('adoptedNone')}
        </Fact>
        {version.endedOn === null ? (
          <Group>
            <Button
              variant="default"
              size="compact-sm"
              leftSection={<IconCalendarOff size={14} />}
              onClick={end}
            >
              {t('end')}
            </Button>
          </Group>
        ) : null}
        <Text fw={600}>{t('receiptsOf')}</Text>
        {receipts.isPending ? <Loading lines={3} /> : null}
        {receipts.data?.length === 0 ? <Text c="dimmed">{t('noReceipts')}</Text> : null}
        {receipts.data && receipts.data.length > 0 ? (
          <Table>
            <Table.Tbody>
              {receipts.data.map((receipt) => (
                <Table.Tr key={receipt.id}>
                  <Table.Td>{receipt.account}</Table.Td>
                  <Table.Td>{receipt.on}</Table.Td>
                  <Table.Td>{receipt.proof}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        ) : null}
      </Stack>
    </SidePanel>
  );
}

function useReceive(version: HouseRulesVersion) {
  const { t } = useTranslation('house-rules');
  const ask = useAskFields();
  const receive = useCommand('houseRules.receive');
  return () =>
    ask({
      title: t('receive'),
      confirm: t('receive'),
      fields: [
        { name: 'account', kind: 'account', label: t('person'), required: true },
        { name: 'on', kind: 'day', label: t('on'), required: true, initial: toDay(Date.now()) },
        { name: 'proof', kind: 'text', label: t('proof'), help: t('proofHelp'), required: true },
      ],
      submit: ({ account = '', on = '', proof = '' }) =>
        receive.mutateAsync({ rulesId: version.id, accountIds: [account], on, proof }),
    });
}

function useEnd(version: HouseRulesVersion) {
  const { t } = useTranslation('house-rules');
  const ask = useAskFields();
  const end = useCommand('houseRules.end');
  return () =>
    ask({
      title: t('end'),
      confirm: t('end'),
      fields: [{ name: 'on', kind: 'day', label: t('endTitle'), required: true, initial: toDay(Date.now()) }],
      submit: ({ on = '' }) => end.mutateAsync({ rulesId: version.id, endedOn: on }),
    });
}
