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
import { Records, Texts } from './packed-rows.ts';

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

/** Bytes of a placed message: its commitment, then its index and where its id stands. */
const PLACED = 32 + 8 + 8;
const INDEX = 32;
const ID = 40;

/** The messages of one tree that were shown, found by index. */
class Placed {
  readonly #records = new Records(PLACED);
  readonly #ids: Texts;
  /** Record by index + 1; ascending indices without holes need none. */
  readonly #apart = new Map<number, number>();
  #first = 0;
  #runs = true;

  constructor(ids: Texts) {
    this.#ids = ids;
  }

  #find(index: number): number | undefined {
    const inRun = index - this.#first;
    if (this.#runs) return inRun >= 0 && inRun < this.#records.count ? inRun : undefined;
    return this.#apart.get(index);
  }

  /** The id of another message at this place; null where there is none. */
  add(id: string, { index, commitment }: Pick<MessageProof, 'index' | 'commitment'>): string | null {
    const known = this.#find(index);
    const own = Buffer.from(commitment, 'hex');
    if (known !== undefined) {
      const record = this.#records.at(known);
      const other = this.#ids.get(record.readDoubleLE(ID));
      return other === id && own.compare(record, 0, INDEX) === 0 ? null : other;
    }
    const number = this.#records.add();
    if (number === 0) this.#first = index;
    else if (this.#runs && index !== this.#first + number) {
      this.#runs = false;
      for (let i = 0; i < number; i++) this.#apart.set(this.#first + i, i);
    }
    if (!this.#runs) this.#apart.set(index, number);
    const record = this.#records.at(number);
    own.copy(record);
    record.writeDoubleLE(index, INDEX);
    record.writeDoubleLE(this.#ids.add(id), ID);
    return null;
  }

  /** Indices, ascending, and the commitments in their order. */
  sorted(): { indices: number[]; commitments: Buffer[] } {
    const at = (i: number) => this.#records.at(i);
    const order = Array.from({ length: this.#records.count }, (_, i) => i);
    if (!this.#runs) order.sort((a, b) => at(a).readDoubleLE(INDEX) - at(b).readDoubleLE(INDEX));
    return {
      indices: order.map((i) => at(i).readDoubleLE(INDEX)),
      commitments: order.map((i) => at(i).subarray(0, INDEX)),
    };
  }
}

export interface ProofChecks {
  /** A row whose proof fits its message. */
  add(row: { id: string; sourceId: string; conversationId: string; proof: MessageProof }): Problem[];
  /** After the last row; `stated` gives the roots that the audit log states, by source. */
  finish(stated: ReadonlyMap<string, StatedRoot>): Problem[];
}

/** Memory: about 90 bytes for each distinct message of a contiguous excerpt, some 40 more for scattered ones. */
export function proofChecks(sources: readonly SourceProof[]): ProofChecks {
  const key = (source: string, conversation: string) => `${source} ${conversation}`;
  const ids = new Texts();
  const trees = new Map<string, Placed>();
  for (const { source, trees: own } of sources) {
    for (const { conversation } of own) trees.set(key(source, conversation), new Placed(ids));
  }

  const treeProblem = (tree: z.infer<typeof TreeProof>, placed: Placed) => {
    const { indices, commitments } = placed.sorted();
    if (JSON.stringify(runsOf(indices)) !== JSON.stringify(tree.runs)) return 'runs-differ';
    if ((indices.at(-1) ?? 0) >= tree.messages) return 'index-outside-tree';
    const leaves = commitments.map(leafHash);
    const root = rootFrom(tree.messages, indices, leaves, tree.nodes.map(bytes));
    return root?.toString('hex') === tree.root ? null : 'proof-does-not-lead-to-root';
  };

  return {
    add({ id, sourceId, conversationId, proof }) {
      const placed = trees.get(key(sourceId, conversationId));
      if (placed === undefined) return [{ entry: id, reason: 'no-tree-proves-this' }];
      const other = placed.add(id, proof);
      return other === null ? [] : [{ entry: id, reason: `place-taken: by ${other}` }];
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
          const reason = treeProblem(tree, trees.get(entry) ?? new Placed(ids));
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
