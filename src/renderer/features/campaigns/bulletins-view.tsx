import { Badge, Button, Group, Table, Text } from '@mantine/core';
import { IconSpeakerphone } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Bulletin } from '../../../core/domain/bulletin.ts';
import { useCall, useInvoke } from '../../api/hooks.ts';
import { Empty } from '../../components/empty.tsx';
import { FailureView } from '../../components/failure-view.tsx';
import { Loading } from '../../components/loading.tsx';
import { useNotify } from '../../components/notify.tsx';
import { Time } from '../../components/time.tsx';
import { useWriteBulletin } from './use-write-bulletin.ts';

/** Bulletins that were written; whether their figures still come out the same is asked for one by one. */
export function BulletinsView() {
  const { t } = useTranslation('campaigns');
  const query = useCall('bulletins.list', {});
  const write = useWriteBulletin();
  if (query.error) return <FailureView error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Loading lines={6} />;
  return (
    <div style={{ overflow: 'auto' }}>
      <Group mb="sm">
        <Button onClick={() => write({})}>{t('bulletin.write')}</Button>
      </Group>
      {query.data.length === 0 ? (
        <Empty icon={IconSpeakerphone} title={t('bulletin.empty')} description={t('bulletin.emptyHelp')} />
      ) : (
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('column.number')}</Table.Th>
              <Table.Th>{t('column.title')}</Table.Th>
              <Table.Th>{t('period')}</Table.Th>
              <Table.Th>{t('bulletin.written')}</Table.Th>
              <Table.Th>{t('bulletin.figures')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {query.data.map((one) => (
              <Line key={one.id} bulletin={one} />
            ))}
          </Table.Tbody>
        </Table>
      )}
    </div>
  );
}

function Line({ bulletin }: { bulletin: Bulletin }) {
  const { t } = useTranslation('campaigns');
  const invoke = useInvoke();
  const notify = useNotify();
  const [unchanged, setUnchanged] = useState<boolean | null>(null);
  const check = () =>
    void invoke('bulletins.check', { bulletinId: bulletin.id }).then(
      (answer) => setUnchanged(answer.unchanged),
      notify.failed,
    );
  return (
    <Table.Tr>
      <Table.Td>{bulletin.number}</Table.Td>
      <Table.Td>
        {bulletin.title}
        <Text size="xs" c="dimmed">
          {bulletin.file}
        </Text>
      </Table.Td>
      <Table.Td>
        <Time at={bulletin.query.from} precision="day" /> –{' '}
        <Time at={bulletin.query.to - 1} precision="day" />
      </Table.Td>
      <Table.Td>
        {bulletin.officer} · <Time at={bulletin.at} />
      </Table.Td>
      <Table.Td>
        <Group gap="xs">
          <Text size="xs" ff="monospace" title={bulletin.figuresSha256}>
            {bulletin.figuresSha256.slice(0, 12)}
          </Text>
          {unchanged === null ? (
            <Button size="compact-xs" variant="default" onClick={check}>
              {t('bulletin.check')}
            </Button>
          ) : (
            <Badge color={unchanged ? 'teal' : 'orange'}>
              {t(unchanged ? 'bulletin.same' : 'bulletin.differs')}
            </Badge>
          )}
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}
