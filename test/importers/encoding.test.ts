import { describe, expect, test } from 'vitest';
import { detectEncoding, isDamaged, scanUnits } from '../../src/core/importers/encoding.ts';
import { readHead } from '../../src/core/importers/sniff.ts';
import { memorySource } from '../../src/core/importers/source.ts';
import { encodeAs, type Shape } from './helpers.ts';

const CHAT = '2024/1/5 09:15 - 张三: 现货充足，加微信 abc_12345\n2024/1/5 09:16 - 李四: 收到👌\n';

describe('detecting the encoding', () => {
  const shapes: readonly (readonly [Shape, string, number])[] = [
    ['utf-8', 'utf-8', 0],
    ['utf-8-bom', 'utf-8', 3],
    ['utf-16le', 'utf-16le', 0],
    ['utf-16le-bom', 'utf-16le', 2],
    ['utf-16be', 'utf-16be', 0],
    ['utf-16be-bom', 'utf-16be', 2],
    ['gb18030', 'gb18030', 0],
  ];
  test.each(shapes)('%s', (shape, encoding, bomLength) => {
    expect(detectEncoding(encodeAs(CHAT, shape), true)).toEqual({ encoding, bomLength });
  });

  const cases: readonly (readonly [string, Uint8Array, string])[] = [
    ['empty', new Uint8Array(0), 'utf-8'],
    ['ASCII', Buffer.from('a,b\n1,2\n'), 'utf-8'],
    [
      'UTF-8 with stray bytes',
      Buffer.concat([Buffer.from(CHAT), Buffer.from([0xff, 0xc0]), Buffer.from(CHAT)]),
      'utf-8',
    ],
    [
      'UTF-8 with zero bytes',
      Buffer.concat([Buffer.from(CHAT), Buffer.alloc(3), Buffer.from(CHAT)]),
      'utf-8',
    ],
    ['Latin-1 is not taken for Chinese', Buffer.from('café déjà vu à la carte, señor', 'latin1'), 'utf-8'],
    [
      'GB18030 with a stray byte',
      Buffer.concat([encodeAs(CHAT, 'gb18030'), Buffer.from([0xff]), encodeAs(CHAT, 'gb18030')]),
      'gb18030',
    ],
  ];
  test.each(cases)('%s', (_name, bytes, encoding) => {
    expect(detectEncoding(bytes, true).encoding).toBe(encoding);
  });

  test('a character cut at the end of the head is no damage', () => {
    const bytes = Buffer.from('好'.repeat(10));
    for (let length = 1; length < bytes.length; length++) {
      expect(detectEncoding(bytes.subarray(0, length), false).encoding).toBe('utf-8');
    }
  });

  test('a long ASCII beginning is followed to the first other character', () => {
    const ascii = 'id,name\n'.repeat(20_000);
    const head = readHead(memorySource('x.csv', encodeAs(`${ascii}1,张三丰\n`, 'gb18030')));
    expect(head.encoding).toBe('gb18030');
  });

  test('the head leaves out a cut last character, in every encoding', () => {
    for (const shape of ['utf-8', 'utf-16le', 'gb18030'] as const) {
      const bytes = encodeAs('的的a'.repeat(30_000), shape);
      for (const shift of [0, 1, 2, 3]) {
        const head = readHead(
          memorySource('x.txt', Buffer.concat([encodeAs('a'.repeat(shift), shape), bytes])),
        );
        expect(head.text).toMatch(/^[a的]+$/);
      }
    }
  });
});

describe('scan units', () => {
  test('ASCII characters stand where they are, everything else is masked', () => {
    for (const shape of ['utf-16le', 'utf-16be', 'gb18030'] as const) {
      const text = '{"键": "值\\\\" 僜 👌}';
      const units = [...scanUnits(encodeAs(text, shape), shape)];
      expect(String.fromCharCode(...units.filter((unit) => unit < 0x80))).toBe('{"": "\\\\"  }');
    }
  });

  test('a GB18030 trail byte that looks like a backslash or brace is masked', () => {
    // 0x8F 0x5C and 0x81 0x7B are one character each.
    expect([...scanUnits(Uint8Array.of(0x8f, 0x5c, 0x22, 0x81, 0x7b), 'gb18030')]).toEqual([
      0x80, 0x80, 0x22, 0x80, 0x80,
    ]);
  });

  test('control characters and quotes survive decoding after any invalid byte', () => {
    const decoder = new TextDecoder('gb18030', { ignoreBOM: true });
    for (let lead = 0x80; lead <= 0xff; lead++) {
      for (const ascii of [0x0a, 0x0d, 0x22, 0x2c]) {
        for (const bytes of [
          [lead, ascii],
          [lead, 0x30, ascii],
          [lead, 0x30, 0x81, ascii],
        ]) {
          const units = [...scanUnits(Uint8Array.from(bytes), 'gb18030')];
          expect(decoder.decode(Uint8Array.from(bytes)).endsWith(String.fromCharCode(ascii))).toBe(true);
          expect(units.at(-1)).toBe(ascii);
        }
      }
    }
  });
});

describe('telling damage from a written U+FFFD', () => {
  test.each(['utf-8', 'utf-16le', 'gb18030'] as const)('%s', (encoding) => {
    expect(isDamaged(encodeAs('a\ufffd好', encoding), encoding)).toBe(false);
  });
  test('broken bytes', () => {
    expect(isDamaged(Uint8Array.of(0x61, 0xe5, 0x61), 'utf-8')).toBe(true);
    expect(isDamaged(Uint8Array.of(0x61, 0xff), 'gb18030')).toBe(true);
    expect(isDamaged(Uint8Array.of(0x00, 0xd8, 0x61, 0x00), 'utf-16le')).toBe(true);
  });
});
