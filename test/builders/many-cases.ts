/**
 * A workspace of a size that nobody makes by hand: a million hits and ten thousand cases over imported
 * messages. Rows are sealed as the program seals them. Of the events only the openings of the cases and
 * some made-up changes are written, and of decisions no valid signature.
 */
import { change, newBlockUid, newUid, type Session } from '../../src/core/app/session.ts';
import { categoryOf } from '../../src/core/domain/category.ts';
import { all, get, run } from '../../src/core/storage/database.ts';
import { HitWriter } from '../../src/core/storage/detection/hit-writer.ts';
import { textsAfter } from '../../src/core/storage/detection/judged-texts.ts';
import { packVersions } from '../../src/core/storage/detection/rule-packs.ts';
import { insertRun, updateRun } from '../../src/core/storage/detection/runs.ts';
import type { TestBench } from './bench.ts';
import { addCase, disposition, Rows, type Taken } from './many-case-rows.ts';

/** Hits that a case takes; every hundredth case takes as many as `LARGE`. */
const PER_CASE = 15;
const LARGE = 400;

export interface ManyCases {
  readonly hits: number;
  readonly cases: number;
}

/** Needs a workspace with messages. Answers the ids of a usual and of a large case. */
export function fillCases(made: TestBench, { hits, cases }: ManyCases): { usual: string; large: string } {
  const { session } = made.bench;
  storeHits(session, hits);
  const caseIds = storeCases(session, { hits, cases });
  made.bench.changed('cases', 'hits', 'duties');
  return { usual: caseIds[1] ?? '', large: caseIds[0] ?? '' };
}

function storeHits(session: Session, hits: number): void {
  const { store } = session.workspace;
  const uid = newBlockUid(session);
  const detection = insertRun(store, {
    uid,
    state: 'running',
    packs: '[]',
    engine_version: '1',
    started_at: session.environment.now(),
    finished_at: null,
    up_to_message: 0,
    messages: 0,
    hits,
    added: hits,
    by_category: '{}',
    officer_id: session.officer.id,
  });
  const rules = packVersions(store.db)
    .flatMap(({ pack }) => pack.rules.map((rule) => ({ pack, rule })))
    .filter(({ rule }) => rule.category !== 'pornography' && rule.category !== 'state-secrets');
  const writer = new HitWriter(store, detection.id);
  let written = 0;
  let last = 0;
  while (written < hits) {
    const read = textsAfter(store.db, last, 5000);
    if (!read) throw new Error(`messages for ${written} hits only`);
    last = read.last;
    const texts = read.texts.filter(({ part }) => part === 0).slice(0, hits - written);
    change(session, () =>
      writer.write(
        texts.map((text, index) => {
          const place = written + index;
          const of = rules[(place * 7) % rules.length];
          if (!of) throw new Error('there is no rule');
          const { id, category } = of.rule;
          const { tier } = categoryOf(category);
          const end = Math.min(2, text.text.length);
          return {
            text,
            hit: {
              pack: of.pack.id,
              rule: id,
              ruleVersion: of.pack.version,
              category,
              tier,
              severity: 1 + (place % 5),
              status: place % 5 === 4 ? 'proposal' : 'hit',
              score: 0.5 + (place % 50) / 100,
              start: 0,
              end,
              spans: JSON.stringify([{ start: 0, end, text: text.text.slice(0, end) }]),
              transforms: JSON.stringify(place % 9 === 0 ? ['pinyin'] : []),
            },
          };
        }),
      ),
    );
    written += texts.length;
  }
  updateRun(store, detection.id, {
    state: 'complete',
    finished_at: session.environment.now(),
    up_to_message: get<{ id: number }>(store.db, 'SELECT max(id) AS id FROM messages')?.id ?? 0,
    messages: hits,
  });
}

/** Cases with their hits confirmed, parties, exhibits, duties, decisions, measures and events; leads besides. */
function storeCases(session: Session, { hits, cases }: ManyCases): string[] {
  const { store } = session.workspace;
  const ids: string[] = [];
  const rows = new Rows();
  let from = 0;
  while (ids.length < cases) {
    change(session, () => {
      for (const end = Math.min(cases, ids.length + 250); ids.length < end; ) {
        const taken = all<Taken>(
          store.db,
          `SELECT h.id, h.message_id, m.source_id, s.uid AS source, m.ordinal, r.uid AS run, h.position, h.sender_id,
             h.conversation_id, h.category, h.severity
           FROM hits h JOIN messages m ON m.id = h.message_id JOIN sources s ON s.id = m.source_id
           JOIN detection_runs r ON r.id = h.run_id WHERE h.id > ? AND h.status = 'hit' ORDER BY h.id LIMIT ?`,
          from,
          ids.length % 100 === 0 ? LARGE : PER_CASE,
        );
        from = taken.at(-1)?.id ?? from;
        ids.push(addCase(session, rows, ids.length, taken));
      }
      rows.write(store);
    });
  }
  change(session, () => {
    dispose(session, rows, from, from + Math.floor(hits * 0.3));
    addLeads(session, rows, 5000);
    rows.write(store);
  });
  return ids;
}

/** Gives the hits after those of cases a verdict, one in three confirmed. */
function dispose(session: Session, rows: Rows, from: number, to: number): void {
  const { db } = session.workspace.store;
  const verdict = "CASE WHEN id % 3 = 0 THEN 'confirmed' ELSE 'dismissed' END";
  run(db, `UPDATE hits SET verdict = ${verdict} WHERE id > ? AND id <= ? AND status = 'hit'`, from, to);
  const at = session.environment.now();
  for (const { id, verdict: given } of all<{ id: number; verdict: string }>(
    db,
    "SELECT id, verdict FROM hits WHERE id > ? AND id <= ? AND status = 'hit'",
    from,
    to,
  ))
    rows.add('dispositions', disposition(session, id, given, at));
}

function addLeads(session: Session, rows: Rows, leads: number): void {
  const at = session.environment.now();
  for (let n = 0; n < leads; n++) {
    const state = n % 3 === 0 ? 'closed' : 'received';
    rows.add('leads', {
      id: newUid(session),
      number: n + 1,
      source: ['user-report', 'detection', 'inspection'][n % 3] ?? 'detection',
      state,
      received_at: at - n * 60_000,
      first_action_at: null,
      closed_at: state === 'closed' ? at : null,
      reporter: '',
      contact: '',
      target: `wxid_${n % 1000}`,
      account_id: null,
      conversation_id: null,
      text: `报告 ${n % 2000}`,
      category: null,
      hits: '[]',
      list_row: null,
      outcome: state === 'closed' ? 'no-action' : null,
      case_id: null,
      duplicate_of: null,
      referred_to: '',
      reason: '',
      reply: '',
      replied_at: null,
      officer_id: session.officer.id,
    });
  }
}
