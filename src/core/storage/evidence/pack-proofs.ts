/** The proofs of a pack's messages, from the fixed trees of their sources. */
import { commitmentOf, type Part, type PartTexts, partCommitment, Salts } from '../../evidence/commitment.ts';
import { type AscendingLeaves, EMPTY_ROOT } from '../../evidence/merkle.ts';
import type { MessageProof } from '../../evidence/message-proof.ts';
import type { SourceProof } from '../../evidence/proof-checks.ts';
import { Scratch, SortedRecords } from '../../evidence/scratch.ts';
import { type Database, get } from '../database.ts';
import { type FixedTrees, sourceRoot } from '../messages/commitments.ts';

/** A message of a pack at its place in a source. */
export interface ProvenPlace {
  readonly sourceId: number;
  readonly conversation: string;
  readonly ordinal: number;
}

/** Gives out proofs of one source's messages. The source must be fixed (`storeTrees`). */
export class SourceProofs {
  readonly #trees: FixedTrees;
  readonly #salts: Salts;

  constructor(trees: FixedTrees, secret: Uint8Array) {
    this.#trees = trees;
    this.#salts = new Salts(secret);
  }

  /**
   * The proof of a message; `parts` is what was committed to, `withheld` the reason for each part that is
   * not shown. Null where the message was added after the source was fixed.
   */
  message(
    { conversation, ordinal }: Pick<ProvenPlace, 'conversation' | 'ordinal'>,
    parts: PartTexts,
    twin: string | null,
    withheld: ReadonlyMap<Part, string>,
  ): MessageProof | null {
    const tree = this.#trees.tree(conversation);
    const index = tree ? this.#trees.index(tree.position, ordinal) : null;
    if (index === null) return null;
    const salts: Record<string, string> = {};
    const closed: MessageProof['withheld'] = {};
    for (const [part, text] of parts) {
      const salt = this.#salts.salt(ordinal, part);
      const reason = withheld.get(part);
      if (reason === undefined) salts[part] = salt;
      else closed[part] = { commitment: partCommitment(salt, part, text), reason };
    }
    return {
      commitment: commitmentOf(parts, ordinal, this.#salts),
      index,
      ordinal,
      salts,
      twin: closed.digest === undefined ? twin : null,
      withheld: closed,
    };
  }

  /** Position of the message's tree, and its index there; null where it was added after the source was fixed. */
  place({ conversation, ordinal }: ProvenPlace): { position: number; index: number } | null {
    const position = this.#trees.tree(conversation)?.position;
    const index = position === undefined ? null : this.#trees.index(position, ordinal);
    return position === undefined || index === null ? null : { position, index };
  }

  /** The proof of a source for the messages of the trees at `positions`, which are asked for in that order. */
  source(
    source: { readonly uid: string; readonly sha256: string },
    fixed: { readonly root: string; readonly messages: number },
    positions: readonly number[],
    leavesOf: (position: number) => AscendingLeaves,
  ): SourceProof {
    return {
      source: source.uid,
      sha256: source.sha256,
      root: fixed.root,
      messages: fixed.messages,
      conversations: this.#trees.trees.length,
      trees: this.#trees.trees
        .filter(({ position }) => positions.includes(position))
        .map((tree) => {
          const leaves = withRuns(leavesOf(tree.position));
          const nodes = this.#trees.proof(tree, leaves).map((node) => node.toString('hex'));
          return {
            conversation: tree.uid,
            position: tree.position,
            messages: tree.messages,
            root: tree.root,
            runs: leaves.runs,
            nodes,
          };
        }),
      nodes: this.#trees.treeProof(positions).map((node) => node.toString('hex')),
    };
  }
}

/** The same leaves, and the runs of their indices as far as they were taken. */
function withRuns(leaves: AscendingLeaves): AscendingLeaves & { readonly runs: [number, number][] } {
  const runs: [number, number][] = [];
  return {
    runs,
    get index() {
      return leaves.index;
    },
    take() {
      const index = leaves.index as number;
      const last = runs.at(-1);
      if (last && last[1] + 1 === index) last[1] = index;
      else if (last?.[1] !== index) runs.push([index, index]);
      return leaves.take();
    },
  };
}

/** A place as it is put in order: number of the source among those of the pack, position of the tree, index. */
const POSITION = 4;
const INDEX = 8;
const PLACED = 14;

/**
 * The proofs of sources by row id, for all places of a pack, of which each comes once. Memory does not grow with the
 * places: they are put in order on disk, encrypted, in `folder`.
 */
export function sourceProofs(
  db: Database,
  ids: readonly number[],
  proofsOf: (sourceId: number) => SourceProofs,
  places: Iterable<ProvenPlace>,
  folder: string,
): SourceProof[] {
  const scratch = new Scratch(folder);
  try {
    const numbers = new Map(ids.map((id, number) => [id, number]));
    const positions = ids.map(() => new Set<number>());
    const placed = new SortedRecords(scratch, PLACED, PLACED);
    for (const place of places) {
      const number = numbers.get(place.sourceId);
      const at = number === undefined ? null : proofsOf(place.sourceId).place(place);
      if (number === undefined || at === null)
        throw new Error(`message ${place.ordinal} of source ${place.sourceId} was not fixed`);
      positions[number]?.add(at.position);
      const record = placed.add();
      record.writeUInt32BE(number);
      record.writeUInt32BE(at.position, POSITION);
      record.writeUIntBE(at.index, INDEX, 6);
    }
    const records = placed.sorted();
    let next = records.next();
    const leavesOf = (number: number, position: number): AscendingLeaves => ({
      get index() {
        const isHere =
          !next.done &&
          next.value.readUInt32BE() === number &&
          next.value.readUInt32BE(POSITION) === position;
        return isHere ? next.value.readUIntBE(INDEX, 6) : null;
      },
      take() {
        next = records.next();
        return EMPTY_ROOT;
      },
    });
    return ids.map((id, number) => {
      const source = get<{ uid: string; sha256: string }>(
        db,
        'SELECT uid, sha256 FROM sources WHERE id = ?',
        id,
      ) as { uid: string; sha256: string };
      const fixed = sourceRoot(db, id);
      if (!fixed) throw new Error(`the commitments of ${source.uid} are not fixed`);
      const own = [...(positions[number] ?? [])].sort((a, b) => a - b);
      return proofsOf(id).source(source, fixed, own, (position) => leavesOf(number, position));
    });
  } finally {
    scratch.close();
  }
}
