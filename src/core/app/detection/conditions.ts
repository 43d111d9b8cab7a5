import { asksCircumstances, conditionsHold } from '../../detection/conditions.ts';
import type { TextHit } from '../../detection/judge.ts';
import type { CompiledRules } from '../../rules/compile-rules.ts';
import { CircumstancesReader } from '../../storage/cases/circumstances.ts';
import type { Database } from '../../storage/database.ts';
import type { TextPlace } from '../../storage/detection/judged-texts.ts';

/** Tells whether the conditions of a hit's rule on people and times hold where it was found. */
export function conditionsOf(compiled: CompiledRules, db: Database) {
  const asking = new Map(
    [...compiled.rules, ...compiled.flows]
      .filter(({ rule }) => asksCircumstances(rule))
      .map(({ pack, rule }) => [`${pack.pack.id} ${rule.id}`, rule]),
  );
  const reader = new CircumstancesReader(db);
  return (hit: Pick<TextHit, 'pack' | 'rule'>, text: TextPlace): boolean => {
    const rule = asking.size > 0 ? asking.get(`${hit.pack} ${hit.rule}`) : undefined;
    if (rule === undefined) return true;
    return conditionsHold(rule.when, reader.of(text.messageId, text.conversationId, text.senderId));
  };
}
