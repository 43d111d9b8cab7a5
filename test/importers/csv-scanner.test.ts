import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CsvScanner } from '../../src/core/importers/csv-scanner.ts';
import { readHead } from '../../src/core/importers/sniff.ts';
import { memorySource } from '../../src/core/importers/source.ts';
import { encodeAs, type Shape } from './helpers.ts';

interface Read {
  /** Rows as fields, blanks as `blank`, what is skipped as its code. */
  readonly steps: readonly (string | readonly string[])[];
  readonly lines: readonly number[];
  /** Each step's own bytes as text. */
  readonly raw: readonly string[];
}

function read(
  bytes: Buffer,
  columns: number,
  options: { delimiter?: string; ragged?: boolean; numbered?: boolean } = {},
): Read {
  const source = memorySource('x.csv', bytes);
  const head = readHead(source);
  const scanner = new CsvScanner(source, head, {
    delimiter: options.delimiter ?? ',',
    ragged: options.ragged ?? false,
  });
  scanner.columns = columns;
  if (options.numbered) scanner.accept = () => /^\d+$/.test(scanner.field(0));
  const steps: (string | readonly string[])[] = [];
  const lines: number[] = [];
  const raw: string[] = [];
  let end = head.bomLength;
  let gaps = 0;
  for (let step = scanner.next(); step !== 'end'; step = scanner.next()) {
    if (scanner.start !== end) gaps++;
    end = scanner.until;
    if (step === 'row') steps.push(Array.from({ length: scanner.fields }, (_, i) => scanner.field(i)));
    else steps.push(step === 'skip' ? scanner.code : step);
    lines.push(scanner.line);
    raw.push(bytes.toString('utf8', scanner.start, scanner.end));
  }
  expect(gaps).toBe(0);
  expect(end).toBe(bytes.length);
  return { steps, lines, raw };
}

const steps = (text: string, columns: number, options = {}): Read['steps'] =>
  read(Buffer.from(text), columns, options).steps;

