/** Zip archives: what members are refused for, and that the others are read. */
import { createHash } from 'node:crypto';
import { crc32, deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeNames } from '../../src/core/importers/archive/member-names.ts';
import {
  ARCHIVE_LIMITS,
  type ArchiveLimits,
  isLitter,
  memberPath,
} from '../../src/core/importers/archive/member-rules.ts';
import { ArchiveError, isZip, openZip } from '../../src/core/importers/archive/zip-archive.ts';
import { memorySource } from '../../src/core/importers/source.ts';
import { encodeAs } from './helpers.ts';

interface Part {
  name: string | Buffer;
  content?: Buffer;
  flags?: number;
  method?: number;
  mode?: number;
  /** Stated in place of the true ones. */
  bytes?: number;
  crc?: number;
  /** Offset of another member's local header to share. */
  at?: number;
}

/** Writes a zip by hand, so that it can say what no archiver would. */
function zipOf(parts: readonly Part[]): Buffer {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const part of parts) {
    const name = Buffer.from(part.name as string);
    const content = part.content ?? Buffer.from('content');
    const method = part.method ?? 8;
    const packed = method === 8 ? deflateRawSync(content) : content;
    const bytes = part.bytes ?? content.length;
    const crc = part.crc ?? crc32(content);
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x04034b50, 0);
    head.writeUInt16LE(part.flags ?? 0, 6);
    head.writeUInt16LE(method, 8);
    head.writeUInt32LE(crc, 14);
    head.writeUInt32LE(packed.length, 18);
    head.writeUInt32LE(bytes, 22);
    head.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(0x0314, 4);
    head.copy(entry, 6, 4, 30);
    entry.writeUInt32LE(((part.mode ?? 0o100644) << 16) >>> 0, 38);
    entry.writeUInt32LE(part.at ?? offset, 42);
    central.push(entry, name);
    if (part.at === undefined) {
      local.push(head, name, packed);
      offset += 30 + name.length + packed.length;
    }
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...local, directory, end]);
}

async function look(zip: Buffer, limits: Partial<ArchiveLimits> = {}) {
  const archive = await openZip(memorySource('a.zip', zip), { ...ARCHIVE_LIMITS, ...limits });
  const found: Record<string, string> = {};
  for (const member of archive.members) {
    if (member.refusal) {
      found[member.path] = member.refusal;
      continue;
    }
    try {
      const hash = createHash('sha256');
      let bytes = 0;
      for await (const chunk of archive.read(member)) {
        hash.update(chunk);
        bytes += chunk.length;
      }
      found[member.path] = `${bytes}`;
    } catch (error) {
      if (!(error instanceof ArchiveError)) throw error;
      found[member.path] = error.refusal;
    }
  }
  return found;
}

const GOOD: Part = { name: 'good.txt' };

describe('a member is refused by name and the others are read', () => {
  test.each<[string, Part, string, string]>([
    ['leads out of the archive', { name: 'a/../../evil' }, 'a/../../evil', 'path-escapes'],
    ['leads out with backslashes', { name: '..\\evil' }, '../evil', 'path-escapes'],
    ['is absolute', { name: '/etc/passwd' }, '/etc/passwd', 'path-absolute'],
    ['names a drive', { name: 'C:\\x.txt' }, 'C:/x.txt', 'path-drive-letter'],
    ['has a control character', { name: 'a\u0001b' }, 'a\u0001b', 'path-invalid'],
    ['is a symbolic link', { name: 'link', mode: 0o120777 }, 'link', 'symbolic-link'],
    ['is a pipe', { name: 'pipe', mode: 0o010644 }, 'pipe', 'special-file'],
    ['is encrypted', { name: 'secret', flags: 1 }, 'secret', 'encrypted'],
    ['is packed by an unknown method', { name: 'x', method: 14 }, 'x', 'compression-unknown'],
    ['is larger than it states', { name: 'x', bytes: 3 }, 'x', 'damaged'],
    ['is smaller than it states', { name: 'x', bytes: 300 }, 'x', 'damaged'],
    ['does not fit its checksum', { name: 'x', crc: 1 }, 'x', 'damaged'],
  ])('%s', async (_name, part, path, refusal) => {
    expect(await look(zipOf([part, GOOD]))).toEqual({ [path]: refusal, 'good.txt': '7' });
  });

  test('the same path twice: the first is read', async () => {
    const archive = await openZip(
      memorySource('a.zip', zipOf([GOOD, { ...GOOD, content: Buffer.from('x') }])),
    );
    expect(archive.members.map(({ refusal, bytes }) => [refusal, bytes])).toEqual([
      [null, 7],
      ['path-twice', 1],
    ]);
  });

  test('bytes shared by several members', async () => {
    const found = await look(zipOf([GOOD, { name: 'again', at: 0 }, { name: 'other' }]));
    expect(found).toEqual({ 'good.txt': '7', again: 'overlaps', other: '7' });
  });

  test('limits of size, ratio, total and number', async () => {
    const zeros = { name: 'zeros', content: Buffer.alloc(200_000) };
    const plain = { name: 'plain', content: Buffer.from('0123456789'.repeat(3)) };
    expect(await look(zipOf([zeros, GOOD]), { ratioFrom: 1000, ratio: 20 })).toMatchObject({
      zeros: 'too-compressed',
      'good.txt': '7',
    });
    // What the directory states is not believed either.
    expect(await look(zipOf([{ ...zeros, bytes: 500 }, GOOD]))).toMatchObject({ zeros: 'damaged' });
    expect(await look(zipOf([plain, GOOD]), { memberBytes: 20 })).toMatchObject({ plain: 'too-large' });
    expect(await look(zipOf([plain, GOOD]), { totalBytes: 20 })).toMatchObject({
      plain: 'archive-too-large',
      'good.txt': '7',
    });
    const many = await openZip(memorySource('a.zip', zipOf([GOOD, plain, zeros])), {
      ...ARCHIVE_LIMITS,
      members: 2,
    });
    expect(many.members).toHaveLength(2);
    expect(many.damage).toContain('more than 2');
  });
});

