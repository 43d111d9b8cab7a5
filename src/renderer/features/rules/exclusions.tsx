import { Badge, Group, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { RuleSummary } from '../../../core/domain/hit.ts';
import { useCall } from '../../api/hooks.ts';
import { useFormat } from '../../components/format.ts';
import { ScreenLink } from '../../components/link.tsx';

/** What the dismissed hits of a rule have in common, and which true hits an exclusion would lose. */
export function Exclusions({ rule }: { rule: RuleSummary }) {
  const { t } = useTranslation('rules');
  const format = useFormat();
  const { data } = useCall(
    'rules.exclusions',
    { pack: rule.pack, rule: rule.id },
    { enabled: rule.dismissed > 1 },
  );
  if (rule.dismissed < 2 || !data) return null;
  return (
    <section aria-label={t('exclusions.title')}>
      <Text fw={600} mb={4}>
        {t('exclusions.title')}
      </Text>
      <Text size="xs" c="dimmed" mb={4}>
        {t('exclusions.help', { count: data.dismissed })}
      </Text>
      {data.proposals.length === 0 ? (
        <Text c="dimmed">{t('exclusions.none')}</Text>
      ) : (
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('exclusions.word')}</Table.Th>
              <Table.Th ta="end">{t('exclusions.dismissed')}</Table.Th>
              <Table.Th ta="end">{t('exclusions.lost')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {data.proposals.slice(0, 10).map((one) => (
              <Table.Tr key={`${one.kind} ${one.word}`}>
                <Table.Td>
                  <Group gap={6}>
                    <Badge color="gray">{t(`exclusions.${one.kind}`)}</Badge>
                    <b>{one.word}</b>
                  </Group>
                </Table.Td>
                <Table.Td ta="end">{format.number(one.dismissed)}</Table.Td>
                <Table.Td ta="end">
                  <Text span {...(one.lostConfirmed > 0 ? { c: 'red' } : {})}>
                    {t('exclusions.lostOf', { confirmed: one.lostConfirmed, open: one.lostOpen })}
                  </Text>{' '}
                  {one.lostHits[0] ? (
                    <ScreenLink to="/review" search={{ rule: rule.id, hit: one.lostHits[0] }}>
                      {t('exclusions.show')}
                    </ScreenLink>
                  ) : null}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </section>
  );
}
