/** What hits are about beside messages, as it travels: fields of accounts and groups, published items, pictures' codes. */
import { sha256 } from '../../audit/digest.ts';
import type { Act } from '../../domain/message.ts';
import { all, type Database, get } from '../database.ts';
import { keepSubject } from '../detection/judged-subjects.ts';
import type { JudgedText } from '../detection/judged-texts.ts';
import { visibleOnly } from '../messages/messages.ts';
import type { Store } from '../rows.ts';

export const registerKey = (platform: string, key: string) => `${platform}|${key}`;

interface HitPlace {
  readonly pack: string;
  readonly rule: string;
  readonly start: number;
  readonly end: number;
}

/** What a hit is about where that is no message, as both workstations know it. */
export interface SharedSubject {
  readonly register: 'account' | 'group' | 'item' | 'code';
  /** `registerKey` of the account or group, `list|key` of the published item, SHA-256 of the picture's file. */
  readonly key: string;
  /** Of a picture: `qr-` and the code's number in it. */
  readonly field: string;
  /** What the field said when it was judged. */
  readonly text: string;
}

const REGISTER_TABLES = { account: 'accounts', group: 'conversations' } as const;

const TYPES = {
  account: 'account-field',
  group: 'group-field',
  item: 'published-item',
  code: 'attachment',
} as const;

/** A published item of a list that is not here is named by itself, `item|list|key`. */
const RECEIVED = 'item|';

/** The subject of a hit that is about no message; null where what it is about is not here any more. */
export function sharedSubject(
  db: Database,
  { subject_uid: uid, part }: { readonly subject_uid: string | null; readonly part: number },
): SharedSubject | null {
  const kept =
    uid === null
      ? undefined
      : get<{ type: string; text: string; account_id: number | null; conversation_id: number | null }>(
          db,
          'SELECT type, text, account_id, conversation_id FROM hit_subjects WHERE uid = ? AND part = ?',
          uid,
          part,
        );
  const register = (Object.keys(TYPES) as SharedSubject['register'][]).find(
    (name) => TYPES[name] === kept?.type,
  );
  if (!kept || uid === null || register === undefined) return null;
  const field = uid.slice(uid.lastIndexOf('/') + 1);
  const owner = uid.slice(0, uid.lastIndexOf('/'));
  const { text, account_id, conversation_id } = kept;
  if (register === 'item' || register === 'code') {
    const key = register === 'item' ? itemKey(db, owner) : pictureKey(db, owner);
    return key === undefined ? null : { register, key, field, text };
  }
  const row = get<{ platform: string; key: string }>(
    db,
    `SELECT platform, key FROM ${REGISTER_TABLES[register]} WHERE id = ?`,
    register === 'account' ? account_id : conversation_id,
  );
  return row ? { register, key: registerKey(row.platform, row.key), field, text } : null;
}

/** `list|key` of a published item. */
function itemKey(db: Database, owner: string): string | undefined {
  if (owner.startsWith(RECEIVED)) return owner.slice(RECEIVED.length);
  const row = get<{ name: string; key: string }>(
    db,
    'SELECT l.name, r.key FROM list_rows r JOIN lists l ON l.id = r.list_id WHERE r.uid = ?',
    owner,
  );
  return row && `${row.name}|${row.key}`;
}

const pictureKey = (db: Database, id: string): string | undefined =>
  get<{ sha256: string }>(db, 'SELECT sha256 FROM media_files WHERE id = ?', id)?.sha256;

/** A row of a list of published items. */
interface ItemRow {
  readonly uid: string;
  readonly source_id: number;
  readonly start: number;
  readonly end: number;
  readonly line: number;
}

function itemRow(db: Database, key: string): ItemRow | undefined {
  // Names of lists and keys of rows may hold the bar: every way to part them is tried.
  for (let at = key.indexOf('|'); at >= 0; at = key.indexOf('|', at + 1)) {
    const row = get<ItemRow>(
      db,
      `SELECT r.uid, r.source_id, r.start, r.end, r.line FROM list_rows r JOIN lists l ON l.id = r.list_id
       WHERE l.kind = 'published-items' AND l.name = ? AND r.key = ?`,
      key.slice(0, at),
      key.slice(at + 1),
    );
    if (row) return row;
  }
  return undefined;
}

/** Files of a picture: the same bytes may have been found beside several sources. */
const filesOf = (db: Database, sha256: string): { id: string; source_id: number }[] =>
  all(db, 'SELECT id, source_id FROM media_files WHERE sha256 = ? ORDER BY id', sha256);

/** What a subject is or would be called here, the likeliest first. */
function uidsHere(db: Database, register: SharedSubject['register'], key: string, field: string): string[] {
  if (register === 'code') return filesOf(db, key).map(({ id }) => `${id}/${field}`);
  if (register === 'item') {
    const own = itemRow(db, key);
    return [...(own ? [`${own.uid}/${field}`] : []), `${RECEIVED}${key}/${field}`];
  }
  const own = inRegister(db, register, key);
  return own ? [`${own.uid}/${field}`] : [];
}

/** What both workstations call a hit on a subject: the text by its digest, because a subject's texts change. */
export const subjectHit = (
  { register, key, field, text }: SharedSubject,
  { pack, rule, start, end }: HitPlace,
): string => JSON.stringify([register, key, field, sha256(text), pack, rule, start, end]);

