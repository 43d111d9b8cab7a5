/**
 * data/proofs.json: for each conversation of a source the proof that the pack's messages stand where they
 * say, and the root of the source that the audit log states. The builder refuses content that fails here,
 * the verifier names it.
 */
import { z } from 'zod';
import { sha256Bytes } from '../audit/digest.ts';
import { treeLeaf } from './commitment.ts';
import type { Problem } from './document-checks.ts';
import { type AscendingLeaves, leafHash, rootFrom, rootFromLeaves } from './merkle.ts';
import type { MessageProof } from './message-proof.ts';
import { type Scratch, ScratchTexts, SortedRecords } from './scratch.ts';

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

/** Whether indices that come one at a time, ascending, have the runs that `runsOf` gives. */
class RunsCheck {
  readonly #runs: readonly (readonly [number, number])[];
  #run = -1;
  #last = Number.NaN;
  #differs = false;

  constructor(runs: readonly (readonly [number, number])[]) {
    this.#runs = runs;
  }

  get last(): number {
    return this.#last;
  }

  add(index: number): void {
    if (index !== this.#last + 1) {
      if (this.#run >= 0 && this.#runs[this.#run]?.[1] !== this.#last) this.#differs = true;
      this.#run++;
      if (this.#runs[this.#run]?.[0] !== index) this.#differs = true;
    }
    this.#last = index;
  }

  /** After the last index. */
  get fits(): boolean {
    const ended = this.#run < 0 || this.#runs[this.#run]?.[1] === this.#last;
    return !this.#differs && ended && this.#run + 1 === this.#runs.length;
  }
}

/**
 * A placed message as it is put in order: number of its tree, its index and the number of the row, the key; then its
 * commitment, SHA-256 of its id, and where its id stands.
 */
const INDEX = 4;
const PLACE = INDEX + 8;
const KEY = PLACE + 6;
const COMMITMENT = KEY;
const NAME = COMMITMENT + 32;
const ID = NAME + 32;
const PLACED = ID + 6;

const HALF = 2 ** 32;

/** The messages that were shown of every tree, put in order. */
class Placed {
  readonly #records: SortedRecords;
  readonly #ids: ScratchTexts;
  #rows = 0;

  constructor(scratch: Scratch) {
    this.#records = new SortedRecords(scratch, PLACED, KEY);
    this.#ids = new ScratchTexts(scratch);
  }

  add(tree: number, id: string, { index, commitment }: Pick<MessageProof, 'index' | 'commitment'>): void {
    const record = this.#records.add();
    record.writeUInt32BE(tree);
    record.writeUInt32BE(Math.floor(index / HALF), INDEX);
    record.writeUInt32BE(index % HALF, INDEX + 4);
    record.writeUIntBE(++this.#rows, PLACE, 6);
    record.write(commitment, COMMITMENT, 32, 'hex');
    record.write(sha256Bytes(id), NAME, 32, 'latin1');
    record.writeUIntBE(this.#ids.add(id), ID, 6);
  }

  /** Gives the distinct places tree by tree, as ascending trees ask for them; a place of two messages to `taken`. */
  trees(taken: (id: string, by: string) => void): (tree: number) => AscendingLeaves {
    const records = this.#records.sorted();
    const own = Buffer.alloc(PLACED);
    const idOf = (record: Buffer) => this.#ids.get(record.readUIntBE(ID, 6));
    let isOver = false;
    /** To the next place: what else stands at this one is the same message, or another's place. */
    const advance = (isFirst: boolean) => {
      for (let next = records.next(); ; next = records.next()) {
        if (next.done) {
          isOver = true;
          return;
        }
        const record = next.value;
        if (isFirst || record.compare(own, 0, PLACE, 0, PLACE) !== 0) {
          record.copy(own);
          return;
        }
        if (record.compare(own, COMMITMENT, ID, COMMITMENT, ID) !== 0) taken(idOf(record), idOf(own));
      }
    };
    advance(true);
    return (tree) => ({
      get index() {
        const isHere = !isOver && own.readUInt32BE() === tree;
        return isHere ? own.readUInt32BE(INDEX) * HALF + own.readUInt32BE(INDEX + 4) : null;
      },
      take() {
        const leaf = leafHash(own.subarray(COMMITMENT, NAME));
        advance(false);
        return leaf;
      },
    });
  }
}

export interface ProofChecks {
  /** A row whose proof fits its message. */
  add(row: { id: string; sourceId: string; conversationId: string; proof: MessageProof }): Problem[];
  /** After the last row; `stated` gives the roots that the audit log states, by source. */
  finish(stated: ReadonlyMap<string, StatedRoot>): Problem[];
}

/** Why the messages that were shown do not lead to the root of their tree; null where they do. All of them are taken. */
function treeProblem(tree: z.infer<typeof TreeProof>, leaves: AscendingLeaves): string | null {
  const runs = new RunsCheck(tree.runs);
  const watched: AscendingLeaves = {
    get index() {
      return leaves.index;
    },
    take() {
      runs.add(leaves.index as number);
      return leaves.take();
    },
  };
  const root = rootFromLeaves(tree.messages, watched, tree.nodes.map(bytes));
  while (watched.index !== null) watched.take();
  if (!runs.fits) return 'runs-differ';
  if (runs.last >= tree.messages) return 'index-outside-tree';
  return root?.toString('hex') === tree.root ? null : 'proof-does-not-lead-to-root';
}

/** Memory does not grow with the messages: their places are put in order on `scratch`, some 120 bytes each. */
export function proofChecks(sources: readonly SourceProof[], scratch: Scratch): ProofChecks {
  const key = (source: string, conversation: string) => `${source} ${conversation}`;
  const placed = new Placed(scratch);
  /** Numbers of trees, in the order in which they are stated. */
  const trees = new Map<string, number>();
  for (const { source, trees: own } of sources) {
    for (const { conversation } of own) {
      const name = key(source, conversation);
      if (!trees.has(name)) trees.set(name, trees.size);
    }
  }

  interface Settled {
    readonly taken: readonly Problem[];
    /** What is wrong with a tree, by its key. */
    readonly trees: ReadonlyMap<string, string | null>;
  }
  let known: Settled | null = null;
  /** Places are read once, tree after tree. */
  const settle = (): Settled => {
    const taken: Problem[] = [];
    const found = new Map<string, string | null>();
    const leavesOf = placed.trees((entry, by) => taken.push({ entry, reason: `place-taken: by ${by}` }));
    for (const { source, trees: own } of sources) {
      for (const tree of own) {
        const name = key(source, tree.conversation);
        const number = trees.get(name);
        if (number !== undefined && !found.has(name)) found.set(name, treeProblem(tree, leavesOf(number)));
      }
    }
    return { taken, trees: found };
  };

  return {
    add({ id, sourceId, conversationId, proof }) {
      const tree = trees.get(key(sourceId, conversationId));
      if (tree === undefined) return [{ entry: id, reason: 'no-tree-proves-this' }];
      placed.add(tree, id, proof);
      return [];
    },
    finish(stated) {
      known ??= settle();
      const problems: Problem[] = [...known.taken];
      const seen = new Set<string>();
      const seenTrees = new Set<string>();
      for (const source of sources) {
        const fail = (reason: string, entry = source.source) => problems.push({ entry, reason });
        if (seen.has(source.source)) fail('stated-twice');
        seen.add(source.source);
        for (const tree of source.trees) {
          const entry = key(source.source, tree.conversation);
          const isSecond = seenTrees.has(entry);
          seenTrees.add(entry);
          const reason = isSecond ? 'stated-twice' : known.trees.get(entry);
          if (reason) fail(reason, entry);
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
