import { DocketError } from '../../../contract/errors.ts';
import type { CaseDetail, Exhibit } from '../../domain/case.ts';
import { all, type Database, get } from '../database.ts';
import { caseNumber } from '../detection/hits.ts';
import { insertRow, insertRows, type Store, updateRow } from '../rows.ts';

export interface ExhibitRow {
  id: string;
  case_id: string;
  position: number;
  description: string;
  subject_type: Exhibit['subject']['type'];
  subject_id: string;
  source_id: number;
  sha256: string;
  removed: number;
  added_at: number;
  officer_id: string;
}

type CustodyAction = Exhibit['custody'][number]['action'];

export interface CustodyRow {
  id: string;
  exhibit_id: string;
  action: CustodyAction;
  purpose: string;
  officer_id: string;
  at: number;
  event_id: string;
}

/** Stores an exhibit with its messages; `messages` are row ids, of which `subjectId` is what it is about. */
export function insertExhibit(
  store: Store,
  row: ExhibitRow,
  messages: readonly number[],
  subjectId: number | null,
): void {
  insertRow(store, 'exhibits', { ...row });
  insertRows(
    store,
    'exhibit_messages',
    messages.map((id) => ({ exhibit_id: row.id, message_id: id, is_subject: id === subjectId ? 1 : 0 })),
  );
}

/** Marks an exhibit as taken out; its number is not given again. */
export function markExhibitRemoved(store: Store, id: string): void {
  updateRow(store, 'exhibits', { id }, { removed: 1 });
}

export function insertCustody(store: Store, row: CustodyRow): void {
  insertRow(store, 'custody_events', { ...row });
}

/** Whether an officer's look at an exhibit for a purpose is entered since a time. */
export function wasViewed(
  db: Database,
  exhibitId: string,
  { officerId, purpose, since }: { officerId: string; purpose: string; since: number },
): boolean {
  const known = get(
    db,
    `SELECT 1 FROM custody_events WHERE exhibit_id = ? AND action = 'viewed' AND officer_id = ? AND purpose = ?
       AND at >= ? LIMIT 1`,
    exhibitId,
    officerId,
    purpose,
    since,
  );
  return known !== undefined;
}

/** Messages up to which an exhibit is sorted by time; longer ones come in the order of their import. */
const SORTED = 20_000;

/** Row ids of a page of an exhibit's messages, in order. */
export function exhibitMessages(
  db: Database,
  exhibitId: string,
  offset: number,
  limit: number,
): { id: number; isSubject: boolean }[] {
  const { n } = get<{ n: number }>(
    db,
    'SELECT count(*) AS n FROM exhibit_messages WHERE exhibit_id = ?',
    exhibitId,
  ) ?? { n: 0 };
  const [from, order] =
    n > SORTED
      ? ['exhibit_messages e', 'e.message_id']
      : ['exhibit_messages e JOIN messages m ON m.id = e.message_id', 'm.sort_at, m.id'];
  return all<{ id: number; is_subject: number }>(
    db,
    `SELECT e.message_id AS id, e.is_subject FROM ${from} WHERE e.exhibit_id = ? ORDER BY ${order} LIMIT ? OFFSET ?`,
    exhibitId,
    limit,
    offset,
  ).map(({ id, is_subject }) => ({ id, isSubject: is_subject === 1 }));
}

/** Throws `not-found`. */
export function exhibitRow(db: Database, id: string): ExhibitRow {
  const row = get<ExhibitRow>(db, 'SELECT * FROM exhibits WHERE id = ?', id);
  if (!row) throw new DocketError('not-found', 'no such exhibit', id);
  return row;
}

/** Positions count from 1 within a case; those of removed exhibits stay taken. */
export function nextExhibitPosition(db: Database, caseId: string): number {
  const last = get<{ n: number | null }>(
    db,
    'SELECT max(position) AS n FROM exhibits WHERE case_id = ?',
    caseId,
  );
  return (last?.n ?? 0) + 1;
}

