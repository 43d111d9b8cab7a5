/** The proofs of a pack's messages, from the fixed trees of their sources. */
import { commitmentOf, type Part, type PartTexts, partCommitment, Salts } from '../../evidence/commitment.ts';
import type { MessageProof } from '../../evidence/message-proof.ts';
import { runsOf, type SourceProof } from '../../evidence/proof-checks.ts';
import type { Database } from '../database.ts';
import { type FixedTrees, sourceRoot } from '../messages/commitments.ts';

/** A message of a pack at its place in a source. */
export interface ProvenPlace {
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
    { conversation, ordinal }: ProvenPlace,
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

  /** The proof of a source for all of a pack's messages that stand in it; each place comes once. */
  source(
    db: Database,
    source: { readonly id: number; readonly uid: string; readonly sha256: string },
    places: Iterable<ProvenPlace>,
  ): SourceProof {
    const fixed = sourceRoot(db, source.id);
    if (!fixed) throw new Error(`the commitments of ${source.uid} are not fixed`);
    const byTree = new Map<string, number[]>();
    for (const { conversation, ordinal } of places) {
      const tree = this.#trees.tree(conversation);
      const index = tree ? this.#trees.index(tree.position, ordinal) : null;
      if (index === null) throw new Error(`message ${ordinal} of ${source.uid} was not fixed`);
      const known = byTree.get(conversation);
      if (known) known.push(index);
      else byTree.set(conversation, [index]);
    }
    const shown = this.#trees.trees.filter(({ uid }) => byTree.has(uid));
    return {
      source: source.uid,
      sha256: source.sha256,
      root: fixed.root,
      messages: fixed.messages,
      conversations: this.#trees.trees.length,
      trees: shown.map((tree) => {
        const indices = Float64Array.from(byTree.get(tree.uid) ?? []).sort();
        return {
          conversation: tree.uid,
          position: tree.position,
          messages: tree.messages,
          root: tree.root,
          runs: runsOf(indices),
          nodes: this.#trees.proof(tree, indices).map((node) => node.toString('hex')),
        };
      }),
      nodes: this.#trees.treeProof(shown.map(({ position }) => position)).map((node) => node.toString('hex')),
    };
  }
}
