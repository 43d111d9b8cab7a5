import { ActionIcon, Button, Group, Text } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './day-input.module.css';
import { stepOf, weeksOf } from './day-text.ts';
import { toDay } from './days.ts';

interface DayCalendarProps {
  /** The chosen day, `2026-11-22`, or empty. */
  value: string;
  onPick: (day: string) => void;
  onClear: () => void;
}

/** A month of days to choose from, by the mouse or by arrows, PageUp, PageDown and Enter. */
export function DayCalendar({ value, onPick, onClear }: DayCalendarProps) {
  const { t, i18n } = useTranslation();
  const today = toDay(Date.now());
  const [at, setAt] = useState(value || today);
  const [year = 0, month = 1] = at.split('-').map(Number);
  const grid = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another day takes the focus
  useEffect(() => {
    grid.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
  }, [at]);
  const named = (day: string, options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(i18n.language, options).format(new Date(`${day}T12:00`));
  const turn = (key: 'PageUp' | 'PageDown') => setAt((day) => stepOf(key, day) ?? day);
  const days = weeksOf(year, month - 1);
  return (
    <div className={classes.calendar}>
      <Group justify="space-between" mb={4}>
        <ActionIcon size="sm" aria-label={t('day.before')} onClick={() => turn('PageUp')}>
          <IconChevronLeft size={16} />
        </ActionIcon>
        <Text fw={600} aria-live="polite">
          {named(at, { year: 'numeric', month: 'long' })}
        </Text>
        <ActionIcon size="sm" aria-label={t('day.after')} onClick={() => turn('PageDown')}>
          <IconChevronRight size={16} />
        </ActionIcon>
      </Group>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: arrows of the days bubble up to here */}
      <div
        ref={grid}
        className={classes.days}
        onKeyDown={(event) => {
          const next = stepOf(event.key, at);
          if (!next) return;
          event.preventDefault();
          event.stopPropagation();
          setAt(next);
        }}
      >
        {days.slice(0, 7).map((day) => (
          <span key={day} className={classes.weekday} aria-hidden>
            {named(day, { weekday: 'narrow' })}
          </span>
        ))}
        {days.map((day) => (
          <button
            key={day}
            type="button"
            className={classes.day}
            tabIndex={day === at ? 0 : -1}
            aria-label={named(day, { dateStyle: 'full' })}
            aria-pressed={day === value}
            aria-current={day === today ? 'date' : undefined}
            data-outside={Number(day.slice(5, 7)) !== month || undefined}
            onClick={() => onPick(day)}
          >
            {Number(day.slice(8))}
          </button>
        ))}
      </div>
      <Group justify="space-between" mt={6}>
        <Button variant="subtle" size="compact-xs" onClick={() => onPick(today)}>
          {t('day.today')}
        </Button>
        {value ? (
          <Button variant="subtle" color="gray" size="compact-xs" onClick={onClear}>
            {t('day.clear')}
          </Button>
        ) : null}
      </Group>
    </div>
  );
}
