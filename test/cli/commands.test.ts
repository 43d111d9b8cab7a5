/** The command line's contract: exit codes, one JSON value, messages on stderr. */
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { derivedKey, readKeyFile, unlockSlot } from '../../src/core/storage/key-slots.ts';
import { collect, type Terminal, terminal, wechatCsv } from './support.ts';

const PASSPHRASE = 'correct horse battery';
let shell: Terminal;
let workspace: string[];

beforeAll(async () => {
  shell = terminal();
  workspace = ['--workspace', shell.at('ws')];
  writeFileSync(shell.at('chats.csv'), wechatCsv(200));
  await shell.json('init', '--profile', 'platform', '--name', 'Officer One', ...workspace);
}, 60_000);
afterAll(() => shell.remove());

describe('exit codes', () => {
  test.each([
    ['no command', [], 2],
    ['an unknown command', ['frobnicate'], 2],
    ['an unknown option', ['stats', '--frobnicate'], 2],
    ['a missing argument', ['import'], 2],
    ['a bad zone', ['import', 'FILE', '--zone', 'Mars/Olympus'], 3],
    ['an unknown category', ['hits', '--category', 'nonsense'], 2],
    ['help', ['--help'], 0],
    ['help of a command', ['import', '--help'], 0],
    ['the version', ['--version'], 0],
  ])('%s', async (_, args, code) => {
    const given = args.map((arg) => (arg === 'FILE' ? shell.at('chats.csv') : arg));
    expect((await shell.run(...given, ...(given.length > 1 ? workspace : []))).code).toBe(code);
  });

  test('a mistyped command is told the likeliest one, one like none is not', async () => {
    expect((await shell.run('imprt')).stderr).toContain('perhaps import');
    expect((await shell.run('frobnicate')).stderr).not.toContain('perhaps');
  });

  test('a file of no known format is refused with its name', async () => {
    writeFileSync(shell.at('noise.bin'), Buffer.from([0, 1, 2, 3, 255, 254]));
    const { code, stderr } = await shell.run('import', shell.at('noise.bin'), ...workspace);
    expect(code).toBe(3);
    expect(stderr).toContain('noise.bin');
    expect(stderr).toContain('format-unknown');
  });

  test('a file that is not there is refused with its name', async () => {
    const { code, stderr } = await shell.run('import', shell.at('gone.csv'), ...workspace);
    expect(code).toBe(3);
    expect(stderr).toContain('gone.csv');
  });

  test('no workspace, wrong key, no key, in use, newer, damaged: 4, each with its own words', async () => {
    const words = async (...args: string[]) => {
      const { code, stderr } = await shell.run(...args);
      expect(code, stderr).toBe(4);
      return /\[([a-z-]+)\]/.exec(stderr)?.[1];
    };
    expect(await words('stats', '--workspace', shell.at('nowhere'))).toBe('workspace-missing');
    shell.key('wrong passphrase');
    expect(await words('stats', ...workspace)).toBe('wrong-key');
    shell.key(null);
    expect(await words('stats', ...workspace)).toBe('workspace-locked');
    shell.key(PASSPHRASE);

    const holder = new Sqlite(join(shell.at('ws'), 'docket.lock'));
    holder.exec('BEGIN EXCLUSIVE');
    expect(await words('stats', ...workspace)).toBe('workspace-in-use');
    holder.close();

    await shell.json('init', '--workspace', shell.at('other'));
    const file = readKeyFile(shell.at('other'));
    const officerId = file.slots[0]?.officerId ?? '';
    const { dataKey } = unlockSlot(file, { kind: 'passphrase', officerId, passphrase: PASSPHRASE });
    const db = new Sqlite(shell.at('other/docket.db'));
    db.pragma(`cipher='aegis'`);
    db.pragma(`key='raw:${derivedKey(dataKey, 'database').toString('hex')}'`);
    db.pragma('user_version = 9999');
    db.close();
    expect(await words('stats', '--workspace', shell.at('other'))).toBe('workspace-newer');

    const bytes = readFileSync(shell.at('other/docket.db'));
    writeFileSync(shell.at('other/docket.db'), bytes.fill(7, 0, 4096));
    expect(await words('stats', '--workspace', shell.at('other'))).toBe('workspace-damaged');
  }, 60_000);
});

