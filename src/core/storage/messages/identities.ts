/**
 * Which messages have an identity (message-batch.ts): a table of its own, because identities come in no
 * order. An index over messages would either be written at a random place for each of them, or sorted at
 * once in memory; here pieces of bounded size are sorted and merged in. `identity_reach` says up to which
 * message the table is filled (`filled`), and, while a piece is being merged in by several transactions, up
 * to which the entries may be there (`filling`).
 */
import { BloomFilter } from '../bloom-filter.ts';
import { all, type Database, get, prepare, run, transact } from '../database.ts';
import { ManyRows } from '../many-rows.ts';
import { NumberTable } from '../number-table.ts';
import { release } from '../release.ts';

/** Row ids of stored messages by identity. */
export interface KnownMessages {
  /** Nothing was stored before this load: what is known is its own. */
  readonly first: boolean;
  /** False where surely no row has this identity; costs next to nothing. */
  mayHold(identity: number): boolean;
  /** Ids of the rows with this identity: mostly none or one, several where identities collide. */
  find(identity: number): readonly number[];
  note(identity: number, id: number): void;
  /** To be called at the end of each transaction, inside it. */
  settle(): void;
  /** Nothing more is asked: gives the memory back. */
  end(): void;
}

/** Messages that are sorted and merged in at once: about 50 MB of memory each million. */
const PIECE = 1 << 19;
/** Messages of a piece that the host itself merges in between answering others. */
const SMALL_PIECE = 1 << 15;
/** Noted identities that are held in memory before they are merged in: 6 MB, and as much while they are. */
const HELD = 350_000;
/** Entries that one transaction of a load merges in: 15 milliseconds. */
const MERGED = 16_384;

const lastMessage = (db: Database): number =>
  get<{ last: number | null }>(db, 'SELECT max(id) AS last FROM messages')?.last ?? 0;

const reach = (db: Database, name: 'filled' | 'filling'): number =>
  get<{ up_to: number }>(db, 'SELECT up_to FROM identity_reach WHERE name = ?', name)?.up_to ?? 0;

function setReach(db: Database, name: 'filled' | 'filling', upTo: number): void {
  run(db, 'INSERT OR REPLACE INTO identity_reach (name, up_to) VALUES (?, ?)', name, upTo);
}

/** Messages whose identities are not in the table yet. */
export function withoutIdentity(db: Database): number {
  return lastMessage(db) - reach(db, 'filled');
}

/** Merges in what is missing, one transaction a step; yields the messages done. */
export function* fillIdentities(db: Database, piece = PIECE): Generator<number, void> {
  const total = withoutIdentity(db);
  for (let waiting = total; waiting > 0; waiting = withoutIdentity(db)) {
    const from = reach(db, 'filled');
    const to = from + Math.min(waiting, piece);
    transact(db, () => {
      run(
        db,
        `INSERT OR IGNORE INTO message_identities (identity, message_id)
         SELECT identity, id FROM messages WHERE id > ? AND id <= ? ORDER BY identity, id`,
        from,
        to,
      );
      // Another connection may have come further meanwhile.
      setReach(db, 'filled', Math.max(to, reach(db, 'filled')));
      if (reach(db, 'filling') <= to) run(db, "DELETE FROM identity_reach WHERE name = 'filling'");
    });
    yield total - withoutIdentity(db);
  }
}

/** As `fillIdentities`, in pieces that the host can do between two calls. */
const fillIdentitiesHere = (db: Database): Generator<number, void> => fillIdentities(db, SMALL_PIECE);

const lookUp = (db: Database) =>
  prepare(db, 'SELECT message_id FROM message_identities WHERE identity = ?').pluck();

/** Looks into the table, and writes to it at once: for imports too small to be worth more. Fills what is missing. */
export function tableOfMessages(db: Database): KnownMessages {
  for (const _ of fillIdentities(db));
  const ids = lookUp(db);
  const insert = prepare(db, 'INSERT INTO message_identities (identity, message_id) VALUES (?, ?)');
  let last = 0;
  return {
    first: false,
    mayHold: () => true,
    find: (identity) => ids.all(identity) as unknown as number[],
    note: (identity, id) => {
      insert.run(identity, id);
      last = id;
    },
    settle: () => {
      if (last > 0) setReach(db, 'filled', last);
      last = 0;
    },
    end: () => undefined,
  };
}

/** Identities on their way into the table, in order; `last` is the newest message among them. */
interface Merging {
  readonly table: NumberTable;
  readonly more: ReadonlyMap<number, readonly number[]>;
  readonly sorted: Float64Array;
  at: number;
  readonly last: number;
}

/**
 * For a load of many messages: whether an identity is new is told by a filter of about 10 bits for each message,
 * and what is noted is held back and merged in sorted, some with each transaction. Memory stays bounded.
 */
export class LoadedMessages implements KnownMessages {
  readonly first: boolean;
  readonly #db: Database;
  readonly #filter: BloomFilter | null;
  readonly #most: number;
  #held = new NumberTable();
  /** Ids of further messages with an identity that is held: 48 bits collide next to never. */
  #more = new Map<number, number[]>();
  #last = 0;
  #merging: Merging | null = null;

  private constructor(db: Database, filter: BloomFilter | null, most: number) {
    this.#most = most;
    this.first = lastMessage(db) === 0;
    this.#db = db;
    this.#filter = filter;
  }

