import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Duty } from '../../src/core/domain/case.ts';
import { CLOSING_REQUIREMENTS } from '../../src/core/duties/open-duties.ts';
import { distance } from '../../src/renderer/features/duties/due.tsx';
import { fromMinutes, toMinutes } from '../../src/renderer/features/duties/minutes.ts';
import { resources } from '../../src/renderer/locales/resources.ts';
import { pageOf } from './builders.ts';
import { duty, ME, SECOND } from './case-builders.ts';
import { type Answers, renderApp, uid } from './support.tsx';

beforeEach(() => localStorage.clear());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const ASSESSMENT = duty({
  id: uid(71),
  kind: 'assessment',
  overdue: false,
  missing: ['outcome', 'reason', 'approver'],
});

const answers = (duties: Duty[], change: Answers = {}): Answers => ({
  'duties.list': (input) => pageOf(duties, { cursor: input.cursor ?? null, limit: input.limit ?? 100 }),
  'officers.list': () => [ME, SECOND],
  ...change,
});

describe('duties', () => {
  it('shows what is owed first: whom to tell, by when, what is missing, in words', async () => {
    const { bridge } = await renderApp({ at: '/duties', answers: answers([duty()]) });
    const grid = await screen.findByRole('grid', { name: 'Duties' });
    expect(bridge.of('duties.list')[0]).toMatchObject({ state: 'unclosed' });
    expect(within(grid).getByText('Cyberspace administration')).toBeTruthy();
    expect(within(grid).getByText('overdue')).toBeTruthy();
    expect(
      within(grid).getByText(/Decision on the content, Date of filing, and Receipt number/),
    ).toBeTruthy();
    expect(within(grid).getByRole('link', { name: 'C-A7-0001' }).getAttribute('href')).toContain(
      `/cases/${uid(40)}`,
    );
  });

  it('records a filing with its receipt number', async () => {
    const { bridge } = await renderApp({
      at: `/duties?duty=${uid(70)}`,
      answers: answers([duty()], { 'duties.file': () => duty({ state: 'closed', missing: [] }) }),
    });
    const form = await screen.findByRole('form', { name: 'Record the filing' });
    fireEvent.change(within(form).getByLabelText('Filed'), { target: { value: '2025-02-21T09:30' } });
    fireEvent.change(within(form).getByLabelText('Receipt number'), { target: { value: ' CAC-118 ' } });
    fireEvent.submit(form);
    await waitFor(() =>
      expect(bridge.of('duties.file')).toEqual([
        {
          dutyId: uid(70),
          filedAt: new Date('2025-02-21T09:30').getTime(),
          receiptNumber: 'CAC-118',
          note: '',
        },
      ]),
    );
    expect(await screen.findByText('Filing recorded; the duty is done')).toBeTruthy();
  });

  it('does not record a filing in the future', async () => {
    const { bridge } = await renderApp({
      at: `/duties?duty=${uid(70)}`,
      answers: answers([duty()]),
    });
    const form = await screen.findByRole('form', { name: 'Record the filing' });
    fireEvent.change(within(form).getByLabelText('Filed'), { target: { value: '2999-01-01T00:00' } });
    fireEvent.submit(form);
    expect(within(form).getByText('A report cannot have been filed in the future')).toBeTruthy();
    expect(bridge.of('duties.file')).toHaveLength(0);
  });

  it('an assessment needs an outcome, a reason and a second person', async () => {
    const { bridge } = await renderApp({
      at: `/duties?duty=${ASSESSMENT.id}`,
      answers: answers([ASSESSMENT], { 'duties.assess': () => ASSESSMENT }),
    });
    const form = await screen.findByRole('form', { name: 'Assessment' });
    fireEvent.submit(form);
    expect(within(form).getByText('Choose an outcome')).toBeTruthy();
    expect(within(form).getByText('A reason is needed')).toBeTruthy();
    expect(bridge.of('duties.assess')).toHaveLength(0);

    fireEvent.click(within(form).getByRole('radio', { name: 'Handle inside' }));
    fireEvent.change(within(form).getByLabelText('Reason'), { target: { value: '情节轻微，已批评教育' } });
    fireEvent.click(within(form).getByRole('combobox', { name: 'Approved by' }));
    const choices = await screen.findAllByRole('option', { hidden: true });
    expect(choices.map((choice) => choice.textContent)).toEqual(['陆怀瑾 · Manager']);
    fireEvent.click(choices[0] as HTMLElement);
    fireEvent.submit(form);
    expect(within(form).getByText('This is needed')).toBeTruthy();
    fireEvent.change(within(form).getByLabelText('Their passphrase'), {
      target: { value: 'their own words' },
    });
    fireEvent.submit(form);
    await waitFor(() =>
      expect(bridge.of('duties.assess')).toEqual([
        {
          dutyId: ASSESSMENT.id,
          outcome: 'internal',
          reason: '情节轻微，已批评教育',
          approverId: SECOND.id,
          approverPassphrase: 'their own words',
        },
      ]),
    );
    // The passphrase does not stay on screen.
    await waitFor(() => expect(within(form).getByLabelText('Their passphrase')).toHaveProperty('value', ''));
  });

  it('in a workspace of one the record says that nobody else stood by', async () => {
    const { bridge } = await renderApp({
      at: `/duties?duty=${ASSESSMENT.id}`,
      answers: answers([ASSESSMENT], { 'officers.list': () => [ME], 'duties.assess': () => ASSESSMENT }),
    });
    const form = await screen.findByRole('form', { name: 'Assessment' });
    await within(form).findByText(/No other active officer/);
    fireEvent.click(within(form).getByRole('radio', { name: 'Nothing to do' }));
    fireEvent.change(within(form).getByLabelText('Reason'), { target: { value: '误报' } });
    fireEvent.submit(form);
    await waitFor(() => expect(bridge.of('duties.assess')[0]).toMatchObject({ approverId: null }));
  });

  it('all duties are an address of their own', async () => {
    const { bridge } = await renderApp({ at: '/duties', answers: answers([duty()]) });
    await screen.findByRole('grid', { name: 'Duties' });
    fireEvent.click(screen.getByRole('radio', { name: 'All' }));
    await waitFor(() => expect(bridge.of('duties.list')).toContainEqual({ cursor: null, limit: 200 }));
  });
});

describe('closing requirements', () => {
  it.each(CLOSING_REQUIREMENTS)('%s has words in both languages', (code) => {
    for (const language of ['en', 'zh-CN'] as const) {
      expect(resources[language].duties.missing[code]).toBeTruthy();
      expect(resources[language].duties.how[code]).toBeTruthy();
    }
  });
});

describe('times', () => {
  it.each(['2025-02-20T05:20', '2024-12-31T23:59', '2025-07-01T00:00'])('%s comes back', (field) => {
    expect(toMinutes(fromMinutes(field) as number)).toBe(field);
  });
  it.each(['', '2025-02-20', '2025-02-20T05', 'x'])('%s is no time', (field) => {
    expect(fromMinutes(field)).toBeNull();
  });
  const HOUR = 3_600_000;
  it.each([
    [5 * HOUR, 'in 5 hours'],
    [-30 * 60_000, '30 minutes ago'],
    [3.5 * 24 * HOUR, 'in 3 days'],
  ])('%i ms away is %s', (away, words) => {
    expect(distance(away, 0, 'en')).toBe(words);
  });
});
