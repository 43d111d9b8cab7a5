import { afterEach, describe, expect, it } from 'vitest';
import { addHits, closeCase, getCase, openCase, removeHit } from '../../src/core/app/cases.ts';
import { approveDecision, recordDecision } from '../../src/core/app/decisions.ts';
import { assessDuty, fileDuty, listDuties } from '../../src/core/app/duties.ts';
import { addExhibit, removeExhibit } from '../../src/core/app/exhibits.ts';
import { deactivateOfficer } from '../../src/core/app/workspace.ts';
import { Duty } from '../../src/core/domain/case.ts';
import type { Profile } from '../../src/core/domain/workspace.ts';
import {
  type CaseWorkspace,
  caseWorkspace,
  type Found,
  SECOND_PASSPHRASE,
  START,
} from '../builders/case-workspace.ts';

const failing = (code: string) => expect.objectContaining({ code });
const HOUR = 3_600_000;

let w: CaseWorkspace;
afterEach(() => w.close());

/** A case about what 张伟 said; its messages and hits. */
function start(profile: Profile, ...found: Found[]) {
  w = caseWorkspace({ profile });
  const messages = w.tell(Array.from({ length: 5 }, (_, i) => ({ by: '张伟', text: `消息${i}` })));
  const hitIds = w.find(found);
  w.confirm(hitIds);
  const { summary, parties, duties } = openCase(w.desk, { hitIds });
  return { caseId: summary.id, partyId: parties[0]?.id ?? '', hitIds, messages, duties };
}

const dutiesOf = (caseId: string) => getCase(w.desk, { caseId }).duties;
const decide = (of: { caseId: string; partyId: string }, measure: string) =>
  recordDecision(w.desk, {
    caseId: of.caseId,
    partyId: of.partyId,
    measure,
    deviationReason: '情节',
    facts: '事实',
  });

