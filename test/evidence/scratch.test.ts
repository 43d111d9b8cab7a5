/** What lies on disk for a run comes back as it was put, in order where that is asked for, and reads as noise. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  removeScratch,
  SCRATCH_PREFIX,
  Scratch,
  ScratchBytes,
  ScratchTexts,
  SortedRecords,
} from '../../src/core/evidence/scratch.ts';

/** What was written to disk; and whether a bit of what is read comes back changed. */
const written: Buffer[] = [];
let changed = false;
vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>();
  return {
    ...fs,
    writeSync: (file: number, bytes: Buffer, ...rest: [number, number, number]) => {
      written.push(Buffer.from(bytes));
      return fs.writeSync(file, bytes, ...rest);
    },
    readSync: (file: number, bytes: Buffer, ...rest: [number, number, number]) => {
      const read = fs.readSync(file, bytes, ...rest);
      if (changed) bytes[100] = (bytes[100] as number) ^ 1;
      return read;
    },
  };
});

let folder: string;
let scratch: Scratch;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'docket-scratch-'));
  scratch = new Scratch(folder);
  changed = false;
});
afterEach(() => {
  scratch.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('bytes and texts', () => {
  it('texts are found where they were put, among others of any length', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.string({ unit: 'grapheme', maxLength: 40 }), fc.nat(3000)), { maxLength: 60 }),
        (given) => {
          const texts = new ScratchTexts(scratch);
          const words = given.map(([text, times]) => text.repeat(times));
          const places = words.map((text) => texts.add(text));
          expect(places.map((at) => texts.get(at)).every((text, i) => text === words[i])).toBe(true);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('two rows of bytes in one file do not mix', () => {
    const [a, b] = [new ScratchBytes(scratch), new ScratchBytes(scratch)];
    for (let i = 0; i < 5000; i++) {
      const bytes = Buffer.alloc(7);
      bytes.writeUInt32LE(i);
      expect(a.append(bytes)).toBe(i * 7);
      bytes.writeUInt32LE(i * 3);
      b.append(bytes);
    }
    for (let i = 0; i < 5000; i++) {
      expect(a.read(i * 7, 7).readUInt32LE()).toBe(i);
      expect(b.read(i * 7, 7).readUInt32LE()).toBe(i * 3);
    }
  });
});

describe('records in order', () => {
  const numbers = (records: SortedRecords) => {
    const found: number[] = [];
    for (const record of records.sorted()) found.push(record.readUInt32BE());
    return found;
  };

  it('come back in order, few and many', () => {
    for (const count of [0, 1, 2, 1000, 30_000, 70_000, 200_000]) {
      const records = new SortedRecords(scratch, 37, 4);
      const given = Array.from({ length: count }, (_, i) => Math.imul(i, 2654435761) >>> 0);
      for (const one of given) records.add().fill(0).writeUInt32BE(one);
      expect(records.count).toBe(count);
      const sorted = [...Uint32Array.from(given).sort()];
      expect(numbers(records)).toEqual(sorted);
    }
  });

  it('keep what they hold beside the key', () => {
    const records = new SortedRecords(scratch, 40, 36);
    for (let i = 0; i < 60_000; i++) {
      const record = records.add().fill(0);
      record.writeUInt32BE((i * 7919) % 60_000);
      record.writeUInt32BE(i, 36);
    }
    for (const record of records.sorted())
      expect((record.readUInt32BE(36) * 7919) % 60_000).toBe(record.readUInt32BE());
  });
});

describe('the file', () => {
  const fill = () => {
    const bytes = new ScratchBytes(scratch);
    bytes.append(Buffer.alloc(100_000, 'a text that must not be read'));
    return bytes;
  };

  it('is there for no small run, and gone after a large one', () => {
    new ScratchTexts(scratch).add('short');
    expect(readdirSync(folder)).toEqual([]);
    fill();
    scratch.close();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('gives away nothing', () => {
    written.length = 0;
    fill();
    const disk = Buffer.concat(written);
    expect(disk.length).toBeGreaterThan(90_000);
    expect(disk.includes('must not be read')).toBe(false);
    // Blocks of the same bytes do not look the same.
    expect(disk.subarray(0, 64).equals(disk.subarray(8 * 1024 + 32, 8 * 1024 + 96))).toBe(false);
  });

  it('is not read where somebody changed it', () => {
    const bytes = fill();
    changed = true;
    expect(() => bytes.read(0, 10)).toThrow();
  });

  it('of a run that was cut off is removed, and nothing else', () => {
    writeFileSync(join(folder, `${SCRATCH_PREFIX}0011`), 'noise');
    writeFileSync(join(folder, 'docket.db'), 'kept');
    removeScratch(folder);
    expect(readdirSync(folder)).toEqual(['docket.db']);
  });
});
