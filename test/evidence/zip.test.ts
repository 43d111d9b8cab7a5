/** Archives made to deceive: two readers must never see two different packs in one file. */
import { readFileSync, writeFileSync } from 'node:fs';
import { crc32, deflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyPack } from '../../src/core/evidence/verify-pack.ts';
import { openZip } from '../../src/core/evidence/zip-reader.ts';
import { testKey } from '../builders/evidence-messages.ts';
import { smallCase } from '../builders/evidence-pack.ts';
import { dice, repack, type TestPack, testPack, writeZip } from '../builders/evidence-tamper.ts';

let made: TestPack;
let bytes: Buffer;
beforeAll(async () => {
  made = await testPack(smallCase(testKey('officer'), testKey('second')), testKey('officer'));
  // Without a seal: what is found here is found in the structure.
  await writeZip(
    [...made.bag.files].map(([path, content]) => [`${made.bag.folder}/${path}`, content] as const),
    made.tampered,
    '',
  );
  bytes = readFileSync(made.tampered);
});
afterAll(() => made.remove());

async function verifyBytes(content: Buffer) {
  writeFileSync(made.tampered, content);
  return verifyPack(made.tampered);
}

const END = 22;
const directoryStart = () => bytes.readUInt32LE(bytes.length - 6);

/** The end record of `archive` with its directory moved by `shift` bytes. */
function shifted(archive: Buffer, shift: number): Buffer {
  const copy = Buffer.from(archive);
  copy.writeUInt32LE(copy.readUInt32LE(copy.length - 6) + shift, copy.length - 6);
  return copy;
}

/** A copy with all local header offsets of the directory moved by `shift` from entry `from` on. */
function moved(archive: Buffer, shift: number, from: number): Buffer {
  const copy = Buffer.from(archive);
  let at = copy.readUInt32LE(copy.length - 6);
  for (let i = 0; at < copy.length - END; i++) {
    if (i >= from) copy.writeUInt32LE(copy.readUInt32LE(at + 42) + shift, at + 42);
    at += 46 + copy.readUInt16LE(at + 28) + copy.readUInt16LE(at + 30) + copy.readUInt16LE(at + 32);
  }
  return copy;
}

describe('structure', () => {
  it('holds for the pack itself', async () => {
    expect((await verifyBytes(bytes)).ok).toBe(true);
  });

  it('names bytes before the first entry', async () => {
    const shiftedUp = shifted(moved(bytes, 5, 0), 5);
    const result = await verifyBytes(Buffer.concat([Buffer.from('MZ...'), shiftedUp]));
    expect(result.failures[0]?.reason).toBe('bytes-outside-entries');
  });

  it('names bytes between two entries', async () => {
    const second = bytes.indexOf('PK\x03\x04', 4, 'latin1');
    const grown = shifted(moved(bytes, 7, 1), 7);
    const result = await verifyBytes(
      Buffer.concat([grown.subarray(0, second), Buffer.from('between'), grown.subarray(second)]),
    );
    expect(result.failures[0]?.reason).toBe('bytes-outside-entries');
  });

  it('names bytes between entries and directory', async () => {
    const at = directoryStart();
    const grown = shifted(bytes, 6);
    const result = await verifyBytes(
      Buffer.concat([grown.subarray(0, at), Buffer.from('hidden'), grown.subarray(at)]),
    );
    expect(result.failures[0]?.reason).toBe('bytes-outside-entries: before the directory');
  });

  it('refuses bytes behind the end', async () => {
    const result = await verifyBytes(Buffer.concat([bytes, Buffer.from('tail')]));
    expect(result.failures).toEqual([{ file: 'tampered.zip', reason: 'zip-no-end-record' }]);
  });

  it('refuses an unknown archive comment', async () => {
    const withComment = Buffer.concat([bytes, Buffer.from('hello')]);
    withComment.writeUInt16LE(5, bytes.length - 2);
    const result = await verifyBytes(withComment);
    expect(result.failures).toEqual([{ file: 'tampered.zip', reason: 'comment-unknown' }]);
  });

  it('refuses a second archive put behind the first', async () => {
    expect((await verifyBytes(Buffer.concat([bytes, bytes]))).ok).toBe(false);
  });

  it('names a local header whose name is another one', async () => {
    const copy = Buffer.from(bytes);
    copy.write('X', 30 + made.bag.folder.length + 1, 'latin1');
    const result = await verifyBytes(copy);
    expect(result.failures[0]).toMatchObject({ file: `${made.bag.folder}/bagit.txt` });
    expect(result.failures[0]?.reason).toContain('name-differs-in-local-header');
  });

  it('names a local header with another size, method or flag', async () => {
    for (const offset of [6, 8, 18]) {
      const copy = Buffer.from(bytes);
      copy[offset] = (copy[offset] as number) ^ 1;
      const result = await verifyBytes(copy);
      expect(result.failures[0]?.reason).toBe('local-header-differs');
    }
  });

  it('names a data descriptor that differs', async () => {
    const copy = Buffer.from(bytes);
    const at = copy.indexOf('PK\x07\x08', 0, 'latin1');
    copy[at + 4] = (copy[at + 4] as number) ^ 1;
    expect((await verifyBytes(copy)).failures[0]?.reason).toBe('data-descriptor-differs');
  });

  it.each(['crc', 'size'])('names an entry whose stated %s is wrong everywhere', async (what) => {
    const copy = Buffer.from(bytes);
    const descriptor = copy.indexOf('PK\x07\x08', 0, 'latin1');
    const [inDescriptor, inDirectory] = what === 'crc' ? [4, 16] : [12, 24];
    copy.writeUInt32LE(1, descriptor + inDescriptor);
    copy.writeUInt32LE(1, directoryStart() + inDirectory);
    const reason = what === 'crc' ? 'crc-differs' : 'longer-than-stated';
    expect((await verifyBytes(copy)).failures).toContainEqual({ file: 'bagit.txt', reason });
  });
});

