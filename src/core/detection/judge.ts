/**
 * Judges one text: which rules hold in it and where. Pure; the same text, context and rules give
 * the same hits in the same order, whatever was judged before.
 */
import type { Classifier, Proposal } from '../classifier/classifier.ts';
import { categoryOf } from '../domain/category.ts';
import type { HitStatus } from '../domain/hit.ts';
import type { Act, ConversationType, MessageKind } from '../domain/message.ts';
import { normalizeMask } from '../normalization/normalize-text.ts';
import {
  DEFAULT_TRANSFORMS,
  TRANSFORM_BIT,
  transformMask,
  transformNames,
} from '../normalization/transforms.ts';
import type { CompiledRule, CompiledRules } from '../rules/compile-rules.ts';
import { quotedRanges } from '../rules/ignored.ts';
import { leftmostLongest, type Match, matchesOf } from './match-tree.ts';
import { Reading } from './reading.ts';
import { BLOCK, BLOCK_UNITS, ReadingBlock } from './reading-block.ts';
import { scoreAlone, scoreOf } from './score.ts';
import { settle } from './settle.ts';
import { CLASSIFIER_PACK, type TextHit } from './text-hit.ts';
import { WEAK } from './variant-evidence.ts';

export { CLASSIFIER_PACK, type TextHit } from './text-hit.ts';

/** Raised whenever the same packs and texts may give other hits; runs and packs name it. */
export const ENGINE_VERSION = '8';

/** What is known of a text beside its words. */
export interface TextContext {
  readonly act: Act;
  readonly conversationType: ConversationType;
  readonly messageKind: MessageKind;
}

/** What `normalized` shows: symbols and numerals only where the match needed it. */
const SHOWN = transformMask(DEFAULT_TRANSFORMS) & ~TRANSFORM_BIT.symbols;
const SHOWN_WHERE_NEEDED = TRANSFORM_BIT.symbols | TRANSFORM_BIT.numerals;

/** What the application itself puts into a chat. Words can be in it (a new name of the group); a way of talking cannot. */
const WRITTEN_BY_THE_APP: ReadonlySet<MessageKind> = new Set(['system', 'consent', 'recall']);

/** Quoting is not saying: without a condition on the act a rule does not apply to quotations. */
export function applies({ rule }: Pick<CompiledRule, 'rule'>, context: TextContext): boolean {
  const { act, conversationType, messageKind } = rule.when ?? {};
  if (act === undefined ? context.act === 'quote' : !act.includes(context.act)) return false;
  if (conversationType !== undefined && !conversationType.includes(context.conversationType)) return false;
  return messageKind === undefined || messageKind.includes(context.messageKind);
}

/** Where a part of a rule over several messages holds in a text. */
export interface StepFact {
  /** Place among the steps of the compiled rules. */
  readonly step: number;
  readonly match: Match;
}

export interface Judgement {
  readonly hits: readonly TextHit[];
  /** At most one of each step: its first place in the text. */
  readonly facts: readonly StepFact[];
}

function matchesOfRule(rule: CompiledRule, reading: Reading): readonly Match[] {
  let matches: readonly Match[] = leftmostLongest(matchesOf(rule.match, reading));
  if (matches.length > 0 && rule.rule.ignore?.includes('quoted')) {
    const quoted = quotedRanges(reading.text);
    // What the classifier says is of the whole text, of other people's words too.
    const { length } = reading.text;
    matches = matches.filter(
      ({ parts }) =>
        !parts.some(({ start, end }) =>
          quoted.some((q) => (q.start <= start && end <= q.end) || (start === 0 && end === length)),
        ),
    );
  }
  if (matches.length === 0) return matches;
  return rule.excludes.some((exclude) => matchesOf(exclude, reading).length > 0) ? [] : matches;
}

/** The matched text normalised; words written in another way stand as the rule has them. */
function shown(text: string, { start, end, mask, parts }: Match): string {
  const plain = (from: number, to: number): string =>
    from >= to ? '' : normalizeMask(text.slice(from, to), SHOWN | (mask & SHOWN_WHERE_NEEDED)).text;
  let form = '';
  let at = start;
  for (const part of parts) {
    if (part.term === undefined || part.start < at) continue;
    form += plain(at, part.start) + part.term;
    at = part.end;
  }
  return form + plain(at, end);
}

