import { get, prepare } from '../database.ts';
import { rowContent } from '../messages/batch-content.ts';
import { insertRows, type Store, sealBatch } from '../rows.ts';
import type { FoundOn } from './found-hit.ts';
import { NewHits } from './hit-totals.ts';
import { priorityWriter } from './priority.ts';

/** Stores the hits of one run. A finding that is known (same text, rule and span) becomes a sighting. */
export class HitWriter {
  readonly #store: Store;
  readonly #runId: number;
  readonly #priority: ReturnType<typeof priorityWriter>;
  /** Messages behind this one had no hit before this run. */
  readonly #lastKnown: number;
  #position = 0;

  constructor(store: Store, runId: number) {
    this.#store = store;
    this.#runId = runId;
    this.#priority = priorityWriter(store, runId);
    this.#lastKnown =
      get<{ last: number | null }>(store.db, 'SELECT max(message_id) AS last FROM hits')?.last ?? 0;
  }

  /** Stores a batch; answers how many were new. Call inside a transaction. */
  write(found: readonly FoundOn[]): number {
    const { db } = this.#store;
    const find = prepare(
      db,
      'SELECT id FROM hits WHERE message_id = ? AND part = ? AND rule = ? AND start = ? AND end = ? AND pack = ?',
    );
    const findOther = prepare(
      db,
      'SELECT id FROM hits WHERE subject_uid = ? AND part = ? AND rule = ? AND start = ? AND end = ? AND pack = ?',
    );
    const insert = prepare(
      db,
      `INSERT INTO hits (run_id, position, subject_type, message_id, part, subject_uid, act, pack, rule, rule_version,
         category, tier, severity, status, score, start, end, spans, transforms, conversation_id, sender_id, sort_at, priority)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
    );
    const see = prepare(
      db,
      'INSERT OR IGNORE INTO sightings (run_id, hit_id, rule_version) VALUES (?, ?, ?)',
    );
    const first = this.#position;
    const seen: { id: number; version: string }[] = [];
    const counted = new NewHits();
    let content = '';
    for (const { text, hit, members } of found) {
      const known = (): boolean => {
        const owner = text.subject?.uid ?? text.messageId;
        const id = (text.subject ? findOther : find).get(
          owner,
          text.part,
          hit.rule,
          hit.start,
          hit.end,
          hit.pack,
        ) as { id: number } | undefined;
        if (id) seen.push({ id: id.id, version: hit.ruleVersion });
        return id !== undefined;
      };
      const mayBeKnown = text.messageId === null || text.messageId <= this.#lastKnown;
      if (mayBeKnown && known()) continue;
      const fixed = [
        this.#position,
        text.subject?.type ?? 'message',
        text.messageId,
        text.part,
        text.subject?.uid ?? null,
        text.act,
        hit.pack,
        hit.rule,
        hit.ruleVersion,
        hit.category,
        hit.tier,
        hit.severity,
        hit.status,
        hit.score,
        hit.start,
        hit.end,
        hit.spans,
        hit.transforms,
        text.conversationId,
        text.senderId,
      ];
      const { category, severity, score } = hit;
      const priority = this.#priority({ category, severity, score, conversationId: text.conversationId });
      const result = insert.run(this.#runId, ...fixed, text.sortAt, priority);
      if (result.changes === 0) {
        known();
        continue;
      }
      counted.add(hit, text.sortAt);
      const hitId = Number(result.lastInsertRowid);
      seen.push({ id: hitId, version: hit.ruleVersion });
      if (members && members.length > 1) {
        const rows = members.map(({ messageId, start, end }, position) => ({
          hit_id: hitId,
          position,
          message_id: messageId,
          start,
          end,
        }));
        insertRows(this.#store, 'hit_members', rows);
      }
      content += rowContent(fixed);
      this.#position++;
    }
    const added = this.#position - first;
    if (added > 0) {
      counted.write(db);
      this.#seal('hits', first, this.#position - 1, added, content);
    }
    const sightings = new Map(seen.map(({ id, version }) => [id, version]));
    const ids = [...sightings.keys()].sort((a, b) => a - b);
    for (const id of ids) see.run(this.#runId, id, sightings.get(id));
    this.#sealSightings(ids, sightings);
    return added;
  }

  /** A re-run meets hits in an order of their own, so a batch of sightings is sealed in unbroken runs of ids. */
  #sealSightings(ids: readonly number[], versions: ReadonlyMap<number, string>): void {
    let from = 0;
    while (from < ids.length) {
      let to = from;
      while (to + 1 < ids.length && ids[to + 1] === (ids[to] ?? 0) + 1) to++;
      const part = ids.slice(from, to + 1);
      this.#seal(
        'sightings',
        part[0] ?? 0,
        part.at(-1) ?? 0,
        part.length,
        part.map((id) => rowContent([id, versions.get(id)])).join(''),
      );
      from = to + 1;
    }
  }

  #seal(scope: string, first: number, last: number, rows: number, content: string): void {
    sealBatch(this.#store, { scope, owner: this.#runId, first, last, rows }, content);
  }
}
