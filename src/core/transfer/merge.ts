/** Which of two sides' changes stand, when both knew an earlier version. Pure. */
import { createHash } from 'node:crypto';
import { canonicalJson, sha256 } from '../audit/digest.ts';
import type { Item, PortableRow } from './payload.ts';

/** Parts whose digest is taken between two safe points. */
const PAGE = 1000;

/** SHA-256 of a version's canonical JSON, of row and parts where it has parts; yields at safe points. */
export function* versionDigest(
  row: PortableRow,
  parts: NonNullable<Item['parts']> | null = null,
): Generator<void, string> {
  if (parts === null) return sha256(canonicalJson(row));
  const hash = createHash('sha256').update('{"parts":[');
  for (let from = 0; from < parts.length; from += PAGE) {
    const page = canonicalJson(parts.slice(from, from + PAGE)).slice(1, -1);
    hash.update(from === 0 ? page : `,${page}`);
    yield;
  }
  return hash.update(`],"row":${canonicalJson(row)}}`).digest('hex');
}

export interface Merged {
  readonly row: PortableRow;
  /** Columns that both sides changed, each to something else; `row` has ours of these. */
  readonly conflicts: readonly string[];
}

const same = (a: unknown, b: unknown) => canonicalJson(a ?? null) === canonicalJson(b ?? null);

/**
 * Merges column by column: what only one side changed since `base` is taken from that side. Without a common
 * version every difference is a conflict, so that nothing is overwritten unseen.
 */
export function mergeRows(base: PortableRow | null, ours: PortableRow, theirs: PortableRow): Merged {
  const row: PortableRow = { ...ours };
  const conflicts: string[] = [];
  for (const column of new Set([...Object.keys(ours), ...Object.keys(theirs)])) {
    if (same(ours[column], theirs[column])) continue;
    if (base !== null && same(base[column], ours[column])) row[column] = theirs[column];
    else if (base === null || !same(base[column], theirs[column])) conflicts.push(column);
  }
  return { row, conflicts };
}

/** A chain of things that only grows (dispositions of a hit, decisions about a party), by id on both sides. */
export function compareChains(
  ours: readonly string[],
  theirs: readonly string[],
): { readonly newHere: readonly string[]; readonly newThere: readonly string[] } {
  const here = new Set(ours);
  const there = new Set(theirs);
  return {
    newHere: ours.filter((id) => !there.has(id)),
    newThere: theirs.filter((id) => !here.has(id)),
  };
}
