import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Progress, pace } from '../../src/renderer/api/jobs.ts';
import { consentOf } from '../../src/renderer/components/chat/consent.ts';
import { fromDay, toDay } from '../../src/renderer/components/days.ts';
import { changesOf } from '../../src/renderer/components/event-change.tsx';
import { findMarks, type Marked, piecesOf } from '../../src/renderer/components/hit-text.tsx';
import { strengthOf } from '../../src/renderer/components/passphrase.ts';
import { type DataColumn, fitting, toTabbed, tracksOf } from '../../src/renderer/components/table/columns.ts';
import { targetOf } from '../../src/renderer/components/table/use-grid-keys.ts';
import { afterClick } from '../../src/renderer/components/table/use-selection.ts';
import { restOf, toSeries } from '../../src/renderer/features/dashboard/series.ts';
import { stretchesOf } from '../../src/renderer/features/imports/ledger.ts';
import { snippetOf } from '../../src/renderer/features/messages/snippet.ts';

describe('marks in a text', () => {
  it('loses and repeats nothing of the text, whatever the marks', () => {
    const mark = fc.record({ start: fc.nat(60), end: fc.nat(60), kind: fc.constant<Marked['kind']>('hit') });
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), fc.array(mark, { maxLength: 8 }), (text, marks) => {
        expect(
          piecesOf(text, marks)
            .map((piece) => piece.text)
            .join(''),
        ).toBe(text);
      }),
    );
  });

  it.each([
    [
      '收四件套 四件套',
      '四件套',
      [
        [1, 4],
        [5, 8],
      ],
    ],
    ['Add WeChat', 'wechat', [[4, 10]]],
    [
      '加微信 加V',
      '微信 加v',
      [
        [1, 3],
        [4, 6],
      ],
    ],
    ['nothing', '没有', []],
    ['İstanbul 赌博', '赌博', []],
  ])('finds the words of a search in %s', (text, query, spans) => {
    expect(findMarks(text, query).map(({ start, end }) => [start, end])).toEqual(spans);
  });
});

describe('snippets', () => {
  const message = (text: string, quoted?: string) => ({
    text,
    carried: quoted
      ? [{ part: 1, depth: 0, act: 'quote' as const, sender: null, text: quoted, sentAtText: null }]
      : [],
  });
  it('starts at the beginning without a search', () => {
    expect(snippetOf(message('一行\n两行'), undefined)).toBe('一行 两行');
  });
  it('brings a late match to the front', () => {
    const snippet = snippetOf(message(`${'长'.repeat(100)}赌博`), '赌博');
    expect(snippet.startsWith('…')).toBe(true);
    expect(snippet.indexOf('赌博')).toBeLessThan(20);
  });
  it('shows the quoted part where the words stand in it', () => {
    expect(snippetOf(message('看这个', '收四件套'), '四件套')).toBe('收四件套');
  });
});

describe('selection', () => {
  const idAt = (index: number) => `r${index}`;
  it.each([
    ['a click takes a row', [], 3, null, false, ['r3']],
    ['a second click gives it back', ['r3'], 3, 3, false, []],
    ['shift takes the range', ['r1'], 4, 1, true, ['r1', 'r2', 'r3', 'r4']],
    ['shift upwards too', ['r4'], 2, 4, true, ['r2', 'r3', 'r4']],
    ['shift without a start is a click', [], 2, null, true, ['r2']],
  ])('%s', (_, before, index, anchor, shift, after) => {
    expect([...afterClick(new Set(before), idAt, index, anchor, shift)].sort()).toEqual(after);
  });
});

describe('keys in a table', () => {
  it.each([
    ['ArrowDown', [0, 0], [1, 0]],
    ['ArrowUp', [0, 0], [0, 0]],
    ['PageDown', [95, 1], [99, 1]],
    ['End', [5, 2], [99, 2]],
    ['Home', [5, 2], [0, 2]],
    ['ArrowRight', [5, 3], [5, 3]],
    ['ArrowLeft', [5, 3], [5, 2]],
  ])('%s', (key, [row, column], [toRow, toColumn]) => {
    const to = targetOf(key, { row: row as number, column: column as number }, 100, 4, 10);
    expect(to).toEqual({ row: toRow, column: toColumn });
  });
  it('leaves other keys alone', () => {
    expect(targetOf('x', { row: 0, column: 0 }, 10, 2, 5)).toBeNull();
    expect(targetOf('toString', { row: 0, column: 0 }, 10, 2, 5)).toBeNull();
  });
});

