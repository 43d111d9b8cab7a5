/**
 * What importers of chats share: conversations are chosen and announced once, people once for every
 * name they show, messages are numbered and booked with their bytes.
 */
import type { MessageKind } from '../domain/message.ts';
import { EventBatch, type SourceFacts } from './batch.ts';
import type {
  ByteSource,
  CarriedText,
  ImportEvent,
  ImportedAttachment,
  ImportedConversation,
  ImportedMembership,
  ImportedMessage,
  ImportOptions,
  MessageFlag,
} from './importer.ts';
import type { JsonItem } from './json-values.ts';
import { cleanName, detach, NONE, scalarText } from './text.ts';
import type { ReadTime } from './time.ts';

/** Somebody who writes, as one record shows them. */
export interface Person {
  readonly key: string;
  readonly platformId: string | null;
  readonly name: string | null;
  readonly fields?: Readonly<Record<string, string>>;
}

/** A message before it has a number and a place. What is left out is empty. */
export interface Draft {
  readonly platformId?: string | null;
  /** Null for a message of the system, and where the export does not say who wrote. */
  readonly sender?: Person | null;
  readonly senderName?: string | null;
  readonly sentAtText: string;
  readonly time: ReadTime;
  readonly kind: MessageKind;
  readonly text: string;
  readonly forwarded?: boolean;
  readonly carried?: readonly CarriedText[];
  readonly refersTo?: string | null;
  readonly editedAtText?: string | null;
  readonly attachments?: readonly ImportedAttachment[];
  readonly extra?: Readonly<Record<string, unknown>> | null;
  readonly flags?: readonly MessageFlag[];
  /** The app wrote it, whatever its kind (that a message was taken back): nobody is missing as its sender. */
  readonly notice?: boolean;
  /** The sender has been announced already. */
  readonly announced?: boolean;
}

/** Where a record stands: its own bytes, and the end of what is booked with it. */
export type Place = Pick<JsonItem, 'start' | 'end' | 'until' | 'line'>;

/** The person with this id, or, where there is none, with this name; null where there is neither. */
export function personOf(
  id: unknown,
  name: unknown,
  fields?: Readonly<Record<string, string>>,
): Person | null {
  const platformId = scalarText(id);
  const shown = scalarText(name);
  const more = fields === undefined || Object.keys(fields).length === 0 ? {} : { fields };
  if (platformId !== null) return { key: platformId, platformId, name: shown, ...more };
  const key = shown === null ? '' : cleanName(shown);
  return key === '' ? null : { key: `name:${key}`, platformId: null, name: shown, ...more };
}

/** The fields that are not empty. */
export function fieldsOf(values: Readonly<Record<string, unknown>>): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const name in values) {
    const text = values[name] === true ? 'true' : scalarText(values[name]);
    if (text !== null) fields[name] = text;
  }
  return fields;
}

/** Without members that say nothing: null, false, empty texts, lists and objects. Null where none is left. */
export function tidy(extra: Readonly<Record<string, unknown>> | null): Record<string, unknown> | null {
  if (extra === null) return null;
  const said = Object.entries(extra).filter(([, value]) => {
    if (value === undefined || value === null || value === '' || value === false) return false;
    return typeof value !== 'object' || Object.keys(value).length > 0;
  });
  return said.length === 0 ? null : Object.fromEntries(said);
}

/**
 * Largest source, in bytes, of which a newest-first chat is turned round: its messages are all held in
 * memory. Exporters that write newest first begin a new file long before.
 */
const TURN_LIMIT = 64 << 20;

interface Held {
  readonly draft: Draft;
  readonly place: Place;
  readonly conversationKey: string;
}

export class ChatRun {
  needsZone = false;
  formatVersion: string | null = null;
  assumptions: Record<string, string> = {};
  /** Whether the current conversation is to be kept. */
  kept = true;
  readonly batch: EventBatch;
  readonly fileName: string;
  readonly #selection: ImportOptions['conversations'];
  readonly #conversations = new Set<string>();
  readonly #names = new Map<string, string | null>();
  readonly #members = new Map<string, string>();
  #key = '';
  #ordinal = 0;
  #held: Held[] | null;
  #later = 0;
  #earlier = 0;

  /** `mayTurn`: the format may write newest first; then the messages are given out in order of time. */
  constructor(source: ByteSource, options: Pick<ImportOptions, 'conversations'>, mayTurn = false) {
    this.fileName = source.name;
    this.#selection = options.conversations;
    this.#held = mayTurn && source.size <= TURN_LIMIT ? [] : null;
    this.batch = new EventBatch(source.size, () => this.facts());
  }

  facts(): SourceFacts {
    return { formatVersion: this.formatVersion, needsZone: this.needsZone, assumptions: this.assumptions };
  }

