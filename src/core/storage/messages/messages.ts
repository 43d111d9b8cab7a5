import { DocketError } from '../../../contract/errors.ts';
import type { Message, MessageFilter } from '../../domain/conversation.ts';
import type { Act, MessageKind } from '../../domain/message.ts';
import type { Page } from '../../domain/page.ts';
import { splitBlockUid, uidInBlock } from '../../domain/uid.ts';
import { decodeCursor, encodeCursor } from '../cursor.ts';
import { all, type Database, get, type Value } from '../database.ts';
import { isQuarantined, unquarantinedOnly } from './quarantine.ts';
import { type Condition, type Place, textMatches } from './text-search.ts';

interface MessageRow {
  id: number;
  ordinal: number;
  source_uid: string;
  conversation_uid: string;
  conversation_label: string | null;
  sender_uid: string | null;
  account_name: string | null;
  account_platform_id: string | null;
  sender_name: string | null;
  platform_id: string | null;
  sent_at: number | null;
  sort_at: number;
  sent_text: string;
  kind: MessageKind;
  text: string;
  forwarded: number;
  edited_text: string | null;
  flags: string | null;
  parts: number;
  start: number;
  end: number;
  line: number;
  hits: number;
  recalled: number;
}

/**
 * What to call a conversation `c`: its name, else the people of a direct chat, else its id. A direct
 * chat has no name of its own in most exports; its members may get theirs later, from a directory.
 */
export const CONVERSATION_LABEL = `coalesce(nullif(c.name, ''), CASE WHEN c.type = 'direct' THEN
  (SELECT group_concat(n, ' · ') FROM (SELECT coalesce(y.name, y.platform_id) AS n FROM memberships x
     JOIN accounts y ON y.id = x.account_id WHERE x.conversation_id = c.id GROUP BY y.id ORDER BY y.id LIMIT 3))
  END, c.platform_id)`;

const SELECT = `
  SELECT m.id, m.ordinal, s.uid AS source_uid, c.uid AS conversation_uid,
    ${CONVERSATION_LABEL} AS conversation_label, a.uid AS sender_uid, a.name AS account_name,
    a.platform_id AS account_platform_id, m.sender_name, m.platform_id, m.sent_at, m.sort_at, m.sent_text, m.kind,
    m.text, m.forwarded, m.edited_text, m.flags, m.parts, o.start, o.end, o.line,
    (SELECT count(*) FROM hits h WHERE h.message_id = m.id AND h.status = 'hit') AS hits,
    m.platform_id IS NOT NULL AND EXISTS (
      SELECT 1 FROM messages r WHERE r.refers_to = m.platform_id AND r.kind = 'recall'
        AND r.conversation_id = m.conversation_id) AS recalled
  FROM messages m
  JOIN sources s ON s.id = m.source_id
  JOIN conversations c ON c.id = m.conversation_id
  LEFT JOIN accounts a ON a.id = m.sender_id
  JOIN message_occurrences o ON o.source_id = m.source_id AND o.ordinal = m.ordinal`;

/** Name to show for a sender: what this message showed, else what the register knows, else the id. */
export function senderLabel(row: {
  sender_name: string | null;
  account_name: string | null;
  account_platform_id: string | null;
}): string | null {
  return row.sender_name || row.account_name || row.account_platform_id;
}

function toMessage(db: Database, row: MessageRow): Message {
  const withheld = isQuarantined(db, row.id);
  const carried =
    row.parts === 0 || withheld
      ? []
      : all<{
          part: number;
          depth: number;
          act: Act;
          sender: string | null;
          text: string;
          sent_text: string | null;
        }>(
          db,
          'SELECT part, depth, act, sender, text, sent_text FROM carried_texts WHERE message_id = ? ORDER BY part',
          row.id,
        );
  return {
    id: uidInBlock(row.source_uid, row.ordinal),
    conversationId: row.conversation_uid,
    conversation: row.conversation_label,
    senderId: row.sender_uid,
    sender: senderLabel(row),
    platformId: row.platform_id,
    sentAt: row.sent_at,
    sentAtText: row.sent_text,
    kind: row.kind,
    text: withheld ? '' : row.text,
    act: row.forwarded ? 'forward' : 'own-post',
    carried: carried.map(({ sent_text, ...part }) => ({ ...part, sentAtText: sent_text })),
    attachments: withheld
      ? []
      : all<{ kind: string; name: string | null; size: number | null }>(
          db,
          'SELECT kind, name, size FROM attachments WHERE message_id = ? ORDER BY position',
          row.id,
        ),
    editedAtText: row.edited_text,
    recalled: row.recalled === 1,
    flags: [...(row.flags ? row.flags.split(' ') : []), ...(withheld ? ['quarantined'] : [])],
    hits: row.hits,
    sourceId: row.source_uid,
    locator: { start: row.start, end: row.end, line: row.line },
  };
}

