/**
 * Turns rule packs into what the judge runs: one automaton per view over the words of all packs,
 * and per rule a match tree. Equal leaves are one object, whatever rules they stand in, so that a
 * text answers each of them once. Whatever in a pack could never match is an error with its place.
 */
import type { Asked, Classifier } from '../classifier/classifier.ts';
import type { FindingFlag } from '../detection/detector-names.ts';
import { detectorNamed } from '../detection/detectors/registry.ts';
import type { Detector } from '../detection/finding.ts';
import { finished, Lazily } from '../detection/in-steps.ts';
import { MAX_TERM_UNITS } from '../detection/term-units.ts';
import { type CategoryId, categoryOf } from '../domain/category.ts';
import { TRANSFORM_BIT, transformMask, VARIANT_MASK } from '../normalization/transforms.ts';
import { type Fault, FaultError, type FaultKey, type FaultValues, fault } from './fault.ts';
import { type CompiledFlow, flowOf } from './flow.ts';
import { NOTICE } from './ignored.ts';
import { flowKindOf } from './match-node.ts';
import { type PackError, packError } from './pack-error.ts';
import { NOT_FOR_PATTERNS, PATTERN_TRANSFORMS, Pattern } from './pattern.ts';
import { givenPack, type LoadedPack, type MatchNode, type Rule } from './rule-pack.ts';
import { allowedTerm, CHECKED_DETECTORS, contradicts, tooNarrow, unreachableFlag } from './unreachable.ts';
import {
  type CompiledVariants,
  type CompiledView,
  DEFAULT_MASK,
  isVisible,
  Vocabulary,
} from './vocabulary.ts';
import { wakeOf } from './wake.ts';

