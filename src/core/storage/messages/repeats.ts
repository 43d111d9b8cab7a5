/**
 * How often one source said the same before: counted for messages without a platform id, so that repeated
 * texts stay apart and meet their twins of another export (ADR 8). Told by a filter and the stored messages,
 * because a table of all messages of a source would grow with it.
 */
import { BloomFilter } from '../bloom-filter.ts';
import { type Database, get, prepare } from '../database.ts';
import { NumberTable } from '../number-table.ts';
import type { KnownMessages } from './identities.ts';
import { repeatIdentity } from './message-batch.ts';

/** Counts that are held; further ones begin anew, and the first of each is read from the messages. */
const COUNTED = 300_000;

interface RepeatsInput {
  readonly db: Database;
  readonly sourceId: number;
  readonly known: KnownMessages;
  /** About how many messages of the source are to come. */
  readonly expected: number;
  /** Nothing of the source is stored: what the filter does not hold was not said before. */
  readonly fresh: boolean;
  /** Called before messages are read. */
  readonly beforeReading: () => void;
}

export class Repeats {
  readonly #input: RepeatsInput;
  readonly #filter: BloomFilter | null;
  readonly #counts = new NumberTable();

  constructor(input: RepeatsInput) {
    this.#input = input;
    // Where all that is known is the source's own, that tells as much.
    this.#filter = input.fresh && !input.known.first ? new BloomFilter(input.expected) : null;
  }

  /** How often the source said before what `anonymous` stands for; counts this time. */
  next(anonymous: number): number {
    const seen = this.#filter === null ? this.#input.known.mayHold(anonymous) : this.#filter.add(anonymous);
    if (!seen) return 0;
    const repeat = this.#counts.get(anonymous) || this.#stored(anonymous);
    if (repeat > 0) this.#count(anonymous, repeat + 1);
    return repeat;
  }

  /** The first of its kind went to the row of another export, under whose identity it cannot be found again. */
  elsewhere(anonymous: number): void {
    this.#count(anonymous, 1);
  }

  /** Nothing more comes: gives the memory back. */
  end(): void {
    this.#counts.clear();
  }

  #count(anonymous: number, times: number): void {
    if (this.#counts.size >= COUNTED) this.#counts.clear();
    this.#counts.set(anonymous, times);
  }

  /** Asks the messages. */
  #stored(anonymous: number): number {
    const { known, beforeReading } = this.#input;
    beforeReading();
    for (let repeat = 0; ; repeat++) {
      if (!known.find(repeatIdentity(anonymous, repeat)).some((id) => this.#holds(id))) return repeat;
    }
  }

  #holds(id: number): boolean {
    const { db, sourceId } = this.#input;
    const own = prepare(db, 'SELECT source_id FROM messages WHERE id = ?')
      .pluck()
      .get(id) as unknown as number;
    if (own === sourceId) return true;
    return (
      get(db, 'SELECT 1 FROM message_occurrences WHERE message_id = ? AND source_id = ?', id, sourceId) !==
      undefined
    );
  }
}