describe('names', () => {
  it.each([
    '../evil.txt',
    'a/../../evil.txt',
    '/etc/passwd',
    'C:/evil.txt',
    'a\\b.txt',
    'a//b.txt',
    './a.txt',
    'data/文.txt',
    'data/new\nline.txt',
    'data/.',
    '',
  ])('%j is refused', async (name) => {
    const stand = 'n'.repeat(Buffer.byteLength(name));
    await writeZip([...(stand === '' ? [] : [[stand, Buffer.from('x')] as const])], made.tampered, '');
    const raw = readFileSync(made.tampered);
    const patched = Buffer.from(
      raw.toString('latin1').replaceAll(stand || '\0none', Buffer.from(name).toString('latin1')),
      'latin1',
    );
    const result = await verifyBytes(patched);
    expect(result.ok).toBe(false);
    if (name !== '') expect(result.failures[0]?.reason).toBe('name-unsafe');
  });

  it('a symbolic link is no file', async () => {
    const copy = Buffer.from(bytes);
    copy.writeUInt16LE((3 << 8) | 63, directoryStart() + 4);
    copy.writeUInt32LE(0xa1ff0000, directoryStart() + 38);
    const result = await verifyBytes(copy);
    expect(result.failures[0]).toEqual({
      file: `${made.bag.folder}/bagit.txt`,
      reason: 'not-a-regular-file',
    });
  });
});

/** A zip of one deflated entry whose headers state `size`. */
function oneEntry(name: string, deflated: Buffer, size: number, crc = 0): Buffer {
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(8, 8);
  local.writeUInt32LE(crc, 14);
  local.writeUInt32LE(deflated.length, 18);
  local.writeUInt32LE(size, 22);
  local.writeUInt16LE(name.length, 26);
  const central = Buffer.alloc(46);
  central.writeUInt32LE(0x02014b50, 0);
  central.writeUInt16LE(8, 10);
  central.writeUInt32LE(crc, 16);
  central.writeUInt32LE(deflated.length, 20);
  central.writeUInt32LE(size, 24);
  central.writeUInt16LE(name.length, 28);
  const start = 30 + name.length + deflated.length;
  const end = Buffer.alloc(END);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(46 + name.length, 12);
  end.writeUInt32LE(start, 16);
  return Buffer.concat([local, Buffer.from(name), deflated, central, Buffer.from(name), end]);
}

