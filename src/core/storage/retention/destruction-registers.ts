/**
 * Emptying what sources told beside messages: media files, members, names, rows of lists, and the accounts and
 * conversations that nothing speaks of any more. Step by step like destruction-messages.ts, whose `nameGoing`
 * comes first.
 */
import { all, type Database, get, type Row, run, type Value } from '../database.ts';
import { deleteRow, type Store, updateRow } from '../rows.ts';

const GOING = '(SELECT id FROM temp.going_sources)';
const GONE = '(SELECT id FROM temp.gone_sources)';

/** Rows that one step looks at. */
const STEP = 200;
/** Messages that one step looks at for an account, a name or a conversation. */
const LOOKED = 2000;

/** Where a step begins: a table and a key in it; and how far the messages of that key were looked at. */
export interface RegisterPlace {
  readonly table: number;
  readonly key: readonly Value[];
  /** Time and row id of the last message that was looked at; empty where none was. */
  readonly inner: readonly number[];
}

export interface RegisterStep {
  readonly rows: number;
  readonly accounts: number;
  /** Null where nothing is left. */
  readonly place: RegisterPlace | null;
}

const START: RegisterPlace = { table: 0, key: [], inner: [] };

/** The rows of a table from a place on, by its key. */
function nextRows(db: Database, table: string, key: readonly string[], after: readonly Value[]): Row[] {
  const columns = key.join(', ');
  const where = after.length > 0 ? `WHERE (${columns}) > (${key.map(() => '?').join(', ')})` : '';
  return all<Row>(
    db,
    `SELECT ${columns}, source_id IN ${GOING} AS goes FROM ${table} ${where} ORDER BY ${columns} LIMIT ${STEP}`,
    ...after,
  );
}

const keyOf = (row: Row, key: readonly string[]): Row =>
  Object.fromEntries(key.map((column) => [column, row[column] ?? null]));

interface Sweep {
  readonly table: string;
  readonly key: readonly string[];
  /** What becomes of a row of a source that goes; deleted where nothing is said. Answers the rows concerned. */
  take?(store: Store, key: Row): number;
}

const SWEPT: readonly Sweep[] = [
  { table: 'media_files', key: ['id'], take: takeFile },
  { table: 'memberships', key: ['id'] },
  { table: 'list_changes', key: ['list_id', 'source_id', 'position'] },
  { table: 'list_errors', key: ['source_id', 'position'] },
  { table: 'list_imports', key: ['list_id', 'source_id'] },
  { table: 'list_rows', key: ['id'] },
  {
    table: 'hit_subjects',
    key: ['uid', 'part'],
    take: (store, key) => {
      updateRow(store, 'hit_subjects', key, { text: '' });
      return 1;
    },
  },
];

/** A media file with its codes and with what it was matched to, which may be messages of other sources. */
function takeFile(store: Store, { id }: Row): number {
  const { db } = store;
  let rows = 1;
  const examined =
    get<{ n: number }>(db, "SELECT examined <> '' AS n FROM media_files WHERE id = ?", id)?.n ?? 0;
  for (const { position } of all<Row>(db, 'SELECT position FROM media_codes WHERE file_id = ?', id)) {
    deleteRow(store, 'media_codes', { file_id: id ?? null, position: position ?? null });
    rows++;
  }
  for (const match of all<Record<'message_id' | 'position', number>>(
    db,
    'SELECT message_id, position FROM media_matches WHERE file_id = ?',
    id,
  )) {
    run(
      db,
      `UPDATE media_totals AS t SET found = found - 1, examined = examined - ? FROM messages m
       WHERE m.id = ? AND t.source_id = m.source_id AND t.conversation_id = m.conversation_id`,
      examined,
      match.message_id,
    );
    deleteRow(store, 'media_matches', { ...match });
    rows++;
  }
  deleteRow(store, 'media_files', { id: id ?? null });
  return rows;
}

/** The next rows of what sources told, table by table. */
export function takeNextRows(store: Store, place: RegisterPlace | null): RegisterStep {
  const { table: index, key: after } = place ?? START;
  const sweep = SWEPT[index];
  if (!sweep) return { rows: 0, accounts: 0, place: null };
  const { table, key, take } = sweep;
  const found = nextRows(store.db, table, key, after);
  let rows = 0;
  for (const row of found) {
    if (row.goes !== 1) continue;
    if (take) rows += take(store, keyOf(row, key));
    else {
      deleteRow(store, table, keyOf(row, key));
      rows++;
    }
  }
  const last = found.at(-1);
  return {
    rows,
    accounts: 0,
    place: last
      ? { table: index, key: Object.values(keyOf(last, key)), inner: [] }
      : { ...START, table: index + 1 },
  };
}

