/**
 * What a pack's checks remember of every row, in a few typed arrays instead of objects: a pack of 50,000 messages
 * is checked while it is written, and strings and maps of that many take tens of megabytes and V8's young space
 * with them.
 */
import { createHash } from 'node:crypto';

/** Fixed-size records one after the other; grows by doubling. */
export class Records {
  readonly #size: number;
  #bytes: Buffer;
  #count = 0;

  /** `size`: bytes of a record. */
  constructor(size: number) {
    this.#size = size;
    this.#bytes = Buffer.alloc(size * 64);
  }

  get count(): number {
    return this.#count;
  }

  /** Adds an empty record and answers its number, from 0. */
  add(): number {
    if ((this.#count + 1) * this.#size > this.#bytes.length) {
      const larger = Buffer.alloc(this.#bytes.length * 2);
      this.#bytes.copy(larger);
      this.#bytes = larger;
    }
    return this.#count++;
  }

  /** The record's bytes, to be read or written; valid until the next `add`. */
  at(index: number): Buffer {
    return this.#bytes.subarray(index * this.#size, (index + 1) * this.#size);
  }
}

/** SHA-256 digests in the order in which they came. */
export class Digests {
  readonly #records = new Records(32);

  get count(): number {
    return this.#records.count;
  }

  /** 32 bytes. */
  add(digest: Uint8Array): void {
    const index = this.#records.add();
    this.#records.at(index).set(digest);
  }

  has(index: number, digest: Uint8Array): boolean {
    return index < this.count && this.#records.at(index).equals(digest);
  }

  /** SHA-256 in hex over the digests as lower-case hex, ascending, each followed by a line feed. */
  sortedDigest(): string {
    const order = Uint32Array.from({ length: this.count }, (_, i) => i);
    order.sort((a, b) => Buffer.compare(this.#records.at(a), this.#records.at(b)));
    const hash = createHash('sha256');
    for (const index of order) hash.update(`${this.#records.at(index).toString('hex')}\n`);
    return hash.digest('hex');
  }
}

/** Texts by number; 4 bytes and the text's UTF-8 each. */
export class Texts {
  #bytes = Buffer.alloc(4096);
  #filled = 0;

  /** Answers where it stands. */
  add(text: string): number {
    const length = Buffer.byteLength(text);
    while (this.#filled + 4 + length > this.#bytes.length) {
      const larger = Buffer.alloc(this.#bytes.length * 2);
      this.#bytes.copy(larger);
      this.#bytes = larger;
    }
    const at = this.#filled;
    this.#bytes.writeUInt32LE(length, at);
    this.#bytes.write(text, at + 4, 'utf8');
    this.#filled += 4 + length;
    return at;
  }

  get(at: number): string {
    return this.#bytes.toString('utf8', at + 4, at + 4 + this.#bytes.readUInt32LE(at));
  }
}

const EMPTY = 0;

/**
 * Numbers texts, each distinct one once, from 0. Places follow from SHA-256, so that nobody can choose texts that
 * all fall into one place; what is compared is the digest. About 45 bytes for a text.
 */
export class Numbering {
  readonly #digests = new Records(32);
  /** Number + 1 by place; a power of two long, at most half full. */
  #places = new Uint32Array(128);

  get count(): number {
    return this.#digests.count;
  }

  /** The text's number, which is `count` as it was before where the text is new. */
  add(text: string): number {
    const digest = createHash('sha256').update(text).digest();
    const place = this.#placeOf(digest);
    const known = this.#places[place] as number;
    if (known !== EMPTY) return known - 1;
    const number = this.#digests.add();
    digest.copy(this.#digests.at(number));
    this.#places[place] = number + 1;
    if (this.count * 2 > this.#places.length) this.#grow();
    return number;
  }

  #placeOf(digest: Buffer): number {
    const mask = this.#places.length - 1;
    let place = digest.readUInt32LE(0) & mask;
    for (;;) {
      const known = this.#places[place] as number;
      if (known === EMPTY || this.#digests.at(known - 1).equals(digest)) return place;
      place = (place + 1) & mask;
    }
  }

  #grow(): void {
    this.#places = new Uint32Array(this.#places.length * 2);
    for (let number = 0; number < this.count; number++) {
      this.#places[this.#placeOf(this.#digests.at(number))] = number + 1;
    }
  }
}
