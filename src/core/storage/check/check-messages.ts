import type { Act, MessageKind, Platform } from '../../domain/message.ts';
import type { MessageRecord } from '../../evidence/message-digest.ts';
import { messageDigest } from '../../evidence/message-digest.ts';
import type { CarriedText, ImportedAttachment } from '../../importers/importer.ts';
import { all, type Database, get } from '../database.ts';

export interface FullRow {
  id: number;
  source_id: number;
  ordinal: number;
  conversation_id: number;
  sender_id: number | null;
  sender_name: string | null;
  platform_id: string | null;
  sent_text: string;
  instant: number | null;
  wall_time: number | null;
  sent_at: number | null;
  kind: MessageKind;
  text: string;
  forwarded: number;
  refers_to: string | null;
  edited_text: string | null;
  extra: string | null;
  flags: string | null;
  parts: number;
  identity: number;
  digest: Buffer;
}

interface CarriedRow {
  part: number;
  depth: number;
  act: Act;
  sender: string | null;
  text: string;
  sent_text: string | null;
}

/** Rows of carried texts (in order, with their depth) as the tree that the importer gave. */
export function carriedTree(rows: readonly CarriedRow[]): CarriedText[] {
  const roots: CarriedText[] = [];
  const levels: CarriedText[][] = [roots];
  for (const row of rows) {
    const items: CarriedText[] = [];
    const item = {
      act: row.act as CarriedText['act'],
      sender: row.sender,
      text: row.text,
      sentAtText: row.sent_text,
      items,
    };
    (levels[row.depth] ?? roots).push(item);
    levels.length = row.depth + 1;
    levels.push(items);
  }
  return roots;
}

/** Whether every source that holds a message was destroyed, so that its content must be gone. */
export function isEmptied(db: Database, { id }: Pick<FullRow, 'id'>): boolean {
  return (
    get(
      db,
      `SELECT 1 FROM message_occurrences WHERE message_id = ?
         AND source_id NOT IN (SELECT source_id FROM destroyed_sources) LIMIT 1`,
      id,
    ) === undefined
  );
}

/** As `isEmptied`, counting the sources whose destruction began: the content of a message may be gone. */
export function isBeingEmptied(db: Database, { id }: Pick<FullRow, 'id'>): boolean {
  return (
    get(
      db,
      `SELECT 1 FROM message_occurrences WHERE message_id = ?
         AND source_id NOT IN (SELECT source_id FROM destroyed_sources)
         AND source_id NOT IN (SELECT source_id FROM begun_sources) LIMIT 1`,
      id,
    ) === undefined
  );
}

/** Whether nothing of what a message said is in its row. */
export function isEmpty(row: FullRow): boolean {
  const { sender_name, platform_id, sent_text, instant, wall_time, kind, text, forwarded } = row;
  const { refers_to, edited_text, extra, sent_at } = row;
  const gone = [sender_name, platform_id, instant, wall_time, refers_to, edited_text, extra, sent_at];
  return (
    gone.every((value) => value === null) &&
    text === '' &&
    sent_text === '' &&
    kind === 'other' &&
    forwarded === 0
  );
}

/** Rebuilds what a message's digest was taken of, from its rows. Keys of accounts and conversations are read once. */
export class MessageRecords {
  readonly #db: Database;
  readonly #accounts: Map<number, string>;
  readonly #conversations: Map<number, { platform: Platform; key: string }>;

  constructor(db: Database) {
    this.#db = db;
    this.#accounts = new Map(
      all<{ id: number; key: string }>(db, 'SELECT id, key FROM accounts').map((row) => [row.id, row.key]),
    );
    this.#conversations = new Map(
      all<{ id: number; platform: Platform; key: string }>(
        db,
        'SELECT id, platform, key FROM conversations',
      ).map(({ id, platform, key }) => [id, { platform, key }]),
    );
  }

  /** Messages of a range of row ids that one source brought, in order. */
  rows(sourceId: number, first: number, last: number): FullRow[] {
    return all<FullRow>(
      this.#db,
      'SELECT * FROM messages WHERE id BETWEEN ? AND ? AND source_id = ? ORDER BY id',
      first,
      last,
      sourceId,
    );
  }

  record(row: FullRow): MessageRecord {
    return {
      conversation: this.#conversations.get(row.conversation_id) ?? { platform: 'other', key: '' },
      sender: row.sender_id === null ? null : (this.#accounts.get(row.sender_id) ?? null),
      senderName: row.sender_name,
      platformId: row.platform_id,
      sentAtText: row.sent_text,
      instant: row.instant,
      wallTime: row.wall_time,
      kind: row.kind,
      text: row.text,
      forwarded: row.forwarded === 1,
      carried: row.parts === 0 ? [] : carriedTree(this.#carried(row.id)),
      refersTo: row.refers_to,
      editedAtText: row.edited_text,
      attachments: all<ImportedAttachment>(
        this.#db,
        'SELECT kind, name, reference, size, md5 FROM attachments WHERE message_id = ? ORDER BY position',
        row.id,
      ),
      extra: row.extra === null ? null : (JSON.parse(row.extra) as Record<string, unknown>),
    };
  }

  digest(row: FullRow): string {
    return messageDigest(this.record(row));
  }

  #carried(messageId: number): CarriedRow[] {
    return all<CarriedRow>(
      this.#db,
      'SELECT part, depth, act, sender, text, sent_text FROM carried_texts WHERE message_id = ? ORDER BY part',
      messageId,
    );
  }
}
