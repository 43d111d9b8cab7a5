/**
 * A copy with damaged records: every record beside the damage is kept with its own words, and what is
 * lost is named. Damage is pseudo-random from a fixed seed.
 */
import { describe, expect, test } from 'vitest';
import type { Run } from './helpers.ts';
import { runImporter, sniffed, tally } from './helpers.ts';

const RECORDS = 1200;
const DAMAGED = 50;

function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

interface Format {
  readonly name: string;
  readonly head: string;
  readonly record: (i: number) => string;
  readonly separator: string;
  readonly tail: string;
}

const telegram = (i: number): Record<string, unknown> => ({
  id: i,
  type: 'message',
  date: '2024-01-05T09:15:00',
  date_unixtime: String(1704417300 + i),
  from: `U${i % 5}`,
  from_id: `user${i % 5}`,
  text: i % 3 === 0 ? ['看 ', { type: 'bold', text: `m${i}x` }, ' 吧'] : `内容 m${i}x "引号" {括号}`,
  text_entities: [{ type: 'plain', text: 'p' }],
});

const chatlab = (i: number): Record<string, unknown> => ({
  _type: 'message',
  sender: String(i % 7),
  accountName: `n${i % 7}`,
  timestamp: 1703001600 + i,
  type: 0,
  content: `内容 m${i}x "引号"`,
});

const qqExporter = (i: number): Record<string, unknown> => ({
  id: String(7000 + i),
  seq: String(i),
  timestamp: 1767578400000 + i,
  time: '2026-01-05T02:00:00.000Z',
  sender: { uid: `u_${i % 7}`, uin: String(10000 + (i % 7)), name: `n${i % 7}` },
  type: 'text',
  content: { text: `内容 m${i}x "引号"`, elements: [], resources: [], mentions: [] },
  recalled: false,
  system: false,
});

const LINES_OF_TEXT = new Set(['QQ text', 'LINE text']);

