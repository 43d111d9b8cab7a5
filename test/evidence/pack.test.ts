/** The pack as a stranger meets it: with unzip, sha256sum, openssl and python3, and nothing of Docket. */
import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256 } from '../../src/core/audit/digest.ts';
import { PAYLOAD_FILES, parseBagInfo, parseManifest, TOP_FILES } from '../../src/core/evidence/bag-tags.ts';
import { buildPack } from '../../src/core/evidence/build-pack.ts';
import type { PackInput, PackMessage } from '../../src/core/evidence/pack-content.ts';
import { verifyPack } from '../../src/core/evidence/verify-pack.ts';
import { testKey, testMessage, uid } from '../builders/evidence-messages.ts';
import { smallCase, testSource } from '../builders/evidence-pack.ts';
import { type TestPack, testPack } from '../builders/evidence-tamper.ts';

const officer = testKey('officer');
const second = testKey('second');

/** Runs an ordinary tool; a tool that is not there fails the test and says so. */
function tool(name: string, args: readonly string[], cwd: string): string {
  try {
    return execFileSync(name, args, {
      cwd,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, LC_ALL: 'C' },
    });
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') {
      throw new Error(
        `this test needs ${name}: install it (apt-get install unzip coreutils openssl python3)`,
      );
    }
    throw error;
  }
}

let made: TestPack;
/** The unzipped bag. */
let bag: string;
beforeAll(async () => {
  made = await testPack(smallCase(officer, second), officer);
  const out = join(made.folder, 'out');
  mkdirSync(out);
  tool('unzip', ['-q', made.pack, '-d', out], made.folder);
  bag = join(out, readdirSync(out)[0] as string);
});
afterAll(() => made.remove());

const read = (path: string) => readFileSync(join(bag, path), 'utf8');

const listedFiles = () => [...(parseManifest(read('manifest-sha256.txt'))?.keys() ?? [])];

describe('with ordinary tools', () => {
  it('unzip finds the archive whole and every name ASCII', () => {
    expect(tool('unzip', ['-t', made.pack], made.folder)).toContain('No errors detected');
    expect(tool('unzip', ['-Z1', made.pack], made.folder)).toMatch(/^[\x20-\x7e\n]+$/);
  });

  it('python zipfile reads every entry with the sums that it states', () => {
    const script =
      'import sys,zipfile; z=zipfile.ZipFile(sys.argv[1]); print(z.testzip(), len(z.namelist()))';
    expect(tool('python3', ['-c', script, made.pack], made.folder).trim()).toBe(
      `None ${listedFiles().length + TOP_FILES.size}`,
    );
  });

  it('sha256sum -c passes for both manifests, and names a changed file', () => {
    expect(tool('sha256sum', ['-c', 'manifest-sha256.txt'], bag).match(/: OK/g)).toHaveLength(
      listedFiles().length,
    );
    expect(tool('sha256sum', ['-c', 'tagmanifest-sha256.txt'], bag).match(/: OK/g)).toHaveLength(3);
    const copy = join(made.folder, 'changed');
    tool('cp', ['-r', bag, copy], made.folder);
    appendFileSync(join(copy, 'data/messages.ndjson'), ' ');
    const checked = tool('sh', ['-c', 'sha256sum -c manifest-sha256.txt || true'], copy);
    expect(checked).toContain('data/messages.ndjson: FAILED');
  });

  const verify = ['pkeyutl', '-verify', '-pubin', '-inkey', 'data/public-key.pem', '-rawin'];
  it('openssl verifies the signature over the tag manifest, and no other', () => {
    const args = [...verify, '-sigfile', 'signature.bin', '-in'];
    expect(tool('openssl', [...args, 'tagmanifest-sha256.txt'], bag)).toContain('Verified Successfully');
    expect(() => tool('openssl', [...args, 'manifest-sha256.txt'], bag)).toThrow();
  });

  it('openssl gives the fingerprint that is written down outside', () => {
    const pipe = 'openssl pkey -pubin -in data/public-key.pem -outform DER | tail -c 32 | sha256sum';
    expect(tool('sh', ['-c', pipe], bag).slice(0, 64)).toBe(officer.fingerprint);
  });

  it('openssl verifies a decision by the text that was signed', () => {
    const { decisions, keys } = JSON.parse(read('data/decisions.json'));
    decisions[0].signatures.forEach(({ signed, signature }: Record<string, string>, i: number) => {
      writeFileSync(join(made.folder, 'signed.txt'), signed as string);
      writeFileSync(join(made.folder, 'signed.sig'), Buffer.from(signature as string, 'base64'));
      writeFileSync(join(made.folder, 'signed.pem'), keys[i].publicKey);
      const args = ['-inkey', 'signed.pem', '-rawin', '-in', 'signed.txt', '-sigfile', 'signed.sig'];
      expect(tool('openssl', ['pkeyutl', '-verify', '-pubin', ...args], made.folder)).toContain('Success');
    });
  });

  it('the script of the bag finds it intact, and names a changed message', () => {
    expect(tool('python3', ['data/verify.py', '.', '--key', officer.fingerprint], bag)).toContain('intact');
    const copy = join(made.folder, 'changed-text');
    tool('cp', ['-r', bag, copy], made.folder);
    const path = join(copy, 'data/messages.ndjson');
    writeFileSync(path, readFileSync(path, 'utf8').replace('第 7 条', '第 8 条'));
    const told = tool('sh', ['-c', 'python3 data/verify.py . || true'], copy);
    expect(told).toContain(`data/messages.ndjson ${uid('message', 7)}: digest-differs`);
  });

  it('the seal of the zip is what head and tail show', () => {
    const pipe = `head -c -64 '${made.pack}' | sha256sum | cut -c -64; tail -c 64 '${made.pack}'`;
    const [computed, stated] = tool('sh', ['-c', pipe], made.folder).split('\n');
    expect(computed).toBe(stated);
  });
});

