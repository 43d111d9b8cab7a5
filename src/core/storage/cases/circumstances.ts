/** What conditions of rules ask about a message's sender, conversation and time. */
import type { Circumstances } from '../../detection/conditions.ts';
import { zoneOffset } from '../../domain/zone.ts';
import { type Database, get } from '../database.ts';

/** Answers for one message after another; people and conversations are read once. */
export class CircumstancesReader {
  readonly #db: Database;
  readonly #conversations = new Map<number, Pick<Circumstances, 'members' | 'conversationName'>>();
  readonly #fields = new Map<number, Readonly<Record<string, string>>>();
  readonly #roles = new Map<string, string | null>();

  constructor(db: Database) {
    this.#db = db;
  }

  of(messageId: number | null, conversationId: number | null, senderId: number | null): Circumstances {
    return {
      ...(conversationId === null ? {} : this.#conversation(conversationId)),
      ...(senderId === null ? {} : { fields: this.#fieldsOf(senderId) }),
      role: conversationId === null || senderId === null ? null : this.#role(conversationId, senderId),
      wallTime: messageId === null ? null : this.#wallTime(messageId),
    };
  }

  #conversation(id: number) {
    let known = this.#conversations.get(id);
    if (known === undefined) {
      // Members that left are not told apart by every export; the people who spoke count where no list does.
      const row = get<{ name: string | null; members: number }>(
        this.#db,
        `SELECT c.name, max((SELECT count(DISTINCT account_id) FROM memberships WHERE conversation_id = c.id),
           (SELECT count(DISTINCT sender_id) FROM messages WHERE conversation_id = c.id)) AS members
         FROM conversations c WHERE c.id = ?`,
        id,
      );
      known = { members: row?.members ?? 0, conversationName: row?.name ?? null };
      this.#conversations.set(id, known);
    }
    return known;
  }

  #fieldsOf(account: number) {
    let fields = this.#fields.get(account);
    if (fields === undefined) {
      const row = get<{ fields: string }>(this.#db, 'SELECT fields FROM accounts WHERE id = ?', account);
      fields = JSON.parse(row?.fields ?? '{}') as Record<string, string>;
      this.#fields.set(account, fields);
    }
    return fields;
  }

  #role(conversation: number, account: number): string | null {
    const key = `${conversation} ${account}`;
    let role = this.#roles.get(key);
    if (role === undefined) {
      role =
        get<{ role: string }>(
          this.#db,
          `SELECT role FROM memberships WHERE conversation_id = ? AND account_id = ? AND role IS NOT NULL
           ORDER BY CASE role WHEN 'owner' THEN 0 WHEN 'admin' THEN 1 ELSE 2 END LIMIT 1`,
          conversation,
          account,
        )?.role ?? null;
      this.#roles.set(key, role);
    }
    return role;
  }

  #wallTime(message: number): number | null {
    const row = get<{ wall_time: number | null; sent_at: number | null; zone: string }>(
      this.#db,
      'SELECT m.wall_time, m.sent_at, s.zone FROM messages m JOIN sources s ON s.id = m.source_id WHERE m.id = ?',
      message,
    );
    if (!row) return null;
    if (row.wall_time !== null) return row.wall_time;
    return row.sent_at === null ? null : row.sent_at + zoneOffset(row.sent_at, row.zone);
  }
}
