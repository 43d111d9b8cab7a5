/** The rows of a case as they travel, and back: references by what both workstations know. */
import { splitBlockUid, uidInBlock } from '../../domain/uid.ts';
import type { Item, PortableRow } from '../../transfer/payload.ts';
import { all, type Database, get, type Row, type Value } from '../database.ts';
import { messageRowId } from '../messages/messages.ts';
import { inRegister, registerKey, sharedSubject, subjectHit, subjectHitHere } from './transfer-subjects.ts';

interface TravellingTable {
  readonly name: string;
  readonly key: readonly string[];
  /** Its rows of one case, by the case's id. */
  readonly of: string;
  /** Columns that each workstation has of its own. */
  readonly local: readonly string[];
  /** One of them, sent along as a wish. */
  readonly hint?: string;
  /** Column of JSON in which hits and accounts are named by their ids here. */
  readonly naming?: string;
}

const OWN = 'case_id = ?';
const table = (name: string, more: Partial<TravellingTable> = {}): TravellingTable => ({
  name,
  key: ['id'],
  of: OWN,
  local: [],
  ...more,
});

/** In the order in which rows refer to each other. Hits and dispositions travel by themselves. */
export const TRAVELLING: readonly TravellingTable[] = [
  table('cases', { of: 'id = ?', local: ['number'] }),
  table('parties'),
  table('case_hits', { key: ['case_id', 'hit_id'] }),
  table('hit_marks', {
    key: ['hit_id', 'mark'],
    of: 'hit_id IN (SELECT hit_id FROM case_hits WHERE case_id = ?)',
  }),
  table('exhibits', { local: ['source_id', 'position'], hint: 'position' }),
  table('custody_events', { of: 'exhibit_id IN (SELECT id FROM exhibits WHERE case_id = ?)' }),
  table('redactions'),
  table('hearings'),
  table('decisions'),
  table('approvals', { of: 'decision_id IN (SELECT id FROM decisions WHERE case_id = ?)' }),
  table('superseded_decisions', {
    key: ['decision_id'],
    of: 'decision_id IN (SELECT id FROM decisions WHERE case_id = ?)',
  }),
  table('measure_batches', { naming: 'items' }),
  table('measures', { local: ['number'] }),
  table('letters'),
  table('appeals'),
  table('duties', { naming: 'receiver' }),
  table('duty_reports', {
    key: ['duty_id'],
    of: 'duty_id IN (SELECT id FROM duties WHERE case_id = ?)',
  }),
  table('duty_steps', { of: 'duty_id IN (SELECT id FROM duties WHERE case_id = ?)' }),
  table('legal_holds'),
  table('thing_holds', {
    of: 'exhibit_id IN (SELECT id FROM exhibits WHERE case_id = ?)',
    local: ['source_id'],
  }),
  table('case_tasks', { key: ['case_id', 'task'] }),
];

export function travellingTable(name: string): TravellingTable | undefined {
  return TRAVELLING.find((one) => one.name === name);
}

/** What both workstations call a message: its id where it came from first. */
export function sharedMessageUid(db: Database, messageId: number): string {
  const row = get<{ shared: string | null; uid: string; ordinal: number }>(
    db,
    `SELECT (SELECT min(uid) FROM transfer_messages t WHERE t.message_id = m.id) AS shared, s.uid, m.ordinal
     FROM messages m JOIN sources s ON s.id = m.source_id WHERE m.id = ?`,
    messageId,
  );
  if (!row) throw new Error(`no message ${messageId}`);
  return row.shared ?? uidInBlock(row.uid, row.ordinal);
}

/** The message's row here; null where it is not known. */
export function messageByShared(db: Database, uid: string): number | null {
  const known = get<{ id: number }>(db, 'SELECT message_id AS id FROM transfer_messages WHERE uid = ?', uid);
  if (known) return known.id;
  const place = splitBlockUid(uid);
  if (!place) return null;
  const own = get<{ id: number }>(
    db,
    `SELECT o.message_id AS id FROM message_occurrences o JOIN sources s ON s.id = o.source_id
     WHERE s.uid = ? AND o.ordinal = ?`,
    place.block,
    place.position,
  );
  return own?.id ?? null;
}

export interface HitIdentity {
  message_id: number | null;
  part: number;
  subject_uid: string | null;
  pack: string;
  rule: string;
  start: number;
  end: number;
}

/** Null for a hit that does not travel. */
export function sharedHit(db: Database, hit: HitIdentity): string | null {
  if (hit.message_id === null) {
    const subject = sharedSubject(db, hit);
    return subject && subjectHit(subject, hit);
  }
  return [sharedMessageUid(db, hit.message_id), hit.part, hit.pack, hit.rule, hit.start, hit.end].join('|');
}

