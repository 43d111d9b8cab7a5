/**
 * Directories as CSV, semicolon- or tab-separated text: userid or roomid to person or group, with
 * department, title, role in the room, from and to. They name what archives know by id only.
 */
import type { Importer, SourceHead } from '../importer.ts';
import { findHeader, headerKey } from '../table.ts';
import { isMessageHeader, LIST_SYNONYMS, type ListColumns } from './list-columns.ts';
import { type ListHeader, platformOfList, readList } from './list-reader.ts';

function rate(columns: ListColumns, names: readonly string[]): number {
  const keys = names.map(headerKey);
  const known = Object.keys(columns).length;
  if (known < 2 || isMessageHeader(keys)) return 0;
  const has = (field: keyof ListColumns): boolean => columns[field] !== undefined;
  const rooms = has('roomId') || (has('roomName') && (has('role') || has('from')));
  if (rooms) return Math.min(0.95, 0.75 + 0.03 * known);
  const userId = keys.includes('userid') && (has('name') || has('department'));
  return userId ? Math.min(0.92, 0.7 + 0.04 * known) : 0;
}

function headerOf(head: SourceHead, mapping?: Readonly<Record<string, string>>): ListHeader | null {
  return findHeader(head, LIST_SYNONYMS, rate, mapping)?.header ?? null;
}

export const directoryCsv: Importer = {
  id: 'other-directory-csv',
  version: 2,
  platform: 'other',
  holds: 'list',
  title: { zh: '通讯录与群成员名录（CSV）', en: 'Directory of people and groups (CSV)' },
  extensions: ['.csv', '.tsv', '.txt'],
  sniff: (head) => findHeader(head, LIST_SYNONYMS, rate)?.rating ?? 0,
  platformOf: (head) => platformOfList(head, headerOf(head)),
  read: (source, options) => readList(source, options, headerOf(options.head, options.mapping)),
};