describe('the bag (RFC 8493)', () => {
  it('declares itself, states its payload and lists every payload file once', () => {
    expect(read('bagit.txt')).toBe('BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n');
    const files = readdirSync(join(bag, 'data'), { recursive: true, encoding: 'utf8' })
      .map((name) => `data/${name}`)
      .filter((path) => statSync(join(bag, path)).isFile());
    const bytes = files.reduce((sum, path) => sum + readFileSync(join(bag, path)).length, 0);
    const info = parseBagInfo(read('bag-info.txt'));
    expect(info?.get('payload-oxum')).toBe(`${bytes}.${files.length}`);
    const listed = read('manifest-sha256.txt')
      .trim()
      .split('\n')
      .map((line) => line.slice(66));
    expect(listed).toEqual([...files].sort());
    expect(files).toEqual(expect.arrayContaining([...PAYLOAD_FILES]));
  });

  it('keeps a value with a line break in one line of bag-info.txt', () => {
    expect(parseBagInfo(read('bag-info.txt'))?.get('docket-purpose')).toBe('劳动争议⟦U+000A⟧举证');
  });

  it('has line feeds only, and a byte order mark nowhere but in the CSV', () => {
    for (const path of ['bagit.txt', 'bag-info.txt', 'manifest-sha256.txt', ...PAYLOAD_FILES]) {
      if (['data/messages.csv', 'data/messages.xlsx'].includes(path)) continue;
      expect(read(path), path).not.toMatch(/\r/);
      expect(read(path).charCodeAt(0), path).not.toBe(0xfeff);
    }
    expect(read('data/messages.csv').charCodeAt(0)).toBe(0xfeff);
  });
});

