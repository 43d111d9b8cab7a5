/**
 * Storing messages by the million. A batch is one transaction: rows, occurrences, carried texts,
 * totals and one seal each, so a crash leaves whole batches.
 */
import type { Precision } from '../../domain/time-shape.ts';
import type { CarriedText, ImportedAttachment, ImportedMessage } from '../../importers/importer.ts';
import { get, prepare, run } from '../database.ts';
import { ManyRows } from '../many-rows.ts';
import { type StoringContext, storeAccountName } from '../people/participants.ts';
import { sealBatch } from '../rows.ts';
import { ContentLines } from './batch-content.ts';
import { type KnownMessages, tableOfMessages } from './identities.ts';
import { addNamedMedia } from './media-totals.ts';
import {
  ColumnReader,
  type MessageBatch,
  MessagePreparer,
  NUMBER,
  NUMBERS,
  repeatIdentity,
} from './message-batch.ts';
import { type Places, Totals } from './message-totals.ts';
import { NearMessages } from './near-message.ts';
import { Repeats } from './repeats.ts';
import { FilterWriter } from './text-filters.ts';

export interface WriterInput extends StoringContext {
  /** Row ids by the importer's keys; filled by the caller as accounts and conversations are announced. */
  readonly accounts: ReadonlyMap<string, number>;
  readonly conversations: ReadonlyMap<string, number>;
  /** What is stored, for a load of many (bulk-load.ts); looked up in the table where it is absent. */
  readonly known?: KnownMessages;
  /** About how many messages are to come. */
  readonly expected?: number;
  /** Messages of the source may be stored already. */
  readonly resumed?: boolean;
}

/** A message found again in this or another source keeps its row; the occurrence is new. */
export interface Stored {
  readonly added: number;
  readonly duplicates: number;
}

interface Known {
  identity: number;
  conversation_id: number;
  text: string;
  platform_id: string | null;
}

const MESSAGE_COLUMNS = [
  'id',
  'source_id',
  'ordinal',
  'conversation_id',
  'sender_id',
  'sender_name',
  'platform_id',
  'sent_text',
  'instant',
  'wall_time',
  'sent_at',
  'sort_at',
  'kind',
  'text',
  'forwarded',
  'refers_to',
  'edited_text',
  'extra',
  'flags',
  'parts',
  'identity',
  'digest',
];
const MESSAGE_SHAPE = {
  counting: ['id', 'ordinal'],
  repeating: { sent_at: 'instant', sort_at: 'sent_at' },
};
const OCCURRENCE_COLUMNS = ['source_id', 'ordinal', 'message_id', 'start', 'end', 'line', 'digest'];
const OCCURRENCE_SHAPE = { counting: ['ordinal', 'message_id'] };

export class MessageWriter {
  readonly #input: WriterInput;
  readonly #names = new Set<string>();
  readonly #near: NearMessages;
  readonly #known: KnownMessages;
  readonly #repeats: Repeats;
  readonly #messages: ManyRows;
  readonly #occurrences: ManyRows;
  /** For a load of many: the text index comes after it. */
  readonly #filters: FilterWriter | null;
  /** Content was destroyed before: a stored message without a text may be an emptied one. */
  readonly #anyGone: boolean;
  /** Row id of the message that was found again last: what follows it in one export mostly does in the other. */
  #foundLast = 0;

