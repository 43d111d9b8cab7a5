import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  auditHash,
  type ChainEntry,
  type EventEnvelope,
  eventPayloadDigest,
  GENESIS,
  verifyChain,
} from '../../src/core/audit/chain.ts';

function event(sequence: number): EventEnvelope {
  return {
    id: `01890000-0000-7000-8000-${String(sequence).padStart(12, '0')}`,
    officer: '01890000-0000-7000-8000-0000000000ff',
    at: 1767230000000 + sequence,
    type: 'case.opened',
    subject: { type: 'case', id: '01890000-0000-7000-8000-0000000000aa' },
    before: null,
    after: { title: `案卷 ${sequence}` },
    supersedes: null,
  };
}

function chain(length: number, opened: (sequence: number) => boolean): ChainEntry[] {
  const entries: ChainEntry[] = [];
  let previous = GENESIS;
  for (let sequence = 1; sequence <= length; sequence++) {
    const salt = createHash('md5').update(String(sequence)).digest();
    const link = {
      sequence,
      previous,
      at: event(sequence).at,
      payloadDigest: eventPayloadDigest(salt, event(sequence)),
    };
    previous = auditHash(link);
    entries.push({
      ...link,
      hash: previous,
      ...(opened(sequence) ? { salt: salt.toString('hex'), event: event(sequence) } : {}),
    });
  }
  return entries;
}

const odd = (sequence: number) => sequence % 2 === 1;

/** A copy with one entry changed. */
function changed(entries: ChainEntry[], index: number, change: Partial<ChainEntry>): ChainEntry[] {
  return entries.map((entry, i) => (i === index ? { ...entry, ...change } : entry));
}

describe('the audit chain', () => {
  it('commits to documented bytes', () => {
    const link = { sequence: 1, previous: GENESIS, at: 5, payloadDigest: 'f'.repeat(64) };
    const text = `{"at":5,"payloadDigest":"${'f'.repeat(64)}","previous":"${GENESIS}","sequence":1}`;
    expect(auditHash(link)).toBe(createHash('sha256').update(text).digest('hex'));
    const payload =
      '{"event":{"after":{"title":"案卷 1"},"at":1767230000001,"before":null,' +
      '"id":"01890000-0000-7000-8000-000000000001","officer":"01890000-0000-7000-8000-0000000000ff",' +
      '"subject":{"id":"01890000-0000-7000-8000-0000000000aa","type":"case"},"supersedes":null,' +
      '"type":"case.opened"},"salt":"00"}';
    expect(eventPayloadDigest(Buffer.of(0), event(1))).toBe(
      createHash('sha256').update(payload).digest('hex'),
    );
  });

  it('treats an absent value and null alike', () => {
    const absent = { ...event(1), before: undefined };
    expect(eventPayloadDigest(Buffer.of(0), absent)).toBe(eventPayloadDigest(Buffer.of(0), event(1)));
  });

  it('holds as a whole, as a part, and with closed entries', () => {
    const entries = chain(9, odd);
    expect(verifyChain(entries)).toEqual([]);
    expect(verifyChain(entries.slice(3, 7))).toEqual([]);
    expect(verifyChain([])).toEqual([]);
  });

  const entries = chain(9, odd);
  it.each<[string, ChainEntry[], number, string]>([
    ['an entry left out', entries.filter((entry) => entry.sequence !== 4), 5, 'not-in-sequence'],
    [
      'two entries swapped',
      [...entries.slice(0, 2), entries[3], entries[2], ...entries.slice(4)] as ChainEntry[],
      4,
      'not-in-sequence',
    ],
    ['another time', changed(entries, 3, { at: 1 }), 4, 'hash-differs'],
    ['another digest', changed(entries, 3, { payloadDigest: '0'.repeat(64) }), 4, 'hash-differs'],
    ['another hash', changed(entries, 3, { hash: '0'.repeat(64) }), 5, 'previous-hash-differs'],
    [
      'another event',
      changed(entries, 2, { event: { ...event(3), type: 'case.closed' } }),
      3,
      'payload-differs',
    ],
    ['another salt', changed(entries, 2, { salt: '00' }), 3, 'payload-differs'],
    ['a salt that is not hex', changed(entries, 2, { salt: 'zz' }), 3, 'malformed'],
    ['an event that cannot be hashed', changed(entries, 2, { event: {} as EventEnvelope }), 3, 'malformed'],
    ['a salt without event', changed(entries, 3, { salt: '00' }), 4, 'half-opened'],
    [
      'a first entry that follows something',
      changed(entries, 0, { previous: 'a'.repeat(64) }),
      1,
      'previous-hash-differs',
    ],
  ])('names %s', (_what, damaged, sequence, reason) => {
    expect(verifyChain(damaged)).toContainEqual({ sequence, reason });
  });

  it('names one rewritten entry, not all behind it', () => {
    const link = { ...(entries[3] as ChainEntry), payloadDigest: 'a'.repeat(64) };
    const damaged = changed(entries, 3, { payloadDigest: link.payloadDigest, hash: auditHash(link) });
    expect(verifyChain(damaged)).toEqual([{ sequence: 5, reason: 'previous-hash-differs' }]);
  });
});
