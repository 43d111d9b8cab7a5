/**
 * The shape of a match tree: what a rule looks for. Three kinds, the flows, look at several messages
 * (`sequence`, `repeat`, `exchange`) and stand only at the root of a rule's match; the others look at
 * one text. Only the shape is checked here; what it means is checked by compile-rules.ts.
 */
import { z } from 'zod';
import { DETECTOR_NAMES, FINDING_FLAGS } from '../detection/detector-names.ts';
import { CATEGORY_IDS, type CategoryId } from '../domain/category.ts';
import { TRANSFORMS } from '../normalization/transforms.ts';
import type { Fault, FaultKey } from './fault.ts';
import { asIssue } from './shape-faults.ts';

/** Kinds that look at several messages. */
export const FLOW_KINDS = ['sequence', 'repeat', 'exchange'] as const;
export type FlowKind = (typeof FLOW_KINDS)[number];

/** Kinds of match node: exactly one of these keys stands in each node. */
export const NODE_KINDS = [
  'terms',
  'detector',
  'regex',
  'classifier',
  'all',
  'any',
  'not',
  ...FLOW_KINDS,
] as const;
export type NodeKind = (typeof NODE_KINDS)[number];

/** Keys that may stand beside each kind. */
export const COMPANIONS: Record<NodeKind, readonly string[]> = {
  terms: ['allow', 'transforms', 'boundary'],
  detector: ['valid', 'flags', 'atLeast'],
  regex: ['transforms'],
  classifier: ['score'],
  all: ['within'],
  any: [],
  not: [],
  sequence: ['messages', 'minutes', 'sender', 'ordered'],
  repeat: ['of', 'atLeast', 'senders', 'conversations', 'minutes', 'minLength'],
  exchange: ['atLeast', 'turns', 'minutes', 'exclusive'],
};

/** Who or what repeats: one sender, one text (near-duplicates count as one), or one conversation. */
export const REPEAT_OF = ['sender', 'text', 'conversation'] as const;

/** Detector values in a text, and messages that a flow remembers: more would never come together. */
const MOST = 1000;

/** A year in minutes: longer than any window a reviewer could judge. */
const MAX_MINUTES = 525_600;

export const MatchNodeShape = z.strictObject({
  terms: z.array(z.string().min(1)).min(1).optional(),
  /** Innocent longer words: a term inside one of them does not count. */
  allow: z.array(z.string().min(1)).optional(),
  /** The only transforms under which this node may match. */
  transforms: z.array(z.enum(TRANSFORMS)).optional(),
  /** `word` (default): a term of Latin letters and digits only matches as a whole word. */
  boundary: z.enum(['word', 'none']).optional(),
  detector: z.enum(DETECTOR_NAMES).optional(),
  /** Which findings count: those whose check holds (default), or `false`, those whose check fails. */
  valid: z.boolean().optional(),
  /** Flags a finding must have (true) or must not have (false). */
  flags: z.partialRecord(z.enum(FINDING_FLAGS), z.boolean()).optional(),
  /** With `detector`: different values in the text. With `repeat` and `exchange`: messages. */
  atLeast: z.number().int().min(1).max(MOST).optional(),
  /** RE2 syntax. */
  regex: z.string().min(1).max(2000).optional(),
  /** The category whose classifier is asked. */
  classifier: z.enum(CATEGORY_IDS).optional(),
  /** The calibrated probability from which the classifier counts. */
  score: z.number().gt(0).max(1).optional(),
  get all() {
    return z.array(MatchNode).min(1).optional();
  },
  get any() {
    return z.array(MatchNode).min(1).optional();
  },
  get not() {
    return MatchNode.optional();
  },
  /** With `all`: every part lies inside a window of so many UTF-16 units of the original text. */
  within: z.number().int().min(1).max(10_000).optional(),
  /** Every part, each in a message of its own or several in one, inside the window. */
  get sequence() {
    return z.array(MatchNode).min(2).max(8).optional();
  },
  /** The window as a number of messages, from the first to the last. */
  messages: z.number().int().min(2).max(500).optional(),
  /** The window as minutes, from the first to the last. */
  minutes: z.number().gt(0).max(MAX_MINUTES).optional(),
  /** Of `sequence`: whose messages make it; `same` (default): one sender's, and only those are counted. */
  sender: z.enum(['same', 'any']).optional(),
  /** Of `sequence`: the parts come in the order in which they stand here. */
  ordered: z.boolean().optional(),
  /** Many messages in which the node holds, or `any`: many messages whatever they say. */
  get repeat() {
    return z.union([z.literal('any'), MatchNode]).optional();
  },
  of: z.enum(REPEAT_OF).optional(),
  /** Different senders among the messages. */
  senders: z.number().int().min(2).max(1000).optional(),
  /** Different conversations among the messages. */
  conversations: z.number().int().min(2).max(1000).optional(),
  /** Shorter texts do not count (UTF-16 units). */
  minLength: z.number().int().min(1).max(10_000).optional(),
  /** Two senders of one conversation answering each other, in messages in which the node holds, or `any`. */
  get exchange() {
    return z.union([z.literal('any'), MatchNode]).optional();
  },
  /** Changes of speaker between the two. */
  turns: z.number().int().min(1).max(1000).optional(),
  /** Nobody else says anything in between. */
  exclusive: z.boolean().optional(),
});

