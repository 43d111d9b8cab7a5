/**
 * Salted commitments: what a stranger can check of a message without seeing all of it.
 *
 * A message's record is cut into parts. Each part is committed to with a salt of its own, because short
 * texts can be guessed; the message's commitment is the hash over its parts' commitments. A redacted part
 * gives away neither value nor salt, and its commitment still fits.
 *
 *   salt       = first 16 bytes of HMAC-SHA-256(secret of the source, "<ordinal>:<part>")
 *   part       = SHA-256("<salt in hex>:<part>:<value as canonical JSON>")
 *   commitment = SHA-256("<part>:<its commitment in hex>\n" for every part, by name)
 */
import { sha256 } from '../audit/digest.ts';
import type { Locator } from '../importers/importer.ts';
import { textLeaf } from './merkle.ts';
import { attachmentsText, carriedTexts, extraText, type MessageRecord } from './message-digest.ts';

/** The parts of a record, by name. `place` is where it stood in the file; `digest` stands alone, see `twinParts`. */
export const PARTS = [
  'attachments',
  'carried',
  'envelope',
  'extra',
  'place',
  'sender',
  'text',
  'time',
] as const;
export type Part = (typeof PARTS)[number] | 'digest';

/** Canonical JSON of each part, in the order of their names. */
export type PartTexts = readonly (readonly [Part, string])[];

const quoted = JSON.stringify as (text: string | null) => string;

function placeText(place: Locator, ordinal: number): string {
  return `{"end":${place.end},"line":${place.line},"ordinal":${ordinal},"start":${place.start}}`;
}

/** The parts of a message as it stood at `place`, the `ordinal`-th message of its source. */
export function recordParts(record: MessageRecord, place: Locator, ordinal: number): PartTexts {
  const { conversation, extra } = record;
  return [
    ['attachments', attachmentsText(record.attachments)],
    ['carried', carriedTexts(record.carried)],
    [
      'envelope',
      `{"conversation":{"key":${quoted(conversation.key)},"platform":${quoted(conversation.platform)}}` +
        `,"forwarded":${record.forwarded ? 'true' : 'false'},"kind":${quoted(record.kind)}` +
        `,"platformId":${quoted(record.platformId)},"refersTo":${quoted(record.refersTo)}}`,
    ],
    ['extra', extraText(extra)],
    ['place', placeText(place, ordinal)],
    ['sender', `{"sender":${quoted(record.sender)},"senderName":${quoted(record.senderName)}}`],
    ['text', quoted(record.text)],
    [
      'time',
      `{"editedAtText":${quoted(record.editedAtText)},"instant":${JSON.stringify(record.instant)}` +
        `,"sentAtText":${quoted(record.sentAtText)},"wallTime":${JSON.stringify(record.wallTime)}}`,
    ],
  ];
}

/**
 * The parts of an occurrence whose record differs in detail from the message's (another export wrote the
 * name otherwise): only its digest is kept, so only its digest can be shown.
 */
export function twinParts(digest: string, place: Locator, ordinal: number): PartTexts {
  return [
    ['digest', quoted(digest)],
    ['place', placeText(place, ordinal)],
  ];
}

const BLOCK = 64;

/**
 * Derives the salts of one source. The two hashes of HMAC (RFC 2104) are taken by hand, because eight salts
 * for each of a million messages pass here, and an Hmac object costs many times the hashing.
 */
export class Salts {
  readonly #inner = Buffer.alloc(BLOCK + 32, 0x36);
  readonly #outer = Buffer.alloc(BLOCK + 32, 0x5c);

  /** `secret` has 64 bytes at most. */
  constructor(secret: Uint8Array) {
    if (secret.length > BLOCK) throw new RangeError('a secret has 64 bytes at most');
    secret.forEach((value, i) => {
      this.#inner[i] = value ^ 0x36;
      this.#outer[i] = value ^ 0x5c;
    });
  }

  /** 32 hex digits. */
  salt(ordinal: number, part: Part): string {
    const end = BLOCK + this.#inner.write(`${ordinal}:${part}`, BLOCK, 'latin1');
    this.#outer.write(sha256(this.#inner.subarray(0, end)), BLOCK, 'hex');
    return sha256(this.#outer).slice(0, 32);
  }
}

/** SHA-256 in hex; `text` is the value's canonical JSON. */
export function partCommitment(salt: string, part: string, text: string): string {
  return sha256(`${salt}:${part}:${text}`);
}

/** The commitment of a message from those of its parts, given in the order of their names. */
export function messageCommitment(parts: readonly (readonly [string, string])[]): string {
  return sha256(parts.map(([part, commitment]) => `${part}:${commitment}\n`).join(''));
}

/** The commitment of a message of a source, from its parts. */
export function commitmentOf(parts: PartTexts, ordinal: number, salts: Salts): string {
  return messageCommitment(
    parts.map(([part, text]) => [part, partCommitment(salts.salt(ordinal, part), part, text)]),
  );
}

/** A tree as a leaf of its source's root: which conversation, how many messages, what root in hex. */
export function treeLeaf(conversation: string, messages: number, root: string): Buffer {
  return textLeaf(`${conversation} ${messages} ${root}`);
}
