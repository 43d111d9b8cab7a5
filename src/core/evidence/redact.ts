/**
 * Redacted copies of messages: parts that an officer withholds with a reason, and bystanders (people who
 * speak and are no party of the case) under aliases. The original stays as it was imported; the copy says
 * which parts are withheld, and their commitments still prove the message's place.
 */
import type { CarriedText } from '../importers/importer.ts';
import type { Part } from './commitment.ts';
import type { MessageRecord } from './message-digest.ts';

/** Parts that can be withheld by hand; `place`, `time` and `envelope` are what makes a message evidence. */
export const REDACTABLE = ['text', 'carried', 'attachments', 'sender', 'extra'] as const;
export type Redactable = (typeof REDACTABLE)[number];

/** `spans` are UTF-16 code units of the text; null withholds the whole part. */
export interface Redaction {
  readonly part: Redactable;
  readonly spans: readonly { readonly start: number; readonly end: number }[] | null;
  readonly reason: string;
}

/** Why a bystander's name and what tells it are withheld. */
export const BYSTANDER = 'bystander';
const BLOCK = '█';

/** Blacks out what people's names would tell; the same length, so that the marks of hits stay in place. */
export class NameMask {
  readonly #pattern: RegExp | null;

  /** `hidden` are names of people under aliases; a name that someone in `kept` bears too is kept. */
  constructor(hidden: Iterable<string>, kept: Iterable<string>) {
    const open = new Set(kept);
    // A name of one character would black out common words.
    const names = [...new Set(hidden)].filter((name) => name.length > 1 && !open.has(name));
    const escaped = names
      .sort((a, b) => b.length - a.length)
      .map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    this.#pattern = escaped.length === 0 ? null : new RegExp(escaped.join('|'), 'g');
  }

  /** Whether there is a name to black out. */
  get isAnyHidden(): boolean {
    return this.#pattern !== null;
  }

  text(text: string): string {
    return this.#pattern === null ? text : text.replace(this.#pattern, (name) => BLOCK.repeat(name.length));
  }

  /** The same in every string of a JSON value. */
  value<T>(value: T): T {
    if (this.#pattern === null) return value;
    if (typeof value === 'string') return this.text(value) as T;
    if (Array.isArray(value)) return value.map((item) => this.value(item)) as T;
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.value(item)])) as T;
  }
}

function blackedOut(
  text: string,
  spans: readonly { readonly start: number; readonly end: number }[],
): string {
  const units = [...Array(text.length).keys()].map((i) => text[i] as string);
  for (const { start, end } of spans) {
    for (let i = Math.max(0, start); i < Math.min(end, text.length); i++) units[i] = BLOCK;
  }
  // Half of a surrogate pair left alone would be no text.
  return units
    .join('')
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, BLOCK);
}

const PART_OF: readonly (readonly [Part, (record: MessageRecord) => unknown])[] = [
  ['attachments', ({ attachments }) => attachments],
  ['carried', ({ carried }) => carried],
  ['envelope', ({ conversation, platformId, refersTo }) => [conversation, platformId, refersTo]],
  ['extra', ({ extra }) => extra],
  ['sender', ({ sender, senderName }) => [sender, senderName]],
  ['text', ({ text }) => text],
];

export interface RedactedCopy {
  readonly record: MessageRecord;
  /** Parts that the copy does not show as they were, each with why. */
  readonly withheld: ReadonlyMap<Part, string>;
}

/**
 * The copy of a record that is shown. `alias` is the sender's, null where the sender is shown; `mask`
 * blacks out the names of everybody under an alias.
 */
export function redactedCopy(
  record: MessageRecord,
  redactions: readonly Redaction[],
  alias: string | null,
  mask: NameMask,
): RedactedCopy {
  const withheld = new Map<Part, string>();
  // What an export adds may tell the sender in many ways, so all of it goes with the name.
  let copy: MessageRecord = mask.value(
    alias === null ? record : { ...record, sender: null, senderName: alias, extra: null },
  );
  for (const [part, of] of PART_OF) {
    if (JSON.stringify(of(copy)) !== JSON.stringify(of(record))) withheld.set(part, BYSTANDER);
  }
  for (const { part, spans, reason } of redactions) {
    withheld.set(part, reason);
    if (part === 'text') copy = { ...copy, text: spans === null ? '' : blackedOut(copy.text, spans) };
    else if (part === 'carried') copy = { ...copy, carried: [] as CarriedText[] };
    else if (part === 'attachments') copy = { ...copy, attachments: [] };
    else if (part === 'sender') copy = { ...copy, sender: null, senderName: null };
    else copy = { ...copy, extra: null };
  }
  return { record: copy, withheld };
}
