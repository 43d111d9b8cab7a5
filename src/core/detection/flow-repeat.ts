/** The same again and again: a sender's flood, a text from many accounts, one offer in many groups. */
import type { CompiledFlow } from '../rules/flow.ts';
import {
  type FlowEntry,
  type FlowMember,
  type FlowMessage,
  inConversation,
  type OneFlow,
} from './flow-entry.ts';
import type { StepFact } from './judge.ts';
import { TextGroups } from './text-groups.ts';

type Repeat = CompiledFlow & { readonly kind: 'repeat' };

/** Messages of a group that are remembered, and named in a hit, at most. */
const MOST = 1000;

/** What a group said inside the window, with how often each sender and conversation stands in it. */
class Group {
  entries: FlowEntry[] = [];
  readonly senders = new Map<number, number>();
  readonly conversations = new Map<number, number>();
  /** No further hit before this time. */
  quietUntil = Number.NEGATIVE_INFINITY;

  add(entry: FlowEntry): void {
    this.entries.push(entry);
    this.senders.set(entry.sender, (this.senders.get(entry.sender) ?? 0) + 1);
    this.conversations.set(entry.conversation, (this.conversations.get(entry.conversation) ?? 0) + 1);
  }

  prune(since: number): void {
    const excess = this.entries.length - MOST;
    let from = 0;
    while (from < this.entries.length && (from < excess || (this.entries[from] as FlowEntry).at < since)) {
      const { sender, conversation } = this.entries[from++] as FlowEntry;
      lessen(this.senders, sender);
      lessen(this.conversations, conversation);
    }
    if (from > 0) this.entries = this.entries.slice(from);
  }

  clear(): void {
    this.entries = [];
    this.senders.clear();
    this.conversations.clear();
  }
}

function lessen(counts: Map<number, number>, key: number): void {
  const left = (counts.get(key) ?? 0) - 1;
  if (left > 0) counts.set(key, left);
  else counts.delete(key);
}

export class RepeatJudge implements OneFlow {
  private readonly flow: Repeat;
  private readonly groups = new Map<number, Group>();
  private readonly texts: TextGroups | undefined;

  constructor(flow: Repeat) {
    this.flow = flow;
    this.texts = flow.of === 'text' ? new TextGroups() : undefined;
  }

  push(message: FlowMessage, facts: readonly StepFact[]): readonly FlowMember[] | undefined {
    const { flow } = this;
    const [fact] = facts;
    if (flow.steps.length > 0 && fact === undefined) return undefined;
    if (message.length < flow.minLength) return undefined;
    const key = this.keyOf(message);
    if (key === undefined) return undefined;
    let group = this.groups.get(key);
    if (group === undefined) {
      group = new Group();
      this.groups.set(key, group);
    }
    const { ref, conversation, sender, at } = message;
    group.add({ ref, conversation, sender, at, count: 0, fact });
    group.prune(at - flow.window);
    const complete =
      group.entries.length >= flow.atLeast &&
      group.senders.size >= flow.senders &&
      group.conversations.size >= flow.conversations;
    if (!complete || at < group.quietUntil) return undefined;
    const members = group.entries.map((entry) => ({ ref: entry.ref, fact: entry.fact }));
    group.clear();
    group.quietUntil = at + flow.window;
    return members;
  }

  private keyOf({ conversation, sender, at, sketch }: FlowMessage): number | undefined {
    const { flow } = this;
    if (flow.of === 'conversation') return conversation;
    if (sender < 0) return undefined;
    if (flow.of === 'text') return sketch && this.texts?.groupOf(sketch, at, at - flow.window);
    return flow.conversations > 1 ? sender : inConversation(conversation, sender);
  }
}
