/** What holds for the rows of every list: totals, row numbers, numbers that a program rounded, dates. */
import type { Platform } from '../../domain/message.ts';
import { headerKey } from '../table.ts';
import { serialText } from '../tables/xlsx-dates.ts';

const TOTALS = /^(?:合计|总计|小计|共计|汇总|总人数|人数合计|grand ?total|sub ?total|total|sum)[:：]?$/i;
const SUM = /^[-+]?[\d,.]+\s?[%人个条项]?$|^[-—/]$/;
const ROW_NUMBER = /^(?:序号|序列号|行号|no|rowno|rownumber|index)?$/;

/** Whether a row sums up the others: its first cell with words says so, all others are numbers. */
export function isTotals(cells: readonly string[]): boolean {
  const [first, ...others] = cells.map((cell) => cell.trim()).filter((cell) => cell !== '');
  return first !== undefined && TOTALS.test(first) && others.every((cell) => SUM.test(cell));
}

/** Whether a column only counts the rows: its values change whenever a row is put between others. */
export function isRowNumber(name: string): boolean {
  return name !== '' && name !== '#' && ROW_NUMBER.test(headerKey(name));
}

/**
 * Whether a number stands as spreadsheets show long ones, `1.39001E+10`: its last digits are lost, so that
 * it is nobody's number any more.
 */
export function isRounded(value: string): boolean {
  return /^\d(?:\.\d+)?E\+?\d{1,3}$/i.test(value);
}

/** First and last day that a bare number can mean in a column of dates: 1954-10-03 and 2119-01-10. */
const FIRST_SERIAL = 20_000;
const LAST_SERIAL = 80_000;

/** A date as the list writes it; the bare numbers of spreadsheets and `20240305` as dates. */
export function dateText(value: string): string {
  const day = /^(\d{4})(\d{2})(\d{2})$/.exec(value);
  if (day !== null) return `${day[1]}-${day[2]}-${day[3]}`;
  if (!/^\d{5}(?:\.\d+)?$/.test(value)) return value;
  const serial = Number(value);
  if (serial < FIRST_SERIAL || serial > LAST_SERIAL) return value;
  return serialText(serial, false)?.replace(/\.\d+$/, '') ?? value;
}

const PLATFORM_FILES: readonly (readonly [RegExp, Platform])[] = [
  [/企业微信|企微|wecom|wxwork/i, 'wecom'],
  [/钉钉|dingtalk/i, 'dingtalk'],
  [/飞书|feishu|\blark\b/i, 'feishu'],
];

/** Columns that only the address book of one platform has, in the form `headerKey` gives. */
const PLATFORM_COLUMNS: Readonly<Record<string, Platform>> = {
  userid: 'wecom',
  roomid: 'wecom',
  企业微信账号: 'wecom',
  微信插件: 'wecom',
  禁用状态: 'wecom',
  员工userid: 'dingtalk',
  钉钉号: 'dingtalk',
  飞书号: 'feishu',
};

/** The platform whose address book a list is, by its file's name and its columns; null where neither tells. */
export function platformOfBook(fileName: string, columns: readonly string[]): Platform | null {
  const named = PLATFORM_FILES.find(([pattern]) => pattern.test(fileName));
  if (named !== undefined) return named[1];
  for (const column of columns) {
    const key = headerKey(column);
    const platform = Object.hasOwn(PLATFORM_COLUMNS, key) ? PLATFORM_COLUMNS[key] : undefined;
    if (platform !== undefined) return platform;
  }
  return null;
}
