/** What statutory meters count: confirmed messages, the conversations they stand in, figures entered. */
import { DocketError } from '../../../contract/errors.ts';
import type { CategoryId } from '../../domain/category.ts';
import type { MeterFigureEntry, MeterSubject } from '../../domain/meter.ts';
import { all, type Database, get } from '../database.ts';
import { visibleHits } from '../detection/hits.ts';
import { conversationRow } from '../messages/told-messages.ts';
import { accountRowId, standingLink } from '../people/people.ts';
import { insertRow, type Store, updateRow } from '../rows.ts';

/** SQL that picks a subject's hits (`h`) with its values, and the accounts of a person. */
export interface MeterScope {
  readonly sql: string;
  readonly value: number | string;
  readonly accounts: readonly number[];
}

/** Throws `not-found`. */
export function meterScope(db: Database, { type, id }: MeterSubject): MeterScope {
  if (type === 'case') {
    if (!get(db, 'SELECT 1 FROM cases WHERE id = ?', id))
      throw new DocketError('not-found', 'no such case', id);
    return { sql: 'h.case_id = ?', value: id, accounts: [] };
  }
  if (type === 'group') {
    const row = conversationRow(db, id);
    if (!row) throw new DocketError('not-found', 'no such conversation', id);
    return { sql: 'h.conversation_id = ?', value: row.id, accounts: [] };
  }
  const account = accountRowId(db, id);
  const person = standingLink(db, account)?.person_id;
  if (person === undefined) return { sql: 'h.sender_id = ?', value: account, accounts: [account] };
  return {
    sql: `h.sender_id IN (SELECT p.account_id FROM person_accounts p WHERE p.person_id = ? AND p.undone_at IS NULL)`,
    value: person,
    accounts: all<{ id: number }>(
      db,
      'SELECT account_id AS id FROM person_accounts WHERE person_id = ? AND undone_at IS NULL',
      person,
    ).map(({ id: row }) => row),
  };
}

export interface CountedMessage {
  readonly message_id: number;
  readonly category: CategoryId;
  readonly sent_at: number | null;
  readonly kind: string;
  readonly text: string;
  readonly forwarded: number;
  readonly conversation_id: number;
  readonly type: string;
  /** Kinds and names of what it carries, one a line. */
  readonly carries: string | null;
  readonly under14: 0 | 1;
}

/** Confirmed messages of a scope, one row for each of their categories. Quoting is not saying. */
export function countedMessages(db: Database, scope: MeterScope): CountedMessage[] {
  return all<CountedMessage>(
    db,
    `SELECT m.id AS message_id, h.category, m.sent_at, m.kind, m.text, m.forwarded, m.conversation_id, c.type,
       (SELECT group_concat(a.kind || ' ' || coalesce(a.name, ''), char(10)) FROM attachments a WHERE a.message_id = m.id) AS carries,
       max(EXISTS (SELECT 1 FROM hit_marks k WHERE k.hit_id = h.id AND k.mark = 'under-14' AND k.taken_back = 0)) AS under14
     FROM hits h JOIN messages m ON m.id = h.message_id JOIN conversations c ON c.id = m.conversation_id
     WHERE ${scope.sql} AND h.verdict = 'confirmed' AND h.act <> 'quote' AND ${visibleHits(db)}
     GROUP BY m.id, h.category`,
    scope.value,
  );
}

/** Hits of a scope that nobody has decided about, by category. The sign keeps SQLite from reading the whole queue. */
export function undecidedHits(db: Database, scope: MeterScope): Map<CategoryId, number> {
  const rows = all<{ category: CategoryId; n: number }>(
    db,
    `SELECT h.category, count(*) AS n FROM hits h
     WHERE ${scope.sql} AND (h.verdict IS NULL OR h.verdict = 'unsure') AND +h.status = 'hit' AND ${visibleHits(db)}
     GROUP BY h.category`,
    scope.value,
  );
  return new Map(rows.map(({ category, n }) => [category, n]));
}

/**
 * Accounts known in a conversation: those on its member lists, else those that spoke. `owned`: whether
 * one of `accounts` is listed as its owner; null where no list names an owner.
 */
export function conversationAccounts(
  db: Database,
  conversationId: number,
  accounts: readonly number[],
): { accounts: number[]; listed: boolean; owned: boolean | null } {
  const listed = all<{ id: number; owner: number }>(
    db,
    `SELECT account_id AS id, max(role = 'owner') AS owner FROM memberships WHERE conversation_id = ? GROUP BY account_id`,
    conversationId,
  );
  const owners = listed.filter(({ owner }) => owner === 1).map(({ id }) => id);
  const owned = owners.length === 0 ? null : owners.some((id) => accounts.includes(id));
  if (listed.length > 0) return { accounts: listed.map(({ id }) => id), listed: true, owned };
  const spoke = all<{ id: number }>(
    db,
    'SELECT DISTINCT sender_id AS id FROM messages WHERE conversation_id = ? AND sender_id IS NOT NULL',
    conversationId,
  );
  return { accounts: spoke.map(({ id }) => id), listed: false, owned };
}

export interface MeterFigureRow {
  id: string;
  subject_type: MeterSubject['type'];
  subject_id: string;
  meter: string;
  counter: string;
  variant: string;
  value: number;
  day: string;
  source: string;
  officer_id: string;
  at: number;
  withdrawn_at: number | null;
  withdrawn_by: string | null;
}

export function insertFigure(store: Store, row: MeterFigureRow): void {
  insertRow(store, 'meter_figures', { ...row });
}

export function withdrawFigureRow(
  store: Store,
  id: string,
  by: { withdrawn_at: number; withdrawn_by: string },
): void {
  updateRow(store, 'meter_figures', { id }, by);
}

/** Standing figures of a subject. */
export function figuresOf(
  db: Database,
  { type, id }: MeterSubject,
): (MeterFigureEntry & { meter: string })[] {
  return all<MeterFigureRow & { officer: string }>(
    db,
    `SELECT f.*, coalesce(o.name, f.officer_id) AS officer FROM meter_figures f
     LEFT JOIN officers o ON o.id = f.officer_id
     WHERE f.subject_type = ? AND f.subject_id = ? AND f.withdrawn_at IS NULL ORDER BY f.id`,
    type,
    id,
  ).map((row) => ({
    id: row.id,
    meter: row.meter,
    counter: row.counter,
    variant: row.variant,
    value: row.value,
    day: row.day,
    source: row.source,
    officer: row.officer,
    at: row.at,
  }));
}
