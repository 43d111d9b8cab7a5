/**
 * Turns rule packs into what the judge runs: one automaton per view over the terms of all packs,
 * and per rule a match tree whose leaves refer to them. Whatever in a pack could never match is an
 * error with its place.
 */
import { TermAutomaton } from '../detection/automaton.ts';
import type { FindingFlag } from '../detection/detector-names.ts';
import { detectorNamed } from '../detection/detectors/registry.ts';
import { FEATURE, featureOf } from '../detection/features.ts';
import type { Detector } from '../detection/finding.ts';
import { TermProfile } from '../detection/term-trace.ts';
import { type AutomatonOptions, MAX_TERM_UNITS, termUnits } from '../detection/term-units.ts';
import { categoryOf } from '../domain/category.ts';
import { DEFAULT_TRANSFORMS, TRANSFORM_BIT, transformMask } from '../normalization/transforms.ts';
import { NOT_FOR_PATTERNS, PATTERN_TRANSFORMS, Pattern } from './pattern.ts';
import type { LoadedPack, MatchNode, PackError, Rule } from './rule-pack.ts';

/** A word in a view. Its occurrences belong to one leaf of one rule. */
export interface CompiledTerm {
  readonly leaf: number;
  readonly text: string;
  readonly profile: TermProfile;
}

/** One way of reading a text, with the terms looked for in it. */
export interface CompiledView {
  readonly options: AutomatonOptions;
  readonly automaton: TermAutomaton;
  readonly terms: readonly CompiledTerm[];
  /** The view is read only where the text has one of these marks; 0: always. */
  readonly trigger: number;
}

export type CompiledNode =
  | {
      readonly kind: 'terms';
      readonly leaf: number;
      /** Leaf of the innocent longer words; -1: there are none. */
      readonly allow: number;
      readonly mask: number;
      readonly wholeWords: boolean;
    }
  | {
      readonly kind: 'detector';
      readonly detector: Detector;
      readonly valid: boolean;
      readonly flags: readonly (readonly [FindingFlag, boolean])[];
      readonly atLeast: number;
    }
  /** `leaf` of the literals, one of which a text must contain; -1: every text is searched. */
  | { readonly kind: 'regex'; readonly pattern: Pattern; readonly mask: number; readonly leaf: number }
  | { readonly kind: 'any'; readonly children: readonly CompiledNode[] }
  | {
      readonly kind: 'all';
      readonly children: readonly CompiledNode[];
      readonly nots: readonly CompiledNode[];
      readonly within: number;
    };

export interface CompiledRule {
  readonly index: number;
  readonly pack: LoadedPack;
  readonly rule: Rule;
  readonly severity: number;
  readonly match: CompiledNode;
  readonly exclude: CompiledNode | undefined;
}

export interface CompiledRules {
  readonly packs: readonly LoadedPack[];
  readonly rules: readonly CompiledRule[];
  /** The first view is read for every text and collects its marks. */
  readonly views: readonly CompiledView[];
  readonly leaves: number;
  /** For each leaf the rule that an occurrence wakes; -1: none. */
  readonly wakes: Int32Array;
  /** Rules woken by a finding, per detector. */
  readonly wokenBy: readonly { readonly detector: Detector; readonly woken: readonly number[] }[];
  /** Rules to evaluate on every text. */
  readonly always: readonly number[];
}

export type CompileResult =
  | { readonly ok: true; readonly compiled: CompiledRules }
  | { readonly ok: false; readonly errors: readonly PackError[] };

/** What can make a rule match: at least one of these must occur. */
interface Wake {
  readonly leaves: readonly number[];
  readonly detectors: readonly Detector[];
  readonly always: boolean;
}

const DEFAULT_MASK = transformMask(DEFAULT_TRANSFORMS);

const LONE_SURROGATE = /\p{Cs}/u;

/** Terms of one view while packs are being read. */
interface ViewDraft {
  readonly options: AutomatonOptions;
  readonly terms: CompiledTerm[];
}

class Compiler {
  readonly errors: PackError[] = [];
  leaves = 0;
  private pack = '';
  private readonly drafts = new Map<string, ViewDraft>();

  constructor() {
    this.draft(DEFAULT_MASK, 'drop');
  }

  rule(loaded: LoadedPack, index: number, place: number): CompiledRule | undefined {
    const rule = loaded.pack.rules[place] as Rule;
    this.pack = loaded.pack.id;
    const path = `rules[${place}]`;
    const match = this.node(rule.match, `${path}.match`);
    const exclude = rule.exclude === undefined ? undefined : this.node(rule.exclude, `${path}.exclude`);
    if (match === undefined) return undefined;
    return {
      index,
      pack: loaded,
      rule,
      severity: rule.severity ?? categoryOf(rule.category).severity,
      match,
      exclude,
    };
  }

