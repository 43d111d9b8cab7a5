/**
 * What rules over several messages need of each message that was judged, in flat arrays: a worker hands them
 * over without copying, and a run over a million messages holds some 50 MB of them until its messages can be
 * taken in the order of their time.
 */
import type { CompiledRules } from '../rules/compile-rules.ts';
import { seesAll } from '../rules/flow.ts';
import type { BatchJudgement } from './detect-batch.ts';
import type { StepFact, TextContext } from './judge.ts';
import { sketchOf } from './text-sketch.ts';

/** Numbers of a message, in this order. */
export const FLOW = {
  messageId: 0,
  conversationId: 1,
  senderId: 2,
  sortAt: 3,
  length: 4,
  context: 5,
} as const;
export const FLOW_SIZE = 6;

/** A text, as flows look at it. */
export interface FlowText {
  readonly messageId: number | null;
  readonly part: number;
  readonly text: string;
  readonly act: TextContext['act'];
  readonly kind: TextContext['messageKind'];
  readonly conversationType: TextContext['conversationType'];
  readonly conversationId: number | null;
  /** Null is stored as −1. */
  readonly senderId: number | null;
  readonly sortAt: number;
}

/** Of the messages of a batch, in their order. `facts` and `sketches` name the place of their message. */
export interface FlowColumns {
  readonly count: number;
  /** FLOW_SIZE numbers of each message; `context` is a place in `contexts`. */
  readonly numbers: Float64Array<ArrayBuffer>;
  readonly contexts: readonly TextContext[];
  readonly facts: readonly (readonly [place: number, facts: readonly StepFact[]])[];
  readonly sketches: readonly (readonly [place: number, sketch: Uint32Array])[];
}

/** What the flows of a set of rules ask for. */
interface Asked {
  /** A flow looks at every message; else those count in which a step holds. */
  readonly all: boolean;
  /** Steps whose texts are compared; −1: every text is. */
  readonly sketched: ReadonlySet<number>;
}

const asked = new WeakMap<CompiledRules, Asked>();

function askedBy(compiled: CompiledRules): Asked {
  let known = asked.get(compiled);
  if (known === undefined) {
    const compared = compiled.flows.filter((flow) => flow.kind === 'repeat' && flow.of === 'text');
    known = {
      all: compiled.flows.some(seesAll),
      sketched: new Set(compared.flatMap(({ steps }) => (steps.length > 0 ? steps : [-1]))),
    };
    asked.set(compiled, known);
  }
  return known;
}

/** The columns of a judged batch; only the messages' own texts take part. Null where no rule looks at several messages. */
export function flowColumns(
  compiled: CompiledRules,
  texts: readonly FlowText[],
  judged: Pick<BatchJudgement, 'facts'>,
): FlowColumns | null {
  if (compiled.flows.length === 0) return null;
  const { all, sketched } = askedBy(compiled);
  const comparesAll = sketched.has(-1);
  const numbers = new Float64Array((all ? texts.length : judged.facts.length) * FLOW_SIZE);
  const contexts: TextContext[] = [];
  const facts: [number, readonly StepFact[]][] = [];
  const sketches: [number, Uint32Array][] = [];
  let context = -1;
  let count = 0;
  let next = 0;
  const add = (index: number): void => {
    const text = texts[index] as FlowText;
    const given = judged.facts[next];
    const own = given?.index === index ? given.facts : undefined;
    if (own !== undefined) next += 1;
    if (text.part !== 0 || text.messageId === null) return;
    context = placeOf(text, contexts, context);
    const at = count * FLOW_SIZE;
    numbers[at + FLOW.messageId] = text.messageId;
    numbers[at + FLOW.conversationId] = text.conversationId ?? 0;
    numbers[at + FLOW.senderId] = text.senderId ?? -1;
    numbers[at + FLOW.sortAt] = text.sortAt;
    numbers[at + FLOW.length] = text.text.length;
    numbers[at + FLOW.context] = context;
    if (own !== undefined) facts.push([count, own]);
    if (comparesAll || own?.some(({ step }) => sketched.has(step))) {
      const sketch = sketchOf(text.text);
      if (sketch) sketches.push([count, sketch]);
    }
    count += 1;
  };
  if (all) for (let index = 0; index < texts.length; index++) add(index);
  else for (const { index } of judged.facts) add(index);
  return { count, numbers: numbers.slice(0, count * FLOW_SIZE), contexts, facts, sketches };
}

/** The place of a text's context among `contexts`, which grow; `guess` is that of the text before. */
function placeOf({ act, conversationType, kind }: FlowText, contexts: TextContext[], guess: number): number {
  const isOf = (context: TextContext | undefined): boolean =>
    context !== undefined &&
    context.act === act &&
    context.conversationType === conversationType &&
    context.messageKind === kind;
  if (isOf(contexts[guess])) return guess;
  const known = contexts.findIndex(isOf);
  return known >= 0 ? known : contexts.push({ act, conversationType, messageKind: kind }) - 1;
}
