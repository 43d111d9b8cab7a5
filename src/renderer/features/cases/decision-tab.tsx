import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconRefresh, IconUserOff } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseDetail, Party } from '../../../core/domain/case.ts';
import { Empty } from '../../components/empty.tsx';
import { useWords } from '../../components/words.ts';
import { ApprovalForm } from './approval-form.tsx';
import { abilitiesOf } from './case-abilities.ts';
import classes from './cases.module.css';
import { DecisionCard } from './decision-card.tsx';
import { MeasureForm } from './measure-form.tsx';
import { PartyName } from './overview-tab.tsx';
import { canBeDecided, decisionsOf } from './owed.ts';

/** Per party: what is proposed and why, what was decided, who stands by it. Nothing takes effect by itself. */
export function DecisionTab({ detail }: { detail: CaseDetail }) {
  const { t } = useTranslation('cases');
  const parties = detail.parties.filter(canBeDecided);
  if (parties.length === 0)
    return (
      <Empty icon={IconUserOff} title={t('decision.none.title')} description={t('decision.none.help')} />
    );
  return (
    <Stack gap="md">
      <Text c="dimmed">{t('decision.explain')}</Text>
      {parties.map((party) => (
        <PartyDecision key={party.id} detail={detail} party={party} />
      ))}
    </Stack>
  );
}

function PartyDecision({ detail, party }: { detail: CaseDetail; party: Party }) {
  const { t } = useTranslation('cases');
  const words = useWords();
  const decisions = decisionsOf(detail, party.id);
  const latest = decisions[0];
  const [again, setAgain] = useState(false);
  const { decide } = abilitiesOf(detail.summary.state);
  const waits = latest?.state === 'awaiting-approval';
  const toDecide = decide && !waits && (again || latest?.state !== 'final');
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
        {decide && latest?.state === 'final' && !again ? (
          <Button variant="default" leftSection={<IconRefresh size={14} />} onClick={() => setAgain(true)}>
            {t('decision.again')}
          </Button>
        ) : null}
      </div>
      <Stack gap="md">
        {toDecide ? (
          <MeasureForm
            caseId={detail.summary.id}
            party={party}
            hits={detail.hits}
            onDone={() => setAgain(false)}
            onCancel={again ? () => setAgain(false) : undefined}
          />
        ) : null}
        {decisions.map((decision, index) => (
          <DecisionCard key={decision.id} decision={decision} superseded={index > 0}>
            {index === 0 && waits && decide ? <ApprovalForm decision={decision} /> : null}
          </DecisionCard>
        ))}
      </Stack>
    </section>
  );
}
