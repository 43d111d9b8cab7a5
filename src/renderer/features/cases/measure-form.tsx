import {
  Alert,
  Badge,
  Button,
  Group,
  MultiSelect,
  NumberInput,
  Radio,
  Stack,
  Switch,
  Text,
  Textarea,
} from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MeasureOption, MeasureProposal, Party } from '../../../core/domain/case.ts';
import type { Hit } from '../../../core/domain/hit.ts';
import { failureOf } from '../../api/failure.ts';
import { useCall, useCommand } from '../../api/hooks.ts';
import { FailureView } from '../../components/failure-view.tsx';
import { ScreenButton } from '../../components/link.tsx';
import { Loading } from '../../components/loading.tsx';
import { useNotify } from '../../components/notify.tsx';
import { useWords } from '../../components/words.ts';
import { BasisProofView } from './basis-proof.tsx';
import classes from './cases.module.css';
import { ProposalReasons } from './proposal-reasons.tsx';
import { useFacts } from './use-facts.ts';

interface MeasureFormProps {
  caseId: string;
  party: Party;
  /** Hits of the case. */
  hits: readonly Hit[];
  onDone: () => void;
  onCancel: () => void;
}

/** The proposal for a party, and the officer's own choice. */
export function MeasureForm(props: MeasureFormProps) {
  const { t } = useTranslation('cases');
  const { caseId, party } = props;
  const [minors, setMinors] = useState(false);
  const proposal = useCall('decisions.propose', { caseId, partyId: party.id, minors }, { keep: true });
  if (proposal.isPending) return <Loading lines={5} />;
  if (proposal.error) {
    const { code } = failureOf(proposal.error);
    // Only what hits were confirmed can be decided about.
    if (code === 'verification-required')
      return (
        <Alert color="yellow" variant="light" title={t('decision.unverified.title')}>
          <Stack gap="xs" align="flex-start">
            <Text>{t('decision.unverified.help')}</Text>
            <ScreenButton to="/review" search={{ disposition: 'confirmed' }}>
              {t('decision.unverified.action')}
            </ScreenButton>
          </Stack>
        </Alert>
      );
    if (code === 'not-allowed')
      return (
        <Alert color="gray" variant="light">
          {t('decision.noLadder')}
        </Alert>
      );
    return <FailureView error={proposal.error} onRetry={() => void proposal.refetch()} />;
  }
  return <ChooseMeasure {...props} proposal={proposal.data} minors={minors} onMinors={setMinors} />;
}

