/**
 * Taking the content of sources out of the database for good. Rows that hold the ledger, the digests and the
 * history together stay, emptied; everything that says what was written goes. Call inside one transaction,
 * with `secure_delete` on; `eraseTraces` follows it.
 */
import { rowContent } from './batch-content.ts';
import { HIT_COLUMNS } from './check.ts';
import { all, type Database, get, type Row, run } from './database.ts';
import { deleteRow, keyed, type Store, updateRow } from './rows.ts';
import { itemsOfCase } from './transfer-rows.ts';

/** Row ids of messages of which every place is in sources that are, or are now to be, destroyed. */
const DOOMED = 'temp.doomed_messages';

export interface Doomed {
  readonly messages: number;
  readonly kept: number;
  readonly attachments: number;
}

/** Finds the messages whose content goes with these sources, and counts them. Its table stands until the next call. */
export function findDoomed(db: Database, sourceIds: readonly number[]): Doomed {
  const ids = sourceIds.join(', ');
  db.exec(`DROP TABLE IF EXISTS ${DOOMED};
    CREATE TEMP TABLE doomed_messages (id INTEGER PRIMARY KEY);
    INSERT INTO ${DOOMED} SELECT DISTINCT message_id FROM message_occurrences o WHERE o.source_id IN (${ids})
      AND NOT EXISTS (SELECT 1 FROM message_occurrences x WHERE x.message_id = o.message_id
        AND x.source_id NOT IN (${ids}) AND x.source_id NOT IN (SELECT source_id FROM destroyed_sources));`);
  const count = (sql: string) => (db.prepare(sql).get() as { n: number }).n;
  const messages = count(`SELECT count(*) AS n FROM ${DOOMED}`);
  const all = count(
    `SELECT count(DISTINCT message_id) AS n FROM message_occurrences WHERE source_id IN (${ids})`,
  );
  return {
    messages,
    kept: all - messages,
    attachments: count(
      `SELECT count(*) AS n FROM attachments WHERE message_id IN (SELECT id FROM ${DOOMED})`,
    ),
  };
}

export function dropDoomed(db: Database): void {
  db.exec(`DROP TABLE IF EXISTS ${DOOMED}`);
}

function deleteRows(store: Store, table: string, key: readonly string[], where: string): number {
  const columns = key.join(', ');
  const rows = store.db.prepare(`SELECT ${columns} FROM ${table} WHERE ${where}`).all() as Row[];
  for (const row of rows) deleteRow(store, table, row);
  return rows.length;
}

/** Empties what `findDoomed` found. Answers the rows that were removed beside the messages. */
export function emptyMessages(store: Store, sourceIds: readonly number[]): number {
  const { db } = store;
  const doomed = `(SELECT id FROM ${DOOMED})`;
  const ids = sourceIds.join(', ');
  emptyHits(store);
  db.exec(`DELETE FROM carried_texts WHERE message_id IN ${doomed}`);
  let removed = deleteRows(store, 'media_matches', ['message_id', 'position'], `message_id IN ${doomed}`);
  db.exec(`DELETE FROM attachments WHERE message_id IN ${doomed}`);
  removed += deleteRows(
    store,
    'link_places',
    ['link_id', 'message_id', 'origin', 'part', 'start'],
    `message_id IN ${doomed}`,
  );
  removed += deleteRows(store, 'links', ['id'], 'id NOT IN (SELECT link_id FROM link_places)');
  const mine = `file_id IN (SELECT id FROM media_files WHERE source_id IN (${ids}))`;
  removed += deleteRows(store, 'media_codes', ['file_id', 'position'], mine);
  removed += deleteRows(store, 'media_matches', ['message_id', 'position'], mine);
  removed += deleteRows(store, 'media_files', ['id'], `source_id IN (${ids})`);
  db.exec(`UPDATE messages SET sender_name = NULL, platform_id = NULL, sent_text = '', instant = NULL,
      wall_time = NULL, sent_at = NULL, sort_at = 0, kind = 'other', text = '', forwarded = 0, refers_to = NULL,
      edited_text = NULL, extra = NULL WHERE id IN ${doomed};
    UPDATE hits SET sort_at = 0 WHERE message_id IN ${doomed};
    UPDATE conversation_totals AS t SET (first_at, last_at) = (
      SELECT min(sent_at), max(sent_at) FROM messages m WHERE m.conversation_id = t.conversation_id)
      WHERE conversation_id IN (SELECT conversation_id FROM messages WHERE id IN ${doomed});
    DELETE FROM media_totals WHERE source_id IN (SELECT source_id FROM messages WHERE id IN ${doomed});
    INSERT INTO media_totals (source_id, conversation_id, named, found, examined)
      SELECT m.source_id, m.conversation_id, count(*), count(x.file_id), coalesce(sum(f.examined <> ''), 0)
      FROM attachments a JOIN messages m ON m.id = a.message_id
      LEFT JOIN media_matches x ON x.message_id = a.message_id AND x.position = a.position
      LEFT JOIN media_files f ON f.id = x.file_id
      WHERE m.source_id IN (SELECT source_id FROM messages WHERE id IN ${doomed}) GROUP BY m.source_id, m.conversation_id;
    DELETE FROM search_blocks WHERE EXISTS (SELECT 1 FROM ${DOOMED} d WHERE d.id BETWEEN first AND last);`);
  return removed;
}

