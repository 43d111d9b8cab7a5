/** Messages of conversations and accounts, counted as batches are stored. */
import { type Database, run } from '../database.ts';

/** Row ids for the words of a batch. */
export interface Places {
  readonly conversation: (place: number | null) => number;
  readonly sender: (place: number | null, name: number | null) => number | null;
}

/** What the new messages of a batch add to the totals, by the place of a conversation or sender in its words. */
export class Totals {
  readonly #messages: Int32Array;
  readonly #first: Float64Array;
  readonly #last: Float64Array;
  readonly #sent: Int32Array;

  constructor(words: number) {
    this.#messages = new Int32Array(words);
    this.#first = new Float64Array(words).fill(Number.POSITIVE_INFINITY);
    this.#last = new Float64Array(words).fill(Number.NEGATIVE_INFINITY);
    this.#sent = new Int32Array(words);
  }

  add(conversation: number, at: number | null): void {
    this.#messages[conversation] = (this.#messages[conversation] as number) + 1;
    if (at === null) return;
    if (at < (this.#first[conversation] as number)) this.#first[conversation] = at;
    if (at > (this.#last[conversation] as number)) this.#last[conversation] = at;
  }

  sent(sender: number): void {
    this.#sent[sender] = (this.#sent[sender] as number) + 1;
  }

  /** Adds what was collected to the tables of totals. Call inside a transaction. */
  store(db: Database, places: Places): void {
    for (const [place, messages] of this.#messages.entries()) {
      if (messages === 0) continue;
      const timed = this.#first[place] !== Number.POSITIVE_INFINITY;
      const first = timed ? this.#first[place] : null;
      const last = timed ? this.#last[place] : null;
      run(
        db,
        `UPDATE conversation_totals SET messages = messages + ?,
           first_at = CASE WHEN first_at IS NULL OR first_at > ? THEN ? ELSE first_at END,
           last_at = CASE WHEN last_at IS NULL OR last_at < ? THEN ? ELSE last_at END
         WHERE conversation_id = ?`,
        messages,
        first,
        first,
        last,
        last,
        places.conversation(place),
      );
    }
    for (const [place, messages] of this.#sent.entries()) {
      if (messages === 0) continue;
      run(
        db,
        'UPDATE account_totals SET messages = messages + ? WHERE account_id = ?',
        messages,
        places.sender(place, null),
      );
    }
  }
}