describe('on a platform', () => {
  it('a confirmed illegal item opens a report for each receiver, merged by receiver', () => {
    const { duties } = start(
      'platform',
      { on: 0, category: 'gambling' },
      { on: 1, category: 'fraud' },
      { on: 2, category: 'violence-terror' },
    );
    expect(duties.map((duty) => Duty.safeParse(duty).success)).toEqual([true, true]);
    expect(duties).toMatchObject([
      {
        kind: 'report',
        state: 'open',
        route: 'terrorism',
        receiver: { en: 'Public security' },
        categories: ['violence-terror'],
      },
      { route: 'illegal-information', receiver: { zh: '网信部门' }, categories: ['gambling', 'fraud'] },
    ]);
    expect(duties[1]?.missing).toEqual(['disposal', 'filed-at', 'receipt-number']);
    // The confirmation was on 2026-03-01: article 47 had become another by then.
    expect(duties[1]?.basis).not.toContain('law:csl-2016-47');
  });

  it('what the law does not forbid opens none', () => {
    expect(start('platform', { on: 0, category: 'abuse' }).duties).toEqual([]);
  });

  it('is due by the hours of the schedule after the confirmation, and overdue then', () => {
    const { caseId, duties } = start('platform', { on: 0, category: 'gambling' });
    const [duty] = duties;
    expect(duty?.dueAt).toBeGreaterThan(START + 24 * HOUR);
    expect(duty?.dueAt).toBeLessThan(START + 25 * HOUR);
    expect(duty?.overdue).toBe(false);
    w.wait(25 * HOUR);
    expect(dutiesOf(caseId)[0]?.overdue).toBe(true);
    fileDuty(w.desk, { dutyId: duty?.id ?? '', filedAt: START + 26 * HOUR - HOUR, note: '' });
    expect(dutiesOf(caseId)[0]).toMatchObject({ state: 'filed', overdue: false });
  });

  it('a report ends once decided, kept, filed and receipted, in whatever order', () => {
    const of = start('platform', { on: 0, category: 'gambling' });
    const dutyId = of.duties[0]?.id ?? '';
    const filed = fileDuty(w.desk, { dutyId, filedAt: START, note: '电话' });
    expect(filed).toMatchObject({ state: 'filed', missing: ['disposal', 'receipt-number'] });
    decide(of, 'content-removed');
    expect(dutiesOf(of.caseId)[0]).toMatchObject({ state: 'filed', missing: ['receipt-number'] });
    const closed = fileDuty(w.desk, { dutyId, filedAt: START, receiptNumber: ' 网信举报-0001 ', note: '' });
    expect(closed).toMatchObject({
      state: 'closed',
      receiptNumber: '网信举报-0001',
      filedAt: START,
      missing: [],
    });
    expect(() => fileDuty(w.desk, { dutyId, filedAt: START, note: '' })).toThrow(failing('conflict'));
    const { timeline } = getCase(w.desk, { caseId: of.caseId });
    expect(timeline.filter(({ subject }) => subject.id === dutyId)).toMatchObject([
      { type: 'duty.opened' },
      {
        type: 'duty.filed',
        before: { state: 'open', filedAt: null },
        after: { state: 'filed', filedAt: START, note: '电话' },
      },
      {
        type: 'duty.filed',
        before: { state: 'filed', receiptNumber: null },
        after: { receiptNumber: '网信举报-0001', note: '电话' },
      },
      { type: 'duty.closed', before: { state: 'filed' }, after: { state: 'closed' } },
    ]);
    expect(closeCase(w.desk, { caseId: of.caseId, reason: '完' }).summary.state).toBe('closed');
  });

  it('the second officer’s approval ends a report that waited for it', () => {
    const of = start('platform', { on: 0, category: 'drugs' });
    fileDuty(w.desk, { dutyId: of.duties[0]?.id ?? '', filedAt: START, receiptNumber: '1', note: '' });
    const { id } = decide(of, 'account-closed');
    expect(dutiesOf(of.caseId)[0]).toMatchObject({ state: 'filed', missing: ['disposal'] });
    approveDecision(w.desk, {
      decisionId: id,
      officerId: w.second.id,
      passphrase: SECOND_PASSPHRASE,
      approved: true,
      note: '',
    });
    expect(dutiesOf(of.caseId)[0]?.state).toBe('closed');
  });

  it('a report waits until its records are exhibits', () => {
    const of = start('platform', { on: 0, category: 'gambling' });
    const [exhibit] = getCase(w.desk, { caseId: of.caseId }).exhibits;
    const removed = removeExhibit(w.desk, { exhibitId: exhibit?.id ?? '', reason: '重录' });
    expect(removed.custody.map(({ action, purpose }) => [action, purpose])).toEqual([
      ['imported', ''],
      ['added', ''],
      ['removed', '重录'],
    ]);
    decide(of, 'content-removed');
    const filed = fileDuty(w.desk, {
      dutyId: of.duties[0]?.id ?? '',
      filedAt: START,
      receiptNumber: '1',
      note: '',
    });
    expect(filed.missing).toEqual(['records']);
    const added = addExhibit(w.desk, {
      caseId: of.caseId,
      messageId: of.messages[0] ?? '',
      context: 2,
      description: ' 首次发布 ',
    });
    expect(added).toMatchObject({
      messages: 3,
      description: '首次发布',
      number: expect.stringMatching(/-02$/),
    });
    expect(dutiesOf(of.caseId)[0]?.state).toBe('closed');
    expect(w.brokenSeals()).toEqual([]);
  });

  it('hits after filing open a report of their own', () => {
    const of = start('platform', { on: 0, category: 'gambling' });
    fileDuty(w.desk, { dutyId: of.duties[0]?.id ?? '', filedAt: START, note: '' });
    const hitIds = w.find([{ on: 1, category: 'fraud' }]);
    w.confirm(hitIds);
    const { duties } = addHits(w.desk, { caseId: of.caseId, hitIds });
    expect(duties.map(({ state, categories }) => [state, categories])).toEqual([
      ['filed', ['gambling']],
      ['open', ['fraud']],
    ]);
  });

  it('a hit taken out leaves what was filed and ends what was only owed for it', () => {
    const of = start('platform', { on: 0, category: 'gambling' }, { on: 1, category: 'violence-terror' });
    const [terror = '', general = ''] = of.duties.map(({ id }) => id);
    fileDuty(w.desk, { dutyId: general, filedAt: START, note: '' });
    for (const hitId of of.hitIds) removeHit(w.desk, { caseId: of.caseId, hitId, reason: '误报' });
    const states = Object.fromEntries(dutiesOf(of.caseId).map(({ id, state }) => [id, state]));
    expect(states).toEqual({ [terror]: 'closed', [general]: 'filed' });
  });

  it('refuses a filing of tomorrow, an assessment, and what does not exist', () => {
    const of = start('platform', { on: 0, category: 'gambling' });
    const dutyId = of.duties[0]?.id ?? '';
    expect(() => fileDuty(w.desk, { dutyId, filedAt: START + 24 * HOUR, note: '' })).toThrow(
      failing('invalid-input'),
    );
    expect(() =>
      assessDuty(w.desk, { dutyId, outcome: 'none', reason: '无', approverPassphrase: '' }),
    ).toThrow(failing('conflict'));
    expect(() => fileDuty(w.desk, { dutyId: of.caseId, filedAt: START, note: '' })).toThrow(
      failing('not-found'),
    );
  });
});

