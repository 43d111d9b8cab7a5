/**
 * What is remembered of many rows, in a few typed arrays instead of objects: strings and maps of that many take tens
 * of megabytes and V8's young space with them.
 */
import { createHash } from 'node:crypto';

/** Records of a block; the first one grows up to this by doubling, so that few rows take little. */
const BLOCK = 1024;

/** Fixed-size records one after the other, in blocks that stay where they are: nothing is copied as they grow. */
export class Records {
  readonly #size: number;
  readonly #blocks: Buffer[];
  #count = 0;

  /** `size`: bytes of a record. */
  constructor(size: number) {
    this.#size = size;
    this.#blocks = [Buffer.alloc(size * 16)];
  }

  get count(): number {
    return this.#count;
  }

  /** Adds an empty record and answers its number, from 0. */
  add(): number {
    const [first] = this.#blocks as [Buffer];
    if (this.#count * this.#size === first.length && this.#count < BLOCK) {
      this.#blocks[0] = Buffer.alloc(first.length * 2);
      first.copy(this.#blocks[0]);
    } else if (this.#count > 0 && this.#count % BLOCK === 0)
      this.#blocks.push(Buffer.alloc(this.#size * BLOCK));
    return this.#count++;
  }

  /** The record's bytes, to be read or written; valid until the next `add`. */
  at(index: number): Buffer {
    const at = (index % BLOCK) * this.#size;
    return (this.#blocks[Math.floor(index / BLOCK)] as Buffer).subarray(at, at + this.#size);
  }
}

const TEXT_BLOCK = 64 * 1024;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const AS_UUID = 1;
const AS_TEXT = 0;

/** Texts by place: 17 bytes for a UUID, 5 and its UTF-8 for any other text. */
export class Texts {
  /** Of `TEXT_BLOCK` bytes, but for a longer text, which has one of its own. */
  readonly #blocks: Buffer[] = [];
  #filled = TEXT_BLOCK;

  /** Answers where it stands. */
  add(text: string): number {
    const uuid = UUID.test(text);
    const length = uuid ? 17 : 5 + Buffer.byteLength(text);
    if (this.#filled + length > TEXT_BLOCK) {
      this.#blocks.push(Buffer.alloc(Math.max(length, TEXT_BLOCK)));
      this.#filled = 0;
    }
    const block = this.#blocks.at(-1) as Buffer;
    const at = this.#filled;
    block[at] = uuid ? AS_UUID : AS_TEXT;
    if (uuid) block.write(text.replaceAll('-', ''), at + 1, 'hex');
    else {
      block.writeUInt32LE(length - 5, at + 1);
      block.write(text, at + 5, 'utf8');
    }
    this.#filled = Math.min(TEXT_BLOCK, at + length);
    return (this.#blocks.length - 1) * TEXT_BLOCK + at;
  }

  get(place: number): string {
    const block = this.#blocks[Math.floor(place / TEXT_BLOCK)] as Buffer;
    const at = place % TEXT_BLOCK;
    if (block[at] === AS_TEXT) return block.toString('utf8', at + 5, at + 5 + block.readUInt32LE(at + 1));
    const hex = block.toString('hex', at + 1, at + 17);
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  }
}

const EMPTY = 0;

/** Finds records by a hash of 32 bits; 8 to 16 bytes for a record. The caller says which record is the one. */
class Lookup {
  readonly #hashOf: (record: number) => number;
  /** Record + 1 by place; a power of two long, at most half full. */
  #places = new Uint32Array(128);
  #count = 0;

  constructor(hashOf: (record: number) => number) {
    this.#hashOf = hashOf;
  }

  /** The first record of this hash that `isIt`; null where there is none. */
  find(hash: number, isIt: (record: number) => boolean): number | null {
    const mask = this.#places.length - 1;
    for (let place = hash & mask; ; place = (place + 1) & mask) {
      const known = this.#places[place] as number;
      if (known === EMPTY) return null;
      if (isIt(known - 1)) return known - 1;
    }
  }

  add(record: number): void {
    this.#put(record);
    if (++this.#count * 2 <= this.#places.length) return;
    const before = this.#places;
    this.#places = new Uint32Array(before.length * 2);
    for (const known of before) if (known !== EMPTY) this.#put(known - 1);
  }

  #put(record: number): void {
    const mask = this.#places.length - 1;
    let place = this.#hashOf(record) & mask;
    while (this.#places[place] !== EMPTY) place = (place + 1) & mask;
    this.#places[place] = record + 1;
  }
}

/**
 * Numbers texts, each distinct one once, from 0. Places follow from SHA-256, so that nobody can choose texts that
 * all fall into one place; what is compared is the digest. 40 to 48 bytes for a text.
 */
export class Numbering {
  readonly #digests = new Records(32);
  readonly #lookup = new Lookup((number) => this.#digests.at(number).readUInt32LE(0));

  get count(): number {
    return this.#digests.count;
  }

  /** Null where the text was never added. */
  numberOf(text: string): number | null {
    return this.#find(createHash('sha256').update(text).digest());
  }

  #find(digest: Buffer): number | null {
    return this.#lookup.find(digest.readUInt32LE(0), (number) => this.#digests.at(number).equals(digest));
  }

  /** The text's number, which is `count` as it was before where the text is new. */
  add(text: string): number {
    const digest = createHash('sha256').update(text).digest();
    const known = this.#find(digest);
    if (known !== null) return known;
    const number = this.#digests.add();
    digest.copy(this.#digests.at(number));
    this.#lookup.add(number);
    return number;
  }
}
