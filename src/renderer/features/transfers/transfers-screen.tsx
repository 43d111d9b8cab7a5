import { Button, Group, Stack, Table, Text } from '@mantine/core';
import { IconFileImport, IconShare, IconTransfer } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Transfer } from '../../../core/domain/transfer.ts';
import { useCall } from '../../api/hooks.ts';
import { CopyIcon } from '../../components/copy.tsx';
import { Empty } from '../../components/empty.tsx';
import { ScreenLink } from '../../components/link.tsx';
import { Page } from '../../components/page.tsx';
import { Time } from '../../components/time.tsx';
import classes from '../cases/cases.module.css';
import { Box } from '../custody/box.tsx';
import { ConflictCard } from './conflict-card.tsx';
import { useReceive } from './receive.tsx';
import { useShareHits } from './send.ts';

/** What went to other workstations and came from them, and what both changed. */
export function TransfersScreen() {
  const { t } = useTranslation('custody');
  const transfers = useCall('transfers.list', {});
  const conflicts = useCall('transfers.conflicts', {});
  const receive = useReceive();
  const share = useShareHits();
  const open = (conflicts.data ?? []).filter(({ resolved }) => resolved === null);
  const settled = (conflicts.data ?? []).filter(({ resolved }) => resolved !== null);
  const rows = transfers.data ?? [];
  return (
    <Page
      title={t('transfers.title')}
      subtitle={t('transfers.subtitle')}
      actions={
        <>
          <Button variant="default" leftSection={<IconShare size={15} />} onClick={share}>
            {t('transfers.share')}
          </Button>
          <Button leftSection={<IconFileImport size={15} />} onClick={() => void receive.choose()}>
            {t('transfers.receive')}
          </Button>
        </>
      }
    >
      <Stack gap="md">
        {open.length > 0 ? (
          <Box title={t('transfers.conflicts', { count: open.length })} alarm>
            <Text c="dimmed" mb="sm">
              {t('transfers.conflictsHelp')}
            </Text>
            <Stack gap="sm">
              {open.map((conflict) => (
                <ConflictCard key={conflict.id} conflict={conflict} />
              ))}
            </Stack>
          </Box>
        ) : null}
        {transfers.data && rows.length === 0 ? (
          <Empty
            icon={IconTransfer}
            title={t('transfers.empty.title')}
            description={t('transfers.empty.help')}
          />
        ) : (
          <Box title={t('transfers.history')}>
            <div className={classes.scroll}>
              <Table miw={720}>
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th>{t('transfers.column.at')}</Table.Th>
                    <Table.Th>{t('transfers.column.what')}</Table.Th>
                    <Table.Th>{t('transfers.column.peer')}</Table.Th>
                    <Table.Th>{t('transfers.column.counts')}</Table.Th>
                    <Table.Th>{t('transfers.column.file')}</Table.Th>
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {rows.map((transfer) => (
                    <TransferRow key={transfer.id} transfer={transfer} />
                  ))}
                </Table.Tbody>
              </Table>
            </div>
          </Box>
        )}
        {settled.length > 0 ? (
          <Box title={t('transfers.settled')}>
            <Stack gap="sm">
              {settled.map((conflict) => (
                <ConflictCard key={conflict.id} conflict={conflict} />
              ))}
            </Stack>
          </Box>
        ) : null}
      </Stack>
      {receive.dialog}
    </Page>
  );
}

function TransferRow({ transfer }: { transfer: Transfer }) {
  const { t } = useTranslation('custody');
  const { counts, peer, direction, caseId, caseNumber, homeNumber } = transfer;
  const left = Object.entries(counts.leftOut).filter(([, count]) => count > 0);
  return (
    <Table.Tr>
      <Table.Td style={{ whiteSpace: 'nowrap' }}>
        <Time at={transfer.at} />
        <Text size="xs" c="dimmed">
          {transfer.officer}
        </Text>
      </Table.Td>
      <Table.Td>
        {t(`transfers.direction.${direction}`)} ·{' '}
        {caseId && caseNumber ? (
          <ScreenLink to="/cases/$caseId" params={{ caseId }}>
            {caseNumber}
          </ScreenLink>
        ) : (
          t('transfers.hits')
        )}
        {homeNumber ? (
          <Text size="xs" c="dimmed">
            {t('transfers.caseHome', { number: homeNumber })}
          </Text>
        ) : null}
      </Table.Td>
      <Table.Td>
        {direction === 'sent' ? peer.recipient : `${peer.officer} (${peer.prefix})`}
        <Text size="xs" c="dimmed">
          {peer.purpose}
        </Text>
        <Group gap={4} wrap="nowrap">
          <Text size="xs" c="dimmed" title={peer.fingerprint}>
            {t('transfers.look.key')} {peer.fingerprint.slice(0, 16)}…
          </Text>
          <CopyIcon value={peer.fingerprint} />
        </Group>
      </Table.Td>
      <Table.Td>
        {t('transfers.counts', {
          messages: counts.messages,
          hits: counts.hits,
          rows: counts.rows,
          events: counts.events,
        })}
        {direction === 'received' ? (
          <Text size="xs" c="dimmed">
            {t('transfers.outcome', {
              added: counts.added,
              changed: counts.changed,
              conflicts: counts.conflicts,
            })}
          </Text>
        ) : null}
        {left.map(([reason, count]) => (
          <Text key={reason} size="xs" c="orange">
            {String(t(`transfers.leftOut.${reason}` as never, { count } as never))}
          </Text>
        ))}
      </Table.Td>
      <Table.Td style={{ overflowWrap: 'anywhere' }}>
        {transfer.file.split(/[\\/]/).at(-1)}
        <Text size="xs" c="dimmed" title={transfer.sha256}>
          SHA-256 {transfer.sha256.slice(0, 12)}…
        </Text>
      </Table.Td>
    </Table.Tr>
  );
}
