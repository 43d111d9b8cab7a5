/** Types by content, codes in pictures, and which file is which medium. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { linksIn, linksInFields } from '../../src/core/links/seen-links.ts';
import { fileType } from '../../src/core/media/file-type.ts';
import { MediaMatcher, type NamedMedium, plainPath } from '../../src/core/media/match-media.ts';
import { qrCodes } from '../../src/core/media/qr-codes.ts';

const picture = (name: string) => readFileSync(new URL(`../fixtures/media/${name}`, import.meta.url));

describe('codes', () => {
  test('are read from PNG and JPEG, several of one picture', () => {
    expect(qrCodes(picture('qr-two.png'), 'image/png')).toEqual([
      'https://example.com/pay?id=42',
      'weixin://contact/test',
    ]);
    expect(qrCodes(picture('qr-one.jpg'), 'image/jpeg')).toEqual(['https://example.com/pay?id=42']);
  });

  test('of a damaged picture are unknown, not none', () => {
    expect(qrCodes(picture('qr-two.png').subarray(0, 300), 'image/png')).toBeNull();
    expect(qrCodes(Buffer.from('nothing'), 'image/jpeg')).toBeNull();
  });

  test('a picture that states a size beyond memory is not decoded', () => {
    const bytes = Buffer.from(picture('qr-two.png'));
    bytes.writeUInt32BE(100_000, 16);
    bytes.writeUInt32BE(100_000, 20);
    expect(qrCodes(bytes, 'image/png')).toBeNull();
  });

  test('no bytes make it throw', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 200 }),
        fc.nat({ max: 1400 }),
        fc.constantFrom('image/png', 'image/jpeg'),
        (noise, at, type) => {
          const bytes = Buffer.from(picture(type === 'image/png' ? 'qr-two.png' : 'qr-one.jpg'));
          bytes.set(noise.subarray(0, Math.max(0, bytes.length - at)), Math.min(at, bytes.length));
          const codes = qrCodes(bytes, type);
          expect(codes === null || Array.isArray(codes)).toBe(true);
        },
      ),
      { numRuns: 20 },
    );
  }, 60_000);
});

test.each([
  ['\x89PNG\r\n\x1a\nrest', 'image/png'],
  ['\xff\xd8\xff\xe0', 'image/jpeg'],
  ['RIFF....WEBPVP8 ', 'image/webp'],
  ['RIFF....WAVEfmt ', 'audio/wav'],
  ['....ftypisom', 'video/mp4'],
  ['....ftypheic', 'image/heic'],
  ['\x02#!SILK_V3', 'audio/silk'],
  ['#!AMR\n', 'audio/amr'],
  ['%PDF-1.7', 'application/pdf'],
  ['MZ\x90\0', 'application/vnd.microsoft.portable-executable'],
  ['hello', 'application/octet-stream'],
  ['', 'application/octet-stream'],
])('the type of %j is %s', (bytes, type) => {
  expect(fileType(Buffer.from(bytes, 'latin1'))).toBe(type);
});

describe('a medium is the file', () => {
  const named = (more: Partial<NamedMedium>): NamedMedium => ({
    messageId: 1,
    position: 0,
    name: null,
    reference: null,
    md5: null,
    ...more,
  });
  const matcher = () => new MediaMatcher(['photos/a.jpg', 'other/a.jpg', 'files/合同.pdf', 'voice/1.amr']);

  test.each<[string, Partial<NamedMedium>, string | null, string | null]>([
    ['at its path', { reference: './photos/a.jpg' }, 'photos/a.jpg', 'path'],
    ['at the end of a longer path', { reference: 'C:\\WeChat\\Msg\\photos\\a.jpg' }, 'photos/a.jpg', 'path'],
    ['at an escaped path', { reference: 'files/%E5%90%88%E5%90%8C.pdf' }, 'files/合同.pdf', 'path'],
    ['of its name, where one file has it', { name: '合同.pdf' }, 'files/合同.pdf', 'name'],
    ['none, where two files have its name', { name: 'a.jpg' }, null, null],
    ['none, where no file has it', { name: 'b.jpg', reference: 'x/b.jpg' }, null, null],
    ['none, where it has no name', {}, null, null],
  ])('%s', (_, medium, path, basis) => {
    const found = matcher().find(named(medium));
    expect([found?.path ?? null, found?.basis ?? null]).toEqual([path, basis]);
  });

  test('of its MD5', () => {
    const known = matcher();
    known.knowMd5('other/a.jpg', 'abc');
    expect(known.find(named({ name: 'a.jpg', md5: 'ABC' }))).toEqual({ path: 'other/a.jpg', basis: 'md5' });
  });

  test('or none, whatever it is called', () => {
    const paths = ['photos/a.jpg', 'other/a.jpg', 'files/合同.pdf', 'voice/1.amr', undefined];
    fc.assert(
      fc.property(fc.string(), fc.string(), (name, reference) => {
        expect(plainPath(reference)).not.toContain('\\');
        expect(paths).toContain(matcher().find(named({ name, reference }))?.path);
      }),
    );
  });
});

test('links of cards stand in fields; pictures of cards do not count', () => {
  expect(linksIn('没有链接，3.5 元').map(({ url }) => url)).toEqual([]);
  const xml =
    '<msg><appmsg><title>x</title><url><![CDATA[https://mp.example.com/s?a=1&amp;b=2]]></url></appmsg></msg>';
  const found = linksInFields(
    JSON.stringify({
      StrContent: xml,
      link_url: 'https://shop.example.cn/1',
      thumb: 'https://cdn.example.cn/p.jpg',
    }),
  );
  expect(found.map(({ url }) => url)).toEqual([
    'https://mp.example.com/s?a=1&b=2',
    'https://shop.example.cn/1',
  ]);
});
