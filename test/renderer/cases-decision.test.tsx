import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Reason } from '../../src/core/domain/case.ts';
import { PROPOSAL_REASONS } from '../../src/core/penalties/propose-measure.ts';
import { resources } from '../../src/renderer/locales/resources.ts';
import { caseDetail, decision, ME, party, proposal, SECOND } from './case-builders.ts';
import { CASE, openCase, pick, type } from './open-case.tsx';
import { Refusal } from './support.tsx';

beforeEach(() => localStorage.clear());
afterEach(cleanup);

describe('a decision', () => {
  const form = () => screen.findByRole('form', { name: 'Decision about 任鹏' });

  it('has nothing chosen beforehand', async () => {
    const { bridge } = await openCase(caseDetail(), 'decision');
    const box = await form();
    for (const radio of within(box).getAllByRole('radio')) expect(radio).toHaveProperty('checked', false);
    fireEvent.submit(box);
    expect(within(box).getByText('Choose a measure')).toBeTruthy();
    expect(bridge.of('decisions.record')).toHaveLength(0);
  });

  it('follows the proposal without a reason for deviating', async () => {
    const { bridge } = await openCase(caseDetail(), 'decision', { 'decisions.record': () => decision() });
    const box = await form();
    fireEvent.click(within(box).getByRole('radio', { name: 'Written warning' }));
    expect(within(box).queryByLabelText(/Reason for deviating/)).toBeNull();
    fireEvent.submit(box);
    expect(within(box).getByText('This is needed')).toBeTruthy();
    type(within(box).getByLabelText('Facts found'), '在工作群发布赌球信息。');
    fireEvent.submit(box);
    await waitFor(() =>
      expect(bridge.of('decisions.record')).toEqual([
        {
          caseId: CASE,
          partyId: party().id,
          measure: 'written-warning',
          minors: false,
          deviationReason: '',
          facts: '在工作群发布赌球信息。',
        },
      ]),
    );
  });

  it('needs a reason where it deviates', async () => {
    const { bridge } = await openCase(caseDetail(), 'decision', { 'decisions.record': () => decision() });
    const box = await form();
    fireEvent.click(within(box).getByRole('radio', { name: 'No measure' }));
    type(within(box).getByLabelText('Facts found'), '系误会。');
    fireEvent.submit(box);
    expect(within(box).getByText('A reason is needed')).toBeTruthy();
    expect(bridge.of('decisions.record')).toHaveLength(0);
    type(within(box).getByLabelText(/Reason for deviating/), '首次，且立即撤回');
    fireEvent.submit(box);
    await waitFor(() =>
      expect(bridge.of('decisions.record')[0]).toMatchObject({
        measure: 'no-measure',
        deviationReason: '首次，且立即撤回',
      }),
    );
  });

  it('drafts the facts from the hits: who, when, where, what', async () => {
    await openCase(caseDetail(), 'decision');
    const box = await form();
    fireEvent.click(within(box).getByRole('button', { name: 'Draft from the hits' }));
    const { value } = within(box).getByLabelText('Facts found') as HTMLTextAreaElement;
    for (const fact of ['任鹏', '行政工作群', '外围盘口第 1 场', 'Betting on matches'])
      expect(value).toContain(fact);
  });

  it('without a confirmed hit says how to get one', async () => {
    await openCase(caseDetail(), 'decision', {
      'decisions.propose': () => {
        throw new Refusal('verification-required');
      },
    });
    const link = await screen.findByRole('link', { name: 'Go to confirmed hits' });
    expect(link.getAttribute('href')).toContain('disposition=confirmed');
  });
});

