/**
 * Judges one text: which rules hold in it and where. Pure; the same text, context and rules give
 * the same hits in the same order, whatever was judged before.
 */
import { type CategoryId, categoryOf, type Tier } from '../domain/category.ts';
import type { HitStatus } from '../domain/hit.ts';
import type { Act, ConversationType, MessageKind } from '../domain/message.ts';
import { normalizeMask } from '../normalization/normalize-text.ts';
import {
  DEFAULT_TRANSFORMS,
  TRANSFORM_BIT,
  type TransformName,
  transformMask,
  transformNames,
} from '../normalization/transforms.ts';
import type { CompiledRule, CompiledRules } from '../rules/compile-rules.ts';
import { leftmostLongest, type Match, matchesOf } from './match-tree.ts';
import { Reading } from './reading.ts';
import { scoreOf } from './score.ts';

/** Raised whenever the same packs and texts may give other hits; runs and packs name it. */
export const ENGINE_VERSION = '1';

/** What is known of a text beside its words. */
export interface TextContext {
  readonly act: Act;
  readonly conversationType: ConversationType;
  readonly messageKind: MessageKind;
}

/** A rule that holds in a text. With the subject, `pack`, `rule`, `start` and `end` are its identity. */
export interface TextHit {
  readonly pack: string;
  readonly rule: string;
  /** Version of the pack. */
  readonly ruleVersion: string;
  readonly category: CategoryId;
  readonly tier: Tier;
  readonly severity: number;
  readonly status: HitStatus;
  /** Probability that the hit is right, 0 to 1 (score.ts). */
  readonly score: number;
  /** UTF-16 units of the original text, on code point boundaries. */
  readonly start: number;
  readonly end: number;
  /** The original text from `start` to `end`. */
  readonly match: string;
  /** The same normalised. */
  readonly normalized: string;
  /** Transforms without which the rule would not have matched. */
  readonly transforms: readonly TransformName[];
  /** The words and data that make the hit, in the order of the text; one for a single word. */
  readonly parts: readonly { readonly start: number; readonly end: number }[];
}

/** What `normalized` shows: symbols and numerals only where the match needed it. */
const SHOWN = transformMask(DEFAULT_TRANSFORMS) & ~TRANSFORM_BIT.symbols;
const SHOWN_WHERE_NEEDED = TRANSFORM_BIT.symbols | TRANSFORM_BIT.numerals;

/** Quoting is not saying: without a condition on the act a rule does not apply to quotations. */
export function applies({ rule }: CompiledRule, context: TextContext): boolean {
  const { act, conversationType, messageKind } = rule.when ?? {};
  if (act === undefined ? context.act === 'quote' : !act.includes(context.act)) return false;
  if (conversationType !== undefined && !conversationType.includes(context.conversationType)) return false;
  return messageKind === undefined || messageKind.includes(context.messageKind);
}

/** Rules that can hold, in their order. */
function awake(compiled: CompiledRules, reading: Reading): readonly number[] {
  const rules = [...compiled.always, ...reading.woken()];
  for (const { detector, woken } of compiled.wokenBy) {
    if (reading.findingsOf(detector).length > 0) rules.push(...woken);
  }
  return rules.length > 1 ? [...new Set(rules)].sort((a, b) => a - b) : rules;
}

/** All hits of a text, by rule in the order of the packs, then by place. Never throws on any text. */
export function judge(compiled: CompiledRules, text: string, context: TextContext): TextHit[] {
  const reading = new Reading(compiled, text);
  const found: { readonly rule: CompiledRule; readonly matches: readonly Match[] }[] = [];
  for (const index of awake(compiled, reading)) {
    const rule = compiled.rules[index] as CompiledRule;
    if (!applies(rule, context)) continue;
    const matches = leftmostLongest(matchesOf(rule.match, reading));
    if (matches.length === 0) continue;
    if (rule.exclude !== undefined && matchesOf(rule.exclude, reading).length > 0) continue;
    found.push({ rule, matches });
  }
  if (found.length === 0) return [];
  return found.flatMap(({ rule: compiledRule, matches }) => {
    const { rule, severity, pack } = compiledRule;
    const status = rule.status ?? 'hit';
    const others = found.filter((other) => other.rule.rule.category === rule.category).length - 1;
    return matches.map(({ start, end, mask, parts }) => {
      const match = text.slice(start, end);
      return {
        pack: pack.pack.id,
        rule: rule.id,
        ruleVersion: pack.pack.version,
        category: rule.category,
        tier: categoryOf(rule.category).tier,
        severity,
        status,
        score: scoreOf({ status, severity, parts: parts.length, others }),
        start,
        end,
        match,
        normalized: normalizeMask(match, SHOWN | (mask & SHOWN_WHERE_NEEDED)).text,
        transforms: transformNames(mask),
        parts: parts.map((part) => ({ start: part.start, end: part.end })),
      };
    });
  });
}
