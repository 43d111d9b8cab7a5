import { Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../api/hooks.ts';
import { useWords } from '../../components/words.ts';

/** How a typed text is read: what each transform makes of what the ones before left. */
export function NormalizeSteps({ text }: { text: string }) {
  const { t } = useTranslation('rules');
  const words = useWords();
  const { data } = useCall('rules.normalize', { text }, { enabled: text.trim() !== '', keep: true });
  if (!data) return null;
  const changed = data.steps.filter((step) => step.changed);
  return (
    <section aria-label={t('test.steps')}>
      <Text fw={600} mb={4}>
        {t('test.steps')}
      </Text>
      {changed.length === 0 ? (
        <Text c="dimmed">{t('test.plain')}</Text>
      ) : (
        <Table>
          <Table.Tbody>
            {changed.map((step) => (
              <Table.Tr key={step.transform}>
                <Table.Th scope="row" w={190}>
                  {words.of('transform', step.transform)}
                </Table.Th>
                <Table.Td style={{ whiteSpace: 'pre-wrap', wordBreak: 'break-all' }}>{step.text}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </section>
  );
}
