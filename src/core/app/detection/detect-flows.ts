/** Rules over several messages, over everything that a run judged. */
import { FLOW, FLOW_SIZE, type FlowColumns } from '../../detection/flow-columns.ts';
import { type FlowHit, FlowJudge } from '../../detection/flow-judge.ts';
import type { StepFact, TextContext, TextHit } from '../../detection/judge.ts';
import { flowHit, memberMatch } from '../../detection/judge-conversation.ts';
import type { CompiledRules } from '../../rules/compile-rules.ts';
import type { Database } from '../../storage/database.ts';
import { type FoundOn, foundHit } from '../../storage/detection/found-hit.ts';
import type { JudgedText } from '../../storage/detection/judged-texts.ts';
import { messageTexts } from '../../storage/messages/flow-texts.ts';
import { spansOf } from '../imports/spans.ts';
import type { Job } from '../jobs.ts';
import { orderOf, Pace } from '../pace.ts';

/** Messages between two looks at the clock. */
const LOOK = 64;

/** A hit, with the text that it stands on and all that judging says of it. */
type FoundFlow = FoundOn & { readonly text: JudgedText; readonly said: TextHit };

const NO_FACTS: readonly StepFact[] = [];

/**
 * The columns of all batches of a run, one behind the other. Where no flow looks at every message, only those are
 * kept in which a step holds.
 */
export class FlowCollector {
  readonly #compiled: CompiledRules;
  #numbers = new Float64Array(FLOW_SIZE << 12);
  #count = 0;
  readonly #contexts: TextContext[] = [];
  readonly #contextIds = new Map<string, number>();
  /** 1 for each message with facts or a sketch: most have none, and a look into a large map costs more than the rest. */
  #isMarked = new Uint8Array(1 << 12);
  readonly #facts = new Map<number, readonly StepFact[]>();
  readonly #sketches = new Map<number, Uint32Array>();

  constructor(compiled: CompiledRules) {
    this.#compiled = compiled;
  }

  /** Takes a judged batch; batches come in the order of their messages' ids. */
  add(columns: FlowColumns | null): void {
    if (columns === null) return;
    const before = this.#count;
    this.#count += columns.count;
    const wanted = this.#count * FLOW_SIZE;
    if (wanted > this.#numbers.length) {
      const larger = new Float64Array(Math.max(wanted, this.#numbers.length * 2));
      larger.set(this.#numbers);
      this.#numbers = larger;
    }
    this.#numbers.set(columns.numbers, before * FLOW_SIZE);
    if (this.#count > this.#isMarked.length) {
      const larger = new Uint8Array(Math.max(this.#count, this.#isMarked.length * 2));
      larger.set(this.#isMarked);
      this.#isMarked = larger;
    }
    const ids = columns.contexts.map((context) => this.#contextOf(context));
    if (ids.some((id, place) => id !== place)) {
      for (let at = before * FLOW_SIZE + FLOW.context; at < wanted; at += FLOW_SIZE) {
        this.#numbers[at] = ids[this.#numbers[at] as number] as number;
      }
    }
    for (const [place, facts] of columns.facts) {
      this.#facts.set(before + place, facts);
      this.#isMarked[before + place] = 1;
    }
    for (const [place, sketch] of columns.sketches) {
      this.#sketches.set(before + place, sketch);
      this.#isMarked[before + place] = 1;
    }
  }

  #contextOf(context: TextContext): number {
    const key = `${context.act} ${context.conversationType} ${context.messageKind}`;
    const known = this.#contextIds.get(key);
    if (known !== undefined) return known;
    const id = this.#contexts.push(context) - 1;
    this.#contextIds.set(key, id);
    return id;
  }

  #at(column: number, place: number): number {
    return this.#numbers[place * FLOW_SIZE + column] as number;
  }

  /** The hits of all flows, messages taken in the order of their time. */
  async judge(db: Database, job: Job): Promise<FoundFlow[]> {
    // Messages came by their ids, so those of one time stay in the order of their ids.
    const order = await orderOf(
      this.#count,
      (place) => this.#at(FLOW.sortAt, place),
      () => job.signal.aborted,
    );
    if (order === null) return [];
    const flows = new FlowJudge(this.#compiled);
    const found: FoundFlow[] = [];
    const pace = new Pace();
    for (let done = 0; done < order.length; done++) {
      if (done % LOOK === 0 && pace.due) {
        if (job.signal.aborted) return [];
        await pace.rest();
      }
      const place = order[done] as number;
      const isMarked = this.#isMarked[place] === 1;
      const hits = flows.push({
        ref: place,
        conversation: this.#at(FLOW.conversationId, place),
        sender: this.#at(FLOW.senderId, place),
        at: this.#at(FLOW.sortAt, place),
        length: this.#at(FLOW.length, place),
        context: this.#contexts[this.#at(FLOW.context, place)] as TextContext,
        facts: (isMarked ? this.#facts.get(place) : undefined) ?? NO_FACTS,
        sketch: isMarked ? this.#sketches.get(place) : undefined,
      });
      for (const hit of hits) found.push(this.#found(db, hit, place));
    }
    return found;
  }

  #found(db: Database, hit: FlowHit, place: number): FoundFlow {
    const ids = hit.members.map(({ ref }) => this.#at(FLOW.messageId, ref));
    const said = messageTexts(db, ids);
    const messageId = this.#at(FLOW.messageId, place);
    const text = said.get(messageId) ?? '';
    const textHit = flowHit(hit, text);
    const sender = this.#at(FLOW.senderId, place);
    const { act, conversationType, messageKind } = this.#contexts[
      this.#at(FLOW.context, place)
    ] as TextContext;
    return {
      text: {
        messageId,
        part: 0,
        text,
        act,
        kind: messageKind,
        conversationType,
        conversationId: this.#at(FLOW.conversationId, place),
        senderId: sender < 0 ? null : sender,
        sortAt: this.#at(FLOW.sortAt, place),
      },
      hit: foundHit(textHit, spansOf(textHit, text)),
      said: textHit,
      members: hit.members.map((member, position) => {
        const id = ids[position] as number;
        const { start, end } = memberMatch(member, said.get(id) ?? '');
        return { messageId: id, start, end };
      }),
    };
  }
}