/** An account or a group here by its register and key; undefined where it is not known. */
export function inRegister(
  db: Database,
  register: keyof typeof REGISTER_TABLES,
  name: string,
): { id: number; uid: string } | undefined {
  const at = name.indexOf('|');
  return get<{ id: number; uid: string }>(
    db,
    `SELECT id, uid FROM ${REGISTER_TABLES[register]} WHERE platform = ? AND key = ?`,
    name.slice(0, at),
    name.slice(at + 1),
  );
}

/** The row id of a hit by `subjectHit`; null where it is not known. */
export function subjectHitHere(db: Database, shared: string): number | null {
  const [register, key, field, digest, pack, rule, start, end] = JSON.parse(shared) as [
    SharedSubject['register'],
    ...(string | number)[],
  ];
  for (const uid of uidsHere(db, register, String(key), String(field))) {
    const kept = all<{ part: number; text: string }>(
      db,
      'SELECT part, text FROM hit_subjects WHERE uid = ?',
      uid,
    ).find(({ text }) => sha256(text) === digest);
    const hit =
      kept &&
      get<{ id: number }>(
        db,
        'SELECT id FROM hits WHERE subject_uid = ? AND part = ? AND pack = ? AND rule = ? AND start = ? AND end = ?',
        uid,
        kept.part,
        pack,
        rule,
        start,
        end,
      );
    if (hit) return hit.id;
  }
  return null;
}

/** A source that shows the account or the group: what came with the transfer, where nothing was known before. */
function sourceOf(db: Database, register: keyof typeof REGISTER_TABLES, id: number): number | undefined {
  const named =
    register === 'account'
      ? get<{ id: number }>(db, 'SELECT source_id AS id FROM account_names WHERE account_id = ? LIMIT 1', id)
      : undefined;
  const column = register === 'account' ? 'sender_id' : 'conversation_id';
  const sql = `SELECT source_id AS id FROM messages WHERE ${column} = ? LIMIT 1`;
  return (named ?? get<{ id: number }>(db, sql, id))?.id;
}

/**
 * Keeps the text as what a hit is about, and answers it as judged; null where nothing here shows what it is of.
 * `sourceOfItem`: the source that came for a published item of a list that is not here.
 */
export function keepShared(
  store: Store,
  subject: SharedSubject,
  act: Act,
  sourceOfItem: (key: string) => number | undefined,
): JudgedText | null {
  const { register, key, field, text } = subject;
  if (register === 'code') return keepCode(store, subject, act);
  if (register === 'item') return keepItem(store, subject, act, sourceOfItem(key));
  const own = inRegister(store.db, register, key);
  const sourceId = own && sourceOf(store.db, register, own.id);
  if (!own || sourceId === undefined) return null;
  return keepSubject(store, {
    type: TYPES[register],
    uid: `${own.uid}/${field}`,
    text,
    act,
    accountId: register === 'account' ? own.id : null,
    conversationId: register === 'group' ? own.id : null,
    sourceId,
    start: 0,
    end: 0,
    line: 0,
  });
}

function keepItem(
  store: Store,
  { key, field, text }: SharedSubject,
  act: Act,
  arrived: number | undefined,
): JudgedText | null {
  const own = itemRow(store.db, key);
  const owner = own?.uid ?? `${RECEIVED}${key}`;
  const sourceId = own?.source_id ?? arrived ?? keptSource(store.db, `${owner}/${field}`);
  if (sourceId === undefined) return null;
  return keepSubject(store, {
    type: TYPES.item,
    uid: `${owner}/${field}`,
    text,
    act,
    accountId: null,
    conversationId: null,
    sourceId,
    start: own?.start ?? 0,
    end: own?.end ?? 0,
    line: own?.line ?? 0,
  });
}

const keptSource = (db: Database, uid: string): number | undefined =>
  get<{ id: number }>(db, 'SELECT source_id AS id FROM hit_subjects WHERE uid = ? LIMIT 1', uid)?.id;

/** Whether a text of the published item can be kept without a source of its own. */
export const isItemKnown = (db: Database, key: string): boolean =>
  itemRow(db, key) !== undefined ||
  get(
    db,
    'SELECT 1 FROM hit_subjects WHERE uid IN (?, ?)',
    ...['title', 'text'].map((field) => `${RECEIVED}${key}/${field}`),
  ) !== undefined;

/** A picture's code as detection keeps it: of the earliest message that shows the picture. */
function keepCode(store: Store, { key, field, text }: SharedSubject, act: Act): JudgedText | null {
  const { db } = store;
  for (const { id, source_id: sourceId } of filesOf(db, key)) {
    const message = messageWithFile(db, id);
    if (!message) continue;
    return keepSubject(store, {
      type: TYPES.code,
      uid: `${id}/${field}`,
      text,
      act,
      accountId: message.sender_id,
      conversationId: message.conversation_id,
      sourceId,
      start: 0,
      end: 0,
      line: 0,
    });
  }
  return null;
}

/** The earliest message that shows a file. */
export const messageWithFile = (
  db: Database,
  fileId: string,
): { id: number; sender_id: number | null; conversation_id: number } | undefined =>
  get(
    db,
    `SELECT m.id, m.sender_id, m.conversation_id FROM media_matches x JOIN messages m ON m.id = x.message_id
     WHERE x.file_id = ? ${visibleOnly(db)} ORDER BY m.sort_at, m.id LIMIT 1`,
    fileId,
  );
