/**
 * Fixed commitments of sources (evidence/commitment.ts): a tree for each conversation in the order of its
 * messages' ordinals, its leaves in blocks of 1,024, and a root over the trees.
 */
import {
  commitmentOf,
  type PartTexts,
  recordParts,
  Salts,
  treeLeaf,
  twinParts,
} from '../../evidence/commitment.ts';
import { type AscendingLeaves, leafHash, proofOf, proofOfLeaves, rootOf } from '../../evidence/merkle.ts';
import { type FullRow, MessageRecords } from '../check/check-messages.ts';
import { all, type Database, get } from '../database.ts';
import { deleteRow, insertRow, insertRows, type Store, sealOf } from '../rows.ts';

/** Leaves of a block. A power of two, so that every full block is a subtree of its tree. */
export const BLOCK = 1024;
const PAGE = 2000;

export interface Occurrence extends FullRow {
  o_ordinal: number;
  o_start: number;
  o_end: number;
  o_line: number;
  o_digest: Buffer;
}

/** The columns of an occurrence `o` and its message `m`, as `occurrenceParts` reads them. */
export const OCCURRENCE = `m.*, o.ordinal AS o_ordinal, o.start AS o_start, o.end AS o_end, o.line AS o_line, o.digest AS o_digest`;

/** What is committed to of an occurrence; where its record is not the message's own, its digest alone. */
export function occurrenceParts(records: MessageRecords, row: Occurrence): PartTexts {
  const place = { start: row.o_start, end: row.o_end, line: row.o_line };
  return row.o_digest.equals(row.digest)
    ? recordParts(records.record(row), place, row.o_ordinal)
    : twinParts(row.o_digest.toString('hex'), place, row.o_ordinal);
}

/** Ordinals of 4 bytes and leaves of 32, one after the other: as objects they took four times as much. */
interface Block {
  ordinals: Buffer;
  leaves: Buffer;
  count: number;
  /** Taken as soon as the block is full, so that nothing is left to be hashed at the end. */
  root?: Buffer;
}

const ORDINAL = 4;
const LEAF = 32;

export interface Tree {
  readonly conversationId: number;
  readonly conversationUid: string;
  readonly blocks: Block[];
}

const hashesOf = (leaves: Buffer, count: number): Buffer[] =>
  Array.from({ length: count }, (_, i) => leaves.subarray(i * LEAF, (i + 1) * LEAF));
const blockRoot = ({ root, leaves, count }: Block): Buffer => root ?? rootOf(hashesOf(leaves, count));
const messagesOf = ({ blocks }: Tree) => blocks.reduce((sum, { count }) => sum + count, 0);

/** Blocks begin small: a source may have many conversations of few messages. */
const FIRST = 16;

function addLeaf(blocks: Block[], ordinal: number, leaf: Buffer): void {
  let block = blocks.at(-1);
  if (!block || block.count === BLOCK) {
    block = { ordinals: Buffer.alloc(FIRST * ORDINAL), leaves: Buffer.alloc(FIRST * LEAF), count: 0 };
    blocks.push(block);
  }
  if (block.count * LEAF === block.leaves.length) {
    block.ordinals = Buffer.concat([block.ordinals], block.ordinals.length * 2);
    block.leaves = Buffer.concat([block.leaves], block.leaves.length * 2);
  }
  block.ordinals.writeUInt32LE(ordinal, block.count * ORDINAL);
  leaf.copy(block.leaves, block.count * LEAF);
  if (++block.count === BLOCK) block.root = blockRoot(block);
}

/**
 * Computes the trees of a source from its rows, in the order in which conversations appear in it. Yields the
 * messages done after each page; stops after `upTo` messages; 36 bytes of memory for each message.
 */
export function* computeTrees(
  db: Database,
  source: { readonly id: number; readonly secret: Buffer },
  upTo = Number.POSITIVE_INFINITY,
): Generator<number, Tree[]> {
  const salts = new Salts(source.secret);
  const records = new MessageRecords(db);
  const trees = new Map<number, Tree>();
  let done = 0;
  for (let after = -1; ; ) {
    const rows = all<Occurrence>(
      db,
      `SELECT ${OCCURRENCE} FROM message_occurrences o JOIN messages m ON m.id = o.message_id
       WHERE o.source_id = ? AND o.ordinal > ? ORDER BY o.ordinal LIMIT ?`,
      source.id,
      after,
      Math.min(PAGE, upTo - done),
    );
    for (const row of rows) {
      let tree = trees.get(row.conversation_id);
      if (!tree) {
        const conversation = get<{ uid: string }>(
          db,
          'SELECT uid FROM conversations WHERE id = ?',
          row.conversation_id,
        );
        tree = {
          conversationId: row.conversation_id,
          conversationUid: conversation?.uid ?? '',
          blocks: [],
        };
        trees.set(row.conversation_id, tree);
      }
      const commitment = commitmentOf(occurrenceParts(records, row), row.o_ordinal, salts);
      addLeaf(tree.blocks, row.o_ordinal, leafHash(Buffer.from(commitment, 'hex')));
    }
    done += rows.length;
    yield done;
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return [...trees.values()];
    after = last.o_ordinal;
  }
}