/** Row id of a message or of one of its occurrences. Throws `not-found`. */
export function messageRowId(db: Database, uid: string): number {
  const place = splitBlockUid(uid);
  const row = place
    ? get<{ message_id: number }>(
        db,
        `SELECT o.message_id FROM message_occurrences o JOIN sources s ON s.id = o.source_id
         WHERE s.uid = ? AND o.ordinal = ?`,
        place.block,
        place.position,
      )
    : undefined;
  if (!row) throw new DocketError('not-found', 'no such message', uid);
  return row.message_id;
}

export function messageById(db: Database, id: number): Message {
  return toMessage(db, get<MessageRow>(db, `${SELECT} WHERE m.id = ?`, id) as MessageRow);
}

/** SQL that leaves out what only excluded sources hold, and quarantined messages; empty where there are none. */
export function visibleOnly(db: Database): string {
  return includedOnly(db) + unquarantinedOnly(db);
}

/** The part of `visibleOnly` about excluded sources. */
export function includedOnly(db: Database): string {
  const excluded = all<{ id: number }>(db, "SELECT id FROM sources WHERE state = 'excluded'");
  if (excluded.length === 0) return '';
  const ids = excluded.map((row) => row.id).join(', ');
  return ` AND (m.source_id NOT IN (${ids}) OR EXISTS (SELECT 1 FROM message_occurrences x
    WHERE x.message_id = m.id AND x.source_id NOT IN (${ids})))`;
}