/** The hit's row here by its message or subject, pack, rule and span; null where it is not known. */
export function hitByShared(db: Database, shared: string): number | null {
  if (shared.startsWith('["')) return subjectHitHere(db, shared);
  const [message = '', part, pack, rule, start, end] = shared.split('|');
  const id = messageByShared(db, message);
  if (id === null) return null;
  return (
    get<{ id: number }>(
      db,
      'SELECT id FROM hits WHERE message_id = ? AND part = ? AND pack = ? AND rule = ? AND start = ? AND end = ?',
      id,
      Number(part),
      pack,
      rule,
      Number(start),
      Number(end),
    )?.id ?? null
  );
}

const REGISTERS = {
  account_id: ['account', 'accounts'],
  conversation_id: ['group', 'conversations'],
} as const;

function portableValue(db: Database, column: string, value: Value): unknown {
  if (value === null) return null;
  if (Buffer.isBuffer(value)) return { hex: value.toString('hex') };
  if (column === 'account_id' || column === 'conversation_id') {
    const [name, register] = REGISTERS[column];
    const row = get<{ platform: string; key: string }>(
      db,
      `SELECT platform, key FROM ${register} WHERE id = ?`,
      value,
    );
    return row ? { [name]: registerKey(row.platform, row.key) } : null;
  }
  if (column === 'message_id') return { message: sharedMessageUid(db, Number(value)) };
  if (column === 'hit_id') {
    const hit = get<HitIdentity>(
      db,
      'SELECT message_id, part, subject_uid, pack, rule, start, end FROM hits WHERE id = ?',
      value,
    );
    const shared = hit && sharedHit(db, hit);
    return shared ? { hit: shared } : null;
  }
  return value;
}

const HIT = 'docket:hit:';
const ACCOUNT = 'docket:account:';

function sharedName(db: Database, id: string): string {
  const place = splitBlockUid(id);
  const hit = place
    ? get<HitIdentity>(
        db,
        `SELECT h.message_id, h.part, h.subject_uid, h.pack, h.rule, h.start, h.end FROM hits h
         JOIN detection_runs r ON r.id = h.run_id WHERE r.uid = ? AND h.position = ?`,
        place.block,
        place.position,
      )
    : undefined;
  const shared = hit && sharedHit(db, hit);
  if (shared) return `${HIT}${shared}`;
  const account = get<{ platform: string; key: string }>(
    db,
    'SELECT platform, key FROM accounts WHERE uid = ?',
    id,
  );
  return account ? `${ACCOUNT}${registerKey(account.platform, account.key)}` : id;
}

/** The id here; null for a hit that is not. */
function nameHere(db: Database, text: string): string | null {
  if (text.startsWith(HIT)) {
    const id = hitByShared(db, text.slice(HIT.length));
    const row = get<{ uid: string; position: number }>(
      db,
      'SELECT r.uid, h.position FROM hits h JOIN detection_runs r ON r.id = h.run_id WHERE h.id = ?',
      id ?? 0,
    );
    return row ? uidInBlock(row.uid, row.position) : null;
  }
  if (!text.startsWith(ACCOUNT)) return text;
  const [platform, ...key] = text.slice(ACCOUNT.length).split('|');
  const row = get<{ uid: string }>(
    db,
    'SELECT uid FROM accounts WHERE platform = ? AND key = ?',
    platform,
    key.join('|'),
  );
  return row?.uid ?? text;
}

/** JSON with every text renamed; elements of lists whose name is null are left out. */
function nameAnew(json: unknown, name: (text: string) => string | null): unknown {
  const walk = (value: unknown): unknown => {
    if (typeof value === 'string') return name(value);
    if (Array.isArray(value)) return value.map(walk).filter((element) => element !== null);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, walk(member)]));
  };
  return typeof json === 'string' ? JSON.stringify(walk(JSON.parse(json))) : json;
}

/** A row without its seal and its local columns, references made portable. */
export function portableRow(db: Database, { name, local, naming }: TravellingTable, row: Row): PortableRow {
  const result: PortableRow = {};
  for (const [column, value] of Object.entries(row)) {
    if (column === 'seal' || local.includes(column)) continue;
    result[column] = portableValue(db, column, value);
  }
  if (naming) result[naming] = nameAnew(row[naming], (id) => sharedName(db, id));
  if (name === 'exhibits' && row.subject_type === 'message') {
    result.subject_id = { message: sharedMessageUid(db, messageRowId(db, String(row.subject_id))) };
  }
  return result;
}

/** A reference that nothing here answers to: the row cannot be kept. */
export class UnknownReference extends Error {}

