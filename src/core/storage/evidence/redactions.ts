/** What officers withhold from the packs of a case, and who is a bystander in it. */
import { DocketError } from '../../../contract/errors.ts';
import type { Redactable, Redaction } from '../../evidence/redact.ts';
import { ACCOUNT_NAME } from '../cases/cases.ts';
import { all, type Database, get } from '../database.ts';
import { insertRow, type Store, updateRow } from '../rows.ts';

export interface RedactionRow {
  id: string;
  case_id: string;
  message_id: number;
  part: Redactable;
  /** JSON; null for the whole part. */
  spans: string | null;
  reason: string;
  officer_id: string;
  at: number;
  event_id: string;
  withdrawn: number;
}

export function insertRedaction(store: Store, row: RedactionRow): void {
  insertRow(store, 'redactions', { ...row });
}

export function withdrawRedaction(store: Store, id: string): void {
  updateRow(store, 'redactions', { id }, { withdrawn: 1 });
}

/** Throws `not-found`. */
export function redactionRow(db: Database, id: string): RedactionRow {
  const row = get<RedactionRow>(db, 'SELECT * FROM redactions WHERE id = ?', id);
  if (!row) throw new DocketError('not-found', 'no such redaction', id);
  return row;
}

/** Those in force in a case, in the order in which they were made. */
export function redactionsOfCase(db: Database, caseId: string): (RedactionRow & { officer: string })[] {
  return all<RedactionRow & { officer: string }>(
    db,
    `SELECT r.*, o.name AS officer FROM redactions r JOIN officers o ON o.id = r.officer_id
     WHERE r.case_id = ? AND r.withdrawn = 0 ORDER BY r.id`,
    caseId,
  );
}

/** Those in force, by the row id of their message. */
export function redactionsByMessage(db: Database, caseId: string): Map<number, Redaction[]> {
  const byMessage = new Map<number, Redaction[]>();
  for (const { message_id, part, spans, reason } of redactionsOfCase(db, caseId)) {
    const redaction = { part, reason, spans: spans === null ? null : JSON.parse(spans) };
    const known = byMessage.get(message_id);
    if (known) known.push(redaction);
    else byMessage.set(message_id, [redaction]);
  }
  return byMessage;
}

export interface Speaker {
  readonly id: number;
  readonly uid: string;
  /** What the workspace calls it; null where unknown. */
  readonly name: string | null;
  readonly isParty: boolean;
  /** Distinct messages of the pack. */
  readonly messages: number;
  /** Every name that this account is known by. */
  readonly names: readonly string[];
}

/** Who speaks in the messages of `scratch.pack_messages` (pack-selection.ts), in a fixed order. */
export function speakersOfPack(db: Database, caseId: string): Speaker[] {
  const counts = new Map<number, number>();
  // Grouped here: SQLite would put all rows in order, in memory.
  const senders = db
    .prepare(
      `SELECT m.sender_id AS id FROM scratch.pack_messages t CROSS JOIN messages m ON m.id = t.message_id
       WHERE m.sender_id IS NOT NULL`,
    )
    .pluck()
    .iterate() as Iterable<number>;
  for (const id of senders) counts.set(id, (counts.get(id) ?? 0) + 1);
  const speakers = [...counts.keys()].sort((a, b) => a - b);
  return speakers
    .flatMap((speaker) =>
      all<{ id: number; uid: string; name: string | null; key: string; party: number }>(
        db,
        `SELECT a.id, a.uid, ${ACCOUNT_NAME} AS name, a.key,
         EXISTS (SELECT 1 FROM parties p WHERE p.case_id = ? AND p.account_id = a.id) AS party
       FROM accounts a WHERE a.id = ?`,
        caseId,
        speaker,
      ),
    )
    .map(({ id, uid, name, key, party }) => ({
      id,
      uid,
      name,
      messages: counts.get(id) ?? 0,
      isParty: party === 1,
      names: [
        ...(name === null ? [] : [name]),
        key.replace(/^name:/, ''),
        ...all<{ name: string }>(
          db,
          `SELECT name FROM account_names WHERE account_id = ?
         UNION SELECT display_name FROM memberships WHERE account_id = ? AND display_name IS NOT NULL`,
          id,
          id,
        ).map((row) => row.name),
      ],
    }));
}