describe('well-formed tables', () => {
  const cases: readonly (readonly [string, string, number, Read['steps']])[] = [
    [
      'plain rows',
      'a,b\nc,d\n',
      2,
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'CRLF',
      'a,b\r\nc,d\r\n',
      2,
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'lone CR',
      'a,b\rc,d\r',
      2,
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'no last line end',
      'a,b\nc,d',
      2,
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['empty fields', ',\n,x\n', 2, ['blank', ['', 'x']]],
    ['quotes, commas, line ends and quotes inside', '"a, b","c ""d""\ne"\n', 2, [['a, b', 'c "d"\ne']]],
    ['CRLF inside a field', '"a\r\nb",c\r\n', 2, [['a\r\nb', 'c']]],
    ['an empty quoted field', '"",x\n', 2, [['', 'x']]],
    ['U+2028 and U+0085 end no line', 'a\u2028b,c\u0085d\n', 2, [['a\u2028b', 'c\u0085d']]],
    ['blank lines', 'a,b\n\n  \nc,d\n', 2, [['a', 'b'], 'blank', 'blank', ['c', 'd']]],
    ['a last line of delimiters', 'a,b\n,\n', 2, [['a', 'b'], 'blank']],
    ['trailing empty fields beyond the header', 'a,b,,\n', 2, [['a', 'b']]],
    ['a quote in the middle of a field is text', '5" pipe,b\n', 2, [['5" pipe', 'b']]],
  ];
  test.each(cases)('%s', (_name, text, columns, expected) => {
    expect(steps(text, columns)).toEqual(expected);
  });

  test('semicolons and tabs', () => {
    expect(steps('a;"b;c"\n', 2, { delimiter: ';' })).toEqual([['a', 'b;c']]);
    expect(steps('a\tb,c\n', 2, { delimiter: '\t' })).toEqual([['a', 'b,c']]);
  });

  test('short rows are rows only where the list is made by hand', () => {
    expect(steps('a\nb,c\n', 2)).toEqual(['bad-row', ['b', 'c']]);
    expect(steps('a\nb,c\n', 2, { ragged: true })).toEqual([['a'], ['b', 'c']]);
  });
});

describe('broken tables', () => {
  const cases: readonly (readonly [string, string, number, Read['steps']])[] = [
    [
      "a stray quote at a field's start",
      '1,"a,b\n2,c,d\n3,e,f\n',
      3,
      [
        ['1', '"a', 'b'],
        ['2', 'c', 'd'],
        ['3', 'e', 'f'],
      ],
    ],
    [
      'a stray quote, with quoted rows below',
      '1,"a,b\n2,"c, c",d\n3,e,f\n',
      3,
      [
        ['1', '"a', 'b'],
        ['2', 'c, c', 'd'],
        ['3', 'e', 'f'],
      ],
    ],
    [
      'unescaped quotes inside a quoted field',
      '1,"he said "hi" there",b\n2,c,d\n',
      3,
      [
        ['1', 'he said "hi" there', 'b'],
        ['2', 'c', 'd'],
      ],
    ],
    [
      'the same over two lines',
      '1,"he said "hi"\nand left",b\n2,c,d\n',
      3,
      [
        ['1', 'he said "hi"\nand left', 'b'],
        ['2', 'c', 'd'],
      ],
    ],
    ['too many fields', '1,a,b,c\n2,c,d\n', 3, ['bad-row', ['2', 'c', 'd']]],
    ['a row cut off at the end', '1,a,b\n2,c', 3, [['1', 'a', 'b'], 'truncated']],
    [
      'a row that the table does not take',
      '1,a,b\nx,c,d\n3,e,f\n',
      3,
      [['1', 'a', 'b'], 'bad-row', ['3', 'e', 'f']],
    ],
    ['a multi-line row whose end is lost', '1,"a\nb\n2,c,d\n', 3, ['bad-row', 'bad-row', ['2', 'c', 'd']]],
  ];
  test.each(cases)('%s', (_name, text, columns, expected) => {
    expect(steps(text, columns, { numbered: true })).toEqual(expected);
  });

  test('rows inside a well-formed quoted field are not rows: nobody can forge one by writing it', () => {
    const forged = '1,"look:\n2,victim,said this\n3,victim,and this",x\n4,c,d\n';
    expect(steps(forged, 3, { numbered: true })).toEqual([
      ['1', 'look:\n2,victim,said this\n3,victim,and this', 'x'],
      ['4', 'c', 'd'],
    ]);
  });

  test('a broken row does not pass off the rows below it as its own text', () => {
    const text = '1,"cut here\n2,c,d\n3,"e ""f""",g\n4,"h",i\n';
    expect(steps(text, 3, { numbered: true })).toEqual([
      'bad-row',
      ['2', 'c', 'd'],
      ['3', 'e "f"', 'g'],
      ['4', 'h', 'i'],
    ]);
  });
});

describe('places', () => {
  test('lines count every line end, and the bytes are exactly the row', () => {
    const { lines, raw } = read(Buffer.from('\ufeffa,b\r\n"x\r\ny",z\r\n\r\nc,d'), 2);
    expect(lines).toEqual([1, 2, 4, 5]);
    expect(raw).toEqual(['a,b', '"x\r\ny",z', '', 'c,d']);
  });

  test('blocks: a table of many megabytes, with rows over several of its blocks', () => {
    const long = `"${'长文本\n'.repeat(400_000)}"`;
    const bytes = Buffer.from(`1,a,b\n${'2,中文,d\n'.repeat(150_000)}3,${long},f\n4,g,h\n`);
    const { steps: rows, lines } = read(bytes, 3, { numbered: true });
    expect(rows.length).toBe(150_003);
    expect((rows.at(-2) as string[])[1]?.length).toBe(1_600_000);
    expect(rows.at(-1)).toEqual(['4', 'g', 'h']);
    expect(lines.at(-1)).toBe(550_003);
  });

  test('a line beyond the limit is skipped and reading goes on behind it', () => {
    const bytes = Buffer.concat([
      Buffer.from('1,a,b\n2,'),
      Buffer.alloc(17 << 20, 0x61),
      Buffer.from(',c\n3,d,e\n'),
    ]);
    expect(read(bytes, 3).steps).toEqual([['1', 'a', 'b'], 'line-too-long', ['3', 'd', 'e']]);
  });

  test('a quote that nothing closes costs its row, not the file', () => {
    const bytes = Buffer.from(`1,"a,b\n${'2,c,d\n'.repeat(250_000)}`);
    const { steps: rows } = read(bytes, 3, { numbered: true });
    expect(rows.length).toBe(250_001);
    expect(rows.every((row) => Array.isArray(row))).toBe(true);
  });
});

test('what a writer by RFC 4180 writes is read back, in every encoding', () => {
  const cell = fc.string({
    unit: fc.constantFrom('a', '好', '"', ',', '\n', '\r\n', ' ', '僜', '👌', ';'),
    maxLength: 8,
  });
  const table = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 12 });
  const shapes = fc.constantFrom<Shape>('utf-8', 'utf-8-bom', 'utf-16le-bom', 'utf-16be-bom', 'gb18030');
  fc.assert(
    fc.property(table, shapes, fc.constantFrom('\n', '\r\n'), (rows, shape, ending) => {
      const quote = (value: string): string =>
        /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
      // The first column is quoted text that is never empty, so that no row is a blank one.
      const text = rows
        .map((row) => [`"k${row[0].replaceAll('"', '""')}"`, ...row.slice(1).map(quote)].join(','))
        .join(ending);
      const bytes = encodeAs(`${text}${ending}`, shape);
      const source = memorySource('x.csv', bytes);
      const head = { ...readHead(source), encoding: shape.replace('-bom', '') as 'utf-8' };
      const scanner = new CsvScanner(source, head, { delimiter: ',' });
      scanner.columns = 3;
      const back: string[][] = [];
      for (let step = scanner.next(); step !== 'end'; step = scanner.next()) {
        expect(step).toBe('row');
        back.push([scanner.field(0).slice(1), scanner.field(1), scanner.field(2)]);
      }
      expect(back).toEqual(rows.map((row) => [...row]));
    }),
    { numRuns: 300 },
  );
});