  /** Whether what was collected should be given out now. */
  get full(): boolean {
    return this.batch.full && this.#held === null;
  }

  /** Key of the current conversation; empty before the first. */
  get conversationKey(): string {
    return this.#key;
  }

  /** Makes this the conversation that further messages belong to. */
  open(conversation: ImportedConversation): void {
    const { key } = conversation;
    this.#key = key;
    this.kept = this.#selection === 'all' || this.#selection.has(key);
    if (!this.kept || this.#conversations.has(key)) return;
    this.#conversations.add(key);
    this.batch.conversation(conversation);
  }

  /** Announces somebody, once for each name. */
  person(person: Person): void {
    const known = this.#names.get(person.key);
    if (known !== undefined && (person.name === null || known === person.name)) return;
    this.#names.set(detach(person.key), person.name === null ? null : detach(person.name));
    this.batch.account(person);
  }

  /** Announces somebody's place in the current conversation; again only where it says something new. */
  member(
    person: Person,
    place: Partial<Omit<ImportedMembership, 'conversationKey' | 'accountKey'>> = {},
  ): void {
    if (!this.kept) return;
    this.person(person);
    const { role = null, displayName = null, from = null, to = null } = place;
    const said = JSON.stringify([role, displayName, from, to]);
    const id = `${this.#key}\n${person.key}`;
    if (this.#members.get(id) === said || (this.#members.has(id) && said === '[null,null,null,null]')) return;
    this.#members.set(id, said);
    this.batch.membership({
      conversationKey: this.#key,
      accountKey: person.key,
      role,
      displayName,
      from,
      to,
      ...(place.locator === undefined ? {} : { locator: place.locator }),
    });
  }

  /** Books an element that could not be read, or that is none of this format's. */
  skip(item: JsonItem): void {
    this.batch.range(
      item.code ?? 'unknown-record',
      item.until,
      item.line,
      item.code === null ? 1 : item.count,
    );
  }

  /** Numbers a message of the current conversation and books its bytes. */
  message(draft: Draft, place: Place): void {
    if (!this.kept) {
      this.#ordinal++;
      this.batch.range('conversation-not-selected', place.until, place.line, 1, this.#key);
      return;
    }
    if (draft.time.wallTime !== null) this.needsZone = true;
    if (draft.sender && draft.announced !== true) this.person(draft.sender);
    this.batch.range('message', place.until, place.line, 1);
    if (this.#held === null) this.#give(draft, place, this.#key);
    else this.#hold({ draft, place, conversationKey: this.#key });
  }

  #hold(held: Held): void {
    const time = (of: Held | undefined): number | null =>
      of?.draft.time.instant ?? of?.draft.time.wallTime ?? null;
    const before = time(this.#held?.at(-1));
    const now = time(held);
    if (before !== null && now !== null) {
      if (now > before) this.#later++;
      if (now < before) this.#earlier++;
    }
    this.#held?.push(held);
  }

  #give(draft: Draft, place: Place, conversationKey: string): void {
    const sender = draft.sender ?? null;
    let flags: readonly MessageFlag[] = draft.flags ?? NONE;
    const timeless = draft.time.instant === null && draft.time.wallTime === null;
    if (timeless !== flags.includes('time-unparsed')) {
      flags = timeless ? [...flags, 'time-unparsed'] : flags.filter((flag) => flag !== 'time-unparsed');
    }
    if (sender === null && draft.kind !== 'system' && draft.notice !== true)
      flags = [...flags, 'sender-unknown'];
    const record: ImportedMessage = {
      ordinal: this.#ordinal++,
      conversationKey,
      platformId: draft.platformId ?? null,
      senderKey: sender?.key ?? null,
      senderName: draft.senderName ?? sender?.name ?? null,
      sentAtText: draft.sentAtText,
      instant: draft.time.instant,
      wallTime: draft.time.wallTime,
      kind: draft.kind,
      text: draft.text,
      forwarded: draft.forwarded ?? false,
      carried: draft.carried ?? NONE,
      refersTo: draft.refersTo ?? null,
      editedAtText: draft.editedAtText ?? null,
      attachments: draft.attachments ?? NONE,
      extra: draft.extra ?? null,
      flags,
      locator: { start: place.start, end: place.end, line: place.line },
    };
    this.batch.message(record);
  }

  /** The last events. A chat that ran backwards is turned round first. */
  *finish(): Generator<ImportEvent> {
    const held = this.#held ?? [];
    if (this.#earlier > this.#later) {
      held.reverse();
      this.assumptions = { ...this.assumptions, order: 'newest-first' };
    }
    for (const { draft, place, conversationKey } of held) this.#give(draft, place, conversationKey);
    this.#held = null;
    yield* this.batch.finish();
  }
}
