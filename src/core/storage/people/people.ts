import { DocketError } from '../../../contract/errors.ts';
import type { Platform } from '../../domain/message.ts';
import type { Page } from '../../domain/page.ts';
import type { AccountIdentity, NameSeen, Person, PersonAccount } from '../../domain/person.ts';
import { decodeCursor, encodeCursor } from '../cursor.ts';
import { all, type Database, get } from '../database.ts';
import { containing } from '../messages/messages.ts';
import { insertRow, type Store, updateRow } from '../rows.ts';

export interface PersonAccountRow {
  id: string;
  person_id: string;
  account_id: number;
  reason: string;
  officer_id: string;
  at: number;
  event_id: string;
  undone_by: string | null;
  undone_at: number | null;
  undone_reason: string | null;
}

interface Joined extends PersonAccountRow {
  account_uid: string;
  platform: Platform;
  platform_id: string | null;
  name: string | null;
  messages: number;
  officer: string | null;
  undone_officer: string | null;
}

const LINKS = `SELECT p.*, a.uid AS account_uid, a.platform, a.platform_id, a.name, t.messages,
    o.name AS officer, u.name AS undone_officer
  FROM person_accounts p JOIN accounts a ON a.id = p.account_id JOIN account_totals t ON t.account_id = a.id
  LEFT JOIN officers o ON o.id = p.officer_id LEFT JOIN officers u ON u.id = p.undone_by`;

function toPersonAccount(row: Joined): PersonAccount {
  return {
    linkId: row.id,
    accountId: row.account_uid,
    platform: row.platform,
    platformId: row.platform_id,
    name: row.name,
    messages: row.messages,
    reason: row.reason,
    officer: row.officer ?? row.officer_id,
    at: row.at,
    undone:
      row.undone_at === null
        ? null
        : {
            at: row.undone_at,
            officer: row.undone_officer ?? row.undone_by ?? '',
            reason: row.undone_reason ?? '',
          },
  };
}

/** What an account is called where. Throws `not-found`. */
export function accountLabel(
  db: Database,
  uid: string,
): { platform: Platform; platformId: string | null; name: string | null } {
  return get(
    db,
    'SELECT platform, platform_id AS platformId, name FROM accounts WHERE id = ?',
    accountRowId(db, uid),
  ) as { platform: Platform; platformId: string | null; name: string | null };
}

/** Row id of an account. Throws `not-found`. */
export function accountRowId(db: Database, uid: string): number {
  const row = get<{ id: number }>(db, 'SELECT id FROM accounts WHERE uid = ?', uid);
  if (!row) throw new DocketError('not-found', 'no such account', uid);
  return row.id;
}

export function insertPerson(
  store: Store,
  person: { id: string; name: string; created_at: number; officer_id: string },
): void {
  insertRow(store, 'persons', person);
}

export function insertPersonAccount(store: Store, link: PersonAccountRow): void {
  insertRow(store, 'person_accounts', { ...link });
}

export function undoPersonAccount(
  store: Store,
  id: string,
  by: { undone_by: string; undone_at: number; undone_reason: string },
): void {
  updateRow(store, 'person_accounts', { id }, by);
}

export function personAccountById(db: Database, id: string): PersonAccountRow | undefined {
  return get<PersonAccountRow>(db, 'SELECT * FROM person_accounts WHERE id = ?', id);
}

/** The standing link of an account; undefined where it belongs to nobody yet. */
export function standingLink(db: Database, accountId: number): PersonAccountRow | undefined {
  return get<PersonAccountRow>(
    db,
    'SELECT * FROM person_accounts WHERE account_id = ? AND undone_at IS NULL',
    accountId,
  );
}

/** A person with all links, undone ones last. Throws `not-found`. */
export function personById(db: Database, id: string): Person {
  const person = get<{ id: string; name: string }>(db, 'SELECT id, name FROM persons WHERE id = ?', id);
  if (!person) throw new DocketError('not-found', 'no such person', id);
  return {
    ...person,
    accounts: all<Joined>(
      db,
      `${LINKS} WHERE p.person_id = ? ORDER BY p.undone_at IS NOT NULL, p.id`,
      id,
    ).map(toPersonAccount),
  };
}

/** Persons by name. */
export function listPersons(
  db: Database,
  text: string | null,
  cursor: string | null,
  limit: number,
): Page<Person> {
  const where = text ? "name LIKE ? ESCAPE '\\'" : '1';
  const values = text ? [containing(text)] : [];
  const after = decodeCursor(cursor, 'string', 'string');
  const rows = all<{ id: string; name: string }>(
    db,
    `SELECT id, name FROM persons WHERE ${where}${after ? ' AND (name, id) > (?, ?)' : ''} ORDER BY name, id LIMIT ?`,
    ...values,
    ...(after ?? []),
    limit + 1,
  );
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return {
    rows: rows.slice(0, limit).map(({ id }) => personById(db, id)),
    next: last ? encodeCursor([last.name, last.id]) : null,
    total: cursor
      ? null
      : (get<{ n: number }>(db, `SELECT count(*) AS n FROM persons WHERE ${where}`, ...values)?.n ?? 0),
  };
}

/** Names of an account with the time for which messages show them, the last seen first. */
function namesOf(db: Database, accountId: number): NameSeen[] {
  return all<NameSeen>(
    db,
    `SELECT n.name, s.file, coalesce(x.n, 0) AS messages, x.first AS firstAt, x.last AS lastAt
     FROM account_names n JOIN sources s ON s.id = n.source_id
     LEFT JOIN (SELECT sender_name, count(*) AS n, min(sent_at) AS first, max(sent_at) AS last FROM messages
                WHERE sender_id = ? GROUP BY sender_name) x ON x.sender_name = n.name
     WHERE n.account_id = ? ORDER BY coalesce(x.last, 0) DESC, n.seen DESC`,
    accountId,
    accountId,
  );
}

export function identityOf(db: Database, accountUid: string): AccountIdentity {
  const accountId = accountRowId(db, accountUid);
  const standing = standingLink(db, accountId);
  return {
    names: namesOf(db, accountId),
    person: standing ? personById(db, standing.person_id) : null,
    undone: all<Joined & { person: string }>(
      db,
      `${LINKS.replace('SELECT p.*', 'SELECT p.*, q.name AS person')} JOIN persons q ON q.id = p.person_id
       WHERE p.account_id = ? AND p.undone_at IS NOT NULL ORDER BY p.undone_at DESC`,
      accountId,
    ).map((row) => ({ person: row.person, link: toPersonAccount(row) })),
  };
}

/** Row ids of the accounts that an officer tied to the same person, this one first. */
export function accountsOfPerson(db: Database, accountId: number): number[] {
  const others = all<{ id: number }>(
    db,
    `SELECT DISTINCT o.account_id AS id FROM person_accounts p JOIN person_accounts o ON o.person_id = p.person_id
     WHERE p.account_id = ? AND p.undone_at IS NULL AND o.undone_at IS NULL AND o.account_id <> ? ORDER BY 1`,
    accountId,
    accountId,
  );
  return [accountId, ...others.map(({ id }) => id)];
}
