import { Badge, Button, Code, Collapse, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Decision } from '../../../core/domain/case.ts';
import { Fact } from '../../components/badges.tsx';
import { Basis } from '../../components/basis.tsx';
import { CopyIcon } from '../../components/copy.tsx';
import { Time } from '../../components/time.tsx';
import { useWords } from '../../components/words.ts';
import { BasisProofView } from './basis-proof.tsx';
import classes from './cases.module.css';
import { DecisionState } from './decision-state.tsx';
import { ProposalReasons } from './proposal-reasons.tsx';

interface DecisionCardProps {
  decision: Decision;
  /** A later decision about the same party stands in its place. */
  superseded: boolean;
  /** Whom it is about; null for a group or link. */
  accountId: string | null;
  /** What can be done about it. */
  children: ReactNode;
}

/** A decision as it was signed. */
export function DecisionCard({ decision, superseded, accountId, children }: DecisionCardProps) {
  const { t } = useTranslation(['cases', 'measures']);
  const words = useWords();
  const [open, { toggle }] = useDisclosure(false);
  const { options, terms: given } = decision.proposal;
  const proposed = options.find(({ id }) => id === decision.proposal.proposed);
  const taken = options.find(({ id }) => id === decision.measure);
  const terms = [
    ...(given?.days ? [t('measures:days', { count: given.days })] : []),
    ...(taken?.functions ?? [])
      .filter(({ id }) => given?.functions.includes(id))
      .map(({ title }) => words.text(title)),
  ];
  return (
    <Stack gap="xs" opacity={superseded ? 0.7 : 1}>
      <Group gap="sm">
        <Text fw={600} size="md">
          {words.text(decision.measureTitle)}
        </Text>
        {terms.length > 0 ? <Text span>{terms.join(' · ')}</Text> : null}
        <DecisionState state={decision.state} />
        {superseded ? <Badge color="gray">{t('decision.superseded')}</Badge> : null}
        {decision.proposal.basis?.proved === false ? (
          <Badge color="orange">{t('decision.unproved')}</Badge>
        ) : null}
        {decision.deviates ? <Badge color="grape">{t('decision.deviates')}</Badge> : null}
        <Text span c="dimmed">
          {decision.officer} · <Time at={decision.at} />
        </Text>
      </Group>
      {decision.deviates ? (
        <Fact label={t('decision.deviation')}>
          {decision.deviationReason}{' '}
          <Text span size="xs" c="dimmed">
            {t('decision.insteadOf', {
              measure: proposed ? words.text(proposed.title) : decision.proposal.proposed,
            })}
          </Text>
        </Fact>
      ) : null}
      <Fact label={t('decision.facts')}>
        <span style={{ whiteSpace: 'pre-wrap' }}>{decision.facts}</span>
      </Fact>
      {decision.approval ? (
        <Fact label={t('approval.title')}>
          {t(decision.approval.approved ? 'approval.approvedBy' : 'approval.refusedBy', {
            officer: decision.approval.officer,
          })}{' '}
          · <Time at={decision.approval.at} />
          {decision.approval.note ? ` · ${decision.approval.note}` : ''}
        </Fact>
      ) : null}
      {children}
      <Group>
        <Button variant="subtle" color="gray" size="compact-xs" onClick={toggle} aria-expanded={open}>
          {t('decision.details')}
        </Button>
      </Group>
      <Collapse expanded={open}>
        <Stack gap="sm">
          <Fact label={t('decision.basis')}>
            <Basis references={decision.basis} />
          </Fact>
          {decision.proposal.basis ? (
            <Fact label={t('decision.basisProof')}>
              <BasisProofView proof={decision.proposal.basis} accountId={accountId} />
            </Fact>
          ) : null}
          <Fact label={t('decision.reasons')}>
            <ProposalReasons proposal={decision.proposal} />
            <Text size="xs" c="dimmed">
              {t('decision.schedule', {
                title: words.of('profile', decision.proposal.schedule.id),
                version: decision.proposal.schedule.version,
              })}
            </Text>
          </Fact>
          <Fact label={t('decision.signatures')}>
            {decision.signatures.map((signature) => (
              <Group key={signature.signature} gap={6} wrap="nowrap">
                <span>{signature.officer}</span>
                <Code className={classes.mono} title={signature.fingerprint}>
                  {t('decision.key', { fingerprint: signature.fingerprint.slice(0, 16) })}
                </Code>
                <CopyIcon value={signature.signature} label={t('decision.copySignature')} />
              </Group>
            ))}
          </Fact>
        </Stack>
      </Collapse>
    </Stack>
  );
}
