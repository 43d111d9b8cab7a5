import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { Parser } from 'htmlparser2';
import { describe, expect, it } from 'vitest';
import { cellText, writeCsv } from '../../src/core/documents/csv.ts';
import { columnWidths, type Document } from '../../src/core/documents/document.ts';
import { writeDocx } from '../../src/core/documents/docx.ts';
import { writePage } from '../../src/core/documents/page.ts';
import { columnName, writeXlsx } from '../../src/core/documents/xlsx.ts';
import { openZip } from '../../src/core/evidence/zip-reader.ts';

const AT = Date.UTC(2026, 2, 1, 1);

/** The parts of an office file by path. */
async function unzip(bytes: Buffer): Promise<Map<string, string>> {
  const folder = mkdtempSync(join(tmpdir(), 'docket-documents-'));
  try {
    const file = join(folder, 'file.zip');
    writeFileSync(file, bytes);
    const zip = openZip(file);
    const parts = new Map<string, string>();
    for (const entry of zip.entries) {
      const chunks: Buffer[] = [];
      for await (const chunk of zip.read(entry)) chunks.push(chunk);
      parts.set(entry.name, Buffer.concat(chunks).toString('utf8'));
    }
    zip.close();
    return parts;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Texts of the elements of a name; throws where tags do not nest. */
function texts(xml: string, name: string): string[] {
  const open: string[] = [];
  const found: string[] = [];
  const parser = new Parser(
    {
      onopentag(tag) {
        open.push(tag);
        if (tag === name) found.push('');
      },
      ontext(text) {
        if (open.at(-1) === name) found[found.length - 1] += text;
      },
      onclosetag(tag, implied) {
        if (open.pop() !== tag || implied) {
          if (!xml.includes(`<${tag}`)) throw new Error(`</${tag}> closes nothing`);
        }
      },
    },
    { xmlMode: true },
  );
  parser.end(xml);
  if (open.length > 0) throw new Error(`left open: ${open.join(' ')}`);
  return found;
}

/** What XML 1.0 forbids (production Char). */
function isForbidden(character: string): boolean {
  const point = character.codePointAt(0) ?? 0;
  return (
    (point < 0x20 && ![0x9, 0xa, 0xd].includes(point)) ||
    (point >= 0xd800 && point <= 0xdfff) ||
    point === 0xfffe ||
    point === 0xffff
  );
}

const document = (blocks: Document['blocks'], more: Partial<Document> = {}): Document => ({
  language: 'zh-CN',
  title: '处置告知书',
  header: 'C-A7-0001',
  footer: '内部记录',
  at: AT,
  blocks,
  ...more,
});

describe('a DOCX file', () => {
  it('holds every kind of block, in order', async () => {
    const parts = await unzip(
      await writeDocx(
        document([
          { kind: 'title', text: '标题' },
          { kind: 'heading', level: 1, text: '一、事实' },
          { kind: 'paragraph', text: ['在群内', { text: '出货', mark: true }], look: 'quote' },
          { kind: 'list', items: ['甲', '乙'], ordered: true },
          { kind: 'facts', rows: [['案号', 'C-1']] },
          { kind: 'table', columns: [{ title: '列', share: 1 }], rows: [['值']] },
          { kind: 'page-break' },
        ]),
      ),
    );
    expect(texts(parts.get('word/document.xml') ?? '', 'w:t')).toEqual([
      '标题',
      '一、事实',
      '在群内',
      '出货',
      '1. ',
      '甲',
      '2. ',
      '乙',
      '案号',
      'C-1',
      '列',
      '值',
    ]);
    expect(texts(parts.get('word/header1.xml') ?? '', 'w:t')).toEqual(['C-A7-0001']);
    expect(texts(parts.get('word/footer1.xml') ?? '', 'w:t').join('')).toContain('共 1 页');
    for (const [path, xml] of parts) expect(() => texts(xml, path)).not.toThrow();
  });

  it('says the same bytes for the same content', async () => {
    const content = document([{ kind: 'paragraph', text: '同' }]);
    expect((await writeDocx(content)).equals(await writeDocx(content))).toBe(true);
  });

  it('stays well-formed and whole whatever the text', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'binary' }).map((text) => `${text}\ufffe`),
        async (text) => {
          const parts = await unzip(await writeDocx(document([{ kind: 'paragraph', text }])));
          const xml = parts.get('word/document.xml') ?? '';
          texts(xml, 'w:t');
          expect([...xml].filter(isForbidden)).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('a page', () => {
  it('escapes markup, marks what a rule found, and asks for nothing from outside', () => {
    const page = writePage(
      document([{ kind: 'paragraph', text: ['<script>', { text: '出货\u202e', mark: true }] }]),
    );
    expect(page).toContain('&lt;script&gt;<mark>出货<i class="u">U+202E</i></mark>');
    expect(page).toContain("default-src 'none'");
    expect(page).not.toMatch(/<script|https?:/);
  });
});

describe('a workbook', () => {
  it('keeps ids as text, numbers as numbers, and runs no formula', async () => {
    const parts = await unzip(
      await writeXlsx(
        [
          {
            name: '清单',
            columns: [{ title: '号', width: 10 }],
            rows: [['013800138000'], [42], ['=1+1'], [null]],
          },
        ],
        { title: '清单', at: AT },
      ),
    );
    const xml = parts.get('xl/worksheets/sheet1.xml') ?? '';
    expect(texts(xml, 't')).toEqual(['号', '013800138000', '=1+1']);
    expect(texts(xml, 'v')).toEqual(['42']);
    expect(xml).not.toContain('<f>');
  });

  it('cuts a text that no cell can hold, not between surrogates', async () => {
    const long = '😀'.repeat(20_000);
    const parts = await unzip(
      await writeXlsx([{ name: 'a', columns: [{ title: 't', width: 9 }], rows: [[long]] }], {
        title: '',
        at: AT,
      }),
    );
    const cell = texts(parts.get('xl/worksheets/sheet1.xml') ?? '', 't')[1] ?? '';
    expect(cell.length).toBeLessThanOrEqual(32_767);
    expect(cell.endsWith('😀 ⟦…⟧')).toBe(true);
  });

  it.each([
    [0, 'A'],
    [25, 'Z'],
    [26, 'AA'],
    [701, 'ZZ'],
    [702, 'AAA'],
  ])('calls column %i %s', (index, name) => expect(columnName(index)).toBe(name));
});

describe('a CSV table', () => {
  it('defuses formulas and keeps digits; the cell can be read back', () => {
    const columns = [{ title: 'a', width: 1 }];
    const rows = [['=1+1'], ['0138'], ['a,"b"'], [7]];
    expect(writeCsv({ columns, rows }).toString('utf8')).toBe(
      '\ufeffa\r\n\'=1+1\r\n\'0138\r\n"a,""b"""\r\n7\r\n',
    );
    expect(["'=1+1", "'0138", "'quoted'", 'plain'].map(cellText)).toEqual([
      '=1+1',
      '0138',
      "'quoted'",
      'plain',
    ]);
  });
});

it('column widths fill the page exactly', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 12 }), (shares) => {
      const widths = columnWidths(
        shares.map((share) => ({ title: '', share })),
        9412,
      );
      expect(widths.reduce((sum, width) => sum + width, 0)).toBe(9412);
    }),
  );
});
