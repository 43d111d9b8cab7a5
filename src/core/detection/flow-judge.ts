/**
 * Rules that look at several messages. Messages come one after another in the order of their time; each is
 * looked at once, so a run over a workspace and a scan of a stream give the same hits. Pure: what a message
 * gives depends only on the messages before it, never on batches or workers.
 *
 * A hit belongs to the message that completes it, and names the others. One group (a sender, a text, a
 * conversation) gives at most one hit of a `repeat` or `exchange` in each window of the rule.
 */
import type { CompiledRules } from '../rules/compile-rules.ts';
import { type CompiledFlow, seesAll } from '../rules/flow.ts';
import type { FlowMember, FlowMessage, OneFlow } from './flow-entry.ts';
import { ExchangeJudge } from './flow-exchange.ts';
import { RepeatJudge } from './flow-repeat.ts';
import { SequenceJudge } from './flow-sequence.ts';
import { applies, type StepFact } from './judge.ts';

export interface FlowHit {
  readonly flow: CompiledFlow;
  /** In the order of time; the last one completes the hit. */
  readonly members: readonly FlowMember[];
}

function judgeOf(flow: CompiledFlow): OneFlow {
  switch (flow.kind) {
    case 'sequence':
      return new SequenceJudge(flow);
    case 'repeat':
      return new RepeatJudge(flow);
    case 'exchange':
      return new ExchangeJudge(flow);
  }
}

const NONE: readonly StepFact[] = [];

export class FlowJudge {
  private readonly flows: readonly { readonly flow: CompiledFlow; readonly judge: OneFlow }[];
  /** Those that look at messages in which none of their steps holds, too. */
  private readonly seeing: FlowJudge['flows'];

  constructor(compiled: Pick<CompiledRules, 'flows'>) {
    this.flows = compiled.flows.map((flow) => ({ flow, judge: judgeOf(flow) }));
    this.seeing = this.flows.filter(({ flow }) => seesAll(flow));
  }

  /** Hits that this message completes, in the order of the packs. */
  push(message: FlowMessage): FlowHit[] {
    const hits: FlowHit[] = [];
    const system = message.context.messageKind === 'system';
    for (const { flow, judge } of message.facts.length === 0 ? this.seeing : this.flows) {
      // Notices of the program are nobody's words, unless a rule asks for them.
      if (system && !flow.rule.when?.messageKind?.includes('system')) continue;
      if (!applies(flow, message.context)) continue;
      const facts =
        message.facts.length === 0 ? NONE : message.facts.filter(({ step }) => flow.steps.includes(step));
      const members = judge.push(message, facts);
      if (members !== undefined) hits.push({ flow, members });
    }
    return hits;
  }
}