function ChooseMeasure({
  caseId,
  party,
  hits,
  proposal,
  minors,
  onMinors,
  onDone,
  onCancel,
}: MeasureFormProps & { proposal: MeasureProposal; minors: boolean; onMinors: (minors: boolean) => void }) {
  const { t } = useTranslation(['cases', 'common']);
  const words = useWords();
  const notify = useNotify();
  const record = useCommand('decisions.record');
  const factsOf = useFacts();
  // Nothing is chosen beforehand: a measure is what an officer decided, not what stood there.
  const [measure, setMeasure] = useState<string | null>(null);
  const [deviationReason, setDeviation] = useState('');
  const [facts, setFacts] = useState('');
  const [days, setDays] = useState<number | null>(null);
  const [functions, setFunctions] = useState<string[]>([]);
  const [tried, setTried] = useState(false);
  const option = proposal.options.find(({ id }) => id === measure);
  const deviates = measure !== null && measure !== proposal.proposed;
  const complete = option && facts.trim() !== '' && (!deviates || deviationReason.trim() !== '');
  const own = hits.filter((hit) => hit.disposition?.verdict === 'confirmed');
  const mine = own.filter((hit) =>
    party.accountId ? hit.senderId === party.accountId : hit.conversationId === party.conversationId,
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!complete || !measure) return;
    record.mutate(
      {
        caseId,
        partyId: party.id,
        measure,
        minors,
        ...(option.duration && days !== null ? { days } : {}),
        ...(option.functions && functions.length > 0 ? { functions } : {}),
        deviationReason: deviates ? deviationReason.trim() : '',
        facts: facts.trim(),
      },
      {
        onSuccess: (decision) => {
          notify.done({
            title: t(decision.state === 'final' ? 'decision.recorded' : 'decision.waits', {
              measure: words.text(decision.measureTitle),
            }),
          });
          onDone();
        },
      },
    );
  };
  return (
    <form onSubmit={submit} aria-label={t('decision.form', { party: party.name })}>
      <Stack gap="sm">
        <div>
          <Text fw={600}>{t('decision.reasons')}</Text>
          <ProposalReasons proposal={proposal} />
        </div>
        <Switch
          label={t('decision.minors')}
          description={t('decision.minorsHelp')}
          checked={minors}
          onChange={(event) => onMinors(event.currentTarget.checked)}
        />
        {proposal.basis ? <BasisProofView proof={proposal.basis} accountId={party.accountId} /> : null}
        <Radio.Group
          label={t('decision.measure')}
          description={t('decision.schedule', {
            title: words.of('profile', proposal.schedule.id),
            version: proposal.schedule.version,
          })}
          value={measure}
          onChange={setMeasure}
          error={tried && !measure ? t('decision.choose') : null}
        >
          <div className={classes.options}>
            {proposal.options.map((candidate) => (
              <Option
                key={candidate.id}
                option={candidate}
                proposal={proposal}
                chosen={candidate.id === measure}
              />
            ))}
          </div>
        </Radio.Group>
        {option?.duration ? (
          <NumberInput
            label={t('decision.days')}
            description={t('decision.daysRange', { min: option.duration.min, max: option.duration.max })}
            w={200}
            min={option.duration.min}
            max={option.duration.max}
            value={days ?? option.duration.default}
            onChange={(value) => setDays(typeof value === 'number' ? value : null)}
          />
        ) : null}
        {option?.functions ? (
          <MultiSelect
            label={t('decision.functions')}
            data={option.functions.map((one) => ({ value: one.id, label: words.text(one.title) }))}
            value={functions}
            onChange={setFunctions}
          />
        ) : null}
        {deviates ? (
          <Textarea
            label={t('decision.deviation')}
            description={t('decision.deviationHelp')}
            withAsterisk
            value={deviationReason}
            error={tried && deviationReason.trim() === '' ? t('common:reason.required') : null}
            onChange={(event) => setDeviation(event.currentTarget.value)}
          />
        ) : null}
        <Textarea
          label={t('decision.facts')}
          description={t('decision.factsHelp')}
          minRows={4}
          maxRows={16}
          value={facts}
          error={tried && facts.trim() === '' ? t('common:form.required') : null}
          onChange={(event) => setFacts(event.currentTarget.value)}
        />
        {facts === '' ? (
          <Group>
            <Button
              variant="light"
              size="compact-xs"
              onClick={() => setFacts(factsOf(mine.length > 0 ? mine : own))}
            >
              {t('decision.draft')}
            </Button>
          </Group>
        ) : null}
        {option?.needsSecondApproval || option?.permanent ? (
          <Alert color="yellow" variant="light">
            {t(option.permanent ? 'decision.permanentNote' : 'decision.secondNote')}
          </Alert>
        ) : null}
        {record.error ? <FailureView error={record.error} /> : null}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel}>
            {t('common:action.cancel')}
          </Button>
          <Button type="submit" loading={record.isPending}>
            {t('decision.record')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface OptionProps {
  option: MeasureOption;
  proposal: MeasureProposal;
  chosen: boolean;
}

/** One step of the ladder; those of the schedule's range are marked at their edge. */
function Option({ option, proposal, chosen }: OptionProps) {
  const { t } = useTranslation('cases');
  const words = useWords();
  const levelOf = (id: string) => proposal.options.find((candidate) => candidate.id === id)?.level ?? 0;
  const inRange = option.level >= levelOf(proposal.range.min) && option.level <= levelOf(proposal.range.max);
  return (
    <div className={classes.option} data-range={inRange || undefined} data-chosen={chosen || undefined}>
      <Radio value={option.id} label={words.text(option.title)} />
      {option.id === proposal.proposed ? <Badge color="ink">{t('decision.proposed')}</Badge> : null}
      {inRange ? null : (
        <Text span size="xs" c="dimmed">
          {t('decision.outside')}
        </Text>
      )}
      {option.permanent ? <Badge color="red">{t('decision.permanent')}</Badge> : null}
      {option.needsSecondApproval ? <Badge color="yellow">{t('decision.second')}</Badge> : null}
    </div>
  );
}