function localValue(db: Database, column: string, value: unknown): Value {
  if (value === null || typeof value === 'string' || typeof value === 'number') return value;
  const { hex, account, group, message, hit } = value as Record<string, string | undefined>;
  if (hex !== undefined) return Buffer.from(hex, 'hex');
  const named = account ?? group;
  if (named !== undefined) {
    const found = inRegister(db, account === undefined ? 'group' : 'account', named);
    if (found) return found.id;
  }
  if (message !== undefined) {
    const id = messageByShared(db, message);
    if (id !== null) {
      if (column !== 'subject_id') return id;
      const own = get<{ uid: string; ordinal: number }>(
        db,
        'SELECT s.uid, m.ordinal FROM messages m JOIN sources s ON s.id = m.source_id WHERE m.id = ?',
        id,
      );
      if (own) return uidInBlock(own.uid, own.ordinal);
    }
  }
  if (hit !== undefined) {
    const id = hitByShared(db, hit);
    if (id !== null) return id;
  }
  throw new UnknownReference(`${column} ${JSON.stringify(value)}`);
}

/** A portable row as this workspace stores it, without local columns. Throws `UnknownReference`. */
export function localRow(db: Database, { naming }: TravellingTable, row: PortableRow): Row {
  return Object.fromEntries(
    Object.entries(row).map(([column, value]) => [
      column,
      localValue(db, column, column === naming ? nameAnew(value, (text) => nameHere(db, text)) : value),
    ]),
  );
}

export interface ReadItem {
  readonly table: TravellingTable;
  readonly item: string;
  readonly row: PortableRow;
  readonly parts?: NonNullable<Item['parts']>;
  readonly hint?: number;
  readonly local: Row;
}

/** Key of an item from its portable row. */
export function itemName({ name, key }: TravellingTable, row: PortableRow): string {
  return `${name}:${key.map((column) => (typeof row[column] === 'string' ? row[column] : JSON.stringify(row[column]))).join('/')}`;
}

/** Messages of an exhibit that are read between two safe points. */
const PAGE = 1000;

function* partsOf(db: Database, exhibitId: string): Generator<void, NonNullable<Item['parts']>> {
  const parts: NonNullable<Item['parts']> = [];
  for (let after = 0; ; yield) {
    const rows = all<{ message_id: number; is_subject: number }>(
      db,
      `SELECT message_id, is_subject FROM exhibit_messages WHERE exhibit_id = ? AND message_id > ?
       ORDER BY message_id LIMIT ${PAGE}`,
      exhibitId,
      after,
    );
    for (const { message_id, is_subject } of rows) {
      parts.push({ message: sharedMessageUid(db, message_id), subject: is_subject === 1 });
      after = message_id;
    }
    if (rows.length < PAGE) break;
  }
  // Mostly in order already: messages of a source are named in theirs.
  return parts.sort((a, b) => (a.message < b.message ? -1 : 1));
}

function* readItem(db: Database, of: TravellingTable, row: Row): Generator<void, ReadItem> {
  const portable = portableRow(db, of, row);
  return {
    table: of,
    item: itemName(of, portable),
    row: portable,
    ...(of.name === 'exhibits' ? { parts: yield* partsOf(db, String(row.id)) } : {}),
    ...(of.hint ? { hint: Number(row[of.hint]) } : {}),
    local: row,
  };
}

function* rowsOfCase(db: Database, caseId: string): Generator<[TravellingTable, Row]> {
  for (const of of TRAVELLING) {
    const sql = `SELECT * FROM ${of.name} WHERE ${of.of} ORDER BY ${of.key.join(', ')}`;
    for (const row of all<Row>(db, sql, caseId)) yield [of, row];
  }
}

/** Does `each` with every travelling row of a case, one after the other; yields at safe points. */
export function* itemsOfCase(
  db: Database,
  caseId: string,
  each: (item: ReadItem) => Generator<void, void>,
): Generator<void, void> {
  for (const [of, row] of rowsOfCase(db, caseId)) {
    const item = yield* readItem(db, of, row);
    if (!('hit_id' in item.row) || item.row.hit_id !== null) yield* each(item);
    yield;
  }
}

/** Keys of every travelling row of a case. */
export function* itemNamesOfCase(db: Database, caseId: string): Generator<string> {
  for (const [of, row] of rowsOfCase(db, caseId)) {
    const portable = portableRow(db, of, row);
    if (!('hit_id' in portable) || portable.hit_id !== null) yield itemName(of, portable);
  }
}

/** The row here that an arriving one is a version of; yields at safe points. Throws `UnknownReference`. */
export function* itemHere(
  db: Database,
  of: TravellingTable,
  row: PortableRow,
): Generator<void, ReadItem | null> {
  const local = localRow(db, of, Object.fromEntries(of.key.map((column) => [column, row[column]])));
  const where = of.key.map((column) => `${column} = ?`).join(' AND ');
  const found = get<Row>(db, `SELECT * FROM ${of.name} WHERE ${where}`, ...of.key.map((name) => local[name]));
  return found ? yield* readItem(db, of, found) : null;
}