const FORMATS: Readonly<Record<string, Format>> = {
  'WeChatMsg CSV': {
    name: 'x_utf8.csv',
    head: 'localId,TalkerId,Type,SubType,IsSender,CreateTime,Status,StrContent,StrTime,Remark,NickName,Sender\r\n',
    record: (i) => {
      const text =
        i % 5 === 0 ? `"多行 m${i}x\n第二行, ""引号"""` : i % 7 === 0 ? `"m${i}x, 逗号"` : `内容 m${i}x`;
      return `${i},217,1,0,0,${1767578400 + i},3,${text},2026-01-05 10:00:00,备注,昵称${i % 9},wxid_${i % 9}`;
    },
    separator: '\r\n',
    tail: '\r\n',
  },
  'WeCom JSON lines': {
    name: 'x.jsonl',
    head: '',
    record: (i) =>
      JSON.stringify({
        msgid: `id${i}`,
        action: 'send',
        from: `u${i % 7}`,
        tolist: ['a', 'b'],
        roomid: 'wrX',
        msgtime: 1767578400000 + i,
        msgtype: 'text',
        text: { content: `内容 m${i}x "引号"` },
      }),
    separator: '\n',
    tail: '\n',
  },
  'Telegram, pretty-printed': {
    name: 'result.json',
    head: '{\n "name": "G",\n "type": "private_supergroup",\n "id": 5,\n "messages": [\n  ',
    record: (i) => JSON.stringify(telegram(i), null, 1).replaceAll('\n', '\n  '),
    separator: ',\n  ',
    tail: '\n ]\n}',
  },
  'Telegram, in one line': {
    name: 'result.json',
    head: '{"name":"G","type":"private_supergroup","id":5,"messages":[',
    record: (i) => JSON.stringify(telegram(i)),
    separator: ',',
    tail: ']}',
  },
  'ChatLab JSON': {
    name: 'x.json',
    head: '{"chatlab":{"version":"0.0.2"},"meta":{"name":"g","platform":"qq","type":"group"},"messages":[',
    record: (i) => JSON.stringify(chatlab(i)),
    separator: ',\n',
    tail: ']}',
  },
  'ChatLab JSON lines': {
    name: 'x.jsonl',
    head: '{"_type":"header","chatlab":{"version":"0.0.2"},"meta":{"name":"g","platform":"qq","type":"group"}}\n',
    record: (i) => JSON.stringify(chatlab(i)),
    separator: '\n',
    tail: '\n',
  },
  'WhatsApp text': {
    name: 'WhatsApp Chat with G.txt',
    head: '',
    record: (i) => `${1 + (i % 28)}/1/24, 10:15 - User${i % 5}: 内容 m${i}x${i % 6 === 0 ? '\n第二行' : ''}`,
    separator: '\n',
    tail: '\n',
  },
  'QQ text': {
    name: 'x.txt',
    head: '消息记录（此消息记录为文本格式，不支持重新导入）\n\n消息对象:群\n\n',
    record: (i) =>
      `2026-01-${String(1 + Math.floor(i / 60)).padStart(2, '0')} 10:${String(i % 60).padStart(2, '0')}:00 用户${i % 5}(1000${i % 5})\n内容 m${i}x${i % 6 === 0 ? '\n第二行' : ''}\n`,
    separator: '\n',
    tail: '\n',
  },
  'QQ Chat Exporter JSON': {
    name: 'x.json',
    head: '{"metadata":{"name":"QQChatExporter","version":"5"},"chatInfo":{"name":"g","type":"group"},"messages":[',
    record: (i) => JSON.stringify(qqExporter(i)),
    separator: ',\n',
    tail: ']}',
  },
  'QQ Chat Exporter chunk': {
    name: 'c000001.jsonl',
    head: '',
    record: (i) => JSON.stringify(qqExporter(i)),
    separator: '\n',
    tail: '\n',
  },
  'LINE text': {
    name: 'x.txt',
    head: '[LINE] 部室のトーク履歴\n保存日時：2024/04/11 20:01\n\n2024/02/09(金)\n',
    record: (i) =>
      `10:${String(i % 60).padStart(2, '0')}\t名前${i % 5}\t${i % 6 === 0 ? `"内容 m${i}x\n二行目"` : `内容 m${i}x`}`,
    separator: '\n',
    tail: '\n',
  },
  'Feishu JSON lines': {
    name: 'x.jsonl',
    head: '',
    record: (i) =>
      JSON.stringify({
        message_id: `om_${i}`,
        msg_type: 'text',
        create_time: String(1767578460000 + i),
        chat_id: 'oc_1',
        sender: { id: `ou_${i % 7}`, id_type: 'open_id', sender_type: 'user' },
        body: { content: JSON.stringify({ text: `内容 m${i}x "引号"` }) },
      }),
    separator: '\n',
    tail: '\n',
  },
};

const DAMAGES: Readonly<Record<string, (record: Buffer, below: (n: number) => number) => Buffer>> = {
  'cut in half': (record, below) => record.subarray(0, Math.floor(record.length / 2) - below(5)),
  'a structural character too many': (record, below) => {
    const at = below(record.length);
    const extra = Buffer.from('"{}[],:\\'.charAt(below(8)));
    return Buffer.concat([record.subarray(0, at), extra, record.subarray(at)]);
  },
  'flipped bits': (record, below) => {
    const result = Buffer.from(record);
    for (let k = 0; k < 3; k++) {
      const at = below(result.length);
      result[at] = (result[at] as number) ^ (1 << below(8));
    }
    return result;
  },
  'bytes lost': (record, below) => {
    const at = below(record.length);
    return Buffer.concat([record.subarray(0, at), record.subarray(at + 1 + below(9))]);
  },
  garbage: (record, below) => {
    const at = below(record.length);
    const bytes = Uint8Array.from({ length: 1 + below(20) }, () => below(256));
    return Buffer.concat([record.subarray(0, at), bytes, record.subarray(at)]);
  },
};

function marks(text: string): number[] {
  return [...text.matchAll(/m(\d+)x/g)].map((match) => Number(match[1]));
}

