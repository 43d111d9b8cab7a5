import type { Link, LinkDomain, LinkPlace } from '../../domain/link.ts';
import type { Page } from '../../domain/page.ts';
import { uidInBlock } from '../../domain/uid.ts';
import { decodeCursor, encodeCursor } from '../cursor.ts';
import { all, type Database, get, type Row, type Value } from '../database.ts';
import { insertRows, readMeta, type Store, writeMeta } from '../rows.ts';
import { CONVERSATION_LABEL, containing, senderLabel, visibleOnly } from './messages.ts';

const SEEN_UP_TO = 'links.upToMessage';

/** Row id of the last message that the register looked at. */
export const linksUpTo = (db: Database): number => Number(readMeta(db, SEEN_UP_TO) ?? 0);

export const setLinksUpTo = (store: Store, messageId: number): void =>
  writeMeta(store, SEEN_UP_TO, String(messageId));

/** Messages that came since the last update. */
export function messagesBehind(db: Database): number {
  return get<{ n: number }>(db, 'SELECT count(*) AS n FROM messages WHERE id > ?', linksUpTo(db))?.n ?? 0;
}

export interface LinkText {
  messageId: number;
  text: string;
  parts: number;
  kind: string;
  extra: string | null;
}

const HOLDS = `(m.parts > 0 OR m.text LIKE '%.%' OR m.text LIKE '%。%' OR m.text LIKE '%．%' OR m.text LIKE '%点%'
  OR m.kind IN ('link', 'mini-program', 'document') OR m.extra LIKE '%"links"%')`;

/** Messages after a row id that may hold a link, up to `until`. */
export function textsWithLinks(db: Database, after: number, until: number): LinkText[] {
  return all<LinkText>(
    db,
    `SELECT m.id AS messageId, m.text, m.parts, m.kind, CASE WHEN m.kind IN ('link', 'mini-program', 'document')
       OR m.extra LIKE '%"links"%' THEN m.extra END AS extra
     FROM messages m WHERE m.id > ? AND m.id <= ? AND ${HOLDS} ORDER BY m.id`,
    after,
    until,
  );
}

export function carriedOf(db: Database, messageId: number): { part: number; text: string }[] {
  return all(db, 'SELECT part, text FROM carried_texts WHERE message_id = ? ORDER BY part', messageId);
}

export function lastMessageId(db: Database): number {
  return get<{ id: number | null }>(db, 'SELECT max(id) AS id FROM messages')?.id ?? 0;
}

export interface SeenLink {
  readonly url: string;
  readonly domain: string;
  readonly short: boolean;
  readonly messageId: number;
  readonly origin: 'text' | 'carried' | 'field' | 'code';
  readonly part: number;
  readonly start: number;
}

/** Adds places, and links that are new; what is there already is left alone. Call inside a transaction. */
export function storeLinks(
  store: Store,
  seen: readonly SeenLink[],
  newUid: () => string,
): { added: number; places: number } {
  const links: Row[] = [];
  const places: Row[] = [];
  const ids = new Map<string, string>();
  const taken = new Set<string>();
  for (const one of seen) {
    let id =
      ids.get(one.url) ?? get<{ id: string }>(store.db, 'SELECT id FROM links WHERE url = ?', one.url)?.id;
    if (id === undefined) {
      id = newUid();
      links.push({ id, url: one.url, domain: one.domain, short: one.short ? 1 : 0, status: 'seen' });
    }
    ids.set(one.url, id);
    const place = {
      link_id: id,
      message_id: one.messageId,
      origin: one.origin,
      part: one.part,
      start: one.start,
    };
    const key = Object.values(place).join(' ');
    const known =
      taken.has(key) ||
      get(
        store.db,
        'SELECT 1 FROM link_places WHERE link_id = ? AND message_id = ? AND origin = ? AND part = ? AND start = ?',
        ...Object.values(place),
      ) !== undefined;
    if (known) continue;
    taken.add(key);
    places.push(place);
  }
  insertRows(store, 'links', links);
  insertRows(store, 'link_places', places);
  return { added: links.length, places: places.length };
}

export interface LinkFilter {
  readonly text: string | null;
  readonly domain: string | null;
  readonly short: boolean | null;
}

const SORTS = { places: 'places', firstAt: 'coalesce(first_at, 0)', lastAt: 'coalesce(last_at, 0)' } as const;

