import { ActionIcon, Anchor, Button, Collapse, Group, Table, Text, Tooltip } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseDetail, Exhibit } from '../../../core/domain/case.ts';
import { useCommand, useInvoke } from '../../api/hooks.ts';
import { useAskFields } from '../../components/ask-fields.tsx';
import { useAskReason } from '../../components/ask-reason.tsx';
import { CopyIcon } from '../../components/copy.tsx';
import { ScreenLink } from '../../components/link.tsx';
import { useNotify } from '../../components/notify.tsx';
import { Time } from '../../components/time.tsx';
import { useWords } from '../../components/words.ts';
import { HeldBadge, ThingHolds } from '../custody/thing-holds.tsx';
import { abilitiesOf } from './case-abilities.ts';
import classes from './cases.module.css';
import { OpenedExhibitDialog } from './opened-exhibit.tsx';

/** One exhibit: what it is, where it came from, its custody and holds; opening it shows its messages. */
export function ExhibitRow({ exhibit, detail }: { exhibit: Exhibit; detail: CaseDetail }) {
  const { t } = useTranslation('cases');
  const ask = useAskReason();
  const notify = useNotify();
  const remove = useCommand('evidence.removeExhibit');
  const [open, { toggle }] = useDisclosure(false);
  const [reading, setReading] = useState(false);
  const takeOut = async () => {
    const reason = await ask({
      title: t('exhibit.removeTitle', { number: exhibit.number }),
      explain: t('exhibit.removeExplain'),
      danger: true,
    });
    if (reason) remove.mutate({ exhibitId: exhibit.id, reason }, { onError: notify.failed });
  };
  return (
    <>
      <Table.Tr>
        <Table.Td style={{ whiteSpace: 'nowrap' }}>
          {exhibit.number}
          <div>
            <HeldBadge id={exhibit.id} caseId={detail.summary.id} />
          </div>
        </Table.Td>
        <Table.Td>
          <Anchor component="button" type="button" inherit ta="start" onClick={() => setReading(true)}>
            {exhibit.description}
          </Anchor>
          {reading ? <OpenedExhibitDialog exhibit={exhibit} onClose={() => setReading(false)} /> : null}
          <Group gap={4} wrap="nowrap">
            <Text span size="xs" c="dimmed" className={classes.digest} title={exhibit.sha256}>
              SHA-256 {exhibit.sha256.slice(0, 12)}…
            </Text>
            <CopyIcon value={exhibit.sha256} />
          </Group>
        </Table.Td>
        <Table.Td ta="end">{exhibit.messages}</Table.Td>
        <Table.Td>
          <ScreenLink to="/imports" search={{ source: exhibit.sourceId }}>
            {exhibit.sourceFile}
          </ScreenLink>
        </Table.Td>
        <Table.Td style={{ whiteSpace: 'nowrap' }}>
          <Time at={exhibit.addedAt} />
          <Text size="xs" c="dimmed">
            {exhibit.officer}
          </Text>
        </Table.Td>
        <Table.Td>
          <Group gap={2} wrap="nowrap" justify="flex-end">
            <Button variant="subtle" size="compact-xs" onClick={toggle} aria-expanded={open}>
              {t('custody.title', { count: exhibit.custody.length })}
            </Button>
            {abilitiesOf(detail.summary.state).takeOut ? (
              <Tooltip label={t('exhibit.remove')}>
                <ActionIcon
                  size="sm"
                  aria-label={t('exhibit.remove')}
                  loading={remove.isPending}
                  onClick={() => void takeOut()}
                >
                  <IconX size={15} />
                </ActionIcon>
              </Tooltip>
            ) : null}
          </Group>
        </Table.Td>
      </Table.Tr>
      <Table.Tr aria-hidden={!open}>
        <Table.Td colSpan={6} p={0} style={open ? {} : { border: 0 }}>
          <Collapse expanded={open}>
            <Custody exhibit={exhibit} caseId={detail.summary.id} />
          </Collapse>
        </Table.Td>
      </Table.Tr>
    </>
  );
}

function Custody({ exhibit, caseId }: { exhibit: Exhibit; caseId: string }) {
  const { t } = useTranslation(['cases', 'custody']);
  const words = useWords();
  const ask = useAskFields();
  const invoke = useInvoke();
  const record = (action: 'handed-over' | 'returned') => {
    const { number, id } = exhibit;
    const returned = action === 'returned';
    ask({
      title: t(returned ? 'custody.returnTitle' : 'custody.handOverTitle', { number }),
      explain: t('custody.explain'),
      fields: [
        {
          name: 'person',
          kind: 'text',
          label: t(returned ? 'custody:custody.handFrom' : 'custody:custody.handTo'),
          required: true,
        },
        { name: 'purpose', kind: 'text', label: t('custody:custody.handPurpose'), required: true },
      ],
      submit: ({ person = '', purpose = '' }) =>
        invoke('evidence.recordCustody', { exhibitIds: [id], action, person, purpose }),
    });
  };
  return (
    <>
      <ol className={classes.reasons} style={{ padding: '4px 12px 10px 34px' }}>
        {exhibit.custody.map((event) => (
          <li key={event.id}>
            <Time at={event.at} precision="second" /> · {words.of('custodyAction', event.action)} ·{' '}
            {event.officer}
            {event.purpose ? ` · ${event.purpose}` : ''}
          </li>
        ))}
      </ol>
      <Group gap="xs" pb="xs" pl="md">
        {(['handed-over', 'returned'] as const).map((action) => (
          <Button key={action} variant="default" size="compact-xs" onClick={() => record(action)}>
            {action === 'returned' ? t('custody.return') : t('custody.handOver')}
          </Button>
        ))}
      </Group>
      <ThingHolds on="exhibit" id={exhibit.id} name={exhibit.number} caseId={caseId} pl="md" />
    </>
  );
}