interface Damaged {
  readonly bytes: Buffer;
  readonly hit: ReadonlySet<number>;
}

function damaged(
  format: Format,
  damage: (record: Buffer, below: (n: number) => number) => Buffer,
  seed: number,
): Damaged {
  const below = random(seed);
  const hit = new Set<number>();
  while (hit.size < DAMAGED) hit.add(below(RECORDS));
  const parts: Buffer[] = [Buffer.from(format.head)];
  for (let i = 0; i < RECORDS; i++) {
    const record = Buffer.from(format.record(i));
    parts.push(
      hit.has(i) ? damage(record, below) : record,
      Buffer.from(i < RECORDS - 1 ? format.separator : format.tail),
    );
  }
  return { bytes: Buffer.concat(parts), hit };
}

async function read(format: Format, bytes: Buffer): Promise<Run> {
  const sound = Buffer.from(
    format.head + format.record(0) + format.separator + format.record(1) + format.tail,
  );
  return runImporter(sniffed(format.name, sound), format.name, bytes);
}

for (const [formatName, format] of Object.entries(FORMATS)) {
  describe(formatName, () => {
    test('undamaged, every record is a message', async () => {
      const records = Array.from({ length: RECORDS }, (_, i) => format.record(i));
      const run = await read(format, Buffer.from(format.head + records.join(format.separator) + format.tail));
      expect(run.messages.flatMap(({ text }) => marks(text))).toEqual(records.map((_, i) => i));
      expect(tally(run.ranges).skipped).toBe(0);
    });

    for (const [damageName, damage] of Object.entries(DAMAGES)) {
      test(`50 records with ${damageName}`, async () => {
        for (const seed of [1, 2, 3]) {
          const { bytes, hit } = damaged(format, damage, seed);
          const run = await read(format, bytes);
          const found = new Set(run.messages.flatMap(({ text }) => marks(text)));
          const lost = Array.from({ length: RECORDS }, (_, i) => i).filter(
            (i) => !hit.has(i) && !found.has(i),
          );
          expect(lost).toEqual([]);
          if (formatName !== 'WhatsApp text') {
            // No damaged record's words, nor those below it, stand in the message of somebody else. Of lines
            // of text whose head is all but gone nothing shows that they were a record.
            const swallowed = run.messages.filter(({ text }) => marks(text).length > 1).length;
            expect(swallowed).toBeLessThanOrEqual(LINES_OF_TEXT.has(formatName) ? 3 : 0);
          }
          // A record's own mark may be damaged, so records are counted, not looked for.
          const named = Object.values(tally(run.ranges).skips).reduce((sum, count) => sum + count, 0);
          if (formatName !== 'WhatsApp text') {
            const unseen = LINES_OF_TEXT.has(formatName) ? 5 : 2;
            expect(run.messages.length + named).toBeGreaterThanOrEqual(RECORDS - unseen);
          }
        }
      });
    }

    test('cut in half: every record before the cut is kept, and at most one is lost', async () => {
      const records = Array.from({ length: RECORDS }, (_, i) => format.record(i));
      const whole = Buffer.from(format.head + records.join(format.separator) + format.tail);
      for (const share of [0.3, 0.5, 0.77]) {
        const run = await read(format, whole.subarray(0, Math.floor(whole.length * share)));
        const found = run.messages.flatMap(({ text }) => marks(text));
        expect(found).toEqual(found.map((_, i) => i));
        expect(found.length).toBeGreaterThan(RECORDS * share * 0.95 - 2);
      }
    });
  });
}

test('WhatsApp: records cut in half are named, not given to the person above', async () => {
  const format = FORMATS['WhatsApp text'] as Format;
  const { bytes } = damaged(format, (record) => record.subarray(0, 14), 4);
  const run = await read(format, bytes);
  expect(run.messages.filter(({ text }) => /\d\d?\/1\/24/.test(text))).toEqual([]);
  expect(tally(run.ranges).skips['bad-row']).toBe(DAMAGED);
});
