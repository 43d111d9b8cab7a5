import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CaseDetail, Reason } from '../../src/core/domain/case.ts';
import { CaseState } from '../../src/core/domain/case.ts';
import { PROPOSAL_REASONS } from '../../src/core/penalties/propose-measure.ts';
import { byText } from '../../src/renderer/features/cases/case-hits.tsx';
import { owedBy } from '../../src/renderer/features/cases/owed.ts';
import { resources } from '../../src/renderer/locales/resources.ts';
import { account, message, pageOf } from './builders.ts';
import {
  caseDetail,
  confirmed,
  decision,
  duty,
  exhibit,
  ME,
  party,
  proposal,
  SECOND,
} from './case-builders.ts';
import { type Answers, Refusal, renderApp, sha, uid } from './support.tsx';

beforeEach(() => localStorage.clear());
afterEach(cleanup);

const CASE = uid(40);

const openCase = (detail: CaseDetail, tab: string | null, change: Answers = {}) =>
  renderApp({
    at: `/cases/${CASE}${tab ? `?tab=${tab}` : ''}`,
    answers: {
      'cases.get': () => detail,
      'officers.list': () => [ME, SECOND],
      'decisions.propose': () => proposal(),
      'messages.search': () => pageOf([message(1), message(2)], {}),
      'conversations.list': () => pageOf([], {}),
      'accounts.list': () => pageOf([account(1)], {}),
      'sources.list': () => [],
      ...change,
    },
  });

const type = (field: HTMLElement, value: string) => fireEvent.change(field, { target: { value } });
const pick = async (box: HTMLElement, option: string) => {
  fireEvent.click(box);
  fireEvent.click(await screen.findByRole('option', { name: option, hidden: true }));
};

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

describe('evidence', () => {
  it('shows custody, and takes an exhibit out with a reason', async () => {
    const { bridge } = await openCase(caseDetail(), 'evidence', {
      'evidence.removeExhibit': () => exhibit(),
    });
    fireEvent.click(await screen.findByRole('button', { name: 'Custody (1)' }));
    expect(screen.getByText(/Added as exhibit/)).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Take the exhibit out' }));
    const dialog = await screen.findByRole('dialog', { name: 'Take exhibit E-A7-0001-01 out' });
    type(within(dialog).getByLabelText('Reason'), '与本案无关');
    fireEvent.click(within(dialog).getByRole('button', { name: 'Confirm' }));
    await waitFor(() =>
      expect(bridge.of('evidence.removeExhibit')).toEqual([
        { exhibitId: exhibit().id, reason: '与本案无关' },
      ]),
    );
  });

  it('keeps a message as an exhibit; one that is kept is not offered again', async () => {
    const { bridge } = await openCase(caseDetail(), 'evidence', { 'evidence.addExhibit': () => exhibit() });
    fireEvent.click(await screen.findByRole('button', { name: 'Add a message' }));
    const found = await screen.findByRole('list', { name: 'Messages found' });
    expect(await within(found).findByRole('button', { name: 'Kept' })).toHaveProperty('disabled', true);
    fireEvent.click(within(found).getByRole('button', { name: 'Keep' }));
    await waitFor(() =>
      expect(bridge.of('evidence.addExhibit')).toEqual([
        { caseId: CASE, messageId: message(2).id, description: null, context: 20 },
      ]),
    );
  });

  it('exports where the officer says, and shows digest, root and what was left out', async () => {
    const { bridge } = await openCase(caseDetail(), 'evidence', {
      'native.saveFile': () => '/home/zhou/C-A7-0001-court.zip',
      'evidence.export': () => ({
        file: '/home/zhou/C-A7-0001-court.zip',
        sha256: sha('1'),
        root: sha('2'),
        exhibits: 1,
        messages: 41,
        bytes: 90_000,
        leftOut: [{ part: 'pdf', reason: 'no-renderer' }],
      }),
    });
    fireEvent.click(
      (await screen.findAllByRole('button', { name: 'Export evidence pack' })).at(-1) as HTMLElement,
    );
    const dialog = await screen.findByRole('dialog', { name: 'Evidence pack of C-A7-0001' });
    await pick(within(dialog).getByRole('combobox', { name: 'For' }), 'Court');
    type(within(dialog).getByLabelText('Recipient'), '某区人民法院');
    fireEvent.click(within(dialog).getByRole('button', { name: 'Choose where to save' }));
    await within(dialog).findByText('The evidence pack is written and signed');
    expect(bridge.of('native.saveFile')[0]).toMatchObject({ defaultName: 'C-A7-0001-court.zip' });
    expect(bridge.of('evidence.export')[0]).toMatchObject({
      caseId: CASE,
      profile: 'court',
      file: '/home/zhou/C-A7-0001-court.zip',
      recipient: '某区人民法院',
    });
    for (const text of [sha('1'), sha('2'), 'PDF pages: this version writes the pages as HTML only'])
      expect(within(dialog).getByText(text)).toBeTruthy();
  });

  it('does nothing where the officer closes the save dialog', async () => {
    const { bridge } = await openCase(caseDetail(), 'evidence', { 'native.saveFile': () => null });
    fireEvent.click(
      (await screen.findAllByRole('button', { name: 'Export evidence pack' })).at(-1) as HTMLElement,
    );
    const dialog = await screen.findByRole('dialog', { name: 'Evidence pack of C-A7-0001' });
    fireEvent.click(within(dialog).getByRole('button', { name: 'Choose where to save' }));
    await waitFor(() => expect(bridge.of('native.saveFile')).toHaveLength(1));
    expect(bridge.of('evidence.export')).toHaveLength(0);
  });

  it('names what a check of a pack finds', async () => {
    await openCase(caseDetail(), 'evidence', {
      'native.openFiles': () => ['/home/zhou/pack.zip'],
      'evidence.verify': () => ({
        ok: false,
        checks: [{ name: 'manifest', ok: false, detail: '12 files' }],
        failures: [{ file: 'data/messages.csv', reason: 'changed' }],
      }),
    });
    fireEvent.click(await screen.findByRole('button', { name: 'Verify a pack file' }));
    const dialog = await screen.findByRole('dialog', { name: 'Check of an evidence pack' });
    expect(within(dialog).getByText('The pack is not as it was signed: 1 finding.')).toBeTruthy();
    expect(within(dialog).getByText('data/messages.csv')).toBeTruthy();
    expect(within(dialog).getByText('was changed')).toBeTruthy();
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

describe('reasons of a proposal', () => {
  const PARAMS: Record<(typeof PROPOSAL_REASONS)[number], Reason['params']> = {
    base: { tier: 'illegal', severity: 4, level: 2 },
    act: { act: 'quote', raise: -1, widen: 0 },
    role: { role: 'promoter', raise: 1, widen: 'top' },
    'role-without-measure': { role: 'witness' },
    evasion: { raise: 1, widen: 'top' },
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
      'No earlier decision within 2 years counts',
      'Same category again: up to the last step',
      'Earlier decisions that do not count: 1 not final & 2 made after this act',
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

  it('a code that has no words yet is shown as it is', async () => {
    await openCase(caseDetail(), 'decision', {
      'decisions.propose': () => proposal({ reasons: [{ code: 'new-reason', params: { of: 3 } }] }),
    });
    expect(await screen.findByText('new-reason of 3')).toBeTruthy();
  });
});

describe('states', () => {
  it.each(CaseState.options)('%s has a badge', async (state) => {
    await openCase(caseDetail({}, { state }), null);
    expect((await screen.findAllByText(resources.en.domain.caseState[state])).length).toBeGreaterThan(0);
  });
});
