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
  if (known * 3 < names.length || isMessageHeader(names.map(headerKey))) return 0;
  const has = (field: keyof ListColumns): boolean => columns[field] !== undefined;
  const both = has('id') && has('name');
  const reachable = has('name') && (has('phone') || has('email') || has('department'));
  return both || reachable ? Math.min(0.85, (both ? 0.55 : 0.4) + 0.04 * known) : 0;
}

function headerOf(head: SourceHead, mapping?: Readonly<Record<string, string>>): ListHeader | null {
  return findHeader(head, LIST_SYNONYMS, rate, mapping)?.header ?? null;
}

export const accountListCsv: Importer = {
  id: 'other-account-list-csv',
  version: 2,
  platform: 'other',
  holds: 'list',
  title: { zh: '账号清单（CSV）', en: 'Account list (CSV)' },
  extensions: ['.csv', '.tsv', '.txt'],
  sniff: (head) => findHeader(head, LIST_SYNONYMS, rate)?.rating ?? 0,
  platformOf: (head) => platformOfList(head, headerOf(head)),
  read: (source, options) => readList(source, options, headerOf(options.head, options.mapping)),
};
