import { Button, Group, NumberInput, Select, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MeterSubject, MeterView } from '../../../core/domain/meter.ts';
import { useCommand } from '../../api/hooks.ts';
import { DayInput } from '../../components/day-input.tsx';
import { FailureView } from '../../components/failure-view.tsx';
import { useWords } from '../../components/words.ts';

interface EnterFigureProps {
  subject: MeterSubject;
  meter: MeterView;
  onDone: () => void;
}

/** Enters a number that no export tells, with the day it stands for and where it comes from. */
export function EnterFigure({ subject, meter, onDone }: EnterFigureProps) {
  const { t } = useTranslation(['meter', 'common']);
  const words = useWords();
  const enter = useCommand('meter.enterFigure');
  const [counter, setCounter] = useState<string | null>(meter.counters[0]?.id ?? null);
  const [variant, setVariant] = useState(meter.variants[0]?.id ?? 'all');
  const [value, setValue] = useState<number | string>('');
  const [day, setDay] = useState(() => new Date().toISOString().slice(0, 10));
  const [source, setSource] = useState('');
  const [tried, setTried] = useState(false);
  const required = (missing: boolean) => (tried && missing ? t('common:form.required') : null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!counter || typeof value !== 'number' || day === '' || source.trim() === '') return;
    enter.mutate(
      { subject, meter: meter.id, counter, variant, value, day, source: source.trim() },
      { onSuccess: onDone },
    );
  };
  return (
    <form onSubmit={submit} aria-label={t('figure.add')}>
      <Stack gap="xs" my={8}>
        <Group gap="xs" grow align="flex-start">
          <Select
            label={t('figure.counter')}
            value={counter}
            allowDeselect={false}
            data={meter.counters.map(({ id, title }) => ({ value: id, label: words.text(title) }))}
            onChange={setCounter}
          />
          {meter.variants.length > 1 ? (
            <Select
              label={t('figure.variant')}
              value={variant}
              allowDeselect={false}
              data={meter.variants.map(({ id, title }) => ({ value: id, label: words.text(title) }))}
              onChange={(next) => setVariant(next ?? 'all')}
            />
          ) : null}
        </Group>
        <Group gap="xs" grow align="flex-start">
          <NumberInput
            label={t('figure.value')}
            min={0}
            value={value}
            error={required(typeof value !== 'number')}
            onChange={setValue}
          />
          <DayInput label={t('figure.day')} value={day} error={required(day === '')} onChange={setDay} />
        </Group>
        <TextInput
          label={t('figure.source')}
          value={source}
          error={required(source.trim() === '')}
          onChange={(event) => setSource(event.currentTarget.value)}
        />
        {enter.error ? <FailureView error={enter.error} /> : null}
        <Group justify="flex-end" gap="xs">
          <Button size="xs" variant="default" onClick={onDone}>
            {t('common:action.cancel')}
          </Button>
          <Button size="xs" type="submit" loading={enter.isPending}>
            {t('common:action.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
