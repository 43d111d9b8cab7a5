/**
 * data/proofs.json: for each conversation of a source the proof that the pack's messages stand where they
 * say, and the root of the source that the audit log states. The builder refuses content that fails here,
 * the verifier names it.
 */
import { z } from 'zod';
import { treeLeaf } from './commitment.ts';
import type { Problem } from './document-checks.ts';
import { leafHash, rootFrom } from './merkle.ts';
import type { MessageProof } from './message-proof.ts';

const Hex = z.string().regex(/^[0-9a-f]{64}$/);
const Count = z.number().int().nonnegative();

export const TreeProof = z.object({
  conversation: z.string(),
  /** Place among the conversations of the source, from 0. */
  position: Count,
  /** Messages of the conversation in this source. */
  messages: Count,
  root: Hex,
  /** First and last index of every run of messages that follow each other without a hole. */
  runs: z.array(z.tuple([Count, Count])),
  /** Roots of the subtrees without a message of the pack, from left to right. */
  nodes: z.array(Hex),
});

export const SourceProof = z.object({
  source: z.string(),
  sha256: Hex,
  root: Hex,
  messages: Count,
  conversations: Count,
  trees: z.array(TreeProof),
  nodes: z.array(Hex),
});
export type SourceProof = z.infer<typeof SourceProof>;

/** A source's root as the audit log states it. */
export interface StatedRoot {
  readonly root: string;
  readonly messages: number;
  readonly sha256: string;
}

const bytes = (hex: string) => Buffer.from(hex, 'hex');

/** Runs of indices, which ascend, as first and last of each. */
export function runsOf(indices: readonly number[]): [number, number][] {
  const runs: [number, number][] = [];
  for (const index of indices) {
    const last = runs.at(-1);
    if (last && last[1] + 1 === index) last[1] = index;
    else runs.push([index, index]);
  }
  return runs;
}

interface Placed {
  readonly id: string;
  readonly commitment: string;
}

export interface ProofChecks {
  /** A row whose proof fits its message. */
  add(row: { id: string; sourceId: string; conversationId: string; proof: MessageProof }): Problem[];
  /** After the last row; `stated` gives the roots that the audit log states, by source. */
  finish(stated: ReadonlyMap<string, StatedRoot>): Problem[];
}

/** Memory: about 150 bytes for each distinct message. */
export function proofChecks(sources: readonly SourceProof[]): ProofChecks {
  const key = (source: string, conversation: string) => `${source} ${conversation}`;
  const trees = new Map<string, Map<number, Placed>>();
  for (const { source, trees: own } of sources) {
    for (const { conversation } of own) trees.set(key(source, conversation), new Map());
  }

  const treeProblem = (tree: z.infer<typeof TreeProof>, placed: ReadonlyMap<number, Placed>) => {
    const indices = [...placed.keys()].sort((a, b) => a - b);
    if (JSON.stringify(runsOf(indices)) !== JSON.stringify(tree.runs)) return 'runs-differ';
    if ((indices.at(-1) ?? 0) >= tree.messages) return 'index-outside-tree';
    const leaves = indices.map((index) => leafHash(bytes((placed.get(index) as Placed).commitment)));
    const root = rootFrom(tree.messages, indices, leaves, tree.nodes.map(bytes));
    return root?.toString('hex') === tree.root ? null : 'proof-does-not-lead-to-root';
  };

  return {
    add({ id, sourceId, conversationId, proof }) {
      const placed = trees.get(key(sourceId, conversationId));
      if (placed === undefined) return [{ entry: id, reason: 'no-tree-proves-this' }];
      const known = placed.get(proof.index);
      if (known === undefined) placed.set(proof.index, { id, commitment: proof.commitment });
      else if (known.id !== id || known.commitment !== proof.commitment) {
        return [{ entry: id, reason: `place-taken: by ${known.id}` }];
      }
      return [];
    },
    finish(stated) {
      const problems: Problem[] = [];
      const seen = new Set<string>();
      for (const source of sources) {
        const fail = (reason: string, entry = source.source) => problems.push({ entry, reason });
        if (seen.has(source.source)) fail('stated-twice');
        seen.add(source.source);
        for (const tree of source.trees) {
          const entry = key(source.source, tree.conversation);
          const reason = treeProblem(tree, trees.get(entry) ?? new Map());
          if (reason !== null) fail(reason, entry);
        }
        const positions = source.trees.map(({ position }) => position);
        const leaves = source.trees.map(({ conversation, messages, root }) =>
          treeLeaf(conversation, messages, root),
        );
        const root = rootFrom(source.conversations, positions, leaves, source.nodes.map(bytes));
        if (root?.toString('hex') !== source.root) fail('trees-do-not-lead-to-root');
        const logged = stated.get(source.source);
        if (logged === undefined) fail('root-not-in-audit-log');
        else if (logged.root !== source.root || logged.messages !== source.messages) {
          fail('root-differs-from-audit-log');
        } else if (logged.sha256 !== source.sha256) fail('source-hash-differs');
      }
      return problems;
    },
  };
}
