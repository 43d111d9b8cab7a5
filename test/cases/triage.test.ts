/** How the queue is worked on: its order, who has what, whose names are covered. */
import { afterEach, describe, expect, it } from 'vitest';
import { openCase, updateCase } from '../../src/core/app/cases/cases.ts';
import { explainPriority, priorityState, setPriority } from '../../src/core/app/review/priority.ts';
import { disposeHits } from '../../src/core/app/review/review.ts';
import {
  coverHits,
  dropFilter,
  keepFilter,
  listFilters,
  listWork,
  releaseWork,
  revealSender,
  setTriageMode,
  takeWork,
} from '../../src/core/app/review/triage.ts';
import type { PriorityFormula } from '../../src/core/domain/triage.ts';
import {
  PRIORITY_EPOCH,
  type PriorityFacts,
  priorityFactors,
  storedPriority,
} from '../../src/core/review/priority.ts';
import { listHits } from '../../src/core/storage/detection/hit-listing.ts';
import { hitsByIds } from '../../src/core/storage/detection/hits.ts';
import { wrongPriorities } from '../../src/core/storage/detection/priority.ts';
import { type CaseWorkspace, caseWorkspace } from '../builders/case-workspace.ts';

const DAY = 86_400_000;
const failing = (code: string) => expect.objectContaining({ code });
let w: CaseWorkspace;
afterEach(() => w?.close());

const PLAIN: PriorityFormula = { severity: 1, reach: 0, duty: 0, doublingDays: null, categories: [] };
const FACTS: PriorityFacts = { category: 'gambling', severity: 4, score: 0.5, members: 1000, foundAt: 0 };

describe('the priority of a hit', () => {
  it.each<[string, Partial<PriorityFormula>, Partial<PriorityFacts>, number, number]>([
    ['severity times certainty', {}, {}, 0, 2],
    ['severity counting double', { severity: 2 }, {}, 0, 8],
    ['severity left out', { severity: 0 }, {}, 0, 0.5],
    ['each tenfold of people', { reach: 0.5 }, {}, 0, 2 * 2.5],
    ['one person adds nothing', { reach: 0.5 }, { members: 1 }, 0, 2],
    ['nobody knows how many', { reach: 0.5 }, { members: null }, 0, 2],
    ['a duty to report', { duty: 1, categories: ['gambling'] }, {}, 0, 4],
    ['no duty to report', { duty: 1, categories: ['fraud'] }, {}, 0, 2],
    ['waiting once the days', { doublingDays: 30 }, {}, 30 * DAY, 4],
    ['waiting half of them', { doublingDays: 30 }, {}, 15 * DAY, 2 * Math.SQRT2],
  ])('%s', (_, formula, facts, now, value) => {
    expect(priorityFactors({ ...PLAIN, ...formula }, { ...FACTS, ...facts }, now).value).toBeCloseTo(
      value,
      9,
    );
  });

  it('keeps the order of two hits while time passes', () => {
    const formula = { ...PLAIN, doublingDays: 10 };
    const early = { ...FACTS, severity: 2, foundAt: PRIORITY_EPOCH };
    const late = { ...FACTS, severity: 3, foundAt: PRIORITY_EPOCH + 9 * DAY };
    const before = Math.sign(storedPriority(formula, early) - storedPriority(formula, late));
    for (const now of [0, 10 * DAY, 1000 * DAY].map((days) => PRIORITY_EPOCH + days))
      expect(
        Math.sign(priorityFactors(formula, early, now).value - priorityFactors(formula, late, now).value),
      ).toBe(before);
  });
});

const job = () => ({
  id: 'j',
  signal: new AbortController().signal,
  report: () => undefined,
  check: () => undefined,
});
const queue = async () =>
  (await listHits(w.desk.reading, {}, { by: 'priority', descending: true }, null, 10, async () => undefined))
    .rows;

function two() {
  w = caseWorkspace();
  w.tell(
    Array.from({ length: 30 }, (_, n) => ({ by: `人${n}`, text: `出货${n}` })),
    { conversation: '大群' },
  );
  const [big = ''] = w.find([{ on: 0, category: 'off-topic', severity: 2 }]);
  w.tell([{ by: '张伟', text: '骂人' }], { conversation: '小群' });
  const [grave = ''] = w.find([{ on: 0, category: 'abuse', severity: 3 }]);
  return { big, grave };
}

describe('the weights', () => {
  it('move the queue, are kept with their reason, and a check finds every priority right', async () => {
    const { big, grave } = two();
    expect((await queue()).map(({ id }) => id)).toEqual([grave, big]);
    const set = { severity: 1, reach: 2, duty: 0, doublingDays: 30 };
    const state = await setPriority(w.desk, job(), { jobId: 'j', formula: set, reason: '影响面优先' });
    expect(state.history).toMatchObject([{ reason: '影响面优先', officer: '陈静', applied: true, reach: 2 }]);
    expect((await queue()).map(({ id }) => id)).toEqual([big, grave]);
    expect(explainPriority(w.desk, big)).toMatchObject({ severity: 2, members: 30 });
    expect([...wrongPriorities(w.session.workspace.store.db)]).toEqual([]);
    // What is found afterwards is weighed alike.
    w.tell([{ by: '王强', text: '出货' }], { conversation: '大群' });
    w.find([{ on: 0, category: 'off-topic', severity: 2 }]);
    expect([...wrongPriorities(w.session.workspace.store.db)]).toEqual([]);
    expect(w.brokenSeals()).toEqual([]);
    await expect(setPriority(w.desk, job(), { jobId: 'j', formula: set, reason: '再来' })).rejects.toEqual(
      failing('conflict'),
    );
  });

  it('that were cut off stay marked until they are set again', async () => {
    two();
    const stopped = new AbortController();
    stopped.abort();
    const set = { severity: 2, reach: 0, duty: 0, doublingDays: null };
    await expect(
      setPriority(
        w.desk,
        { ...job(), signal: stopped.signal },
        { jobId: 'j', formula: set, reason: '严重优先' },
      ),
    ).rejects.toEqual(failing('cancelled'));
    expect(priorityState(w.desk).history[0]?.applied).toBe(false);
    await setPriority(w.desk, job(), { jobId: 'j', formula: set, reason: '继续' });
    expect(priorityState(w.desk).history[0]?.applied).toBe(true);
    expect([...wrongPriorities(w.session.workspace.store.db)]).toEqual([]);
  });
});

