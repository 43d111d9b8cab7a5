import type { RuleSummary } from '../../../core/domain/hit.ts';
import type { RulesSearch } from './search.ts';

/** A rule's id is unique in its pack only. */
export const idOfRule = (rule: Pick<RuleSummary, 'pack' | 'id'>): string => `${rule.pack}/${rule.id}`;

/** Rules that meet every filter; the text is looked for in titles, id, basis and examples. */
export function filterRules(rules: readonly RuleSummary[], search: RulesSearch): RuleSummary[] {
  const text = search.text?.trim().toLowerCase();
  const holds = (rule: RuleSummary) =>
    [
      rule.title.zh,
      rule.title.en,
      rule.id,
      ...rule.basis,
      ...rule.examples.hit,
      JSON.stringify(rule.match),
    ].some((field) => field.toLowerCase().includes(text ?? ''));
  return rules.filter(
    (rule) =>
      (search.pack === undefined || rule.pack === search.pack) &&
      (search.category === undefined || rule.category === search.category) &&
      (search.tier === undefined || rule.tier === search.tier) &&
      (search.status === undefined || rule.status === search.status) &&
      (!text || holds(rule)),
  );
}
