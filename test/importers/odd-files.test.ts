/** Encodings, line ends and sizes that files come with: how each ends is in docs/formats.md. */
import { describe, expect, test } from 'vitest';
import { encodeAs, importBytes, type Shape, tally } from './helpers.ts';

const HEADER =
  'localId,TalkerId,Type,SubType,IsSender,CreateTime,Status,StrContent,StrTime,Remark,NickName,Sender\n';
const row = (i: number, text: string) =>
  `${i},1,1,0,0,${1_767_578_400 + i * 60},3,${text},2026-01-05 10:00:00,,张三,wxid_a\n`;
const table = (texts: readonly string[]) => HEADER + texts.map((text, i) => row(i, text)).join('');
const TEXTS = Array.from({ length: 50 }, (_, i) => `现货充足，第${i}条`);

const read = async (name: string, bytes: Uint8Array) => {
  const run = await importBytes(name, bytes);
  return {
    texts: run.messages.map(({ text }) => text),
    flags: run.messages.flatMap(({ flags }) => flags),
    run,
  };
};

describe('every message is kept', () => {
  test.each<[string, Uint8Array]>([
    ...(['gb18030', 'utf-16le', 'utf-16le-bom', 'utf-16be', 'utf-16be-bom', 'utf-8-bom'] as Shape[]).map(
      (shape): [string, Uint8Array] => [shape, encodeAs(table(TEXTS), shape)],
    ),
    ['CRLF', Buffer.from(table(TEXTS).replaceAll('\n', '\r\n'))],
    ['CR alone', Buffer.from(table(TEXTS).replaceAll('\n', '\r'))],
  ])('%s', async (_, bytes) => {
    const { texts, flags, run } = await read('chat.csv', bytes);
    expect(texts).toEqual(TEXTS);
    expect(flags).toEqual([]);
    expect(tally(run.ranges).skipped).toBe(0);
  });

  test('with U+2028, U+2029, U+0085 and vertical tabs inside', async () => {
    const odd = TEXTS.map((text) => `${text}\u2028\u2029\u0085\u000b后`);
    expect((await read('chat.csv', Buffer.from(table(odd)))).texts).toEqual(odd);
  });

  test('with stray bytes, which are replaced and flagged in their message only', async () => {
    const [before, after] = table(TEXTS).split('第20条') as [string, string];
    const bytes = Buffer.concat([
      Buffer.from(before),
      Buffer.from([0xff, 0xc0]),
      Buffer.from(`第20条${after}`),
    ]);
    const { texts, run } = await read('chat.csv', bytes);
    expect(texts).toHaveLength(TEXTS.length);
    expect(
      run.messages
        .filter(({ flags }) => flags.includes('invalid-bytes-replaced'))
        .map(({ ordinal }) => ordinal),
    ).toEqual([20]);
    expect(texts[20]).toBe('现货充足，\ufffd\ufffd第20条');
    expect(tally(run.ranges).skipped).toBe(0);
  });
});

describe('a line over 16 MiB is skipped by name, and all others are kept', () => {
  const long = 'x'.repeat(17 * 1024 * 1024);
  const said = (i: number, text: string) => `2026/1/5 10:0${i} - 张三: ${text}\n`;
  const archived = (i: number, text: string) =>
    `{"msgid":"${i}","action":"send","from":"a","tolist":["b"],"roomid":"wr1","msgtime":${1_767_578_400_000 + i},"msgtype":"text","text":{"content":"${text}"}}\n`;
  test.each([
    ['chat.csv', table(['一', long, '三'])],
    ['WhatsApp Chat with B.txt', [said(1, '一'), said(2, long), said(3, '三')].join('')],
    ['archive.jsonl', [archived(1, '一'), archived(2, long), archived(3, '三')].join('')],
  ])('%s', async (name, text) => {
    const { texts, run } = await read(name, Buffer.from(text));
    expect(texts).toEqual(['一', '三']);
    expect(tally(run.ranges).skips).toEqual({ 'line-too-long': 1 });
  });
});
