/** A comparison as a table for spreadsheets. UTF-8 with byte order mark, RFC 4180; no cell can run. */
import type { ReconciliationRow, ToldMessage } from '../domain/reconciliation.ts';
import { CELL_LIMIT, FORMULA, NUMBER_LIKE } from '../evidence/messages-csv.ts';
import { visibleText } from '../evidence/visible-text.ts';

const SIDE_COLUMNS = [
  '时间 time',
  '导出所记时间 time as exported',
  '发送人 sender',
  '类型 kind',
  '正文 text',
  '行 line',
  '起始字节 first byte',
  '消息标识 message id',
];

const COLUMNS = [
  '序号 row',
  '结果 result',
  '差异 differences',
  '超出对方范围 outside the other export',
  '时差（秒）seconds beyond the offset',
  ...['甲 A', '乙 B'].flatMap((side) => SIDE_COLUMNS.map((title) => `${side} · ${title}`)),
];

export const RECONCILIATION_HEAD = `\ufeff${COLUMNS.map((title) => `"${title}"`).join(',')}\r\n`;

/** Text that no spreadsheet takes for a formula, a number or a date, cut at what a cell holds. */
export function safeCell(value: string | null): string {
  if (value === null || value === '') return '';
  const text = visibleText(value);
  const cut =
    text.length > CELL_LIMIT ? `${text.slice(0, CELL_LIMIT).replace(/[\ud800-\udbff]$/, '')}…` : text;
  const safe = FORMULA.test(cut) || NUMBER_LIKE.test(cut) ? `'${cut}` : cut;
  return `"${safe.replaceAll('"', '""')}"`;
}

/** One row with its line end; `time` writes an instant with its offset. */
export function reconciliationCsv(row: ReconciliationRow, time: (instant: number) => string): string {
  const side = (told: ToldMessage | null): string[] => {
    if (told === null) return SIDE_COLUMNS.map(() => '');
    return [
      told.sentAt === null ? '' : `"${time(told.sentAt)}"`,
      safeCell(told.sentAtText),
      safeCell(told.sender),
      `"${told.kind}"`,
      safeCell(told.text),
      String(told.locator.line),
      String(told.locator.start),
      `"${told.id}"`,
    ];
  };
  const cells = [
    String(row.position + 1),
    `"${row.kind}"`,
    `"${row.differences.join(' ')}"`,
    row.outside ? '"yes"' : '',
    row.residual === null ? '' : (row.residual / 1000).toFixed(1),
    ...side(row.a),
    ...side(row.b),
  ];
  return `${cells.join(',')}\r\n`;
}
