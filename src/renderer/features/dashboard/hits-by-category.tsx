import { Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Dashboard } from '../../../core/domain/statistics.ts';
import { CountLink } from '../../components/count-link.tsx';
import { useWords } from '../../components/words.ts';
import { Panel } from './panel.tsx';

interface HitsByCategoryProps {
  entries: Dashboard['hitsByCategory'];
  from: number | undefined;
}

/** Hits of the period by category: all, open, confirmed, dismissed. */
export function HitsByCategory({ entries, from }: HitsByCategoryProps) {
  const { t } = useTranslation('dashboard');
  const words = useWords();
  // What is only proposed is not among these numbers.
  const asked = { status: 'hit' as const, ...(from === undefined ? {} : { from }) };
  return (
    <Panel title={t('categories.title')}>
      {entries.length === 0 ? (
        <Text c="dimmed">{t('categories.none')}</Text>
      ) : (
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('categories.category')}</Table.Th>
              <Table.Th ta="end">{t('categories.hits')}</Table.Th>
              <Table.Th ta="end">{t('categories.open')}</Table.Th>
              <Table.Th ta="end">{t('categories.confirmed')}</Table.Th>
              <Table.Th ta="end">{t('categories.dismissed')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {[...entries]
              .sort((a, b) => b.hits - a.hits)
              .map(({ category, hits, open, confirmed, dismissed }) => (
                <Table.Tr key={category}>
                  <Table.Td>{words.category(category)}</Table.Td>
                  <Table.Td ta="end">
                    <CountLink value={hits} to="/review" search={{ ...asked, category }} />
                  </Table.Td>
                  <Table.Td ta="end">
                    <CountLink
                      value={open}
                      to="/review"
                      search={{ ...asked, category, disposition: 'open' }}
                    />
                  </Table.Td>
                  <Table.Td ta="end">
                    <CountLink
                      value={confirmed}
                      to="/review"
                      search={{ ...asked, category, disposition: 'confirmed' }}
                    />
                  </Table.Td>
                  <Table.Td ta="end">
                    <CountLink
                      value={dismissed}
                      to="/review"
                      search={{ ...asked, category, disposition: 'dismissed' }}
                    />
                  </Table.Td>
                </Table.Tr>
              ))}
          </Table.Tbody>
        </Table>
      )}
    </Panel>
  );
}
