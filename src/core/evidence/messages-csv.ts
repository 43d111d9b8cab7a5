/**
 * data/messages.csv: the messages as a table, for spreadsheets. UTF-8 with byte order mark, RFC 4180.
 *
 * A spreadsheet must neither run a cell nor rewrite it: text that begins like a formula, and text that
 * would be read as a number or a date, gets an apostrophe in front; hidden characters are written out;
 * a text longer than a cell can hold is cut, with a pointer to the exact one. The last column names what
 * was done to a row, so that an unchanged row can be relied on.
 */
import type { CarriedText, Locator } from '../importers/importer.ts';
import type { MessageRecord } from './message-digest.ts';
import type { PackHit, PackMessage, PackSource } from './pack-content.ts';
import { visibleText } from './visible-text.ts';

/** A cell of Excel and LibreOffice holds 32,767 UTF-16 code units; the rest is for the pointer. */
export const CELL_LIMIT = 32_000;

/** Excel, LibreOffice and WPS take these as the start of a formula, full-width forms included (OWASP: CSV injection). */
export const FORMULA = /^[\s]*[=+\-@＝＋－＠|]|^[\t\r\n]/;
/** What a spreadsheet may turn into a number, a date or a time and so lose digits of. */
export const NUMBER_LIKE = /^\s*[\d０-９][\d０-９\s.,:/eE+\-年月日时時分秒%]*$/;

export const COLUMNS = [
  '行号 row',
  '证物 exhibit',
  '角色 role',
  '会话 conversation',
  '发送人 sender',
  '发送人标识 sender id',
  '时间 time',
  '导出文件所记时间 time as exported',
  '类型 kind',
  '正文 text',
  '引用与转发 quoted and forwarded',
  '附件 attachments',
  '命中类别 categories',
  '命中规则 rules',
  '消息摘要 digest (SHA-256)',
  '来源文件 source file',
  '来源文件摘要 source SHA-256',
  '起始字节 first byte',
  '结束字节 end byte',
  '行 line',
  '消息标识 message id',
  '改写 altered for display',
];

export const CSV_HEAD = `\ufeff${COLUMNS.map((title) => `"${title}"`).join(',')}\r\n`;

function flatten(parts: readonly CarriedText[]): string {
  return parts
    .map(({ act, sender, sentAtText, text, items }) => {
      const head = [act, sender, sentAtText].filter((field) => field !== null).join(' · ');
      const inner = items === undefined || items.length === 0 ? '' : `\n${flatten(items)}`;
      return `[${head}] ${text}${inner}`;
    })
    .join('\n');
}

/** What was done to a row for display. */
export type Alterations = Set<'hidden characters' | 'cut' | 'apostrophe'>;

/** What the table says of a message, from the pack's content or from a line of messages.ndjson. */
export interface TableRow {
  readonly id: string;
  readonly exhibit: string;
  readonly isSubject: boolean;
  readonly conversation: { readonly name: string | null };
  readonly sender: { readonly name: string | null; readonly platformId: string | null };
  /** RFC 3339. */
  readonly sentAt: string | null;
  readonly record: MessageRecord;
  readonly digest: string | null;
  readonly hits: readonly (Pick<PackHit, 'pack' | 'rule' | 'ruleVersion'> & { readonly category: string })[];
  readonly source: { readonly file: string; readonly sha256: string };
  readonly locator: Locator;
}

export function tableRow(
  message: PackMessage,
  exhibit: string,
  source: PackSource,
  time: (instant: number) => string,
): TableRow {
  return { ...message, exhibit, source, sentAt: message.sentAt === null ? null : time(message.sentAt) };
}

/**
 * A row as cells: texts with hidden characters written out and cut to what a cell holds, numbers where
 * they count something. `line` is the line of the message in data/messages.ndjson, from 1; what was done
 * to a text is added to `altered`. verify.py and the viewer build the same cells.
 */
export function messageCells(row: TableRow, line: number, altered: Alterations): (string | number)[] {
  const cell = (value: string | null): string => {
    if (value === null || value === '') return '';
    const text = visibleText(value);
    if (text !== value) altered.add('hidden characters');
    if (text.length <= CELL_LIMIT) return text;
    altered.add('cut');
    const end = text.charCodeAt(CELL_LIMIT - 1) >> 10 === 0x36 ? CELL_LIMIT - 1 : CELL_LIMIT;
    return `${text.slice(0, end)}… ⟦${value.length} code units; exact: messages.ndjson line ${line}⟧`;
  };
  const { record, locator, hits } = row;
  const attachments = record.attachments.map(({ kind, name, reference, size, md5 }) =>
    [kind, name, reference, size === null ? null : `${size} bytes`, md5]
      .filter((field) => field !== null)
      .join(' · '),
  );
  return [
    line,
    cell(row.exhibit),
    row.isSubject ? '证物 subject' : '上下文 context',
    cell(row.conversation.name),
    cell(row.sender.name ?? record.senderName),
    cell(row.sender.platformId),
    row.sentAt ?? '',
    cell(record.sentAtText),
    record.kind,
    cell(record.text),
    cell(flatten(record.carried)),
    cell(attachments.join('\n')),
    cell([...new Set(hits.map((hit) => hit.category))].join(', ')),
    cell([...new Set(hits.map((hit) => `${hit.pack}/${hit.rule}@${hit.ruleVersion}`))].join(', ')),
    cell(row.digest),
    cell(row.source.file),
    cell(row.source.sha256),
    locator.start,
    locator.end,
    locator.line,
    cell(row.id),
  ];
}

/** The columns' places of what must not get an apostrophe: the time and the kind, which Docket writes itself. */
const OWN = new Set([2, 6, 8]);

/** One row with its line end; `line` is the line of the message in data/messages.ndjson, from 1. */
export function messageCsv(row: TableRow, line: number): string {
  const altered: Alterations = new Set();
  const cells = messageCells(row, line, altered).map((value, i) => {
    if (typeof value === 'number') return String(value);
    if (value === '') return '';
    let text = value;
    if (!OWN.has(i) && (FORMULA.test(text) || NUMBER_LIKE.test(text))) {
      text = `'${text}`;
      altered.add('apostrophe');
    }
    return `"${text.replaceAll('"', '""')}"`;
  });
  return `${cells.join(',')},"${[...altered].join('; ')}"\r\n`;
}
