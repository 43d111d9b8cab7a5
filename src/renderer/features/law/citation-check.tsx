import { Alert, Badge, Stack, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../api/hooks.ts';
import { FailureView } from '../../components/failure-view.tsx';
import { Loading } from '../../components/loading.tsx';
import { SidePanel } from '../../components/side-panel.tsx';
import { useWords } from '../../components/words.ts';

/** Citations that do not stand on the day: dead ones first, then those whose article moved. */
export function CitationCheck({ day, onClose }: { day: string | undefined; onClose: () => void }) {
  const { t } = useTranslation('law');
  const words = useWords();
  const query = useCall('law.check', { day: day ?? null });
  const report = query.data;
  return (
    <SidePanel name="law-check" width={520} title={t('check.title')} onClose={onClose}>
      {query.error ? (
        <FailureView error={query.error} onRetry={() => void query.refetch()} />
      ) : !report ? (
        <Loading lines={6} />
      ) : (
        <Stack gap="md">
          <Alert
            color={report.problems.some(({ dead }) => dead) ? 'red' : 'teal'}
            variant="light"
            title={t('check.dead', { count: report.problems.filter(({ dead }) => dead).length })}
          >
            {t('check.counts', {
              day: report.day,
              checked: report.checked,
              stale: report.problems.filter(({ problem }) => problem === 'moved').length,
            })}
          </Alert>
          <Text size="xs" c="dimmed">
            {t('check.help')}
          </Text>
          <Table>
            <Table.Tbody>
              {report.problems.map((one) => (
                <Table.Tr key={`${one.set} ${one.id} ${one.reference}`}>
                  <Table.Td w={110}>
                    <Badge
                      maw="none"
                      style={{ overflow: 'visible' }}
                      color={one.dead ? 'red' : one.problem === 'moved' ? 'yellow' : 'gray'}
                    >
                      {t(`problem.${one.problem}`)}
                    </Badge>
                  </Table.Td>
                  <Table.Th scope="row">
                    <Text>{words.text(one.title)}</Text>
                    <Text size="xs" c="dimmed">
                      {t(`kind.${one.kind}`)} · {one.set} · {one.reference}
                    </Text>
                    {one.standing ? (
                      <Text size="xs">{t('check.now', { citation: words.text(one.standing) })}</Text>
                    ) : null}
                  </Table.Th>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Stack>
      )}
    </SidePanel>
  );
}
