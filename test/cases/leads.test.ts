import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { getCase } from '../../src/core/app/cases/cases.ts';
import {
  closeLead,
  closeLeads,
  convertLead,
  getLead,
  getLeadFigures,
  getSimilar,
  listLeads,
  receiveLead,
  reopenLeads,
  replyToReporter,
  takeLead,
  takeLeads,
} from '../../src/core/app/review/leads.ts';
import type { LeadSource } from '../../src/core/domain/lead.ts';
import { type CaseWorkspace, caseWorkspace } from '../builders/case-workspace.ts';

const failing = (code: string) => expect.objectContaining({ code });
const HOUR = 3_600_000;

let w: CaseWorkspace;
beforeEach(() => {
  w = caseWorkspace();
});
afterEach(() => w.close());

const now = () => w.session.environment.now();

function receive(change: Partial<Parameters<typeof receiveLead>[1]> = {}) {
  return receiveLead(w.desk, {
    source: 'user-report',
    receivedAt: now(),
    reporter: '热心用户',
    contact: 'user@example.test',
    target: '张伟',
    text: '在群里卖烟',
    hitIds: [],
    ...change,
  });
}

const list = (state: 'open' | 'owes-reply' | 'closed') =>
  listLeads(w.desk, { state, limit: 50 }).rows.map(({ number }) => number);

describe('a lead', () => {
  it('keeps the clocks of receiving, first action and closing', () => {
    const { id, receivedAt } = receive();
    w.wait(2 * HOUR);
    const taken = takeLead(w.desk, { leadId: id });
    expect(taken).toMatchObject({ state: 'in-progress', closedAt: null });
    expect((taken.firstActionAt ?? 0) - receivedAt).toBeGreaterThanOrEqual(2 * HOUR);
    w.wait(HOUR);
    const closed = closeLead(w.desk, {
      leadId: id,
      outcome: 'no-action',
      reason: '内容不违规',
      referredTo: '',
    });
    expect(closed).toMatchObject({ state: 'closed', firstActionAt: taken.firstActionAt, owesReply: true });
    expect(list('owes-reply')).toEqual([closed.number]);
    expect(replyToReporter(w.desk, { leadId: id, reply: '感谢举报，经核实未违规' }).owesReply).toBe(false);
    expect(w.brokenSeals()).toEqual([]);
  });

  it('becomes a case with its confirmed hits, on whose timeline it stands', () => {
    w.tell([{ by: '张伟', text: '出货' }]);
    const hitIds = w.find([{ on: 0, category: 'contraband-goods' }]);
    const lead = receive({ source: 'detection', hitIds });
    expect(() => convertLead(w.desk, { leadId: lead.id })).toThrow(failing('verification-required'));
    expect(list('open')).toEqual([lead.number]);
    w.confirm(hitIds);
    const converted = convertLead(w.desk, { leadId: lead.id });
    expect(converted).toMatchObject({
      outcome: 'case',
      state: 'closed',
      caseNumber: expect.stringContaining('C-'),
    });
    const { timeline, hits } = getCase(w.desk, { caseId: converted.caseId ?? '' });
    expect(hits).toHaveLength(1);
    expect(timeline.at(-1)).toMatchObject({ type: 'lead.converted', subject: { id: lead.id } });
  });

  it('goes into a case that is open, with its hits', () => {
    w.tell([
      { by: '张伟', text: '出货' },
      { by: '张伟', text: '又出货' },
    ]);
    const hitIds = w.find([
      { on: 0, category: 'contraband-goods' },
      { on: 1, category: 'contraband-goods' },
    ]);
    w.confirm(hitIds);
    const first = convertLead(w.desk, { leadId: receive({ hitIds: hitIds.slice(0, 1) }).id });
    const caseId = first.caseId ?? '';
    convertLead(w.desk, { leadId: receive({ hitIds: hitIds.slice(1) }).id, caseId });
    expect(getCase(w.desk, { caseId }).hits).toHaveLength(2);
  });

  it('opens a case about an account without hits', () => {
    w.tell([{ by: '张伟', text: '你好' }]);
    const lead = convertLead(w.desk, { leadId: receive({ accountId: w.accountId('张伟') }).id });
    expect(getCase(w.desk, { caseId: lead.caseId ?? '' }).parties).toMatchObject([{ name: '张伟' }]);
  });

  it('is like others about the same target or in the same words', () => {
    const first = receive();
    const second = receive({ text: '别的话' });
    const third = receive({ target: '李娜' });
    receive({ target: '王强', text: '无关' });
    expect(getSimilar(w.desk, { leadId: first.id }).map(({ id }) => id)).toEqual([third.id, second.id]);
    const closed = closeLead(w.desk, {
      leadId: second.id,
      outcome: 'duplicate',
      reason: '同一人',
      referredTo: '',
      duplicateOf: first.id,
    });
    expect(closed.duplicateOf).toBe(first.number);
  });

  it.each([
    ['a referral to nobody', { outcome: 'referred' as const }, 'invalid-input'],
    ['a duplicate of nothing', { outcome: 'duplicate' as const }, 'not-found'],
  ])('refuses %s', (_, change, code) => {
    const { id } = receive();
    expect(() => closeLead(w.desk, { leadId: id, reason: 'r', referredTo: '', ...change })).toThrow(
      failing(code),
    );
  });

  it('is closed once, replied to once closed, and not received in the future', () => {
    const { id } = receive();
    expect(() => replyToReporter(w.desk, { leadId: id, reply: '好' })).toThrow(failing('conflict'));
    const close = () =>
      closeLead(w.desk, { leadId: id, outcome: 'referred', reason: '非本平台', referredTo: '12377' });
    close();
    expect(close).toThrow(failing('conflict'));
    expect(() => receive({ receivedAt: now() + HOUR })).toThrow(failing('invalid-input'));
  });
});

