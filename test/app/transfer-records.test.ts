/** What a transfer says of each message comes out of its parts as it went in. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { atOnce } from '../../src/core/app/pace.ts';
import { Places } from '../../src/core/app/transfer/transfer-places.ts';
import { memorySource } from '../../src/core/importers/source.ts';
import { EnvelopeError } from '../../src/core/transfer/envelope.ts';
import type { Excerpt, Item, Part } from '../../src/core/transfer/payload.ts';
import {
  messageCount,
  messageRecords,
  messagesOf,
  shownRecords,
  withParts,
} from '../../src/core/transfer/records.ts';

const NONE = '0'.repeat(64);
const bytes = fc.uint8Array({ minLength: 32, maxLength: 32 });

function held(chunks: Iterable<Buffer>) {
  const content = Buffer.concat([...chunks]);
  const part: Part = { offset: 0, bytes: content.length, sha256: NONE };
  return { part, read: () => memorySource('part', content) };
}

const excerptOf = (index: Part): Excerpt => ({
  platform: 'wechat',
  zone: 'UTC',
  file: 'x',
  sha256: NONE,
  index,
  accounts: [],
  groups: [],
});

const itemOf = (listed: Part): Item => ({
  table: 'exhibits',
  item: 'exhibits:x',
  row: {},
  listed,
  known: [NONE],
  by: { officer: 'A', at: 0 },
});

describe('records', () => {
  test('messages of an excerpt keep their order, ids and digests', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.uuid(), bytes), { maxLength: 2100 }), (messages) => {
        const { part, read } = held(
          messageRecords(messages.map(([uid, digest]) => ({ uid, digest: Buffer.from(digest) }))),
        );
        expect(messageCount(excerptOf(part))).toBe(messages.length);
        expect([...messagesOf(excerptOf(part), read)]).toEqual(
          messages.map(([uid, digest]) => ({ uid, digest: Buffer.from(digest).toString('hex') })),
        );
      }),
      { numRuns: 20 },
    );
  });

  test('the messages of an exhibit come back with its row', () => {
    const parts = fc.array(fc.record({ message: fc.uuid(), subject: fc.boolean() }), { maxLength: 2100 });
    fc.assert(
      fc.property(parts, (given) => {
        const { part, read } = held(shownRecords(given));
        const { listed: _, ...row } = itemOf(part);
        expect(atOnce(withParts(itemOf(part), read))).toEqual({ ...row, parts: given });
      }),
      { numRuns: 20 },
    );
  });

  test('a part that is no whole number of records is refused', () => {
    const { part, read } = held([Buffer.alloc(47)]);
    expect(() => [...messagesOf(excerptOf(part), read)]).toThrow(EnvelopeError);
    expect(() => atOnce(withParts(itemOf(part), read))).toThrow(EnvelopeError);
  });

  test('places answer as a map would', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.uuid(), fc.nat()), { maxLength: 300 }), fc.uuid(), (given, other) => {
        const places = new Places();
        const map = new Map<string, number>();
        for (const [uid, row] of [...given, ...given.slice(0, 3)]) {
          places.set(uid, row);
          map.set(uid, row);
        }
        for (const uid of [...map.keys(), other]) expect(places.get(uid)).toBe(map.get(uid));
        expect([...places.unknown((uid) => uid < '8')]).toEqual([...map].filter(([uid]) => uid >= '8'));
      }),
    );
  });
});
