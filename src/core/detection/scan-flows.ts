/** Rules over several messages in a stream of lines, each with its conversation, sender and time. */
import type { CompiledRules } from '../rules/compile-rules.ts';
import { FlowJudge } from './flow-judge.ts';
import type { StepFact, TextContext, TextHit } from './judge.ts';
import { flowHit } from './judge-conversation.ts';
import { sketchOf } from './text-sketch.ts';

interface Line {
  readonly conversation?: unknown;
  readonly sender?: unknown;
  readonly sentAt?: unknown;
}

const isName = (value: unknown): value is string | number =>
  typeof value === 'string' || typeof value === 'number';

export class ScanFlows {
  /** Lines that say not enough for flows. */
  apart = 0;
  private readonly judge: FlowJudge;
  private readonly compared: boolean;
  private readonly numbers = new Map<string, number>();
  private lines = 0;

  constructor(compiled: CompiledRules) {
    this.judge = new FlowJudge(compiled);
    this.compared = compiled.flows.some((flow) => flow.kind === 'repeat' && flow.of === 'text');
  }

  /** Hits of flows that a line completes. */
  push(line: Line, text: string, context: TextContext, facts: readonly StepFact[]): TextHit[] {
    const { conversation, sender, sentAt } = line;
    const at = typeof sentAt === 'number' ? sentAt : typeof sentAt === 'string' ? Date.parse(sentAt) : NaN;
    if (!isName(conversation) || !isName(sender) || Number.isNaN(at)) {
      this.apart += 1;
      return [];
    }
    const complete = this.judge.push({
      ref: this.lines++,
      conversation: this.number(`c${conversation}`),
      sender: this.number(`s${sender}`),
      at,
      length: text.length,
      context,
      facts,
      sketch: this.compared ? sketchOf(text) : undefined,
    });
    return complete.map((hit) => flowHit(hit, text));
  }

  private number(name: string): number {
    let number = this.numbers.get(name);
    if (number === undefined) {
      number = this.numbers.size;
      this.numbers.set(name, number);
    }
    return number;
  }
}