describe('many leads', () => {
  const ids = (input: Partial<Parameters<typeof listLeads>[1]>) => {
    const found: string[] = [];
    for (let cursor: string | null = null; ; ) {
      const page = listLeads(w.desk, { limit: 3, cursor, ...input });
      found.push(...page.rows.map(({ id }) => id));
      cursor = page.next;
      if (cursor === null) return found;
    }
  };

  it('come in the order of entering or of receiving, forwards and backwards, each once', () => {
    const made = Array.from(
      { length: 8 },
      (_, n) => receive({ receivedAt: now() - ((n * 5) % 4) * HOUR, text: `第 ${n} 条` }).id,
    );
    const byTime = [...made.entries()]
      .sort(([a], [b]) => ((b * 5) % 4) - ((a * 5) % 4) || a - b)
      .map(([, id]) => id);
    const sort = (by: 'number' | 'receivedAt', descending: boolean) => ({ sort: { by, descending } });
    expect(ids({})).toEqual(made.toReversed());
    expect(ids(sort('number', false))).toEqual(made);
    expect(ids(sort('receivedAt', false))).toEqual(byTime);
    expect(ids(sort('receivedAt', true))).toEqual(byTime.toReversed());
    expect(listLeads(w.desk, { limit: 3 })).toMatchObject({ total: 8 });
    expect(listLeads(w.desk, { limit: 8 })).toMatchObject({ total: 8, next: null });
  });

  it('are narrowed by category, and one is found by its id', () => {
    const fraud = receive({ category: 'fraud' });
    receive({ category: 'abuse' });
    expect(ids({ category: 'fraud' })).toEqual([fraud.id]);
    expect(getLead(w.desk, { leadId: fraud.id })).toEqual({ ...fraud, similar: 1 });
    expect(() => getLead(w.desk, { leadId: '00000000-0000-7000-8000-000000000000' })).toThrow(
      failing('not-found'),
    );
  });

  it('about one target are counted up to 99, and the latest 50 are shown', () => {
    const made = Array.from({ length: 102 }, (_, n) => receive({ text: `第 ${n} 条` }).id);
    expect(getLead(w.desk, { leadId: made[0] ?? '' }).similar).toBe(99);
    expect(getSimilar(w.desk, { leadId: made[0] ?? '' }).map(({ id }) => id)).toEqual(
      made.slice(-50).toReversed(),
    );
  });

  it('are taken up, closed and reopened together, each with its own event', () => {
    const made = [receive({ text: '一' }), receive({ text: '二' }), receive({ text: '三' })].map(
      ({ id }) => id,
    );
    const [first = '', second = '', third = ''] = made;
    closeLead(w.desk, { leadId: third, outcome: 'no-action', reason: '不违规', referredTo: '' });
    takeLead(w.desk, { leadId: first });
    expect(takeLeads(w.desk, { leadIds: made })).toEqual({ done: 1 });
    const close = { outcome: 'referred', reason: '不归本组织管', referredTo: '12377' } as const;
    expect(() => closeLeads(w.desk, { leadIds: made, ...close, referredTo: '' })).toThrow(
      failing('invalid-input'),
    );
    expect(getLead(w.desk, { leadId: second }).state).toBe('in-progress');
    expect(closeLeads(w.desk, { leadIds: made, ...close })).toEqual({ done: 2 });
    expect(reopenLeads(w.desk, { leadIds: [first, third], reason: '补充了材料' })).toEqual({ done: 2 });
    expect(getLead(w.desk, { leadId: first })).toMatchObject({
      state: 'in-progress',
      outcome: null,
      closedAt: null,
      referredTo: '',
      reason: '补充了材料',
      owesReply: false,
    });
    expect(reopenLeads(w.desk, { leadIds: [first], reason: '再来' })).toEqual({ done: 0 });
    expect(w.brokenSeals()).toEqual([]);
  });
});

it('figures tell what became of the leads of each source (S4-8)', async () => {
  const make = (source: LeadSource) => receive({ source }).id;
  const [a, b] = [make('user-report'), make('user-report')];
  make('inspection');
  w.wait(HOUR);
  closeLead(w.desk, { leadId: a, outcome: 'no-action', reason: 'r', referredTo: '' });
  closeLead(w.desk, { leadId: b, outcome: 'referred', reason: 'r', referredTo: '12377' });
  const [reports, detections, inspections] = await getLeadFigures(w.desk, { from: 0, to: now() + 1 });
  expect(reports).toMatchObject({ received: 2, open: 0, noAction: 1, referred: 1, cases: 0 });
  expect(reports?.toClosing).toBeGreaterThanOrEqual(HOUR);
  expect(detections).toMatchObject({ received: 0, toFirstAction: null });
  expect(inspections).toMatchObject({ received: 1, open: 1 });
});
