/**
 * Loads rule packs: shape, meaning, then every example of every rule, judged with the rules it
 * stands among. A pack whose own examples fail is refused, so a mistake is met before any run.
 */

import type { Classifier } from '../classifier/classifier.ts';
import { finished } from '../detection/in-steps.ts';
import { judgeText, type TextContext } from '../detection/judge.ts';
import { judgeConversation } from '../detection/judge-conversation.ts';
import { type CompiledRules, type CompileResult, compilingRules } from './compile-rules.ts';
import { fault } from './fault.ts';
import { type PackError, packError } from './pack-error.ts';
import { type Example, givenPack, type LoadedPack, type Rule } from './rule-pack.ts';

/** A context in which the rule applies. */
export function contextFor(rule: Rule): TextContext {
  return {
    act: rule.when?.act?.[0] ?? 'own-post',
    conversationType: rule.when?.conversationType?.[0] ?? 'group',
    messageKind: rule.when?.messageKind?.[0] ?? 'text',
  };
}

const textOf = (example: Example): string =>
  typeof example === 'string' ? example : example.map(({ sender, text }) => `${sender}: ${text}`).join(' / ');

/** What a rule marks in an example; undefined where it does not hit. Conditions on people and times count as met. */
function markOf(compiled: CompiledRules, pack: string, rule: Rule, example: Example): string | undefined {
  const context = contextFor(rule);
  if (typeof example === 'string') {
    const hit = judgeText(compiled, example, context, true).hits.find(
      (one) => one.pack === pack && one.rule === rule.id,
    );
    if (hit !== undefined) return hit.match;
  }
  const messages =
    typeof example === 'string' ? [{ text: example, sender: 'a', conversation: '1' }] : example;
  return judgeConversation(compiled, messages, context).find(
    ({ hit }) => hit.pack === pack && hit.rule === rule.id,
  )?.hit.match;
}

/**
 * Examples that do not come out as the pack says. `own`: without those of packs that ship, which the test suite
 * holds. They cost as much as judging thousands of messages, and a workspace that trained a classifier of its
 * own, which may see some of them otherwise, must still be able to detect.
 */
export function failingExamples(compiled: CompiledRules, which: 'all' | 'own' = 'all'): PackError[] {
  return finished(tryingExamples(compiled, which));
}

/** The same, yielding after each example. */
function* tryingExamples(compiled: CompiledRules, which: 'all' | 'own'): Generator<void, PackError[]> {
  const errors: PackError[] = [];
  const tried = compiled.packs.filter(({ origin }) => which === 'all' || origin !== 'shipped');
  if (tried.length === 0) return errors;
  yield* compiled.making();
  for (const loaded of tried) {
    const { pack } = loaded;
    for (const [place, rule] of pack.rules.entries()) {
      for (const kind of ['hit', 'clean'] as const) {
        for (const [index, example] of (rule.examples?.[kind] ?? []).entries()) {
          const mark = markOf(compiled, pack.id, rule, example);
          yield;
          if ((mark !== undefined) === (kind === 'hit')) continue;
          const said = { rule: rule.id, text: textOf(example) };
          const one =
            mark === undefined ? fault('example-missed', said) : fault('example-hit', { ...said, mark });
          const path = ['rules', place, 'examples', kind, index];
          errors.push(packError(givenPack(loaded), path, one, 'pack-example-failed'));
        }
      }
    }
  }
  return errors;
}

/** Compiles packs and runs their examples (`own`); all or none. */
export function loadRules(packs: readonly LoadedPack[], classifier?: Classifier): CompileResult {
  return finished(loadingRules(packs, classifier));
}

/** The same, yielding after each rule and example, for a thread that has other work. */
export function* loadingRules(
  packs: readonly LoadedPack[],
  classifier?: Classifier,
): Generator<void, CompileResult> {
  const result = yield* compilingRules(packs, classifier);
  if (!result.ok) return result;
  const errors = yield* tryingExamples(result.compiled, 'own');
  return errors.length > 0 ? { ok: false, errors } : result;
}
