import { describe, expect, it } from 'vitest';
import { NumberTable } from '../../src/core/storage/number-table.ts';
import { release } from '../../src/core/storage/release.ts';

describe('release', () => {
  it('empties bytes and numbers that have a buffer of their own', () => {
    for (const view of [new Uint8Array(1 << 20), new Float64Array(1 << 16), Buffer.alloc(1 << 20)]) {
      release(view);
      expect(view.length).toBe(0);
    }
  });

  it('leaves alone what shares its buffer', () => {
    const whole = new Uint8Array([1, 2, 3, 4]);
    release(whole.subarray(1, 3));
    const pooled = Buffer.from('text');
    release(pooled);
    expect([...whole]).toEqual([1, 2, 3, 4]);
    expect(pooled.toString()).toBe('text');
  });
});

describe('a table of numbers', () => {
  it('forgets all when it is cleared, and takes up numbers again', () => {
    const table = new NumberTable();
    for (let key = 0; key < 50_000; key++) table.set(key * 7919, key + 1);
    expect(table.get(49_999 * 7919)).toBe(50_000);
    table.clear();
    expect(table.size).toBe(0);
    expect(table.get(7919)).toBe(0);
    for (let key = 0; key < 50_000; key++) table.set(key * 104_729, key + 1);
    expect(table.size).toBe(50_000);
    expect(table.get(3 * 104_729)).toBe(4);
  });
});