export type CompiledNode =
  | {
      readonly kind: 'terms';
      /** Place among the lists of words. */
      readonly leaf: number;
      readonly words: ReadonlySet<number>;
      /** Innocent longer words. */
      readonly allow: ReadonlySet<number>;
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
  /** A text without any of `needs`, whose place is `leaf`, is not searched; undefined: every text is. */
  | {
      readonly kind: 'regex';
      readonly leaf: number;
      readonly pattern: Pattern;
      readonly mask: number;
      readonly needs: ReadonlySet<number> | undefined;
    }
  /** The classifier of a category gives at least this probability. */
  | { readonly kind: 'classifier'; readonly category: CategoryId; readonly score: number }
  | { readonly kind: 'any'; readonly children: readonly CompiledNode[] }
  | {
      readonly kind: 'all';
      /** The rarest first. */
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
  /** Texts in which one of these holds raise no hit. */
  readonly excludes: readonly CompiledNode[];
}

export interface AskedBy {
  readonly rule: number;
  readonly category: CategoryId;
  readonly score: number;
}

export interface CompiledRules {
  readonly packs: readonly LoadedPack[];
  /** Rules that look at one text. */
  readonly rules: readonly CompiledRule[];
  /** Parts of rules that look at several messages, judged like rules; their indexes follow those of the rules. */
  readonly steps: readonly CompiledRule[];
  readonly flows: readonly CompiledFlow[];
  /** The first view is read for every text and collects its marks. */
  readonly views: readonly CompiledView[];
  /** Words written in another way; undefined: no rule looks for them. */
  readonly variants: CompiledVariants | undefined;
  /** Makes `views` and `variants` in steps, for a thread that has other work; else they are made when first needed. */
  making(): Generator<void, void>;
  /** Rules that a finding may make hold, per detector. */
  readonly wokenBy: readonly { readonly detector: Detector; readonly woken: readonly number[] }[];
  /** Rules that hold only where the classifier gives a category at least so much. */
  readonly asked: readonly AskedBy[];
  /** Whatever any node asks of the classifier. */
  readonly classified: readonly Asked[];
  /** The lists of words of all nodes. */
  readonly leaves: readonly ReadonlySet<number>[];
  /** Rules to evaluate on every text. */
  readonly always: readonly number[];
  /** Proposes categories beside the rules, and answers rules that ask for its score. */
  readonly classifier: Classifier | undefined;
}

export type CompileResult =
  | { readonly ok: true; readonly compiled: CompiledRules }
  | { readonly ok: false; readonly errors: readonly PackError[] };

/** A place in a pack. */
type Path = readonly PropertyKey[];

class Compiler {
  readonly errors: PackError[] = [];
  readonly vocabulary = new Vocabulary();
  readonly rules: CompiledRule[] = [];
  readonly flows: CompiledFlow[] = [];
  readonly classified: Asked[] = [];
  readonly lists: ReadonlySet<number>[] = [];
  private readonly drafts: Omit<CompiledRule, 'index'>[] = [];
  private pack: LoadedPack | undefined;
  private readonly leaves = new Map<string, CompiledNode>();
  private readonly known: ReadonlySet<CategoryId>;
  /** What excuses a text must be written as it is: no variants of words. */
  private excusing = false;

  constructor(classifier: Classifier | undefined) {
    this.known = new Set(classifier?.categories);
  }

  /** The steps of all flows; call once every rule was added. */
  steps(): CompiledRule[] {
    return this.drafts.map((draft, place) => ({ ...draft, index: this.rules.length + place }));
  }

  rule(loaded: LoadedPack, place: number): void {
    const rule = loaded.pack.rules[place] as Rule;
    this.pack = loaded;
    const path: Path = ['rules', place];
    const severity = rule.severity ?? categoryOf(rule.category).severity;
    const exclude = rule.exclude && this.excuse(rule.exclude, [...path, 'exclude']);
    const excludes = exclude === undefined ? [] : [exclude];
    if (rule.ignore?.includes('notice')) excludes.push(this.excuse(NOTICE, path) as CompiledNode);
    const facts = { pack: loaded, rule, severity, excludes };
    if (flowKindOf(rule.match) !== undefined) {
      this.flow(facts, [...path, 'match']);
      return;
    }
    const match = this.node(rule.match, [...path, 'match']);
    if (match === undefined) return;
    if (exclude && contradicts(match, exclude)) this.fail([...path, 'exclude'], 'contradiction');
    this.rules.push({ index: this.rules.length, match, ...facts });
  }

  private flow(facts: Omit<CompiledRule, 'index' | 'match'>, path: Path): void {
    const { match } = facts.rule;
    const steps: number[] = [];
    const step = (node: MatchNode, at: Path): void => {
      const compiled = this.node(node, at);
      if (compiled !== undefined) steps.push(this.drafts.push({ match: compiled, ...facts }) - 1);
    };
    for (const [index, node] of (match.sequence ?? []).entries()) step(node, [...path, 'sequence', index]);
    for (const kind of ['repeat', 'exchange'] as const) {
      const node = match[kind];
      if (node !== undefined && node !== 'any') step(node, [...path, kind]);
    }
    this.flows.push(flowOf(this.flows.length, facts, steps));
  }

  private fail(path: Path, key: FaultKey, values: FaultValues = {}): undefined {
    return this.refuse(path, fault(key, values));
  }

  private refuse(path: Path, one: Fault): undefined {
    this.errors.push(packError(givenPack(this.pack as LoadedPack), path, one));
    return undefined;
  }

  private excuse(node: MatchNode, path: Path): CompiledNode | undefined {
    const before = this.excusing;
    this.excusing = true;
    const compiled = this.node(node, path);
    this.excusing = before;
    return compiled;
  }

  private node(node: MatchNode, path: Path): CompiledNode | undefined {
    const flow = flowKindOf(node);
    if (flow !== undefined) {
      return this.fail(path, 'flow-misplaced', { kind: flow });
    }
    if (node.any !== undefined) {
      const children = node.any.map((child, index) => this.node(child, [...path, 'any', index]));
      return children.includes(undefined) ? undefined : { kind: 'any', children: children as CompiledNode[] };
    }
    if (node.all !== undefined) return this.all(node.all, node.within, path);
    if (node.not !== undefined) {
      return this.fail(path, 'not-misplaced');
    }
    const key = `${this.excusing && node.terms !== undefined} ${JSON.stringify(node)}`;
    const known = this.leaves.get(key);
    if (known !== undefined) return known;
    const leaf = this.leaf(node, path);
    if (leaf !== undefined) this.leaves.set(key, leaf);
    return leaf;
  }

  private leaf(node: MatchNode, path: Path): CompiledNode | undefined {
    if (node.terms !== undefined) return this.terms(node, node.terms, path);
    if (node.regex !== undefined) return this.regex(node.regex, node, path);
    if (node.classifier !== undefined) {
      if (!this.known.has(node.classifier)) {
        return this.fail([...path, 'classifier'], 'no-classifier', { category: node.classifier });
      }
      const asked = { category: node.classifier, score: node.score ?? 1 };
      this.classified.push(asked);
      return { kind: 'classifier', ...asked };
    }
    if (node.detector === undefined) return this.fail(path, 'empty');
    const flags = Object.entries(node.flags ?? {}) as [FindingFlag, boolean][];
    const never = unreachableFlag(node.detector, flags);
    if (never) return this.refuse([...path, 'flags', never.flag], never.fault);
    const { valid = true, atLeast = 1 } = node;
    if (!valid && !CHECKED_DETECTORS.has(node.detector)) {
      return this.fail([...path, 'valid'], 'always-valid', { detector: node.detector });
    }
    return { kind: 'detector', detector: detectorNamed(node.detector), valid, flags, atLeast };
  }

  private terms(node: MatchNode, terms: readonly string[], path: Path): CompiledNode {
    const asked = node.transforms === undefined ? DEFAULT_MASK : transformMask(node.transforms);
    const mask = this.excusing ? asked & ~VARIANT_MASK : asked;
    const words = this.words(terms, mask, [...path, 'terms']);
    const allow = this.words(node.allow ?? [], mask & ~VARIANT_MASK, [...path, 'allow']);
    const never = allowedTerm(terms, node.allow ?? []);
    if (never >= 0) {
      this.fail([...path, 'terms', never], 'allowed-term', { term: terms[never] ?? '' });
    }
    return {
      kind: 'terms',
      leaf: this.list(words),
      words,
      allow,
      mask,
      wholeWords: node.boundary !== 'none',
    };
  }

  private list(words: ReadonlySet<number>): number {
    return this.lists.push(words) - 1;
  }

  private words(texts: readonly string[], mask: number, path: Path): ReadonlySet<number> {
    const ids = new Set<number>();
    for (const [index, text] of texts.entries()) {
      const word = this.vocabulary.add(text, mask);
      if ('refused' in word) this.refuse([...path, index], word.refused);
      else ids.add(word.id);
    }
    return ids;
  }

  private regex(source: string, node: MatchNode, path: Path): CompiledNode | undefined {
    const names = node.transforms ?? PATTERN_TRANSFORMS;
    for (const [index, name] of names.entries()) {
      if (NOT_FOR_PATTERNS.includes(name)) {
        const key = name === 'case' ? 'pattern-case' : 'pattern-transform';
        return this.fail([...path, 'transforms', index], key, { name });
      }
    }
    const mask = transformMask(names);
    try {
      const pattern = new Pattern(source, mask);
      // The prefilter reads Chinese numerals as they stand.
      const usable = pattern.literals?.every(isVisible) && (mask & TRANSFORM_BIT.numerals) === 0;
      const literals = pattern.literals?.map((word) => Array.from(word).slice(0, MAX_TERM_UNITS).join(''));
      const needs = usable ? this.words(literals ?? [], 0, path) : undefined;
      return { kind: 'regex', leaf: needs === undefined ? -1 : this.list(needs), pattern, mask, needs };
    } catch (error) {
      if (error instanceof FaultError) return this.refuse([...path, 'regex'], error.fault);
      return this.fail([...path, 'regex'], 'bad-pattern', { reason: (error as Error).message });
    }
  }

  private all(nodes: readonly MatchNode[], within: number | undefined, path: Path): CompiledNode | undefined {
    const marks: (CompiledNode | undefined)[] = [];
    const nots: (CompiledNode | undefined)[] = [];
    for (const [index, child] of nodes.entries()) {
      const place = [...path, 'all', index];
      if (child.not === undefined) marks.push(this.node(child, place));
      else nots.push(this.excuse(child.not, [...place, 'not']));
      const narrow = within !== undefined && tooNarrow(child, within);
      if (narrow) this.refuse([...path, 'within'], narrow);
    }
    if (marks.length === 0) {
      return this.fail([...path, 'all'], 'only-nots');
    }
    if (marks.includes(undefined) || nots.includes(undefined)) return undefined;
    for (const mark of marks as CompiledNode[]) {
      for (const not of nots as CompiledNode[]) {
        if (contradicts(mark, not)) return this.fail([...path, 'all'], 'contradiction');
      }
    }
    // The rarest first: most texts fail there, and the others are never looked at.
    const children = (marks as CompiledNode[])
      .map((child) => ({ child, often: wakeOf(child, this.vocabulary).often }))
      .sort((a, b) => a.often - b.often)
      .map(({ child }) => child);
    const limit = within ?? Number.POSITIVE_INFINITY;
    return { kind: 'all', children, nots: nots as CompiledNode[], within: limit };
  }
}

/**
 * Compiles packs, all or none. Examples are not run here (`loadRules` in rules/load-rules.ts does).
 * Rules are judged in the order of the packs and of their rules. A rule that asks for the score of a category
 * which `classifier` does not know is an error.
 */
export function compileRuleSet(packs: readonly LoadedPack[], classifier?: Classifier): CompileResult {
  return finished(compilingRules(packs, classifier));
}

/** The same, yielding after each rule, for a thread that has other work. */
export function* compilingRules(
  packs: readonly LoadedPack[],
  classifier?: Classifier,
): Generator<void, CompileResult> {
  const compiler = new Compiler(classifier);
  const ids = new Set<string>();
  for (const loaded of packs) {
    const { id } = loaded.pack;
    if (ids.has(id)) {
      compiler.errors.push(packError(givenPack(loaded), ['id'], fault('pack-twice', { id })));
      continue;
    }
    ids.add(id);
    for (let place = 0; place < loaded.pack.rules.length; place++) {
      compiler.rule(loaded, place);
      yield;
    }
  }
  if (compiler.errors.length > 0) return { ok: false, errors: compiler.errors };
  const { rules, flows } = compiler;
  const steps = compiler.steps();
  const woken = new Map<Detector, number[]>();
  const asked: AskedBy[] = [];
  const always: number[] = [];
  for (const { index, match } of [...rules, ...steps]) {
    const wake = wakeOf(match, compiler.vocabulary);
    for (const word of new Set(wake.words)) compiler.vocabulary.wake(word, index);
    for (const detector of new Set(wake.detectors)) {
      woken.set(detector, [...(woken.get(detector) ?? []), index]);
    }
    for (const { category, score } of wake.asked) asked.push({ rule: index, category, score });
    if (wake.always) always.push(index);
    yield;
  }
  // A host that has workers judge never reads a text itself; the automata are made when first needed.
  const views = new Lazily(() => compiler.vocabulary.makingViews());
  const variants = new Lazily(() => compiler.vocabulary.makingVariants());
  const wokenBy = [...woken].map(([detector, indexes]) => ({ detector, woken: indexes }));
  return {
    ok: true,
    compiled: {
      packs,
      rules,
      steps,
      flows,
      get views() {
        return views.value;
      },
      get variants() {
        return variants.value;
      },
      *making() {
        yield* views.making();
        yield* variants.making();
      },
      wokenBy,
      asked,
      classified: compiler.classified,
      leaves: compiler.lists,
      always,
      classifier,
    },
  };
}
