/** Tar archives: what members are refused for, and that the others are read. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isTar, openTar } from '../../src/core/importers/archive/tar-archive.ts';
import { ArchiveError } from '../../src/core/importers/archive/zip-archive.ts';
import { memorySource } from '../../src/core/importers/source.ts';
import { tarOf } from '../builders/tar.ts';
import { encodeAs } from './helpers.ts';

const open = (bytes: Buffer) => openTar(memorySource('a.tar', bytes));

async function textsOf(bytes: Buffer): Promise<[string, string][]> {
  const archive = open(bytes);
  const texts: [string, string][] = [];
  for (const member of archive.members) {
    if (member.refusal !== null) continue;
    const parts: Buffer[] = [];
    for await (const chunk of archive.read(member)) parts.push(chunk);
    texts.push([member.path, Buffer.concat(parts).toString('utf8')]);
  }
  return texts;
}

const pax = (key: string, value: string): string => {
  const body = ` ${key}=${value}\n`;
  let length = Buffer.byteLength(body);
  while (length !== Buffer.byteLength(body) + String(length).length)
    length = Buffer.byteLength(body) + String(length).length;
  return `${length}${body}`;
};

test('folders, prefixes, long names of GNU and pax, names in GB18030', async () => {
  const long = `${'聊天目录/'.repeat(20)}聊天.txt`;
  const bytes = tarOf([
    { name: 'media/', type: '5', content: '' },
    { name: 'messages.json', content: '{}' },
    { name: 'a.txt', prefix: 'deep/er', content: 'one' },
    { name: '././@LongLink', type: 'L', content: `${long}\0` },
    { name: long.slice(0, 30), content: 'two' },
    {
      name: 'PaxHeader',
      type: 'x',
      content: pax('path', long.replace('聊天', '群聊')) + pax('mtime', '1.5'),
    },
    { name: 'short', content: 'three' },
  ]);
  expect(isTar(bytes)).toBe(true);
  expect(await textsOf(bytes)).toEqual([
    ['messages.json', '{}'],
    ['deep/er/a.txt', 'one'],
    [long, 'two'],
    [long.replace('聊天', '群聊'), 'three'],
  ]);
  const chinese = tarOf([{ name: encodeAs('聊天记录.txt', 'gb18030') }]);
  expect(open(chinese)).toMatchObject({ nameEncoding: 'gb18030', members: [{ path: '聊天记录.txt' }] });
});

describe('refused', () => {
  test.each([
    ['../evil.txt', { name: '../evil.txt' }, 'path-escapes'],
    ['an absolute path', { name: '/etc/passwd' }, 'path-absolute'],
    ['a link', { name: 'link', type: '2', content: '' }, 'symbolic-link'],
    ['a device', { name: 'dev', type: '3', content: '' }, 'special-file'],
    ['a sparse file', { name: 'sparse', type: 'S' }, 'compression-unknown'],
    ['more bytes than there are', { name: 'big', size: 90_000_000 }, 'damaged'],
    ['more bytes than are read', { name: 'huge', size: 8 ** 11 - 1 }, 'too-large'],
  ] as const)('%s', (_name, part, code) => {
    expect(open(tarOf([{ name: 'good.txt' }, part])).members.map(({ refusal }) => refusal)).toEqual([
      null,
      code,
    ]);
  });

  test('a name that two members share', () => {
    const archive = open(tarOf([{ name: 'a.txt' }, { name: 'a.txt', content: 'other' }]));
    expect(archive.members.map(({ refusal }) => refusal)).toEqual([null, 'path-twice']);
  });

  test('bytes that begin as no archive', () => {
    expect(() => open(Buffer.alloc(2048, 'x'))).toThrow(ArchiveError);
    expect(isTar(Buffer.alloc(2048))).toBe(false);
  });
});

test('a damaged header costs its member; those behind it are found again, and the damage is named', async () => {
  const bytes = tarOf([{ name: 'a.txt' }, { name: 'b.txt' }, { name: 'c.txt' }]);
  bytes[1024 + 10] = 0xff;
  expect((await textsOf(bytes)).map(([path]) => path)).toEqual(['a.txt', 'c.txt']);
  expect(open(bytes).damage).toBe('no header at byte 1024');
});

test('members are in order, apart, and inside the archive, whatever was cut or changed', () => {
  const whole = tarOf([{ name: 'a.txt', content: 'x'.repeat(700) }, { name: 'b/c.txt' }, { name: 'd.txt' }]);
  fc.assert(
    fc.property(
      fc.nat(whole.length),
      fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 4 }),
      (cut, changes) => {
        const bytes = Buffer.from(whole);
        for (const [at, value] of changes) bytes[at] = value;
        let members: { start: number; end: number }[];
        try {
          members = [...open(bytes.subarray(0, cut)).members];
        } catch (error) {
          expect(error).toBeInstanceOf(ArchiveError);
          return;
        }
        let end = 0;
        for (const member of members) {
          expect(member.start).toBeGreaterThanOrEqual(end);
          expect(member.end).toBeLessThanOrEqual(cut);
          end = Math.max(end, member.end);
        }
      },
    ),
  );
});
