/**
 * The audit chain.
 *
 * Every event is kept in an envelope and committed to by a salted digest; the chain holds only these
 * digests. So a part of the log can be handed out with some events opened (envelope and salt) and the
 * others closed (digest only), and anybody can check that nothing between was changed, left out or
 * moved, without learning what the closed events say. The salt keeps short, guessable events from being
 * found by trying.
 */
import { canonicalJson, sha256 } from './digest.ts';

/** One thing that happened. `before` and `after` are JSON values; absent is kept as null. */
export interface EventEnvelope {
  /** UUIDv7. */
  readonly id: string;
  /** Id of the officer who acted. */
  readonly officer: string;
  /** UTC milliseconds. */
  readonly at: number;
  readonly type: string;
  readonly subject: { readonly type: string; readonly id: string };
  readonly before: unknown;
  readonly after: unknown;
  /** Id of the event that this one takes back or replaces. */
  readonly supersedes: string | null;
}

/** An entry of the chain. */
export interface AuditLink {
  /** Counts from 1 without holes. */
  readonly sequence: number;
  /** Hash of the entry before; GENESIS for the first. */
  readonly previous: string;
  /** UTC milliseconds; the same as in the envelope. */
  readonly at: number;
  /** SHA-256 in hex, see `eventPayloadDigest`. */
  readonly payloadDigest: string;
  /** SHA-256 in hex, see `auditHash`. */
  readonly hash: string;
}

/** An entry as it is handed out: closed without `event` and `salt`, opened with both. */
export interface ChainEntry extends AuditLink {
  /** In hex. */
  readonly salt?: string;
  readonly event?: EventEnvelope;
}

export interface ChainFailure {
  readonly sequence: number;
  readonly reason:
    | 'not-in-sequence'
    | 'previous-hash-differs'
    | 'hash-differs'
    | 'payload-differs'
    | 'time-differs'
    | 'half-opened'
    | 'malformed';
}

/** What the first entry names as the one before it. */
export const GENESIS = '0'.repeat(64);

/**
 * Digest of an event: SHA-256 in hex over the canonical JSON of `{event, salt}`, the salt in hex. `salt`
 * is at least 16 random bytes, drawn anew for each event.
 */
export function eventPayloadDigest(salt: Uint8Array, event: EventEnvelope): string {
  const { id, officer, at, type, subject, supersedes } = event;
  return sha256(
    canonicalJson({
      event: {
        id,
        officer,
        at,
        type,
        subject: { type: subject.type, id: subject.id },
        before: event.before ?? null,
        after: event.after ?? null,
        supersedes,
      },
      salt: Buffer.from(salt).toString('hex'),
    }),
  );
}

/** Hash of an entry: SHA-256 in hex over the canonical JSON of `{at, payloadDigest, previous, sequence}`. */
export function auditHash(link: Omit<AuditLink, 'hash'>): string {
  const { at, payloadDigest, previous, sequence } = link;
  return sha256(canonicalJson({ at, payloadDigest, previous, sequence }));
}

/**
 * Checks entries one after the other, in constant memory. The returned function gives what is wrong with
 * the next entry; after a failure it goes on from the entry as it stands, so that one change is named
 * once and not again by every entry behind it. The first entry may be any of the log: an extract starts
 * where it starts; entry 1 must follow GENESIS.
 */
export function chainVerifier(): (entry: ChainEntry) => ChainFailure[] {
  let before: { sequence: number; hash: string } | null = null;
  return (entry) => {
    const failures: ChainFailure[] = [];
    const fail = (reason: ChainFailure['reason']) => failures.push({ sequence: entry.sequence, reason });
    if (before !== null && entry.sequence !== before.sequence + 1) fail('not-in-sequence');
    else if (before !== null && entry.previous !== before.hash) fail('previous-hash-differs');
    else if (entry.sequence === 1 && entry.previous !== GENESIS) fail('previous-hash-differs');
    if (entry.sequence < 1) fail('not-in-sequence');
    try {
      if (auditHash(entry) !== entry.hash) fail('hash-differs');
      if ((entry.event === undefined) !== (entry.salt === undefined)) fail('half-opened');
      else if (entry.event !== undefined && entry.salt !== undefined) {
        const salt = Buffer.from(entry.salt, 'hex');
        if (salt.toString('hex') !== entry.salt) fail('malformed');
        else if (eventPayloadDigest(salt, entry.event) !== entry.payloadDigest) fail('payload-differs');
        if (entry.event.at !== entry.at) fail('time-differs');
      }
    } catch {
      fail('malformed');
    }
    before = { sequence: entry.sequence, hash: entry.hash };
    return failures;
  };
}

/**
 * Checks entries that stand in order of their sequence, all of the log or an unbroken part of it. Empty
 * when the chain holds. Compare the last entry's hash with a head that was written down elsewhere:
 * entries cut off at the end leave a chain that holds.
 */
export function verifyChain(entries: Iterable<ChainEntry>): ChainFailure[] {
  const check = chainVerifier();
  const failures: ChainFailure[] = [];
  for (const entry of entries) failures.push(...check(entry));
  return failures;
}
