import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  canonicalMessage,
  type MessageRecord,
  messageDigest,
} from '../../src/core/evidence/message-digest.ts';
import type { CarriedText } from '../../src/core/importers/importer.ts';

const plain: MessageRecord = {
  conversation: { platform: 'wecom', key: 'wr0001' },
  sender: 'ZhangSan',
  senderName: '张三',
  platformId: '1001',
  sentAtText: '1767230000000',
  instant: 1767230000000,
  wallTime: null,
  kind: 'text',
  text: '明天九点开会',
  forwarded: false,
  carried: [],
  refersTo: null,
  editedAtText: null,
  attachments: [],
  extra: null,
};

const text = fc.string({ unit: 'binary' });
const orNull = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
const { carried: carriedText } = fc.letrec<{ carried: CarriedText; items: CarriedText[] }>((tie) => ({
  items: fc.array(tie('carried'), { minLength: 1, maxLength: 3 }),
  carried: fc.record(
    {
      act: fc.constantFrom('quote' as const, 'forward' as const),
      sender: orNull(text),
      text,
      sentAtText: orNull(text),
      items: fc.oneof({ maxDepth: 2, withCrossShrink: true }, fc.constant([]), tie('items')),
    },
    { requiredKeys: ['act', 'sender', 'text', 'sentAtText'] },
  ) as fc.Arbitrary<CarriedText>,
}));
const record: fc.Arbitrary<MessageRecord> = fc.record({
  conversation: fc.record({ platform: fc.constantFrom('wechat' as const, 'telegram' as const), key: text }),
  sender: orNull(text),
  senderName: orNull(text),
  platformId: orNull(text),
  sentAtText: text,
  instant: orNull(fc.maxSafeInteger()),
  wallTime: orNull(fc.maxSafeInteger()),
  kind: fc.constantFrom('text' as const, 'image' as const, 'system' as const),
  text,
  forwarded: fc.boolean(),
  carried: fc.array(carriedText, { maxLength: 3 }),
  refersTo: orNull(text),
  editedAtText: orNull(text),
  attachments: fc.array(
    fc.record({
      kind: fc.constantFrom('image' as const, 'file' as const),
      name: orNull(text),
      reference: orNull(text),
      size: orNull(fc.nat()),
      md5: orNull(text),
    }),
    { maxLength: 2 },
  ),
  extra: orNull(
    fc.dictionary(text, fc.jsonValue({ stringUnit: 'binary' })) as fc.Arbitrary<Record<string, unknown>>,
  ),
});

/** `items: []` and no `items` are the same message. */
function withoutEmptyItems(parts: readonly CarriedText[]): CarriedText[] {
  return parts.map(({ items, ...rest }) =>
    items === undefined || items.length === 0 ? rest : { ...rest, items: withoutEmptyItems(items) },
  );
}

describe('the digest of a message', () => {
  it('is the SHA-256 of its canonical JSON, written out here once', () => {
    const canonical =
      '{"attachments":[],"carried":[],"conversation":{"key":"wr0001","platform":"wecom"},' +
      '"editedAtText":null,"extra":null,"forwarded":false,"instant":1767230000000,"kind":"text",' +
      '"platformId":"1001","refersTo":null,"sender":"ZhangSan","senderName":"张三",' +
      '"sentAtText":"1767230000000","text":"明天九点开会","wallTime":null}';
    expect(canonicalMessage(plain)).toBe(canonical);
    expect(messageDigest(plain)).toBe(createHash('sha256').update(canonical, 'utf8').digest('hex'));
  });

  it('takes the same JSON as RFC 8785 for any message', () => {
    fc.assert(
      fc.property(record, (message) => {
        expect(canonicalMessage(message)).toBe(
          canonicalize({ ...message, carried: withoutEmptyItems(message.carried) }),
        );
      }),
      { numRuns: 500 },
    );
  });

  it('survives being stored as JSON', () => {
    fc.assert(
      fc.property(record, (message) => {
        expect(messageDigest(JSON.parse(JSON.stringify(message)))).toBe(messageDigest(message));
      }),
    );
  });

  it('changes with every field', () => {
    const changes: Partial<MessageRecord>[] = [
      { conversation: { platform: 'wechat', key: 'wr0001' } },
      { conversation: { platform: 'wecom', key: 'wr0002' } },
      { sender: null },
      { senderName: null },
      { platformId: '1002' },
      { sentAtText: '1767230000001' },
      { instant: 1767230000001 },
      { wallTime: 0 },
      { kind: 'system' },
      { text: '明天九点开会 ' },
      { forwarded: true },
      { carried: [{ act: 'quote', sender: null, text: '', sentAtText: null }] },
      { refersTo: '1' },
      { editedAtText: '1' },
      { attachments: [{ kind: 'file', name: null, reference: null, size: null, md5: null }] },
      { extra: {} },
    ];
    const digests = changes.map((change) => messageDigest({ ...plain, ...change }));
    expect(new Set([messageDigest(plain), ...digests]).size).toBe(changes.length + 1);
  });

  it.each([
    ['a text', { text: 'a\ud800' }],
    ['a field of the export', { extra: { a: ['\udc00'] } }],
    ['a name after backslashes', { senderName: '\\\\\ud83d' }],
  ])('refuses a lone surrogate in %s', (_where, change) => {
    expect(() => messageDigest({ ...plain, ...change })).toThrow(/lone surrogate/i);
  });

  it('does not take written backslashes for a lone surrogate', () => {
    const message = { ...plain, text: '\\ud800 \\\\ud800 😀' };
    expect(canonicalMessage(message)).toBe(canonicalize(message));
  });

  it('refuses a time that is not a number', () => {
    expect(() => messageDigest({ ...plain, instant: Number.NaN })).toThrow('not a finite number');
  });
});