describe('what an officer has taken on', () => {
  it('is shown, is decided by nobody else, and is free again once decided', () => {
    const { grave } = two();
    const subject = { type: 'hit' as const, id: grave };
    takeWork(w.desk, { subject, hours: 8, reason: '' });
    expect(listWork(w.desk)).toMatchObject([{ subject, officer: '陈静' }]);
    const other = { ...w.desk, session: { ...w.session, officer: w.second } };
    const dispose = (session: typeof w.session) =>
      disposeHits(session, w.desk.reading, { hitIds: [grave], verdict: 'confirmed', note: '' });
    expect(() => dispose(other.session)).toThrow(failing('in-work'));
    expect(() => takeWork(other, { subject, hours: 8, reason: '' })).toThrow(failing('in-work'));
    expect(() => releaseWork(other, { subject })).toThrow(failing('in-work'));
    dispose(w.session);
    expect(listWork(w.desk)).toEqual([]);
  });

  it('is taken over with a reason, and is free when the time is over', () => {
    const { grave } = two();
    const subject = { type: 'hit' as const, id: grave };
    takeWork(w.desk, { subject, hours: 1, reason: '' });
    const other = { ...w.desk, session: { ...w.session, officer: w.second } };
    expect(takeWork(other, { subject, hours: 1, reason: '休假交接' })).toMatchObject([{ officer: '林岚' }]);
    w.wait(DAY);
    expect(listWork(w.desk)).toEqual([]);
    takeWork(w.desk, { subject, hours: 1, reason: '' });
    expect(releaseWork(w.desk, { subject })).toEqual([]);
    expect(w.brokenSeals()).toEqual([]);
  });

  it('holds for a case: nobody else changes it', () => {
    const { grave } = two();
    w.confirm([grave]);
    const { summary } = openCase(w.desk, { hitIds: [grave] });
    takeWork(w.desk, { subject: { type: 'case', id: summary.id }, hours: 8, reason: '' });
    const other = { ...w.desk, session: { ...w.session, officer: w.second } };
    expect(() => updateCase(other, { caseId: summary.id, note: '改' })).toThrow(failing('in-work'));
    expect(updateCase(w.desk, { caseId: summary.id, note: '改' }).note).toBe('改');
  });
});

describe('covered names', () => {
  it('stand under the same alias everywhere until somebody uncovers them with a reason', () => {
    const { big, grave } = two();
    const hits = () => coverHits(w.session, hitsByIds(w.desk.reading, [big, grave]));
    expect(hits()[1]?.sender).toBe('张伟');
    setTriageMode(w.session, { covered: true, reason: '隐名研判' });
    const [one, other] = hits();
    expect(one?.sender).toMatch(/^#[0-9A-F]{6}$/);
    expect(one?.conversation).toMatch(/^#[0-9A-F]{6}$/);
    expect(other?.sender).not.toBe(one?.sender);
    expect(hits()[0]?.sender).toBe(one?.sender);
    revealSender(w.desk, { hitId: grave, reason: '核对名册' });
    expect(hits().map(({ sender }) => sender)).toEqual([one?.sender, '张伟']);
    setTriageMode(w.session, { covered: false, reason: '结束' });
    expect(hits()[0]?.sender).toBe('人0');
    expect(w.brokenSeals()).toEqual([]);
  });

  it('are shown in a case', () => {
    const { grave } = two();
    setTriageMode(w.session, { covered: true, reason: '隐名研判' });
    w.confirm([grave]);
    openCase(w.desk, { hitIds: [grave] });
    expect(coverHits(w.session, hitsByIds(w.desk.reading, [grave]))[0]?.sender).toBe('张伟');
  });
});

describe('a kept filter', () => {
  it('stands under its name on its screen, and the same name replaces it', () => {
    two();
    const keep = (search: string) => keepFilter(w.desk, { screen: 'review', name: '最急', search });
    keep('{"severity":5}');
    expect(keep('{"severity":4}')).toMatchObject([
      { name: '最急', search: '{"severity":4}', officer: '陈静' },
    ]);
    expect(listFilters(w.desk, { screen: 'cases' })).toEqual([]);
    const [filter] = listFilters(w.desk, { screen: 'review' });
    expect(dropFilter(w.desk, { filterId: filter?.id ?? '' })).toEqual([]);
    expect(() => dropFilter(w.desk, { filterId: filter?.id ?? '' })).toThrow(failing('not-found'));
  });
});
