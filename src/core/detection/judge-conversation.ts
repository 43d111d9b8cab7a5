/** Judges a small conversation at once: examples of packs, and what is typed to try a rule. */
import type { CompiledRules } from '../rules/compile-rules.ts';
import type { ExampleMessage } from '../rules/rule-pack.ts';
import type { FlowMember } from './flow-entry.ts';
import { type FlowHit, FlowJudge } from './flow-judge.ts';
import { hitAt, judgeText, type TextContext, type TextHit } from './judge.ts';
import type { Match, Part } from './match-tree.ts';
import { sketchOf } from './text-sketch.ts';

export interface ConversationHit {
  /** Place of the message that the hit belongs to. */
  readonly index: number;
  readonly hit: TextHit;
  /** Places of all messages that make it, in the order of time; one for a rule over one text. */
  readonly messages: readonly number[];
}

/** Minutes between two messages that say nothing of their time. */
const APART = 0.5;

/** Where a member of a flow stands in its text. */
export function memberMatch(member: FlowMember, text: string): Match {
  if (member.fact !== undefined) return member.fact.match;
  const whole: Part = { start: 0, end: text.length, mask: 0 };
  return { ...whole, parts: [whole] };
}

/** The hit of a flow, on the text of the message that completes it. */
export function flowHit({ flow, members }: FlowHit, text: string): TextHit {
  const last = members.at(-1) as FlowMember;
  const parts = members
    .filter((member) => member.ref === last.ref)
    .flatMap((member) => memberMatch(member, text).parts);
  const match: Match = {
    start: Math.min(...parts.map(({ start }) => start)),
    end: Math.max(...parts.map(({ end }) => end)),
    mask: parts.reduce((mask, part) => mask | part.mask, 0),
    parts: [...parts].sort((a, b) => a.start - b.start || b.end - a.end),
  };
  return hitAt(flow, text, match, 0);
}

type Said = Pick<ExampleMessage, 'text' | 'sender' | 'conversation'> & Partial<ExampleMessage>;

/** All hits of a conversation, by the message they belong to. Messages stand in the order of their time. */
export function judgeConversation(
  compiled: CompiledRules,
  messages: readonly Said[],
  context: TextContext,
): ConversationHit[] {
  const flows = new FlowJudge(compiled);
  const senders = [...new Set(messages.map(({ sender }) => sender))];
  const conversations = [...new Set(messages.map(({ conversation }) => conversation))];
  const found: ConversationHit[] = [];
  let minutes = 0;
  for (const [index, { text, sender, conversation, at, kind, act }] of messages.entries()) {
    const own = { ...context, messageKind: kind ?? context.messageKind, act: act ?? context.act };
    const { hits, facts } = judgeText(compiled, text, own);
    for (const hit of hits) found.push({ index, hit, messages: [index] });
    minutes = at ?? (index === 0 ? 0 : minutes + APART);
    const complete = flows.push({
      ref: index,
      conversation: conversations.indexOf(conversation),
      sender: senders.indexOf(sender),
      at: minutes * 60_000,
      length: text.length,
      context: own,
      facts,
      sketch: sketchOf(text),
    });
    for (const flow of complete) {
      const places = [...new Set(flow.members.map(({ ref }) => ref))];
      found.push({ index, hit: flowHit(flow, text), messages: places });
    }
  }
  return found;
}
