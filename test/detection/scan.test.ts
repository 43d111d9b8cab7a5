import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { judgeBatch } from '../../src/core/detection/detect-batch.ts';
import { DetectionPool } from '../../src/core/detection/detection-pool.ts';
import { scanStream } from '../../src/core/detection/scan-stream.ts';
import { compiled, packOf } from './rules-fixture.ts';

/** Thousands of cases on a busy machine. */
vi.setConfig({ testTimeout: 60_000 });

const rules = compiled(
  packOf([{ match: { terms: ['刷单'] } }, { match: { terms: ['甲'] }, when: { act: ['quote'] } }]),
);
const ENTRY = new URL('../../src/core/detection/detection-worker.ts', import.meta.url);

/** `bytes` in pieces of `size`. */
async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function scan(input: string | Uint8Array, size = 7, pool?: DetectionPool): Promise<string[]> {
  const bytes = typeof input === 'string' ? new TextEncoder().encode(input) : input;
  const out: Uint8Array[] = [];
  const start = pool === undefined ? undefined : async () => pool;
  for await (const block of scanStream(rules, pieces(bytes, size), start)) out.push(block);
  return new TextDecoder().decode(Buffer.concat(out)).split('\n').slice(0, -1);
}

describe('scan', () => {
  it('answers each line in order with the fields of the contract', async () => {
    const lines = await scan('{"id":"a","text":"招刷單"}\n{"id":2,"text":"你好"}\n');
    expect(lines).toHaveLength(2);
    expect(JSON.parse(lines[0] as string)).toEqual({
      id: 'a',
      hits: [
        {
          rule: 'r0',
          category: 'fraud',
          tier: 'illegal',
          severity: 4,
          status: 'hit',
          score: 0.91,
          start: 1,
          end: 3,
          match: '刷單',
          normalized: '刷单',
          transforms: ['traditional'],
          pack: 'test',
          parts: [{ start: 1, end: 3 }],
        },
      ],
    });
    expect(lines[1]).toBe('{"id":2,"hits":[]}');
  });

  it.each<[string, string, string]>([
    ['bad JSON', '{"id":1,', '{"id":null,"error":{"code":"not-json","line":2}}'],
    ['no object', '[1]', '{"id":null,"error":{"code":"not-an-object","line":2}}'],
    ['no text', '{"id":7}', '{"id":7,"error":{"code":"no-text","line":2}}'],
    ['a text that is none', '{"id":7,"text":5}', '{"id":7,"error":{"code":"no-text","line":2}}'],
    ['an unknown act', '{"id":7,"text":"","act":"x"}', '{"id":7,"error":{"code":"bad-act","line":2}}'],
    ['an unknown kind', '{"id":7,"text":"","kind":"x"}', '{"id":7,"error":{"code":"bad-kind","line":2}}'],
    ['no id', '{"text":"x"}', '{"id":null,"hits":[]}'],
    ['a large id', '{"id":7301234567890123456,"text":"x"}', '{"id":7301234567890123456,"hits":[]}'],
    ['a carriage return', '{"id":1,"text":"x"}\r', '{"id":1,"hits":[]}'],
    ['a line separator inside', '{"id":1,"text":"x\u2028y"}', '{"id":1,"hits":[]}'],
  ])('goes on after %s', async (_, line, expected) => {
    const lines = await scan(`{"id":0,"text":"a"}\n${line}\n{"id":9,"text":"b"}`);
    expect(lines).toEqual(['{"id":0,"hits":[]}', expected, '{"id":9,"hits":[]}']);
  });

  it('names a line that is not UTF-8 and keeps its neighbours', async () => {
    const good = new TextEncoder().encode('{"id":1,"text":"好"}\n');
    const bad = Uint8Array.from([0x7b, 0xff, 0x7d, 0x0a]);
    expect(await scan(Buffer.concat([good, bad, good]), 1000)).toEqual([
      '{"id":1,"hits":[]}',
      '{"id":null,"error":{"code":"not-utf8","line":2}}',
      '{"id":1,"hits":[]}',
    ]);
  });

  it('passes over blank lines but counts them, and drops a byte order mark', async () => {
    expect(await scan('\ufeff\n \n{"id":1,"text":"x"}\n\nx')).toEqual([
      '{"id":1,"hits":[]}',
      '{"id":null,"error":{"code":"not-json","line":5}}',
    ]);
  });

  it('names a line of more than 16 MB and goes on', async () => {
    const long = `{"id":1,"text":"${'x'.repeat(17 * 1024 * 1024)}"}`;
    expect(await scan(`{"id":0,"text":"x"}\n${long}\n{"id":2,"text":"x"}\nx\n`, 64 * 1024)).toEqual([
      '{"id":0,"hits":[]}',
      '{"id":null,"error":{"code":"line-too-long","line":2}}',
      '{"id":2,"hits":[]}',
      '{"id":null,"error":{"code":"not-json","line":4}}',
    ]);
  });

  it('takes the act of a line', async () => {
    const lines = await scan('{"id":1,"text":"甲"}\n{"id":2,"text":"甲","act":"quote"}\n');
    expect(lines.map((line) => JSON.parse(line).hits.length)).toEqual([0, 1]);
  });

  it('does not depend on how the input is cut', async () => {
    const input = Array.from({ length: 40 }, (_, id) => JSON.stringify({ id, text: '招刷单😀' })).join('\n');
    const whole = await scan(input, 1_000_000);
    for (const size of [1, 3, 64]) expect(await scan(input, size)).toEqual(whole);
  });

  it('lets the reader stop', async () => {
    const input = new TextEncoder().encode('{"id":1,"text":"x"}\n'.repeat(100_000));
    for await (const block of scanStream(rules, pieces(input, 65_536))) {
      expect(block.length).toBeGreaterThan(0);
      break;
    }
  });

  it('throws what the input throws', async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield new TextEncoder().encode('{"id":1,"text":"x"}\n');
      throw new Error('the disk is gone');
    }
    const read = async (): Promise<void> => {
      for await (const block of scanStream(rules, broken())) expect(block).toBeDefined();
    };
    await expect(read()).rejects.toThrow('the disk is gone');
  });
});

