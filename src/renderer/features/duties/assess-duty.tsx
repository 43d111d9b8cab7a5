import { Button, Group, Radio, Stack, Text, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AssessmentOutcome, type Duty } from '../../../core/domain/case.ts';
import { useCall, useCommand } from '../../api/hooks.ts';
import { FailureView } from '../../components/failure-view.tsx';
import { useNotify } from '../../components/notify.tsx';
import { useWords } from '../../components/words.ts';
import { isWrongKey, SecondOfficer } from '../cases/second-officer.tsx';

type Outcome = NonNullable<Duty['assessment']>['outcome'];

/** Decides whether an authority is told: every outcome has its reason and somebody who stands by it. */
export function AssessDuty({ duty }: { duty: Duty }) {
  const { t } = useTranslation(['duties', 'common']);
  const words = useWords();
  const notify = useNotify();
  const assess = useCommand('duties.assess');
  const status = useCall('workspace.status', {});
  const officers = useCall('officers.list', {});
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [reason, setReason] = useState('');
  const [approverId, setApprover] = useState<string | null>(null);
  const [passphrase, setPassphrase] = useState('');
  const [tried, setTried] = useState(false);
  const others = (officers.data ?? []).filter(
    (officer) => officer.active && officer.id !== status.data?.officer?.id,
  );
  const alone = officers.data !== undefined && others.length === 0;
  const complete =
    outcome !== null && reason.trim() !== '' && (alone || (approverId !== null && passphrase !== ''));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!complete || outcome === null) return;
    assess.mutate(
      { dutyId: duty.id, outcome, reason: reason.trim(), approverId, approverPassphrase: passphrase },
      {
        onSettled: () => setPassphrase(''),
        onSuccess: () =>
          notify.done({
            title: t('assess.done', { outcome: words.of('assessmentOutcome', outcome) }),
            ...(outcome === 'report' ? { message: t('assess.opened') } : {}),
          }),
      },
    );
  };
  return (
    <form onSubmit={submit} aria-label={t('assess.title')}>
      <Stack gap="sm">
        <Radio.Group
          label={t('assess.question')}
          value={outcome}
          error={tried && outcome === null ? t('assess.choose') : null}
          onChange={(value) => setOutcome(value as Outcome)}
        >
          <Stack gap={6} mt={6}>
            {AssessmentOutcome.options.map((value) => (
              <Radio
                key={value}
                value={value}
                label={words.of('assessmentOutcome', value)}
                description={t(`assess.means.${value}`)}
              />
            ))}
          </Stack>
        </Radio.Group>
        <Textarea
          label={t('assess.reason')}
          value={reason}
          error={tried && reason.trim() === '' ? t('common:reason.required') : null}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        {alone ? (
          <Text size="xs" c="dimmed">
            {t('assess.alone')}
          </Text>
        ) : (
          <SecondOfficer
            label={t('assess.approver')}
            help={t('assess.approverHelp')}
            officers={others}
            officerId={approverId}
            onOfficer={setApprover}
            passphrase={passphrase}
            onPassphrase={setPassphrase}
            tried={tried && !assess.isPending}
            error={assess.error}
          />
        )}
        {assess.error && !isWrongKey(assess.error) ? <FailureView error={assess.error} /> : null}
        <Group justify="flex-end">
          <Button type="submit" loading={assess.isPending}>
            {t('assess.action')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
