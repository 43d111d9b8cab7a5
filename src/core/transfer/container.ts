/**
 * The file in which a case goes to another workstation, from version 2 on: written and read piece by piece.
 *
 * First line (UTF-8, LF): `{"format":"docket-transfer/3","salt":…,"nonce":…}` in hex. The rest: chunks of 64 KiB
 * (the last may be shorter), each AES-256-GCM with its tag behind it; nonce = the 7 bytes of the head, the chunk's
 * number (4 bytes, big-endian) and 1 for the last chunk, else 0 (the STREAM construction: no chunk can be changed,
 * swapped, dropped or cut off unnoticed); the first line as associated data; key = scrypt(passphrase, salt, N=2^15,
 * r=8, p=1). Inside: the parts one after the other, the gzipped content as in version 1 (envelope.ts), and its
 * length in 8 bytes. The signed payload names each part's place, length and SHA-256. In version 2, which is still
 * read, what names the messages is inside the payload, in version 3 in parts (records.ts).
 */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import type { ByteSource } from '../importers/importer.ts';
import {
  contentOf,
  EnvelopeError,
  jsonOf,
  keyOf,
  type OpenedContent,
  packContent,
  type Signer,
} from './envelope.ts';
import type { Part } from './payload.ts';

const FORMAT = 'docket-transfer/3';
const FORMATS: readonly unknown[] = [FORMAT, 'docket-transfer/2'];
const CHUNK = 64 * 1024;
const TAG = 16;
const SALT = 16;
const PREFIX = 7;
/** Chunks that a nonce can number. */
const MOST = 2 ** 32;

function nonceOf(prefix: Buffer, index: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  prefix.copy(nonce);
  nonce.writeUInt32BE(index, PREFIX);
  nonce[11] = last ? 1 : 0;
  return nonce;
}

/** Writes a transfer to a file; about 100 ms of scrypt beside the caller's thread, then linear in constant memory. */
export class TransferWriter {
  readonly #file: string;
  readonly #output: number;
  readonly #key: Buffer;
  readonly #prefix = randomBytes(PREFIX);
  readonly #head: Buffer;
  readonly #hash = createHash('sha256');
  readonly #held = Buffer.allocUnsafe(CHUNK);
  #filled = 0;
  #index = 0;
  #written = 0;
  #open = true;

  /** Begins a file. */
  static async begin(file: string, passphrase: string): Promise<TransferWriter> {
    const salt = randomBytes(SALT);
    return new TransferWriter(file, await keyOf(passphrase, salt), salt);
  }

