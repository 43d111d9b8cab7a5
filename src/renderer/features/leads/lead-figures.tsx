import { Button, Group, Modal, SegmentedControl, Table, Text } from '@mantine/core';
import { IconChartBar } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../api/hooks.ts';
import { FailureView } from '../../components/failure-view.tsx';
import { useFormat } from '../../components/format.ts';
import { Loading } from '../../components/loading.tsx';
import { useWords } from '../../components/words.ts';

const DAY = 86_400_000;
const PERIODS = ['30', '90', '365', 'all'] as const;

/** What became of the leads of each source, and how long it took (S4-8). */
export function LeadFiguresButton() {
  const { t } = useTranslation('leads');
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="default" leftSection={<IconChartBar size={14} />} onClick={() => setOpen(true)}>
        {t('figures.title')}
      </Button>
      <Modal opened={open} onClose={() => setOpen(false)} size="xl" title={t('figures.title')}>
        <Figures />
      </Modal>
    </>
  );
}

function Figures() {
  const { t } = useTranslation('leads');
  const format = useFormat();
  const words = useWords();
  const [period, setPeriod] = useState<(typeof PERIODS)[number]>('90');
  const range = useMemo(() => {
    const to = (Math.floor(Date.now() / DAY) + 1) * DAY;
    return { from: period === 'all' ? 0 : to - Number(period) * DAY, to };
  }, [period]);
  const query = useCall('leads.figures', range, { keep: true });
  const lasted = (ms: number | null) => (ms === null ? '—' : format.duration(ms / 1000));
  return (
    <>
      <Group mb="sm">
        <SegmentedControl
          aria-label={t('figures.period')}
          value={period}
          onChange={(value) => setPeriod(value as (typeof PERIODS)[number])}
          data={PERIODS.map((value) => ({ value, label: t(`figures.last.${value}`) }))}
        />
      </Group>
      {query.error ? <FailureView error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.data ? (
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('column.source')}</Table.Th>
              <Table.Th ta="end">{t('figures.received')}</Table.Th>
              <Table.Th ta="end">{t('figures.open')}</Table.Th>
              <Table.Th ta="end">{t('figures.cases')}</Table.Th>
              <Table.Th ta="end">{t('figures.rate')}</Table.Th>
              <Table.Th ta="end">{t('figures.referred')}</Table.Th>
              <Table.Th ta="end">{t('figures.noAction')}</Table.Th>
              <Table.Th ta="end">{t('figures.duplicates')}</Table.Th>
              <Table.Th ta="end">{t('figures.toFirst')}</Table.Th>
              <Table.Th ta="end">{t('figures.toClosing')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {query.data.map((row) => (
              <Table.Tr key={row.source}>
                <Table.Td>{words.of('leadSource', row.source)}</Table.Td>
                <Table.Td ta="end">{format.number(row.received)}</Table.Td>
                <Table.Td ta="end">{format.number(row.open)}</Table.Td>
                <Table.Td ta="end">{format.number(row.cases)}</Table.Td>
                <Table.Td ta="end">
                  {row.received === 0 ? '—' : format.percent(row.cases / row.received)}
                </Table.Td>
                <Table.Td ta="end">{format.number(row.referred)}</Table.Td>
                <Table.Td ta="end">{format.number(row.noAction)}</Table.Td>
                <Table.Td ta="end">{format.number(row.duplicates)}</Table.Td>
                <Table.Td ta="end">{lasted(row.toFirstAction)}</Table.Td>
                <Table.Td ta="end">{lasted(row.toClosing)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      ) : (
        <Loading lines={4} />
      )}
      <Text size="xs" c="dimmed" mt="xs">
        {t('figures.help')}
      </Text>
    </>
  );
}
