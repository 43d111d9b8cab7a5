/**
 * Storing messages by the million. A batch is one transaction: rows, occurrences, carried texts,
 * totals and one seal each, so a crash leaves whole batches.
 */
import { sha256 } from '../audit/digest.ts';
import { messageDigest, messageRecord } from '../evidence/message-digest.ts';
import type { CarriedText, ImportedMessage } from '../importers/importer.ts';
import { messageContent, occurrenceContent } from './batch-content.ts';
import { beginBulkLoad, indexedMessages, type KnownMessages } from './bulk-load.ts';
import { get, prepare, run } from './database.ts';
import { addNamedMedia } from './media-totals.ts';
import { NearMessages } from './near-message.ts';
import { NumberTable } from './number-table.ts';
import { type StoringContext, storeAccountName } from './participants.ts';
import { sealBatch } from './rows.ts';

export interface WriterInput extends StoringContext {
  /** Row ids by the importer's keys; filled by the caller as accounts and conversations are announced. */
  readonly accounts: ReadonlyMap<string, number>;
  readonly conversations: ReadonlyMap<string, number>;
  /** The indexes of messages come down; whoever ends the import builds them (bulk-load.ts). */
  readonly bulk?: boolean;
  /** UTC milliseconds of a wall-clock time in the source's zone. */
  toInstant(wallTime: number): number;
  /** The source has messages already, and these were recovered later: place of a message without a time. */
  readonly resumeAt?: number;
}

/** A message found again in this or another source keeps its row; the occurrence is new. */
export interface Stored {
  readonly added: number;
  readonly duplicates: number;
}

interface Known {
  conversation_id: number;
  text: string;
  platform_id: string | null;
}

export class MessageWriter {
  readonly #input: WriterInput;
  /** How often each identity without a platform id occurred in this source: repeated texts stay apart. */
  readonly #repeats = new NumberTable();
  readonly #names = new Set<string>();
  readonly #near: NearMessages;
  readonly #known: KnownMessages;
  #lastSortAt: number;

  constructor(input: WriterInput) {
    this.#input = input;
    this.#known = input.bulk
      ? beginBulkLoad(input.store.db, input.sourceId)
      : indexedMessages(input.store.db);
    this.#near = new NearMessages(input.store, input.sourceId);
    this.#lastSortAt = input.resumeAt ?? 0;
  }

  /**
   * Takes messages that an earlier, cut-off run of the same import has stored: nothing is written, but
   * what they tell about later ones (repeats, order) is kept.
   */
  replay(messages: readonly ImportedMessage[]): void {
    for (const message of messages) {
      this.#identity(message);
      this.#sortAt(this.#sentAt(message));
    }
  }

