/** Messages that attack their reader: exact in NDJSON, visible and harmless everywhere else. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { markedHtml } from '../../src/core/evidence/messages-html.ts';
import type { PackMessage } from '../../src/core/evidence/pack-content.ts';
import { verifyPack } from '../../src/core/evidence/verify-pack.ts';
import { htmlText, visibleLine, visibleText } from '../../src/core/evidence/visible-text.ts';
import { HOSTILE, hostilePack, names } from '../builders/evidence-hostile.ts';
import { testKey } from '../builders/evidence-messages.ts';
import { type TestPack, testPack } from '../builders/evidence-tamper.ts';

const texts = HOSTILE;

let made: TestPack;
let messages: PackMessage[];
beforeAll(async () => {
  const hostile = hostilePack();
  messages = hostile.messages;
  made = await testPack(hostile.input, testKey('officer'));
});
afterAll(() => made.remove());

const read = (path: string) => (made.bag.files.get(path) as Buffer).toString('utf8');

/** Characters that nobody can see or that turn others around; line feed and tab are layout. */
const HIDDEN = [
  [0, 8],
  [0x0b, 0x1f],
  [0x7f, 0x9f],
  [0xad, 0xad],
  [0x61c, 0x61c],
  [0x200b, 0x200c],
  [0x200e, 0x200f],
  [0x2028, 0x202e],
  [0x2060, 0x2069],
  [0x3164, 0x3164],
  [0xfeff, 0xfeff],
] as const;

function hidesSomething(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (HIDDEN.some(([first, last]) => unit >= first && unit <= last)) return true;
  }
  return false;
}

it('the pack verifies', async () => {
  const result = await verifyPack(made.pack, { fingerprint: testKey('officer').fingerprint });
  expect(result.failures).toEqual([]);
});

it('NDJSON holds every text exactly', () => {
  const rows = read('data/messages.ndjson')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(rows.map(({ message }) => message)).toEqual(messages.map(({ record }) => record));
});

describe('the page', () => {
  const ELEMENTS = new Set(
    'html head meta title style body h1 h2 h3 p b br i table thead tbody tr th td code small a ul ol li section div article header footer time bdi mark sup blockquote cite'.split(
      ' ',
    ),
  );

  it('has no element but its own, no handler, no address', () => {
    const page = read('data/messages.html');
    const markup = page
      .replace(/<style>[\s\S]*?<\/style>/, '<style></style>')
      .replace(/^<!doctype html>/, '');
    const tags = markup.match(/<[^>]*>/g) as string[];
    for (const tag of tags) {
      const name =
        /^<\/?([a-z0-9]+)(?: (?:class|id|dir|lang|value|scope|charset|name|content|http-equiv|href)="[^"<>]*")*>$/.exec(
          tag,
        )?.[1];
      expect(ELEMENTS.has(name ?? ''), tag).toBe(true);
    }
    expect(markup.replace(/<[^>]*>/g, '')).not.toMatch(/[<>]/);
    const links = tags.filter((tag) => /href=(?!"#x-)/.test(tag));
    for (const tag of links)
      expect(tag).toMatch(/^<a href="attachments\/[0-9a-f]{64}\.(png|jpg|gif|webp)">$/);
    expect(tags.filter((tag) => tag.startsWith('<meta')).length).toBe(4);
  });

  it('forbids everything but its one style, by its hash', () => {
    const page = read('data/messages.html');
    const style = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1] as string;
    const hash = createHash('sha256').update(style).digest('base64');
    expect(page).toContain(
      `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'">`,
    );
    expect(page.indexOf('Content-Security-Policy')).toBeLessThan(page.indexOf('<style>'));
  });

  it('shows hidden characters by their code points, and holds none', () => {
    const page = read('data/messages.html');
    expect(hidesSomething(page)).toBe(false);
    for (const code of ['U+202E', 'U+0000', 'U+001B', 'U+200B', 'U+2028', 'U+0085', 'U+FEFF', 'U+E0041']) {
      expect(page).toContain(`<i class="u">${code}</i>`);
    }
  });

  it('shows the long text whole', () => {
    expect(read('data/messages.html')).toContain(texts.long);
  });
});

