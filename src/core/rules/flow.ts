/** Rules that look at several messages, ready for detection/flow-judge.ts. */
import type { LoadedPack, Rule } from './rule-pack.ts';

interface FlowFacts {
  /** Place among the flows of all packs. */
  readonly index: number;
  readonly pack: LoadedPack;
  readonly rule: Rule;
  readonly severity: number;
  /** Places among the steps of all packs; none where any message counts. */
  readonly steps: readonly number[];
  /** Milliseconds from the first message to the last; Infinity without a limit. */
  readonly window: number;
}

export type CompiledFlow =
  | (FlowFacts & {
      readonly kind: 'sequence';
      /** Messages from the first to the last; Infinity without a limit. */
      readonly messages: number;
      readonly sameSender: boolean;
      readonly ordered: boolean;
    })
  | (FlowFacts & {
      readonly kind: 'repeat';
      readonly of: 'sender' | 'text' | 'conversation';
      readonly atLeast: number;
      readonly senders: number;
      readonly conversations: number;
      readonly minLength: number;
    })
  | (FlowFacts & {
      readonly kind: 'exchange';
      readonly atLeast: number;
      readonly turns: number;
      readonly exclusive: boolean;
    });

/** The flow of a rule whose match is one. `steps`: places of its parts among all steps. */
export function flowOf(
  index: number,
  { pack, rule, severity }: { pack: LoadedPack; rule: Rule; severity: number },
  steps: readonly number[],
): CompiledFlow {
  const { match } = rule;
  const window = match.minutes === undefined ? Number.POSITIVE_INFINITY : match.minutes * 60_000;
  const facts = { index, pack, rule, severity, steps, window };
  if (match.sequence !== undefined) {
    return {
      ...facts,
      kind: 'sequence',
      messages: match.messages ?? Number.POSITIVE_INFINITY,
      sameSender: match.sender !== 'any',
      ordered: match.ordered ?? false,
    };
  }
  if (match.repeat !== undefined) {
    return {
      ...facts,
      kind: 'repeat',
      of: match.of ?? 'sender',
      atLeast: match.atLeast ?? 2,
      senders: match.senders ?? 1,
      conversations: match.conversations ?? 1,
      minLength: match.minLength ?? 0,
    };
  }
  return {
    ...facts,
    kind: 'exchange',
    atLeast: match.atLeast ?? 2,
    turns: match.turns ?? 1,
    exclusive: match.exclusive ?? false,
  };
}

/** Whether a flow looks at every message, not only at those in which one of its steps holds. */
export function seesAll(flow: CompiledFlow): boolean {
  if (flow.steps.length === 0) return true;
  if (flow.kind === 'sequence') return flow.messages !== Number.POSITIVE_INFINITY;
  return flow.kind === 'exchange' && flow.exclusive;
}
