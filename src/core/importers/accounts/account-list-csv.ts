/**
 * Account lists as CSV, semicolon- or tab-separated text: one account (or group) a row. WeChatMsg's
 * and WeFlow's contact lists are cases of it.
 */
import type { Importer, SourceHead } from '../importer.ts';
import { findHeader, headerKey } from '../table.ts';
import { isMessageHeader, LIST_SYNONYMS, type ListColumns } from './list-columns.ts';
import { type ListHeader, platformOfList, readList } from './list-reader.ts';

function rate(columns: ListColumns, names: readonly string[]): number {
  const known = Object.keys(columns).length;
  if (known < 2 || isMessageHeader(names.map(headerKey))) return 0;
  const { id, name } = columns;
  if (id === undefined && name === undefined) return 0;
  const both = id !== undefined && name !== undefined;
  return Math.min(0.85, (both ? 0.55 : 0.3) + 0.04 * known);
}

function headerOf(head: SourceHead, mapping?: Readonly<Record<string, string>>): ListHeader | null {
  return findHeader(head, LIST_SYNONYMS, rate, mapping)?.header ?? null;
}

export const accountListCsv: Importer = {
  id: 'other-account-list-csv',
  version: 1,
  platform: 'other',
  holds: 'list',
  title: { zh: '账号清单（CSV）', en: 'Account list (CSV)' },
  extensions: ['.csv', '.tsv', '.txt'],
  sniff: (head) => findHeader(head, LIST_SYNONYMS, rate)?.rating ?? 0,
  platformOf: (head) => platformOfList(head, headerOf(head)),
  read: (source, options) => readList(source, options, headerOf(options.head, options.mapping)),
};
