import { afterEach, beforeEach, expect, test } from 'vitest';
import { newBlockUid } from '../../src/core/app/session.ts';
import { CHECKS, runCheck } from '../../src/core/storage/check/check.ts';
import { all, get, run } from '../../src/core/storage/database.ts';
import { type FoundOn, foundHit } from '../../src/core/storage/detection/found-hit.ts';
import { HitWriter } from '../../src/core/storage/detection/hit-writer.ts';
import { textsAfter } from '../../src/core/storage/detection/judged-texts.ts';
import { insertRun } from '../../src/core/storage/detection/runs.ts';
import { type CaseWorkspace, caseWorkspace } from '../builders/case-workspace.ts';

let made: CaseWorkspace;
beforeEach(() => {
  made = caseWorkspace();
  made.tell(
    ['加微信 abc123', '好的', '包夜', '百家乐'].map((text, index) => ({ by: `甲${index % 2}`, text })),
  );
});
afterEach(() => made.close());

const db = () => made.session.workspace.store.db;

function newRun(): number {
  return insertRun(made.session.workspace.store, {
    uid: newBlockUid(made.session),
    state: 'complete',
    packs: '[]',
    engine_version: '1',
    started_at: made.session.environment.now(),
    finished_at: null,
    up_to_message: 0,
    messages: 0,
    hits: 0,
    added: 0,
    by_category: '{}',
    officer_id: made.session.officer.id,
  }).id;
}

/** A finding of one rule on each message that is named by its place. */
function findings(
  places: readonly number[],
  rule = 'gambling.offer',
  status: 'hit' | 'proposal' = 'hit',
): FoundOn[] {
  const { texts } = textsAfter(db(), 0, 100) ?? { texts: [] };
  return places.map((place) => {
    const text = texts[place];
    if (!text) throw new Error(`no message ${place}`);
    const fixed = {
      pack: 'p',
      ruleVersion: '1',
      category: 'gambling',
      tier: 'illegal',
      severity: 3,
    } as const;
    const hit = { ...fixed, rule, status, score: 0.9, start: 0, end: 2, transforms: ['width'] };
    return { text, hit: foundHit(hit, [{ start: 0, end: 2, text: text.text.slice(0, 2) }]) };
  });
}

const write = (found: readonly FoundOn[], id = newRun()) =>
  new HitWriter(made.session.workspace.store, id).write(found);
const hits = () => all<{ message_id: number }>(db(), 'SELECT message_id FROM hits ORDER BY id').length;

/** Everything that the whole check says. */
function said(): string[] {
  return CHECKS.flatMap((check) => {
    const found: string[] = [];
    const steps = runCheck(check, made.session.workspace.store);
    for (let step = steps.next(); ; step = steps.next()) {
      if (!step.done) continue;
      found.push(...step.value.failures.map(({ reason }) => reason));
      return found;
    }
  });
}

test('a finding that comes twice in a batch is stored once', () => {
  expect(write(findings([0, 1, 0, 0]))).toBe(2);
  expect(hits()).toBe(2);
  expect(all(db(), 'SELECT * FROM sightings')).toHaveLength(2);
  expect(said()).toEqual([]);
});

test('a later run sees what is known again, stores what is new, in any order, and both keep their seals', () => {
  expect(write(findings([2, 0]))).toBe(2);
  const later = newRun();
  expect(write(findings([3, 0, 2, 1]), later)).toBe(2);
  expect(hits()).toBe(4);
  expect(all(db(), 'SELECT hit_id FROM sightings WHERE run_id = ? ORDER BY hit_id', later)).toHaveLength(4);
  expect(said()).toEqual([]);
});

test('two writers that began together store a finding once', () => {
  const { store } = made.session.workspace;
  const writers = [newRun(), newRun()].map((id) => new HitWriter(store, id));
  expect(writers.map((writer) => writer.write(findings([1, 3])))).toEqual([2, 0]);
  expect(hits()).toBe(2);
  expect(said()).toEqual([]);
});

test('counts follow hits that are stored, judged and taken away', () => {
  write([...findings([0, 1]), ...findings([1, 2], 'gambling.other', 'proposal')]);
  write(findings([0, 3]));
  const totals = () =>
    all(db(), 'SELECT rule, status, verdict, hits FROM hit_totals WHERE hits > 0 ORDER BY rule, verdict');
  expect(totals()).toEqual([
    { rule: 'gambling.offer', status: 'hit', verdict: '', hits: 3 },
    { rule: 'gambling.other', status: 'proposal', verdict: '', hits: 2 },
  ]);
  run(db(), "UPDATE hits SET verdict = 'dismissed' WHERE id = 1");
  run(db(), 'DELETE FROM sightings WHERE hit_id = 2');
  run(db(), 'DELETE FROM hits WHERE id = 2');
  expect(totals()).toEqual([
    { rule: 'gambling.offer', status: 'hit', verdict: '', hits: 1 },
    { rule: 'gambling.offer', status: 'hit', verdict: 'dismissed', hits: 1 },
    { rule: 'gambling.other', status: 'proposal', verdict: '', hits: 2 },
  ]);
  expect(get(db(), 'SELECT sum(hits) AS n FROM hit_slot_totals')).toEqual({ n: 4 });
});

test('hits without a verdict are not in the index of verdicts, which a list of dismissed hits uses', () => {
  const plan = all<{ detail: string }>(
    db(),
    `EXPLAIN QUERY PLAN SELECT id FROM hits h INDEXED BY hits_by_verdict
     WHERE h.verdict IS NOT NULL AND coalesce(h.verdict, '') = 'dismissed' ORDER BY priority DESC, id DESC LIMIT 10`,
  );
  expect(plan.map(({ detail }) => detail).join()).toMatch(
    /SEARCH h USING INDEX hits_by_verdict \(<expr>=\?\)$/,
  );
});
