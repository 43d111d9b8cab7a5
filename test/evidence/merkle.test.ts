/** Merkle trees against RFC 9162 §2.1, and proofs that fit one message, one index, one size and no other. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  EMPTY_ROOT,
  leafHash,
  nodeHash,
  proofOf,
  rootFrom,
  rootOf,
  split,
  textLeaf,
} from '../../src/core/evidence/merkle.ts';

const sha = (...parts: Uint8Array[]) => createHash('sha256').update(Buffer.concat(parts)).digest();

/** RFC 9162 §2.1.1, word for word. */
function treeHash(data: readonly Buffer[]): Buffer {
  if (data.length === 0) return sha();
  if (data.length === 1) return sha(Buffer.of(0), data[0] as Buffer);
  let k = 1;
  while (k * 2 < data.length) k *= 2;
  return sha(Buffer.of(1), treeHash(data.slice(0, k)), treeHash(data.slice(k)));
}

/** RFC 9162 §2.1.3.1: the audit path of leaf `m`, from the leaf up. */
function auditPath(m: number, data: readonly Buffer[]): Buffer[] {
  if (data.length <= 1) return [];
  let k = 1;
  while (k * 2 < data.length) k *= 2;
  return m < k
    ? [...auditPath(m, data.slice(0, k)), treeHash(data.slice(k))]
    : [...auditPath(m - k, data.slice(k)), treeHash(data.slice(0, k))];
}

const datum = (i: number) => sha(Buffer.from(`message ${i}`));
const dataOf = (n: number) => Array.from({ length: n }, (_, i) => datum(i));
const leavesOf = (n: number) => dataOf(n).map(leafHash);

/** The proof for leaves of a tree that is kept whole. */
const prove = (leaves: readonly Buffer[], indices: readonly number[]) =>
  proofOf(leaves.length, indices, (from, to) => rootOf(leaves.slice(from, to)));

/** A tree size and some of its indices, ascending. */
const chosen = (max: number) =>
  fc
    .integer({ min: 1, max })
    .chain((size) =>
      fc
        .uniqueArray(fc.integer({ min: 0, max: size - 1 }), { minLength: 1, maxLength: 12 })
        .map((indices) => ({ size, indices: indices.sort((a, b) => a - b) })),
    );

describe('roots', () => {
  it('are those of RFC 9162 for every size from 0 to 70', () => {
    for (let n = 0; n <= 70; n++) expect(rootOf(leavesOf(n)), `size ${n}`).toEqual(treeHash(dataOf(n)));
    expect(EMPTY_ROOT).toEqual(treeHash([]));
  });

  it('never take a leaf for a node', () => {
    const [a, b] = [datum(1), datum(2)];
    expect(textLeaf('x')).toEqual(sha(Buffer.of(0), Buffer.from('x')));
    expect(nodeHash(a, b)).not.toEqual(textLeaf(Buffer.concat([a, b]).toString('latin1')));
  });

  it('split at the largest power of two below the size', () => {
    expect([2, 3, 4, 5, 8, 9, 1025].map(split)).toEqual([1, 2, 2, 4, 4, 8, 1024]);
  });
});

