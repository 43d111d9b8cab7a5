import { afterEach, describe, expect, it } from 'vitest';
import { addHits, closeCase, getCase, openCase, removeHit } from '../../src/core/app/cases/cases.ts';
import { approveDecision, recordDecision } from '../../src/core/app/cases/decisions.ts';
import { listDuties } from '../../src/core/app/duties/duties.ts';
import { addDutyStep, assessDuty, fileDuty } from '../../src/core/app/duties/duty-filing.ts';
import { addExhibit, removeExhibit } from '../../src/core/app/evidence/exhibits.ts';
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
const ofKind = (duties: readonly Duty[], kind: Duty['kind']) => duties.filter((duty) => duty.kind === kind);
const idOf = (duties: readonly Duty[], kind: Duty['kind']) => ofKind(duties, kind)[0]?.id ?? '';
/** Files without the form: what the law calls “at once”. */
const file = (dutyId: string, more: { filedAt?: number; receiptNumber?: string; note?: string } = {}) =>
  fileDuty(w.desk, { dutyId, filedAt: START, note: '', incompleteReason: '紧急', test: false, ...more });
const prove = (dutyId: string) =>
  addDutyStep(w.desk, { dutyId, kind: 'proof', at: START, note: '已删除', test: false });
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
    expect(duties.every((duty) => Duty.safeParse(duty).success)).toBe(true);
    expect(duties.map(({ kind, state }) => [kind, state])).toEqual([
      ['disposal', 'open'],
      // Taking hits into the case made exhibits of their messages: the records are saved.
      ['records', 'closed'],
      ['report', 'open'],
      ['report', 'open'],
    ]);
    const reports = ofKind(duties, 'report');
    expect(reports).toMatchObject([
      {
        kind: 'report',
        state: 'open',
        route: 'terrorism',
        receiver: { en: 'Public security' },
        categories: ['violence-terror'],
      },
      { route: 'illegal-information', receiver: { zh: '网信部门' }, categories: ['gambling', 'fraud'] },
    ]);
    expect(duties[0]?.missing).toEqual(['disposal', 'proof']);
    expect(reports[1]).toMatchObject({
      missing: ['filed-at', 'receipt-number'],
      person: { name: '张伟' },
      items: 2,
    });
    // The confirmation was on 2026-03-01: article 47 had become another by then.
    expect(reports[1]?.basis).not.toContain('law:csl-2016-47');
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
    file(idOf(duties, 'report'), { filedAt: START + 26 * HOUR - HOUR });
    expect(ofKind(dutiesOf(caseId), 'report')[0]).toMatchObject({ state: 'filed', overdue: false });
  });

  it('a report ends once filed and receipted, disposal once decided and proved, in whatever order', () => {
    const of = start('platform', { on: 0, category: 'gambling' });
    const [report, disposal] = [idOf(of.duties, 'report'), idOf(of.duties, 'disposal')];
    expect(file(report, { note: '电话' })).toMatchObject({ state: 'filed', missing: ['receipt-number'] });
    decide(of, 'content-removed');
    expect(dutiesOf(of.caseId)[0]).toMatchObject({ state: 'open', missing: ['proof'] });
    expect(prove(disposal).duty).toMatchObject({ state: 'closed', missing: [] });
    const closed = file(report, { receiptNumber: ' 网信举报-0001 ' });
    expect(closed).toMatchObject({
      state: 'closed',
      receiptNumber: '网信举报-0001',
      filedAt: START,
      missing: [],
    });
    expect(() => file(report)).toThrow(failing('conflict'));
    const { timeline } = getCase(w.desk, { caseId: of.caseId });
    expect(timeline.filter(({ subject }) => subject.id === report)).toMatchObject([
      { type: 'duty.opened' },
      {
        type: 'duty.filed',
        before: { state: 'open', filedAt: null },
        after: { state: 'filed', filedAt: START, note: '电话', incomplete: '紧急' },
      },
      {
        type: 'duty.filed',
        before: { state: 'filed', receiptNumber: null },
        after: { receiptNumber: '网信举报-0001', note: '电话' },
      },
      { type: 'duty.closed', before: { state: 'filed' }, after: { state: 'closed' } },
    ]);
    expect(timeline.filter(({ subject }) => subject.id === disposal).at(-1)).toMatchObject({
      type: 'duty.closed',
      after: { proof: '已删除' },
    });
    expect(closeCase(w.desk, { caseId: of.caseId, reason: '完' }).summary.state).toBe('closed');
  });

  it('the second officer’s approval ends a disposal that waited for it', () => {
    const of = start('platform', { on: 0, category: 'drugs' });
    prove(idOf(of.duties, 'disposal'));
    const { id } = decide(of, 'account-closed');
    expect(dutiesOf(of.caseId)[0]).toMatchObject({ state: 'open', missing: ['disposal'] });
    approveDecision(w.desk, {
      decisionId: id,
      officerId: w.second.id,
      passphrase: SECOND_PASSPHRASE,
      approved: true,
      note: '',
    });
    expect(dutiesOf(of.caseId)[0]?.state).toBe('closed');
  });

  it('records are owed again when their exhibit is taken out, until it is made anew', () => {
    const of = start('platform', { on: 0, category: 'gambling' });
    const records = () => ofKind(dutiesOf(of.caseId), 'records')[0];
    const [exhibit] = getCase(w.desk, { caseId: of.caseId }).exhibits;
    expect(records()?.state).toBe('closed');
    const removed = removeExhibit(w.desk, { exhibitId: exhibit?.id ?? '', reason: '重录' });
    expect(removed.custody.map(({ action, purpose }) => [action, purpose])).toEqual([
      ['imported', ''],
      ['added', ''],
      ['removed', '重录'],
    ]);
    expect(records()).toMatchObject({ state: 'open', missing: ['records'] });
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
    expect(records()?.state).toBe('closed');
    expect(w.brokenSeals()).toEqual([]);
  });

  it('hits after filing open a report of their own', () => {
    const of = start('platform', { on: 0, category: 'gambling' });
    file(idOf(of.duties, 'report'));
    const hitIds = w.find([{ on: 1, category: 'fraud' }]);
    w.confirm(hitIds);
    const { duties } = addHits(w.desk, { caseId: of.caseId, hitIds });
    expect(ofKind(duties, 'disposal')).toMatchObject([{ state: 'open', categories: ['gambling', 'fraud'] }]);
    expect(ofKind(duties, 'report').map(({ state, categories }) => [state, categories])).toEqual([
      ['filed', ['gambling']],
      ['open', ['fraud']],
    ]);
  });

  it('a hit taken out leaves what was filed and ends what was only owed for it', () => {
    const of = start('platform', { on: 0, category: 'gambling' }, { on: 1, category: 'violence-terror' });
    const [terror = '', general = ''] = ofKind(of.duties, 'report').map(({ id }) => id);
    file(general);
    for (const hitId of of.hitIds) removeHit(w.desk, { caseId: of.caseId, hitId, reason: '误报' });
    const states = Object.fromEntries(
      ofKind(dutiesOf(of.caseId), 'report').map(({ id, state }) => [id, state]),
    );
    expect(states).toEqual({ [terror]: 'closed', [general]: 'filed' });
    expect(dutiesOf(of.caseId)[0]).toMatchObject({ kind: 'disposal', state: 'closed' });
  });

  it('refuses a filing of tomorrow, an assessment, and what does not exist', () => {
    const of = start('platform', { on: 0, category: 'gambling' });
    const dutyId = idOf(of.duties, 'report');
    expect(() => file(dutyId, { filedAt: START + 24 * HOUR })).toThrow(failing('invalid-input'));
    expect(() =>
      assessDuty(w.desk, { dutyId, outcome: 'none', reason: '无', approverPassphrase: '' }),
    ).toThrow(failing('conflict'));
    expect(() => file(of.caseId)).toThrow(failing('not-found'));
    expect(() => file(idOf(of.duties, 'disposal'))).toThrow(failing('conflict'));
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
      { kind: 'disposal', state: 'open' },
      { kind: 'records', state: 'closed' },
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
    const ids = cases.flatMap(({ duties }) => [idOf(duties, 'disposal'), idOf(duties, 'report')]);
    const records = cases.map(({ duties }) => idOf(duties, 'records'));
    file(ids[3] ?? '');
    const list = (filter: Partial<Parameters<typeof listDuties>[1]>) =>
      listDuties(w.desk, { limit: 10, ...filter });
    expect(list({ state: 'unclosed' }).rows.map(({ id }) => id)).toEqual(ids);
    expect(list({ state: 'filed' }).rows.map(({ id }) => id)).toEqual([ids[3]]);
    expect(list({ state: 'closed' }).rows.map(({ id }) => id)).toEqual(records);
    expect(list({ caseId: cases[2]?.summary.id, state: 'unclosed' }).rows).toMatchObject([
      { id: ids[4], caseNumber: cases[2]?.summary.number },
      { id: ids[5] },
    ]);
    const paged: string[] = [];
    let cursor: string | null = null;
    do {
      const page: ReturnType<typeof listDuties> = list({ limit: 2, cursor, state: 'unclosed' });
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
