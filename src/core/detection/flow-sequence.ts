/** Several parts of one offence, said over several messages: goods, price, contact. */
import type { CompiledFlow } from '../rules/flow.ts';
import {
  type FlowEntry,
  type FlowMember,
  type FlowMessage,
  inConversation,
  type OneFlow,
} from './flow-entry.ts';
import type { StepFact } from './judge.ts';

type Sequence = CompiledFlow & { readonly kind: 'sequence' };

interface StepEntry extends FlowEntry {
  readonly fact: StepFact;
}

/** Whether `a` stands before `b`: in an earlier message, or earlier in the same one. */
const before = (a: StepEntry, b: StepEntry): boolean =>
  a.count < b.count || (a.ref === b.ref && a.fact.match.start < b.fact.match.start);

export class SequenceJudge implements OneFlow {
  private readonly flow: Sequence;
  private readonly open = new Map<number, StepEntry[]>();
  private readonly counts = new Map<number, number>();

  constructor(flow: Sequence) {
    this.flow = flow;
  }

  push(message: FlowMessage, facts: readonly StepFact[]): readonly FlowMember[] | undefined {
    const { flow } = this;
    const { conversation, sender, at, ref } = message;
    if (flow.sameSender && sender < 0) return undefined;
    const group = flow.sameSender ? inConversation(conversation, sender) : conversation;
    const count = (this.counts.get(group) ?? 0) + 1;
    this.counts.set(group, count);
    if (facts.length === 0) return undefined;
    const entries = (this.open.get(group) ?? []).filter(
      (entry) => at - entry.at <= flow.window && count - entry.count < flow.messages,
    );
    for (const fact of facts) entries.push({ ref, conversation, sender, at, count, fact });
    const chosen = flow.ordered ? this.inOrder(entries, count) : this.latest(entries);
    this.open.set(group, chosen === undefined ? entries : []);
    if (chosen === undefined) return undefined;
    return [...chosen].sort((a, b) => (before(a, b) ? -1 : 1)).map(({ ref, fact }) => ({ ref, fact }));
  }

  /** The latest entry of each step. */
  private latest(entries: readonly StepEntry[]): StepEntry[] | undefined {
    const chosen = this.flow.steps.map((step) => entries.findLast(({ fact }) => fact.step === step));
    return chosen.includes(undefined) ? undefined : (chosen as StepEntry[]);
  }

  /** The latest entries that stand in the order of the steps, the last of them in the present message. */
  private inOrder(entries: readonly StepEntry[], count: number): StepEntry[] | undefined {
    const chosen: StepEntry[] = [];
    for (let place = this.flow.steps.length - 1; place >= 0; place--) {
      const next = chosen[0];
      const entry = entries.findLast(
        (one) => one.fact.step === this.flow.steps[place] && (next ? before(one, next) : one.count === count),
      );
      if (entry === undefined) return undefined;
      chosen.unshift(entry);
    }
    return chosen;
  }
}