describe('building', () => {
  it('gives the same bytes for the same content', async () => {
    const again = join(made.folder, 'again.zip');
    const result = await buildPack(smallCase(officer, second), officer.signer, again);
    expect(readFileSync(again).equals(readFileSync(made.pack))).toBe(true);
    expect(result).toMatchObject({
      sha256: sha256(readFileSync(made.pack)),
      root: sha256(readFileSync(join(bag, 'tagmanifest-sha256.txt'))),
      bytes: readFileSync(made.pack).length,
      exhibits: 2,
      messages: 20,
      leftOut: [{ part: 'duties', reason: 'not-for-profile' }],
    });
  });

  it('takes rows that come asynchronously, and tells how far it is', async () => {
    const input = smallCase(officer, second);
    const exhibits = input.exhibits.map((exhibit) => ({
      ...exhibit,
      async *rows() {
        for (const row of exhibit.rows() as Iterable<PackMessage>) yield await Promise.resolve(row);
      },
    }));
    const told: [number, number][] = [];
    const file = join(made.folder, 'async.zip');
    await buildPack({ ...input, exhibits }, officer.signer, file, {
      onProgress: (done, total) => told.push([done, total]),
    });
    expect(readFileSync(file).equals(readFileSync(made.pack))).toBe(true);
    expect(told.at(-1)).toEqual([220, 220]);
  });

  const input = smallCase(officer, second);
  const [firstExhibit, ...others] = input.exhibits as [PackInput['exhibits'][0], ...PackInput['exhibits']];
  const rows = [...(firstExhibit.rows() as Iterable<PackMessage>)];
  const withRows = (changed: readonly PackMessage[]): PackInput => ({
    ...input,
    exhibits: [{ ...firstExhibit, rows: () => changed }, ...others],
  });
  const [decision] = input.decisions as [PackInput['decisions'][0]];
  let passes = 0;
  const refusals: [string, PackInput, string][] = [
    [
      'a digest that is not of its message',
      withRows(rows.map((row, i) => (i === 2 ? { ...row, digest: 'a'.repeat(64) } : row))),
      'digest-differs',
    ],
    ['fewer rows than stated', withRows(rows.slice(1)), 'messages-missing: 12 stated, 11 found'],
    ['an unknown source', withRows(rows.map((row) => ({ ...row, sourceId: 'x' }))), 'source-unknown: x'],
    [
      'rows that change between passes',
      {
        ...input,
        exhibits: [{ ...firstExhibit, rows: () => (passes++ === 0 ? rows : [...rows].reverse()) }, ...others],
      },
      'rows-differ-between-passes',
    ],
    ['a conversation without completeness', { ...input, completeness: [] }, 'not-stated'],
    [
      'an audit extract that stops before the head',
      { ...input, audit: () => [...(input.audit() as Iterable<never>)].slice(0, -1) },
      'head-not-reached',
    ],
    [
      'a decision that was changed after it was signed',
      { ...input, decisions: [{ ...decision, facts: '别的事实' }] },
      'signature-invalid',
    ],
    ['a signature without its key', { ...input, keys: input.keys.slice(0, 1) }, 'key-missing'],
    [
      'custody of an exhibit that is not in the pack',
      { ...input, custody: input.custody.map((event) => ({ ...event, exhibit: 'E-0' })) },
      'exhibit-unknown: E-0',
    ],
  ];
  it.each(refusals)('refuses %s and leaves nothing behind', async (_what, bad, reason) => {
    const file = join(made.folder, 'refused.zip');
    await expect(buildPack(bad, officer.signer, file)).rejects.toThrow(reason);
    expect(readdirSync(made.folder).filter((name) => name.startsWith('refused'))).toEqual([]);
  });

  it('refuses a signature by another key', async () => {
    const signer = { ...officer.signer, sign: second.signer.sign };
    const file = join(made.folder, 'refused.zip');
    await expect(buildPack(input, signer, file)).rejects.toThrow('signature-invalid');
    expect(existsSync(file)).toBe(false);
  });

  it('stops when it is cancelled, and leaves what was there before', async () => {
    const file = join(made.folder, 'cancelled.zip');
    writeFileSync(file, 'an older pack');
    const controller = new AbortController();
    const many = Array.from({ length: 2000 }, (_, i) => testMessage(i));
    let given = 0;
    const exhibit = {
      ...firstExhibit,
      *rows() {
        for (const message of many) {
          if (++given === 1000) controller.abort();
          yield message;
        }
      },
    };
    const sources = [testSource(2000)];
    const building = buildPack({ ...input, sources, exhibits: [exhibit] }, officer.signer, file, {
      signal: controller.signal,
    });
    await expect(building).rejects.toThrow(/abort/i);
    expect(given).toBeLessThan(2000);
    expect(readFileSync(file, 'utf8')).toBe('an older pack');
    expect(existsSync(`${file}.partial`)).toBe(false);
  });

  it('makes a pack of a case without exhibits, decisions or duties', async () => {
    const file = join(made.folder, 'bare.zip');
    const bare = {
      ...input,
      exhibits: [],
      decisions: [],
      keys: [],
      duties: [],
      custody: [],
      completeness: [],
      attachments: [],
      proofs: [],
    };
    await buildPack(bare, officer.signer, file);
    expect((await verifyPack(file, { fingerprint: officer.fingerprint })).failures).toEqual([]);
  });
});
