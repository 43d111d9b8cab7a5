import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ImportedMessage } from '../../src/core/importers/importer.ts';
import { IMPORTERS } from '../../src/core/importers/registry.ts';
import { fixtureFiles } from './fixture-files.ts';
import {
  encodeAs,
  entriesOf,
  fixture,
  importBytes,
  type Run,
  runImporter,
  type Shape,
  sniffed,
} from './helpers.ts';

const FIXTURES = fixtureFiles();

/**
 * Where a cut changes what stands before it: names are found over the whole file, a quote is one only
 * with its end, and the beginning of a name that nobody has had yet is text.
 */
const WHOLE_ONLY = new Set(['line_windows_names.txt', 'line_quoted.txt', 'welink.txt']);

const SHAPES: readonly Shape[] = [
  'utf-8',
  'utf-8-bom',
  'utf-16le',
  'utf-16le-bom',
  'utf-16be',
  'utf-16be-bom',
  'gb18030',
];

const anyFixture = fc.constantFrom(...FIXTURES);

/** Bytes with cuts, flips, insertions and repetitions, as a damaged disk or a careless hand leaves them. */
const damage = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.nat({ max: 60 }),
    kind: fc.constantFrom('cut', 'flip', 'insert', 'repeat', 'quote', 'newline'),
    garbage: fc.uint8Array({ minLength: 1, maxLength: 30 }),
  }),
  { minLength: 1, maxLength: 6 },
);

type Damage = typeof damage extends fc.Arbitrary<infer D> ? D : never;

function apply(bytes: Buffer, damages: Damage): Buffer {
  let result = bytes;
  for (const { at, length, kind, garbage } of damages) {
    const offset = Math.floor(at * result.length);
    const before = result.subarray(0, offset);
    const after = result.subarray(offset);
    if (kind === 'cut') result = Buffer.concat([before, after.subarray(length)]);
    else if (kind === 'insert') result = Buffer.concat([before, garbage, after]);
    else if (kind === 'quote') result = Buffer.concat([before, Buffer.from('"'), after]);
    else if (kind === 'newline') result = Buffer.concat([before, Buffer.from('\n'), after]);
    else if (kind === 'repeat') result = Buffer.concat([before, after.subarray(0, length), after]);
    else {
      result = Buffer.from(result);
      garbage.forEach((byte, i) => {
        if (offset + i < result.length) result[offset + i] = (result[offset + i] as number) ^ byte;
      });
    }
  }
  return result;
}

/** Messages as they stand in the file: chats that were written newest first are given out turned round. */
function inFileOrder({ messages }: Run): readonly ImportedMessage[] {
  return [...messages].sort((a, b) => a.locator.start - b.locator.start);
}

describe('any bytes, any importer', () => {
  test('damaged exports: nothing throws, the ledger covers the file', async () => {
    await fc.assert(
      fc.asyncProperty(anyFixture, damage, async (name, damages) => {
        const bytes = apply(fixture(name), damages);
        await runImporter(sniffed(name, fixture(name)), name, bytes);
      }),
      { numRuns: 400 },
    );
  });

  test('pure garbage, read by every importer', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 400 }),
        fc.constantFrom(...IMPORTERS),
        async (bytes, importer) => {
          const run = await runImporter(importer, 'garbage.bin', bytes);
          expect(run.ranges.every((range) => range.code !== 'message')).toBe(run.messages.length === 0);
        },
      ),
      { numRuns: 400 },
    );
  });

  test('an export read by the wrong importer still balances', async () => {
    await fc.assert(
      fc.asyncProperty(anyFixture, fc.constantFrom(...IMPORTERS), async (name, importer) => {
        await runImporter(importer, name, fixture(name));
      }),
      { numRuns: 150 },
    );
  });

  for (const name of FIXTURES.filter((file) => !WHOLE_ONLY.has(file))) {
    test(`${name}: a cut at any byte keeps every message before it`, async () => {
      const bytes = fixture(name);
      const importer = sniffed(name, bytes);
      const whole = await runImporter(importer, name, bytes);
      await fc.assert(
        fc.asyncProperty(fc.nat({ max: bytes.length }), async (length) => {
          const cut = await runImporter(importer, name, bytes.subarray(0, length));
          const complete = inFileOrder(whole).filter(({ locator }) => locator.end < length);
          expect(cut.messages.length).toBeGreaterThanOrEqual(complete.length);
          expect(cut.messages.length).toBeLessThanOrEqual(complete.length + 1);
          expect(
            inFileOrder(cut)
              .slice(0, complete.length)
              .map(({ text }) => text),
          ).toEqual(complete.map(({ text }) => text));
          const entries = entriesOf(whole).filter(({ locator }) => locator.end < length);
          expect(
            entriesOf(cut)
              .slice(0, entries.length)
              .map(({ key }) => key),
          ).toEqual(entries.map(({ key }) => key));
        }),
        { numRuns: 60 },
      );
    });
  }

  test('the same bytes give the same events', async () => {
    await fc.assert(
      fc.asyncProperty(anyFixture, damage, async (name, damages) => {
        const bytes = apply(fixture(name), damages);
        const importer = sniffed(name, fixture(name));
        const first = await runImporter(importer, name, bytes);
        const second = await runImporter(importer, name, bytes);
        expect(second.events).toEqual(first.events);
      }),
      { numRuns: 60 },
    );
  });
});

describe('the same export in every encoding and with every line ending', () => {
  const endings = { lf: '\n', crlf: '\r\n' };

  for (const name of FIXTURES) {
    const text = fixture(name)
      .toString('utf8')
      .replace(/^\ufeff/, '')
      .replaceAll('\r\n', '\n');
    test(`${name}: one reading`, async () => {
      const expected = await importBytes(name, Buffer.from(text));
      for (const shape of SHAPES) {
        for (const ending of Object.values(endings)) {
          const bytes = encodeAs(text.replaceAll('\n', ending), shape);
          const run = await importBytes(name, bytes);
          const plain = (value: string): string => value.replaceAll('\r\n', '\n');
          expect(
            run.messages.map((message) => [
              message.senderKey,
              message.sentAtText,
              message.kind,
              plain(message.text),
            ]),
          ).toEqual(
            expected.messages.map((message) => [
              message.senderKey,
              message.sentAtText,
              message.kind,
              message.text,
            ]),
          );
          expect(entriesOf(run).map(({ key }) => key)).toEqual(entriesOf(expected).map(({ key }) => key));
          expect([...run.accounts.keys()]).toEqual([...expected.accounts.keys()]);
          expect([...run.conversations.keys()]).toEqual([...expected.conversations.keys()]);
        }
      }
    });
  }
});