  views(): CompiledView[] {
    const drafts = [...this.drafts.values()];
    const literals = new Set<number>();
    for (const { options, terms } of drafts) {
      if (options.symbols === 'drop') continue;
      const letters = { ...options, symbols: 'drop' as const };
      for (const { text } of terms) {
        const kept = new Set(termUnits(text, letters));
        for (const code of termUnits(text, options)) if (!kept.has(code)) literals.add(code);
      }
    }
    const marks = (code: number): number => featureOf(code) | (literals.has(code) ? FEATURE.literal : 0);
    return drafts.map(({ options, terms }, index) => {
      const complete = index === 0 ? { ...options, featureOf: marks } : options;
      return {
        options: complete,
        automaton: new TermAutomaton(
          terms.map(({ text }) => text),
          complete,
        ),
        terms,
        trigger: options.symbols === 'keep' ? FEATURE.literal : 0,
      };
    });
  }

  private draft(mask: number, symbols: 'drop' | 'keep'): ViewDraft {
    const key = `${mask} ${symbols}`;
    let draft = this.drafts.get(key);
    if (draft === undefined) {
      draft = { options: { mask, symbols }, terms: [] };
      this.drafts.set(key, draft);
    }
    return draft;
  }

  private fail(path: string, detail: string): undefined {
    this.errors.push({ code: 'pack-invalid', pack: this.pack, path, detail });
    return undefined;
  }

  /** Puts words into the view they need; the view's mask is all that the rule could ask for. */
  private words(words: readonly string[], leaf: number, numerals: boolean, path: string): void {
    const mask = DEFAULT_MASK | (numerals ? TRANSFORM_BIT.numerals : 0);
    for (const [index, text] of words.entries()) {
      const kept = termUnits(text, { mask, symbols: 'keep' });
      const letters = termUnits(text, { mask, symbols: 'drop' });
      const place = `${path}[${index}]`;
      if (kept.length === 0) this.fail(place, `"${text}" has no visible character`);
      else if (kept.length > MAX_TERM_UNITS) {
        this.fail(place, `is longer than ${MAX_TERM_UNITS} characters: use a shorter part of it`);
      } else if (LONE_SURROGATE.test(text)) this.fail(place, 'has half a character (a lone surrogate)');
      else {
        const draft = this.draft(mask, kept.length === letters.length ? 'drop' : 'keep');
        draft.terms.push({ leaf, text, profile: new TermProfile(text, kept, draft.options) });
      }
    }
  }

  private node(node: MatchNode, path: string): CompiledNode | undefined {
    if (node.terms !== undefined) return this.terms(node, path);
    if (node.detector !== undefined) {
      return {
        kind: 'detector',
        detector: detectorNamed(node.detector),
        valid: node.valid ?? true,
        flags: Object.entries(node.flags ?? {}) as [FindingFlag, boolean][],
        atLeast: node.atLeast ?? 1,
      };
    }
    if (node.regex !== undefined) return this.regex(node.regex, node, path);
    if (node.any !== undefined) {
      const children = this.children(node.any, `${path}.any`);
      return children === undefined ? undefined : { kind: 'any', children };
    }
    if (node.all !== undefined) return this.all(node.all, node.within, path);
    return this.fail(path, '"not" stands only inside "all", beside a part that marks something');
  }

  private terms(node: MatchNode, path: string): CompiledNode {
    const mask = node.transforms === undefined ? DEFAULT_MASK : transformMask(node.transforms);
    const numerals = (mask & TRANSFORM_BIT.numerals) !== 0;
    const leaf = this.leaves++;
    this.words(node.terms ?? [], leaf, numerals, `${path}.terms`);
    const allow = node.allow === undefined || node.allow.length === 0 ? -1 : this.leaves++;
    if (allow >= 0) this.words(node.allow ?? [], allow, numerals, `${path}.allow`);
    return { kind: 'terms', leaf, allow, mask, wholeWords: node.boundary !== 'none' };
  }

