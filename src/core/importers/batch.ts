/**
 * Collects what an importer finds and hands it out in the order the host needs: accounts and
 * conversations before the messages that name them, and ranges last.
 */
import type { ListKind } from '../domain/list.ts';
import { plainExtra } from './extra.ts';
import type {
  ByteSource,
  ConversationPreview,
  ImportEvent,
  ImportedAccount,
  ImportedConversation,
  ImportedListRow,
  ImportedMembership,
  ImportedMessage,
  Importer,
  ListRowError,
  RangeCode,
  SourceHead,
} from './importer.ts';
import { Ledger } from './ledger.ts';

/** Most messages in one event. */
export const BATCH_SIZE = 2000;

/** What the `source` event says. */
export type SourceFacts = Omit<Extract<ImportEvent, { type: 'source' }>, 'type'>;

/** Facts of a run whose events nobody sees. */
export const NO_FACTS: SourceFacts = { formatVersion: null, needsZone: false, assumptions: {} };

/** Bytes without an event after which one is due, so that progress and cancelling never wait long. */
const BATCH_BYTES = 4 << 20;

export class EventBatch {
  readonly ledger: Ledger;
  #accounts: ImportedAccount[] = [];
  #conversations: ImportedConversation[] = [];
  #memberships: ImportedMembership[] = [];
  #messages: ImportedMessage[] = [];
  #listed = new Map<ListKind, { rows: ImportedListRow[]; errors: ListRowError[] }>();
  /** The batch is full: `drain` it at the next record boundary. */
  full = false;

  readonly #facts: () => SourceFacts;
  #said = '';

  /** `size` in bytes; `facts` gives what is known of the source so far. */
  constructor(size: number, facts: () => SourceFacts) {
    this.ledger = new Ledger(size);
    this.#facts = facts;
  }

  account(account: ImportedAccount): void {
    if (this.#accounts.push(account) >= BATCH_SIZE) this.full = true;
  }

  conversation(conversation: ImportedConversation): void {
    if (this.#conversations.push(conversation) >= BATCH_SIZE) this.full = true;
  }

  membership(membership: ImportedMembership): void {
    if (this.#memberships.push(membership) >= BATCH_SIZE) this.full = true;
  }

  message(message: ImportedMessage): void {
    const extra = message.extra === null ? null : plainExtra(message.extra);
    const kept = extra === message.extra ? message : { ...message, extra };
    if (this.#messages.push(kept) >= BATCH_SIZE) this.full = true;
  }

  /** An entry of a list. */
  listRow(kind: ListKind, row: ImportedListRow): void {
    if (this.#list(kind).rows.push(row) >= BATCH_SIZE) this.full = true;
  }

  /** A row of a list that was not taken, or not as it is written. */
  listError(kind: ListKind, error: ListRowError): void {
    if (this.#list(kind).errors.push(error) >= BATCH_SIZE) this.full = true;
  }

  #list(kind: ListKind): { rows: ImportedListRow[]; errors: ListRowError[] } {
    let list = this.#listed.get(kind);
    if (!list) {
      list = { rows: [], errors: [] };
      this.#listed.set(kind, list);
    }
    return list;
  }

  /** See `Ledger.add`. */
  range(code: RangeCode, until: number, line: number, count = 0, group: string | null = null): void {
    this.ledger.add(code, until, line, count, group);
    if (this.ledger.pending >= BATCH_BYTES) this.full = true;
  }

  /** Everything collected, as events; the source's facts first, whenever they have changed. */
  *drain(): Generator<ImportEvent> {
    const facts = this.#facts();
    const said = JSON.stringify(facts);
    if (said !== this.#said) {
      this.#said = said;
      yield { type: 'source', ...facts };
    }
    const accounts = this.#accounts;
    const conversations = this.#conversations;
    const memberships = this.#memberships;
    const messages = this.#messages;
    this.#accounts = [];
    this.#conversations = [];
    this.#memberships = [];
    this.#messages = [];
    const listed = this.#listed;
    this.#listed = new Map();
    this.full = false;
    const ranges = this.ledger.take();
    if (accounts.length > 0) yield { type: 'accounts', accounts };
    if (conversations.length > 0) yield { type: 'conversations', conversations };
    if (memberships.length > 0) yield { type: 'memberships', memberships };
    for (const [kind, list] of listed) yield { type: 'list-rows', kind, ...list };
    for (let i = 0; i < messages.length; i += BATCH_SIZE) {
      yield {
        type: 'messages',
        messages: messages.length <= BATCH_SIZE ? messages : messages.slice(i, i + BATCH_SIZE),
      };
    }
    if (ranges.length > 0) yield { type: 'ranges', ranges };
  }

  /** The last events; the ledger must cover the source. */
  *finish(): Generator<ImportEvent> {
    this.ledger.assertComplete();
    yield* this.drain();
  }
}

/** What a file holds, found by reading it once: for formats of several conversations. */
export async function* previewConversations(
  importer: Importer,
  source: ByteSource,
  head: SourceHead,
): AsyncGenerator<ConversationPreview> {
  const previews = new Map<string, { -readonly [K in keyof ConversationPreview]: ConversationPreview[K] }>();
  for await (const event of importer.read(source, { zone: 'UTC', head, conversations: 'all' })) {
    if (event.type === 'conversations') {
      for (const { key, name, type } of event.conversations) {
        const known = previews.get(key);
        if (known === undefined) {
          previews.set(key, { key, name, type, messages: 0, firstAtText: null, lastAtText: null });
        } else {
          known.name ??= name;
          if (type !== 'unknown') known.type = type;
        }
      }
    } else if (event.type === 'messages') {
      for (const message of event.messages) {
        const preview = previews.get(message.conversationKey);
        if (preview === undefined) continue;
        preview.messages++;
        preview.firstAtText ??= message.sentAtText;
        preview.lastAtText = message.sentAtText;
      }
    }
  }
  yield* previews.values();
}
