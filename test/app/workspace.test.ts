import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CallFailed } from '../../src/contract/client.ts';
import { SCRATCH_PREFIX } from '../../src/core/evidence/scratch.ts';
import { missingIndexes } from '../../src/core/storage/messages/bulk-load.ts';
import { RESOURCES, type TestBench, testBench } from '../builders/bench.ts';
import { wechatCsv } from '../cli/support.ts';

const FIRST = 'first officer passphrase';
const SECOND = 'second officer passphrase';
let made: TestBench;
let recoveryKey: string;

beforeEach(async () => {
  made = testBench();
  const created = await made.call('workspace.create', {
    profile: 'employer',
    officerName: 'One',
    passphrase: FIRST,
  });
  recoveryKey = created.recoveryKey;
});
afterEach(() => {
  expect(made.reported).toEqual([]);
  made.remove();
});

/** The code that a call fails with; undefined where it succeeds. */
async function codeOf(call: Promise<unknown>): Promise<string | undefined> {
  try {
    await call;
    return undefined;
  } catch (error) {
    return (error as CallFailed).failure.code;
  }
}

async function status() {
  return made.call('workspace.status', {});
}

describe('opening', () => {
  test('a locked workspace answers nothing but its state and who can unlock it', async () => {
    await made.call('workspace.lock', {});
    expect(await status()).toMatchObject({ state: 'locked', officer: null, prefix: null });
    expect((await status()).officers.map(({ name }) => name)).toEqual(['One']);
    expect(await codeOf(made.call('hits.list', { filter: {} }))).toBe('workspace-locked');
  });

  test('a wrong passphrase changes nothing, the right one opens', async () => {
    const { officers } = await status();
    const officerId = officers[0]?.id ?? '';
    await made.call('workspace.lock', {});
    expect(await codeOf(made.call('workspace.unlock', { officerId, passphrase: 'wrong' }))).toBe('wrong-key');
    expect((await status()).state).toBe('locked');
    expect((await made.call('workspace.unlock', { officerId, passphrase: FIRST })).state).toBe('open');
  });

  test('removes what a check that was cut off left on disk', async () => {
    const { officers } = await status();
    await made.call('workspace.lock', {});
    const folder = join(made.root, 'workspace');
    const left = () => readdirSync(folder).filter((name) => name.startsWith(SCRATCH_PREFIX));
    writeFileSync(join(folder, `${SCRATCH_PREFIX}00`), 'noise');
    expect(left().length).toBe(1);
    await made.call('workspace.unlock', { officerId: officers[0]?.id ?? '', passphrase: FIRST });
    expect(left()).toEqual([]);
  });

  test('the recovery key gives an officer a new passphrase and a new signing key', async () => {
    const before = (await status()).officer;
    await made.call('workspace.lock', {});
    const officerId = before?.id ?? '';
    const opened = await made.call('workspace.recover', { recoveryKey, officerId, newPassphrase: SECOND });
    expect(opened.officer?.fingerprint).not.toBe(before?.fingerprint);
    await made.call('workspace.lock', {});
    expect(await codeOf(made.call('workspace.unlock', { officerId, passphrase: FIRST }))).toBe('wrong-key');
    expect((await made.call('workspace.unlock', { officerId, passphrase: SECOND })).state).toBe('open');
  });

  test('a new recovery key takes the place of the old one', async () => {
    const renewed = await made.call('workspace.newRecoveryKey', { passphrase: FIRST });
    const officerId = (await status()).officer?.id ?? '';
    await made.call('workspace.lock', {});
    const recover = (key: string) =>
      made.call('workspace.recover', { recoveryKey: key, officerId, newPassphrase: SECOND });
    expect(await codeOf(recover(recoveryKey))).toBe('wrong-key');
    expect(await codeOf(recover(renewed.recoveryKey))).toBeUndefined();
  });

  test('a second workspace in the same folder is refused', async () => {
    const again = made.call('workspace.create', { profile: 'platform', officerName: 'X', passphrase: FIRST });
    expect(await codeOf(again)).toBe('workspace-exists');
  });
});

describe('officers', () => {
  test('only an administrator adds officers; each opens with their own passphrase', async () => {
    const officer = await made.call('officers.create', { name: 'Two', role: 'officer', passphrase: SECOND });
    await made.call('workspace.lock', {});
    const opened = await made.call('workspace.unlock', { officerId: officer.id, passphrase: SECOND });
    expect(opened.officer?.name).toBe('Two');
    const more = made.call('officers.create', { name: 'Three', role: 'officer', passphrase: SECOND });
    expect(await codeOf(more)).toBe('not-allowed');
  });

  test('an officer who left opens nothing, and nobody removes themselves', async () => {
    const officer = await made.call('officers.create', { name: 'Two', role: 'legal', passphrase: SECOND });
    const own = (await status()).officer?.id ?? '';
    expect(await codeOf(made.call('officers.deactivate', { officerId: own, reason: 'x' }))).toBe('conflict');
    await made.call('officers.deactivate', { officerId: officer.id, reason: 'left the firm' });
    await made.call('workspace.lock', {});
    const unlock = made.call('workspace.unlock', { officerId: officer.id, passphrase: SECOND });
    expect(await codeOf(unlock)).toBe('wrong-key');
  });
});

