import { ActionIcon, Popover, TextInput, type TextInputProps, Tooltip } from '@mantine/core';
import { IconCalendar } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DayCalendar } from './day-calendar.tsx';
import { readDay, shownOf } from './day-text.ts';

interface DayInputProps extends Omit<TextInputProps, 'value' | 'onChange' | 'type' | 'rightSection'> {
  /** `2026-11-22`, with the time `2026-11-22T09:30`; empty for none. */
  value: string;
  /** Empty while what is typed is no day. */
  onChange: (value: string) => void;
  withTime?: boolean;
}

/** What a day picked in the calendar gets for a time where none was typed. */
const MIDDAY = 'T12:00';

/**
 * A day, typed in any usual way of writing or picked from a calendar; in the window's language, which the
 * browser's own field does not speak, and shown as ISO 8601 has it.
 */
export function DayInput({ value, onChange, withTime = false, error, ...rest }: DayInputProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(() => shownOf(value));
  const [opened, setOpened] = useState(false);
  const [left, setLeft] = useState(true);
  const input = useRef<HTMLInputElement>(null);
  // A value of another's making takes the place of what was typed; one's own stands as it was written.
  const sent = useRef(value);
  useEffect(() => {
    if (value === sent.current) return;
    sent.current = value;
    setTyped(shownOf(value));
  }, [value]);
  const send = (next: string) => {
    sent.current = next;
    onChange(next);
  };
  const put = (next: string) => {
    setTyped(shownOf(next));
    send(next);
    setOpened(false);
    input.current?.focus();
  };
  const wrong = left && typed.trim() !== '' && readDay(typed, withTime) === '';
  return (
    <TextInput
      {...rest}
      ref={input}
      w={rest.w ?? (rest.label ? undefined : 138)}
      inputMode="numeric"
      placeholder={t(withTime ? 'day.minuteForm' : 'day.form')}
      error={error || (wrong ? t('day.wrong') : null)}
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        setLeft(false);
        send(readDay(event.currentTarget.value, withTime));
      }}
      onBlur={() => {
        setLeft(true);
        const known = readDay(typed, withTime);
        if (known) setTyped(shownOf(known));
      }}
      rightSection={
        <Popover opened={opened} onChange={setOpened} position="bottom-end" shadow="md" returnFocus>
          <Popover.Target>
            <Tooltip label={t('day.choose')}>
              <ActionIcon
                size="sm"
                aria-label={t('day.choose')}
                aria-expanded={opened}
                onClick={() => setOpened(!opened)}
              >
                <IconCalendar size={15} />
              </ActionIcon>
            </Tooltip>
          </Popover.Target>
          <Popover.Dropdown p="xs">
            <DayCalendar
              value={value.slice(0, 10)}
              onPick={(day) => put(withTime ? `${day}${value.slice(10) || MIDDAY}` : day)}
              onClear={() => put('')}
            />
          </Popover.Dropdown>
        </Popover>
      }
    />
  );
}
