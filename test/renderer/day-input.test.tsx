// @vitest-environment happy-dom
import { MantineProvider } from '@mantine/core';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startI18n } from '../../src/renderer/app/i18n.ts';
import { DayInput } from '../../src/renderer/components/day-input.tsx';
import { readDay, stepOf, weeksOf } from '../../src/renderer/components/day-text.ts';
import { stubLayout } from './support.tsx';

describe('readDay', () => {
  it.each([
    ['2026-11-22', '2026-11-22'],
    ['2026/3/1', '2026-03-01'],
    ['2026.03.01', '2026-03-01'],
    ['2026年3月1日', '2026-03-01'],
    ['20260301', '2026-03-01'],
    [' 2024-02-29 ', '2024-02-29'],
    ['2026-02-29', ''],
    ['2026-13-01', ''],
    ['2026-11', ''],
    ['22-11-2026', ''],
    ['2026-11-22 10:00', ''],
    ['', ''],
  ])('day %s: %s', (typed, value) => {
    expect(readDay(typed, false)).toBe(value);
  });

  it.each([
    ['2026-11-22T09:30', '2026-11-22T09:30'],
    ['2026/11/22 9:30', '2026-11-22T09:30'],
    ['2026年11月22日 09：30', '2026-11-22T09:30'],
    ['2026-11-22', ''],
    ['2026-11-22 24:00', ''],
    ['2026-11-22 09:60', ''],
  ])('minute %s: %s', (typed, value) => {
    expect(readDay(typed, true)).toBe(value);
  });
});

describe('days of a calendar', () => {
  it('has six weeks from the Monday before the month', () => {
    const days = weeksOf(2026, 10);
    expect(days).toHaveLength(42);
    expect(days[0]).toBe('2026-10-26');
    expect(days[6]).toBe('2026-11-01');
  });

  it.each([
    ['ArrowLeft', '2026-03-01', '2026-02-28'],
    ['ArrowDown', '2026-12-28', '2027-01-04'],
    ['PageDown', '2026-01-31', '2026-02-28'],
    ['PageUp', '2026-03-31', '2026-02-28'],
    ['Tab', '2026-03-31', undefined],
  ])('%s from %s leads to %s', (key, from, to) => {
    expect(stepOf(key, from)).toBe(to);
  });
});

function Field({ first = '', withTime = false }: { first?: string; withTime?: boolean }) {
  const [value, setValue] = useState(first);
  return (
    <MantineProvider env="test">
      <DayInput label="Due" value={value} onChange={setValue} withTime={withTime} />
      <output>{value}</output>
      <button type="button" onClick={() => setValue('')}>
        Empty it
      </button>
    </MantineProvider>
  );
}

const field = () => screen.getByLabelText<HTMLInputElement>('Due');
const value = () => screen.getByRole('status').textContent;

beforeEach(async () => {
  stubLayout();
  await startI18n('en');
});
afterEach(cleanup);

describe('DayInput', () => {
  it('takes a day as it is usually written and shows it as ISO has it', () => {
    render(<Field />);
    fireEvent.change(field(), { target: { value: '2026/3/1' } });
    expect(value()).toBe('2026-03-01');
    expect(field().value).toBe('2026/3/1');
    fireEvent.blur(field());
    expect(field().value).toBe('2026-03-01');
  });

  it('has no value while it is being typed, and says so only when left', () => {
    render(<Field first="2026-03-01" />);
    fireEvent.change(field(), { target: { value: '2026-03-' } });
    expect(value()).toBe('');
    expect(field().value).toBe('2026-03-');
    expect(screen.queryByText('Write it as 2026-11-22')).toBeNull();
    fireEvent.blur(field());
    expect(screen.getByText('Write it as 2026-11-22')).toBeTruthy();
  });

  it('is emptied from outside', () => {
    render(<Field first="2026-03-01" />);
    fireEvent.click(screen.getByRole('button', { name: 'Empty it' }));
    expect(field().value).toBe('');
  });

  it('takes a day of the calendar, by arrows too, and keeps the time', async () => {
    render(<Field first="2026-03-01T09:30" withTime />);
    fireEvent.click(screen.getByRole('button', { name: 'Open the calendar' }));
    const chosen = await screen.findByRole('button', { name: 'Sunday, March 1, 2026' });
    expect(chosen.getAttribute('aria-pressed')).toBe('true');
    fireEvent.keyDown(chosen, { key: 'ArrowLeft' });
    fireEvent.click(await screen.findByRole('button', { name: 'Saturday, February 28, 2026' }));
    expect(value()).toBe('2026-02-28T09:30');
    expect(field().value).toBe('2026-02-28 09:30');
  });
});
