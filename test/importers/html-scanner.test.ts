import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HtmlScanner, type HtmlStep } from '../../src/core/importers/html-scanner.ts';
import { findElement, hasClass, parseHtml, visibleText } from '../../src/core/importers/html-tree.ts';
import { readHead } from '../../src/core/importers/sniff.ts';
import { memorySource } from '../../src/core/importers/source.ts';
import { encodeAs, type Shape } from './helpers.ts';

const MARKER = /<div class="msg [^>]*>/;

interface Seen {
  readonly step: HtmlStep;
  readonly text: string;
  readonly closed: boolean;
  readonly start: number;
  readonly end: number;
  readonly until: number;
  readonly line: number;
}

/** All steps of a page; checks that they touch and cover it. */
function scan(bytes: Uint8Array, options: { from?: number; to?: number; line?: number } = {}): Seen[] {
  const source = memorySource('x.html', bytes);
  const head = readHead(source);
  const scanner = new HtmlScanner(source, head, { marker: MARKER, ...options });
  const seen: Seen[] = [];
  let at = options.from ?? head.bomLength;
  for (let step = scanner.next(); step !== 'end'; step = scanner.next()) {
    const { start, end, until, line, closed } = scanner;
    expect(start).toBe(at);
    expect(end).toBeGreaterThan(start);
    expect(until).toBeGreaterThanOrEqual(end);
    at = until;
    seen.push({ step, text: visibleText(scanner.nodes), closed, start, end, until, line });
  }
  expect(at).toBe(options.to ?? bytes.length);
  return seen;
}

const record = (text: string): string => `<div class="msg left"><p>${text}</p></div>\n`;
const records = (seen: readonly Seen[]): string[] =>
  seen.filter(({ step }) => step === 'record').map(({ text }) => text);

describe('steps', () => {
  const page = `<html><title>群</title>\n<body>\n${record('a')}<hr>${record('二&amp;"')}</body>\n`;

  test('records with their bytes and lines, and what stands between', () => {
    const bytes = Buffer.from(page);
    const seen = scan(bytes);
    expect(seen.map(({ step, text, line }) => [step, text, line])).toEqual([
      ['between', '', 1],
      ['record', 'a', 3],
      ['between', '', 4],
      ['record', '二&"', 4],
      ['between', '', 5],
    ]);
    const [, first] = seen as [Seen, Seen];
    expect(bytes.subarray(first.start, first.end).toString()).toBe(record('a').trimEnd());
    expect(bytes.subarray(first.start, first.until).toString()).toBe(record('a'));
  });

  test.each<Shape>(['utf-8-bom', 'utf-16le', 'utf-16le-bom', 'utf-16be', 'gb18030'])('in %s', (shape) => {
    const bytes = encodeAs(page, shape);
    expect(records(scan(bytes))).toEqual(['a', '二&"']);
  });

  test('a part of a larger file', () => {
    const bytes = Buffer.from(`MIME\r\n${page}--boundary ${record('no')}`);
    const seen = scan(bytes, { from: 6, to: 6 + Buffer.byteLength(page), line: 2 });
    expect(records(seen)).toEqual(['a', '二&"']);
    expect(seen[1]?.line).toBe(4);
  });

  test('comments, scripts and styles hide records, unless they never end', () => {
    const hidden = `<!-- ${record('x')} --><script>"${record('y')}"</script><style>${record('z')}</style>`;
    expect(records(scan(Buffer.from(hidden + record('a'))))).toEqual(['a']);
    expect(records(scan(Buffer.from(`<!-- <script> ${record('a')}${record('b')}`)))).toEqual(['a', 'b']);
  });

  test('a record inside a record is not closed', () => {
    const seen = scan(Buffer.from(`<div class="msg outer">o${record('i')}</div>${record('b')}`));
    expect(seen.map(({ step, closed }) => [step, closed])).toEqual([
      ['record', false],
      ['record', true],
      ['between', false],
      ['record', true],
    ]);
  });

  test('a last record that was cut', () => {
    const seen = scan(Buffer.from(`${record('a')}<div class="msg left"><p>b`));
    expect(seen.at(-1)).toMatchObject({ step: 'record', closed: false, text: 'b' });
  });

  test('pages larger than a block, and records larger than a block', () => {
    const long = 'ä'.repeat(1_200_000);
    const texts = Array.from({ length: 20_000 }, (_, i) => `内容 ${i} ${'字'.repeat(i % 60)}`);
    texts[100] = long;
    const page = `<html>${'<i>x</i>'.repeat(300_000)}${texts.map(record).join('')}</html>`;
    expect(records(scan(Buffer.from(page)))).toEqual(texts);
  });

  test('a record longer than any may be is named, and reading goes on', () => {
    const page = `${record('a')}<div class="msg left"><p>${'x'.repeat(17 << 20)}</div>${record('b')}`;
    const seen = scan(Buffer.from(page));
    expect(seen.some(({ step }) => step === 'skip')).toBe(true);
    expect(records(seen)).toEqual(['a', 'b']);
  });
});