describe('reading content', () => {
  test('is logged, counted per conversation, before the next officer acts', async () => {
    writeFileSync(join(made.root, 'chats.csv'), wechatCsv(30));
    await made.call('sources.import', { jobId: 'i', files: [{ path: join(made.root, 'chats.csv') }] });
    const { rows } = await made.call('messages.search', { filter: { text: '库存' }, limit: 10 });
    expect(rows).toHaveLength(10);
    const officerId = (await status()).officer?.id ?? '';
    await made.call('workspace.lock', {});
    await made.call('workspace.unlock', { officerId, passphrase: FIRST });
    const { rows: events } = await made.call('audit.list', { type: 'content.viewed' });
    expect(events).toHaveLength(1);
    expect(events[0]?.event).toMatchObject({ subject: { type: 'conversation' }, after: { messages: 10 } });
  });

  test('of several conversations in one listing is one event that counts each', async () => {
    for (const talker of ['9', '10']) {
      const path = join(made.root, `${talker}.csv`);
      writeFileSync(path, wechatCsv(3).replaceAll(',9,1,0', `,${talker},1,0`));
      await made.call('sources.import', { jobId: talker, files: [{ path }] });
    }
    const { rows } = await made.call('messages.search', { filter: {}, limit: 10 });
    const shown = new Set(rows.map((row) => row.conversationId));
    expect(shown.size).toBe(2);
    await made.call('workspace.backup', { jobId: 'b', file: join(made.root, 'b.docketbackup') });
    const { rows: events } = await made.call('audit.list', { type: 'content.viewed' });
    expect(events.map(({ event }) => event.subject.type)).toEqual(['workspace']);
    expect(events[0]?.event.after).toEqual({
      messages: 6,
      conversations: Object.fromEntries([...shown].map((id) => [id, 3])),
    });
  });
});

