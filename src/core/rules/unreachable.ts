/** Conditions that a pack may write but that no text can meet. Each is refused, for it would stay silent. */
import type { DetectorName, FindingFlag } from '../detection/detector-names.ts';
import { normalizeMask } from '../normalization/normalize-text.ts';
import { VARIANT_MASK } from '../normalization/transforms.ts';
import type { CompiledNode } from './compile-rules.ts';
import { type Fault, fault } from './fault.ts';
import type { MatchNode } from './match-node.ts';
import { DEFAULT_MASK } from './vocabulary.ts';

/** Flags that a detector gives always (`true`) or never (`false`); the others depend on the text. */
const FIXED_FLAGS: Partial<Record<DetectorName, Partial<Record<FindingFlag, boolean>>>> = {
  'social-credit-code': { business: true },
};

/** Detectors with findings whose check fails, or, of `contact`, that have no id. */
export const CHECKED_DETECTORS: ReadonlySet<DetectorName> = new Set([
  'resident-id',
  'bank-card',
  'social-credit-code',
  'crypto-wallet',
  'contact',
  'driving-licence',
]);

/** A condition on a flag that no finding of the detector meets. */
export function unreachableFlag(
  detector: DetectorName,
  flags: readonly (readonly [FindingFlag, boolean])[],
): { readonly flag: FindingFlag; readonly fault: Fault } | undefined {
  for (const [flag, wanted] of flags) {
    const always =
      (flag === 'document' && detector !== 'secrecy-marking') ||
      (flag === 'disguised' && detector !== 'link' && detector !== 'short-link') ||
      (flag === 'event' && detector !== 'group-invite')
        ? false
        : FIXED_FLAGS[detector]?.[flag];
    if (always === undefined || always === wanted) continue;
    return { flag, fault: fault(always ? 'flag-always' : 'flag-never', { detector, flag }) };
  }
  return undefined;
}

const plain = (word: string): string => normalizeMask(word, DEFAULT_MASK).text;

/** The place of a term that `allow` names as well; -1 where there is none. */
export function allowedTerm(terms: readonly string[], allow: readonly string[]): number {
  if (allow.length === 0) return -1;
  const innocent = new Set(allow.map(plain));
  return terms.findIndex((term) => innocent.has(plain(term)));
}

/** UTF-16 units that a node marks at least, where it is written plainly. */
function least(node: MatchNode): number {
  if (node.terms !== undefined) return Math.min(...node.terms.map((term) => plain(term).length));
  if (node.any !== undefined) return Math.min(...node.any.map(least));
  if (node.all !== undefined) {
    return Math.max(1, ...node.all.filter((child) => child.not === undefined).map(least));
  }
  return 1;
}

/** Why a part cannot lie inside a window; undefined where it can. */
export function tooNarrow(part: MatchNode, within: number): Fault | undefined {
  if (part.not !== undefined || least(part) <= within) return undefined;
  return fault('too-narrow', { least: least(part), within });
}

const isSubset = (a: ReadonlySet<number>, b: ReadonlySet<number>): boolean => {
  for (const one of a) if (!b.has(one)) return false;
  return true;
};

/** Whether `b` holds in every text in which `a` holds, as far as the trees show it. */
function implies(a: CompiledNode, b: CompiledNode): boolean {
  if (a === b) return true;
  if (b.kind === 'any') return b.children.some((child) => implies(a, child));
  if (a.kind === 'any') return a.children.every((child) => implies(child, b));
  if (a.kind === 'all') return a.children.some((child) => implies(child, b));
  if (a.kind !== 'terms' || b.kind !== 'terms') return false;
  const innocent = [...b.allow].some((word) => !a.allow.has(word));
  const stricter = b.wholeWords && !a.wholeWords;
  // What excuses has no variants of words; a rule that holds for those alone is no use either.
  const looser = (a.mask & ~b.mask & ~VARIANT_MASK) !== 0;
  return isSubset(a.words, b.words) && !looser && !innocent && !stricter;
}

/** Whether `forbidden` leaves nothing of what `wanted` matches. */
export function contradicts(wanted: CompiledNode, forbidden: CompiledNode): boolean {
  return implies(wanted, forbidden);
}