/** A word that little is left of is sure where the classifier gives at least this. */
const SURE = 0.9;
/**
 * Below these the classifier holds a text for none of the category. What a shipped rule finds there is one step less
 * sure: its hit is a proposal, its proposal is left out. Rules of an organisation's own packs stay as they are.
 */
const DOUBTED = { hit: 0.15, proposal: 0.05 } as const;

/** The classifier learnt Chinese; what it says of a text without a Chinese character is not held against a rule. */
const CHINESE = /\p{Script=Han}/u;

/** Whether the classifier, which gave `probability`, holds a text for none of the category of what a shipped rule finds. */
const isDoubted = (
  { pack }: Pick<CompiledRule, 'pack'>,
  text: string,
  found: HitStatus,
  probability: number | undefined,
): boolean =>
  probability !== undefined &&
  probability < DOUBTED[found] &&
  pack.origin === 'shipped' &&
  CHINESE.test(text);

/**
 * The hit of a rule at a place of a text. `others`: other rules of its category that hit the same text.
 * `probability`: what the classifier gives the text for the category; undefined where it does not know it.
 */
export function hitAt(
  rule: Pick<CompiledRule, 'pack' | 'rule' | 'severity'>,
  text: string,
  { start, end, mask, parts }: Match,
  others: number,
  probability?: number,
): TextHit {
  const { category, id, sureFrom } = rule.rule;
  // A word that little is left of is sure only beside others.
  const isWeak = parts.length === 1 && (mask & WEAK) !== 0;
  const said = rule.rule.status ?? 'hit';
  const isSure =
    probability !== undefined &&
    probability >= (sureFrom ?? (isWeak && said === 'hit' ? SURE : 2)) &&
    quotedRanges(text).length === 0;
  const status = isSure ? 'hit' : isWeak || isDoubted(rule, text, 'hit', probability) ? 'proposal' : said;
  const { match: tree } = rule.rule;
  const asksClassifier = [tree, ...(tree.all ?? [])].some((node) => node.classifier !== undefined);
  const match = text.slice(start, end);
  return {
    pack: rule.pack.pack.id,
    rule: id,
    ruleVersion: rule.pack.pack.version,
    category,
    tier: categoryOf(category).tier,
    severity: rule.severity,
    status,
    score: scoreOf({
      status: said,
      severity: rule.severity,
      parts: parts.length,
      others,
      asksClassifier,
      probability,
    }),
    start,
    end,
    match,
    normalized: shown(text, { start, end, mask, parts }),
    transforms: transformNames(mask),
    parts: parts.map((part) => ({ start: part.start, end: part.end })),
  };
}

/** What only the classifier suggests: the whole text. */
function proposalFor(text: string, { category, probability }: Proposal, version: string): TextHit {
  const { tier, severity } = categoryOf(category);
  return {
    pack: CLASSIFIER_PACK,
    rule: category,
    ruleVersion: version,
    category,
    tier,
    severity,
    status: 'proposal',
    score: scoreAlone(probability),
    start: 0,
    end: text.length,
    match: text,
    normalized: normalizeMask(text, SHOWN).text,
    transforms: [],
    parts: [{ start: 0, end: text.length }],
  };
}

const blocks = new WeakMap<CompiledRules, ReadingBlock>();

/** The memory in which texts are read for `compiled`; a call that reads is done with it when it returns. */
function blockOf(compiled: CompiledRules): ReadingBlock {
  let block = blocks.get(compiled);
  if (block === undefined) {
    block = new ReadingBlock(compiled);
    blocks.set(compiled, block);
  }
  return block;
}

/**
 * All hits of a text, by rule in the order of the packs, then by place; then what only the classifier
 * proposes; and what the text gives to rules over several messages. Conditions on the sender, the
 * conversation and the time are not looked at (conditions.ts does). Never throws on any text.
 * `all`: also what others of the same text say already (settle.ts).
 */
