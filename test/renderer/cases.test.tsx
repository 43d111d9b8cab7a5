import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CaseDetail } from '../../src/core/domain/case.ts';
import { CaseState } from '../../src/core/domain/case.ts';
import { byText } from '../../src/renderer/features/cases/case-hits.tsx';
import { linesOf, owedBy } from '../../src/renderer/features/cases/owed.ts';
import { resources } from '../../src/renderer/locales/resources.ts';
import { account, pageOf } from './builders.ts';
import { caseDetail, confirmed, decision, duty, ME, party } from './case-builders.ts';
import { CASE, openCase, pick, type } from './open-case.tsx';
import { Refusal, renderApp, uid } from './support.tsx';

beforeEach(() => localStorage.clear());
afterEach(cleanup);

describe('the list', () => {
  it('asks the host for what the address says, and links numbers to their rows', async () => {
    const { bridge } = await renderApp({
      at: '/cases?state=unclosed&category=gambling&text=任鹏',
      answers: { 'cases.list': () => pageOf([caseDetail({}, { openDuties: 2 }).summary], {}) },
    });
    const grid = await screen.findByRole('grid', { name: 'Cases' });
    expect(bridge.of('cases.list')[0]).toMatchObject({
      state: 'unclosed',
      category: 'gambling',
      text: '任鹏',
      sort: { by: 'number', descending: true },
    });
    expect(within(grid).getByRole('link', { name: '2' }).getAttribute('href')).toContain('/duties?');
    expect(within(grid).getByRole('link', { name: 'C-A7-0001' }).getAttribute('href')).toContain(
      `/cases/${CASE}`,
    );
  });

  it('opens a case about a person and says how many hits come along', async () => {
    const { bridge } = await renderApp({
      at: '/cases',
      answers: {
        'cases.list': () => pageOf([], {}),
        'accounts.list': () => pageOf([account(1)], {}),
        'hits.list': () => pageOf([confirmed(1), confirmed(2, { caseId: uid(41) })], {}),
        'cases.open': () => caseDetail(),
        'cases.get': () => caseDetail(),
        'officers.list': () => [ME],
      },
    });
    await screen.findByText('No case yet');
    fireEvent.click(screen.getByRole('button', { name: 'Open a case' }));
    const dialog = await screen.findByRole('dialog', { name: 'Open a case about a person' });
    await pick(within(dialog).getByRole('combobox', { name: 'Person' }), '员工1');
    expect(await within(dialog).findByText('1 confirmed hit of this person comes along.')).toBeTruthy();
    fireEvent.click(within(dialog).getByRole('button', { name: 'Open the case' }));
    await waitFor(() => expect(bridge.of('cases.open')).toEqual([{ accountId: account(1).id, title: null }]));
  });
});

