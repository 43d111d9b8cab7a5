/** Work under a tight heap is the work itself, and the heap is collected for it. */
import { expect, it } from 'vitest';
import { withTightHeap } from '../../src/core/app/tight-heap.ts';

it('answers what the work answers, one run inside another', async () => {
  const inner = () => withTightHeap(async () => 2);
  expect(await withTightHeap(async () => 1 + (await inner()))).toBe(3);
});

it('throws what the work throws, and runs again after it', async () => {
  const failing = withTightHeap(async () => {
    throw new RangeError('as it was');
  });
  await expect(failing).rejects.toThrow(new RangeError('as it was'));
  expect(await withTightHeap(async () => 'again')).toBe('again');
});

it('begins with what nobody holds taken away', async () => {
  const held = new WeakRef({ large: new Array(1000).fill('x') });
  // A reference that was read is kept until the task ends.
  await new Promise((done) => setImmediate(done));
  await withTightHeap(async () => {});
  expect(held.deref()).toBeUndefined();
});
