import { Alert, Box, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Duty } from '../../../core/domain/case.ts';
import { useCall } from '../../api/hooks.ts';
import { CategoryBadge, Fact } from '../../components/badges.tsx';
import { Basis } from '../../components/basis.tsx';
import { Time } from '../../components/time.tsx';
import { useWords } from '../../components/words.ts';
import { AssessDuty } from './assess-duty.tsx';
import { Due } from './due.tsx';
import { DutyState } from './duty-badges.tsx';
import { AddStep, DutySteps } from './duty-steps.tsx';
import { FileDuty } from './file-duty.tsx';
import { MissingList } from './missing-list.tsx';
import { ProveDisposal } from './prove-disposal.tsx';
import { ReportForm } from './report-form.tsx';

/** One duty: whom to tell, why, by when, what is missing, and the form that ends it. */
export function DutyDetails({ duty }: { duty: Duty }) {
  const { t } = useTranslation(['duties', 'common']);
  const words = useWords();
  return (
    <Stack gap="md">
      <Group gap="xl" align="flex-start">
        <Fact label={t('column.state')}>
          <DutyState duty={duty} />
        </Fact>
        <Fact label={t('column.due')}>
          <Due duty={duty} />
        </Fact>
        <Fact label={t('column.openedAt')}>
          <Time at={duty.openedAt} />
        </Fact>
        {duty.filedAt === null ? null : (
          <Fact label={t('file.at')}>
            <Time at={duty.filedAt} />
          </Fact>
        )}
        {duty.receiptNumber ? <Fact label={t('file.receipt')}>{duty.receiptNumber}</Fact> : null}
        <Fact label={t('column.receiver')}>{words.text(duty.receiver)}</Fact>
        <Fact label={t('column.categories')}>
          <Group gap={4}>
            {duty.categories.map((category) => (
              <CategoryBadge key={category} category={category} />
            ))}
          </Group>
        </Fact>
        {duty.basis.length > 0 ? (
          <Fact label={t('column.basis')}>
            <Basis references={duty.basis} />
          </Fact>
        ) : null}
      </Group>
      {duty.assessment ? <Assessment assessment={duty.assessment} /> : null}
      {duty.missing.length > 0 ? (
        <Alert color="orange" variant="light" title={t('stillMissing')}>
          <MissingList duty={duty} />
        </Alert>
      ) : null}
      <Box maw={720}>
        <Stack gap="md">
          <More duty={duty} />
          {duty.state === 'closed' ? null : <Act duty={duty} />}
        </Stack>
      </Box>
    </Stack>
  );
}

/** The form that this kind of duty is done with; records end by their exhibits alone. */
function Act({ duty }: { duty: Duty }) {
  const { t } = useTranslation('duties');
  switch (duty.kind) {
    case 'report':
      return <FileDuty key={`${duty.id} ${duty.state}`} duty={duty} />;
    case 'assessment':
      return <AssessDuty key={duty.id} duty={duty} />;
    case 'disposal':
      return <ProveDisposal key={duty.id} duty={duty} />;
    case 'records':
      return <Text c="dimmed">{t('how.records')}</Text>;
  }
}

/** What the law asks to be done, the draft of the report, and the steps so far. */
function More({ duty }: { duty: Duty }) {
  const { t } = useTranslation('duties');
  const words = useWords();
  const query = useCall('duties.get', { dutyId: duty.id });
  const detail = query.data;
  if (!detail) return null;
  return (
    <Stack gap="md">
      {detail.actions.length > 0 ? (
        <Fact label={t('actions')}>
          {detail.actions.map((action) => words.of('dutyAction', action)).join(' · ')}
        </Fact>
      ) : null}
      {detail.exhibits.length > 0 ? <Fact label={t('savedAs')}>{detail.exhibits.join(', ')}</Fact> : null}
      {duty.kind === 'assessment' ? null : (
        <Text size="xs" c="dimmed">
          {t('clock.statutory', { word: words.text(detail.clock.statutory) })}{' '}
          {t('clock.own', { hours: detail.clock.hours })}
          {detail.held ? ` ${t('hold.held')}` : ''}
        </Text>
      )}
      {detail.form ? <ReportForm key={duty.id} detail={detail} form={detail.form} /> : null}
      <DutySteps steps={detail.steps} />
      {duty.kind === 'report' && duty.state !== 'open' ? <AddStep key={duty.id} duty={duty} /> : null}
    </Stack>
  );
}

function Assessment({ assessment }: { assessment: NonNullable<Duty['assessment']> }) {
  const { t } = useTranslation('duties');
  const words = useWords();
  return (
    <Fact label={t('assess.title')}>
      <Text fw={500}>{words.of('assessmentOutcome', assessment.outcome)}</Text>
      <Text>{assessment.reason}</Text>
      <Text size="xs" c="dimmed">
        {assessment.approver ? t('assess.approvedBy', { approver: assessment.approver }) : t('assess.alone')}{' '}
        · <Time at={assessment.at} />
      </Text>
    </Fact>
  );
}
