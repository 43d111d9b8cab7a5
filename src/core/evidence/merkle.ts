/**
 * Merkle trees as in RFC 6962 §2.1: a leaf is SHA-256(0x00 ‖ data), a node SHA-256(0x01 ‖ left ‖ right),
 * and a tree of n leaves splits at the largest power of two below n. Hashes are 32-byte Buffers.
 *
 * A proof for a set of leaves is the list of the subtrees without any of them, from left to right. So one
 * proof shows that each leaf is in the tree at its index, and a run of indices is contiguous.
 */
import * as crypto from 'node:crypto';

const oneShot: typeof crypto.hash | undefined = crypto.hash;

function hash(data: Uint8Array): Buffer {
  if (oneShot !== undefined) return oneShot('sha256', data, 'buffer') as Buffer;
  return crypto.createHash('sha256').update(data).digest();
}

const leaf = Buffer.alloc(33);
const node = Buffer.alloc(65, 1);

/** `data` is 32 bytes. */
export function leafHash(data: Uint8Array): Buffer {
  leaf.set(data, 1);
  return hash(leaf);
}

/** The leaf of a text, as UTF-8. */
export function textLeaf(text: string): Buffer {
  return hash(Buffer.concat([Buffer.from([0]), Buffer.from(text, 'utf8')]));
}

export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  node.set(left, 1);
  node.set(right, 33);
  return hash(node);
}

/** RFC 6962: what the root of a tree without leaves is. */
export const EMPTY_ROOT = hash(Buffer.alloc(0));

/** The largest power of two below `n`, which is 2 or more. */
export function split(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

/** Root of a tree over the hashes of its leaves, or of whole subtrees of equal size with a smaller last one. */
export function rootOf(hashes: readonly Buffer[]): Buffer {
  if (hashes.length === 0) return EMPTY_ROOT;
  let level = [...hashes];
  while (level.length > 1) {
    const next: Buffer[] = [];
    for (let i = 0; i < level.length; i += 2) {
      const [left, right] = [level[i] as Buffer, level[i + 1]];
      next.push(right === undefined ? left : nodeHash(left, right));
    }
    level = next;
  }
  return level[0] as Buffer;
}

/** Leaves of a tree in the order of their indices, one at a time: a large tree's need not be held. */
export interface AscendingLeaves {
  /** Index of the next leaf; null behind the last. */
  readonly index: number | null;
  /** Hash of the next leaf, which then is the one before. */
  take(): Buffer;
}

/** Leaves by their indices, which ascend. */
function leavesOf(indices: ArrayLike<number>, hashOf: (i: number) => Buffer): AscendingLeaves {
  let at = 0;
  return {
    get index() {
      return indices[at] ?? null;
    },
    take: () => hashOf(at++),
  };
}

/** Whether the next leaf lies in [from, to). One that lies before, where indices do not ascend, is never taken. */
const isTouched = ({ index }: AscendingLeaves, from: number, to: number): boolean =>
  index !== null && index >= from && index < to;

/**
 * The proof for the leaves at `indices` (ascending) of a tree of `size` leaves; `subtree` gives the root of
 * the leaves [from, to), which always is a subtree of that tree.
 */
export function proofOf(
  size: number,
  indices: ArrayLike<number>,
  subtree: (from: number, to: number) => Buffer,
): Buffer[] {
  return proofOfLeaves(
    size,
    leavesOf(indices, () => EMPTY_ROOT),
    subtree,
  );
}

/** `proofOf` for leaves that come one at a time, of which only the indices count. */
export function proofOfLeaves(
  size: number,
  leaves: AscendingLeaves,
  subtree: (from: number, to: number) => Buffer,
): Buffer[] {
  const nodes: Buffer[] = [];
  const walk = (from: number, to: number): void => {
    if (!isTouched(leaves, from, to)) nodes.push(subtree(from, to));
    else if (to - from > 1) {
      const middle = from + split(to - from);
      walk(from, middle);
      walk(middle, to);
    } else while (leaves.index === from) leaves.take();
  };
  if (size > 0) walk(0, size);
  return nodes;
}

/**
 * The root that follows from leaves (`indices` ascending, `leaves` their hashes, each asked for once and in this
 * order) and a proof; null where the proof has too many or too few nodes, or an index lies outside.
 */
export function rootFrom(
  size: number,
  indices: ArrayLike<number>,
  leaves: { readonly length: number; at(i: number): Buffer | undefined },
  nodes: readonly Buffer[],
): Buffer | null {
  if (leaves.length !== indices.length) return null;
  const ascending = leavesOf(indices, (i) => leaves.at(i) as Buffer);
  return rootFromLeaves(size, ascending, nodes);
}

/** `rootFrom` for leaves that come one at a time; null too where one is left, as an index that comes twice leaves it. */
export function rootFromLeaves(
  size: number,
  leaves: AscendingLeaves,
  nodes: readonly Buffer[],
): Buffer | null {
  let next = 0;
  let missing = false;
  const walk = (from: number, to: number): Buffer => {
    if (missing) return EMPTY_ROOT;
    if (!isTouched(leaves, from, to)) {
      const given = nodes[next++];
      missing ||= given === undefined;
      return given ?? EMPTY_ROOT;
    }
    if (to - from === 1) return leaves.take();
    const middle = from + split(to - from);
    const left = walk(from, middle);
    return nodeHash(left, walk(middle, to));
  };
  if (!Number.isSafeInteger(size) || size < 1) return null;
  const root = walk(0, size);
  return !missing && next === nodes.length && leaves.index === null ? root : null;
}