/** The next name that only sources told that go. One that a message of another source shows goes over to that source. */
export function takeNextName(store: Store, place: RegisterPlace | null): RegisterStep {
  const { db } = store;
  const { key, inner } = place ?? START;
  const begun = inner.length > 0;
  const row = get<{ account_id: number; name: string; goes: number }>(
    db,
    `SELECT account_id, name, source_id IN ${GOING} AS goes FROM account_names
     ${key.length > 0 ? `WHERE (account_id, name) ${begun ? '>=' : '>'} (?, ?)` : ''} ORDER BY account_id, name LIMIT 1`,
    ...key,
  );
  if (!row) return { rows: 0, accounts: 0, place: null };
  const { account_id, name } = row;
  const next = { table: 0, key: [account_id, name], inner: [] };
  if (row.goes !== 1) return { rows: 0, accounts: 0, place: next };
  const looked = all<{ id: number; sort_at: number; sender_name: string | null }>(
    db,
    `SELECT id, sort_at, sender_name FROM messages WHERE sender_id = ? AND (sort_at, id) > (?, ?)
     ORDER BY sort_at, id LIMIT ?`,
    account_id,
    ...(begun ? inner : [Number.MIN_SAFE_INTEGER, 0]),
    LOOKED,
  );
  for (const message of looked) {
    const other = message.sender_name === name ? otherSource(db, message.id) : null;
    if (other === null) continue;
    updateRow(store, 'account_names', { account_id, name }, { source_id: other });
    return { rows: 0, accounts: 0, place: next };
  }
  const last = looked.at(-1);
  if (last && looked.length === LOOKED) {
    return { rows: 0, accounts: 0, place: { ...next, inner: [last.sort_at, last.id] } };
  }
  deleteRow(store, 'account_names', { account_id, name });
  return { rows: 1, accounts: 0, place: next };
}

/** A source that holds a message and stays. */
const otherSource = (db: Database, messageId: number): number | null =>
  get<{ id: number }>(
    db,
    `SELECT source_id AS id FROM message_occurrences WHERE message_id = ? AND source_id NOT IN ${GONE} LIMIT 1`,
    messageId,
  )?.id ?? null;

interface Named {
  readonly table: 'accounts' | 'conversations';
  /** The column of messages that names it. */
  readonly column: 'sender_id' | 'conversation_id';
  /** Whatever else may speak of it keeps it: members, names, parties, people, leads. */
  readonly spokenOf: readonly (readonly [table: string, column: string])[];
}

const NAMED: readonly Named[] = [
  {
    table: 'accounts',
    column: 'sender_id',
    spokenOf: [
      ['memberships', 'account_id'],
      ['account_names', 'account_id'],
      ['parties', 'account_id'],
      ['measures', 'account_id'],
      ['person_accounts', 'account_id'],
      ['watch_entries', 'account_id'],
      ['house_receipts', 'account_id'],
      ['leads', 'account_id'],
    ],
  },
  {
    table: 'conversations',
    column: 'conversation_id',
    spokenOf: [
      ['memberships', 'conversation_id'],
      ['parties', 'conversation_id'],
      ['leads', 'conversation_id'],
    ],
  },
];

/** Accounts or conversations of one step. */
const NAMED_STEP = 50;

/** The next accounts or conversations: emptied where no message that stays and nothing else speaks of them. */
export function emptyNextNamed(store: Store, place: RegisterPlace | null): RegisterStep {
  const { db } = store;
  const { table: index, key, inner } = place ?? START;
  const named = NAMED[index];
  if (!named) return { rows: 0, accounts: 0, place: null };
  const { table, column, spokenOf } = named;
  const rows = all<{ id: number; uid: string; spoken: number }>(
    db,
    `SELECT t.id, t.uid, t.key LIKE 'destroyed:%'
       ${spokenOf.map(([by, of]) => `OR EXISTS (SELECT 1 FROM ${by} b WHERE b.${of} = t.id)`).join(' ')} AS spoken
     FROM ${table} t WHERE t.id ${inner.length > 0 ? '>=' : '>'} ? ORDER BY t.id LIMIT ${NAMED_STEP}`,
    key[0] ?? 0,
  );
  let from = inner;
  let accounts = 0;
  for (const { id, uid, spoken } of rows) {
    const speaks = spoken === 1 ? true : messageSpeaks(db, column, id, from);
    if (typeof speaks === 'number') {
      return { rows: 0, accounts, place: { table: index, key: [id], inner: [0, speaks] } };
    }
    from = [];
    if (speaks) continue;
    const emptied = { key: `destroyed:${uid}`, platform_id: null, name: null, fields: '{}' };
    updateRow(store, table, { id }, emptied);
    accounts++;
  }
  const last = rows.at(-1);
  const next = last ? { table: index, key: [last.id], inner: [] } : { ...START, table: index + 1 };
  return { rows: 0, accounts, place: next };
}

/**
 * Whether a message of an account or conversation stays: emptied ones stand at 0, so one anywhere else does, and
 * those at 0 are looked at in order. Answers the row id to go on from where there are more than one step's.
 */
function messageSpeaks(
  db: Database,
  column: Named['column'],
  id: number,
  inner: readonly number[],
): boolean | number {
  for (const op of ['>', '<']) {
    if (get(db, `SELECT 1 FROM messages WHERE ${column} = ? AND sort_at ${op} 0 LIMIT 1`, id)) return true;
  }
  const looked = all<{ id: number; stays: number }>(
    db,
    `SELECT m.id, EXISTS (SELECT 1 FROM message_occurrences o WHERE o.message_id = m.id
       AND o.source_id NOT IN ${GONE}) AS stays
     FROM messages m WHERE m.${column} = ? AND m.sort_at = 0 AND m.id > ? ORDER BY m.id LIMIT ?`,
    id,
    inner[1] ?? 0,
    LOOKED,
  );
  if (looked.some(({ stays }) => stays === 1)) return true;
  const last = looked.at(-1);
  return last && looked.length === LOOKED ? last.id : false;
}