/** E-A7-0042-03: the number of the case and the position in it. */
export function exhibitNumber(prefix: string, caseOrdinal: number, position: number): string {
  return `${caseNumber(prefix, caseOrdinal).replace(/^C/, 'E')}-${String(position).padStart(2, '0')}`;
}

/** The exhibits of a case that are part of it, in order. */
export function exhibitRows(db: Database, caseId: string): ExhibitRow[] {
  return all<ExhibitRow>(
    db,
    'SELECT * FROM exhibits WHERE case_id = ? AND removed = 0 ORDER BY position',
    caseId,
  );
}

/** The exhibit of a case that is about a message; null where none is. */
export function exhibitOfMessage(db: Database, caseId: string, messageId: number): string | null {
  return (
    get<{ id: string }>(
      db,
      `SELECT x.id FROM exhibits x JOIN exhibit_messages e ON e.exhibit_id = x.id
       WHERE x.case_id = ? AND x.removed = 0 AND e.message_id = ? AND e.is_subject = 1`,
      caseId,
      messageId,
    )?.id ?? null
  );
}

export function toExhibit(db: Database, prefix: string, row: ExhibitRow): Exhibit {
  const facts = get<{ number: number; uid: string; file: string; officer: string; messages: number }>(
    db,
    `SELECT k.number, s.uid, s.file, o.name AS officer,
       (SELECT count(*) FROM exhibit_messages e WHERE e.exhibit_id = x.id) AS messages
     FROM exhibits x JOIN cases k ON k.id = x.case_id JOIN sources s ON s.id = x.source_id
     JOIN officers o ON o.id = x.officer_id WHERE x.id = ?`,
    row.id,
  ) as { number: number; uid: string; file: string; officer: string; messages: number };
  return {
    id: row.id,
    number: exhibitNumber(prefix, facts.number, row.position),
    description: row.description,
    subject: { type: row.subject_type, id: row.subject_id },
    messages: facts.messages,
    sha256: row.sha256,
    sourceId: facts.uid,
    sourceFile: facts.file,
    addedAt: row.added_at,
    officer: facts.officer,
    custody: custodyOf(db, row.id),
  };
}

function custodyOf(db: Database, exhibitId: string): Exhibit['custody'] {
  return all<Exhibit['custody'][number]>(
    db,
    `SELECT c.id, c.at, o.name AS officer, c.action, c.purpose FROM custody_events c
     JOIN officers o ON o.id = c.officer_id WHERE c.exhibit_id = ? ORDER BY c.at, c.id`,
    exhibitId,
  );
}

/** A message as an exhibit keeps it. */
export interface ExhibitMessage {
  readonly id: number;
  readonly digest: Buffer;
}

/**
 * A message (`m`) that some complete source holds, and that is not in quarantine: exhibits rest on nothing
 * else and show nothing else.
 */
const PROVEN = `EXISTS (SELECT 1 FROM message_occurrences o JOIN sources s ON s.id = o.source_id
  WHERE o.message_id = m.id AND s.state = 'complete')
  AND NOT EXISTS (SELECT 1 FROM quarantined q WHERE q.message_id = m.id AND q.released_at IS NULL)`;

/**
 * The message with so many messages on either side of it in its conversation, in order. Empty where no
 * complete source holds the message or it is in quarantine.
 */
export function messagesAround(db: Database, messageId: number, context: number): ExhibitMessage[] {
  const centre = get<ExhibitMessage & { conversation_id: number; sort_at: number }>(
    db,
    `SELECT m.id, m.digest, m.conversation_id, m.sort_at FROM messages m WHERE m.id = ? AND ${PROVEN}`,
    messageId,
  );
  if (!centre) return [];
  const side = (op: '<' | '>', order: 'DESC' | 'ASC') =>
    all<ExhibitMessage>(
      db,
      `SELECT m.id, m.digest FROM messages m
       WHERE m.conversation_id = ? AND (m.sort_at, m.id) ${op} (?, ?) AND ${PROVEN}
       ORDER BY m.sort_at ${order}, m.id ${order} LIMIT ?`,
      centre.conversation_id,
      centre.sort_at,
      messageId,
      context,
    );
  return [...side('<', 'DESC').reverse(), { id: centre.id, digest: centre.digest }, ...side('>', 'ASC')];
}

