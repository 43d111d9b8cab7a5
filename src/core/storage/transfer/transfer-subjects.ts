/** Names and other fields of accounts and groups that travel as the subjects of hits. */
import { sha256 } from '../../audit/digest.ts';
import type { Act } from '../../domain/message.ts';
import { all, type Database, get } from '../database.ts';
import { keepSubject } from '../detection/judged-subjects.ts';
import type { JudgedText } from '../detection/judged-texts.ts';
import type { Store } from '../rows.ts';

export const registerKey = (platform: string, key: string) => `${platform}|${key}`;

interface HitPlace {
  readonly pack: string;
  readonly rule: string;
  readonly start: number;
  readonly end: number;
}

/** A name or another field of an account or a group, as both workstations know it. */
export interface SharedSubject {
  readonly register: 'account' | 'group';
  /** `registerKey` of the account or group. */
  readonly key: string;
  readonly field: string;
  /** What the field said when it was judged. */
  readonly text: string;
}

const REGISTER_TABLES = { account: 'accounts', group: 'conversations' } as const;

/** The subject of a hit that travels; null for a published item, a picture's code and a message. */
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
  const register = { 'account-field': 'account', 'group-field': 'group' }[kept?.type ?? ''] as
    | SharedSubject['register']
    | undefined;
  if (!kept || uid === null || register === undefined) return null;
  const row = get<{ platform: string; key: string }>(
    db,
    `SELECT platform, key FROM ${REGISTER_TABLES[register]} WHERE id = ?`,
    register === 'account' ? kept.account_id : kept.conversation_id,
  );
  if (!row) return null;
  const key = registerKey(row.platform, row.key);
  return { register, key, field: uid.slice(uid.indexOf('/') + 1), text: kept.text };
}

/** What both workstations call a hit on a subject: the text by its digest, because a subject's texts change. */
export const subjectHit = (
  { register, key, field, text }: SharedSubject,
  { pack, rule, start, end }: HitPlace,
): string => JSON.stringify([register, key, field, sha256(text), pack, rule, start, end]);

/** An account or a group here by its register and key; undefined where it is not known. */
export function inRegister(
  db: Database,
  register: SharedSubject['register'],
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
  const own = inRegister(db, register, String(key));
  const uid = `${own?.uid}/${field}`;
  const kept = all<{ part: number; text: string }>(
    db,
    'SELECT part, text FROM hit_subjects WHERE uid = ?',
    uid,
  ).find(({ text }) => sha256(text) === digest);
  if (!kept) return null;
  return (
    get<{ id: number }>(
      db,
      'SELECT id FROM hits WHERE subject_uid = ? AND part = ? AND pack = ? AND rule = ? AND start = ? AND end = ?',
      uid,
      kept.part,
      pack,
      rule,
      start,
      end,
    )?.id ?? null
  );
}

/** A source that shows the account or the group: what came with the transfer, where nothing was known before. */
function sourceOf(db: Database, register: SharedSubject['register'], id: number): number | undefined {
  const named =
    register === 'account'
      ? get<{ id: number }>(db, 'SELECT source_id AS id FROM account_names WHERE account_id = ? LIMIT 1', id)
      : undefined;
  const column = register === 'account' ? 'sender_id' : 'conversation_id';
  const sql = `SELECT source_id AS id FROM messages WHERE ${column} = ? LIMIT 1`;
  return (named ?? get<{ id: number }>(db, sql, id))?.id;
}

/** Keeps the text of a field as what a hit is about, and answers it as judged; null where nothing here shows its owner. */
export function keepNamed(store: Store, subject: SharedSubject, act: Act): JudgedText | null {
  const { register, key, field, text } = subject;
  const own = inRegister(store.db, register, key);
  const sourceId = own && sourceOf(store.db, register, own.id);
  if (!own || sourceId === undefined) return null;
  return keepSubject(store, {
    type: register === 'account' ? 'account-field' : 'group-field',
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