describe('proofs', () => {
  it('of one message are the audit path of RFC 9162, from left to right', () => {
    for (let n = 1; n <= 40; n++) {
      for (let m = 0; m < n; m++) {
        const ours = prove(leavesOf(n), [m]).map((node) => node.toString('hex'));
        const path = auditPath(m, dataOf(n)).map((node) => node.toString('hex'));
        expect([...ours].sort(), `${m} of ${n}`).toEqual([...path].sort());
      }
    }
  });

  it('of every set of messages lead to the root, sizes 1 to 70', () => {
    fc.assert(
      fc.property(chosen(70), ({ size, indices }) => {
        const leaves = leavesOf(size);
        const shown = indices.map((i) => leaves[i] as Buffer);
        expect(rootFrom(size, indices, shown, prove(leaves, indices))).toEqual(rootOf(leaves));
      }),
      { numRuns: 400 },
    );
  });

  it('lead to the root of large trees', () => {
    fc.assert(
      fc.property(chosen(20_000), ({ size, indices }) => {
        const leaves = leavesOf(size);
        const shown = indices.map((i) => leaves[i] as Buffer);
        const nodes = prove(leaves, indices);
        expect(rootFrom(size, indices, shown, nodes)).toEqual(rootOf(leaves));
        expect(nodes.length).toBeLessThanOrEqual(indices.length * Math.ceil(Math.log2(size + 1)));
      }),
      { numRuns: 8 },
    );
  });

  it('of a contiguous run need no more than one path for each end', () => {
    const leaves = leavesOf(5000);
    const run = Array.from({ length: 1000 }, (_, i) => 1234 + i);
    expect(prove(leaves, run).length).toBeLessThanOrEqual(2 * 13);
  });

  it('never verify for another message, another index or another size', () => {
    fc.assert(
      fc.property(chosen(70), fc.nat(), fc.integer({ min: 0, max: 80 }), ({ size, indices }, pick, other) => {
        const leaves = leavesOf(size);
        const root = rootOf(leaves);
        const shown = indices.map((i) => leaves[i] as Buffer);
        const nodes = prove(leaves, indices);
        const fits = (n: number, at: readonly number[], of: readonly Buffer[], by: readonly Buffer[]) =>
          rootFrom(n, at, of, by)?.equals(root) === true;
        const at = pick % indices.length;

        const swapped = shown.map((leaf, i) => (i === at ? leafHash(datum(1000 + other)) : leaf));
        expect(fits(size, indices, swapped, nodes)).toBe(false);

        const moved = [...new Set(indices.map((index, i) => (i === at ? other : index)))].sort(
          (a, b) => a - b,
        );
        if (moved.join() !== indices.join()) expect(fits(size, moved, shown, nodes)).toBe(false);

        for (let i = 0; i < nodes.length; i++) {
          expect(
            fits(
              size,
              indices,
              shown,
              nodes.filter((_, j) => j !== i),
            ),
          ).toBe(false);
          const changed = nodes.map((node, j) => (j === i ? datum(i) : node));
          expect(fits(size, indices, shown, changed)).toBe(false);
        }
        expect(fits(size, indices, shown, [...nodes, datum(0)])).toBe(false);
        expect(fits(size, indices, [...shown, datum(0)], nodes)).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  it('for another size give another root or none, unless the shape above the messages is the same', () => {
    for (let size = 1; size <= 40; size++) {
      const leaves = leavesOf(size);
      const all = leaves.map((_, i) => i);
      for (let other = 0; other <= 45; other++) {
        if (other === size) continue;
        expect(rootFrom(other, all, leaves, [])?.equals(rootOf(leaves)) ?? false).toBe(false);
      }
    }
  });

  it.each([
    ['no tree', 0, []],
    ['an index beyond the tree', 4, [4]],
    ['a size that is no number', Number.NaN, [0]],
    ['a size beyond safe integers', 2 ** 60, [0]],
    ['an index twice', 4, [1, 1]],
    ['indices out of order', 4, [2, 1]],
    ['half an index', 4, [0.5]],
  ])('have no root for %s', (_what, size, indices) => {
    const leaves = leavesOf(4);
    const shown = indices.map(() => leaves[0] as Buffer);
    expect(rootFrom(size, indices, shown, leaves)).toBeNull();
  });

  it('takes no leaf at another place, where indices do not ascend', () => {
    const leaves = Array.from({ length: 8 }, (_, i) => leafHash(Buffer.alloc(32, i)));
    const at = (i: number) => leaves[i] as Buffer;
    const nodes = proofOf(8, [5, 6], (from, to) => rootOf(leaves.slice(from, to)));
    const pair = [at(5), at(6)];
    expect(rootFrom(8, [5, 6], pair, nodes)).toEqual(rootOf(leaves));
    for (const indices of [
      [5, 3],
      [6, 5],
      [5, 5],
      [5, -1],
      [5, 8],
    ])
      expect(rootFrom(8, indices, pair, nodes)).toBeNull();
  });
});
