import { describe, expect, test } from 'vitest';
import { plainExtra } from '../../src/core/importers/extra.ts';
import { parseJson } from '../../src/core/importers/json-values.ts';
import { importBytes, tally } from './helpers.ts';

describe('fields that no canonical JSON can hold', () => {
  test('infinite numbers become text; everything else is left as it is', () => {
    const plain = { a: [1, null, 'x', { b: false }] };
    expect(plainExtra(plain)).toBe(plain);
    const odd = JSON.parse('{"a":[1e999,-1e999,2],"b":{"c":1},"__proto__":1e999}') as Record<string, unknown>;
    expect(JSON.stringify(plainExtra(odd))).toBe(
      '{"a":["Infinity","-Infinity",2],"b":{"c":1},"__proto__":"Infinity"}',
    );
  });

  test('nothing lies deeper than a hundred levels', () => {
    const deep = JSON.parse(`{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}`) as Record<string, unknown>;
    expect(JSON.stringify(plainExtra(deep)).length).toBeLessThan(400);
  });
});

test('a line with a thousand brackets, and one with a number beyond all bounds, are imported', async () => {
  const line = (more: string) =>
    `{"msgid":"m","action":"send","from":"a","tolist":["b"],"roomid":"","msgtime":1767578400000,"msgtype":"text","text":{"content":"x"},"more":${more}}`;
  const text = [line(`${'['.repeat(5000)}${']'.repeat(5000)}`), line('1e999'), line('1')].join('\n');
  const run = await importBytes('x.jsonl', Buffer.from(text));
  expect(run.messages.map(({ extra }) => JSON.stringify(extra).length < 500)).toEqual([true, true, true]);
  expect(run.messages[1]?.extra).toMatchObject({ more: 'Infinity' });
  expect(tally(run.ranges).skipped).toBe(0);
});

describe('integers beyond what a number holds', () => {
  test.each([
    ['{"id":7411223344556677889}', { id: '7411223344556677889' }],
    ['[-7411223344556677889, 1]', ['-7411223344556677889', 1]],
    ['{"id":1704417300000000}', { id: 1704417300000000 }],
    [
      '{"id":0.12345678901234567890,"x":12345678901234567890.5}',
      { id: Number('0.12345678901234567890'), x: Number('12345678901234567890.5') },
    ],
    ['{"id":12345678901234567890e2}', { id: Number('12345678901234567890e2') }],
    ['{"t":"卡号:6222020200112233445, \\" x","n":1}', { t: '卡号:6222020200112233445, " x', n: 1 }],
    ['{"id":7411223344556677889', undefined],
  ])('%s', (json, value) => {
    expect(parseJson(json)).toEqual(value);
  });

  test('an id written as a number keeps its digits', async () => {
    const line =
      '{"_type":"message","sender":7411223344556677889,"timestamp":1,"type":0,"content":"x","platformMessageId":7411223344556677001}';
    const run = await importBytes('x.jsonl', Buffer.from(`${line}\n`));
    expect(run.messages).toMatchObject([
      { senderKey: '7411223344556677889', platformId: '7411223344556677001' },
    ]);
  });
});

describe('numbers that Python writes and JSON does not have', () => {
  test.each([
    ['{"a":NaN,"b":[-Infinity,Infinity]}', { a: 'NaN', b: ['-Infinity', 'Infinity'] }],
    ['{"a":"NaN \\" NaN","b":NaN}', { a: 'NaN " NaN', b: 'NaN' }],
    ['{"a":"\\\\","b":NaN}', { a: '\\', b: 'NaN' }],
    ['{"NaN":1}', { NaN: 1 }],
    ['{"a":NaN', undefined],
    ['{"a":Nan}', undefined],
    ['{"a":"NaN}', undefined],
  ])('%s', (json, value) => {
    expect(parseJson(json)).toEqual(value);
  });

  test('records with them are kept, in documents and in lines', async () => {
    const message = (id: number) =>
      `{"id":${id},"type":"message","date":"2024-01-05T09:15:00","from":"A","text":"NaN","width":NaN}`;
    const document = `{"name":"g","type":"private_group","id":1,"messages":[${message(1)},${message(2)}]}`;
    const run = await importBytes('result.json', Buffer.from(document));
    expect(run.messages.map(({ text, extra }) => [text, extra])).toEqual([
      ['NaN', { width: 'NaN' }],
      ['NaN', { width: 'NaN' }],
    ]);
    const lines = await importBytes(
      'x.jsonl',
      Buffer.from('{"_type":"message","sender":"1","timestamp":1,"type":0,"content":"x","w":NaN}\n'),
    );
    expect(lines.messages).toMatchObject([{ text: 'x', extra: { w: 'NaN' } }]);
    expect(tally(run.ranges).skipped + tally(lines.ranges).skipped).toBe(0);
  });
});
