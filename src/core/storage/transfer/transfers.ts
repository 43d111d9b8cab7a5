/** The register of transfers: what went and came, which versions were exchanged, and what stands against each other. */
import type { Row } from '../database.ts';
import { all, type Database, get } from '../database.ts';
import { insertRow, insertRows, type Store, updateRow } from '../rows.ts';

export interface TransferRow {
  id: string;
  direction: 'sent' | 'received';
  kind: 'case' | 'hits';
  case_id: string | null;
  /** JSON: who is at the other end. */
  peer: string;
  file: string;
  sha256: string;
  /** JSON. */
  counts: string;
  at: number;
  officer_id: string;
  event_id: string;
}

export function insertTransfer(store: Store, row: TransferRow): void {
  insertRow(store, 'transfers', { ...row });
}

export function transferRow(db: Database, id: string): TransferRow | undefined {
  return get<TransferRow>(db, 'SELECT * FROM transfers WHERE id = ?', id);
}

export function transferRows(db: Database): (TransferRow & { officer: string })[] {
  return all(
    db,
    'SELECT t.*, o.name AS officer FROM transfers t JOIN officers o ON o.id = t.officer_id ORDER BY t.at DESC, t.id DESC',
  );
}

/** Whether the file with this digest came in before. */
export function receivedBefore(db: Database, sha256: string): boolean {
  return get(db, "SELECT 1 FROM transfers WHERE direction = 'received' AND sha256 = ?", sha256) !== undefined;
}

export interface Version {
  readonly digest: string;
  /** JSON of the portable row and its parts. */
  readonly content: string;
}

/** The versions of an item that were sent or received, the oldest first. */
export function versionsOf(db: Database, item: string): Version[] {
  return all<Version>(
    db,
    'SELECT digest, content FROM transfer_versions WHERE item = ? ORDER BY position',
    item,
  );
}

/** Notes a version as known to both sides, unless it is the last one noted. Call inside a transaction. */
export function noteVersion(store: Store, item: string, version: Version, at: number): void {
  const last = get<{ position: number; digest: string }>(
    store.db,
    'SELECT position, digest FROM transfer_versions WHERE item = ? ORDER BY position DESC LIMIT 1',
    item,
  );
  if (last?.digest === version.digest) return;
  insertRow(store, 'transfer_versions', { item, position: (last?.position ?? 0) + 1, ...version, at });
}

/** Rows that are written between two safe points. */
const PAGE = 250;

/** Notes what both sides call messages; yields at safe points. Call inside a transaction. */
export function* noteMessages(
  store: Store,
  messages: Iterable<readonly [uid: string, messageId: number]>,
): Generator<void, void> {
  let rows: { uid: string; message_id: number }[] = [];
  for (const [uid, message_id] of messages) {
    rows.push({ uid, message_id });
    if (rows.length < PAGE) continue;
    insertRows(store, 'transfer_messages', rows);
    rows = [];
    yield;
  }
  insertRows(store, 'transfer_messages', rows);
}

export function noteEvent(store: Store, eventId: string, transferId: string): void {
  insertRow(store, 'transfer_events', { event_id: eventId, transfer_id: transferId });
}

export function hasEvent(db: Database, id: string): boolean {
  return get(db, 'SELECT 1 FROM events WHERE id = ?', id) !== undefined;
}

export interface ConflictRow {
  id: string;
  transfer_id: string;
  case_id: string | null;
  kind: 'row' | 'disposition' | 'decision';
  item: string;
  /** JSON: fields, and who had it so since when. */
  ours: string;
  theirs: string;
  /** JSON: what of theirs waits for the choice. */
  held: string;
  at: number;
  resolved_at: number | null;
  resolved_by: string | null;
  choice: 'ours' | 'theirs' | null;
  reason: string | null;
  event_id: string | null;
}

export function conflictRows(
  db: Database,
  id: string | null = null,
): (ConflictRow & { officer: string | null })[] {
  return all(
    db,
    `SELECT c.*, o.name AS officer FROM transfer_conflicts c LEFT JOIN officers o ON o.id = c.resolved_by
     ${id === null ? '' : 'WHERE c.id = ?'} ORDER BY c.resolved_at IS NOT NULL, c.id DESC`,
    ...(id === null ? [] : [id]),
  );
}

/** Writes a conflict; an open one about the same thing takes on what came now. */
export function writeConflict(store: Store, row: ConflictRow): void {
  const open = get<{ id: string }>(
    store.db,
    'SELECT id FROM transfer_conflicts WHERE item = ? AND resolved_at IS NULL',
    row.item,
  );
  if (!open) insertRow(store, 'transfer_conflicts', { ...row });
  else {
    const { transfer_id, ours, theirs, held, at } = row;
    updateRow(store, 'transfer_conflicts', { id: open.id }, { transfer_id, ours, theirs, held, at });
  }
}

export function settleConflict(store: Store, id: string, changes: Partial<ConflictRow>): void {
  updateRow(store, 'transfer_conflicts', { id }, { ...changes } as Row);
}

export interface TrustedKey {
  fingerprint: string;
  name: string;
  prefix: string;
  workspace_id: string;
  officer_id: string;
  at: number;
}

export function trustedKey(db: Database, fingerprint: string): TrustedKey | undefined {
  return get<TrustedKey>(db, 'SELECT * FROM trusted_keys WHERE fingerprint = ?', fingerprint);
}

export function insertTrustedKey(store: Store, row: TrustedKey): void {
  insertRow(store, 'trusted_keys', { ...row });
}

export interface CaseOrigin {
  case_id: string;
  workspace_id: string;
  number: string;
}

/** Where a case was opened, if not here. */
export function caseOrigin(db: Database, caseId: string): CaseOrigin | undefined {
  return get<CaseOrigin>(db, 'SELECT * FROM case_origins WHERE case_id = ?', caseId);
}

export function insertCaseOrigin(store: Store, row: CaseOrigin): void {
  insertRow(store, 'case_origins', { ...row });
}

/** Brings an officer of another workstation into the register: a name and a public key, no unlock. */
export function insertForeignOfficer(
  store: Store,
  officer: { id: string; name: string; role: string; publicKey: Buffer; at: number },
): void {
  insertRow(store, 'officers', {
    id: officer.id,
    name: officer.name,
    role: officer.role,
    public_key: officer.publicKey,
    private_key: Buffer.alloc(0),
    active: 0,
    created_at: officer.at,
  });
}

/** Who last did something about one of these subjects, and when. */
export function lastTouch(
  db: Database,
  subjects: readonly string[],
): { officer: string; at: number } | undefined {
  return get<{ officer: string; at: number }>(
    db,
    `SELECT o.name AS officer, e.at FROM events e JOIN officers o ON o.id = e.officer_id
     WHERE e.subject_id IN (${subjects.map(() => '?').join(', ')}) ORDER BY e.id DESC LIMIT 1`,
    ...subjects,
  );
}
