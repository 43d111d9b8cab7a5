/** What rules over several messages work on. */
import type { StepFact, TextContext } from './judge.ts';

/** A message as flows see it. */
export interface FlowMessage {
  /** The caller's own, given back in hits. */
  readonly ref: number;
  readonly conversation: number;
  /** −1 where it is not known. */
  readonly sender: number;
  /** UTC milliseconds. */
  readonly at: number;
  /** UTF-16 units of the text. */
  readonly length: number;
  readonly context: TextContext;
  readonly facts: readonly StepFact[];
  /** Of the text, for near-duplicates (text-sketch.ts); undefined where it has too little. */
  readonly sketch: Uint32Array | undefined;
}

/** A message that takes part in a hit, with the place in its text; the whole text where no step marks one. */
export interface FlowMember {
  readonly ref: number;
  readonly fact: StepFact | undefined;
}

/** A message inside the window of a flow. */
export interface FlowEntry extends FlowMember {
  readonly conversation: number;
  readonly sender: number;
  readonly at: number;
  /** Number of the message among those counted. */
  readonly count: number;
}

/** Judges one flow; `push` answers the members of the hit that the message completes. */
export interface OneFlow {
  push(message: FlowMessage, fact: readonly StepFact[]): readonly FlowMember[] | undefined;
}

/** Key of a sender within a conversation: row ids stay below 2^26 each. */
export const inConversation = (conversation: number, sender: number): number =>
  conversation * 67_108_864 + sender + 1;
