/** Tables by a mapping: text and workbooks, times by format, which mapping fits which table. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TableMapping } from '../../src/core/domain/mapping.ts';
import type { ImportedMessage, LedgerRange } from '../../src/core/importers/importer.ts';
import { readHead } from '../../src/core/importers/sniff.ts';
import { memorySource } from '../../src/core/importers/source.ts';
import { mappedTable } from '../../src/core/importers/tables/mapped-table.ts';
import { fitMapping, proposeColumns, tryTimeFormats } from '../../src/core/importers/tables/match-mapping.ts';
import { SHIPPED_MAPPINGS } from '../../src/core/importers/tables/shipped-mappings.ts';
import { isTimeFormat, readTimeBy } from '../../src/core/importers/tables/time-formats.ts';
import { openWorkbook } from '../../src/core/importers/tables/workbook.ts';
import { isDateCode, serialText } from '../../src/core/importers/tables/xlsx-dates.ts';
import { workbookOf } from '../builders/workbook.ts';
import { encodeAs, runImporter, type Shape, tally } from './helpers.ts';

const mapping = (more: object): TableMapping =>
  TableMapping.parse({ docketMapping: 1, name: 'M', target: 'messages', columns: { text: '内容' }, ...more });

const BASIC = mapping({
  columns: { text: '内容', sentAt: '时间', senderName: '谁' },
  constants: { conversationName: '仓库群', conversationType: '群聊' },
});

describe('delimited text', () => {
  test('rows become messages; every byte is accounted for; other columns are kept', async () => {
    const text =
      '时间,谁,内容,渠道\n2026-03-01 09:05,王五,早上好,app\n\n明天,赵六,货到了,\n,,,\n时间,谁,内容,渠道\n';
    const run = await runImporter(mappedTable, 'x.csv', Buffer.from(text), { table: BASIC });
    expect(
      run.messages.map(({ text: said, senderKey, sentAtText, extra, flags }) => [
        said,
        senderKey,
        sentAtText,
        extra,
        flags,
      ]),
    ).toEqual([
      ['早上好', 'name:王五', '2026-03-01 09:05', { 渠道: 'app' }, []],
      ['货到了', 'name:赵六', '明天', null, ['time-unparsed']],
    ]);
    expect([...run.conversations.values()]).toMatchObject([{ key: 'name:仓库群', type: 'group' }]);
    expect(run.ranges.map(({ code }) => code)).toEqual(
      ['header', 'message', 'blank', 'message', 'blank', 'duplicate-header'].slice(0, run.ranges.length),
    );
  });

  test('no header: columns by number; a header further down; other delimiters', async () => {
    const bare = mapping({ table: { headerRow: 0 }, columns: { text: '#2', senderName: '#1' } });
    const plain = await runImporter(mappedTable, 'x.csv', Buffer.from('a,one\nb,two\n'), { table: bare });
    expect(plain.messages.map(({ text }) => text)).toEqual(['one', 'two']);
    const low = mapping({ table: { headerRow: 3, delimiter: '|' }, columns: { text: '内容' } });
    const below = await runImporter(mappedTable, 'x.txt', Buffer.from('导出\n第三批\nid|内容\n1|好\n'), {
      table: low,
    });
    expect(below.messages.map(({ text }) => text)).toEqual(['好']);
    expect(tally(below.ranges)).toMatchObject({ skipped: 0 });
  });

  test('a constant stands where a cell is empty; kinds by their words', async () => {
    const table = mapping({
      columns: { text: 't', senderName: 'n', kind: 'k', recalled: 'r' },
      constants: { senderName: '客服' },
    });
    const run = await runImporter(
      mappedTable,
      'x.csv',
      Buffer.from('t,n,k,r\nhi,,图片,\nbye,Ann,文本,是\n'),
      { table },
    );
    expect(run.messages.map(({ senderKey, kind }) => [senderKey, kind])).toEqual([
      ['name:客服', 'image'],
      ['name:Ann', 'recall'],
    ]);
  });

  test('any cells, in any encoding: no throw, each row with a text is one message, the ledger covers the file', async () => {
    const cell = fc.string({ unit: 'grapheme', maxLength: 12 });
    const shapes: Shape[] = ['utf-8', 'utf-8-bom', 'utf-16le-bom', 'utf-16be-bom'];
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(cell, cell), { maxLength: 20 }),
        fc.constantFrom(...shapes),
        async (rows, shape) => {
          const quote = (value: string) => `"${value.replaceAll('"', '""')}"`;
          const lines = rows.map(([who, what]) => `${quote(who)},${quote(`x${what}`)}`);
          const bytes = encodeAs(['谁,内容', ...lines, ''].join('\r\n'), shape);
          const table = mapping({ columns: { text: '内容', senderName: '谁' } });
          const run = await runImporter(mappedTable, 'x.csv', bytes, { table });
          const again = rows.filter(([who, what]) => who === '谁' && `x${what}` === '内容').length;
          expect(run.messages).toHaveLength(rows.length - again);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('times', () => {
  const wall = (...parts: Parameters<typeof Date.UTC>) => ({ instant: null, wallTime: Date.UTC(...parts) });
  test.each([
    ['yyyy-MM-dd HH:mm:ss', '2026-03-01 09:05:30', wall(2026, 2, 1, 9, 5, 30)],
    ['M/d/yyyy h:mm:ss a', '3/1/2026 9:05:30 PM', wall(2026, 2, 1, 21, 5, 30)],
    ['yyyy年M月d日 a h:mm', '2026年3月1日 下午 12:05', wall(2026, 2, 1, 12, 5)],
    ['d/M/yy H:mm', '31/12/25 23:59', wall(2025, 11, 31, 23, 59)],
    ['dd.MM.yyyy HH:mm:ss.SSS', '01.03.2026 09:05:30.250', wall(2026, 2, 1, 9, 5, 30, 250)],
    ['yyyyMMddHHmmss', '20260301090530', wall(2026, 2, 1, 9, 5, 30)],
    ['epoch-seconds', '1772327130', { instant: 1772327130000, wallTime: null }],
    ['epoch-milliseconds', '1772327130123', { instant: 1772327130123, wallTime: null }],
    ['excel-serial', '46082.5', wall(2026, 2, 1, 12)],
    ['excel-serial', '2026-03-01 09:05', wall(2026, 2, 1, 9, 5)],
  ])('%s reads %s', (format, text, expected) => {
    expect(isTimeFormat(format)).toBe(true);
    expect(readTimeBy(format, text)).toEqual(expected);
  });

  test.each([
    ['yyyy-MM-dd', '2026-02-30'],
    ['M/d/yyyy H:mm', '31/12/2025 10:00'],
    ['h:mm a yyyy-M-d', '13:00 PM 2026-1-1'],
    ['yyyy-MM-dd', 'soon'],
  ])('%s does not read %s', (format, text) => {
    expect(readTimeBy(format, text)).toEqual({ instant: null, wallTime: null });
  });

  test('what is no format', () => {
    expect(['yyyy', 'yyyy-MM-dd yyyy', 'hello', 'HH:mm', '(((', 'yyyy-MM-dd H h'].map(isTimeFormat)).toEqual(
      Array(6).fill(false),
    );
  });

  test('the format that reads most comes first', () => {
    const [best] = tryTimeFormats(['31/12/2025 10:00', '1/2/2026 9:30']);
    expect(best).toEqual({ format: 'd/M/yyyy H:mm', read: 2 });
  });
});

describe('which table a mapping is for', () => {
  const rows = [
    { number: 1, cells: ['导出'] },
    { number: 2, cells: ['时间', '谁', '内容'] },
  ];
  test('the header it was made for, wherever it stands, also with columns in between', () => {
    const saved = { ...BASIC, headers: ['时间', '谁', '内容'] };
    expect(fitMapping(saved, rows)?.table.headerRow).toBe(2);
    expect(fitMapping(saved, [{ number: 1, cells: ['时间', '头衔', '谁', '内容'] }])?.table.headerRow).toBe(
      1,
    );
    expect(fitMapping(saved, [{ number: 1, cells: ['时间', '内容', '谁'] }])).toBeNull();
    expect(fitMapping(BASIC, rows)).toBeNull();
  });

  test('names of columns propose a mapping', () => {
    expect(proposeColumns([{ number: 3, cells: ['发送时间', '发送者', '消息内容', '杂项'] }])).toEqual({
      headerRow: 3,
      columns: { text: '消息内容', sentAt: '发送时间', senderName: '发送者' },
    });
    expect(proposeColumns([{ number: 1, cells: ['a', 'b'] }])).toBeNull();
  });
});

async function readWorkbook(bytes: Buffer, table: TableMapping) {
  const source = memorySource('x.xlsx', bytes);
  const messages: ImportedMessage[] = [];
  const ranges: LedgerRange[] = [];
  for await (const event of mappedTable.read(source, {
    zone: 'UTC',
    head: readHead(source),
    conversations: 'all',
    table,
  })) {
    if (event.type === 'messages') messages.push(...event.messages);
    if (event.type === 'ranges') ranges.push(...event.ranges);
  }
  return { messages, ranges };
}

describe('workbooks', () => {
  test('sheets by name, texts exactly, dates as shown, rows by their number', async () => {
    const bytes = await workbookOf({
      空: [],
      记录: [
        ['甲 & 乙', 'x<y'],
        [null],
        ['长'.repeat(3000), null, 12345678901234],
        [{ date: 46082.378125 }, '😀'],
      ],
    });
    const book = await openWorkbook(memorySource('x.xlsx', bytes));
    expect(book?.sheets).toEqual(['空', '记录']);
    expect(await book?.rows('记录')).toEqual([
      { number: 1, cells: ['甲 & 乙', 'x<y'] },
      { number: 3, cells: ['长'.repeat(3000), '', '12345678901234'] },
      { number: 4, cells: ['2026-03-01 09:04:30', '😀'] },
    ]);
    expect(await book?.rows('空')).toEqual([]);
  });

  test('QQ Chat Exporter is recognised; a message says its sheet and row, the workbook is one range', async () => {
    const bytes = await workbookOf({
      聊天记录: [
        ['序号', '时间', '发送者', '发送者QQ号', '消息类型', '消息内容', '是否撤回', '资源数量'],
        [1, '2026-01-05 10:00:00', '张三', 10001, '文本', '你好', '否', 0],
        [2, '2026-01-05 10:01:00', '李四', 10002, '文本', '撤回的话', '是', 0],
      ],
    });
    const book = await openWorkbook(memorySource('x.xlsx', bytes));
    const rows = (await book?.rows('聊天记录')) ?? [];
    const fitting = SHIPPED_MAPPINGS.filter((shipped) => fitMapping(shipped.mapping, rows));
    expect(fitting.map(({ id }) => id)).toEqual(['qq-chat-exporter-xlsx']);
    const { messages, ranges } = await readWorkbook(
      bytes,
      fitMapping(fitting[0]?.mapping as TableMapping, rows) as TableMapping,
    );
    expect(
      messages.map(({ text, senderKey, kind, locator, extra }) => [
        text,
        senderKey,
        kind,
        locator.line,
        extra?.sheet,
      ]),
    ).toEqual([
      ['你好', '10001', 'text', 2, '聊天记录'],
      ['撤回的话', '10002', 'recall', 3, '聊天记录'],
    ]);
    expect(ranges).toEqual([
      { kind: 'parsed', code: 'message', start: 0, end: bytes.length, line: 1, count: 2 },
    ]);
  });

  test('WeFlow: session facts above the header, with and without the nickname in the group', async () => {
    const header = [
      '序号',
      '时间',
      '发送者昵称',
      '发送者微信ID',
      '发送者备注',
      '群昵称',
      '发送者身份',
      '消息类型',
      '内容',
    ];
    for (const names of [header, header.filter((name) => name !== '群昵称')]) {
      const row = names.map((name) =>
        name === '内容'
          ? '收到'
          : name === '时间'
            ? '2026-01-05 10:00:00'
            : name === '发送者微信ID'
              ? 'wxid_a'
              : '甲',
      );
      const bytes = await workbookOf({
        群: [['会话信息'], ['微信ID', 'x'], ['导出工具', 'WeFlow'], names, row],
      });
      const rows = (await (await openWorkbook(memorySource('x.xlsx', bytes)))?.rows('群')) ?? [];
      const fitted = SHIPPED_MAPPINGS.map(({ mapping: shipped }) => fitMapping(shipped, rows)).find(
        (found) => found !== null,
      );
      expect(fitted?.name).toBe('WeFlow XLSX');
      const { messages } = await readWorkbook(bytes, fitted as TableMapping);
      expect(messages.map(({ text, senderKey }) => [text, senderKey])).toEqual([['收到', 'wxid_a']]);
    }
  });

  test('a damaged workbook gives no rows, and says that nothing was read', async () => {
    const bytes = await workbookOf({ a: [['内容'], ['x']] });
    bytes.fill(0x55, 200, 400);
    const { messages, ranges } = await readWorkbook(bytes, mapping({}));
    expect(messages).toEqual([]);
    expect(ranges.map(({ kind, end }) => [kind, end])).toEqual([['skipped', bytes.length]]);
  });

  test.each([
    ['yyyy-mm-dd', true],
    ['[$-409]h:mm AM/PM', true],
    ['yyyy"年"m"月"d"日"', true],
    ['[h]:mm', true],
    ['0.00', false],
    ['#,##0 "days"', false],
    ['General', false],
    ['[Red]0', false],
  ])('number format %s', (code, isDate) => {
    expect(isDateCode(code)).toBe(isDate);
  });

  test('serial numbers', () => {
    expect([
      serialText(1, false),
      serialText(0.5, false),
      serialText(46082, false),
      serialText(44621, true),
    ]).toEqual(['1899-12-31', '12:00:00', '2026-03-01', '2026-03-02']);
  });
});