describe('elsewhere, one assessment per case', () => {
  const assess = (
    dutyId: string,
    outcome: 'report' | 'internal' | 'none',
    approverId: string | null,
    passphrase = SECOND_PASSPHRASE,
  ) => assessDuty(w.desk, { dutyId, outcome, reason: '理由', approverId, approverPassphrase: passphrase });

  it.each(['employer', 'group-owner', 'account-operator'] as const)('%s', (profile) => {
    const { duties } = start(
      profile,
      { on: 0, category: 'gambling' },
      { on: 1, category: 'violence-terror' },
    );
    expect(duties).toMatchObject([
      {
        kind: 'assessment',
        state: 'open',
        receiver: { zh: '公安机关、网信部门' },
        categories: ['gambling', 'violence-terror'],
      },
    ]);
    expect(duties[0]?.missing).toEqual(['outcome', 'reason', 'approver']);
  });

  it.each(['internal', 'none'] as const)('%s ends it, with who approved', (outcome) => {
    const { duties } = start('employer', { on: 0, category: 'gambling' });
    const duty = assess(duties[0]?.id ?? '', outcome, w.second.id);
    expect(duty).toMatchObject({
      state: 'closed',
      missing: [],
      assessment: { outcome, reason: '理由', approver: '林岚', at: expect.any(Number) },
    });
    expect(() => assess(duty.id, outcome, w.second.id)).toThrow(failing('conflict'));
  });

  it('report ends it and opens a report to each receiver, which the case then owes', () => {
    const of = start('employer', { on: 0, category: 'gambling' }, { on: 1, category: 'violence-terror' });
    const { dueAt } = of.duties[0] as Duty;
    assess(of.duties[0]?.id ?? '', 'report', w.second.id);
    expect(dutiesOf(of.caseId)).toMatchObject([
      { kind: 'assessment', state: 'closed' },
      { kind: 'report', state: 'open', receiver: { zh: '公安机关' }, categories: ['violence-terror'] },
      { kind: 'report', state: 'open', receiver: { zh: '网信部门' }, categories: ['gambling'], dueAt },
    ]);
    expect(() => closeCase(w.desk, { caseId: of.caseId, reason: '完' })).toThrow(failing('duty-open'));
    expect(w.brokenSeals()).toEqual([]);
  });

  it.each([
    ['nobody', () => null, 'second-officer-required'],
    ['the same officer', () => w.session.officer.id, 'second-officer-required'],
    ['somebody unknown', () => '00000000-0000-7000-8000-000000000000', 'not-found'],
  ])('cannot be approved by %s', (_, approver, code) => {
    const { duties } = start('employer', { on: 0, category: 'gambling' });
    expect(() => assess(duties[0]?.id ?? '', 'none', approver())).toThrow(failing(code));
  });

  it('is approved by the second officer’s own unlock only', () => {
    const { duties } = start('employer', { on: 0, category: 'gambling' });
    const dutyId = duties[0]?.id ?? '';
    expect(() => assess(dutyId, 'none', w.second.id, 'a guess')).toThrow(failing('wrong-key'));
    expect(assess(dutyId, 'none', w.second.id).state).toBe('closed');
  });

  it('cannot be approved by an officer who left; the last officer answers alone, and the event says so', () => {
    const of = start('employer', { on: 0, category: 'gambling' });
    deactivateOfficer(w.session, w.second.id, '离职');
    const dutyId = of.duties[0]?.id ?? '';
    expect(() => assess(dutyId, 'none', w.second.id)).toThrow(failing('not-allowed'));
    expect(assess(dutyId, 'none', null).assessment?.approver).toBeNull();
    expect(getCase(w.desk, { caseId: of.caseId }).timeline.at(-1)).toMatchObject({
      type: 'duty.assessed',
      after: { approver: null, onlyOfficer: true },
    });
  });
});