describe('damage', () => {
  test('in one record does not reach another', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 9 }),
        fc.nat(200),
        fc.oneof(
          fc.constantFrom('"', '<', '>', '<!--', '<title>', '<script>', '<textarea>', '</div>', '&'),
          fc.uint8Array({ minLength: 1, maxLength: 12 }),
        ),
        fc.boolean(),
        (which, at, damage, cut) => {
          const pieces = Array.from({ length: 10 }, (_, i) =>
            Buffer.from(record(`m${i} 内容 <b title="x">y</b>`)),
          );
          const piece = pieces[which] as Buffer;
          const place = at % piece.length;
          pieces[which] = Buffer.concat([
            piece.subarray(0, place),
            Buffer.from(damage as string),
            cut ? Buffer.alloc(0) : piece.subarray(place),
          ]);
          const found = records(scan(Buffer.concat(pieces)));
          for (let i = 0; i < 10; i++) {
            // Damage in the white space behind a record is the next one's.
            if (i !== which && i !== which + 1) expect(found).toContain(`m${i} 内容 y`);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  test('inside an end tag, the tag reaches to its sign', () => {
    const pieces = [record('a').replace('</div>', '</div\t\0>'), record('b').replace('</div>', '</div x')];
    expect(records(scan(Buffer.from(`${pieces.join('')}${record('c')}`)))).toEqual(
      expect.arrayContaining(['a', 'c']),
    );
  });

  test('any bytes are covered', () => {
    const piece = fc.oneof(
      fc.constantFrom(...[record('a'), '<', '>', '<!--', '-->', '<script>', '</script', '\r\n', '&#x', '好']),
      fc.uint8Array({ maxLength: 9 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        scan(Buffer.concat(pieces.map((part) => Buffer.from(part as string))));
      }),
      { numRuns: 300 },
    );
  });

  test('hostile pages cost time in proportion to their size', () => {
    for (const unit of ['<!--', '<script>', '<div class="msg x">', '<', '<b>', '&#', '<p ']) {
      scan(Buffer.from(unit.repeat(200_000)));
    }
  });
});

describe('text', () => {
  const text = (html: string, options = {}): string => visibleText(parseHtml(html).children, options);
  test.each([
    ['a<br>b<br/>c', 'a\nb\nc'],
    ['<p>a</p> <p>b</p>', 'a\nb'],
    ['<div>a <b> b</b>\n c</div>', 'a b c'],
    ['<pre>a\n  b</pre>', 'a\n  b'],
    ['a<script>x</script><style>y</style>b', 'ab'],
    ['&lt;div class=&quot;msg&quot;&gt;&nbsp;x', '<div class="msg">\u00a0x'],
    ['a&amp;lt;b', 'a&lt;b'],
    ['<div><div>a</div></div><div>b</div>', 'a\nb'],
  ])('%j reads %j', (html, expected) => {
    expect(text(html)).toBe(expected);
  });

  test('elements can be left out or replaced', () => {
    const html = 'a<img alt="[微笑]"><span class="time">10:00</span>b';
    const options = {
      skip: (element: { attributes: Record<string, string> }) => element.attributes.class === 'time',
      replace: (element: { attributes: Record<string, string> }) => element.attributes.alt ?? null,
    };
    expect(text(html, options)).toBe('a[微笑]b');
  });

  test('elements are found by class', () => {
    const { children } = parseHtml('<div class="msg  left"><span class="name x">N</span></div>');
    expect(findElement(children, (element) => hasClass(element, 'name'))?.children).toEqual(['N']);
    expect(findElement(children, (element) => hasClass(element, 'nam'))).toBeNull();
  });
});
