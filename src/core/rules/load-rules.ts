/**
 * Loads rule packs: shape, meaning, then every example of every rule, judged with the rules it
 * stands among. A pack whose own examples fail is refused, so a mistake is met before any run.
 */
import { judge, type TextContext } from '../detection/judge.ts';
import { type CompiledRules, type CompileResult, compileRuleSet } from './compile-rules.ts';
import type { LoadedPack, PackError, Rule } from './rule-pack.ts';

/** A context in which the rule applies. */
function contextFor(rule: Rule): TextContext {
  return {
    act: rule.when?.act?.[0] ?? 'own-post',
    conversationType: rule.when?.conversationType?.[0] ?? 'group',
    messageKind: rule.when?.messageKind?.[0] ?? 'text',
  };
}

/** Examples that do not come out as the pack says. */
export function failingExamples(compiled: CompiledRules): PackError[] {
  const errors: PackError[] = [];
  for (const { pack, rule } of compiled.rules) {
    const place = pack.pack.rules.indexOf(rule);
    const context = contextFor(rule);
    for (const kind of ['hit', 'clean'] as const) {
      for (const [index, text] of (rule.examples?.[kind] ?? []).entries()) {
        const hit = judge(compiled, text, context).find(
          (one) => one.pack === pack.pack.id && one.rule === rule.id,
        );
        if ((hit !== undefined) === (kind === 'hit')) continue;
        errors.push({
          code: 'pack-example-failed',
          pack: pack.pack.id,
          path: `rules[${place}].examples.${kind}[${index}]`,
          detail:
            hit === undefined
              ? `rule ${rule.id} does not hit "${text}"`
              : `rule ${rule.id} hits "${text}" at "${hit.match}"`,
        });
      }
    }
  }
  return errors;
}

/** Compiles packs and runs their examples; all or none. */
export function loadRules(packs: readonly LoadedPack[]): CompileResult {
  const result = compileRuleSet(packs);
  if (!result.ok) return result;
  const errors = failingExamples(result.compiled);
  return errors.length > 0 ? { ok: false, errors } : result;
}
