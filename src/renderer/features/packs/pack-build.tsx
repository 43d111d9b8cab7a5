import { Alert, Button, Group, Modal, Progress, Stack, Text, Title } from '@mantine/core';
import { IconPackageExport } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseDetail, PackResult } from '../../../core/domain/case.ts';
import type { PackPlan } from '../../../core/domain/pack.ts';
import { failureOf } from '../../api/failure.ts';
import { useCall } from '../../api/hooks.ts';
import { useNative } from '../../api/native.ts';
import { useCancelJob, useJobs, useRunJob } from '../../api/use-job.ts';
import { FailureView } from '../../components/failure-view.tsx';
import { useFormat } from '../../components/format.ts';
import { ProgressLine } from '../../components/progress-line.tsx';
import { owedBy } from '../cases/owed.ts';
import { OwedList } from '../cases/owed-list.tsx';
import { isWrongKey, SecondOfficer } from '../cases/second-officer.tsx';
import classes from './packs.module.css';
import type { Pack } from './use-pack.ts';
import { WrittenPack } from './written-pack.tsx';

interface PackBuildProps {
  detail: CaseDetail;
  pack: Pack;
  plan: PackPlan | undefined;
  error: unknown;
}

/** How large it would be, the second officer where one is needed, and the work itself. */
export function PackBuild({ detail, pack, plan, error }: PackBuildProps) {
  const { t } = useTranslation('packs');
  const format = useFormat();
  const native = useNative();
  const run = useRunJob();
  const cancel = useCancelJob();
  const { summary } = detail;
  const job = useJobs().find(
    ({ kind, subject, state }) => kind === 'export' && subject === summary.number && state !== 'failed',
  );
  const status = useCall('workspace.status', {});
  const officers = useCall('officers.list', {});
  const others = (officers.data ?? []).filter(({ id, active }) => active && id !== status.data?.officer?.id);
  const [officerId, setOfficerId] = useState<string | null>(null);
  const [passphrase, setPassphrase] = useState('');
  const [tried, setTried] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const [result, setResult] = useState<PackResult | null>(null);
  const { draft, choice, exhibitIds } = pack;
  const sources = plan?.originals.reasons ?? [];
  const asks = plan?.needsApproval || sources.length > 0;
  const owed = owedBy(detail).filter((item) => item.kind !== 'no-pack');

  const build = async () => {
    setTried(true);
    if (asks && (!officerId || passphrase === '')) return;
    setFailure(null);
    try {
      const file = await native.saveFile({
        defaultName: `${summary.number}-${draft.profile}.zip`,
        filters: [{ name: t('build.fileType'), extensions: ['zip'] }],
      });
      if (file === null) return;
      setResult(
        await run(
          'evidence.export',
          {
            ...choice,
            file,
            recipient: draft.recipient.trim(),
            purpose: draft.purpose.trim(),
            proves: exhibitIds.flatMap((exhibitId) => {
              const text = draft.proves[exhibitId]?.trim();
              return text ? [{ exhibitId, text }] : [];
            }),
            watermark: draft.watermark,
            ...(asks && officerId ? { approval: { officerId, passphrase } } : {}),
          },
          { kind: 'export', subject: summary.number },
        ),
      );
      setTried(false);
    } catch (reason) {
      if (failureOf(reason).code !== 'cancelled') setFailure(reason);
    } finally {
      setPassphrase('');
    }
  };

  return (
    <section className={classes.box}>
      <Title order={2}>{t('build.title')}</Title>
      {plan ? (
        <dl className={classes.totals}>
          <dt>{t('build.messages')}</dt>
          <dd>{format.number(plan.messages)}</dd>
          <dt>{t('build.withheld')}</dt>
          <dd>{format.number(plan.redactions)}</dd>
          <dt>{t('build.files')}</dt>
          <dd>{format.number(plan.attachments.included)}</dd>
          <dt>{t('build.size')}</dt>
          <dd>{t('build.about', { size: format.bytes(plan.bytes) })}</dd>
        </dl>
      ) : null}
      {plan && plan.leftOut.length > 0 ? (
        <Text size="xs" c="dimmed">
          {plan.leftOut
            .map(
              ({ part, reason }) =>
                `${t(`forms.${part}` as never)}: ${t(`build.because.${reason}` as never)}`,
            )
            .join(' · ')}
        </Text>
      ) : null}
      {owed.length > 0 ? (
        <Alert color="yellow" variant="light" title={t('build.unfinished')}>
          <OwedList caseId={summary.id} owed={owed} onFollow={() => undefined} />
        </Alert>
      ) : null}
      {asks ? (
        <Stack gap="xs">
          <SecondOfficer
            label={t('build.second')}
            help={[
              ...(plan?.needsApproval ? [t('build.secondHelp')] : []),
              ...(sources.length > 0 ? [t('build.secondSources')] : []),
            ].join(' ')}
            officers={others}
            officerId={officerId}
            onOfficer={setOfficerId}
            passphrase={passphrase}
            onPassphrase={setPassphrase}
            tried={tried}
            error={failure}
          />
        </Stack>
      ) : null}
      {error ? <FailureView error={error} /> : null}
      {failure && !isWrongKey(failure) ? <FailureView error={failure} /> : null}
      {job ? (
        <Stack gap={4} role="status">
          <Progress
            value={job.progress?.total ? (job.progress.done / job.progress.total) * 100 : 100}
            animated
            aria-label={t('build.action')}
          />
          {job.progress ? <ProgressLine progress={job.progress} /> : null}
        </Stack>
      ) : null}
      <Group justify="flex-end" gap="xs">
        {job ? (
          <Button variant="default" loading={job.state === 'cancelling'} onClick={() => void cancel(job.id)}>
            {t('build.cancel')}
          </Button>
        ) : null}
        <Button
          leftSection={<IconPackageExport size={14} />}
          disabled={
            exhibitIds.length === 0 || job !== undefined || !plan || plan.originals.refused.length > 0
          }
          onClick={() => void build()}
        >
          {t('build.action')}
        </Button>
      </Group>
      <Modal
        opened={result !== null}
        onClose={() => setResult(null)}
        size="lg"
        title={t('of', { number: summary.number })}
      >
        {result ? <WrittenPack result={result} onClose={() => setResult(null)} /> : null}
      </Modal>
    </section>
  );
}
