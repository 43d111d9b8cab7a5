import { Badge, Button, Code, Group, Modal, Table, Text, Tooltip } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconUserPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Officer } from '../../../core/domain/workspace.ts';
import { useCall, useCommand } from '../../api/hooks.ts';
import { useAskReason } from '../../components/ask-reason.tsx';
import { CopyIcon } from '../../components/copy.tsx';
import { FailureView } from '../../components/failure-view.tsx';
import { Loading } from '../../components/loading.tsx';
import { useNotify } from '../../components/notify.tsx';
import { Time } from '../../components/time.tsx';
import { useWords } from '../../components/words.ts';
import { OfficerForm } from './officer-form.tsx';
import { Section } from './section.tsx';

/** Who may unlock this workspace, with which role and which signing key. */
export function Officers({ self }: { self: Officer | null }) {
  const { t } = useTranslation('settings');
  const officers = useCall('officers.list', {});
  const [adding, { open, close }] = useDisclosure(false);
  return (
    <Section title={t('officers.title')} help={t('officers.help')}>
      {officers.error ? (
        <FailureView error={officers.error} onRetry={() => void officers.refetch()} />
      ) : !officers.data ? (
        <Loading lines={3} />
      ) : (
        <OfficerTable officers={officers.data} self={self} />
      )}
      <Group>
        <Button variant="default" leftSection={<IconUserPlus size={15} />} onClick={open}>
          {t('officers.add')}
        </Button>
      </Group>
      <Modal opened={adding} onClose={close} title={t('officers.add')}>
        <OfficerForm onDone={close} />
      </Modal>
    </Section>
  );
}

function OfficerTable({ officers, self }: { officers: Officer[]; self: Officer | null }) {
  const { t } = useTranslation(['settings', 'common']);
  const words = useWords();
  const ask = useAskReason();
  const notify = useNotify();
  const deactivate = useCommand('officers.deactivate');
  const remove = async (officer: Officer) => {
    const reason = await ask({
      title: t('officers.deactivateTitle', { name: officer.name }),
      explain: t('officers.deactivateHelp'),
      confirm: t('officers.deactivate'),
      danger: true,
    });
    if (reason) deactivate.mutate({ officerId: officer.id, reason }, { onError: notify.failed });
  };
  return (
    <Table>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('officers.name')}</Table.Th>
          <Table.Th>{t('officers.role')}</Table.Th>
          <Table.Th>{t('officers.fingerprint')}</Table.Th>
          <Table.Th>{t('officers.since')}</Table.Th>
          <Table.Th aria-label={t('common:table.actions')} />
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {officers.map((officer) => (
          <Table.Tr key={officer.id} {...(officer.active ? {} : { c: 'dimmed' })}>
            <Table.Td>
              {officer.name} {officer.id === self?.id ? <Badge color="ink">{t('officers.you')}</Badge> : null}
              {officer.active ? null : <Badge color="gray">{t('officers.inactive')}</Badge>}
            </Table.Td>
            <Table.Td>{words.of('role', officer.role)}</Table.Td>
            <Table.Td>
              <Group gap={4} wrap="nowrap">
                <Tooltip label={officer.fingerprint} maw={560}>
                  <Code>{officer.fingerprint.slice(0, 16)}…</Code>
                </Tooltip>
                <CopyIcon value={officer.fingerprint} />
              </Group>
            </Table.Td>
            <Table.Td>
              <Time at={officer.createdAt} precision="day" />
            </Table.Td>
            <Table.Td ta="end">
              {officer.active && officer.id !== self?.id ? (
                <Button size="compact-xs" variant="subtle" color="gray" onClick={() => void remove(officer)}>
                  <Text span inherit>
                    {t('officers.deactivate')}
                  </Text>
                </Button>
              ) : null}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
