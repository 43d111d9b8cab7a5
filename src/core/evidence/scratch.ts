/**
 * Room on disk for what the checks of a pack have to remember of every row, so that their memory does not grow with
 * the rows. Nothing of it can be read there: every block is encrypted (AES-256 in counter mode, and a tag) under keys
 * that are drawn for the one run and never leave the process. The file is taken away at once where the system allows that of an open
 * file, else when the run ends; what a crash leaves is noise (`removeScratch`). Little never reaches the disk.
 */
import { createCipheriv, randomBytes, timingSafeEqual } from 'node:crypto';
import { closeSync, openSync, readdirSync, readSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { sha256Bytes } from '../audit/digest.ts';

/** How scratch files are named. */
export const SCRATCH_PREFIX = 'docket.scratch-';

/** Bytes of a block before it is encrypted. */
const BLOCK = 8 * 1024;
const TAG = 32;
const NUMBER = 6;
/** Bytes that AES takes at once. */
const AES = 16;

function digestOf(bytes: Uint8Array): Buffer {
  return Buffer.from(sha256Bytes(bytes), 'latin1');
}

/** Removes what a crash left in a folder. Call while nothing is under way there. */
export function removeScratch(folder: string): void {
  for (const name of readdirSync(folder))
    if (name.startsWith(SCRATCH_PREFIX)) rmSync(join(folder, name), { force: true });
}

/** A path for a scratch file in a folder, under a name that nothing has. */
export const scratchPath = (folder: string): string =>
  join(folder, `${SCRATCH_PREFIX}${randomBytes(8).toString('hex')}`);

/** Blocks of one size, each written once. */
export class Scratch {
  readonly #path: string;
  /**
   * AES of single blocks, from which the key stream of counter mode (NIST SP 800-38A §6.5) is made: one cipher for
   * all. A cipher for each block, 7,000 for 200,000 messages, stayed in the heap until a full collection.
   */
  readonly #aes = createCipheriv('aes-256-ecb', randomBytes(32), null).setAutoPadding(false);
  /** The counters of a block: its number, then a number within it. */
  readonly #counters = Buffer.alloc(BLOCK);
  /** What a tag is taken over, secret, number and block, behind which the tag stands; the file holds the last two. */
  readonly #sealed = Buffer.alloc(TAG + NUMBER + BLOCK + TAG);
  readonly #disk = this.#sealed.subarray(TAG + NUMBER);
  #file: number | null = null;
  #blocks = 0;

  /** Writes nothing yet. */
  constructor(folder: string) {
    this.#path = scratchPath(folder);
    this.#sealed.set(randomBytes(TAG));
    for (let at = 0; at < BLOCK; at += AES) this.#counters.writeUInt32BE(at / AES, at + AES - 4);
  }

  /** Number of the block, which is `BLOCK` bytes. */
  write(block: Uint8Array): number {
    if (this.#file === null) {
      this.#file = openSync(this.#path, 'wx+', 0o600);
      try {
        rmSync(this.#path);
      } catch {
        // Where an open file keeps its name: `close` takes it away.
      }
    }
    const number = this.#blocks++;
    this.#disk.set(block);
    this.#turn(number);
    this.#disk.set(this.#tag(number), BLOCK);
    writeSync(this.#file, this.#disk, 0, BLOCK + TAG, number * (BLOCK + TAG));
    return number;
  }

  /** Throws where the file was changed since. */
  read(number: number, into: Uint8Array): void {
    readSync(this.#file as number, this.#disk, 0, BLOCK + TAG, number * (BLOCK + TAG));
    if (!timingSafeEqual(this.#tag(number), this.#disk.subarray(BLOCK)))
      throw new Error('a file of this run was changed by somebody else');
    this.#turn(number);
    into.set(this.#disk.subarray(0, BLOCK));
  }

  /** Encrypts or decrypts what stands in `disk`. Numbers never come twice under a key. */
  #turn(number: number): void {
    for (let at = 0; at < BLOCK; at += AES) this.#counters.writeUIntBE(number, at + 4, 6);
    const stream = this.#aes.update(this.#counters);
    const disk = this.#disk;
    for (let at = 0; at < BLOCK; at += 4)
      disk.writeInt32LE(disk.readInt32LE(at) ^ stream.readInt32LE(at), at);
  }

  /** The length is fixed, so a secret in front is enough. */
  #tag(number: number): Buffer {
    this.#sealed.writeUIntBE(number, TAG, NUMBER);
    return digestOf(this.#sealed.subarray(0, TAG + NUMBER + BLOCK));
  }

  close(): void {
    if (this.#file === null) return;
    closeSync(this.#file);
    this.#file = null;
    rmSync(this.#path, { force: true });
  }
}

/** Bytes one after the other, written at the end and read anywhere. */
export class ScratchBytes {
  readonly #scratch: Scratch;
  /** Numbers of the blocks that are full. */
  readonly #full: number[] = [];
  #tail: Buffer | null = null;
  #length = 0;
  #read: Buffer | null = null;
  #isRead = -1;

  constructor(scratch: Scratch) {
    this.#scratch = scratch;
  }

  get length(): number {
    return this.#length;
  }

  /** Answers where they begin. */
  append(bytes: Uint8Array): number {
    const begin = this.#length;
    this.#tail ??= Buffer.alloc(BLOCK);
    for (let from = 0; from < bytes.length; ) {
      const at = this.#length % BLOCK;
      const piece = bytes.subarray(from, from + BLOCK - at);
      this.#tail.set(piece, at);
      from += piece.length;
      this.#length += piece.length;
      if (this.#length % BLOCK === 0) this.#full.push(this.#scratch.write(this.#tail));
    }
    return begin;
  }

  /** A copy of `length` bytes. */
  read(place: number, length: number): Buffer {
    const bytes = Buffer.allocUnsafe(length);
    for (let done = 0; done < length; ) {
      const at = (place + done) % BLOCK;
      const piece = this.#block(Math.floor((place + done) / BLOCK)).subarray(at, at + length - done);
      bytes.set(piece, done);
      done += piece.length;
    }
    return bytes;
  }

  #block(block: number): Buffer {
    const number = this.#full[block];
    if (number === undefined) return this.#tail as Buffer;
    this.#read ??= Buffer.alloc(BLOCK);
    if (this.#isRead !== block) {
      this.#scratch.read(number, this.#read);
      this.#isRead = block;
    }
    return this.#read;
  }
}

/** Texts, found again by where they were put. */
export class ScratchTexts {
  readonly #bytes: ScratchBytes;
  readonly #line = Buffer.alloc(256);

  constructor(scratch: Scratch) {
    this.#bytes = new ScratchBytes(scratch);
  }

  add(text: string): number {
    const length = Buffer.byteLength(text);
    const bytes = 4 + length <= this.#line.length ? this.#line : Buffer.alloc(4 + length);
    bytes.writeUInt32LE(length);
    bytes.write(text, 4, 'utf8');
    return this.#bytes.append(bytes.subarray(0, 4 + length));
  }

  get(place: number): string {
    const length = this.#bytes.read(place, 4).readUInt32LE();
    return this.#bytes.read(place + 4, length).toString('utf8');
  }
}

/** Bytes of records that are put in order in memory; each such run is then written. */
const RUN = 1 << 19;

/**
 * Records of one size, put in order by their first bytes; records of equal keys come in any order, so a key ends
 * with what tells them apart. Memory: a run and, when they are read, a block for each run: a sixty-fourth of the records.
 */
export class SortedRecords {
  readonly #scratch: Scratch;
  readonly #size: number;
  readonly #key: number;
  readonly #perRun: number;
  readonly #perBlock: number;
  readonly #runs: { readonly blocks: readonly number[]; readonly count: number }[] = [];
  #run: Buffer | null = null;
  #inRun = 0;
  #count = 0;

  /** `size` and `key` in bytes, the key first. */
  constructor(scratch: Scratch, size: number, key: number) {
    this.#scratch = scratch;
    this.#size = size;
    this.#key = key;
    this.#perBlock = Math.floor(BLOCK / size);
    this.#perRun = Math.floor(RUN / BLOCK) * this.#perBlock;
  }

  get count(): number {
    return this.#count;
  }

  /** Room for a record more, to be filled at once; what is in it is of no meaning. */
  add(): Buffer {
    this.#run ??= Buffer.alloc(this.#perRun * this.#size);
    if (this.#inRun === this.#perRun) this.#write();
    this.#count++;
    return this.#at(this.#inRun++);
  }

  #at(record: number): Buffer {
    return (this.#run as Buffer).subarray(record * this.#size, (record + 1) * this.#size);
  }

  #order(): Uint32Array {
    const run = this.#run as Buffer;
    const [size, key] = [this.#size, this.#key];
    const order = new Uint32Array(this.#inRun);
    for (let i = 0; i < order.length; i++) order[i] = i;
    return order.sort((a, b) => run.compare(run, b * size, b * size + key, a * size, a * size + key));
  }

  #write(): void {
    const order = this.#order();
    const block = Buffer.alloc(BLOCK);
    const blocks: number[] = [];
    for (let from = 0; from < order.length; from += this.#perBlock) {
      for (let i = from; i < Math.min(order.length, from + this.#perBlock); i++)
        block.set(this.#at(order[i] as number), (i - from) * this.#size);
      blocks.push(this.#scratch.write(block));
    }
    this.#runs.push({ blocks, count: this.#inRun });
    this.#inRun = 0;
  }

  /** Every record in order, each valid until the next is asked for. Once, after the last `add`. */
  *sorted(): Generator<Buffer> {
    if (this.#runs.length === 0) {
      if (this.#inRun > 0) for (const record of this.#order()) yield this.#at(record);
      this.#run = null;
      return;
    }
    if (this.#inRun > 0) this.#write();
    this.#run = null;
    const heap = this.#runs.map((run) => new RunReader(this.#scratch, run, this.#size, this.#perBlock));
    const isBefore = (a: RunReader, b: RunReader) =>
      a.block.compare(b.block, b.at, b.at + this.#key, a.at, a.at + this.#key) < 0;
    const sink = (from: number) => {
      for (let i = from; ; ) {
        let least = i;
        for (const child of [2 * i + 1, 2 * i + 2]) {
          const [one, other] = [heap[child], heap[least]];
          if (one && other && isBefore(one, other)) least = child;
        }
        if (least === i) return;
        [heap[i], heap[least]] = [heap[least] as RunReader, heap[i] as RunReader];
        i = least;
      }
    };
    for (let i = heap.length >> 1; i >= 0; i--) sink(i);
    for (let first = heap[0]; first; first = heap[0]) {
      yield first.block.subarray(first.at, first.at + this.#size);
      if (!first.next()) {
        const last = heap.pop() as RunReader;
        if (last !== first) heap[0] = last;
      }
      sink(0);
    }
  }
}

/** Reads a run from its first record on. */
class RunReader {
  readonly block = Buffer.alloc(BLOCK);
  /** Where the record begins in the block. */
  at = 0;
  readonly #scratch: Scratch;
  readonly #run: { readonly blocks: readonly number[]; readonly count: number };
  readonly #size: number;
  readonly #perBlock: number;
  #record = 0;

  constructor(
    scratch: Scratch,
    run: { readonly blocks: readonly number[]; readonly count: number },
    size: number,
    perBlock: number,
  ) {
    this.#scratch = scratch;
    this.#run = run;
    this.#size = size;
    this.#perBlock = perBlock;
    scratch.read(run.blocks[0] as number, this.block);
  }

  /** False behind the last record. */
  next(): boolean {
    if (++this.#record === this.#run.count) return false;
    const at = this.#record % this.#perBlock;
    if (at === 0) this.#scratch.read(this.#run.blocks[this.#record / this.#perBlock] as number, this.block);
    this.at = at * this.#size;
    return true;
  }
}