/** The trees as they are kept, from their leaves. */
export function storedTrees(db: Database, sourceId: number): Tree[] {
  const rows = all<{ position: number; conversation_id: number; uid: string }>(
    db,
    `SELECT t.position, t.conversation_id, c.uid FROM commitment_trees t JOIN conversations c ON c.id = t.conversation_id
     WHERE t.source_id = ? ORDER BY t.position`,
    sourceId,
  );
  return rows.map(({ position, conversation_id, uid }) => ({
    conversationId: conversation_id,
    conversationUid: uid,
    blocks: all<{ ordinals: Buffer; leaves: Buffer }>(
      db,
      'SELECT ordinals, leaves FROM commitment_blocks WHERE source_id = ? AND position = ? ORDER BY block',
      sourceId,
      position,
    ).map(({ ordinals, leaves }) => ({ ordinals, leaves, count: leaves.length / LEAF })),
  }));
}

/** The rows that keep a source's trees, and its root. */
export function treeRows(sourceId: number, trees: readonly Tree[]) {
  const blocks = trees.flatMap((tree, position) =>
    tree.blocks.map((block, number) => ({
      source_id: sourceId,
      position,
      block: number,
      first: block.ordinals.readUInt32LE(),
      ordinals: block.ordinals.subarray(0, block.count * ORDINAL),
      leaves: block.leaves.subarray(0, block.count * LEAF),
      root: blockRoot(block).toString('hex'),
    })),
  );
  const rows = trees.map((tree, position) => ({
    source_id: sourceId,
    position,
    conversation_id: tree.conversationId,
    messages: messagesOf(tree),
    root: rootOf(tree.blocks.map(blockRoot)).toString('hex'),
  }));
  const root = rootOf(
    rows.map(({ messages, root: own }, i) => treeLeaf(trees[i]?.conversationUid ?? '', messages, own)),
  ).toString('hex');
  return { trees: rows, blocks, root, messages: rows.reduce((sum, { messages }) => sum + messages, 0) };
}

export interface SourceRootRow {
  source_id: number;
  messages: number;
  root: string;
  event_id: string;
}

export function sourceRoot(db: Database, sourceId: number): SourceRootRow | undefined {
  return get<SourceRootRow>(
    db,
    'SELECT source_id, messages, root, event_id FROM source_roots WHERE source_id = ?',
    sourceId,
  );
}

/** Complete sources with messages that were never fixed. */
export function unfixedSources(db: Database): string[] {
  return all<{ uid: string }>(
    db,
    `SELECT uid FROM sources WHERE state = 'complete' AND messages + duplicates > 0
       AND id NOT IN (SELECT source_id FROM source_roots) ORDER BY id`,
  ).map(({ uid }) => uid);
}

/** Messages that a source holds now; more than were fixed where skipped ones were recovered since. */
export function occurrencesOf(db: Database, sourceId: number): number {
  return (
    get<{ n: number }>(db, 'SELECT count(*) AS n FROM message_occurrences WHERE source_id = ?', sourceId)
      ?.n ?? 0
  );
}

/** Where a message of a source was kept to stand, with its digest. */
export interface StoredPlace {
  readonly ordinal: number;
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly digest: Buffer;
}

/** The places of a source's messages by ordinal, read in pages. */
export function* placesOf(db: Database, sourceId: number): Generator<StoredPlace> {
  for (let after = -1; ; ) {
    const rows = all<StoredPlace>(
      db,
      `SELECT ordinal, start, end, line, digest FROM message_occurrences
       WHERE source_id = ? AND ordinal > ? ORDER BY ordinal LIMIT ?`,
      sourceId,
      after,
      PAGE,
    );
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = last.ordinal;
  }
}

/** Seals of the rows of blocks, the costly part of storing them; yields between them. */
export function* sealBlocks(
  { sealKey }: Store,
  { blocks }: ReturnType<typeof treeRows>,
): Generator<void, Buffer[]> {
  const seals: Buffer[] = [];
  for (const block of blocks) {
    seals.push(sealOf(sealKey, 'commitment_blocks', block));
    yield;
  }
  return seals;
}

