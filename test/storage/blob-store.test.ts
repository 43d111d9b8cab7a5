import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { BlobStore } from '../../src/core/storage/blob-store.ts';

const MIB = 1024 * 1024;
const folder = mkdtempSync(join(tmpdir(), 'docket-blobs-'));
const store = new BlobStore(join(folder, 'store'), randomBytes(32));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function seal(id: string, content: Buffer) {
  const file = join(folder, id);
  writeFileSync(file, content);
  return store.seal(id, file, () => undefined);
}

test.each([0, 1, 1000, MIB - 1, MIB, MIB + 1, 3 * MIB + 17])(
  'a source of %i bytes comes back as it was, at any offset',
  async (size) => {
    const content = randomBytes(size);
    const id = `blob-${size}`;
    const sealed = await seal(id, content);
    expect(sealed).toEqual({ bytes: size, sha256: createHash('sha256').update(content).digest('hex') });
    expect(store.digest(id, id, size)).toBe(sealed.sha256);
    const source = store.open(id, id, size);
    for (const [offset, length] of [
      [0, size],
      [Math.max(0, size - 10), 100],
      [MIB - 5, 10],
      [size + 5, 10],
    ]) {
      const expected = content.subarray(offset, (offset ?? 0) + (length ?? 0));
      expect(Buffer.from(source.read(offset ?? 0, length ?? 0)).equals(expected)).toBe(true);
    }
    source.close();
  },
);

const damages: [string, (bytes: Buffer) => Buffer][] = [
  [
    'a flipped bit',
    (bytes) =>
      Buffer.concat([bytes.subarray(0, 99), Buffer.from([(bytes[99] ?? 0) ^ 1]), bytes.subarray(100)]),
  ],
  ['a missing end', (bytes) => bytes.subarray(0, bytes.length - 1)],
  ['a missing last chunk', (bytes) => bytes.subarray(0, MIB + 16)],
  [
    'swapped chunks',
    (bytes) =>
      Buffer.concat([
        bytes.subarray(MIB + 16, 2 * MIB + 32),
        bytes.subarray(0, MIB + 16),
        bytes.subarray(2 * MIB + 32),
      ]),
  ],
];

test.each(damages)('%s is noticed', async (name, damage) => {
  const size = 2 * MIB + 50;
  await seal(name, randomBytes(size));
  const path = store.pathOf(name);
  writeFileSync(path, damage(readFileSync(path)));
  expect(() => store.digest(name, name, size)).toThrow(
    expect.objectContaining({ code: 'workspace-damaged' }),
  );
});

test('the content is not in the file', async () => {
  await seal('words', Buffer.from('绝密：本季度裁员名单'.repeat(100)));
  expect(readFileSync(store.pathOf('words')).includes('裁员')).toBe(false);
});

test('a cancelled sealing leaves nothing', async () => {
  const file = join(folder, 'cancelled');
  writeFileSync(file, randomBytes(3 * MIB));
  const cancel = () => {
    throw new Error('cancelled');
  };
  await expect(store.seal('cancelled', file, cancel)).rejects.toThrow('cancelled');
  expect(store.has('cancelled')).toBe(false);
  expect(existsSync(`${store.pathOf('cancelled')}.new`)).toBe(false);
});