describe('what is owed', () => {
  const kinds = (detail: CaseDetail) => owedBy(detail).map((owed) => owed.kind);
  it.each<[string, CaseDetail, string[]]>([
    ['a new case', caseDetail(), ['undecided', 'no-pack']],
    ['no evidence', caseDetail({ exhibits: [] }), ['undecided', 'no-exhibit']],
    ['a witness owes nothing', caseDetail({ parties: [party({ role: 'witness' })] }), ['no-pack']],
    [
      'a decision that waits',
      caseDetail({ decisions: [decision({ state: 'awaiting-approval' })] }),
      ['approval', 'no-pack'],
    ],
    [
      'a refused decision',
      caseDetail({ decisions: [decision({ state: 'refused' })] }),
      ['undecided', 'no-pack'],
    ],
    [
      'the latest decision stands',
      caseDetail({
        decisions: [decision(), decision({ id: uid(61), at: decision().at + 1, state: 'refused' })],
      }),
      ['undecided', 'no-pack'],
    ],
    [
      'duties, ended or not',
      caseDetail({
        decisions: [decision()],
        duties: [duty(), duty({ id: uid(72), state: 'filed' }), duty({ id: uid(73), state: 'closed' })],
      }),
      ['duty', 'duty', 'no-pack'],
    ],
    ['a closed case', caseDetail({ duties: [duty()] }, { state: 'closed' }), []],
  ])('%s', (_, detail, expected) => {
    expect(kinds(detail)).toEqual(expected);
  });

  it('of one sort stands together from four on, the earliest due first, and each is listed on demand', async () => {
    const parties = [1, 2, 3, 4].map((n) => party({ id: uid(200 + n), name: `甲${n}` }));
    const duties = [5, 3, 4, 9].map((days, n) => duty({ id: uid(300 + n), dueAt: days * 86_400_000 }));
    const detail = caseDetail({ parties, duties });
    const lines = linesOf(owedBy(detail));
    expect(lines.map((line) => line.length)).toEqual([4, 4, 1]);
    expect(lines[1]?.[0]).toMatchObject({ duty: { dueAt: 3 * 86_400_000 } });
    await openCase(detail, null);
    const owed = await screen.findByRole('region', { name: 'Still owed' });
    expect(within(owed).getByText('4 people not decided')).toBeTruthy();
    expect(within(owed).getByText('Report to Cyberspace administration (4)')).toBeTruthy();
    fireEvent.click(within(owed).getByRole('button', { name: 'List each of 9' }));
    expect(within(owed).getAllByRole('link')).toHaveLength(9);
  });

  it('stands on the page, each with the way to it', async () => {
    await openCase(caseDetail({ duties: [duty()] }), null);
    const owed = await screen.findByRole('region', { name: 'Still owed' });
    const link = within(owed).getByRole('link', { name: 'Report to Cyberspace administration' });
    expect(link.getAttribute('href')).toContain('tab=duties');
    expect(within(owed).getByText('overdue')).toBeTruthy();
  });
});

describe('the page', () => {
  it('shows words under several rules once', () => {
    const same = { type: 'message' as const, id: uid(1001) };
    const hits = [confirmed(1, { subject: same }), confirmed(2), confirmed(3, { subject: same })];
    expect(byText(hits).map((group) => group.map((hit) => hit.id))).toEqual([
      [hits[0]?.id, hits[2]?.id],
      [hits[1]?.id],
    ]);
  });

  it('writes over the title in place; Esc keeps it', async () => {
    const { bridge } = await openCase(caseDetail(), null, { 'cases.update': () => caseDetail() });
    fireEvent.click(await screen.findByRole('button', { name: 'Change the title' }));
    const field = screen.getByRole('textbox', { name: 'Change the title' });
    type(field, '别的名称');
    fireEvent.keyDown(field, { key: 'Escape' });
    expect(bridge.of('cases.update')).toHaveLength(0);
    fireEvent.click(await screen.findByRole('button', { name: 'Change the title' }));
    const again = screen.getByRole('textbox', { name: 'Change the title' });
    type(again, '工作群赌球案');
    fireEvent.keyDown(again, { key: 'Enter' });
    await waitFor(() => expect(bridge.of('cases.update')).toEqual([{ caseId: CASE, title: '工作群赌球案' }]));
  });

  it.each([
    ['open', true],
    ['awaiting-approval', false],
    ['decided', true],
    ['closed', false],
  ] as const)('%s: taking a hit out is offered: %s', async (state, offered) => {
    await openCase(caseDetail({}, { state }), null);
    await screen.findByRole('heading', { name: /Confirmed hits/ });
    expect(screen.queryByRole('button', { name: 'Take out of the case' }) !== null).toBe(offered);
  });

  it('takes a hit out with a reason', async () => {
    const { bridge } = await openCase(caseDetail(), null, { 'cases.removeHit': () => caseDetail() });
    fireEvent.click(await screen.findByRole('button', { name: 'Take out of the case' }));
    const dialog = await screen.findByRole('dialog', { name: 'Take the hit out of the case' });
    fireEvent.click(within(dialog).getByRole('button', { name: 'Confirm' }));
    expect(within(dialog).getByText('A reason is needed')).toBeTruthy();
    type(within(dialog).getByLabelText('Reason'), '误归');
    fireEvent.click(within(dialog).getByRole('button', { name: 'Confirm' }));
    await waitFor(() =>
      expect(bridge.of('cases.removeHit')).toEqual([
        { caseId: CASE, hitId: confirmed(1).id, reason: '误归' },
      ]),
    );
  });

  it('is not found without an error page', async () => {
    await openCase(caseDetail(), null, {
      'cases.get': () => {
        throw new Refusal('not-found');
      },
    });
    expect(await screen.findByText('There is no such case')).toBeTruthy();
  });
});

