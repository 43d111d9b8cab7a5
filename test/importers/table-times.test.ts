/** Times of tables that nobody described: a day in a column of its own, dates as numbers, halves of the day. */
import { describe, expect, test } from 'vitest';
import { guessMapping, viewTable } from '../../src/core/app/imports/table-view.ts';
import { readHead } from '../../src/core/importers/sniff.ts';
import { memorySource } from '../../src/core/importers/source.ts';
import { mappedTable } from '../../src/core/importers/tables/mapped-table.ts';
import { readTimeBy } from '../../src/core/importers/tables/time-formats.ts';
import { runImporter } from './helpers.ts';

/** The messages of a table as Docket reads it unasked; null where it does not. */
async function guessed(text: string) {
  const bytes = Buffer.from(text);
  const source = memorySource('表.csv', bytes);
  const view = await viewTable(source, readHead(source));
  const guess = view && guessMapping('表.csv', view);
  if (!guess) return null;
  const { messages } = await runImporter(mappedTable, '表.csv', bytes, { table: guess.mapping });
  return messages.map(({ sentAtText, wallTime, extra }) => [sentAtText, wallTime, extra]);
}

describe('unasked', () => {
  const at = Date.UTC(2024, 0, 5, 9, 15);

  test.each([
    ['day and time apart', '日期,时间,发送人,内容\n2024-01-05,09:15:00,张三,你好\n', '2024-01-05 09:15:00'],
    [
      'the same in English, with halves of the day',
      'Date,Time,From,Message\n01/05/2024,9:15 AM,Ann,hi\n01/25/2024,9:15 AM,Ann,hi\n',
      '01/05/2024 9:15 AM',
    ],
    ['dates as numbers', '时间,发送人,内容\n45296.385416667,张三,你好\n', '45296.385416667'],
  ])('%s', async (_name, text, written) => {
    expect((await guessed(text))?.[0]).toEqual([written, at, null]);
  });

  test('a day beside a whole time is no part of it', async () => {
    const text = '日期,发送时间,发送人,内容\n2024-01-05,2024-01-05 09:15:00,张三,你好\n';
    expect(await guessed(text)).toEqual([['2024-01-05 09:15:00', at, { 日期: '2024-01-05' }]]);
  });

  test('a time of day alone is no time', async () => {
    expect(await guessed('时间,发送人,内容\n09:15:00,张三,你好\n')).toBeNull();
  });
});

test.each([
  ['20240105', Date.UTC(2024, 0, 5)],
  ['20240105091500', Date.UTC(2024, 0, 5, 9, 15)],
  ['20241305', null],
])('%s is a date run together, or no time', (text, wallTime) => {
  expect(readTimeBy('auto', text)).toEqual({ instant: null, wallTime });
});

test('numbers that no date has stay epochs', () => {
  expect(readTimeBy('auto', '1704445200').instant).toBe(1_704_445_200_000);
  expect(readTimeBy('auto', '12345').instant).toBe(12_345_000);
});
