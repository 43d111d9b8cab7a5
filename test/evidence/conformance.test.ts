/**
 * RFC 8493 from its text, section by section, over the files of a bag as unzip leaves them; and openssl's
 * own reading of the time stamp request.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testKey } from '../builders/evidence-messages.ts';
import { smallCase } from '../builders/evidence-pack.ts';
import { type TestPack, testPack } from '../builders/evidence-tamper.ts';

const officer = testKey('officer');
let made: TestPack;
let base: string;

beforeAll(async () => {
  made = await testPack(smallCase(officer, testKey('second')), officer);
  const out = join(made.folder, 'out');
  mkdirSync(out);
  execFileSync('unzip', ['-q', made.pack, '-d', out]);
  expect(readdirSync(out)).toHaveLength(1);
  base = join(out, readdirSync(out)[0] as string);
});
afterAll(() => made.remove());

const bytes = (path: string) => readFileSync(join(base, path));
const text = (path: string) => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes(path));
const sha256 = (data: Uint8Array) => createHash('sha256').update(data).digest('hex');

function filesBelow(folder: string): string[] {
  return readdirSync(join(base, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => join(base, folder, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => relative(base, path));
}

/** §2.1.3: checksum, linear white space, path; the path may be percent-encoded in CR, LF and %. */
const entries = (manifest: string) =>
  manifest
    .split(/\r\n|\r|\n/)
    .filter((line) => line !== '')
    .map((line) => {
      const match = /^(\S+)[ \t]+(\S.*)$/.exec(line);
      expect(match, line).not.toBeNull();
      return [match?.[2] ?? '', match?.[1] ?? ''] as const;
    });

describe('RFC 8493', () => {
  it('§2.1.1: bagit.txt is two lines, UTF-8, without byte order mark', () => {
    expect(text('bagit.txt')).toMatch(/^BagIt-Version: \d+\.\d+\nTag-File-Character-Encoding: UTF-8\n?$/);
    expect(bytes('bagit.txt').subarray(0, 3).toString('hex')).not.toBe('efbbbf');
  });

  it('§2.1.2: the payload is under data/', () => {
    expect(filesBelow('data').length).toBeGreaterThan(0);
  });

  it('§2.1.3: the payload manifest lists every payload file exactly once and nothing else, with its checksum', () => {
    const listed = entries(text('manifest-sha256.txt'));
    expect(listed.map(([path]) => path).sort()).toEqual(filesBelow('data').sort());
    expect(new Set(listed.map(([path]) => path)).size).toBe(listed.length);
    for (const [path, checksum] of listed) expect(checksum.toLowerCase(), path).toBe(sha256(bytes(path)));
  });

  it('§2.1.3: no path is absolute, leaves the bag, or needs encoding', () => {
    for (const [path] of entries(text('manifest-sha256.txt'))) {
      expect(path).toMatch(/^data\/[^\r\n%~]+$/);
      expect(path.split('/')).not.toContain('..');
    }
  });

  it('§2.2.1: the tag manifest lists tag files that are there, never a payload file nor itself', () => {
    const listed = entries(text('tagmanifest-sha256.txt'));
    for (const [path, checksum] of listed) {
      expect(path).not.toMatch(/^data\/|^tagmanifest-/);
      expect(checksum, path).toBe(sha256(bytes(path)));
    }
    expect(listed.map(([path]) => path)).toContain('manifest-sha256.txt');
    expect(listed.map(([path]) => path)).toContain('bagit.txt');
  });

  it('§2.2.2: bag-info.txt is labels and values, none of its reserved labels misused', () => {
    const fields = new Map<string, string>();
    for (const line of text('bag-info.txt').split('\n').filter(Boolean)) {
      const match = /^([^:\s][^:]*): (.*)$/.exec(line);
      expect(match, line).not.toBeNull();
      fields.set(match?.[1] ?? '', match?.[2] ?? '');
    }
    const payload = filesBelow('data');
    const octets = payload.reduce((sum, path) => sum + bytes(path).length, 0);
    expect(fields.get('Payload-Oxum')).toBe(`${octets}.${payload.length}`);
    expect(fields.get('Bagging-Date')).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    for (const absent of ['Bag-Count', 'Bag-Group-Identifier']) expect(fields.has(absent)).toBe(false);
  });

  it('§2.2.3: there is no fetch.txt', () => {
    expect(readdirSync(base)).not.toContain('fetch.txt');
  });

  it('§3: the bag is complete and valid, and one changed byte makes it neither', () => {
    const valid = () =>
      ['manifest-sha256.txt', 'tagmanifest-sha256.txt'].every((name) =>
        entries(text(name)).every(([path, checksum]) => sha256(bytes(path)) === checksum),
      );
    expect(valid()).toBe(true);
    const before = bytes('data/case.json');
    writeFileSync(join(base, 'data/case.json'), Buffer.concat([before, Buffer.from(' ')]));
    expect(valid()).toBe(false);
    writeFileSync(join(base, 'data/case.json'), before);
  });
});

describe('the time stamp request (RFC 3161)', () => {
  it('is read by openssl: SHA-256 of the tag manifest, a nonce, the certificate asked for', () => {
    const read = execFileSync('openssl', ['ts', '-query', '-in', join(base, 'root.tsq'), '-text'], {
      encoding: 'utf8',
    });
    expect(read).toContain('Hash Algorithm: sha256');
    expect(read).toContain('Certificate required: yes');
    expect(read).toMatch(/Nonce: 0x[0-9A-F]{16}/);
    const hex = [...read.matchAll(/^ {4}[0-9a-f]{4} - ((?:[0-9a-f]{2}[ -])+)/gm)]
      .map(([, line]) => (line as string).replace(/[ -]/g, ''))
      .join('');
    expect(hex).toBe(sha256(bytes('tagmanifest-sha256.txt')));
  });

  it('is what openssl makes of the same root', () => {
    const own = bytes('root.tsq');
    const made = execFileSync('openssl', [
      'ts',
      '-query',
      '-data',
      join(base, 'tagmanifest-sha256.txt'),
      '-sha256',
      '-no_nonce',
      '-cert',
    ]);
    // Without the nonce (10 bytes before the last 3) and with the length that goes with it.
    const bare = Buffer.concat([own.subarray(0, -13), own.subarray(-3)]);
    bare[1] = (bare[1] as number) - 10;
    expect(bare.toString('hex')).toBe(made.toString('hex'));
  });
});
