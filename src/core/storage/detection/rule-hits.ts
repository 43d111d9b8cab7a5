/** Hits with their texts, for what looks at many of them at once. */
import type { MeterRow } from '../../domain/backtest.ts';
import type { CategoryId } from '../../domain/category.ts';
import type { HitStatus, Verdict } from '../../domain/hit.ts';
import { uidInBlock } from '../../domain/uid.ts';
import { all, type Database, type Value } from '../database.ts';
import { CONVERSATION_LABEL } from '../messages/messages.ts';
import { visibleHits } from './hits.ts';

export interface RuleHit {
  readonly uid: string;
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly verdict: Verdict | null;
}

const TEXT = `coalesce((SELECT text FROM carried_texts t WHERE t.message_id = h.message_id AND t.part = h.part),
  (SELECT text FROM messages t WHERE t.id = h.message_id),
  (SELECT text FROM hit_subjects t WHERE t.uid = h.subject_uid AND t.part = h.part), '')`;

/** Hits of a rule with their texts; at most 20,000. */
export function ruleHits(db: Database, pack: string, rule: string): RuleHit[] {
  return all<Omit<RuleHit, 'uid'> & { run_uid: string; position: number }>(
    db,
    `SELECT r.uid AS run_uid, h.position, h.start, h.end, h.verdict, ${TEXT} AS text
     FROM hits h JOIN detection_runs r ON r.id = h.run_id WHERE h.pack = ? AND h.rule = ? AND ${visibleHits(db)}
     ORDER BY h.id LIMIT 20000`,
    pack,
    rule,
  ).map(({ run_uid, position, ...hit }) => ({ ...hit, uid: uidInBlock(run_uid, position) }));
}

export interface OpenHit {
  readonly uid: string;
  readonly category: CategoryId;
  readonly rule: string;
  readonly text: string;
  readonly sender: number | null;
  readonly conversation: number | null;
  readonly at: number;
}

/** Hits read in one step: some ten milliseconds. */
const PAGE = 5000;

/** Hits without a verdict, or unsure, in pages in the order of their rows. */
export function* openHits(
  db: Database,
  filter: { readonly category: CategoryId | null; readonly status: HitStatus | null },
): Generator<OpenHit[]> {
  const visible = visibleHits(db);
  for (let after = 0; ; ) {
    const rows = all<Omit<OpenHit, 'uid'> & { id: number; run_uid: string; position: number }>(
      db,
      `SELECT h.id, r.uid AS run_uid, h.position, h.category, h.rule, ${TEXT} AS text, h.sender_id AS sender,
         h.conversation_id AS conversation, h.sort_at AS at
       FROM hits h JOIN detection_runs r ON r.id = h.run_id
       WHERE h.id > ? AND (h.verdict IS NULL OR h.verdict = 'unsure') AND h.category = coalesce(?, h.category)
         AND h.status = coalesce(?, h.status) AND ${visible}
       ORDER BY h.id LIMIT ${PAGE}`,
      after,
      filter.category,
      filter.status,
    );
    yield rows.map(({ id: _, run_uid, position, ...hit }) => ({
      ...hit,
      uid: uidInBlock(run_uid, position),
    }));
    if (rows.length < PAGE) return;
    after = (rows.at(-1) as { id: number }).id;
  }
}

type MeterBy = 'sender' | 'conversation' | 'category' | 'act' | 'day' | 'month';

/** What each grouping groups by. `offset`: milliseconds from UTC to the workstation's zone. */
const groupsOf = (offset: number): Record<MeterBy, string> => ({
  sender: 'h.sender_id',
  conversation: 'h.conversation_id',
  category: 'h.category',
  act: 'h.act',
  day: `date((h.sort_at + ${Math.trunc(offset)}) / 1000, 'unixepoch')`,
  month: `strftime('%Y-%m', (h.sort_at + ${Math.trunc(offset)}) / 1000, 'unixepoch')`,
});

/** Counts of hits that nobody dismissed, grouped, the largest first. */
export function meter(
  db: Database,
  by: readonly MeterBy[],
  filter: { category: CategoryId | null; status: HitStatus | null; from: number; to: number },
  offset: number,
  limit: number,
): MeterRow[] {
  const window = by.includes('day') ? 'day' : by.includes('month') ? 'month' : null;
  const column = (name: MeterBy, sql: string) => (by.includes(name) ? sql : 'NULL');
  const groups = groupsOf(offset);
  const values: Value[] = [filter.from, filter.to, filter.category, filter.status, limit];
  return all<MeterRow>(
    db,
    `SELECT g.hits, g.messages, g.confirmed, g.category, g.act, g.window,
       a.uid AS senderId, coalesce(a.name, a.platform_id) AS sender, c.uid AS conversationId,
       ${CONVERSATION_LABEL} AS conversation
     FROM (SELECT ${column('sender', 'h.sender_id')} AS s, ${column('conversation', 'h.conversation_id')} AS k,
         ${column('category', 'h.category')} AS category, ${column('act', 'h.act')} AS act,
         ${window ? groups[window] : 'NULL'} AS window, count(*) AS hits, count(DISTINCT h.message_id) AS messages,
         sum(h.verdict IS 'confirmed') AS confirmed
       FROM hits h WHERE h.verdict IS NOT 'dismissed' AND h.verdict IS NOT 'duplicate'
         AND h.sort_at >= ? AND h.sort_at < ?
         AND h.category = coalesce(?, h.category) AND h.status = coalesce(?, h.status) AND ${visibleHits(db)}
       GROUP BY ${by.map((name) => groups[name]).join(', ')} ORDER BY hits DESC LIMIT ?) g
     LEFT JOIN accounts a ON a.id = g.s LEFT JOIN conversations c ON c.id = g.k ORDER BY g.hits DESC`,
    ...values,
  );
}
