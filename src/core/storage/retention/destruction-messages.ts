/**
 * Emptying the messages of sources, a few at a time, so that the host can answer others in between and a crash
 * loses nothing: each step is exact by itself, and says where the next one begins. Rows that hold the ledger,
 * the digests and the history together stay, emptied; everything that says what was written goes. Steps are
 * called inside transactions, with `secure_delete` on.
 */

import { HIT_COLUMNS } from '../check/check.ts';
import { all, type Database, get, type Row, run } from '../database.ts';
import { rowContent } from '../messages/batch-content.ts';
import { deleteRow, keyed, type Store, updateRow } from '../rows.ts';

/** Row ids of messages that the step under way empties. */
const DOOMED = 'temp.doomed_messages';
/** Sources whose content goes, and those whose content went before. */
const GOING = 'temp.going_sources';
const GONE = 'temp.gone_sources';

/** Messages of one step: some milliseconds. */
const STEP = 128;

interface EmptiedCounts {
  readonly messages: number;
  /** Messages that another source holds too. */
  readonly kept: number;
  readonly attachments: number;
  readonly rows: number;
}

/** Where a step begins: so many sources are through, and the next one up to an ordinal. */
export interface MessagePlace {
  readonly source: number;
  readonly after: number;
}

/** Names the sources that go to the steps below, on this connection, until the next call. */
export function nameGoing(db: Database, sourceIds: readonly number[]): void {
  db.exec(`DROP TABLE IF EXISTS ${GOING}; DROP TABLE IF EXISTS ${GONE}; DROP TABLE IF EXISTS ${DOOMED};
    CREATE TEMP TABLE going_sources (id INTEGER PRIMARY KEY);
    CREATE TEMP TABLE gone_sources (id INTEGER PRIMARY KEY);
    CREATE TEMP TABLE doomed_messages (id INTEGER PRIMARY KEY);
    INSERT INTO ${GONE} SELECT source_id FROM destroyed_sources;`);
  for (const id of sourceIds) {
    db.prepare(`INSERT INTO ${GOING} VALUES (?)`).run(id);
    db.prepare(`INSERT OR IGNORE INTO ${GONE} VALUES (?)`).run(id);
  }
}

interface Placed {
  ordinal: number;
  message_id: number;
  /** Another source holds it too. */
  kept: number;
  /** An earlier place among the sources that go stands for it. */
  again: number;
}

/**
 * The next places of a source's messages. A message counts at its first place among the sources that go, which
 * are taken in the order of their row ids.
 */
function placed(db: Database, sourceId: number, after: number, limit: number): Placed[] {
  return all<Placed>(
    db,
    `SELECT o.ordinal, o.message_id,
       EXISTS (SELECT 1 FROM message_occurrences x WHERE x.message_id = o.message_id
         AND x.source_id NOT IN (SELECT id FROM ${GONE})) AS kept,
       EXISTS (SELECT 1 FROM message_occurrences y WHERE y.message_id = o.message_id
         AND (y.source_id < o.source_id OR (y.source_id = o.source_id AND y.ordinal < o.ordinal))
         AND y.source_id IN (SELECT id FROM ${GOING})) AS again
     FROM message_occurrences o WHERE o.source_id = ? AND o.ordinal > ? ORDER BY o.ordinal LIMIT ?`,
    sourceId,
    after,
    limit,
  );
}

const doomedOf = (rows: readonly Placed[]): number[] =>
  rows.filter(({ kept, again }) => kept === 0 && again === 0).map((row) => row.message_id);

/** Messages that one step of counting looks at. */
const COUNTED = 2000;

/** Counts what would go with the sources; yields between steps of some milliseconds. `nameGoing` first. */
export function* countDoomed(db: Database, sourceIds: readonly number[]): Generator<void, EmptiedCounts> {
  const counts = { messages: 0, kept: 0, attachments: 0, rows: 0 };
  for (const id of sourceIds) {
    for (let after = -1; ; ) {
      const rows = placed(db, id, after, COUNTED);
      const doomed = doomedOf(rows);
      counts.messages += doomed.length;
      counts.kept += rows.filter(({ kept, again }) => kept === 1 && again === 0).length;
      counts.attachments +=
        get<{ n: number }>(
          db,
          'SELECT count(*) AS n FROM attachments WHERE message_id IN (SELECT value FROM json_each(?))',
          JSON.stringify(doomed),
        )?.n ?? 0;
      const last = rows.at(-1);
      if (!last) break;
      after = last.ordinal;
      yield;
    }
  }
  return counts;
}