/** The words that hits found go from their spans; what rule and where stays. Their batches are sealed anew. */
function emptyHits(store: Store): void {
  const { db, sealKey } = store;
  const hits = db
    .prepare(`SELECT id, run_id, position, spans FROM hits WHERE message_id IN (SELECT id FROM ${DOOMED})`)
    .all() as { id: number; run_id: number; position: number; spans: string }[];
  const batches = new Map<string, { owner: number; first: number; last: number }>();
  for (const hit of hits) {
    const batch = get<{ owner: number; first: number; last: number }>(
      db,
      "SELECT owner, first, last FROM batch_seals WHERE scope = 'hits' AND owner = ? AND first <= ? AND last >= ?",
      hit.run_id,
      hit.position,
      hit.position,
    );
    if (batch) batches.set(`${batch.owner}:${batch.first}`, batch);
    const spans = (JSON.parse(hit.spans) as { start: number; end: number }[]).map(({ start, end }) => ({
      start,
      end,
      text: '',
    }));
    run(db, 'UPDATE hits SET spans = ? WHERE id = ?', JSON.stringify(spans), hit.id);
  }
  for (const { owner, first, last } of batches.values()) {
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
    updateRow(store, 'batch_seals', { scope: 'hits', owner, first }, { digest });
  }
}

/** Names, members and list rows that only these sources told. Answers the rows removed and accounts emptied. */
export function emptyRegisters(
  store: Store,
  sourceIds: readonly number[],
): { rows: number; accounts: number } {
  const { db } = store;
  const mine = `source_id IN (${sourceIds.join(', ')})`;
  let rows = deleteRows(store, 'memberships', ['id'], mine);
  rows += forgetNames(store, mine);
  rows += deleteRows(store, 'list_changes', ['list_id', 'source_id', 'position'], mine);
  rows += deleteRows(store, 'list_errors', ['source_id', 'position'], mine);
  rows += deleteRows(store, 'list_imports', ['list_id', 'source_id'], mine);
  rows += deleteRows(store, 'list_rows', ['id'], mine);
  for (const { uid, part } of all<{ uid: string; part: number }>(
    db,
    `SELECT uid, part FROM hit_subjects WHERE ${mine}`,
  )) {
    updateRow(store, 'hit_subjects', { uid, part }, { text: '' });
    rows++;
  }
  return { rows, accounts: emptyAccounts(db, store) };
}

/** A name that a message of another source still shows goes over to that source. */
function forgetNames(store: Store, mine: string): number {
  const { db } = store;
  const names = all<{ account_id: number; name: string }>(
    db,
    `SELECT account_id, name FROM account_names WHERE ${mine}`,
  );
  let removed = 0;
  for (const key of names) {
    const other = get<{ id: number }>(
      db,
      'SELECT source_id AS id FROM messages WHERE sender_id = ? AND sender_name = ? LIMIT 1',
      key.account_id,
      key.name,
    );
    if (other) updateRow(store, 'account_names', { ...key }, { source_id: other.id });
    else {
      deleteRow(store, 'account_names', { ...key });
      removed++;
    }
  }
  return removed;
}

/** Whatever may still speak of an account or a group keeps it: messages, members, names, parties, people, leads. */
const SPOKEN_OF = `NOT EXISTS (SELECT 1 FROM messages m WHERE m.sender_id = a.id AND m.sent_text <> '')
  AND NOT EXISTS (SELECT 1 FROM memberships m WHERE m.account_id = a.id)
  AND NOT EXISTS (SELECT 1 FROM account_names n WHERE n.account_id = a.id)
  AND NOT EXISTS (SELECT 1 FROM parties p WHERE p.account_id = a.id)
  AND NOT EXISTS (SELECT 1 FROM measures p WHERE p.account_id = a.id)
  AND NOT EXISTS (SELECT 1 FROM person_accounts p WHERE p.account_id = a.id)
  AND NOT EXISTS (SELECT 1 FROM watch_entries p WHERE p.account_id = a.id)
  AND NOT EXISTS (SELECT 1 FROM house_receipts p WHERE p.account_id = a.id)
  AND NOT EXISTS (SELECT 1 FROM leads p WHERE p.account_id = a.id)`;