  /** Stores a batch; ordinals must follow each other. Call inside a transaction. */
  store(messages: readonly ImportedMessage[]): Stored {
    const first = messages[0];
    const last = messages.at(-1);
    if (!first || !last) return { added: 0, duplicates: 0 };
    const { store, platform, sourceId, accounts, conversations } = this.#input;
    const { db } = store;
    const read = prepare(db, 'SELECT id, conversation_id, text, platform_id FROM messages WHERE id = ?');
    const insert = prepare(
      db,
      `INSERT INTO messages (source_id, ordinal, conversation_id, sender_id, sender_name, platform_id, sent_text,
         instant, wall_time, sent_at, sort_at, kind, text, forwarded, refers_to, edited_text, extra, flags, parts,
         identity, digest) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    const occur = prepare(
      db,
      'INSERT INTO message_occurrences (source_id, ordinal, message_id, start, end, line, digest) VALUES (?, ?, ?, ?, ?, ?, ?)',
    );
    const byConversation = new Map<number, { messages: number; first: number | null; last: number | null }>();
    const bySender = new Map<number, number>();
    const media = new Map<number, number>();
    let messageRows = '';
    let occurrenceRows = '';
    let firstId = 0;
    let lastId = 0;
    let added = 0;
    for (const message of messages) {
      const conversationId = conversations.get(message.conversationKey);
      if (conversationId === undefined) {
        throw new Error(`conversation ${message.conversationKey} was not announced`);
      }
      const senderId = message.senderKey === null ? null : accounts.get(message.senderKey);
      if (senderId === undefined) throw new Error(`account ${message.senderKey} was not announced`);
      if (senderId !== null && message.senderName) this.#noteName(senderId, message.senderName);
      const digest = Buffer.from(messageDigest(messageRecord(message, platform)), 'hex');
      const identity = this.#identity(message);
      const sentAt = this.#sentAt(message);
      const sortAt = this.#sortAt(sentAt);
      const known = this.#known.find(identity).find((id) => {
        const row = read.get(id) as unknown as Known;
        return (
          row.conversation_id === conversationId &&
          row.text === message.text &&
          row.platform_id === message.platformId
        );
      });
      const knownId = known ?? this.#near.find(message, conversationId, senderId, sentAt);
      let id: number;
      if (knownId !== null) {
        id = knownId;
      } else {
        const parts = countParts(message.carried);
        const flags = message.flags.length > 0 ? message.flags.join(' ') : null;
        id = Number(
          insert.run(
            sourceId,
            message.ordinal,
            conversationId,
            senderId,
            message.senderName,
            message.platformId,
            message.sentAtText,
            message.instant,
            message.wallTime,
            sentAt,
            sortAt,
            message.kind,
            message.text,
            message.forwarded ? 1 : 0,
            message.refersTo,
            message.editedAtText,
            message.extra === null ? null : JSON.stringify(message.extra),
            flags,
            parts,
            identity,
            digest,
          ).lastInsertRowid,
        );
        added++;
        this.#known.note(identity, id);
        if (firstId === 0) firstId = id;
        lastId = id;
        messageRows += messageContent(
          id,
          sourceId,
          message.ordinal,
          conversationId,
          senderId,
          flags,
          parts,
          identity,
          digest,
        );
        if (parts > 0) this.#storeCarried(id, message.carried);
        if (message.attachments.length > 0) {
          this.#storeAttachments(id, message);
          media.set(conversationId, (media.get(conversationId) ?? 0) + message.attachments.length);
        }
        count(byConversation, conversationId, sentAt);
        if (senderId !== null) bySender.set(senderId, (bySender.get(senderId) ?? 0) + 1);
      }
      const { start, end, line } = message.locator;
      occur.run(sourceId, message.ordinal, id, start, end, line, digest);
      occurrenceRows += occurrenceContent(sourceId, message.ordinal, id, start, end, line, digest);
    }
    if (added > 0) {
      sealBatch(
        store,
        { scope: 'messages', owner: sourceId, first: firstId, last: lastId, rows: added },
        messageRows,
      );
    }
    sealBatch(
      store,
      {
        scope: 'message_occurrences',
        owner: sourceId,
        first: first.ordinal,
        last: last.ordinal,
        rows: messages.length,
      },
      occurrenceRows,
    );
    this.#storeTotals(byConversation, bySender);
    for (const [id, named] of media) addNamedMedia(store.db, sourceId, id, named);
    return { added, duplicates: messages.length - added };
  }

  #sentAt(message: ImportedMessage): number | null {
    if (message.instant !== null) return message.instant;
    return message.wallTime === null ? null : this.#input.toInstant(message.wallTime);
  }

  /** A message without a readable time stays where it stood: beside the one before it. */
  #sortAt(sentAt: number | null): number {
    this.#lastSortAt = sentAt ?? this.#lastSortAt;
    return this.#lastSortAt;
  }

  /**
   * 48 bits that the same message has in every export: conversation, platform id or (sender, how often
   * before in this source), time and text. A find is verified against the row, so a collision costs a
   * comparison and never a message.
   */
  #identity(message: ImportedMessage): number {
    const time = message.instant ?? message.wallTime ?? message.sentAtText;
    const base = [message.conversationKey, message.platformId ?? '', time, message.text];
    if (message.platformId !== null) return hash48(base.join('\0'));
    const anonymous = hash48([...base, message.senderKey ?? ''].join('\0'));
    const repeat = this.#repeats.get(anonymous) ?? this.#repeatsStored(anonymous);
    this.#repeats.set(anonymous, repeat + 1);
    return repeatIdentity(anonymous, repeat);
  }

  /** How often this source holds the message already, where it was stored by an earlier, finished import. */
  #repeatsStored(anonymous: number): number {
    if (this.#input.resumeAt === undefined) return 0;
    for (let repeat = 0; ; repeat++) {
      const found = get(
        this.#input.store.db,
        `SELECT 1 FROM messages m JOIN message_occurrences o ON o.message_id = m.id AND o.source_id = ?
         WHERE m.identity = ?`,
        this.#input.sourceId,
        repeatIdentity(anonymous, repeat),
      );
      if (!found) return repeat;
    }
  }

  #noteName(accountId: number, name: string): void {
    const key = `${accountId}\0${name}`;
    if (this.#names.has(key)) return;
    this.#names.add(key);
    storeAccountName(this.#input, accountId, name);
  }

  #storeCarried(messageId: number, carried: readonly CarriedText[]): void {
    const insert = prepare(
      this.#input.store.db,
      'INSERT INTO carried_texts (message_id, part, depth, act, sender, text, sent_text) VALUES (?, ?, ?, ?, ?, ?, ?)',
    );
    let part = 0;
    const walk = (items: readonly CarriedText[], depth: number) => {
      for (const item of items) {
        part++;
        insert.run(messageId, part, depth, item.act, item.sender, item.text, item.sentAtText);
        if (item.items) walk(item.items, depth + 1);
      }
    };
    walk(carried, 0);
  }

  #storeAttachments(messageId: number, message: ImportedMessage): void {
    message.attachments.forEach((attachment, position) => {
      run(
        this.#input.store.db,
        'INSERT INTO attachments (message_id, position, kind, name, reference, size, md5) VALUES (?, ?, ?, ?, ?, ?, ?)',
        messageId,
        position,
        attachment.kind,
        attachment.name,
        attachment.reference,
        attachment.size,
        attachment.md5,
      );
    });
  }

  #storeTotals(
    byConversation: Map<number, { messages: number; first: number | null; last: number | null }>,
    bySender: Map<number, number>,
  ): void {
    const { db } = this.#input.store;
    for (const [id, total] of byConversation) {
      run(
        db,
        `UPDATE conversation_totals SET messages = messages + ?,
           first_at = CASE WHEN first_at IS NULL OR first_at > ? THEN ? ELSE first_at END,
           last_at = CASE WHEN last_at IS NULL OR last_at < ? THEN ? ELSE last_at END
         WHERE conversation_id = ?`,
        total.messages,
        total.first,
        total.first,
        total.last,
        total.last,
        id,
      );
    }
    for (const [id, messages] of bySender) {
      run(db, 'UPDATE account_totals SET messages = messages + ? WHERE account_id = ?', messages, id);
    }
  }
}

function repeatIdentity(anonymous: number, repeat: number): number {
  return repeat === 0 ? anonymous : hash48(`${anonymous}\0${repeat}`);
}

function hash48(text: string): number {
  return Number.parseInt(sha256(text).slice(0, 12), 16);
}

function countParts(carried: readonly CarriedText[]): number {
  let parts = 0;
  for (const item of carried) parts += 1 + (item.items ? countParts(item.items) : 0);
  return parts;
}

function count(
  totals: Map<number, { messages: number; first: number | null; last: number | null }>,
  id: number,
  at: number | null,
): void {
  const total = totals.get(id) ?? { messages: 0, first: null, last: null };
  total.messages++;
  if (at !== null) {
    if (total.first === null || at < total.first) total.first = at;
    if (total.last === null || at > total.last) total.last = at;
  }
  totals.set(id, total);
}