/** Batches of hits whose digest has to be taken anew at the end of the transaction. */
export type TouchedHits = Map<
  string,
  { readonly owner: number; readonly first: number; readonly last: number }
>;

/** Empties the next messages; answers what it counted and where to go on, null where nothing is left. */
export function emptyNext(
  store: Store,
  sourceIds: readonly number[],
  { source, after }: MessagePlace,
  hits: TouchedHits,
): { counts: EmptiedCounts; done: number; place: MessagePlace | null } {
  const { db } = store;
  const none = { messages: 0, kept: 0, attachments: 0, rows: 0 };
  const id = sourceIds[source];
  if (id === undefined) return { counts: none, done: 0, place: null };
  const rows = placed(db, id, after, STEP);
  const last = rows.at(-1);
  if (!last) return { counts: none, done: 0, place: { source: source + 1, after: -1 } };
  const doomed = doomedOf(rows);
  const counts = {
    messages: doomed.length,
    kept: rows.filter(({ kept, again }) => kept === 1 && again === 0).length,
    ...(doomed.length > 0 ? empty(store, doomed, hits) : { attachments: 0, rows: 0 }),
  };
  return { counts, done: rows.length, place: { source, after: last.ordinal } };
}

function empty(
  store: Store,
  ids: readonly number[],
  hits: TouchedHits,
): Pick<EmptiedCounts, 'attachments' | 'rows'> {
  const { db } = store;
  const doomed = `(SELECT id FROM ${DOOMED})`;
  run(db, `DELETE FROM ${DOOMED}`);
  run(db, `INSERT INTO ${DOOMED} SELECT value FROM json_each(?)`, JSON.stringify(ids));
  emptyHits(db, hits);
  run(db, `DELETE FROM carried_texts WHERE message_id IN ${doomed}`);
  forgetMedia(db);
  let rows = deleteRows(store, 'media_matches', ['message_id', 'position'], `message_id IN ${doomed}`);
  const attachments = run(db, `DELETE FROM attachments WHERE message_id IN ${doomed}`).changes;
  rows += forgetLinks(store, doomed);
  const ends = endsOf(db);
  run(
    db,
    `UPDATE messages SET sender_name = NULL, platform_id = NULL, sent_text = '', instant = NULL,
       wall_time = NULL, sent_at = NULL, sort_at = 0, kind = 'other', text = '', forwarded = 0, refers_to = NULL,
       edited_text = NULL, extra = NULL WHERE id IN ${doomed}`,
  );
  run(db, `UPDATE hits SET sort_at = 0 WHERE message_id IN ${doomed} AND sort_at <> 0`);
  for (const end of ends) moveEnds(db, end);
  run(db, 'DELETE FROM search_blocks WHERE first <= ? AND last >= ?', Math.max(...ids), Math.min(...ids));
  return { attachments, rows };
}

function deleteRows(store: Store, table: string, key: readonly string[], where: string): number {
  const rows = all<Row>(store.db, `SELECT ${key.join(', ')} FROM ${table} WHERE ${where}`);
  for (const row of rows) deleteRow(store, table, row);
  return rows.length;
}

/** Takes the doomed messages' media out of the totals. */
function forgetMedia(db: Database): void {
  const totals = all<Record<'source_id' | 'conversation_id' | 'named' | 'found' | 'examined', number>>(
    db,
    `SELECT m.source_id, m.conversation_id, count(*) AS named, count(x.file_id) AS found,
       coalesce(sum(f.examined <> ''), 0) AS examined
     FROM ${DOOMED} d CROSS JOIN messages m ON m.id = d.id CROSS JOIN attachments a ON a.message_id = m.id
     LEFT JOIN media_matches x ON x.message_id = a.message_id AND x.position = a.position
     LEFT JOIN media_files f ON f.id = x.file_id GROUP BY m.source_id, m.conversation_id`,
  );
  for (const { source_id, conversation_id, named, found, examined } of totals) {
    run(
      db,
      `UPDATE media_totals SET named = named - ?, found = found - ?, examined = examined - ?
       WHERE source_id = ? AND conversation_id = ?`,
      named,
      found,
      examined,
      source_id,
      conversation_id,
    );
  }
  run(db, 'DELETE FROM media_totals WHERE named = 0');
}