/** Links with where and when they were seen; what only excluded sources show is left out. */
export function listLinks(
  db: Database,
  filter: LinkFilter,
  sort: { by: keyof typeof SORTS; descending: boolean },
  cursor: string | null,
  limit: number,
): Page<Link> {
  const parts: string[] = [];
  const values: Value[] = [];
  if (filter.text) {
    parts.push("l.url LIKE ? ESCAPE '\\'");
    values.push(containing(filter.text));
  }
  if (filter.domain) {
    parts.push('l.domain = ?');
    values.push(filter.domain);
  }
  if (filter.short !== null) {
    parts.push('l.short = ?');
    values.push(filter.short ? 1 : 0);
  }
  const grouped = `SELECT l.id, l.url, l.domain, l.short, l.status, count(*) AS places,
      count(DISTINCT m.conversation_id) AS conversations, count(DISTINCT m.sender_id) AS senders,
      min(m.sent_at) AS first_at, max(m.sent_at) AS last_at
    FROM links l JOIN link_places p ON p.link_id = l.id JOIN messages m ON m.id = p.message_id
    WHERE ${parts.join(' AND ') || '1'}${visibleOnly(db)} GROUP BY l.id`;
  const column = SORTS[sort.by];
  const [op, order] = sort.descending ? ['<', 'DESC'] : ['>', 'ASC'];
  const after = decodeCursor(cursor, 'number', 'string');
  const rows = all<
    Omit<Link, 'short' | 'firstAt' | 'lastAt'> & {
      short: number;
      first_at: number | null;
      last_at: number | null;
      sort_value: number;
    }
  >(
    db,
    `SELECT *, ${column} AS sort_value FROM (${grouped})
     ${after ? `WHERE (${column}, id) ${op} (?, ?)` : ''} ORDER BY ${column} ${order}, id ${order} LIMIT ?`,
    ...values,
    ...(after ?? []),
    limit + 1,
  );
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return {
    rows: rows.slice(0, limit).map(({ short, first_at, last_at, sort_value: _, ...row }) => ({
      ...row,
      short: short === 1,
      firstAt: first_at,
      lastAt: last_at,
    })),
    next: last ? encodeCursor([last.sort_value, last.id]) : null,
    total: cursor
      ? null
      : (get<{ n: number }>(db, `SELECT count(*) AS n FROM (${grouped})`, ...values)?.n ?? 0),
  };
}

export function linkDomains(db: Database, limit: number): LinkDomain[] {
  return all<LinkDomain>(
    db,
    `SELECT l.domain, count(DISTINCT l.id) AS links, count(*) AS places
     FROM links l JOIN link_places p ON p.link_id = l.id JOIN messages m ON m.id = p.message_id
     WHERE 1${visibleOnly(db)} GROUP BY l.domain ORDER BY places DESC, l.domain LIMIT ?`,
    limit,
  );
}

interface PlaceRow {
  source_uid: string;
  ordinal: number;
  origin: LinkPlace['origin'];
  conversation_uid: string;
  label: string | null;
  sender_name: string | null;
  account_name: string | null;
  account_platform_id: string | null;
  sent_at: number | null;
  sort_at: number;
  message_id: number;
  text: string;
}

/** Messages that show a link, the latest first. */
export function listLinkPlaces(
  db: Database,
  linkId: string,
  cursor: string | null,
  limit: number,
): Page<LinkPlace & { conversationId: string }> {
  const after = decodeCursor(cursor, 'number', 'number');
  const where = `p.link_id = ?${visibleOnly(db)}`;
  const rows = all<PlaceRow>(
    db,
    `SELECT s.uid AS source_uid, m.ordinal, min(p.origin) AS origin, c.uid AS conversation_uid,
       ${CONVERSATION_LABEL} AS label, m.sender_name, a.name AS account_name, a.platform_id AS account_platform_id,
       m.sent_at, m.sort_at, m.id AS message_id, m.text
     FROM link_places p JOIN messages m ON m.id = p.message_id JOIN sources s ON s.id = m.source_id
     JOIN conversations c ON c.id = m.conversation_id LEFT JOIN accounts a ON a.id = m.sender_id
     WHERE ${where}${after ? ' AND (m.sort_at, m.id) < (?, ?)' : ''} GROUP BY m.id
     ORDER BY m.sort_at DESC, m.id DESC LIMIT ?`,
    linkId,
    ...(after ?? []),
    limit + 1,
  );
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return {
    rows: rows.slice(0, limit).map((row) => ({
      messageId: uidInBlock(row.source_uid, row.ordinal),
      origin: row.origin,
      conversationId: row.conversation_uid,
      conversation: row.label,
      sender: senderLabel(row),
      sentAt: row.sent_at,
      text: row.text,
    })),
    next: last ? encodeCursor([last.sort_at, last.message_id]) : null,
    total: cursor
      ? null
      : (get<{ n: number }>(
          db,
          `SELECT count(DISTINCT m.id) AS n FROM link_places p JOIN messages m ON m.id = p.message_id WHERE ${where}`,
          linkId,
        )?.n ?? 0),
  };
}
