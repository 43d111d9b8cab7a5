import { describe, expect, test } from 'vitest';
import { plainExtra } from '../../src/core/importers/extra.ts';
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
