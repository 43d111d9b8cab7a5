import { createHash, type Hash } from 'node:crypto';
import type { LedgerRange } from '../../importers/importer.ts';
import { transact } from '../../storage/database.ts';
import { beginBulkLoad, bulkTransact, indexesStand, keepIndexes } from '../../storage/messages/bulk-load.ts';
import { type KnownMessages, LoadedMessages } from '../../storage/messages/identities.ts';
import { releaseBatch } from '../../storage/messages/message-batch.ts';
import { MessageWriter, type WriterInput } from '../../storage/messages/message-writer.ts';
import { storeAccount, storeConversation, storeMembership } from '../../storage/people/participants.ts';
import {
  insertRanges,
  occurrenceDigests,
  type SourceRow,
  sourceByUid,
  updateSource,
} from '../../storage/sources/sources.ts';
import { breathe } from '../jobs.ts';
import { record, type Session } from '../session.ts';
import { CollectedLists } from './lists.ts';
import type { StoredEvent } from './stored-events.ts';

/**
 * Messages in one transaction: large enough that index pages are not written over and over (2,000 cost
 * a third more), small enough that other calls to the host wait no longer than a blink.
 */
const COMMIT = 8000;
/** The same without indexes, where small transactions cost little more and large ones hold memory. */
const BULK_COMMIT = 4000;
/** Bytes of the source in one transaction: messages may be long. */
const COMMIT_BYTES = 8 << 20;

/** Bytes of a source from which on it is stored as a bulk load: about 50,000 messages. */
export const BULK_BYTES = 8 << 20;
/** Bytes of a message in an export, at the lower end: how many a file holds is guessed from its size. */
const MESSAGE_BYTES = 128;

