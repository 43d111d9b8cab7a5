import { Badge, Button, Group, Table, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Reminder } from '../../../core/domain/bulletin.ts';
import { useCall } from '../../api/hooks.ts';
import { ScreenLink } from '../../components/link.tsx';
import { Time } from '../../components/time.tsx';
import { useWords } from '../../components/words.ts';
import { Panel } from './panel.tsx';

/** Reminders shown at first. */
const SHOWN = 8;

/** What falls due within a week and what is overdue, each with a way to it. Nothing where nothing is due. */
export function Reminders() {
  const { t } = useTranslation('campaigns');
  const words = useWords();
  const { data = [] } = useCall('reminders.list', {}, { fresh: true });
  const [all, setAll] = useState(false);
  if (data.length === 0) return null;
  const overdue = data.filter((one) => one.overdue).length;
  return (
    <div style={{ marginBottom: 'var(--mantine-spacing-md)' }}>
      <Panel
        title={t('reminder.title')}
        aside={
          <Text size="sm" c={overdue > 0 ? 'red' : 'dimmed'}>
            {t('reminder.count', { count: data.length, overdue })}
          </Text>
        }
      >
        <Table>
          <Table.Tbody>
            {data.slice(0, all ? data.length : SHOWN).map((one) => (
              <Table.Tr key={`${one.kind} ${one.id}`}>
                <Table.Td w={132}>
                  <Badge color={one.overdue ? 'red' : 'gray'}>{words.of('reminderKind', one.kind)}</Badge>
                </Table.Td>
                <Table.Th scope="row">
                  <ReminderLink reminder={one} />
                </Table.Th>
                <Table.Td>{words.text(one.about)}</Table.Td>
                <Table.Td ta="end">
                  <Time at={one.dueAt} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
        {data.length > SHOWN && !all ? (
          <Group justify="center">
            <Button variant="subtle" size="compact-sm" onClick={() => setAll(true)}>
              {t('reminder.all', { count: data.length })}
            </Button>
          </Group>
        ) : null}
      </Panel>
    </div>
  );
}

/** The tab of a case where a reminder is answered. */
const TABS = {
  'measure-expires': 'measures',
  'measure-due': 'measures',
  'answer-due': 'decision',
  'appeal-due': 'decision',
  'duty-due': 'duties',
} as const;

function ReminderLink({ reminder }: { reminder: Reminder }) {
  const { t } = useTranslation('campaigns');
  const { kind, caseId, caseNumber } = reminder;
  if (kind === 'control-due')
    return (
      <ScreenLink to="/campaigns" search={{ view: 'controls' }}>
        {t('view.controls')}
      </ScreenLink>
    );
  if (kind === 'stamp-due' || kind === 'stamp-unanswered')
    return <ScreenLink to="/audit">{t('reminder.stamps')}</ScreenLink>;
  if (kind === 'destruction-unfinished')
    return <ScreenLink to="/retention">{t('reminder.retention')}</ScreenLink>;
  if (kind === 'inspection-due' || caseId === null)
    return (
      <ScreenLink to="/duties" search={{ view: 'register' }}>
        {caseNumber ?? t('reminder.register')}
      </ScreenLink>
    );
  return (
    <ScreenLink to="/cases/$caseId" params={{ caseId }} search={{ tab: TABS[kind] }}>
      {caseNumber}
    </ScreenLink>
  );
}