describe('the pool', () => {
  let pool: DetectionPool;
  beforeAll(async () => {
    const started = await DetectionPool.start({ entry: ENTRY, workers: 2, packs: rules.packs });
    if (!started.ok) throw new Error('the workers did not start');
    pool = started.pool;
  });
  afterAll(() => pool.close());

  const items = Array.from({ length: 1000 }, (_, index) => ({
    id: String(index),
    text: index % 3 === 0 ? '招刷單 甲' : '你好\ud83d',
    act: index % 2 === 0 ? ('own-post' as const) : ('quote' as const),
    conversationType: 'group' as const,
    kind: 'text' as const,
  }));

  it('gives the same hits as this thread', async () => {
    expect(await pool.judge(items)).toEqual({ ok: true, found: judgeBatch(rules, items) });
  });

  it('answers many batches at once, each with its own', async () => {
    const batches = [1, 5, 0, 100, 7].map((count) => items.slice(0, count));
    const results = await Promise.all(batches.map((batch) => pool.judge(batch)));
    expect(results).toEqual(batches.map((batch) => ({ ok: true, found: judgeBatch(rules, batch) })));
  });

  it('scans a long input in order, as this process does', async () => {
    const input = Array.from({ length: 200_000 }, (_, id) =>
      JSON.stringify({ id, text: id % 500 === 0 ? '刷单' : '今天天气不错' }),
    ).join('\n');
    const alone = await scan(input, 65_536);
    expect(alone).toHaveLength(200_000);
    expect(await scan(input, 65_536, pool)).toEqual(alone);
  });

  it('says why it cannot start', async () => {
    const broken = rules.packs.map((loaded) => ({
      ...loaded,
      pack: { ...loaded.pack, rules: [{ ...loaded.pack.rules[0], match: { regex: '(' } }] },
    })) as never;
    const started = await DetectionPool.start({ entry: ENTRY, workers: 1, packs: broken });
    expect(started).toMatchObject({ ok: false, code: 'worker-failed' });
  });

  it('cancels what is open and what comes later', async () => {
    const started = await DetectionPool.start({ entry: ENTRY, workers: 1, packs: rules.packs });
    if (!started.ok) throw new Error('the worker did not start');
    const open = [started.pool.judge(items), started.pool.judge(items)];
    started.pool.cancel();
    expect((await Promise.all(open)).at(-1)).toEqual({ ok: false, code: 'cancelled' });
    expect(await started.pool.judge(items)).toEqual({ ok: false, code: 'cancelled' });
    await started.pool.close();
  });

  it('a worker that dies fails its requests and does not hang', async () => {
    const started = await DetectionPool.start({ entry: ENTRY, workers: 1, packs: rules.packs });
    if (!started.ok) throw new Error('the worker did not start');
    const open = started.pool.judge(items.flatMap((item) => Array.from({ length: 50 }, () => item)));
    await started.pool.close();
    expect(await open).toMatchObject({ ok: false, code: 'worker-failed' });
    expect(await started.pool.judge(items)).toMatchObject({ ok: false, code: 'worker-failed' });
  });
});