  private regex(source: string, node: MatchNode, path: string): CompiledNode | undefined {
    const names = node.transforms ?? PATTERN_TRANSFORMS;
    for (const [index, name] of names.entries()) {
      if (NOT_FOR_PATTERNS.includes(name)) {
        const advice = name === 'case' ? 'write (?i) in the pattern' : 'use terms';
        return this.fail(`${path}.transforms[${index}]`, `"${name}" is not for patterns: ${advice}`);
      }
    }
    const mask = transformMask(names);
    try {
      const pattern = new Pattern(source, mask);
      const numerals = (mask & TRANSFORM_BIT.numerals) !== 0;
      if (pattern.literals === undefined || numerals) return { kind: 'regex', pattern, mask, leaf: -1 };
      const literals = pattern.literals.map((word) => Array.from(word).slice(0, MAX_TERM_UNITS).join(''));
      const visible = (word: string): boolean =>
        termUnits(word, { mask: DEFAULT_MASK, symbols: 'drop' }).length > 0 && !LONE_SURROGATE.test(word);
      if (!literals.every(visible)) return { kind: 'regex', pattern, mask, leaf: -1 };
      const leaf = this.leaves++;
      this.words(literals, leaf, false, path);
      return { kind: 'regex', pattern, mask, leaf };
    } catch (error) {
      return this.fail(`${path}.regex`, (error as Error).message);
    }
  }

  private all(
    nodes: readonly MatchNode[],
    within: number | undefined,
    path: string,
  ): CompiledNode | undefined {
    const marks = nodes.flatMap((child, index) =>
      child.not === undefined ? [this.node(child, `${path}.all[${index}]`)] : [],
    );
    const nots = nodes.flatMap((child, index) =>
      child.not === undefined ? [] : [this.node(child.not, `${path}.all[${index}].not`)],
    );
    if (marks.length === 0) {
      return this.fail(`${path}.all`, 'needs a part other than "not", which marks something');
    }
    if (marks.includes(undefined) || nots.includes(undefined)) return undefined;
    return {
      kind: 'all',
      children: marks as CompiledNode[],
      nots: nots as CompiledNode[],
      within: within ?? Number.POSITIVE_INFINITY,
    };
  }

  private children(nodes: readonly MatchNode[], path: string): CompiledNode[] | undefined {
    const compiled = nodes.map((child, index) => this.node(child, `${path}[${index}]`));
    return compiled.includes(undefined) ? undefined : (compiled as CompiledNode[]);
  }
}

/** An expression without prefilter costs the most, then a detector, then terms. */
const cost = (wake: Wake): number => (wake.always ? 1000 : 0) + wake.detectors.length * 10;

function wakeOf(node: CompiledNode): Wake {
  switch (node.kind) {
    case 'terms':
      return { leaves: [node.leaf], detectors: [], always: false };
    case 'detector':
      return { leaves: [], detectors: [node.detector], always: false };
    case 'regex':
      return { leaves: node.leaf < 0 ? [] : [node.leaf], detectors: [], always: node.leaf < 0 };
    case 'any': {
      const wakes = node.children.map(wakeOf);
      return {
        leaves: wakes.flatMap((wake) => wake.leaves),
        detectors: wakes.flatMap((wake) => wake.detectors),
        always: wakes.some((wake) => wake.always),
      };
    }
    case 'all':
      return node.children.map(wakeOf).reduce((best, wake) => (cost(wake) < cost(best) ? wake : best));
  }
}

/**
 * Compiles packs, all or none. Examples are not run here (`loadRules` in rules/load-rules.ts does).
 * Rules are judged in the order of the packs and of their rules.
 */
export function compileRuleSet(packs: readonly LoadedPack[]): CompileResult {
  const compiler = new Compiler();
  const rules: CompiledRule[] = [];
  const ids = new Set<string>();
  for (const loaded of packs) {
    const { id } = loaded.pack;
    if (ids.has(id)) {
      compiler.errors.push({
        code: 'pack-invalid',
        pack: id,
        path: 'id',
        detail: `pack "${id}" is given twice`,
      });
      continue;
    }
    ids.add(id);
    for (let place = 0; place < loaded.pack.rules.length; place++) {
      const rule = compiler.rule(loaded, rules.length, place);
      if (rule !== undefined) rules.push(rule);
    }
  }
  if (compiler.errors.length > 0) return { ok: false, errors: compiler.errors };
  const wakes = new Int32Array(compiler.leaves).fill(-1);
  const woken = new Map<Detector, number[]>();
  const always: number[] = [];
  for (const { index, match } of rules) {
    const wake = wakeOf(match);
    for (const leaf of wake.leaves) wakes[leaf] = index;
    for (const detector of new Set(wake.detectors))
      woken.set(detector, [...(woken.get(detector) ?? []), index]);
    if (wake.always) always.push(index);
  }
  const views = compiler.views();
  const wokenBy = [...woken].map(([detector, indexes]) => ({ detector, woken: indexes }));
  return {
    ok: true,
    compiled: { packs, rules, views, leaves: compiler.leaves, wakes, wokenBy, always },
  };
}
