/** The weights of the priority with their history, and the priorities of hits by them. */
import type { PriorityChange, PriorityFormula } from '../../domain/triage.ts';
import { PLAIN, type PriorityFacts, storedPriority } from '../../review/priority.ts';
import { all, type Database, get, prepare, transact } from '../database.ts';
import { insertRow, type Store, updateRow } from '../rows.ts';
import { reachOfRow } from './reach.ts';

interface FormulaRow {
  id: string;
  severity: number;
  reach: number;
  duty: number;
  doubling_days: number | null;
  categories: string;
  reason: string;
  applied: 0 | 1;
  officer_id: string;
  at: number;
}

const toFormula = (row: FormulaRow): PriorityFormula => ({
  severity: row.severity,
  reach: row.reach,
  duty: row.duty,
  doublingDays: row.doubling_days,
  categories: JSON.parse(row.categories) as PriorityFormula['categories'],
});

/** The weights in force. */
export function priorityFormula(db: Database): PriorityFormula {
  const row = get<FormulaRow>(db, 'SELECT * FROM priority_formulas ORDER BY id DESC LIMIT 1');
  return row ? toFormula(row) : PLAIN;
}

/** Every setting of the weights, the latest first. */
export function priorityHistory(db: Database): PriorityChange[] {
  return all<FormulaRow & { officer: string | null }>(
    db,
    'SELECT f.*, o.name AS officer FROM priority_formulas f LEFT JOIN officers o ON o.id = f.officer_id ORDER BY f.id DESC',
  ).map((row) => ({
    ...toFormula(row),
    id: row.id,
    reason: row.reason,
    officer: row.officer ?? row.officer_id,
    at: row.at,
    applied: row.applied === 1,
  }));
}

export function insertFormula(
  store: Store,
  row: { id: string; formula: PriorityFormula; reason: string; officerId: string; at: number },
): void {
  const { severity, reach, duty, doublingDays, categories } = row.formula;
  insertRow(store, 'priority_formulas', {
    id: row.id,
    severity,
    reach,
    duty,
    doubling_days: doublingDays,
    categories: JSON.stringify(categories),
    reason: row.reason,
    applied: 0,
    officer_id: row.officerId,
    at: row.at,
  });
}

/** Every hit has its priority by these weights. */
export function markApplied(store: Store, id: string): void {
  updateRow(store, 'priority_formulas', { id }, { applied: 1 });
}

/** The members that a conversation's hits are weighed by; null where nothing tells. */
export function weighedMembers(db: Database, conversationId: number | null): number | null {
  if (conversationId === null) return null;
  const row = get<{ members: number }>(
    db,
    'SELECT members FROM priority_reach WHERE conversation_id = ?',
    conversationId,
  );
  return row === undefined || row.members === 0 ? null : row.members;
}

/** Notes how many people a conversation has now, unless that is noted already and `anew` is not asked. */
export function noteReach(store: Store, conversationId: number, at: number, anew: boolean): void {
  const { db } = store;
  const known = get<{ members: number }>(
    db,
    'SELECT members FROM priority_reach WHERE conversation_id = ?',
    conversationId,
  );
  if (known && !anew) return;
  const members = reachOfRow(db, conversationId);
  if (known?.members === members) return;
  if (known) updateRow(store, 'priority_reach', { conversation_id: conversationId }, { members, at });
  else insertRow(store, 'priority_reach', { conversation_id: conversationId, members, at });
}

/** Row ids of all conversations with hits. */
export function conversationsWithHits(db: Database): number[] {
  return all<{ id: number }>(
    db,
    'SELECT id FROM conversations c WHERE EXISTS (SELECT 1 FROM hits h WHERE h.conversation_id = c.id)',
  ).map(({ id }) => id);
}

/** Gives the priority of each new hit of a run, with the reach of conversations noted as they are met. */
export function priorityWriter(
  store: Store,
  runId: number,
): (hit: Omit<PriorityFacts, 'members' | 'foundAt'> & { conversationId: number | null }) => number {
  const formula = priorityFormula(store.db);
  const foundAt =
    get<{ at: number }>(store.db, 'SELECT started_at AS at FROM detection_runs WHERE id = ?', runId)?.at ?? 0;
  const members = new Map<number, number | null>();
  const membersOf = (conversation: number | null) => {
    if (formula.reach === 0 || conversation === null) return null;
    let known = members.get(conversation);
    if (known === undefined) {
      noteReach(store, conversation, foundAt, false);
      known = weighedMembers(store.db, conversation);
      members.set(conversation, known);
    }
    return known;
  };
  return ({ conversationId, ...hit }) =>
    storedPriority(formula, { ...hit, foundAt, members: membersOf(conversationId) });
}

interface WeighedRow {
  id: number;
  category: string;
  severity: number;
  score: number;
  priority: number;
  conversation_id: number | null;
  started_at: number;
}

/** Hits weighed in one piece: some 30 milliseconds. */
const PIECE = 1000;

/** Gives every hit its priority by the weights in force, a piece a step; yields how many are done. */
export function* weighHits(store: Store): Generator<{ done: number; total: number }> {
  const { db } = store;
  const formula = priorityFormula(db);
  const total = get<{ n: number | null }>(db, 'SELECT sum(hits) AS n FROM hit_totals')?.n ?? 0;
  const write = prepare(db, 'UPDATE hits SET priority = ? WHERE id = ?');
  const members = new Map(
    all<{ id: number; members: number }>(db, 'SELECT conversation_id AS id, members FROM priority_reach').map(
      ({ id, members: count }) => [id, count],
    ),
  );
  let done = 0;
  for (let after = 0; ; ) {
    const rows = all<WeighedRow>(
      db,
      `SELECT h.id, h.category, h.severity, h.score, h.priority, h.conversation_id, r.started_at FROM hits h
       JOIN detection_runs r ON r.id = h.run_id WHERE h.id > ? ORDER BY h.id LIMIT ${PIECE}`,
      after,
    );
    if (rows.length === 0) return;
    transact(db, () => {
      for (const row of rows) {
        const priority = storedPriority(formula, {
          ...row,
          foundAt: row.started_at,
          members: formula.reach === 0 ? null : (members.get(row.conversation_id ?? 0) ?? null) || null,
        });
        if (priority !== row.priority) write.run(priority, row.id);
      }
    });

    after = rows.at(-1)?.id ?? after;
    done += rows.length;
    yield { done, total };
  }
}

/**
 * Hits whose stored priority does not follow from the weights in force; none are looked at while the latest
 * weights are not applied yet.
 */
export function* wrongPriorities(db: Database): Generator<number> {
  const latest = priorityHistory(db)[0];
  if (latest && !latest.applied) return;
  const formula = priorityFormula(db);
  const rows = db
    .prepare(
      `SELECT h.id, h.category, h.severity, h.score, h.priority, h.conversation_id, r.started_at, p.members FROM hits h
       JOIN detection_runs r ON r.id = h.run_id LEFT JOIN priority_reach p ON p.conversation_id = h.conversation_id`,
    )
    .iterate() as Iterable<WeighedRow & { members: number | null }>;
  for (const row of rows) {
    const expected = storedPriority(formula, {
      ...row,
      foundAt: row.started_at,
      members: formula.reach === 0 ? null : row.members || null,
    });
    if (!(Math.abs(row.priority - expected) <= 1e-9 * Math.max(Math.abs(expected), 1e-300))) yield row.id;
  }
}