/** Stores the events of one source; what an earlier run stored is not written again. */
export class SourceStoring {
  readonly #session: Session;
  readonly #source: SourceRow;
  readonly #accounts = new Map<string, number>();
  readonly #conversations = new Map<string, number>();
  readonly #input: WriterInput;
  readonly #writer: MessageWriter;
  readonly #bulk: boolean;
  /** Messages of one transaction. */
  #commitAt: number;
  /** Root over the digests of the source's occurrences in order, grown as they are stored. */
  readonly #root: Hash;
  /** Bytes whose ledger is stored; events before it were stored by an earlier run. */
  readonly #storedTo: number;
  /** Events since the last ranges, and closed groups that wait for the next transaction. */
  #open: StoredEvent[] = [];
  #closed: { events: readonly StoredEvent[]; ranges: readonly LedgerRange[] }[] = [];
  #waiting = 0;
  readonly #lists = new CollectedLists();
  bytesDone = 0;
  #committedTo = 0;
  messages: number;
  #duplicates: number;
  #format: {
    formatVersion: string | null;
    needsZone: boolean;
    assumptions: Readonly<Record<string, string>>;
  } | null = null;

  private constructor(
    session: Session,
    source: SourceRow,
    storedTo: number,
    expected: number,
    known: KnownMessages | undefined,
    root: Hash,
  ) {
    this.#session = session;
    this.#source = source;
    this.#storedTo = storedTo;
    this.#root = root;
    this.messages = source.messages;
    this.#duplicates = source.duplicates;
    this.#bulk = known !== undefined;
    this.#commitAt = this.#bulk && !indexesStand(session.workspace.store.db) ? BULK_COMMIT : COMMIT;
    this.#input = {
      store: session.workspace.store,
      platform: source.platform,
      sourceId: source.id,
      authoritative: source.holds === 'list',
      newUid: () => session.environment.uids.next(),
      accounts: this.#accounts,
      conversations: this.#conversations,
      expected,
      resumed: storedTo > 0,
      ...(known ? { known } : {}),
    };
    this.#writer = new MessageWriter(this.#input);
  }

  /** Reads what is stored, of this source up to the byte `storedTo`, and takes indexes down for a large one. */
  static async begin(session: Session, source: SourceRow, storedTo: number): Promise<SourceStoring> {
    const { db } = session.workspace.store;
    const expected = Math.ceil((source.bytes - storedTo) / MESSAGE_BYTES);
    const large = source.holds === 'chat' && source.bytes >= BULK_BYTES;
    // From here on no upkeep begins: it would fill in what is held back.
    if (large) keepIndexes(db);
    const known = large ? await LoadedMessages.open(db, expected, breathe) : undefined;
    const root = createHash('sha256');
    let rows = 0;
    for (const digest of occurrenceDigests(db, source.id)) {
      root.update(digest);
      if (++rows % 20_000 === 0) await breathe();
    }
    if (large) beginBulkLoad(db, source.id, expected);
    return new SourceStoring(session, source, storedTo, expected, known, root);
  }

  /** Indexes stand from now on: fewer and larger transactions write their pages less often. */
  standing(): void {
    this.#commitAt = COMMIT;
  }

  /** Records wait for the ranges that cover them, so that one transaction holds both. */
  take(event: StoredEvent): void {
    if (event.type === 'source') this.#format = event;
    else if (event.type === 'list-rows') this.#lists.take(event);
    else if (event.type !== 'ranges') this.#open.push(event);
    else this.#close(event.ranges);
  }

  #close(ranges: readonly LedgerRange[]): void {
    const events = this.#open;
    this.#open = [];
    this.bytesDone = ranges.at(-1)?.end ?? this.bytesDone;
    if (this.bytesDone <= this.#storedTo) {
      transact(this.#session.workspace.store.db, () => {
        for (const event of events) this.#store(event);
      });
      return;
    }
    this.#closed.push({ events, ranges });
    for (const event of events) if (event.type === 'messages') this.#waiting += event.batch.count;
    const full = this.#waiting >= this.#commitAt;
    if (full || this.bytesDone - this.#committedTo >= COMMIT_BYTES) this.#commit();
  }

  #commit(): void {
    if (this.#closed.length === 0) return;
    const { store } = this.#session.workspace;
    const commit = this.#bulk ? bulkTransact : transact;
    commit(store.db, () => {
      for (const { events, ranges } of this.#closed) {
        for (const event of events) this.#store(event);
        insertRanges(store, this.#source.id, ranges);
      }
      updateSource(store, this.#source.id, this.#progress(this.bytesDone));
    });
    this.#closed = [];
    this.#waiting = 0;
    this.#committedTo = this.bytesDone;
  }

  #progress(bytesDone: number): Partial<SourceRow> {
    return {
      bytes_done: bytesDone,
      messages: this.messages,
      duplicates: this.#duplicates,
      conversations: this.#conversations.size,
      accounts: this.#accounts.size,
      ...(this.#format
        ? {
            format_version: this.#format.formatVersion,
            zone_matters: this.#format.needsZone ? 1 : 0,
            assumptions: JSON.stringify(this.#format.assumptions),
          }
        : {}),
    };
  }

  #store(event: StoredEvent): void {
    switch (event.type) {
      case 'accounts':
        for (const account of event.accounts) {
          this.#accounts.set(account.key, storeAccount(this.#input, account));
        }
        break;
      case 'conversations':
        for (const conversation of event.conversations) {
          this.#conversations.set(conversation.key, storeConversation(this.#input, conversation));
        }
        break;
      case 'memberships':
        for (const membership of event.memberships) {
          const conversation = this.#conversations.get(membership.conversationKey);
          const account = this.#accounts.get(membership.accountKey);
          if (conversation !== undefined && account !== undefined) {
            storeMembership(this.#input, conversation, account, membership);
          }
        }
        break;
      case 'messages': {
        const stored = this.#writer.store(event.batch);
        this.messages += event.batch.count;
        this.#duplicates += stored.duplicates;
        this.#root.update(event.batch.digests);
        releaseBatch(event.batch);
        break;
      }
      default:
        break;
    }
  }

  /** Cancelled: what is stored stays, and the source says that it is not all. */
  stop(): SourceRow {
    this.#commit();
    return this.#end('partial', null, 'source.cut-off');
  }

  finish(): SourceRow {
    this.#commit();
    if (this.bytesDone !== this.#source.bytes) {
      throw new Error(
        `ledger of ${this.#source.file} ends at ${this.bytesDone} of ${this.#source.bytes} bytes`,
      );
    }
    return this.#end('complete', this.#root.digest('hex'), 'source.imported');
  }

  #end(state: 'partial' | 'complete', digest: string | null, type: string): SourceRow {
    const { store } = this.#session.workspace;
    this.#writer.end();
    return transact(store.db, () => {
      if (state === 'complete') this.#lists.apply(this.#session, this.#source);
      updateSource(store, this.#source.id, { ...this.#progress(this.bytesDone), state, digest });
      record(this.#session, {
        type,
        subject: { type: 'source', id: this.#source.uid },
        after: { messages: this.messages, duplicates: this.#duplicates, bytes: this.bytesDone, digest },
      });
      return sourceByUid(store.db, this.#source.uid) as SourceRow;
    });
  }
}