/** A LIKE pattern that finds the text itself anywhere. */
export function containing(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`;
}

/**
 * A condition: the column's text holds a text anywhere, Latin letters in either case. As LIKE finds it, and behind a
 * NUL too, where LIKE ends; what has no Latin letters is asked for as it stands.
 */
export function holding(column: string, text: string): Condition {
  if (!/[A-Za-z]/.test(text)) return { sql: `instr(${column}, ?) > 0`, values: [text] };
  const small = text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
  const folded = `instr(lower(${column}), ?) > 0`;
  if (text.includes('\0')) return { sql: folded, values: [small] };
  return {
    sql: `(${column} LIKE ? ESCAPE '\\' OR instr(${column}, char(0)) > 0 AND ${folded})`,
    values: [containing(text), small],
  };
}

function conditions(db: Database, filter: MessageFilter): Condition {
  const parts: string[] = [];
  const values: Value[] = [];
  const add = (sql: string, ...bound: Value[]) => {
    parts.push(sql);
    values.push(...bound);
  };
  if (filter.text) {
    const said = holding('m.text', filter.text);
    const carried = holding('q.text', filter.text);
    add(
      `(${said.sql} OR m.parts > 0 AND EXISTS (
         SELECT 1 FROM carried_texts q WHERE q.message_id = m.id AND ${carried.sql}))`,
      ...said.values,
      ...carried.values,
    );
  }
  if (filter.conversationId) {
    add('m.conversation_id = (SELECT id FROM conversations WHERE uid = ?)', filter.conversationId);
  }
  if (filter.senderId) add('m.sender_id = (SELECT id FROM accounts WHERE uid = ?)', filter.senderId);
  if (filter.sourceId) {
    add(
      `EXISTS (SELECT 1 FROM message_occurrences f WHERE f.message_id = m.id
         AND f.source_id = (SELECT id FROM sources WHERE uid = ?))`,
      filter.sourceId,
    );
  }
  if (filter.kind) add('m.kind = ?', filter.kind);
  if (filter.from != null) add('m.sort_at >= ?', filter.from);
  if (filter.to != null) add('m.sort_at < ?', filter.to);
  if (filter.withHits) add("EXISTS (SELECT 1 FROM hits f WHERE f.message_id = m.id AND f.status = 'hit')");
  return { sql: (parts.length > 0 ? parts.join(' AND ') : '1') + visibleOnly(db), values };
}

/**
 * A page of messages by time; the total comes with the first page. A text search awaits `pause` between
 * pieces of some milliseconds.
 */
export async function searchMessages(
  db: Database,
  filter: MessageFilter,
  descending: boolean,
  cursor: string | null,
  limit: number,
  pause: () => Promise<void>,
): Promise<Page<Message>> {
  const after = decodeCursor(cursor, 'number', 'number') as [number, number] | null;
  const where = conditions(db, filter);
  const found = filter.text ? await textMatches(db, where, filter.text, pause) : null;
  const places = found
    ? pageOfMatches(found, descending, after, limit + 1)
    : placesByTime(db, where, descending, after, limit + 1);
  const last = places.length > limit ? places[limit - 1] : undefined;
  return {
    rows: places.slice(0, limit).map(({ id }) => messageById(db, id)),
    next: last ? encodeCursor([last.sort_at, last.id]) : null,
    total: cursor ? null : (found?.length ?? countMessages(db, where)),
  };
}

function placesByTime(
  db: Database,
  where: Condition,
  descending: boolean,
  after: [number, number] | null,
  limit: number,
): Place[] {
  const [op, order] = descending ? ['<', 'DESC'] : ['>', 'ASC'];
  return all<Place>(
    db,
    `SELECT m.id, m.sort_at FROM messages m WHERE ${where.sql}${after ? ` AND (m.sort_at, m.id) ${op} (?, ?)` : ''}
     ORDER BY m.sort_at ${order}, m.id ${order} LIMIT ?`,
    ...where.values,
    ...(after ?? []),
    limit,
  );
}

function pageOfMatches(
  places: readonly Place[],
  descending: boolean,
  after: [number, number] | null,
  limit: number,
): Place[] {
  const beyond = ([sortAt, id]: [number, number], place: Place) => place.sort_at - sortAt || place.id - id;
  if (descending) {
    let end = places.length;
    if (after) end = lowest(places, (place) => beyond(after, place) >= 0);
    return places.slice(Math.max(0, end - limit), end).reverse();
  }
  const start = after ? lowest(places, (place) => beyond(after, place) > 0) : 0;
  return places.slice(start, start + limit);
}

/** First position where `holds` is true, which stays true from there on. */
function lowest(places: readonly Place[], holds: (place: Place) => boolean): number {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(places[middle] as Place)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function countMessages(db: Database, where: Condition): number {
  if (where.sql === '1') {
    return get<{ n: number }>(db, 'SELECT coalesce(sum(messages), 0) AS n FROM conversation_totals')?.n ?? 0;
  }
  return (
    get<{ n: number }>(db, `SELECT count(*) AS n FROM messages m WHERE ${where.sql}`, ...where.values)?.n ?? 0
  );
}

/** A message with its neighbours in the conversation, oldest first. Counts are messages. */
export function messageContext(
  db: Database,
  id: number,
  before: number,
  after: number,
): { messages: Message[]; moreBefore: boolean; moreAfter: boolean } {
  const centre = get<{ conversation_id: number; sort_at: number }>(
    db,
    'SELECT conversation_id, sort_at FROM messages WHERE id = ?',
    id,
  );
  if (!centre) throw new DocketError('not-found', 'no such message', String(id));
  const visible = visibleOnly(db);
  const side = (op: '<' | '>', order: 'DESC' | 'ASC', limit: number) =>
    all<MessageRow>(
      db,
      `${SELECT} WHERE m.conversation_id = ? AND (m.sort_at, m.id) ${op} (?, ?)${visible}
       ORDER BY m.sort_at ${order}, m.id ${order} LIMIT ?`,
      centre.conversation_id,
      centre.sort_at,
      id,
      limit + 1,
    );
  const earlier = side('<', 'DESC', before);
  const later = side('>', 'ASC', after);
  return {
    messages: [
      ...earlier
        .slice(0, before)
        .reverse()
        .map((row) => toMessage(db, row)),
      messageById(db, id),
      ...later.slice(0, after).map((row) => toMessage(db, row)),
    ],
    moreBefore: earlier.length > before,
    moreAfter: later.length > after,
  };
}