export function judgeText(
  compiled: CompiledRules,
  text: string,
  context: TextContext,
  all = false,
): Judgement {
  const block = blockOf(compiled);
  block.read([text]);
  return judgeRead(block, 0, text, context, all);
}

/**
 * As `judgeText`, of many texts, faster than one by one. `said` is called for each in order; what it gets may be
 * what an equal text got. Texts that were judged lately in the same context are not read again: chats repeat
 * themselves.
 */
export function judgeTexts(
  compiled: CompiledRules,
  texts: readonly string[],
  contextOf: (index: number) => TextContext,
  said: (index: number, judgement: Judgement) => void,
): void {
  const block = blockOf(compiled);
  const { known } = block;
  for (let from = 0; from < texts.length; ) {
    const fresh: string[] = [];
    /** What is known of each text of the block; undefined for the fresh ones. */
    const judged: (Judgement | undefined)[] = [];
    let to = from;
    for (let units = 0; to < texts.length && fresh.length < BLOCK && units < BLOCK_UNITS; to++) {
      const text = texts[to] as string;
      const judgement = known.get(text, contextOf(to));
      judged.push(judgement);
      if (judgement !== undefined) continue;
      units += text.length;
      fresh.push(text);
    }
    block.read(fresh);
    for (let index = from, place = 0; index < to; index++) {
      let judgement = judged[index - from];
      if (judgement === undefined) {
        const text = texts[index] as string;
        const context = contextOf(index);
        judgement = judgeRead(block, place, text, context, false);
        known.add(text, context, judgement);
        place += 1;
      }
      said(index, judgement);
    }
    from = to;
  }
}

/** Whether nothing is told of what a rule found: it would only propose, and the classifier holds the text for clean. */
const isLeftOut = (rule: CompiledRule, reading: Reading): boolean =>
  rule.rule.status === 'proposal' &&
  isDoubted(rule, reading.text, 'proposal', reading.probability(rule.rule.category));

function judgeRead(
  block: ReadingBlock,
  index: number,
  text: string,
  context: TextContext,
  all: boolean,
): Judgement {
  const { compiled } = block;
  const awake = block.select(index);
  if (awake.length === 0 && block.classified === null) return { hits: [], facts: [] };
  const reading = new Reading(block, text);
  const found: { readonly rule: CompiledRule; readonly matches: readonly Match[] }[] = [];
  const facts: StepFact[] = [];
  const last = compiled.rules.length;
  for (const index of awake) {
    const rule = (index < last ? compiled.rules[index] : compiled.steps[index - last]) as CompiledRule;
    if (!applies(rule, context)) continue;
    const matches = matchesOfRule(rule, reading);
    if (matches.length === 0) continue;
    if (index < last && (all || !isLeftOut(rule, reading))) found.push({ rule, matches });
    else if (index >= last) facts.push({ step: index - last, match: matches[0] as Match });
  }
  const said = context.act !== 'quote' && !WRITTEN_BY_THE_APP.has(context.messageKind);
  const proposals = said ? reading.proposals() : [];
  if (found.length === 0 && proposals.length === 0) return { hits: [], facts };
  const hits = found.flatMap(({ rule, matches }) => {
    const others = found.filter((other) => other.rule.rule.category === rule.rule.category).length - 1;
    return matches.map((match) => hitAt(rule, text, match, others, reading.probability(rule.rule.category)));
  });
  for (const proposal of proposals) {
    if (found.some(({ rule }) => rule.rule.category === proposal.category)) continue;
    hits.push(proposalFor(text, proposal, (compiled.classifier as Classifier).model.version));
  }
  if (all || hits.length < 2) return { hits, facts };
  const own = new Set(
    found.flatMap(({ rule: { pack } }) => (pack.origin === 'shipped' ? [] : [pack.pack.id])),
  );
  const settled = settle(
    hits,
    text.length,
    (hit) => !own.has(hit.pack),
    (category) => reading.probability(category),
  );
  return { hits: settled, facts };
}

/** The hits of a text by itself. */
export function judge(compiled: CompiledRules, text: string, context: TextContext): TextHit[] {
  return [...judgeText(compiled, text, context).hits];
}