describe('the list of duties', () => {
  it('is in the order they fall due, page by page, by state and case', () => {
    w = caseWorkspace({ profile: 'platform' });
    w.tell(Array.from({ length: 6 }, (_, i) => ({ by: '张伟', text: `消息${i}` })));
    const hits = w.find([0, 1, 2, 3, 4].map((on) => ({ on, category: 'gambling' as const })));
    const cases = [...hits].reverse().map((hit) => {
      w.confirm([hit]);
      w.wait(HOUR);
      return openCase(w.desk, { hitIds: [hit] });
    });
    const ids = cases.map(({ duties }) => duties[0]?.id ?? '');
    fileDuty(w.desk, { dutyId: ids[1] ?? '', filedAt: START, note: '' });
    const list = (filter: Partial<Parameters<typeof listDuties>[1]>) =>
      listDuties(w.desk, { limit: 10, ...filter });
    expect(list({ state: 'unclosed' }).rows.map(({ id }) => id)).toEqual(ids);
    expect(list({ state: 'filed' }).rows.map(({ id }) => id)).toEqual([ids[1]]);
    expect(list({ state: 'closed' })).toEqual({ rows: [], next: null, total: 0 });
    expect(list({ caseId: cases[2]?.summary.id }).rows).toMatchObject([
      { id: ids[2], caseNumber: cases[2]?.summary.number },
    ]);
    const paged: string[] = [];
    let cursor: string | null = null;
    do {
      const page: ReturnType<typeof listDuties> = list({ limit: 2, cursor });
      paged.push(...page.rows.map(({ id }) => id));
      cursor = page.next;
    } while (cursor);
    expect(paged).toEqual(ids);
  });
});

describe('an exhibit', () => {
  it('is made once of a message, and not of one that only a source taken back holds', () => {
    const of = start('employer', { on: 0, category: 'abuse' });
    const messageId = of.messages[3] ?? '';
    const add = () => addExhibit(w.desk, { caseId: of.caseId, messageId, context: 1 });
    expect(add()).toMatchObject({ messages: 3, sourceFile: 'wecom.jsonl', officer: '陈静' });
    expect(add).toThrow(failing('conflict'));
    w.setSourceState('excluded');
    expect(() =>
      addExhibit(w.desk, { caseId: of.caseId, messageId: of.messages[4] ?? '', context: 1 }),
    ).toThrow(failing('conflict'));
  });

  it('taken out cannot be taken out again, and its message can be an exhibit again', () => {
    const of = start('employer', { on: 0, category: 'abuse' });
    const exhibitId = getCase(w.desk, { caseId: of.caseId }).exhibits[0]?.id ?? '';
    removeExhibit(w.desk, { exhibitId, reason: '重录' });
    expect(() => removeExhibit(w.desk, { exhibitId, reason: '重录' })).toThrow(failing('conflict'));
    const again = addExhibit(w.desk, { caseId: of.caseId, messageId: of.messages[0] ?? '', context: 20 });
    expect(again.number).toMatch(/-02$/);
    expect(getCase(w.desk, { caseId: of.caseId }).exhibits.map(({ id }) => id)).toEqual([again.id]);
  });
});