/** One node of a match tree. */
export const MatchNode: z.ZodType<MatchNode> = z.lazy(() => MatchNodeShape.superRefine(checkNode) as never);

export interface MatchNode {
  terms?: string[] | undefined;
  allow?: string[] | undefined;
  transforms?: (typeof TRANSFORMS)[number][] | undefined;
  boundary?: 'word' | 'none' | undefined;
  detector?: (typeof DETECTOR_NAMES)[number] | undefined;
  valid?: boolean | undefined;
  flags?: Partial<Record<(typeof FINDING_FLAGS)[number], boolean>> | undefined;
  atLeast?: number | undefined;
  regex?: string | undefined;
  classifier?: CategoryId | undefined;
  score?: number | undefined;
  all?: MatchNode[] | undefined;
  any?: MatchNode[] | undefined;
  not?: MatchNode | undefined;
  within?: number | undefined;
  sequence?: MatchNode[] | undefined;
  messages?: number | undefined;
  minutes?: number | undefined;
  sender?: 'same' | 'any' | undefined;
  ordered?: boolean | undefined;
  repeat?: MatchNode | 'any' | undefined;
  of?: (typeof REPEAT_OF)[number] | undefined;
  senders?: number | undefined;
  conversations?: number | undefined;
  minLength?: number | undefined;
  exchange?: MatchNode | 'any' | undefined;
  turns?: number | undefined;
  exclusive?: boolean | undefined;
}

/** The flow kind of a node; undefined for one that looks at one text. */
export function flowKindOf(node: MatchNode): FlowKind | undefined {
  return FLOW_KINDS.find((kind) => node[kind] !== undefined);
}

type Issue = (key: FaultKey, values?: Fault['values'], ...path: PropertyKey[]) => void;

function checkNode(node: MatchNode, ctx: z.RefinementCtx): void {
  const issue: Issue = (key, values, ...path) => {
    ctx.addIssue(asIssue(key, values, path));
  };
  const keys = Object.keys(node);
  const kinds = NODE_KINDS.filter((kind) => keys.includes(kind));
  const kind = kinds[0];
  if (kind === undefined || kinds.length > 1) {
    const known = { kinds: NODE_KINDS.join(', '), got: kinds.join(' and ') };
    issue(kind === undefined ? 'no-kind' : 'two-kinds', known);
    return;
  }
  for (const key of keys) {
    if (key !== kind && !COMPANIONS[kind].includes(key)) issue('misplaced', { kind }, key);
  }
  checkMeaning(kind, node, issue);
}

/** Nodes of a right shape that could never hold, or would hold without a limit. */
function checkMeaning(kind: NodeKind, node: MatchNode, issue: Issue): void {
  const { atLeast, turns } = node;
  if (kind === 'classifier' && node.score === undefined) issue('score-missing', {}, 'score');
  if (kind === 'sequence' && node.messages === undefined && node.minutes === undefined) issue('no-window');
  if (kind === 'repeat') checkRepeat(node, issue);
  if (kind === 'exchange') {
    if (node.minutes === undefined) issue('no-minutes', {}, 'minutes');
    if (atLeast === undefined && turns === undefined) issue('no-count', { counts: '"atLeast", "turns"' });
    const messages = atLeast ?? MOST;
    if (turns !== undefined && turns >= messages) {
      issue('too-many-turns', { messages, most: messages - 1 }, 'turns');
    }
    if (atLeast === 1) issue('exchange-once', {}, 'atLeast');
  }
}

function checkRepeat(node: MatchNode, issue: Issue): void {
  const of = node.of ?? 'sender';
  if (node.minutes === undefined) issue('no-minutes', {}, 'minutes');
  if (node.atLeast === undefined && node.senders === undefined && node.conversations === undefined) {
    issue('no-count', { counts: '"atLeast", "senders", "conversations"' });
  }
  if (node.atLeast === 1) issue('repeat-once', {}, 'atLeast');
  if (of === 'sender' && node.senders !== undefined) issue('one-sender', {}, 'senders');
  if (of === 'conversation' && node.conversations !== undefined)
    issue('one-conversation', {}, 'conversations');
}