describe('closing', () => {
  it('says what keeps the case open instead of asking', async () => {
    const { bridge } = await openCase(caseDetail({ duties: [duty()] }), null);
    fireEvent.click(await screen.findByRole('button', { name: 'Close the case' }));
    const dialog = await screen.findByRole('dialog', { name: 'The case cannot be closed yet' });
    expect(within(dialog).getByRole('link', { name: 'Report to Cyberspace administration' })).toBeTruthy();
    expect(bridge.of('cases.close')).toHaveLength(0);
  });

  it('names what is not settled, and closes with a reason', async () => {
    const { bridge } = await openCase(caseDetail({ decisions: [decision()] }), null, {
      'cases.close': () => caseDetail({}, { state: 'closed' }),
    });
    fireEvent.click(await screen.findByRole('button', { name: 'Close the case' }));
    const dialog = await screen.findByRole('dialog', { name: 'Close the case' });
    expect(within(dialog).getByText(/Not settled: No evidence pack yet/)).toBeTruthy();
    type(within(dialog).getByLabelText('Reason'), '已处理完毕');
    fireEvent.click(within(dialog).getByRole('button', { name: 'Close the case' }));
    await waitFor(() => expect(bridge.of('cases.close')).toEqual([{ caseId: CASE, reason: '已处理完毕' }]));
  });

  it('a duty that opened meanwhile is explained, not thrown', async () => {
    await openCase(caseDetail({ decisions: [decision()] }), null, {
      'cases.close': () => {
        throw new Refusal('duty-open', 'a duty of this case has not ended');
      },
    });
    fireEvent.click(await screen.findByRole('button', { name: 'Close the case' }));
    const dialog = await screen.findByRole('dialog', { name: 'Close the case' });
    type(within(dialog).getByLabelText('Reason'), '已处理完毕');
    fireEvent.click(within(dialog).getByRole('button', { name: 'Close the case' }));
    expect(await screen.findByRole('dialog', { name: 'The case cannot be closed yet' })).toBeTruthy();
  });
});

describe('the timeline', () => {
  it('says in words what changed, from what to what', async () => {
    const at = 1_740_000_000_000;
    const entry = { officer: ME.name, at, supersedes: null };
    await openCase(
      caseDetail({
        decisions: [decision()],
        duties: [duty()],
        timeline: [
          {
            ...entry,
            id: uid(91),
            type: 'case.state-changed',
            subject: { type: 'case', id: CASE },
            before: { state: 'open' },
            after: { state: 'decided' },
          },
          {
            ...entry,
            id: uid(92),
            type: 'decision.recorded',
            subject: { type: 'decision', id: decision().id },
            before: null,
            after: { party: party().id, measure: 'written-warning', state: 'awaiting-approval' },
          },
          {
            ...entry,
            id: uid(93),
            type: 'duty.opened',
            subject: { type: 'duty', id: duty().id },
            before: null,
            after: { receiver: 'cyberspace-administration', kind: 'report', items: [uid(1), uid(2)] },
          },
        ],
      }),
      'timeline',
    );
    const [moved, decided, opened] = within(
      await screen.findByRole('list', { name: 'Timeline' }),
    ).getAllByRole('listitem');
    expect(moved?.textContent).toContain('Open → Decided');
    expect(decided?.textContent).toContain('MeasureWritten warning');
    expect(decided?.textContent).toContain('Party任鹏');
    expect(decided?.textContent).toContain('StateAwaiting approval');
    expect(opened?.textContent).toContain('ReceiverCyberspace administration');
    expect(opened?.textContent).toContain('Hits concerned2');
  });
});

describe('states', () => {
  it.each(CaseState.options)('%s has a badge', async (state) => {
    await openCase(caseDetail({}, { state }), null);
    expect((await screen.findAllByText(resources.en.domain.caseState[state])).length).toBeGreaterThan(0);
  });
});
