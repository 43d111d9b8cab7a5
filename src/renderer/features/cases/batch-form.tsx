import { Button, Group, Select, Stack, Text, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MeasureSubject } from '../../../core/domain/case.ts';
import { useCall, useCommand } from '../../api/hooks.ts';
import { FailureView } from '../../components/failure-view.tsx';
import { useNotify } from '../../components/notify.tsx';
import { useWords } from '../../components/words.ts';
import classes from './cases.module.css';

/** Many links or accounts under one decision: what the hits of the case name, or a pasted list. */
export function BatchForm({ caseId, onDone }: { caseId: string; onDone: () => void }) {
  const { t } = useTranslation(['measures', 'cases', 'common']);
  const words = useWords();
  const notify = useNotify();
  const [subjectType, setSubject] = useState<MeasureSubject>('link');
  const [measure, setMeasure] = useState<string | null>(null);
  const [deviationReason, setDeviation] = useState('');
  const [facts, setFacts] = useState('');
  const [typed, setTyped] = useState<string | null>(null);
  const [tried, setTried] = useState(false);
  const candidates = useCall('batches.candidates', { caseId, subjectType });
  const proposal = useCall('batches.propose', { caseId, subjectType });
  const record = useCommand('batches.record');
  const known = candidates.data ?? [];
  const text = typed ?? known.map(({ target }) => target).join('\n');
  const targets = [
    ...new Set(
      text
        .split('\n')
        .map((line) => line.trim())
        .filter(Boolean),
    ),
  ];
  const chosen = measure ?? proposal.data?.proposed ?? null;
  const deviates = chosen !== null && chosen !== proposal.data?.proposed;
  const complete = chosen && targets.length > 0 && facts.trim() && (!deviates || deviationReason.trim());
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!complete) return;
    const accounts = new Map(known.map(({ target, accountId }) => [target, accountId]));
    record.mutate(
      {
        caseId,
        subjectType,
        measure: chosen,
        deviationReason: deviates ? deviationReason : '',
        facts: facts.trim(),
        items: targets.map((target) => ({ target, accountId: accounts.get(target) ?? null })),
      },
      {
        onSuccess: () => {
          notify.done({ title: t('batch.recorded', { count: targets.length }) });
          onDone();
        },
      },
    );
  };
  const needed = (value: string) => (tried && value.trim() === '' ? t('common:form.required') : null);
  return (
    <form className={classes.box} onSubmit={submit} aria-label={t('batch.new')}>
      <Stack gap="sm">
        <Text c="dimmed">{t('batch.explain')}</Text>
        <Group grow>
          <Select
            label={t('column.subject')}
            allowDeselect={false}
            value={subjectType}
            data={words.choices('measureSubject', MeasureSubject.options)}
            onChange={(value) => {
              setSubject(value as MeasureSubject);
              setMeasure(null);
              setTyped(null);
            }}
          />
          <Select
            label={t('column.measure')}
            allowDeselect={false}
            value={chosen}
            data={(proposal.data?.options ?? [])
              .filter(({ level }) => level > 0)
              .map((option) => ({
                value: option.id,
                label:
                  option.id === proposal.data?.proposed
                    ? `${words.text(option.title)} · ${t('cases:decision.proposed')}`
                    : words.text(option.title),
              }))}
            onChange={setMeasure}
          />
        </Group>
        {proposal.error ? <FailureView error={proposal.error} /> : null}
        <Textarea
          label={t('batch.targets', { count: targets.length })}
          description={t('batch.targetsHelp')}
          minRows={5}
          maxRows={14}
          autosize
          value={text}
          error={needed(text)}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        {deviates ? (
          <Textarea
            label={t('cases:decision.deviation')}
            value={deviationReason}
            error={needed(deviationReason)}
            onChange={(event) => setDeviation(event.currentTarget.value)}
          />
        ) : null}
        <Textarea
          label={t('cases:decision.facts')}
          minRows={3}
          value={facts}
          error={needed(facts)}
          onChange={(event) => setFacts(event.currentTarget.value)}
        />
        {record.error ? <FailureView error={record.error} /> : null}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onDone}>
            {t('common:action.cancel')}
          </Button>
          <Button type="submit" loading={record.isPending}>
            {t('batch.record')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
