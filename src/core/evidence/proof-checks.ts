/**
 * data/proofs.json: for each conversation of a source the proof that the pack's messages stand where they
 * say, and the root of the source that the audit log states. The builder refuses content that fails here,
 * the verifier names it.
 */
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { treeLeaf } from './commitment.ts';
import type { Problem } from './document-checks.ts';
import { leafHash, rootFrom } from './merkle.ts';
import type { MessageProof } from './message-proof.ts';
import { Lookup, Records, Texts } from './packed-rows.ts';

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
export function runsOf(indices: ArrayLike<number>): [number, number][] {
  const runs: [number, number][] = [];
  for (let i = 0; i < indices.length; i++) {
    const index = indices[i] as number;
    const last = runs.at(-1);
    if (last && last[1] + 1 === index) last[1] = index;
    else runs.push([index, index]);
  }
  return runs;
}

/** Whether `runs` is what `runsOf` gives. */
function haveRuns(indices: ArrayLike<number>, runs: readonly (readonly [number, number])[]): boolean {
  let at = 0;
  for (const [first, last] of runs) {
    if (last < first) return false;
    for (let index = first; index <= last; index++) if (indices[at++] !== index) return false;
    if (indices[at] === last + 1) return false;
  }
  return at === indices.length;
}

/** Bytes of a placed message: its commitment, then its index and where its id stands. */
const PLACED = 32 + 8 + 8;
const INDEX = 32;
const ID = 40;

/** Of the places of indices in a table; of this process alone, so that nobody can choose indices that fall together. */
const SPREAD = randomBytes(4).readUInt32LE(0) | 1;

function spread(index: number): number {
  const mixed = Math.imul((index >>> 0) ^ Math.imul(Math.floor(index / 2 ** 32), 0x9e3779b1), SPREAD);
  return mixed ^ (mixed >>> 15);
}

/** The messages of one tree that were shown, found by index. */
class Placed {
  readonly #records = new Records(PLACED);
  readonly #ids: Texts;
  /** Records by index; ascending indices without holes need none. */
  #apart: Lookup | null = null;
  #first = 0;

  constructor(ids: Texts) {
    this.#ids = ids;
  }

  #indexOf(record: number): number {
    return this.#records.at(record).readDoubleLE(INDEX);
  }

  #find(index: number): number | null {
    if (this.#apart) return this.#apart.find(spread(index), (record) => this.#indexOf(record) === index);
    const inRun = index - this.#first;
    return inRun >= 0 && inRun < this.#records.count ? inRun : null;
  }

  /** The id of another message at this place; null where there is none. */
  add(id: string, { index, commitment }: Pick<MessageProof, 'index' | 'commitment'>): string | null {
    const known = this.#find(index);
    const own = Buffer.from(commitment, 'hex');
    if (known !== null) {
      const record = this.#records.at(known);
      const other = this.#ids.get(record.readDoubleLE(ID));
      return other === id && own.compare(record, 0, INDEX) === 0 ? null : other;
    }
    const number = this.#records.add();
    const record = this.#records.at(number);
    own.copy(record);
    record.writeDoubleLE(index, INDEX);
    record.writeDoubleLE(this.#ids.add(id), ID);
    if (number === 0) this.#first = index;
    else if (this.#apart === null && index !== this.#first + number) {
      this.#apart = new Lookup((one) => spread(this.#indexOf(one)));
      for (let i = 0; i < number; i++) this.#apart.add(i);
    }
    this.#apart?.add(number);
    return null;
  }

  /** Indices, ascending, and the leaves in their order, each hashed when it is asked for. */
  sorted(): { indices: Float64Array; leaves: { readonly length: number; at(i: number): Buffer } } {
    const { count } = this.#records;
    const order = Uint32Array.from({ length: count }, (_, i) => i);
    if (this.#apart) order.sort((a, b) => this.#indexOf(a) - this.#indexOf(b));
    return {
      indices: Float64Array.from({ length: count }, (_, i) => this.#indexOf(order[i] as number)),
      leaves: {
        length: count,
        at: (i) => leafHash(this.#records.at(order[i] as number).subarray(0, INDEX)),
      },
    };
  }
}

export interface ProofChecks {
  /** A row whose proof fits its message. */
  add(row: { id: string; sourceId: string; conversationId: string; proof: MessageProof }): Problem[];
  /** After the last row; `stated` gives the roots that the audit log states, by source. */
  finish(stated: ReadonlyMap<string, StatedRoot>): Problem[];
}

/** Memory: 65 bytes for each distinct message whose id is a UUID, and 8 to 16 more where their indices have holes. */
export function proofChecks(sources: readonly SourceProof[]): ProofChecks {
  const key = (source: string, conversation: string) => `${source} ${conversation}`;
  const ids = new Texts();
  const trees = new Map<string, Placed>();
  for (const { source, trees: own } of sources) {
    for (const { conversation } of own) trees.set(key(source, conversation), new Placed(ids));
  }

  const treeProblem = (tree: z.infer<typeof TreeProof>, placed: Placed) => {
    const { indices, leaves } = placed.sorted();
    if (!haveRuns(indices, tree.runs)) return 'runs-differ';
    if ((indices.at(-1) ?? 0) >= tree.messages) return 'index-outside-tree';
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
