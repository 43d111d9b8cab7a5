/** Fills every table of folders, mappings and lists with at least one row. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestBench } from './bench.ts';

export async function fillLists(made: TestBench): Promise<void> {
  const folder = join(made.root, 'lists');
  mkdirSync(folder);
  writeFileSync(join(folder, '花名册.csv'), '工号,姓名,部门,离职日期\nE1,张三,采购,下周\n');
  await made.call('sources.import', { jobId: 'lists', files: [{ path: folder }] });
  const table = join(made.root, 'table.csv');
  writeFileSync(table, 'who,said\nAnn,hello\n');
  const mapping = {
    docketMapping: 1 as const,
    name: 'Other',
    target: 'messages' as const,
    columns: { text: 'said', senderName: 'who' },
    headers: ['who', 'said'],
  };
  await made.call('mappings.save', { mapping });
  await made.call('sources.import', { jobId: 'table', files: [{ path: table }] });
}