function emptyAccounts(db: Database, store: Store): number {
  const accounts = all<{ id: number; uid: string }>(
    db,
    `SELECT a.id, a.uid FROM accounts a WHERE a.key NOT LIKE 'destroyed:%' AND ${SPOKEN_OF}`,
  );
  const groups = all<{ id: number; uid: string }>(
    db,
    `SELECT c.id, c.uid FROM conversations c WHERE c.key NOT LIKE 'destroyed:%'
       AND NOT EXISTS (SELECT 1 FROM messages m WHERE m.conversation_id = c.id AND m.sent_text <> '')
       AND NOT EXISTS (SELECT 1 FROM memberships m WHERE m.conversation_id = c.id)
       AND NOT EXISTS (SELECT 1 FROM parties p WHERE p.conversation_id = c.id)
       AND NOT EXISTS (SELECT 1 FROM leads p WHERE p.conversation_id = c.id)`,
  );
  const empty = (uid: string) => ({ key: `destroyed:${uid}`, platform_id: null, name: null, fields: '{}' });
  for (const { id, uid } of accounts) updateRow(store, 'accounts', { id }, empty(uid));
  for (const { id, uid } of groups) updateRow(store, 'conversations', { id }, empty(uid));
  return accounts.length + groups.length;
}

/** Columns of a case that hold what people wrote; emptied when the case is destroyed. Signed decisions stay. */
const CASE_TEXTS: readonly (readonly [table: string, where: string, columns: readonly string[]])[] = [
  ['cases', 'id = ?', ['title', 'note']],
  ['exhibits', 'case_id = ?', ['description']],
  ['custody_events', 'exhibit_id IN (SELECT id FROM exhibits WHERE case_id = ?)', ['purpose']],
  ['hearings', 'case_id = ?', ['authorship_note', 'invited_how', 'not_invited_reason', 'answer']],
  ['letters', 'case_id = ?', ['file', 'service_proof']],
  ['duty_reports', 'duty_id IN (SELECT id FROM duties WHERE case_id = ?)', ['contact', 'facts', 'notice']],
  ['duty_steps', 'duty_id IN (SELECT id FROM duties WHERE case_id = ?)', ['note']],
  ['redactions', 'case_id = ?', ['reason']],
];

/** JSON columns are emptied to what their readers parse. */
const EMPTY: Readonly<Record<string, string>> = { notice: '{}' };

/** What of a case was noted when it went to other workstations: versions of its rows, and what stood against each other. */
function forgetExchanges(store: Store, caseId: string): number {
  let rows = 0;
  for (const { item } of itemsOfCase(store.db, caseId)) {
    for (const { position } of all<{ position: number }>(
      store.db,
      'SELECT position FROM transfer_versions WHERE item = ?',
      item,
    )) {
      deleteRow(store, 'transfer_versions', { item, position });
      rows++;
    }
  }
  const held = JSON.stringify({ items: [], dispositions: [], columns: [] });
  for (const row of all<{ id: string; ours: string; theirs: string }>(
    store.db,
    'SELECT id, ours, theirs FROM transfer_conflicts WHERE case_id = ?',
    caseId,
  )) {
    const emptied = (side: string) =>
      JSON.stringify({ ...(JSON.parse(side) as object), fields: {}, about: '' });
    updateRow(
      store,
      'transfer_conflicts',
      { id: row.id },
      { ours: emptied(row.ours), theirs: emptied(row.theirs), held },
    );
    rows++;
  }
  return rows;
}

/** Empties what was written in a case and takes its exhibits' messages apart from it. Answers the rows concerned. */
export function emptyCase(store: Store, caseId: string): number {
  let rows = forgetExchanges(store, caseId);
  for (const [table, where, columns] of CASE_TEXTS) {
    const key = table === 'duty_reports' ? 'duty_id' : 'id';
    for (const row of all<Row>(store.db, `SELECT ${key} FROM ${table} WHERE ${where}`, caseId)) {
      updateRow(
        store,
        table,
        { [key]: row[key] ?? null },
        Object.fromEntries(columns.map((column) => [column, EMPTY[column] ?? ''])),
      );
      rows++;
    }
  }
  const shown = all<Row>(
    store.db,
    `SELECT e.exhibit_id, e.message_id FROM exhibit_messages e JOIN exhibits x ON x.id = e.exhibit_id
     WHERE x.case_id = ?`,
    caseId,
  );
  for (const row of shown) deleteRow(store, 'exhibit_messages', row);
  return rows + shown.length;
}

/**
 * After the transaction: the log is written back and cut to nothing, and the file is written anew without its
 * free pages. Needs as much room as the database. What a file system keeps of overwritten files is beyond it.
 */
export function eraseTraces(db: Database): void {
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.exec('VACUUM');
  db.pragma('wal_checkpoint(TRUNCATE)');
}
