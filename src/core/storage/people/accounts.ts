import { DocketError } from '../../../contract/errors.ts';
import type { Account, Conversation } from '../../domain/conversation.ts';
import type { ConversationType, Platform } from '../../domain/message.ts';
import type { Page } from '../../domain/page.ts';
import { decodeCursor, encodeCursor } from '../cursor.ts';
import { all, type Database, get, type Value } from '../database.ts';
import { CONVERSATION_LABEL, containing } from '../messages/messages.ts';

interface AccountRow {
  id: number;
  uid: string;
  platform: Platform;
  platform_id: string | null;
  name: string | null;
  fields: string;
  messages: number;
  hits: number;
  sort_value: Value;
}

/** Register fields that identify a living person beyond the name (Civil Code art. 1034). */
const PERSONAL_FIELDS =
  /phone|mobile|tel|手机|电话|mail|邮箱|id.?card|resident|身份证|bank|银行|address|住址|地址|birth|生日|contact|联系方式/i;

/** First and last characters stay, so that two people can be told apart without being known. */
export function mask(value: string): string {
  const units = [...value];
  if (units.length <= 2) return '•'.repeat(units.length);
  const kept = units.length > 6 ? 2 : 1;
  return [...units.slice(0, kept), '•'.repeat(units.length - 2 * kept), ...units.slice(-kept)].join('');
}

/** The fields with personal data masked. */
export function maskPersonal(fields: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, PERSONAL_FIELDS.test(name) ? mask(value) : value]),
  );
}

function toAccount(db: Database, row: AccountRow, revealed: boolean): Account {
  const stored = JSON.parse(row.fields) as Record<string, string>;
  const fields = revealed ? stored : maskPersonal(stored);
  return {
    id: row.uid,
    platform: row.platform,
    platformId: row.platform_id,
    name: row.name,
    names: all<{ name: string }>(
      db,
      'SELECT name FROM account_names WHERE account_id = ? ORDER BY seen DESC',
      row.id,
    ).map(({ name }) => name),
    fields,
    messages: row.messages,
    hits: row.hits,
    unnamed: row.name === null && row.platform_id !== null,
  };
}

const HITS =
  "(SELECT count(*) FROM hits h WHERE h.sender_id = a.id AND h.status = 'hit' AND h.verdict IS NOT 'dismissed')";
const ACCOUNT_SORT = {
  name: "coalesce(a.name, a.platform_id, '')",
  messages: 't.messages',
  hits: HITS,
} as const;

/** Whether an export shows this id without a name and no list has named it. */
const UNNAMED = 'a.name IS NULL AND a.platform_id IS NOT NULL';

function accountConditions(text: string | null, unnamed: boolean | null): { sql: string; values: Value[] } {
  const parts: string[] = [];
  const values: Value[] = [];
  if (text) {
    const pattern = containing(text);
    parts.push(
      `(a.name LIKE ? ESCAPE '\\' OR a.platform_id LIKE ? ESCAPE '\\' OR a.fields LIKE ? ESCAPE '\\'
        OR EXISTS (SELECT 1 FROM account_names n WHERE n.account_id = a.id AND n.name LIKE ? ESCAPE '\\'))`,
    );
    values.push(pattern, pattern, pattern, pattern);
  }
  if (unnamed !== null) parts.push(unnamed ? `(${UNNAMED})` : `NOT (${UNNAMED})`);
  return { sql: parts.join(' AND ') || '1', values };
}

export function listAccounts(
  db: Database,
  filter: { text: string | null; unnamed: boolean | null },
  sort: { by: keyof typeof ACCOUNT_SORT; descending: boolean },
  cursor: string | null,
  limit: number,
): Page<Account> {
  const where = accountConditions(filter.text, filter.unnamed);
  const column = ACCOUNT_SORT[sort.by];
  const [op, order] = sort.descending ? ['<', 'DESC'] : ['>', 'ASC'];
  const after = decodeCursor(cursor, sort.by === 'name' ? 'string' : 'number', 'number');
  const rows = all<AccountRow>(
    db,
    `SELECT a.id, a.uid, a.platform, a.platform_id, a.name, a.fields, t.messages, ${HITS} AS hits, ${column} AS sort_value
     FROM accounts a JOIN account_totals t ON t.account_id = a.id
     WHERE ${where.sql}${after ? ` AND (${column}, a.id) ${op} (?, ?)` : ''}
     ORDER BY ${column} ${order}, a.id ${order} LIMIT ?`,
    ...where.values,
    ...(after ?? []),
    limit + 1,
  );
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return {
    rows: rows.slice(0, limit).map((row) => toAccount(db, row, false)),
    next: last ? encodeCursor([last.sort_value as string | number, last.id]) : null,
    total: cursor
      ? null
      : (get<{ n: number }>(db, `SELECT count(*) AS n FROM accounts a WHERE ${where.sql}`, ...where.values)
          ?.n ?? 0),
  };
}

/** One account with nothing masked. Throws `not-found`. */
export function revealedAccount(db: Database, uid: string): Account {
  const row = get<AccountRow>(
    db,
    `SELECT a.*, t.messages, ${HITS} AS hits FROM accounts a JOIN account_totals t ON t.account_id = a.id WHERE a.uid = ?`,
    uid,
  );
  if (!row) throw new DocketError('not-found', 'no such account', uid);
  return toAccount(db, row, true);
}

interface ConversationRow {
  id: number;
  uid: string;
  platform: Platform;
  platform_id: string | null;
  label: string | null;
  type: ConversationType;
  messages: number;
  members: number;
  first_at: number | null;
  last_at: number | null;
  sort_value: Value;
}

const CONVERSATION_SORT = {
  name: `coalesce(${CONVERSATION_LABEL}, '')`,
  messages: 't.messages',
  lastAt: 'coalesce(t.last_at, 0)',
} as const;

export function listConversations(
  db: Database,
  text: string | null,
  sort: { by: keyof typeof CONVERSATION_SORT; descending: boolean },
  cursor: string | null,
  limit: number,
): Page<Conversation> {
  const where = text ? `${CONVERSATION_LABEL} LIKE ? ESCAPE '\\'` : '1';
  const values = text ? [containing(text)] : [];
  const column = CONVERSATION_SORT[sort.by];
  const [op, order] = sort.descending ? ['<', 'DESC'] : ['>', 'ASC'];
  const after = decodeCursor(cursor, sort.by === 'name' ? 'string' : 'number', 'number');
  const rows = all<ConversationRow>(
    db,
    `SELECT c.*, ${CONVERSATION_LABEL} AS label, t.messages, t.first_at, t.last_at, ${column} AS sort_value,
       (SELECT count(DISTINCT account_id) FROM memberships m WHERE m.conversation_id = c.id) AS members
     FROM conversations c JOIN conversation_totals t ON t.conversation_id = c.id
     WHERE ${where}${after ? ` AND (${column}, c.id) ${op} (?, ?)` : ''}
     ORDER BY ${column} ${order}, c.id ${order} LIMIT ?`,
    ...values,
    ...(after ?? []),
    limit + 1,
  );
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return {
    rows: rows.slice(0, limit).map((row) => ({
      id: row.uid,
      platform: row.platform,
      platformId: row.platform_id,
      name: row.label,
      type: row.type,
      messages: row.messages,
      members: row.members,
      firstAt: row.first_at,
      lastAt: row.last_at,
    })),
    next: last ? encodeCursor([last.sort_value as string | number, last.id]) : null,
    total: cursor
      ? null
      : (get<{ n: number }>(db, `SELECT count(*) AS n FROM conversations c WHERE ${where}`, ...values)?.n ??
        0),
  };
}
