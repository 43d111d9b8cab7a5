import { Badge, Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconStack2 } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseDetail } from '../../../core/domain/case.ts';
import type { MeasureBatch } from '../../../core/domain/measure.ts';
import { useCall, useCommand } from '../../api/hooks.ts';
import { useAskFields } from '../../components/ask-fields.tsx';
import { Fact } from '../../components/badges.tsx';
import { Basis } from '../../components/basis.tsx';
import { Time } from '../../components/time.tsx';
import { useWords } from '../../components/words.ts';
import { ImportResults } from '../measures/import-results.tsx';
import { MeasuresTable } from '../measures/measures-table.tsx';
import { BatchForm } from './batch-form.tsx';
import { abilitiesOf } from './case-abilities.ts';
import classes from './cases.module.css';
import { DecisionState } from './decision-state.tsx';

/** What was decided in this case and how far it was carried out; batches of many at once. */
export function MeasuresTab({ detail }: { detail: CaseDetail }) {
  const { t } = useTranslation('measures');
  const batches = useCall('batches.list', { caseId: detail.summary.id });
  const [making, setMaking] = useState(false);
  return (
    <Stack gap="md">
      <Group justify="space-between">
        <Text c="dimmed">{t('explain')}</Text>
        <Group gap="xs">
          <ImportResults />
          {abilitiesOf(detail.summary.state).decide && !making ? (
            <Button variant="default" leftSection={<IconStack2 size={14} />} onClick={() => setMaking(true)}>
              {t('batch.new')}
            </Button>
          ) : null}
        </Group>
      </Group>
      {making ? <BatchForm caseId={detail.summary.id} onDone={() => setMaking(false)} /> : null}
      {(batches.data ?? []).map((batch) => (
        <BatchCard key={batch.id} batch={batch} />
      ))}
      <div className={classes.tall}>
        <MeasuresTable withCase={false} filter={{ caseId: detail.summary.id }} />
      </div>
    </Stack>
  );
}

function BatchCard({ batch }: { batch: MeasureBatch }) {
  const { t } = useTranslation(['measures', 'cases']);
  const words = useWords();
  const ask = useAskFields();
  const officers = useCall('officers.list', {});
  const approve = useCommand('batches.approve');
  const waits = batch.state === 'awaiting-approval';
  const answer = (approved: boolean) =>
    ask({
      title: t(approved ? 'cases:approval.approve' : 'cases:approval.refuse'),
      explain: t('batch.approveHelp', { count: batch.items, measure: words.text(batch.title) }),
      fields: [
        {
          name: 'officer',
          kind: 'choice',
          label: t('cases:approval.officer'),
          required: true,
          choices: (officers.data ?? [])
            .filter((officer) => officer.active && officer.id !== batch.officerId)
            .map((officer) => ({ value: officer.id, label: officer.name })),
        },
        { name: 'passphrase', kind: 'passphrase', label: t('cases:approval.passphrase'), required: true },
        { name: 'note', kind: 'area', label: t('cases:approval.note'), required: !approved },
      ],
      submit: ({ officer = '', passphrase = '', note = '' }) =>
        approve.mutateAsync({ batchId: batch.id, officerId: officer, passphrase, approved, note }),
    });
  return (
    <section className={classes.box} data-alarm={waits || undefined}>
      <div className={classes.boxHead}>
        <Group gap="sm">
          <Title order={2}>
            {t('batch.title', { count: batch.items, subject: words.of('measureSubject', batch.subjectType) })}
          </Title>
          <Text fw={600}>{words.text(batch.title)}</Text>
          <DecisionState state={batch.state} />
          {batch.deviationReason ? <Badge color="grape">{t('cases:decision.deviates')}</Badge> : null}
        </Group>
        {waits ? (
          <Group gap="xs">
            <Button onClick={() => answer(true)}>{t('cases:approval.approve')}</Button>
            <Button variant="default" color="red" onClick={() => answer(false)}>
              {t('cases:approval.refuse')}
            </Button>
          </Group>
        ) : null}
      </div>
      <Stack gap="xs">
        <Text c="dimmed">
          {batch.officer} · <Time at={batch.at} />
          {batch.approval ? ` → ${batch.approval.officer}` : ''}
        </Text>
        <Fact label={t('cases:decision.facts')}>{batch.facts}</Fact>
        {batch.deviationReason ? (
          <Fact label={t('cases:decision.deviation')}>{batch.deviationReason}</Fact>
        ) : null}
        <Fact label={t('cases:decision.basis')}>
          <Basis references={batch.basis} />
        </Fact>
      </Stack>
    </section>
  );
}