describe('import', () => {
  const csv = (name: string, rows: number) => {
    const path = join(made.root, name);
    writeFileSync(path, wechatCsv(rows));
    return path;
  };

  test('a cancelled import keeps its batches as partial, is left out of detection, and can go on', async () => {
    const path = csv('chats.csv', 40_000);
    const running = made.call('sources.import', { jobId: 'long', files: [{ path }] });
    while (
      !made.events.some(
        (event) => event.type === 'job.progress' && event.step === 'parsing' && event.done > 0,
      )
    ) {
      await new Promise(setImmediate);
    }
    expect(await made.call('jobs.cancel', { jobId: 'long' })).toEqual({ found: true });
    const cut = await running;
    expect(cut.cancelled).toBe(true);
    const [partial] = await made.call('sources.list', {});
    expect(partial?.state).toBe('partial');
    expect(partial?.messages).toBeLessThan(40_000);
    expect((await made.call('detection.start', { jobId: 'd' })).messages).toBe(0);
    const resumed = await made.call('sources.resume', { jobId: 'r', sourceId: partial?.id ?? '' });
    expect(resumed.sources[0]).toMatchObject({ state: 'complete', messages: 40_000 });
    expect((await made.call('workspace.check', { jobId: 'c' })).failures).toEqual([]);
  }, 60_000);

  test('overlapping exports of one chat keep each message once', async () => {
    const lines = wechatCsv(100).split('\r\n');
    const part = (name: string, from: number, to: number) => {
      const path = join(made.root, name);
      writeFileSync(path, [lines[0], ...lines.slice(from, to), ''].join('\r\n'));
      return { path };
    };
    const { sources } = await made.call('sources.import', {
      jobId: 'i',
      files: [part('群聊_utf8.csv', 1, 61), part('群聊.csv', 41, 101)],
    });
    const total = sources.reduce((sum, source) => sum + source.messages - source.duplicates, 0);
    const { rows } = await made.call('conversations.list', {});
    expect(rows.map(({ messages }) => messages)).toEqual(rows.length === 1 ? [100] : [60, 60]);
    expect(total).toBe(rows.length === 1 ? 100 : 120);
  });

  test('a large import knows its repeats without indexes, and all stand again at its end', async () => {
    const path = csv('大群_utf8.csv', 70_000);
    const [first] = (await made.call('sources.import', { jobId: 'a', files: [{ path }] })).sources;
    expect(first?.messages).toBe(70_000);
    const more = join(made.root, '大群.csv');
    writeFileSync(more, wechatCsv(70_100));
    const [second] = (await made.call('sources.import', { jobId: 'b', files: [{ path: more }] })).sources;
    expect(second).toMatchObject({ messages: 70_100, duplicates: 70_000 });
    const { db } = made.bench.session.workspace.store;
    expect(missingIndexes(db)).toEqual([]);
  });

  test('what one sender says again in the same second stays apart, in a large file and in its copy', async () => {
    // 30,000 texts, each in three places: side by side, and far away.
    const lines = wechatCsv(1).split('\r\n');
    const row = (i: number) =>
      `${i},9,1,0,0,${1767578400 + (i % 30_000)},3,第${i % 30_000}条：今天的货到了,2026-01-05 10:00:00,员工,员工,wxid_1`;
    const rows: string[] = [];
    for (let i = 0; i < 30_000; i++) rows.push(row(i), row(i));
    for (let i = 0; i < 30_000; i++) rows.push(row(i));
    const write = (name: string, more: readonly string[]) => {
      const path = join(made.root, name);
      writeFileSync(path, [lines[0], ...rows, ...more, ''].join('\r\n'));
      return { path };
    };
    const [first] = (await made.call('sources.import', { jobId: 'a', files: [write('大群_utf8.csv', [])] }))
      .sources;
    expect(first).toMatchObject({ messages: 90_000, duplicates: 0 });
    const copy = write('大群.csv', [row(5), row(30_000)]);
    const [second] = (await made.call('sources.import', { jobId: 'b', files: [copy] })).sources;
    expect(second).toMatchObject({ messages: 90_002, duplicates: 90_000 });
    expect((await made.call('workspace.check', { jobId: 'c' })).failures).toEqual([]);
  }, 120_000);

  test('direct chats are left out unless ticked; ticking them later adds only them', async () => {
    const path = join(RESOURCES, 'sample', 'wecom-archive.jsonl');
    const [inspection] = await made.call('sources.inspect', { paths: [path] });
    const direct = inspection?.conversations.filter(({ type }) => type === 'direct') ?? [];
    expect(direct.length).toBeGreaterThan(0);
    expect(direct.every(({ selected }) => !selected)).toBe(true);
    const first = await made.call('sources.import', { jobId: 'i', files: [{ path }] });
    const inDirect = direct.reduce((sum, { messages }) => sum + messages, 0);
    const all = await made.call('sources.import', { jobId: 'j', files: [{ path, conversations: 'all' }] });
    const source = all.sources[0];
    expect(all.already).toEqual([]);
    expect((source?.messages ?? 0) - (source?.duplicates ?? 0)).toBe(inDirect);
    expect((first.sources[0]?.messages ?? 0) + inDirect).toBe(source?.messages);
    const again = await made.call('sources.import', { jobId: 'k', files: [{ path }] });
    expect(again.already).toHaveLength(1);
    expect((await made.call('workspace.check', { jobId: 'c' })).failures).toEqual([]);
  });

  test('an excluded source leaves every listing and nothing is deleted', async () => {
    const { sources } = await made.call('sources.import', {
      jobId: 'i',
      files: [{ path: csv('a.csv', 40) }],
    });
    await made.call('detection.start', { jobId: 'd' });
    expect((await made.call('hits.list', { filter: {} })).rows.length).toBeGreaterThan(0);
    await made.call('sources.exclude', { sourceId: sources[0]?.id ?? '', reason: 'wrong file' });
    expect((await made.call('messages.search', { filter: {} })).rows).toEqual([]);
    expect((await made.call('hits.list', { filter: {} })).rows).toEqual([]);
    expect((await made.call('workspace.check', { jobId: 'c' })).failures).toEqual([]);
    expect((await made.call('sources.list', {}))[0]?.messages).toBe(40);
  });

  test('a file that would keep too little is refused with its name, the others go on', async () => {
    const bad = join(made.root, 'bad.csv');
    const lines = wechatCsv(20).split('\r\n');
    writeFileSync(bad, [lines[0], ...Array.from({ length: 100 }, () => 'x,y'), lines[1], ''].join('\r\n'));
    const outcome = await made.call('sources.import', {
      jobId: 'i',
      files: [{ path: bad }, { path: csv('good.csv', 20) }],
    });
    expect(outcome.refused).toMatchObject([{ path: bad, code: 'nothing-kept' }]);
    expect(outcome.sources.map(({ file }) => file)).toEqual(['good.csv']);
    expect(await made.call('sources.list', {})).toHaveLength(1);
  });
});

describe('detection', () => {
  test('a second run finds the same hits again and keeps their verdicts', async () => {
    writeFileSync(join(made.root, 'a.csv'), wechatCsv(100));
    await made.call('sources.import', { jobId: 'i', files: [{ path: join(made.root, 'a.csv') }] });
    const first = await made.call('detection.start', { jobId: 'd' });
    const { rows } = await made.call('hits.list', { filter: {} });
    await made.call('hits.dispose', { hitIds: [rows[0]?.id ?? ''], verdict: 'confirmed' });
    const again = await made.call('detection.start', { jobId: 'd2' });
    expect(again).toMatchObject({ hits: first.hits, added: 0 });
    expect((await made.call('hits.get', { hitId: rows[0]?.id ?? '' })).disposition?.verdict).toBe(
      'confirmed',
    );
    expect((await made.call('workspace.check', { jobId: 'c' })).failures).toEqual([]);
  });
});
