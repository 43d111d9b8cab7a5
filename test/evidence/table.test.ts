/** The row of the table that the three verifiers build for a message: the same for any text. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { messageCsv, type TableRow } from '../../src/core/evidence/messages-csv.ts';
import { ROOT } from '../builders/bench.ts';
import { viewerFunctions } from '../builders/evidence-verifiers.ts';

const { tableLine } = viewerFunctions<{
  tableLine: (row: unknown, number: number, file: string) => string;
}>(['tableLine']);

/** Every code point but halves of pairs, some in a row, each beside a letter, a picture and a joiner. */
const EVERY = Array.from({ length: 0x110 }, (_, plane) =>
  Array.from({ length: 0x1000 }, (_unused, i) => plane * 0x1000 + i)
    .filter((code) => code < 0xd800 || code > 0xdfff)
    .map((code) => String.fromCodePoint(code))
    .join(''),
);
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({
    unit: fc.constantFrom(
      '=',
      '@',
      '1',
      '２',
      '.',
      ' ',
      '\t',
      '\n',
      '\r',
      '"',
      "'",
      '年',
      '\u00a0',
      '\u3000',
      '-',
    ),
    maxLength: 8,
  }),
  fc.string({ unit: fc.constantFrom('👨', '\u200d', '❤', '\ufe0f', '🏽', 'a', '中', '→'), maxLength: 8 }),
  fc
    .tuple(fc.integer({ min: 31_990, max: 32_003 }), fc.constantFrom('😀', 'x', '\u202e'))
    .map(([n, end]) => 'a'.repeat(n) + end + end),
);
const maybe = fc.option(text);
const row = fc.record({
  id: text,
  exhibit: text,
  role: fc.constantFrom('subject', 'context'),
  conversation: fc.record({ name: maybe }),
  sender: fc.record({ name: maybe, platformId: maybe }),
  sentAt: fc.constantFrom(null, '2026-01-05T10:00:00.000+08:00'),
  digest: fc.constantFrom(null, 'a'.repeat(64)),
  hits: fc.array(fc.record({ category: text, pack: text, rule: text, ruleVersion: text }), { maxLength: 3 }),
  source: fc.record({ sha256: fc.constant('b'.repeat(64)) }),
  locator: fc.record({ start: fc.nat(), end: fc.nat(), line: fc.nat() }),
  message: fc.record({
    senderName: maybe,
    sentAtText: text,
    kind: fc.constantFrom('text', 'image'),
    text,
    carried: fc.array(
      fc.record({
        act: fc.constantFrom('quote', 'forward'),
        sender: maybe,
        sentAtText: maybe,
        text,
        items: fc.constantFrom(undefined, [], [{ act: 'quote', sender: null, sentAtText: '', text: '=1' }]),
      }),
      { maxLength: 2 },
    ),
    attachments: fc.array(
      fc.record({
        kind: text,
        name: maybe,
        reference: maybe,
        size: fc.option(fc.oneof(fc.maxSafeNat(), fc.double({ noNaN: true, noDefaultInfinity: true }))),
        md5: maybe,
      }),
      { maxLength: 2 },
    ),
  }),
});

type Row = Omit<TableRow, 'record' | 'isSubject' | 'source'> & {
  message: TableRow['record'];
  role: string;
  source: { sha256: string };
};
const FILE = '=导出 "一".csv';
const inDocket = (one: Row, line: number) =>
  messageCsv(
    {
      ...one,
      record: one.message,
      isSubject: one.role === 'subject',
      source: { file: FILE, sha256: one.source.sha256 },
    },
    line,
  );

function inPython(rows: readonly string[]): string[] {
  const script = `import importlib.util,json,sys
spec=importlib.util.spec_from_file_location('verify',sys.argv[1]);v=importlib.util.module_from_spec(spec);spec.loader.exec_module(v)
for n,line in enumerate(sys.stdin.buffer.read().split(b'\\n')[:-1],1): print(json.dumps(v.table_line(json.loads(line.decode()),n,sys.argv[2])))`;
  const { stdout, stderr } = spawnSync(
    'python3',
    ['-I', '-B', '-X', 'utf8', '-c', script, join(ROOT, 'resources/evidence/verify.py'), FILE],
    { input: rows.map((one) => `${one}\n`).join(''), encoding: 'utf8', maxBuffer: 1 << 29 },
  );
  expect(stderr).toBe('');
  return stdout
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as string);
}

it('is the same for any text in Docket, the viewer and the script', () => {
  const plain = { ...(fc.sample(row, { numRuns: 1, seed: 7 })[0] as object) } as Row;
  const rows = [
    ...(fc.sample(row, { numRuns: 400, seed: 20261122 }) as unknown as Row[]),
    ...EVERY.map((every) => ({ ...plain, message: { ...plain.message, text: every } })),
    ...EVERY.slice(0, 0x20).map((every) => ({
      ...plain,
      message: { ...plain.message, text: [...every].join('\u200d') },
    })),
  ].map((one) => JSON.parse(JSON.stringify(one)) as Row);
  const script = inPython(rows.map((one) => JSON.stringify(one)));
  expect(script).toHaveLength(rows.length);
  for (const [i, one] of rows.entries()) {
    const expected = inDocket(one, i + 1);
    expect(tableLine(one, i + 1, FILE), `viewer, row ${i}`).toBe(expected);
    expect(script[i], `script, row ${i}`).toBe(expected);
  }
}, 60_000);