/** Replaces what is kept of a source's trees. Call inside a transaction. */
export function storeTrees(
  store: Store,
  rows: ReturnType<typeof treeRows>,
  root: SourceRootRow,
  seals: readonly Buffer[],
): void {
  const { db } = store;
  const id = root.source_id;
  for (const key of all<{ position: number; block: number }>(
    db,
    'SELECT position, block FROM commitment_blocks WHERE source_id = ?',
    id,
  )) {
    deleteRow(store, 'commitment_blocks', { source_id: id, ...key });
  }
  for (const key of all<{ position: number }>(
    db,
    'SELECT position FROM commitment_trees WHERE source_id = ?',
    id,
  )) {
    deleteRow(store, 'commitment_trees', { source_id: id, ...key });
  }
  deleteRow(store, 'source_roots', { source_id: id });
  insertRows(store, 'commitment_trees', rows.trees);
  insertRows(store, 'commitment_blocks', rows.blocks, seals);
  insertRow(store, 'source_roots', { ...root });
}

interface TreeRow {
  position: number;
  conversation_id: number;
  uid: string;
  messages: number;
  root: string;
}

/** A source's fixed trees, for proofs. */
export class FixedTrees {
  readonly #db: Database;
  readonly #sourceId: number;
  readonly trees: readonly TreeRow[];
  readonly #byUid: ReadonlyMap<string, TreeRow>;
  #block: { position: number; block: number; places: Map<number, number> } | null = null;

  constructor(db: Database, sourceId: number) {
    this.#db = db;
    this.#sourceId = sourceId;
    this.trees = all<TreeRow>(
      db,
      `SELECT t.position, t.conversation_id, c.uid, t.messages, t.root FROM commitment_trees t
       JOIN conversations c ON c.id = t.conversation_id WHERE t.source_id = ? ORDER BY t.position`,
      sourceId,
    );
    this.#byUid = new Map(this.trees.map((tree) => [tree.uid, tree]));
  }

  tree(conversationUid: string): TreeRow | undefined {
    return this.#byUid.get(conversationUid);
  }

  /** The index of a message among those of its conversation in this source; null where it was not fixed. */
  index(position: number, ordinal: number): number | null {
    if (this.#block?.position !== position || !this.#block.places.has(ordinal)) {
      const row = get<{ block: number; ordinals: Buffer }>(
        this.#db,
        `SELECT block, ordinals FROM commitment_blocks WHERE source_id = ? AND position = ? AND first <= ?
         ORDER BY block DESC LIMIT 1`,
        this.#sourceId,
        position,
        ordinal,
      );
      if (!row) return null;
      const places = new Map<number, number>();
      for (let i = 0; i < row.ordinals.length / 4; i++) {
        places.set(row.ordinals.readUInt32LE(i * 4), row.block * BLOCK + i);
      }
      this.#block = { position, block: row.block, places };
    }
    return this.#block.places.get(ordinal) ?? null;
  }

  /** The proof for messages of one conversation, which are taken by their indices. */
  proof({ position, messages }: TreeRow, shown: AscendingLeaves): Buffer[] {
    const roots = all<{ root: string }>(
      this.#db,
      'SELECT root FROM commitment_blocks WHERE source_id = ? AND position = ? ORDER BY block',
      this.#sourceId,
      position,
    ).map(({ root }) => Buffer.from(root, 'hex'));
    let open: { block: number; leaves: Buffer[] } | null = null;
    const leavesOf = (block: number): Buffer[] => {
      if (open?.block === block) return open.leaves;
      const bytes = get<{ leaves: Buffer }>(
        this.#db,
        'SELECT leaves FROM commitment_blocks WHERE source_id = ? AND position = ? AND block = ?',
        this.#sourceId,
        position,
        block,
      )?.leaves as Buffer;
      const leaves = Array.from({ length: bytes.length / 32 }, (_, i) => bytes.subarray(i * 32, i * 32 + 32));
      open = { block, leaves };
      return leaves;
    };
    return proofOfLeaves(messages, shown, (from, to) => {
      const block = Math.floor(from / BLOCK);
      const whole = from % BLOCK === 0 && (to - from >= BLOCK || to === messages);
      if (whole) return rootOf(roots.slice(block, Math.ceil(to / BLOCK)));
      return rootOf(leavesOf(block).slice(from - block * BLOCK, to - block * BLOCK));
    });
  }

  /** The proof for the trees at `positions`, ascending, under the source's root. */
  treeProof(positions: readonly number[]): Buffer[] {
    const leaves = this.trees.map(({ uid, messages, root }) => treeLeaf(uid, messages, root));
    return proofOf(leaves.length, positions, (from, to) => rootOf(leaves.slice(from, to)));
  }
}