/** Places of links in the doomed messages, and links that stand nowhere else. */
function forgetLinks(store: Store, doomed: string): number {
  const places = all<Row>(
    store.db,
    `SELECT link_id, message_id, origin, part, start FROM link_places WHERE message_id IN ${doomed}`,
  );
  for (const place of places) deleteRow(store, 'link_places', place);
  let rows = places.length;
  for (const id of new Set(places.map(({ link_id }) => link_id as string))) {
    if (get(store.db, 'SELECT 1 FROM link_places WHERE link_id = ? LIMIT 1', id)) continue;
    deleteRow(store, 'links', { id });
    rows++;
  }
  return rows;
}

/** The words that hits found go from their spans; what rule and where stays. Their batches are noted. */
function emptyHits(db: Database, touched: TouchedHits): void {
  const hits = all<{ id: number; run_id: number; position: number; spans: string }>(
    db,
    `SELECT id, run_id, position, spans FROM hits WHERE message_id IN (SELECT id FROM ${DOOMED})`,
  );
  for (const hit of hits) {
    const batch = get<{ owner: number; first: number; last: number }>(
      db,
      "SELECT owner, first, last FROM batch_seals WHERE scope = 'hits' AND owner = ? AND first <= ? AND last >= ?",
      hit.run_id,
      hit.position,
      hit.position,
    );
    if (batch) touched.set(`${batch.owner}:${batch.first}`, batch);
    const spans = (JSON.parse(hit.spans) as { start: number; end: number }[]).map(({ start, end }) => ({
      start,
      end,
      text: '',
    }));
    run(db, 'UPDATE hits SET spans = ? WHERE id = ?', JSON.stringify(spans), hit.id);
  }
}

/** Seals the batches of emptied hits anew. At the end of the transaction that emptied them. */
export function sealHits({ db, sealKey, ...rest }: Store, touched: TouchedHits): void {
  for (const { owner, first, last } of touched.values()) {
    const content = all<Row>(
      db,
      `SELECT ${HIT_COLUMNS} FROM hits WHERE run_id = ? AND position BETWEEN ? AND ? ORDER BY position`,
      owner,
      first,
      last,
    )
      .map((row) => rowContent(Object.values(row)))
      .join('');
    const digest = keyed(sealKey, 'batch:hits', content);
    updateRow({ db, sealKey, ...rest }, 'batch_seals', { scope: 'hits', owner, first }, { digest });
  }
}

interface Ends {
  conversation_id: number;
  /** First and last time among the doomed messages, and of the whole conversation. */
  first: number | null;
  last: number | null;
  first_at: number | null;
  last_at: number | null;
}

// Few doomed messages among a million: the joins keep to the order written, the grouping to no index.
const endsOf = (db: Database): Ends[] =>
  all<Ends>(
    db,
    `SELECT m.conversation_id, min(m.sent_at) AS first, max(m.sent_at) AS last, t.first_at, t.last_at
     FROM ${DOOMED} d CROSS JOIN messages m ON m.id = d.id
     CROSS JOIN conversation_totals t ON t.conversation_id = m.conversation_id GROUP BY +m.conversation_id`,
  );

const timeAt = (db: Database, conversationId: number, where: string, order: '' | 'DESC'): number | null =>
  get<{ at: number }>(
    db,
    `SELECT sent_at AS at FROM messages WHERE conversation_id = ? AND sort_at ${where} AND sent_at IS NOT NULL
     ORDER BY sort_at ${order} LIMIT 1`,
    conversationId,
  )?.at ?? null;

/**
 * A conversation's first and last time after some messages were emptied; looked for only where one of them had
 * it. What has a time stands at it, what was emptied at 0, so an index finds both ends at once; only a time of
 * exactly 0 has to be looked for among the emptied.
 */
function moveEnds(db: Database, { conversation_id: id, first, last, first_at, last_at }: Ends): void {
  if (first === null || last === null || first_at === null || last_at === null) return;
  const zero = () => (first_at <= 0 && last_at >= 0 ? timeAt(db, id, '= 0', '') : null);
  const changed: Partial<Record<'first_at' | 'last_at', number | null>> = {};
  if (first <= first_at) {
    changed.first_at =
      (first_at < 0 ? timeAt(db, id, '< 0', '') : null) ?? zero() ?? timeAt(db, id, '> 0', '');
  }
  if (last >= last_at) {
    changed.last_at =
      (last_at > 0 ? timeAt(db, id, '> 0', 'DESC') : null) ?? zero() ?? timeAt(db, id, '< 0', 'DESC');
  }
  for (const [column, value] of Object.entries(changed)) {
    run(db, `UPDATE conversation_totals SET ${column} = ? WHERE conversation_id = ?`, value, id);
  }
}