describe('copying rows', () => {
  const columns: DataColumn<{ a: string; b: number }>[] = [
    { id: 'a', header: 'A', width: 1, cell: () => null, text: (row) => row.a },
    { id: 'mark', header: 'Mark', width: 1, cell: () => null },
    { id: 'b', header: 'B', width: 1, cell: () => null, text: (row) => String(row.b) },
  ];
  it('keeps one line per row and one field per column', () => {
    expect(toTabbed(columns, [{ a: 'x\ty\nz', b: 2 }])).toBe('A\tB\nx y z\t2');
  });
});

describe('ledger bar', () => {
  it('covers the whole source without gaps, whatever the ranges', () => {
    const kinds = fc.constantFrom('parsed' as const, 'skipped' as const, 'ignored' as const);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 5000 }), kinds), { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 1, max: 400 }),
        (parts, pieces) => {
          let at = 0;
          const ranges = parts.map(([length, kind]) => {
            const range = { kind, start: at, end: at + length };
            at += length;
            return range;
          });
          const bar = stretchesOf(ranges, at, pieces);
          expect(bar[0]?.from).toBe(0);
          expect(bar.at(-1)?.to).toBe(1);
          expect(bar.slice(1).map((stretch) => stretch.from)).toEqual(
            bar.slice(0, -1).map((stretch) => stretch.to),
          );
          expect(bar.some((stretch) => stretch.kind === 'unread')).toBe(false);
          // Nothing skipped is ever too thin to be seen.
          expect(bar.some((stretch) => stretch.kind === 'skipped')).toBe(
            ranges.some((range) => range.kind === 'skipped'),
          );
        },
      ),
    );
  });
  it('shows what has not been read yet as such', () => {
    expect(stretchesOf([{ kind: 'parsed', start: 0, end: 50 }], 100, 10)).toEqual([
      { kind: 'parsed', from: 0, to: 0.5 },
      { kind: 'unread', from: 0.5, to: 1 },
    ]);
  });
});

describe('hits by week', () => {
  const monday = new Date(2025, 2, 3).getTime();
  const later = new Date(2025, 2, 24).getTime();
  it('fills the weeks between and keeps every hit', () => {
    const series = toSeries([
      { week: monday, category: 'fraud', hits: 3 },
      { week: later, category: 'gambling', hits: 2 },
    ]);
    expect(series.weeks.map((row) => row.week)).toHaveLength(4);
    expect(series.categories).toEqual(['fraud', 'gambling']);
    expect(series.weeks.at(-1)?.gambling).toBe(2);
  });
  it('gathers the small categories without losing any', () => {
    const ids = [
      'fraud',
      'gambling',
      'drugs',
      'weapons',
      'piracy',
      'abuse',
      'harassment',
      'off-topic',
      'real-name',
      'private-chat',
    ] as const;
    const entries = ids.map((category, index) => ({ week: monday, category, hits: 20 - index }));
    const { categories, weeks } = toSeries(entries);
    expect(categories).toHaveLength(8);
    expect(categories.at(-1)).toBe('rest');
    const sum = categories.reduce((total, category) => total + (weeks[0]?.[category] ?? 0), 0);
    expect(sum).toBe(entries.reduce((total, entry) => total + entry.hits, 0));
    expect(restOf(entries, categories, monday)).toEqual([
      ['off-topic', 13],
      ['real-name', 12],
      ['private-chat', 11],
    ]);
    expect(restOf(entries, categories, later)).toEqual([]);
  });
  it('says nothing about no hits', () => {
    expect(toSeries([])).toEqual({ categories: [], weeks: [] });
  });
});

