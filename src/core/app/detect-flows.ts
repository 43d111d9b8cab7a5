/** Rules over several messages, over everything that a run judged. */
import type { BatchJudgement } from '../detection/detect-batch.ts';
import { type FlowHit, FlowJudge } from '../detection/flow-judge.ts';
import type { StepFact, TextContext } from '../detection/judge.ts';
import { flowHit, memberMatch } from '../detection/judge-conversation.ts';
import { sketchOf } from '../detection/text-sketch.ts';
import type { CompiledRules } from '../rules/compile-rules.ts';
import { seesAll } from '../rules/flow.ts';
import type { Database } from '../storage/database.ts';
import { messageTexts } from '../storage/flow-texts.ts';
import type { FoundOn, JudgedText } from '../storage/hit-writer.ts';
import type { Job } from './jobs.ts';
import { orderOf, Pace } from './pace.ts';
import { spansOf } from './spans.ts';

/** Messages between two looks at the clock. */
const LOOK = 64;

const NO_FACTS: readonly StepFact[] = [];

/** Numbers of each message, in arrays that grow. */
const COLUMNS = ['messageId', 'conversationId', 'senderId', 'sortAt', 'length', 'context'] as const;
type Column = (typeof COLUMNS)[number];

class Columns {
  #capacity = 1 << 12;
  count = 0;
  #data = Object.fromEntries(COLUMNS.map((name) => [name, new Float64Array(this.#capacity)])) as Record<
    Column,
    Float64Array
  >;

  push(row: Readonly<Record<Column, number>>): number {
    if (this.count === this.#capacity) {
      this.#capacity *= 2;
      for (const name of COLUMNS) {
        const larger = new Float64Array(this.#capacity);
        larger.set(this.#data[name]);
        this.#data[name] = larger;
      }
    }
    for (const name of COLUMNS) this.#data[name][this.count] = row[name];
    return this.count++;
  }

  at(column: Column, place: number): number {
    return this.#data[column][place] as number;
  }
}

/**
 * What flows need of each message, in columns: a run over a million messages holds some 50 MB of it until its
 * messages can be taken in the order of their time. Where no flow looks at every message, only those are kept in
 * which a step holds.
 */
export class FlowCollector {
  readonly #compiled: CompiledRules;
  readonly #all: boolean;
  /** Steps whose texts are compared; −1: every text is. */
  readonly #sketched: ReadonlySet<number>;
  readonly #columns = new Columns();
  readonly #contexts: TextContext[] = [];
  readonly #contextIds = new Map<string, number>();
  readonly #facts = new Map<number, readonly StepFact[]>();
  readonly #sketches = new Map<number, Uint32Array>();

  constructor(compiled: CompiledRules) {
    this.#compiled = compiled;
    this.#all = compiled.flows.some(seesAll);
    const compared = compiled.flows.filter((flow) => flow.kind === 'repeat' && flow.of === 'text');
    this.#sketched = new Set(compared.flatMap(({ steps }) => (steps.length > 0 ? steps : [-1])));
  }

  /** Takes a judged batch; only the messages' own texts take part. */
  add(texts: readonly JudgedText[], judged: BatchJudgement): void {
    if (this.#compiled.flows.length === 0) return;
    const facts = new Map(judged.facts.map((one) => [one.index, one.facts]));
    for (const [index, text] of texts.entries()) {
      const own = facts.get(index);
      if (text.part !== 0 || text.messageId === null || (!this.#all && own === undefined)) continue;
      const place = this.#columns.push({
        messageId: text.messageId,
        conversationId: text.conversationId ?? 0,
        senderId: text.senderId ?? -1,
        sortAt: text.sortAt,
        length: text.text.length,
        context: this.#contextOf(text),
      });
      if (own !== undefined) this.#facts.set(place, own);
      if (this.#sketched.has(-1) || own?.some(({ step }) => this.#sketched.has(step))) {
        const sketch = sketchOf(text.text);
        if (sketch) this.#sketches.set(place, sketch);
      }
    }
  }

  #contextOf({ act, conversationType, kind }: JudgedText): number {
    const key = `${act} ${conversationType} ${kind}`;
    const known = this.#contextIds.get(key);
    if (known !== undefined) return known;
    const id = this.#contexts.push({ act, conversationType, messageKind: kind }) - 1;
    this.#contextIds.set(key, id);
    return id;
  }

  /** The hits of all flows, messages taken in the order of their time. */
  async judge(db: Database, job: Job): Promise<FoundOn[]> {
    const columns = this.#columns;
    // Messages came by their ids, so those of one time stay in the order of their ids.
    const order = await orderOf(
      columns.count,
      (place) => columns.at('sortAt', place),
      () => job.signal.aborted,
    );
    if (order === null) return [];
    const flows = new FlowJudge(this.#compiled);
    const found: FoundOn[] = [];
    const pace = new Pace();
    for (let done = 0; done < order.length; done++) {
      if (done % LOOK === 0 && pace.due) {
        if (job.signal.aborted) return [];
        await pace.rest();
      }
      const place = order[done] as number;
      const hits = flows.push({
        ref: place,
        conversation: columns.at('conversationId', place),
        sender: columns.at('senderId', place),
        at: columns.at('sortAt', place),
        length: columns.at('length', place),
        context: this.#contexts[columns.at('context', place)] as TextContext,
        facts: this.#facts.get(place) ?? NO_FACTS,
        sketch: this.#sketches.get(place),
      });
      for (const hit of hits) found.push(this.#found(db, hit, place));
    }
    return found;
  }

  #found(db: Database, hit: FlowHit, place: number): FoundOn {
    const columns = this.#columns;
    const ids = hit.members.map(({ ref }) => columns.at('messageId', ref));
    const said = messageTexts(db, ids);
    const messageId = columns.at('messageId', place);
    const text = said.get(messageId) ?? '';
    const textHit = flowHit(hit, text);
    const sender = columns.at('senderId', place);
    const { act, conversationType, messageKind } = this.#contexts[
      columns.at('context', place)
    ] as TextContext;
    return {
      text: {
        messageId,
        part: 0,
        text,
        act,
        kind: messageKind,
        conversationType,
        conversationId: columns.at('conversationId', place),
        senderId: sender < 0 ? null : sender,
        sortAt: columns.at('sortAt', place),
      },
      hit: { ...textHit, spans: spansOf(textHit, text) },
      members: hit.members.map((member, position) => {
        const id = ids[position] as number;
        const { start, end } = memberMatch(member, said.get(id) ?? '');
        return { messageId: id, start, end };
      }),
    };
  }
}
