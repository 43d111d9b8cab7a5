/** Where the messages of a transfer are here. */
import { Numbering, Records, Texts } from '../../evidence/packed-rows.ts';

const ROW = 0;
const UID = 8;

/** Row ids of messages by what both sides call them; some 80 bytes for a message. */
export class Places {
  readonly #numbers = new Numbering();
  readonly #uids = new Texts();
  readonly #records = new Records(16);

  set(uid: string, row: number): void {
    const number = this.#numbers.add(uid);
    if (number === this.#records.count) {
      this.#records.add();
      this.#records.at(number).writeDoubleLE(this.#uids.add(uid), UID);
    }
    this.#records.at(number).writeDoubleLE(row, ROW);
  }

  get(uid: string): number | undefined {
    const number = this.#numbers.numberOf(uid);
    return number === null ? undefined : this.#records.at(number).readDoubleLE(ROW);
  }

  /** Those that are not known by their names, in the order in which they came. */
  *unknown(isKnown: (uid: string) => boolean): Generator<[string, number]> {
    for (let number = 0; number < this.#records.count; number++) {
      const record = this.#records.at(number);
      const uid = this.#uids.get(record.readDoubleLE(UID));
      if (!isKnown(uid)) yield [uid, record.readDoubleLE(ROW)];
    }
  }
}
