import { Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CaseState } from '../../../core/domain/case.ts';
import type { Dashboard } from '../../../core/domain/statistics.ts';
import { CountLink } from '../../components/count-link.tsx';
import { useWords } from '../../components/words.ts';
import classes from './dashboard.module.css';
import { Panel } from './panel.tsx';

interface CasesByStateProps {
  entries: Dashboard['casesByState'];
  totals: Dashboard['totals'];
}

/** Cases by state, and the duties that stand open. */
export function CasesByState({ entries, totals }: CasesByStateProps) {
  const { t } = useTranslation('dashboard');
  const words = useWords();
  const count = (state: string) => entries.find((entry) => entry.state === state)?.cases ?? 0;
  const all = entries.reduce((sum, entry) => sum + entry.cases, 0);
  return (
    <Panel title={t('cases.title')}>
      {all === 0 ? <Text c="dimmed">{t('cases.none')}</Text> : null}
      <Table>
        <Table.Tbody>
          {CaseState.options.map((state) => (
            <Table.Tr key={state}>
              <Table.Th scope="row" w={120}>
                {words.of('caseState', state)}
              </Table.Th>
              <Table.Td>
                <div
                  className={classes.bar}
                  style={{ width: `${all === 0 ? 0 : (count(state) / all) * 100}%` }}
                />
              </Table.Td>
              <Table.Td ta="end" w={80}>
                <CountLink value={count(state)} to="/cases" search={{ state }} />
              </Table.Td>
            </Table.Tr>
          ))}
          <Table.Tr>
            <Table.Th scope="row">{t('tile.openDuties')}</Table.Th>
            <Table.Td>
              {totals.overdueDuties > 0 ? (
                <Text c="red" size="xs">
                  {t('tile.overdue', { count: totals.overdueDuties })}
                </Text>
              ) : null}
            </Table.Td>
            <Table.Td ta="end">
              <CountLink value={totals.openDuties} to="/duties" search={{ state: 'unclosed' }} />
            </Table.Td>
          </Table.Tr>
        </Table.Tbody>
      </Table>
    </Panel>
  );
}