test('a file that is no archive, or is cut off, is told as such', async () => {
  const zip = zipOf([GOOD]);
  await expect(openZip(memorySource('a.zip', zip.subarray(0, zip.length - 8)))).rejects.toThrow(ArchiveError);
  await expect(openZip(memorySource('a.zip', Buffer.from('not a zip')))).rejects.toThrow(ArchiveError);
  expect(isZip(zip)).toBe(true);
});

describe('names', () => {
  test('GB18030, which Chinese Windows writes, unless all are UTF-8', () => {
    const name = (bytes: Buffer, statedUtf8 = false) => ({ bytes, statedUtf8, extraFields: [] });
    const gbk = encodeAs('工作群/聊天记录.txt', 'gb18030');
    const utf8 = Buffer.from('会话.txt');
    expect(decodeNames([name(gbk), name(utf8, true), name(Buffer.from('a.txt'))])).toEqual({
      texts: ['工作群/聊天记录.txt', '会话.txt', 'a.txt'],
      encoding: 'gb18030',
    });
    expect(decodeNames([name(utf8)])).toEqual({ texts: ['会话.txt'], encoding: 'utf-8' });
  });

  test('what systems leave behind', () => {
    expect(['__MACOSX/._a.txt', 'a/.DS_Store', 'Thumbs.db', 'a/b.txt'].map(isLitter)).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });

  test('no accepted path leads out of its folder', () => {
    fc.assert(
      fc.property(fc.string(), (name) => {
        const { path, refusal } = memberPath(name);
        if (refusal !== null) return;
        expect(path).not.toMatch(/^\/|^[A-Za-z]:|\\/);
        expect(path.split('/')).not.toContain('..');
      }),
    );
  });
});

test('flipped, cut and inserted bytes never throw anything but an ArchiveError, and never give wrong content', async () => {
  const contents = ['first member', 'second member '.repeat(50), 'third'];
  const zip = zipOf(
    contents.map((content, index) => ({ name: `${index}.txt`, content: Buffer.from(content) })),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.nat(zip.length - 1),
      fc.integer({ min: 1, max: 255 }),
      fc.constantFrom('flip', 'cut', 'insert'),
      async (at, value, how) => {
        const bytes =
          how === 'cut'
            ? zip.subarray(0, at)
            : how === 'insert'
              ? Buffer.concat([zip.subarray(0, at), Buffer.from([value]), zip.subarray(at)])
              : Buffer.from(zip.map((byte, index) => (index === at ? byte ^ value : byte)));
        try {
          const archive = await openZip(memorySource('a.zip', bytes));
          for (const member of archive.members) {
            if (member.refusal) continue;
            const parts: Buffer[] = [];
            for await (const chunk of archive.read(member)) parts.push(Buffer.from(chunk));
            expect(contents).toContain(Buffer.concat(parts).toString());
          }
        } catch (error) {
          if (!(error instanceof ArchiveError)) throw error;
        }
      },
    ),
    { numRuns: 300 },
  );
});