  private constructor(file: string, key: Buffer, salt: Buffer) {
    this.#file = file;
    this.#key = key;
    const head = { format: FORMAT, salt: salt.toString('hex'), nonce: this.#prefix.toString('hex') };
    this.#head = Buffer.from(`${JSON.stringify(head)}\n`);
    this.#output = openSync(file, 'w', 0o600);
    this.#put(this.#head);
  }

  #put(bytes: Buffer): void {
    for (let at = 0; at < bytes.length; ) at += writeSync(this.#output, bytes, at);
    this.#hash.update(bytes);
  }

  #seal(last: boolean): void {
    if (this.#index >= MOST) throw new EnvelopeError('too-large');
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonceOf(this.#prefix, this.#index++, last));
    cipher.setAAD(this.#head);
    const sealed = [cipher.update(this.#held.subarray(0, this.#filled)), cipher.final(), cipher.getAuthTag()];
    this.#put(Buffer.concat(sealed));
    this.#filled = 0;
  }

  #write(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; ) {
      // A full chunk waits until more comes: only then it is known not to be the last.
      if (this.#filled === CHUNK) this.#seal(false);
      const piece = bytes.subarray(at, at + CHUNK - this.#filled);
      this.#held.set(piece, this.#filled);
      this.#filled += piece.length;
      at += piece.length;
    }
    this.#written += bytes.length;
  }

  /** Appends a part; what its chunks throw goes on to the caller. */
  async part(chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<Part> {
    const part = this.#begin();
    for await (const chunk of chunks) {
      part.add(chunk);
      // To make a chunk may have taken some milliseconds.
      await new Promise(setImmediate);
    }
    return part.end();
  }

  /** Appends a part; yields at safe points. */
  *partInSteps(chunks: Iterable<Uint8Array>): Generator<void, Part> {
    const part = this.#begin();
    for (const chunk of chunks) {
      part.add(chunk);
      yield;
    }
    return part.end();
  }

  #begin() {
    const offset = this.#written;
    const hash = createHash('sha256');
    return {
      add: (chunk: Uint8Array) => {
        hash.update(chunk);
        this.#write(chunk);
      },
      end: (): Part => ({ offset, bytes: this.#written - offset, sha256: hash.digest('hex') }),
    };
  }

  /** Ends the file with its signed content; answers the SHA-256 of all of it. */
  finish(payload: string, by: Signer): string {
    const content = packContent(payload, by);
    const length = Buffer.alloc(8);
    length.writeBigUInt64BE(BigInt(content.length));
    this.#write(content);
    this.#write(length);
    this.#seal(true);
    this.#open = false;
    closeSync(this.#output);
    return this.#hash.digest('hex');
  }

  /** Removes what was written; after `finish` too. */
  abandon(): void {
    if (this.#open) closeSync(this.#output);
    this.#open = false;
    rmSync(this.#file, { force: true });
  }
}

/** What of a transfer is read at random, decrypted chunk by chunk. */
export interface OpenTransfer extends OpenedContent {
  /** A part's bytes; each chunk is authenticated, the part's SHA-256 is for the caller to compare. */
  part(name: string, part: Part): ByteSource;
  close(): void;
}

/** Whether a file is one of version 2 or 3 by its first line. */
export function isContainer(head: Buffer): boolean {
  const start = head.subarray(0, 40).toString('latin1');
  return FORMATS.some((format) => start.startsWith(`{"format":"${format}"`));
}

/** Opens a transfer and checks its signature; whose key it is, is for the caller to know. Throws `EnvelopeError`. */
export async function openContainer(file: string, passphrase: string): Promise<OpenTransfer> {
  const input = openSync(file, 'r');
  try {
    const { size } = fstatSync(input);
    const start = readAt(input, 0, Math.min(size, 400));
    const end = start.indexOf(10);
    const head = start.subarray(0, end + 1);
    const { format, salt, nonce } = jsonOf(head.toString('utf8'), 'not-a-transfer') as Record<
      string,
      unknown
    >;
    if (!FORMATS.includes(format) || !isHex(salt, SALT) || !isHex(nonce, PREFIX))
      throw new EnvelopeError('not-a-transfer');
    const key = await keyOf(passphrase, Buffer.from(salt, 'hex'));
    const prefix = Buffer.from(nonce, 'hex');
    const sealed = size - head.length;
    const chunks = Math.ceil(sealed / (CHUNK + TAG));
    const plainSize = sealed - chunks * TAG;
    if (chunks === 0 || plainSize < 8) throw new EnvelopeError('wrong-passphrase');
    let held: { index: number; plain: Buffer } | null = null;
    const chunk = (index: number): Buffer => {
      if (held?.index === index) return held.plain;
      const at = head.length + index * (CHUNK + TAG);
      const bytes = readAt(input, at, Math.min(CHUNK + TAG, size - at));
      const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(prefix, index, index === chunks - 1));
      decipher.setAAD(head);
      decipher.setAuthTag(bytes.subarray(-TAG));
      try {
        const plain = Buffer.concat([decipher.update(bytes.subarray(0, -TAG)), decipher.final()]);
        held = { index, plain };
        return plain;
      } catch {
        throw new EnvelopeError('wrong-passphrase');
      }
    };
    const read = (offset: number, length: number): Buffer => {
      const to = Math.min(plainSize, offset + length);
      const result = Buffer.allocUnsafe(Math.max(0, to - offset));
      for (let at = offset; at < to; ) {
        const index = Math.floor(at / CHUNK);
        at += chunk(index).copy(result, at - offset, at - index * CHUNK, at - index * CHUNK + (to - at));
      }
      return result;
    };
    const length = Number(read(plainSize - 8, 8).readBigUInt64BE());
    const contentAt = plainSize - 8 - length;
    if (!Number.isSafeInteger(length) || contentAt < 0) throw new EnvelopeError('malformed');
    return {
      ...contentOf(read(contentAt, length)),
      part(name, { offset, bytes }) {
        if (offset + bytes > contentAt) throw new EnvelopeError('malformed');
        return {
          name,
          size: bytes,
          read: (at, wanted) => read(offset + at, Math.max(0, Math.min(wanted, bytes - at))),
        };
      },
      close: () => closeSync(input),
    };
  } catch (error) {
    closeSync(input);
    throw error;
  }
}

const isHex = (text: unknown, bytes: number): text is string =>
  typeof text === 'string' && text.length === bytes * 2 && /^[0-9a-f]*$/.test(text);

function readAt(file: number, at: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  let got = 0;
  while (got < length) {
    const read = readSync(file, bytes, got, length - got, at + got);
    if (read === 0) break;
    got += read;
  }
  return bytes.subarray(0, got);
}