describe('import', () => {
  interface Imported {
    sources: {
      messages: number;
      duplicates: number;
      already: boolean;
      bytes: number;
      zone: { id: string; assumed: boolean };
      ledger: { parsedBytes: number; skippedBytes: number; ignoredBytes: number };
      skips: { code: string; count: number; firstLine: number }[];
    }[];
  }

  test('keeps every message, balances its ledger, and adds nothing the second time', async () => {
    const first = (await shell.json<Imported>('import', shell.at('chats.csv'), ...workspace)).sources[0];
    expect(first).toMatchObject({ messages: 200, duplicates: 0, already: false, skips: [] });
    expect(first?.zone.assumed).toBe(false);
    const { parsedBytes = 0, skippedBytes = 0, ignoredBytes = 0 } = first?.ledger ?? {};
    expect(parsedBytes + skippedBytes + ignoredBytes).toBe(first?.bytes);
    const again = (await shell.json<Imported>('import', shell.at('chats.csv'), ...workspace)).sources[0];
    expect(again).toMatchObject({ messages: 200, duplicates: 200, already: true });
  }, 60_000);

  test('damaged rows are counted and named, the rest is kept', async () => {
    const lines = wechatCsv(300).split('\r\n');
    for (const line of [10, 50, 90]) lines[line] = 'garbage,"unclosed';
    writeFileSync(shell.at('damaged.csv'), lines.join('\r\n'));
    const { sources } = await shell.json<Imported>('import', shell.at('damaged.csv'), ...workspace);
    expect(sources[0]?.messages).toBe(297);
    expect(sources[0]?.skips.reduce((sum, skip) => sum + skip.count, 0)).toBe(3);
    expect(sources[0]?.skips[0]?.firstLine).toBe(11);
  }, 60_000);
});

describe('scan', () => {
  test('needs no workspace; answers every line in order, bad ones with their number', async () => {
    const pack = {
      id: 'mine',
      version: '1',
      title: { zh: '测试', en: 'test' },
      rules: [
        {
          id: 'r1',
          category: 'gambling',
          severity: 4,
          title: { zh: '赌', en: 'gamble' },
          match: { terms: ['上下分'] },
        },
      ],
    };
    writeFileSync(shell.at('pack.json'), JSON.stringify(pack));
    const child = shell.start('scan', '--pack', shell.at('pack.json'));
    child.stdin?.write(`${JSON.stringify({ id: 'a', text: '今天吃什么' })}\n`);
    child.stdin?.write('not json\n');
    child.stdin?.write(`${JSON.stringify({ id: 'b', text: '群里上 下*分找他' })}\n`);
    const { code, stdout } = await collect(child);
    expect(code).toBe(0);
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines[0]).toEqual({ id: 'a', hits: [] });
    expect(lines[1].error.line).toBe(2);
    expect(lines[2].id).toBe('b');
    expect(lines[2].hits[0]).toMatchObject({
      rule: 'r1',
      category: 'gambling',
      start: 2,
      end: 7,
      match: '上 下*分',
    });
  });
});

describe('backup and restore', () => {
  test('a restored workspace opens with the same key and checks clean', async () => {
    const backup = shell.at('ws.docket-backup');
    await shell.json('backup', backup, ...workspace);
    await shell.json('restore', backup, '--workspace', shell.at('restored'));
    const checked = await shell.json<{ ok: boolean }>('check', '--workspace', shell.at('restored'));
    expect(checked.ok).toBe(true);
    const stats = (folder: string) =>
      shell.json<{ totals: { messages: number } }>('stats', '--workspace', shell.at(folder));
    expect((await stats('restored')).totals.messages).toBe((await stats('ws')).totals.messages);
  }, 60_000);

  test('a backup with one byte changed is refused and leaves nothing', async () => {
    const bytes = readFileSync(shell.at('ws.docket-backup'));
    const middle = Math.floor(bytes.length / 2);
    bytes[middle] = (bytes[middle] ?? 0) ^ 1;
    writeFileSync(shell.at('bad.docket-backup'), bytes);
    const { code, stderr } = await shell.run(
      'restore',
      shell.at('bad.docket-backup'),
      '--workspace',
      shell.at('never'),
    );
    expect(code).toBe(4);
    expect(stderr).toContain('workspace-damaged');
    expect((await shell.run('stats', '--workspace', shell.at('never'))).code).toBe(4);
  }, 60_000);
});

test('demo does the whole job and leaves a pack that verifies', async () => {
  shell.key(null);
  const demo = await shell.json<{ steps: { name: string }[]; pack: string }>(
    'demo',
    '--out',
    shell.at('demo'),
  );
  shell.key(PASSPHRASE);
  expect(demo.steps.map(({ name }) => name)).toEqual([
    'workspace',
    'import',
    'detect',
    'review',
    'case',
    'decision',
    'report',
    'pack',
    'verify',
    'check',
  ]);
  expect((await shell.run('verify', demo.pack)).code).toBe(0);
  copyFileSync(demo.pack, shell.at('changed.zip'));
  const bytes = readFileSync(shell.at('changed.zip'));
  const at = bytes.indexOf('messages.ndjson') + 400;
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  writeFileSync(shell.at('changed.zip'), bytes);
  const verified = await shell.run('verify', shell.at('changed.zip'), '--json');
  expect(verified.code).toBe(1);
  expect(JSON.parse(verified.stdout).failures.length).toBeGreaterThan(0);
}, 120_000);