  constructor(input: WriterInput) {
    const { store, sourceId } = input;
    const { db } = store;
    this.#input = input;
    this.#known = input.known ?? tableOfMessages(db);
    this.#anyGone =
      get(db, 'SELECT 1 FROM destroyed_sources UNION ALL SELECT 1 FROM begun_sources LIMIT 1') !== undefined;
    this.#filters = input.known === undefined ? null : new FilterWriter(db);
    this.#near = new NearMessages(store, sourceId);
    this.#messages = new ManyRows(db, 'messages', MESSAGE_COLUMNS, MESSAGE_SHAPE);
    this.#occurrences = new ManyRows(
      db,
      'message_occurrences',
      OCCURRENCE_COLUMNS,
      OCCURRENCE_SHAPE,
      this.#messages,
    );
    this.#repeats = new Repeats({
      db,
      sourceId,
      known: this.#known,
      expected: input.expected ?? 0,
      fresh: input.resumed !== true,
      beforeReading: () => this.#occurrences.flush(),
    });
  }

  /** Row id of a stored message with this identity that says the same; null where there is none. */
  #find(identity: number, conversationId: number, text: string, platformId: string | null): number | null {
    const { db } = this.#input.store;
    const read = prepare(
      db,
      'SELECT identity, conversation_id, text, platform_id FROM messages WHERE id = ?',
    );
    const isSame = (id: number): boolean => {
      const row = read.get(id) as unknown as Known | undefined;
      return (
        row?.identity === identity &&
        row.conversation_id === conversationId &&
        row.text === text &&
        row.platform_id === platformId &&
        !(this.#anyGone && text === '' && this.#isEmptied(id))
      );
    };
    if (!this.#known.mayHold(identity)) return null;
    if (this.#foundLast > 0 && isSame(this.#foundLast + 1)) return ++this.#foundLast;
    const candidates = this.#known.find(identity);
    if (candidates.length === 0) return null;
    this.#messages.flush();
    const found = candidates.find(isSame);
    if (found === undefined) return null;
    this.#foundLast = found;
    return found;
  }

  /** All that held the message was destroyed: its row says nothing any more, so nothing new may go to it. */
  #isEmptied(id: number): boolean {
    this.#occurrences.flush();
    return (
      get(
        this.#input.store.db,
        `SELECT 1 FROM message_occurrences WHERE message_id = ? AND source_id NOT IN
           (SELECT source_id FROM destroyed_sources UNION ALL SELECT source_id FROM begun_sources) LIMIT 1`,
        id,
      ) === undefined
    );
  }

  /** Stores a batch. Call inside a transaction. */
  store(batch: MessageBatch): Stored {
    const { count, numbers, words } = batch;
    if (count === 0) return { added: 0, duplicates: 0 };
    const { store, sourceId } = this.#input;
    const { db } = store;
    const messages = this.#messages;
    const occurrences = this.#occurrences;
    const number = (i: number, column: number) => orNull(numbers[i * NUMBERS + column] as number);
    const word = (i: number, column: number) => {
      const place = number(i, column);
      return place === null ? null : (words[place] as string);
    };
    const places = this.#places(batch);
    const texts = new ColumnReader(batch.texts);
    const sentTexts = new ColumnReader(batch.sentTexts);
    const platformIds = new ColumnReader(batch.platformIds);
    const extras = new ColumnReader(batch.extras);
    const totals = new Totals(words.length);
    const media = new Map<number, number>();
    const digests = Buffer.from(batch.digests.buffer, batch.digests.byteOffset, batch.digests.length);
    const hex = Buffer.from(digests.toString('hex'), 'latin1');
    const messageLines = new ContentLines(count, hex);
    const occurrenceLines = new ContentLines(count, hex);
    let rareAt = 0;
    const firstId = (get<{ last: number | null }>(db, 'SELECT max(id) AS last FROM messages')?.last ?? 0) + 1;
    let nextId = firstId;
    for (let i = 0; i < count; i++) {
      const rare = batch.rare[rareAt]?.index === i ? batch.rare[rareAt++] : undefined;
      const ordinal = batch.first + i;
      const conversationId = places.conversation(number(i, NUMBER.conversation));
      const senderId = places.sender(number(i, NUMBER.sender), number(i, NUMBER.name));
      const text = texts.next() as string;
      const sentText = sentTexts.next() as string;
      const platformId = platformIds.next();
      const extra = extras.next();
      const anonymous = number(i, NUMBER.identity) as number;
      const repeat = platformId === null ? this.#repeats.next(anonymous) : 0;
      const identity = repeatIdentity(anonymous, repeat);
      const sentAt = number(i, NUMBER.sentAt);
      const instant = number(i, NUMBER.instant);
      const kind = word(i, NUMBER.kind) as string;
      let id = this.#find(identity, conversationId, text, platformId);
      if (id === null && sentAt !== null) {
        const precision = word(i, NUMBER.precision) as Precision;
        const timed = { sentAt, precision, hasInstant: instant !== null, kind, text, platformId };
        id = this.#near.find(timed, conversationId, senderId, () => occurrences.flush());
        if (id !== null && platformId === null && repeat === 0) this.#repeats.elsewhere(anonymous);
      }
      const digest = digests.subarray(i * 32, i * 32 + 32);
      if (id === null) {
        id = nextId++;
        const flags = word(i, NUMBER.flags);
        const parts = number(i, NUMBER.parts) as number;
        messages.add(
          id,
          sourceId,
          ordinal,
          conversationId,
          senderId,
          word(i, NUMBER.name),
          platformId,
          sentText,
          instant,
          number(i, NUMBER.wallTime),
          sentAt,
          number(i, NUMBER.sortAt),
          kind,
          text,
          number(i, NUMBER.forwarded),
          rare?.refersTo ?? null,
          rare?.editedAtText ?? null,
          extra,
          flags,
          parts,
          identity,
          digest,
        );
        this.#known.note(identity, id);
        messageLines.message(i, id, sourceId, ordinal, conversationId, senderId, flags, parts, identity);
        let carried: readonly string[] = [];
        if (rare) {
          if (rare.carried.length > 0 || rare.attachments.length > 0) messages.flush();
          if (parts > 0) carried = this.#storeCarried(id, rare.carried);
          if (rare.attachments.length > 0) {
            this.#storeAttachments(id, rare.attachments);
            media.set(conversationId, (media.get(conversationId) ?? 0) + rare.attachments.length);
          }
        }
        this.#filters?.add(id, text, carried);
        totals.add(numbers[i * NUMBERS + NUMBER.conversation] as number, sentAt);
        if (senderId !== null) totals.sent(numbers[i * NUMBERS + NUMBER.sender] as number);
      }
      const start = number(i, NUMBER.start) as number;
      const end = number(i, NUMBER.end) as number;
      const line = number(i, NUMBER.line) as number;
      occurrences.add(sourceId, ordinal, id, start, end, line, digest);
      occurrenceLines.occurrence(i, sourceId, ordinal, id, start, end, line);
    }
    occurrences.flush();
    const added = nextId - firstId;
    if (added > 0) {
      sealBatch(
        store,
        { scope: 'messages', owner: sourceId, first: firstId, last: nextId - 1, rows: added },
        messageLines.content,
      );
    }
    sealBatch(
      store,
      {
        scope: 'message_occurrences',
        owner: sourceId,
        first: batch.first,
        last: batch.first + count - 1,
        rows: count,
      },
      occurrenceLines.content,
    );
    totals.store(db, places);
    for (const [id, named] of media) addNamedMedia(db, sourceId, id, named);
    this.#known.settle();
    return { added, duplicates: count - added };
  }

  /** Nothing more comes: gives memory back. */
  end(): void {
    this.#known.end();
    this.#repeats.end();
  }

  /** Row ids for the words of a batch; each sender's names are noted on the way. */
  #places({ words }: MessageBatch): Places {
    const { accounts, conversations } = this.#input;
    const conversationIds: number[] = [];
    const accountIds: number[] = [];
    const noted = new Set<number>();
    return {
      conversation: (place: number | null): number => {
        const known = conversationIds[place ?? -1];
        if (known !== undefined) return known;
        const key = words[place ?? -1] ?? '';
        const id = conversations.get(key);
        if (id === undefined) throw new Error(`conversation ${key} was not announced`);
        conversationIds[place ?? -1] = id;
        return id;
      },
      sender: (place: number | null, name: number | null): number | null => {
        if (place === null) return null;
        let id = accountIds[place];
        if (id === undefined) {
          const key = words[place] as string;
          id = accounts.get(key);
          if (id === undefined) throw new Error(`account ${key} was not announced`);
          accountIds[place] = id;
        }
        if (name !== null && !noted.has(place * words.length + name)) {
          noted.add(place * words.length + name);
          if (words[name]) this.#noteName(id, words[name]);
        }
        return id;
      },
    };
  }

  #noteName(accountId: number, name: string): void {
    const key = `${accountId}\0${name}`;
    if (this.#names.has(key)) return;
    this.#names.add(key);
    storeAccountName(this.#input, accountId, name);
  }

  /** Stores what a message carries; answers the texts. */
  #storeCarried(messageId: number, carried: readonly CarriedText[]): string[] {
    const insert = prepare(
      this.#input.store.db,
      'INSERT INTO carried_texts (message_id, part, depth, act, sender, text, sent_text) VALUES (?, ?, ?, ?, ?, ?, ?)',
    );
    const texts: string[] = [];
    const walk = (items: readonly CarriedText[], depth: number) => {
      for (const item of items) {
        texts.push(item.text);
        insert.run(messageId, texts.length, depth, item.act, item.sender, item.text, item.sentAtText);
        if (item.items) walk(item.items, depth + 1);
      }
    };
    walk(carried, 0);
    return texts;
  }

  #storeAttachments(messageId: number, attachments: readonly ImportedAttachment[]): void {
    attachments.forEach((attachment, position) => {
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
}

/**
 * Messages as importers yield them, stored at once: for a few. With `resumeAt`, the place of a first message
 * without a time, the source may hold others already. Call inside a transaction.
 */
export function storeMessages(
  input: WriterInput & { toInstant(wallTime: number): number; readonly resumeAt?: number },
  messages: readonly ImportedMessage[],
): Stored {
  const { platform, toInstant, resumeAt } = input;
  const preparer = new MessagePreparer({
    platform,
    toInstant,
    ...(resumeAt === undefined ? {} : { resumeAt }),
  });
  const resumed = resumeAt !== undefined;
  return new MessageWriter({ ...input, resumed, expected: messages.length }).store(
    preparer.prepare(messages),
  );
}

const orNull = (value: number): number | null => (Number.isNaN(value) ? null : value);