describe('the second officer', () => {
  const waiting = caseDetail(
    { decisions: [decision({ state: 'awaiting-approval', measure: 'account-closed' })] },
    { state: 'awaiting-approval' },
  );
  const second = () => screen.findByRole('form', { name: 'Second review' });

  it('is never the one who decided, and approves with their own passphrase', async () => {
    const { bridge } = await openCase(waiting, 'decision', { 'decisions.approve': () => decision() });
    const box = await second();
    fireEvent.click(within(box).getByRole('combobox', { name: 'Second officer' }));
    const names = await screen.findAllByRole('option', { hidden: true });
    expect(names.map((name) => name.textContent)).toEqual(['陆怀瑾 · Manager']);
    fireEvent.click(names[0] as HTMLElement);
    fireEvent.click(within(box).getByRole('button', { name: 'Approve' }));
    expect(bridge.of('decisions.approve')).toHaveLength(0);
    type(within(box).getByLabelText('Their passphrase'), 'their own words');
    fireEvent.click(within(box).getByRole('button', { name: 'Approve' }));
    await waitFor(() =>
      expect(bridge.of('decisions.approve')).toEqual([
        {
          decisionId: decision().id,
          officerId: SECOND.id,
          passphrase: 'their own words',
          approved: true,
          note: '',
        },
      ]),
    );
  });

  it('a refusal needs its reason', async () => {
    const { bridge } = await openCase(waiting, 'decision', { 'decisions.approve': () => decision() });
    const box = await second();
    await pick(within(box).getByRole('combobox', { name: 'Second officer' }), '陆怀瑾 · Manager');
    type(within(box).getByLabelText('Their passphrase'), 'their own words');
    fireEvent.click(within(box).getByRole('button', { name: 'Refuse' }));
    expect(within(box).getByText('A refusal needs its reason')).toBeTruthy();
    type(within(box).getByLabelText('Note'), '证据不足');
    fireEvent.click(within(box).getByRole('button', { name: 'Refuse' }));
    await waitFor(() =>
      expect(bridge.of('decisions.approve')[0]).toMatchObject({ approved: false, note: '证据不足' }),
    );
  });

  it('a wrong passphrase is said at its field and forgotten', async () => {
    await openCase(waiting, 'decision', {
      'decisions.approve': () => {
        throw new Refusal('wrong-key');
      },
    });
    const box = await second();
    await pick(within(box).getByRole('combobox', { name: 'Second officer' }), '陆怀瑾 · Manager');
    const field = within(box).getByLabelText('Their passphrase');
    type(field, 'not it');
    fireEvent.click(within(box).getByRole('button', { name: 'Approve' }));
    expect(await within(box).findByText('This is not the passphrase of this officer')).toBeTruthy();
    expect(field).toHaveProperty('value', '');
  });

  it('is asked to be added where there is none', async () => {
    await openCase(waiting, 'decision', { 'officers.list': () => [ME] });
    expect(await screen.findByRole('link', { name: 'Add an officer' })).toBeTruthy();
  });
});

describe('reasons of a proposal', () => {
  const PARAMS: Record<(typeof PROPOSAL_REASONS)[number], Reason['params']> = {
    base: { tier: 'illegal', severity: 4, level: 2 },
    act: { act: 'quote', raise: -1, widen: 0 },
    role: { role: 'promoter', raise: 1, widen: 'top' },
    'role-without-measure': { role: 'witness' },
    evasion: { raise: 1, widen: 'top' },
    reach: { reach: 1200, atLeast: 1000, raise: 1, widen: 1 },
    minors: { raise: 1, widen: 0 },
    'priors-counted': { counted: 2, sameCategory: 1, highestLevel: 1, years: 2 },
    'priors-none': { years: 2 },
    'priors-raise': { rule: 'same-category-again', raise: 'top' },
    'priors-left-out': { notFinal: 1, noMeasure: 0, afterAct: 2, outsideWindow: 0, years: 2 },
    'act-time-unknown': { priors: 3 },
    'capped-at-top': { level: 3 },
    'human-decision-only': { category: 'political-content' },
    'second-approval': { measure: 'account-closed' },
  };

  it('all stand in words, with their facts', async () => {
    const reasons = PROPOSAL_REASONS.map((code) => ({ code, params: PARAMS[code] }));
    await openCase(caseDetail(), 'decision', { 'decisions.propose': () => proposal({ reasons }) });
    await screen.findByText('Why this is proposed');
    for (const text of [
      'Illegal, severity 4 of 5: the schedule starts at "Written warning"',
      'Act "Quoted": 1 step down',
      'Role "Promoter": 1 step up, range open to the last step',
      'Role "Witness": no measure is taken',
      'The content was disguised: 1 step up, range open to the last step',
      '2 earlier decisions within 2 years count, 1 of them in the same category; the highest was "Reminder"',
      '1,200 people could see it (1,000 or more): 1 step up, range 1 step wider',
      'Minors are concerned: 1 step up',
      'No earlier decision within 2 years counts',
      'Same category again: up to the last step',
      'Earlier decisions that do not count: 1 not final and 2 made after this act',
      'The time of the act is unknown, so 3 earlier decisions were not counted',
      'The ladder ends at "Account closed for good"',
      'Political content (own lists): only people judge this; nothing is proposed',
      '"Account closed for good" needs a second officer',
    ])
      expect(screen.getByText(text)).toBeTruthy();
  });

  it.each(PROPOSAL_REASONS)('%s has words in both languages', (code) => {
    for (const language of ['en', 'zh-CN'] as const) {
      const keys = Object.keys(resources[language].cases.why);
      expect(keys.some((key) => key === code || key === `${code}_other`)).toBe(true);
    }
  });

  it('what a basis lacks is said, and a decision so made is marked', async () => {
    const basis = {
      required: ['house' as const],
      rules: null,
      receivedOn: null,
      missing: ['house-rules' as const],
      proved: false,
    };
    await openCase(caseDetail(), 'decision', { 'decisions.propose': () => proposal({ basis }) });
    expect(await screen.findByText('no house rules recorded as in force on the day of the act')).toBeTruthy();
    expect(screen.getByRole('link', { name: 'Record house rules' })).toBeTruthy();
  });

  it('a code that has no words yet is shown as it is', async () => {
    await openCase(caseDetail(), 'decision', {
      'decisions.propose': () => proposal({ reasons: [{ code: 'new-reason', params: { of: 3 } }] }),
    });
    expect(await screen.findByText('new-reason of 3')).toBeTruthy();
  });
});
