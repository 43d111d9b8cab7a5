/** Where the match tree of a rule holds in a text. */
import { appliedMask } from '../normalization/normalize-text.ts';
import type { CompiledNode } from '../rules/compile-rules.ts';
import type { Finding } from './finding.ts';
import type { Reading } from './reading.ts';
import type { Occurrence } from './reading-block.ts';
import { touchesWord } from './term-trace.ts';
import { WEAK } from './variant-evidence.ts';

export interface Part {
  readonly start: number;
  readonly end: number;
  /** Transforms that this part needed. */
  readonly mask: number;
  /** The word as the rule has it, where the text writes it in another way. */
  readonly term?: string;
}

/** A place where a node holds. `parts` are the words and data that make it, in order. */
export interface Match extends Part {
  readonly parts: readonly Part[];
}

const NONE: readonly Match[] = [];

/** Of one list of words no more places of a text are looked at: nobody reviews more. */
const MOST_PLACES = 1000;

/** Of two that stand at one place the first stays first. */
const byPlace = (a: Part, b: Part): number => a.start - b.start || b.end - a.end;

const single = (start: number, end: number, mask: number, term?: string): Match => ({
  start,
  end,
  mask,
  parts: [term === undefined ? { start, end, mask } : { start, end, mask, term }],
});

/** One match over several parts. */
function joined(matches: readonly Match[]): Match {
  const parts = matches.flatMap((match) => match.parts).sort(byPlace);
  return {
    start: (parts[0] as Part).start,
    end: parts.reduce((end, part) => Math.max(end, part.end), 0),
    mask: parts.reduce((mask, part) => mask | part.mask, 0),
    parts,
  };
}

/** Leftmost first, the longest of those that begin together, none that overlaps an earlier one. */
export function leftmostLongest(matches: readonly Match[]): Match[] {
  const kept: Match[] = [];
  let end = 0;
  for (const match of [...matches].sort(byPlace)) {
    if (kept.length > 0 && match.start < end) continue;
    kept.push(match);
    end = match.end;
  }
  return kept;
}

/** Leftmost, longest, without overlaps: what begins inside a match is not even traced. */
function termMatches(node: CompiledNode & { kind: 'terms' }, reading: Reading): Match[] {
  const innocent = reading.occurrencesOf(node.allow).filter(({ variant }) => variant === 0);
  const matches: Match[] = [];
  let taken = 0;
  let next = 0;
  let innocentEnd = 0;
  for (const { start, end, word, variant } of reading.occurrencesOf(node.words)) {
    for (; next < innocent.length && (innocent[next] as Occurrence).start <= start; next++) {
      innocentEnd = Math.max(innocentEnd, (innocent[next] as Occurrence).end);
    }
    if (innocentEnd >= end || (matches.length > 0 && start < taken)) continue;
    let needed = variant;
    if (variant !== 0) {
      if ((variant & ~node.mask & ~WEAK) !== 0) continue;
    } else {
      if (node.wholeWords && word.profile.word && touchesWord(reading.text, start, end)) continue;
      needed = word.profile.trace(reading.text.slice(start, end));
      if (needed < 0 || (needed & ~node.mask) !== 0) continue;
    }
    matches.push(single(start, end, needed, variant === 0 ? undefined : word.text));
    taken = end;
    if (matches.length === MOST_PLACES) break;
  }
  return matches;
}

function detectorMatches(node: CompiledNode & { kind: 'detector' }, reading: Reading): Match[] {
  const counts = (finding: Finding): boolean =>
    finding.valid === node.valid &&
    node.flags.every(([flag, wanted]) => finding.flags.includes(flag) === wanted);
  const findings = reading.findingsOf(node.detector).filter(counts);
  if (new Set(findings.map((finding) => finding.value)).size < node.atLeast) return [];
  const matches = findings.map(({ start, end, mask }) => single(start, end, mask));
  return node.atLeast > 1 ? [joined(matches)] : matches;
}

function patternMatches(node: CompiledNode & { kind: 'regex' }, reading: Reading): Match[] {
  const form = reading.normalized(node.mask);
  return node.pattern
    .find(form)
    .map(({ from, to, start, end }) => single(start, end, appliedMask(form, from, to)));
}

/**
 * The tightest windows that hold one match of every child, from left to right without overlaps.
 * Without a limit the text is one window and the first match of each child makes the only match.
 */
function windows(children: readonly (readonly Match[])[], within: number): Match[] {
  if (within === Number.POSITIVE_INFINITY) return [joined(children.map((matches) => matches[0] as Match))];
  const events = children
    .flatMap((matches, child) => matches.map((match) => ({ match, child })))
    .sort((a, b) => byPlace(a.match, b.match) || a.child - b.child);
  const found: Match[] = [];
  const latest: (Match | undefined)[] = children.map(() => undefined);
  for (const { match, child } of events) {
    latest[child] = match;
    let start = match.start;
    let end = match.end;
    let complete = true;
    for (const one of latest) {
      if (one === undefined) complete = false;
      else {
        start = Math.min(start, one.start);
        end = Math.max(end, one.end);
      }
    }
    if (!complete || end - start > within) continue;
    found.push(joined(latest as Match[]));
    latest.fill(undefined);
  }
  return leftmostLongest(found);
}

/** Where `node` holds, in the order of the text. */
export function matchesOf(node: CompiledNode, reading: Reading): readonly Match[] {
  switch (node.kind) {
    case 'terms':
      return reading.hasLeaf(node.leaf) ? reading.once(node, () => termMatches(node, reading)) : NONE;
    case 'detector':
      return reading.once(node, () => detectorMatches(node, reading));
    case 'regex':
      if (node.needs !== undefined && !reading.hasLeaf(node.leaf)) return NONE;
      return reading.once(node, () => patternMatches(node, reading));
    case 'classifier':
      return reading.isGiven(node.category, node.score) ? [single(0, reading.text.length, 0)] : NONE;
    case 'any':
      return leftmostLongest(node.children.flatMap((child) => matchesOf(child, reading)));
    case 'all': {
      if (!reading.mayHold(node)) return NONE;
      const children: (readonly Match[])[] = [];
      for (const child of node.children) {
        const matches = matchesOf(child, reading);
        if (matches.length === 0) return [];
        children.push(matches);
      }
      if (node.nots.some((child) => matchesOf(child, reading).length > 0)) return [];
      return windows(children, node.within);
    }
  }
}
