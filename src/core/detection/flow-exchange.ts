/** Two senders answering each other: a quarrel, or a private talk in a group of many. */
import type { CompiledFlow } from '../rules/flow.ts';
import type { FlowEntry, FlowMember, FlowMessage, OneFlow } from './flow-entry.ts';
import type { StepFact } from './judge.ts';

type Exchange = CompiledFlow & { readonly kind: 'exchange' };

/** Messages of a conversation that are remembered, and named in a hit, at most. */
const MOST = 1000;

interface Talk {
  entries: FlowEntry[];
  /** Who has spoken since somebody else last did; of an exclusive exchange. */
  speakers: number[];
  last: number;
  quietUntil: number;
}

export class ExchangeJudge implements OneFlow {
  private readonly flow: Exchange;
  private readonly talks = new Map<number, Talk>();

  constructor(flow: Exchange) {
    this.flow = flow;
  }

  push(message: FlowMessage, facts: readonly StepFact[]): readonly FlowMember[] | undefined {
    const { flow } = this;
    const { ref, conversation, sender, at } = message;
    if (sender < 0) return undefined;
    const [fact] = facts;
    const counts = flow.steps.length === 0 || fact !== undefined;
    let talk = this.talks.get(conversation);
    if (talk === undefined) {
      if (!counts && !flow.exclusive) return undefined;
      talk = { entries: [], speakers: [], last: -1, quietUntil: Number.NEGATIVE_INFINITY };
      this.talks.set(conversation, talk);
    }
    if (flow.exclusive) interrupt(talk, sender);
    if (!counts) return undefined;
    talk.entries.push({ ref, conversation, sender, at, count: 0, fact });
    const since = at - flow.window;
    const from = talk.entries.findIndex((entry) => entry.at >= since);
    const excess = talk.entries.length - MOST;
    if (from > 0 || excess > 0) talk.entries = talk.entries.slice(Math.max(from, excess));
    if (at < talk.quietUntil || talk.entries.length < flow.atLeast) return undefined;
    const members = this.between(talk.entries, sender);
    if (members === undefined) return undefined;
    talk.entries = [];
    talk.quietUntil = at + flow.window;
    return members;
  }

  /** The messages of the sender and of the one last answered, where they are enough. */
  private between(entries: readonly FlowEntry[], sender: number): readonly FlowMember[] | undefined {
    const partner = entries.findLast((entry) => entry.sender !== sender)?.sender;
    if (partner === undefined) return undefined;
    const members: FlowMember[] = [];
    let turns = 0;
    let last = -1;
    for (const entry of entries) {
      if (entry.sender !== sender && entry.sender !== partner) continue;
      if (last >= 0 && entry.sender !== last) turns += 1;
      last = entry.sender;
      members.push({ ref: entry.ref, fact: entry.fact });
    }
    return members.length >= this.flow.atLeast && turns >= this.flow.turns ? members : undefined;
  }
}

/** A third voice ends a talk of two; what the last of them said without a break may begin the next. */
function interrupt(talk: Talk, sender: number): void {
  if (!talk.speakers.includes(sender)) {
    if (talk.speakers.length === 2) {
      const other = talk.entries.findLastIndex((entry) => entry.sender !== talk.last);
      talk.entries = talk.entries.slice(other + 1);
      talk.speakers = [talk.last];
    }
    talk.speakers.push(sender);
  }
  talk.last = sender;
}