describe('days', () => {
  it('a day comes back as it was written', () => {
    expect(toDay(fromDay('2025-03-01', 0) as number)).toBe('2025-03-01');
    expect(toDay((fromDay('2025-02-28', 1) as number) - 1)).toBe('2025-02-28');
  });
  it.each(['', '2025-03', 'yesterday'])('an unfinished day is none: %s', (day) => {
    expect(fromDay(day, 0)).toBeUndefined();
  });
});

describe('strength of a passphrase', () => {
  it('grows with length and falls with repetition', () => {
    expect(strengthOf('abcd1234').level).toBeLessThanOrEqual(1);
    expect(strengthOf('aaaaaaaaaaaaaaaa').level).toBe(0);
    expect(strengthOf('梨花木桌 三盏旧灯 渡口').level).toBe(4);
    expect(strengthOf('')).toEqual({ level: 0, bits: 0 });
  });
});

describe('pace of a job', () => {
  const progress = (change: Partial<Progress>): Progress => ({
    type: 'job.progress',
    jobId: 'j',
    step: 'parsing',
    item: null,
    done: 500,
    total: 1500,
    unit: 'messages',
    records: null,
    startedAt: 0,
    at: 5000,
    ...change,
  });
  it.each([
    ['in the middle', {}, { rate: 100, left: 10 }],
    ['without an end', { total: null }, { rate: 100, left: null }],
    ['just begun', { at: 100 }, { rate: null, left: null }],
    ['nothing done', { done: 0 }, { rate: null, left: null }],
  ])('%s', (_, change, expected) => {
    expect(pace(progress(change))).toEqual(expected);
  });
});

describe('what an event changed', () => {
  it.each([
    ['fields that differ', { before: { a: 1, b: 2 }, after: { a: 1, b: 3 } }, [['b', '2', '3']]],
    ['a new record', { before: null, after: { name: '周敏' } }, [['name', null, '周敏']]],
    ['bare values', { before: 'open', after: 'closed' }, [['', 'open', 'closed']]],
    ['nothing', { before: null, after: null }, []],
  ])('%s', (_, event, expected) => {
    expect(changesOf(event).map((change) => [change.field, change.before, change.after])).toEqual(expected);
  });
});

describe('tracks of a table', () => {
  const column = (id: string, width: number, more: object = {}) => ({ id, width, ...more });
  it('columns give way before the table scrolls; the growing one takes the rest', () => {
    expect(tracksOf([column('a', 80), column('b', 200), column('c', 320, { grow: true })], {})).toEqual({
      template: 'minmax(80px, 80px) minmax(110px, 200px) minmax(200px, 1fr)',
      minimum: 390,
    });
  });
  it.each([
    [0, {}, ['a', 'b', 'c', 'd']],
    [900, {}, ['a', 'b', 'c', 'd']],
    [500, {}, ['a', 'b', 'd']],
    [370, {}, ['a', 'd']],
    [500, { a: 300 }, ['a', 'd']],
    [100, {}, ['a', 'd']],
  ])('at %i pixels, sized %o, the columns %o stay', (width, sized, ids) => {
    const columns = [
      column('a', 80),
      column('b', 120, { from: 300 }),
      column('c', 90, { from: 600 }),
      column('d', 400, { grow: true }),
    ];
    expect(fitting(columns, sized, width).map(({ id }) => id)).toEqual(ids);
  });
  it('a column that the officer sized keeps its size', () => {
    expect(tracksOf([column('a', 80), column('c', 320, { grow: true })], { c: 500 })).toEqual({
      template: 'minmax(80px, 80px) 500px',
      minimum: 580,
    });
  });
});

describe('consentOf', () => {
  it.each([
    ['consent', 'agree: wmErxtDgAAtest0001', 'agree'],
    ['consent', 'disagree: wmErxtDgAAtest0001', 'disagree'],
    ['consent', 'something newer', null],
    ['text', 'agree: with me', null],
  ] as const)('%s “%s”: %s', (kind, text, expected) => {
    expect(consentOf({ kind, text })).toBe(expected);
  });
});