  /**
   * Reads what is stored; about so many messages are expected. What the table lacks is filled in first.
   * `pause` is awaited between pieces of some milliseconds. `held` identities are held before they are merged in.
   */
  static async open(
    db: Database,
    expected: number,
    pause: () => Promise<void>,
    held = HELD,
  ): Promise<LoadedMessages> {
    for (const _ of fillIdentitiesHere(db)) await pause();
    const stored = lastMessage(db);
    // Where few come to many, each is looked up.
    if (stored > expected * 20) return new LoadedMessages(db, null, held);
    const filter = new BloomFilter(stored + expected);
    const page = prepare(
      db,
      `SELECT identity, message_id FROM message_identities WHERE (identity, message_id) > (?, ?)
       ORDER BY identity, message_id LIMIT 20000`,
    ).raw();
    for (let after = [-1, 0]; ; ) {
      const rows = page.all(...after) as unknown as [number, number][];
      for (const [identity] of rows) filter.add(identity);
      const last = rows.at(-1);
      if (last === undefined) return new LoadedMessages(db, filter, held);
      after = last;
      await pause();
    }
  }

  mayHold(identity: number): boolean {
    return this.#filter?.has(identity) !== false;
  }

  find(identity: number): readonly number[] {
    if (!this.mayHold(identity)) return [];
    const found = lookUp(this.#db).all(identity) as unknown as number[];
    const held: Pick<Merging, 'table' | 'more'>[] = [{ table: this.#held, more: this.#more }];
    if (this.#merging !== null) held.unshift(this.#merging);
    for (const { table, more } of held) {
      const id = table.get(identity);
      if (id > 0) found.push(id, ...(more.get(identity) ?? []));
    }
    return found.length < 2 ? found : [...new Set(found)];
  }

  note(identity: number, id: number): void {
    const seen = this.#filter?.add(identity) !== false;
    this.#last = id;
    if (!seen || this.#held.get(identity) === 0) this.#held.set(identity, id);
    else this.#more.set(identity, [...(this.#more.get(identity) ?? []), id]);
  }

  settle(): void {
    if (this.#merging === null && this.#held.size >= this.#most) {
      this.#merging = {
        table: this.#held,
        more: this.#more,
        sorted: this.#held.keys().sort(),
        at: 0,
        last: this.#last,
      };
      this.#held = new NumberTable();
      this.#more = new Map();
      setReach(this.#db, 'filling', this.#last);
    }
    this.#merge();
  }

  #merge(): void {
    const merging = this.#merging;
    if (merging === null) return;
    const { table, more, sorted, at } = merging;
    const rows = new ManyRows(this.#db, 'message_identities', ['identity', 'message_id']);
    for (const identity of sorted.subarray(at, at + MERGED)) {
      rows.add(identity, table.get(identity));
      for (const id of more.get(identity) ?? []) rows.add(identity, id);
    }
    rows.flush();
    merging.at += MERGED;
    if (merging.at < sorted.length) return;
    setReach(this.#db, 'filled', merging.last);
    run(this.#db, "DELETE FROM identity_reach WHERE name = 'filling'");
    this.#merging = null;
    table.clear();
    release(sorted);
  }

  /** What is held and not merged in is filled in later, from the messages. */
  end(): void {
    this.#held.clear();
    this.#merging?.table.clear();
  }
}

/** What is wrong with the table, compared with the messages: a row and why. */
export function* identityDifferences(db: Database): Generator<void, { row: string; reason: string }[]> {
  const found: { row: string; reason: string }[] = [];
  const reaches = all<{ name: string; up_to: number }>(db, 'SELECT name, up_to FROM identity_reach');
  const filled = reaches.find(({ name }) => name === 'filled')?.up_to ?? 0;
  const filling = reaches.find(({ name }) => name === 'filling')?.up_to ?? filled;
  const last = lastMessage(db);
  if (
    reaches.some(({ name }) => name !== 'filled' && name !== 'filling') ||
    filled > last ||
    filling > last
  ) {
    found.push({ row: 'identity_reach', reason: 'no message is there to be reached' });
  }
  for (let from = 1; from <= filled && found.length < 100; from += PAGE) {
    const missing = all<{ id: number }>(
      db,
      `SELECT m.id FROM messages m WHERE m.id BETWEEN ? AND ? AND NOT EXISTS
         (SELECT 1 FROM message_identities i WHERE i.identity = m.identity AND i.message_id = m.id) LIMIT 100`,
      from,
      Math.min(filled, from + PAGE - 1),
    );
    for (const { id } of missing)
      found.push({ row: String(id), reason: 'the message is not under its identity' });
    yield;
  }
  const count = (sql: string, ...values: number[]) => get<{ n: number }>(db, sql, ...values)?.n ?? 0;
  const entries = count('SELECT count(*) AS n FROM message_identities WHERE message_id <= ?', filled);
  yield;
  if (entries !== count('SELECT count(*) AS n FROM messages WHERE id <= ?', filled)) {
    found.push({ row: '', reason: 'there are more entries than messages' });
  }
  yield;
  const wrong = all<{ id: number }>(
    db,
    `SELECT i.message_id AS id FROM message_identities i LEFT JOIN messages m ON m.id = i.message_id
     WHERE i.message_id > ? AND (i.message_id > ? OR m.identity IS NOT i.identity) LIMIT 100`,
    filled,
    filling,
  );
  for (const { id } of wrong) found.push({ row: String(id), reason: 'the entry is not that of a message' });
  return found;
}

const PAGE = 16_384;
