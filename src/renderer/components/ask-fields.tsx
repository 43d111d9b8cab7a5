import {
  Button,
  Group,
  MultiSelect,
  NumberInput,
  PasswordInput,
  Select,
  Stack,
  Switch,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import { modals } from '@mantine/modals';
import { type FormEvent, useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DayInput } from './day-input.tsx';
import { FailureView } from './failure-view.tsx';
import { focusWrong } from './focus-wrong.ts';
import { AccountPicker, ConversationPicker } from './pickers.tsx';

/** Values by field name: text as typed, days as `2026-03-01`, choices as their code, several joined by line feeds, a switch as `yes` or nothing. */
export type Values = Readonly<Record<string, string>>;

interface FieldBase {
  name: string;
  label: string;
  help?: string;
  /** Has to be filled in. */
  required?: boolean;
  /** What stands there at first. */
  initial?: string;
  /** Shown only while this holds. */
  when?: (values: Values) => boolean;
}
type Choice = { value: string; label: string };
export type Field = FieldBase &
  (
    | {
        kind:
          | 'text'
          | 'area'
          | 'day'
          | 'moment'
          | 'number'
          | 'passphrase'
          | 'switch'
          | 'account'
          | 'conversation';
      }
    | { kind: 'choice' | 'several'; choices: readonly Choice[] }
  );

interface Question {
  title: string;
  explain?: string;
  confirm?: string;
  danger?: boolean;
  fields: readonly Field[];
  /** Does what was asked for; while it fails the dialog stays, with what was typed and the reason. */
  submit: (values: Values) => Promise<unknown>;
}

/** Asks for a few values in a dialog and does something with them. */
export function useAskFields(): (question: Question) => void {
  return useCallback((question) => {
    const id = modals.open({
      title: question.title,
      size: 'lg',
      children: <FieldsForm {...question} onClose={() => modals.close(id)} />,
    });
  }, []);
}

const initialOf = (fields: readonly Field[]): Values =>
  Object.fromEntries(fields.map(({ name, initial = '' }) => [name, initial]));

function FieldsForm({
  explain,
  confirm,
  danger,
  fields,
  submit,
  onClose,
}: Question & { onClose: () => void }) {
  const { t } = useTranslation();
  const [values, setValues] = useState(() => initialOf(fields));
  const [tried, setTried] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const shown = fields.filter(({ when }) => when === undefined || when(values));
  const lacks = ({ name, required, kind }: Field) =>
    required === true && kind !== 'switch' && (values[name] ?? '').trim() === '';
  const answer = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setTried(true);
    if (shown.some(lacks)) return focusWrong(event.currentTarget);
    setBusy(true);
    try {
      await submit(values);
      onClose();
    } catch (failure) {
      setError(failure);
      // A secret is typed anew for every attempt.
      const secrets = fields.filter(({ kind }) => kind === 'passphrase').map(({ name }) => [name, '']);
      setValues((before) => ({ ...before, ...Object.fromEntries(secrets) }));
      setBusy(false);
    }
  };
  return (
    <form onSubmit={(event) => void answer(event)} autoComplete="off">
      <Stack gap="sm">
        {explain ? <Text>{explain}</Text> : null}
        {shown.map((field, index) => (
          <Control
            key={field.name}
            field={field}
            first={index === 0}
            value={values[field.name] ?? ''}
            error={tried && lacks(field) ? t('form.required') : null}
            onChange={(value) => setValues((before) => ({ ...before, [field.name]: value }))}
          />
        ))}
        {error ? <FailureView error={error} /> : null}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button type="submit" loading={busy} {...(danger ? { color: 'red' } : {})}>
            {confirm ?? t('action.confirm')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface ControlProps {
  field: Field;
  value: string;
  first: boolean;
  error: string | null;
  onChange: (value: string) => void;
}

function Control({ field, value, first, error, onChange }: ControlProps) {
  const { label, help, required } = field;
  const shared = {
    label,
    error,
    ...(help ? { description: help } : {}),
    ...(required && field.kind !== 'switch' ? { withAsterisk: true } : {}),
    ...(first ? { 'data-autofocus': true } : {}),
  };
  const text = {
    ...shared,
    value,
    onChange: (event: { currentTarget: { value: string } }) => onChange(event.currentTarget.value),
  };
  switch (field.kind) {
    case 'text':
      return <TextInput {...text} />;
    case 'day':
      return <DayInput {...shared} value={value} onChange={onChange} />;
    case 'moment':
      return <DayInput {...shared} withTime value={value} onChange={onChange} />;
    case 'area':
      return <Textarea minRows={3} maxRows={14} autosize {...text} />;
    case 'passphrase':
      return <PasswordInput autoComplete="off" {...text} />;
    case 'number':
      return (
        <NumberInput
          {...shared}
          min={0}
          value={value === '' ? '' : Number(value)}
          onChange={(next) => onChange(String(next))}
        />
      );
    case 'switch':
      return (
        <Switch
          {...shared}
          checked={value === 'yes'}
          onChange={(event) => onChange(event.currentTarget.checked ? 'yes' : '')}
        />
      );
    case 'choice':
      return (
        <Select
          {...shared}
          data={[...field.choices]}
          value={value === '' ? null : value}
          clearable={!required}
          onChange={(next) => onChange(next ?? '')}
        />
      );
    case 'several':
      return (
        <MultiSelect
          {...shared}
          data={[...field.choices]}
          searchable
          value={value === '' ? [] : value.split('\n')}
          onChange={(next) => onChange(next.join('\n'))}
        />
      );
    case 'account':
      return (
        <AccountPicker
          label={label}
          width="100%"
          value={value || undefined}
          onChange={(id) => onChange(id ?? '')}
        />
      );
    case 'conversation':
      return (
        <ConversationPicker
          label={label}
          width="100%"
          value={value || undefined}
          onChange={(id) => onChange(id ?? '')}
        />
      );
  }
}
