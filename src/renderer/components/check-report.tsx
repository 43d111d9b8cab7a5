import { Alert, Modal, Stack, Table, Text } from '@mantine/core';
import { IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { CheckResult } from '../../core/domain/workspace.ts';
import { useWords } from './words.ts';

/** What a check of the workspace found. */
export function CheckReport({ result, onClose }: { result: CheckResult | null; onClose: () => void }) {
  const { t } = useTranslation();
  const words = useWords();
  return (
    <Modal opened={result !== null} onClose={onClose} size="lg" title={t('check.title')}>
      {result ? (
        <Stack gap="md">
          <Alert color={result.ok ? 'teal' : 'red'} variant="light">
            {t(result.ok ? 'check.ok' : 'check.failed', { count: result.failures.length })}
          </Alert>
          <Table>
            <Table.Tbody>
              {result.checks.map((check) => (
                <Table.Tr key={check.name}>
                  <Table.Td w={28}>
                    {check.ok ? (
                      <IconCircleCheck
                        size={16}
                        color="var(--mantine-color-teal-6)"
                        aria-label={t('check.passed')}
                      />
                    ) : (
                      <IconCircleX
                        size={16}
                        color="var(--mantine-color-red-6)"
                        aria-label={t('check.notPassed')}
                      />
                    )}
                  </Table.Td>
                  <Table.Th scope="row" w={150}>
                    {words.of('check', check.name)}
                  </Table.Th>
                  <Table.Td c="dimmed" style={{ overflowWrap: 'anywhere' }}>
                    {check.detail}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
          {result.failures.length > 0 ? (
            <div>
              <Text fw={600}>{t('check.failures')}</Text>
              <Table fz="xs">
                <Table.Tbody>
                  {result.failures.map((failure) => (
                    <Table.Tr key={`${failure.check} ${failure.table} ${failure.row}`}>
                      <Table.Th scope="row">{words.of('check', failure.check)}</Table.Th>
                      <Table.Td>
                        {failure.table} {failure.row}
                      </Table.Td>
                      <Table.Td>{failure.reason}</Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </div>
          ) : null}
        </Stack>
      ) : null}
    </Modal>
  );
}