/** Everything of a message's conversation between two times that a pack may show, in order. */
export function messagesOfPeriod(
  db: Database,
  messageId: number,
  from: number | null,
  to: number | null,
): ExhibitMessage[] {
  return all<ExhibitMessage>(
    db,
    `SELECT m.id, m.digest FROM messages m
     WHERE m.conversation_id = (SELECT conversation_id FROM messages WHERE id = ?)
       AND m.sort_at BETWEEN ? AND ? AND ${PROVEN} ORDER BY m.sort_at, m.id`,
    messageId,
    from ?? Number.MIN_SAFE_INTEGER,
    to ?? Number.MAX_SAFE_INTEGER,
  );
}

export interface ProvenSource {
  readonly id: number;
  readonly imported_at: number;
  readonly officer_id: string;
  /** The event that sealed it. */
  readonly event_id: string | null;
}

/** The complete source that an exhibit's message is proved by: the first that holds it. */
export function provenSource(db: Database, messageId: number): ProvenSource | undefined {
  return get<ProvenSource>(
    db,
    `SELECT s.id, s.imported_at, s.officer_id,
       (SELECT e.id FROM events e WHERE e.subject_id = s.uid ORDER BY e.id LIMIT 1) AS event_id
     FROM message_occurrences o JOIN sources s ON s.id = o.source_id
     WHERE o.message_id = ? AND s.state = 'complete' ORDER BY s.id LIMIT 1`,
    messageId,
  );
}

export interface PackRow {
  id: string;
  case_id: string;
  profile: string;
  file: string;
  sha256: string;
  root: string;
  exhibits: number;
  messages: number;
  officer_id: string;
  at: number;
}

export function insertPack(store: Store, row: PackRow): void {
  insertRow(store, 'packs', { ...row });
}

export interface PackDetailsRow {
  pack_id: string;
  recipient: string;
  purpose: string;
  bytes: number;
  /** JSON of what was chosen. */
  options: string;
  approver_id: string | null;
}

export function insertPackDetails(store: Store, row: PackDetailsRow): void {
  insertRow(store, 'pack_details', { ...row });
}

/** Throws `not-found`. */
export function packRow(db: Database, id: string): PackRow {
  const row = get<PackRow>(db, 'SELECT * FROM packs WHERE id = ?', id);
  if (!row) throw new DocketError('not-found', 'no such pack', id);
  return row;
}

export interface StampRow {
  pack_id: string;
  /** The authority's answer as it came. */
  response: Buffer;
  stamped_at: number;
  authority: string;
  serial: string;
  officer_id: string;
  at: number;
  event_id: string;
}

export function insertStamp(store: Store, row: StampRow): void {
  insertRow(store, 'pack_stamps', { ...row });
}

export function stampOfPack(db: Database, packId: string): StampRow | undefined {
  return get<StampRow>(db, 'SELECT * FROM pack_stamps WHERE pack_id = ?', packId);
}

/** The packs made of a case, the newest first. */
export function packsOfCase(db: Database, caseId: string): CaseDetail['packs'] {
  return all<Omit<CaseDetail['packs'][number], 'stamp'> & { stamped_at: number | null; authority: string }>(
    db,
    `SELECT p.id, p.profile, p.file, p.sha256, p.root, p.at, p.exhibits, p.messages, o.name AS officer,
       coalesce(d.recipient, '') AS recipient, coalesce(d.purpose, '') AS purpose, d.bytes,
       t.stamped_at, t.authority
     FROM packs p JOIN officers o ON o.id = p.officer_id LEFT JOIN pack_stamps t ON t.pack_id = p.id
     LEFT JOIN pack_details d ON d.pack_id = p.id
     WHERE p.case_id = ? ORDER BY p.id DESC`,
    caseId,
  ).map(({ stamped_at, authority, ...pack }) => ({
    ...pack,
    stamp: stamped_at === null ? null : { at: stamped_at, authority },
  }));
}
