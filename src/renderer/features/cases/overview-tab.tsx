import {
  ActionIcon,
  Badge,
  Button,
  Group,
  Stack,
  Table,
  Text,
  Textarea,
  Title,
  Tooltip,
} from '@mantine/core';
import { IconMessage, IconUserPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseDetail, Party } from '../../../core/domain/case.ts';
import type { Hit } from '../../../core/domain/hit.ts';
import { useCommand } from '../../api/hooks.ts';
import { useAskReason } from '../../components/ask-reason.tsx';
import { CategoryBadge, Severity, Transforms } from '../../components/badges.tsx';
import { Basis } from '../../components/basis.tsx';
import { HitText } from '../../components/hit-text.tsx';
import { ScreenLink } from '../../components/link.tsx';
import { useNotify } from '../../components/notify.tsx';
import { Time } from '../../components/time.tsx';
import { useWords } from '../../components/words.ts';
import { AddParty } from './add-party.tsx';
import { abilitiesOf } from './case-abilities.ts';
import classes from './cases.module.css';
import { DecisionState } from './decision-state.tsx';
import { canBeDecided, standingDecision } from './owed.ts';

/** Who, what, when, under which rule, and what was decided. */
export function OverviewTab({ detail }: { detail: CaseDetail }) {
  return (
    <Stack gap="md">
      <Parties detail={detail} />
      <Hits detail={detail} />
      <Note key={detail.note} detail={detail} />
    </Stack>
  );
}

function Parties({ detail }: { detail: CaseDetail }) {
  const { t } = useTranslation('cases');
  const words = useWords();
  const [adding, setAdding] = useState(false);
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
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
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

function Hits({ detail }: { detail: CaseDetail }) {
  const { t } = useTranslation('cases');
  return (
    <section className={classes.box}>
      <div className={classes.boxHead}>
        <Title order={2}>{t('hits.title', { count: detail.hits.length })}</Title>
        <ScreenLink to="/review" search={{ disposition: 'confirmed' }}>
          {t('hits.more')}
        </ScreenLink>
      </div>
      {detail.hits.length === 0 ? (
        <Text c="dimmed">{t('hits.none')}</Text>
      ) : (
        <div className={classes.scroll}>
          <Table verticalSpacing={8}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('hits.when')}</Table.Th>
                <Table.Th>{t('hits.who')}</Table.Th>
                <Table.Th>{t('hits.what')}</Table.Th>
                <Table.Th>{t('hits.rule')}</Table.Th>
                <Table.Th aria-label={t('hits.actions')} />
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {detail.hits.map((hit) => (
                <HitRow key={hit.id} hit={hit} detail={detail} />
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
    </section>
  );
}

function HitRow({ hit, detail }: { hit: Hit; detail: CaseDetail }) {
  const { t } = useTranslation(['cases', 'common']);
  const words = useWords();
  const ask = useAskReason();
  const notify = useNotify();
  const remove = useCommand('cases.removeHit');
  const takeOut = async () => {
    const reason = await ask({
      title: t('hits.removeTitle'),
      explain: t('hits.removeExplain'),
      danger: true,
    });
    if (reason)
      remove.mutate({ caseId: detail.summary.id, hitId: hit.id, reason }, { onError: notify.failed });
  };
  return (
    <Table.Tr style={{ verticalAlign: 'top' }}>
      <Table.Td style={{ whiteSpace: 'nowrap' }}>
        <Time at={hit.sentAt} written={hit.sentAtText} />
      </Table.Td>
      <Table.Td>
        {hit.sender ?? t('common:chat.noSender')}
        <Text size="xs" c="dimmed">
          {hit.conversation ?? t('common:state.unnamed')}
        </Text>
      </Table.Td>
      <Table.Td>
        <div className={classes.hitText}>
          <HitText
            text={hit.text}
            marks={hit.spans.map(({ start, end }) => ({ start, end, kind: 'hit' as const }))}
          />
        </div>
        <Transforms names={hit.transforms} />
      </Table.Td>
      <Table.Td miw={190}>
        <Group gap={6}>
          <CategoryBadge category={hit.category} tier={hit.tier} />
          <Severity value={hit.severity} />
        </Group>
        <Text>{words.text(hit.ruleTitle)}</Text>
        <Text size="xs" c="dimmed" component="div">
          <Basis references={hit.basis} />
        </Text>
      </Table.Td>
      <Table.Td>
        <Group gap={2} wrap="nowrap">
          <Tooltip label={t('hits.context')}>
            <ScreenLink
              to="/review"
              search={{ caseId: detail.summary.id, hit: hit.id }}
              aria-label={t('hits.context')}
            >
              <IconMessage size={16} />
            </ScreenLink>
          </Tooltip>
          {abilitiesOf(detail.summary.state).takeOut ? (
            <Tooltip label={t('hits.remove')}>
              <ActionIcon
                size="sm"
                aria-label={t('hits.remove')}
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