/** Rows and cells of an RFC 4180 text. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  let at = 0;
  while (at < text.length) {
    const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/y;
    cell.lastIndex = at;
    const match = cell.exec(text);
    if (match === null) throw new Error(`no CSV at ${at}`);
    (rows.at(-1) as string[]).push((match[1] ?? match[2] ?? '').replaceAll('""', '"'));
    at = cell.lastIndex;
    if (match[3] === '\r\n' && at < text.length) rows.push([]);
  }
  return rows;
}

describe('the table', () => {
  const TEXT = 9;
  const ALTERED = 21;

  it('has one row of 22 cells for each message', () => {
    const rows = parseCsv(read('data/messages.csv').slice(1));
    expect(rows).toHaveLength(messages.length + 1);
    expect(new Set(rows.map((cells) => cells.length))).toEqual(new Set([22]));
  });

  it('has no cell that a spreadsheet would run, and none that it could not hold', () => {
    for (const cells of parseCsv(read('data/messages.csv').slice(1))) {
      for (const cell of cells) {
        expect(cell).not.toMatch(/^\s*[=+\-@＝＋－＠|]/);
        expect(cell.length).toBeLessThanOrEqual(32_767);
        expect(hidesSomething(cell)).toBe(false);
      }
    }
  });

  it.each([
    ['formula', `'${texts.formula}`, 'apostrophe'],
    ['number', `'${texts.number}`, 'apostrophe'],
    ['date', `'${texts.date}`, 'apostrophe'],
    ['family', texts.family as string, ''],
    ['rightToLeft', 'مرحبا ⟦U+202E⟧gnp.exe', 'hidden characters'],
  ])('writes %s as %j', (name, cell, altered) => {
    const row = parseCsv(read('data/messages.csv').slice(1))[names.indexOf(name) + 1] as string[];
    expect(row[TEXT]).toBe(cell);
    expect(row[ALTERED]?.includes(altered)).toBe(true);
  });

  it('cuts the long text between characters and points to the exact one', () => {
    const line = names.indexOf('long') + 1;
    const cell = parseCsv(read('data/messages.csv').slice(1))[line]?.[TEXT] as string;
    expect(cell).toMatch(new RegExp(`⟦1000000 code units; exact: messages\\.ndjson line ${line}⟧$`));
    expect(Buffer.from(cell).toString()).toBe(cell);
  });
});

it('bag-info.txt and README keep their lines', () => {
  expect(read('bag-info.txt').trimEnd().split('\n')).toHaveLength(17);
  expect(hidesSomething(read('bag-info.txt'))).toBe(false);
  expect(hidesSomething(read('data/README.txt'))).toBe(false);
});

describe('visible text', () => {
  it('leaves nothing hidden in any text, and nothing that opens a tag', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        expect(hidesSomething(visibleText(text))).toBe(false);
        expect(visibleLine(text)).not.toMatch(/[\t\n]/);
        expect(htmlText(text).replace(/<i class="u">U\+[0-9A-F]{4,6}<\/i>/g, '')).not.toMatch(/[<>"']/);
      }),
      { numRuns: 2000 },
    );
  });

  it('leaves ordinary text of any script alone', () => {
    for (const text of ['你好，世界', 'привет', 'שלום', 'नमस्ते', texts.family as string, 'a\tb\nc', '❤️']) {
      expect(visibleText(text)).toBe(text);
    }
  });

  it('shows a joiner that joins no pictures', () => {
    expect(visibleText('加\u200d微')).toBe('加⟦U+200D⟧微');
  });
});

describe('marked text', () => {
  const bare = (html: string) => html.replace(/<sup>\d+<\/sup>|<\/?mark>/g, '');

  it('marks overlapping hits and numbers them where they end', () => {
    const spans = [
      { start: 0, end: 4, hit: 1 },
      { start: 2, end: 6, hit: 2 },
    ];
    expect(markedHtml('刷单返利兼职吗', spans)).toBe(
      '<mark>刷单</mark><mark>返利</mark><sup>1</sup><mark>兼职</mark><sup>2</sup>吗',
    );
  });

  it('changes nothing but the marks, wherever spans fall', () => {
    const span = fc.record({ start: fc.nat(12), end: fc.nat(12), hit: fc.nat(3) });
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 10 }),
        fc.array(span, { maxLength: 4 }),
        (text, spans) => {
          // Marks stand between characters; a joiner is judged with its neighbours, so none here.
          fc.pre(!text.includes('\u200d'));
          expect(bare(markedHtml(text, spans))).toBe(htmlText(text));
        },
      ),
      { numRuns: 1000 },
    );
  });
});