describe('contents', () => {
  it('an entry that inflates to more than it states is cut off', async () => {
    const bomb = deflateRawSync(Buffer.alloc(64 * 2 ** 20));
    const result = await verifyBytes(oneEntry('bag/bagit.txt', bomb, 10));
    expect(result.failures).toContainEqual({ file: 'bagit.txt', reason: 'longer-than-stated' });
  });

  it('an archive that inflates without measure is cut off', async () => {
    const bomb = deflateRawSync(Buffer.alloc(600 * 2 ** 20));
    const result = await verifyBytes(oneEntry('bag/data/zero.bin', bomb, 600 * 2 ** 20));
    expect(result.failures).toContainEqual({ file: 'data/zero.bin', reason: 'zip-inflates-too-far' });
  }, 60_000);

  it('bytes behind the end of a compressed stream are named', async () => {
    const text = Buffer.from('BagIt-Version: 1.0\n');
    const padded = Buffer.concat([deflateRawSync(text), Buffer.from('hidden')]);
    writeFileSync(made.tampered, oneEntry('bag/bagit.txt', padded, text.length, crc32(text)));
    const zip = openZip(made.tampered);
    const [entry] = zip.entries;
    const read = async () => {
      for await (const chunk of zip.read(entry as NonNullable<typeof entry>)) void chunk;
    };
    await expect(read()).rejects.toThrow('bytes-behind-the-compressed-data');
    zip.close();
  });

  it('a manifest that claims a path outside the payload is named', async () => {
    const result = await made.verifyChanged((files) => {
      const manifest = (files.get('manifest-sha256.txt') as Buffer).toString();
      files.set(
        'manifest-sha256.txt',
        Buffer.from(manifest.replace(/\n$/, `\n${'a'.repeat(64)}  zzz/passwd\n`)),
      );
    });
    expect(result.failures).toContainEqual({ file: 'zzz/passwd', reason: 'not-payload' });
  });
});

describe('anything at all gives a result, never an exception', () => {
  it('files that are no archive', async () => {
    for (const content of [
      '',
      'PK',
      'PK\x05\x06',
      'hello'.repeat(100),
      '\0'.repeat(22),
      `PK\x05\x06${'\xff'.repeat(18)}`,
    ]) {
      const result = await verifyBytes(Buffer.from(content, 'latin1'));
      expect(result.ok).toBe(false);
      expect(result.failures).toHaveLength(1);
    }
  });

  it('a file that is not there, and a folder', async () => {
    for (const file of [`${made.folder}/none.zip`, made.folder]) {
      const result = await verifyPack(file);
      expect(result.ok).toBe(false);
      expect(result.failures[0]?.reason).toMatch(/^cannot-be-read|^zip-/);
    }
  });

  it('archives cut off at 40 places', async () => {
    const next = dice(11);
    for (let i = 0; i < 40; i++)
      expect((await verifyBytes(bytes.subarray(0, next(bytes.length)))).ok).toBe(false);
  });

  it('archives with 150 damaged stretches, unsealed', async () => {
    const next = dice(13);
    for (let i = 0; i < 150; i++) {
      const copy = Buffer.from(bytes);
      const inDirectory = i % 2 === 0;
      const at = inDirectory
        ? directoryStart() + next(bytes.length - directoryStart() - 8)
        : next(bytes.length - 8);
      for (let j = 0; j < 8; j++) copy[at + j] = next(256);
      const result = await verifyBytes(copy);
      expect(Array.isArray(result.failures)).toBe(true);
      expect(result.ok).toBe(result.failures.length === 0);
    }
  });

  it('bags whose JSON holds other things than it should', async () => {
    const values = [
      'null',
      '[]',
      '{}',
      '"x"',
      '1e999',
      '{"format":"docket-evidence-pack/1"}',
      `${'['.repeat(50_000)}${']'.repeat(50_000)}`,
    ];
    const paths = [...made.bag.files.keys()].filter((path) => /\.(json|ndjson)$/.test(path));
    for (const path of paths) {
      for (const value of values) {
        const result = await made.verifyChanged((files) => files.set(path, Buffer.from(`${value}\n`)));
        expect(result.ok).toBe(false);
        expect(result.failures.some(({ file }) => file === path)).toBe(true);
      }
    }
  });

  it('a message nested deeper than a stack', async () => {
    const deep = `{"conversation":{"id":"c"},"digest":"${'a'.repeat(64)}","exhibit":"E","id":"m","locator":{"end":1,"line":1,"start":0},"message":{"extra":${'['.repeat(200_000)}${']'.repeat(200_000)}},"role":"context","source":{"id":"s","sha256":"${'a'.repeat(64)}"}}\n`;
    const result = await made.verifyChanged((files) => files.set('data/messages.ndjson', Buffer.from(deep)));
    expect(result.ok).toBe(false);
    expect(result.failures.some(({ file }) => file === 'data/messages.ndjson')).toBe(true);
  });

  it('more findings than anybody reads are counted', async () => {
    const result = await made.verifyChanged((files) =>
      files.set('data/messages.ndjson', Buffer.from('{\n'.repeat(5000))),
    );
    expect(result.failures).toHaveLength(1001);
    expect(result.failures.at(-1)?.reason).toMatch(/^more: \d+ further findings$/);
    await repack(made.bag.folder, made.bag.files, made.tampered);
  });
});
