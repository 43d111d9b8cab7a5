/** Choices of a conversation, an account or a stretch of days, for filters. */
import { Group, Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../api/hooks.ts';
import { DayInput } from './day-input.tsx';
import { fromDay, toDay } from './days.ts';

interface PickerProps {
  value: string | undefined;
  onChange: (id: string | undefined) => void;
  /** Name of the chosen one, where the screen knows it. */
  name?: string | null | undefined;
  width?: number | string;
  /** What is asked for, where it is not a filter. */
  label?: string;
}

const OFFERED = 50;

/** Searches on the host while typing; the chosen one stays among the choices. */
export function ConversationPicker({ value, onChange, name, width = 180, label }: PickerProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const [text] = useDebouncedValue(typed, 200);
  const { data } = useCall('conversations.list', { text, limit: OFFERED }, { keep: true });
  const offered = (data?.rows ?? []).map((row) => ({
    value: row.id,
    label: row.name ?? row.platformId ?? t('state.unnamed'),
  }));
  return (
    <SearchingSelect
      label={label ?? t('filter.conversation')}
      labelled={label !== undefined}
      {...{ value, onChange, name, width, offered, onType: setTyped }}
    />
  );
}

export function AccountPicker({ value, onChange, name, width = 160, label }: PickerProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const [text] = useDebouncedValue(typed, 200);
  const { data } = useCall('accounts.list', { text, limit: OFFERED }, { keep: true });
  const offered = (data?.rows ?? []).map((row) => ({
    value: row.id,
    label: row.name ?? row.platformId ?? t('state.unnamed'),
  }));
  return (
    <SearchingSelect
      label={label ?? t('filter.sender')}
      labelled={label !== undefined}
      {...{ value, onChange, name, width, offered, onType: setTyped }}
    />
  );
}

interface SearchingSelectProps extends PickerProps {
  label: string;
  /** Shows the label above; otherwise it stands inside, as filters do. */
  labelled: boolean;
  offered: { value: string; label: string }[];
  onType: (text: string) => void;
}

function SearchingSelect(props: SearchingSelectProps) {
  const { label, labelled, value, onChange, name, width, offered, onType } = props;
  const { t } = useTranslation();
  const chosen =
    value && !offered.some((choice) => choice.value === value)
      ? [{ value, label: name ?? t('filter.chosen') }]
      : [];
  return (
    <Select
      {...(labelled ? { label } : { 'aria-label': label, placeholder: label })}
      w={width ?? 180}
      searchable
      clearable
      value={value ?? null}
      data={[...chosen, ...offered]}
      // The host has searched already, by more than the label.
      filter={({ options }) => options}
      onChange={(id) => onChange(id ?? undefined)}
      onSearchChange={onType}
      nothingFoundMessage={t('filter.nothing')}
    />
  );
}

interface DateRangeProps {
  from: number | undefined;
  to: number | undefined;
  onChange: (range: { from: number | undefined; to: number | undefined }) => void;
}

/** Whole days of the viewer's zone; `to` is the end of its day. */
export function DateRange({ from, to, onChange }: DateRangeProps) {
  const { t } = useTranslation();
  return (
    <Group gap={4} wrap="nowrap">
      <DayInput
        aria-label={t('filter.from')}
        value={from === undefined ? '' : toDay(from)}
        onChange={(day) => onChange({ from: fromDay(day, 0), to })}
      />
      <span aria-hidden>–</span>
      <DayInput
        aria-label={t('filter.to')}
        value={to === undefined ? '' : toDay(to - 1)}
        onChange={(day) => onChange({ from, to: fromDay(day, 1) })}
      />
    </Group>
  );
}
