import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconGavel, IconUserOff } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseDetail, Party } from '../../../core/domain/case.ts';
import { Empty } from '../../components/empty.tsx';
import { useWords } from '../../components/words.ts';
import { AppealPanel } from './appeal-panel.tsx';
import { ApprovalForm } from './approval-form.tsx';
import { abilitiesOf } from './case-abilities.ts';
import classes from './cases.module.css';
import { DecisionCard } from './decision-card.tsx';
import { HearingPanel } from './hearing-panel.tsx';
import { MeasureForm } from './measure-form.tsx';
import { PartyName } from './overview-tab.tsx';
import { canBeDecided, decisionsOf, standingDecision } from './owed.ts';

/** Per party: what is proposed and why, what was decided, who stands by it. Nothing takes effect by itself. */
export function DecisionTab({ detail }: { detail: CaseDetail }) {
  const { t } = useTranslation('cases');
  const parties = detail.parties.filter(canBeDecided);
  const first = parties.find((party) => {
    const state = standingDecision(detail, party.id)?.state;
    return state !== 'final' && state !== 'awaiting-approval';
  });
  if (parties.length === 0)
    return (
      <Empty icon={IconUserOff} title={t('decision.none.title')} description={t('decision.none.help')} />
    );
  return (
    <Stack gap="md">
      <Text c="dimmed">{t('decision.explain')}</Text>
      {parties.map((party) => (
        <PartyDecision key={party.id} detail={detail} party={party} first={party.id === first?.id} />
      ))}
    </Stack>
  );
}

interface PartyDecisionProps {
  detail: CaseDetail;
  party: Party;
  /** The first party without a decision: its form stands open. */
  first: boolean;
}

function PartyDecision({ detail, party, first }: PartyDecisionProps) {
  const { t } = useTranslation('cases');
  const words = useWords();
  const decisions = decisionsOf(detail, party.id);
  const latest = decisions[0];
  const waits = latest?.state === 'awaiting-approval';
  const decide = abilitiesOf(detail.summary.state).decide && !waits;
  // Null until the officer opens or closes the form by hand.
  const [chosen, setChosen] = useState<boolean | null>(null);
  const open = decide && (chosen ?? first);
  return (
    <section className={classes.box} data-alarm={waits || undefined} aria-label={party.name}>
      <div className={classes.boxHead}>
        <Group gap="sm">
          <Title order={2}>
            <PartyName party={party} />
          </Title>
          <Text c="dimmed">
            {words.of('partyRole', party.role)} · {words.of('measureSubject', party.subjectType)} ·{' '}
            {t('party.hits', { count: party.hits })}
          </Text>
        </Group>
        {decide && !open ? (
          <Button
            variant={latest?.state === 'final' ? 'default' : 'light'}
            leftSection={<IconGavel size={14} />}
            onClick={() => setChosen(true)}
          >
            {t(latest?.state === 'final' ? 'decision.again' : 'decision.decide')}
          </Button>
        ) : null}
      </div>
      <Stack gap="md">
        <HearingPanel detail={detail} party={party} />
        {open || decisions.length > 0 ? (
          <>
            {open ? (
              <MeasureForm
                caseId={detail.summary.id}
                party={party}
                hits={detail.hits}
                onDone={() => setChosen(null)}
                onCancel={() => setChosen(false)}
              />
            ) : null}
            {decisions.map((decision, index) => (
              <DecisionCard
                key={decision.id}
                decision={decision}
                superseded={index > 0}
                accountId={party.accountId}
              >
                {index === 0 && waits ? <ApprovalForm decision={decision} /> : null}
                {index === 0 ? <AppealPanel detail={detail} decision={decision} /> : null}
              </DecisionCard>
            ))}
          </>
        ) : null}
      </Stack>
    </section>
  );
}
