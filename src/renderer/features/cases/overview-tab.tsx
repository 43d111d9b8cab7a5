import { Badge, Button, Group, Stack, Table, Text, Textarea, Title } from '@mantine/core';
import { IconUserPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseDetail, Party } from '../../../core/domain/case.ts';
import { useCommand } from '../../api/hooks.ts';
import { ScreenLink } from '../../components/link.tsx';
import { useNotify } from '../../components/notify.tsx';
import { useWords } from '../../components/words.ts';
import { MeterPanel } from '../law/meter-panel.tsx';
import { AddParty } from './add-party.tsx';
import { abilitiesOf } from './case-abilities.ts';
import { CaseContextBox } from './case-context.tsx';
import { CaseHits } from './case-hits.tsx';
import classes from './cases.module.css';
import { DecisionState } from './decision-state.tsx';
import { Dossier } from './dossier.tsx';
import { canBeDecided, standingDecision } from './owed.ts';
import { TasksBox } from './tasks-box.tsx';

/** Who, what, when, under which rule, and what was decided. */
export function OverviewTab({ detail }: { detail: CaseDetail }) {
  return (
    <Stack gap="md">
      <Parties detail={detail} />
      <CaseHits detail={detail} />
      <TasksBox detail={detail} />
      <CaseContextBox detail={detail} />
      <div className={classes.box}>
        <MeterPanel subject={{ type: 'case', id: detail.summary.id }} />
      </div>
      <Note key={detail.note} detail={detail} />
    </Stack>
  );
}

function Parties({ detail }: { detail: CaseDetail }) {
  const { t } = useTranslation(['cases', 'common']);
  const words = useWords();
  const [adding, setAdding] = useState(false);
  const [known, setKnown] = useState<Party | null>(null);
  return (
    <section className={classes.box}>
      <div className={classes.boxHead}>
        <Title order={2}>{t('party.title')}</Title>
        {abilitiesOf(detail.summary.state).add ? (
          <Button variant="default" leftSection={<IconUserPlus size={14} />} onClick={() => setAdding(true)}>
            {t('party.add')}
          </Button>
        ) : null}
      </div>
      {detail.parties.length === 0 ? (
        <Text c="dimmed">{t('party.none')}</Text>
      ) : (
        <div className={classes.scroll}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('party.name')}</Table.Th>
                <Table.Th>{t('party.role')}</Table.Th>
                <Table.Th>{t('party.subject')}</Table.Th>
                <Table.Th ta="end">{t('column.hits')}</Table.Th>
                <Table.Th>{t('party.measure')}</Table.Th>
                <Table.Th aria-label={t('common:table.actions')} />
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {detail.parties.map((party) => (
                <Table.Tr key={party.id}>
                  <Table.Td>
                    <PartyName party={party} />
                  </Table.Td>
                  <Table.Td>{words.of('partyRole', party.role)}</Table.Td>
                  <Table.Td>{words.of('measureSubject', party.subjectType)}</Table.Td>
                  <Table.Td ta="end">{party.hits}</Table.Td>
                  <Table.Td>
                    <PartyMeasure detail={detail} party={party} />
                  </Table.Td>
                  <Table.Td ta="end">
                    {party.accountId ? (
                      <Button size="compact-xs" variant="subtle" onClick={() => setKnown(party)}>
                        {t('dossier.open')}
                      </Button>
                    ) : null}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
      {known?.accountId ? (
        <Dossier accountId={known.accountId} name={known.name} onClose={() => setKnown(null)} />
      ) : null}
      {adding ? <AddParty detail={detail} onClose={() => setAdding(false)} /> : null}
    </section>
  );
}

export function PartyName({ party }: { party: Party }) {
  const { t } = useTranslation('common');
  const name = party.name || party.platformId || t('state.unnamed');
  if (party.accountId)
    return (
      <ScreenLink to="/accounts" search={{ account: party.accountId, text: party.name || undefined }}>
        {name}
      </ScreenLink>
    );
  if (party.conversationId)
    return (
      <ScreenLink to="/messages" search={{ conversationId: party.conversationId }}>
        {name}
      </ScreenLink>
    );
  return <span>{name}</span>;
}

function PartyMeasure({ detail, party }: { detail: CaseDetail; party: Party }) {
  const { t } = useTranslation('cases');
  const words = useWords();
  const decision = standingDecision(detail, party.id);
  if (!canBeDecided(party)) return <Text c="dimmed">{t('party.noMeasure')}</Text>;
  if (!decision)
    return (
      <ScreenLink to="/cases/$caseId" params={{ caseId: detail.summary.id }} search={{ tab: 'decision' }}>
        {t('party.undecided')}
      </ScreenLink>
    );
  return (
    <Group gap={6}>
      <span>{words.text(decision.measureTitle)}</span>
      <DecisionState state={decision.state} />
      {decision.deviates ? <Badge color="grape">{t('decision.deviates')}</Badge> : null}
    </Group>
  );
}

function Note({ detail }: { detail: CaseDetail }) {
  const { t } = useTranslation(['cases', 'common']);
  const notify = useNotify();
  const update = useCommand('cases.update');
  const [note, setNote] = useState(detail.note);
  const open = abilitiesOf(detail.summary.state).add;
  return (
    <section className={classes.box}>
      <Textarea
        label={t('note')}
        readOnly={!open}
        minRows={3}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      {note === detail.note ? null : (
        <Group justify="flex-end" gap="xs" mt="xs">
          <Button variant="default" onClick={() => setNote(detail.note)}>
            {t('common:action.cancel')}
          </Button>
          <Button
            loading={update.isPending}
            onClick={() => update.mutate({ caseId: detail.summary.id, note }, { onError: notify.failed })}
          >
            {t('common:action.save')}
          </Button>
        </Group>
      )}
    </section>
  );
}
