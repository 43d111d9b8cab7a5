import type { TextContext, TextHit } from '../../src/core/detection/judge.ts';
import { judge } from '../../src/core/detection/judge.ts';
import { type CompiledRules, compileRuleSet } from '../../src/core/rules/compile-rules.ts';
import { type MatchNode, type PackOrigin, parsePack, type Rule } from '../../src/core/rules/rule-pack.ts';

export const GROUP_POST: TextContext = {
  act: 'own-post',
  conversationType: 'group',
  messageKind: 'text',
};

const TITLE = { zh: '测试', en: 'Test' };

/** A pack of rules that have only what a test says about them. */
export function packOf(rules: readonly (Partial<Rule> & { match: MatchNode })[]): object {
  return {
    id: 'test',
    version: '1.0.0',
    title: TITLE,
    rules: rules.map((rule, index) => ({ id: `r${index}`, category: 'fraud', title: TITLE, ...rule })),
  };
}

export function compiled(pack: object, origin: PackOrigin = 'organisation'): CompiledRules {
  const parsed = parsePack(pack, origin);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  const result = compileRuleSet([parsed.loaded]);
  if (!result.ok) throw new Error(JSON.stringify(result.errors));
  return result.compiled;
}

/** Hits of one rule with this match in a group message. */
export function hitsOf(match: MatchNode, text: string, rest: Partial<Rule> = {}): TextHit[] {
  return judge(compiled(packOf([{ match, ...rest }])), text, GROUP_POST);
}

export const matchesOf = (match: MatchNode, text: string, rest: Partial<Rule> = {}): string[] =>
  hitsOf(match, text, rest).map((hit) => hit.match);
