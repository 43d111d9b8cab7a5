/**
 * Encrypted store for sealed sources and attachments: one file a blob under `store/`, in chunks of
 * 1 MiB, each AES-256-GCM under a key of the blob's own. The chunk's number and whether it is the last
 * are authenticated, so chunks cannot be swapped, dropped or cut off unnoticed. Reading is by offset.
 */
import {
  type CipherGCM,
  createCipheriv,
  createDecipheriv,
  createHash,
  type DecipherGCM,
  hkdfSync,
} from 'node:crypto';
import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { DocketError } from '../../contract/errors.ts';
import type { ByteSource } from '../importers/importer.ts';
import { release } from './release.ts';

const CHUNK = 1024 * 1024;
const TAG = 16;
/** What a cipher is handed at once: its answers are small enough to lie where the one before lay. */
const PIECE = 64 * 1024;

export interface SealedBlob {
  readonly sha256: string;
  readonly bytes: number;
}

export type OpenBlob = ByteSource & { close(): void };

/** One sealed source: where it lies, its own key, its name and its size in bytes. */
export interface BlobHandle {
  readonly path: string;
  readonly key: Uint8Array;
  readonly name: string;
  readonly size: number;
}

export class BlobStore {
  readonly #folder: string;
  readonly #key: Buffer;

  constructor(folder: string, key: Buffer) {
    this.#folder = folder;
    this.#key = key;
  }

  pathOf(id: string): string {
    return join(this.#folder, id.slice(-2), `${id}.blob`);
  }

  has(id: string): boolean {
    return existsSync(this.pathOf(id));
  }

  /**
   * Copies a file in, hashing what it copies: digest and blob are of the same bytes by construction.
   * `onChunk` is told the bytes done and may throw to cancel; nothing is left behind then.
   */
  async seal(id: string, file: string, onChunk: (done: number, total: number) => void): Promise<SealedBlob> {
    const input = openSync(file, 'r');
    try {
      const total = fstatSync(input).size;
      return await this.sealStream(id, chunksOf(input, total), (done) => onChunk(done, total));
    } finally {
      closeSync(input);
    }
  }

  /** Copies a stream in, as `seal` does a file. What the stream throws ends it; nothing is left behind. */
  async sealStream(
    id: string,
    chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
    onChunk: (done: number) => void,
  ): Promise<SealedBlob> {
    const target = this.pathOf(id);
    mkdirSync(dirname(target), { recursive: true, mode: 0o700 });
    const temporary = `${target}.new`;
    const output = openSync(temporary, 'w', 0o600);
    try {
      const hash = createHash('sha256');
      const key = this.#blobKey(id);
      const buffer = Buffer.allocUnsafe(CHUNK);
      const sealed = Buffer.allocUnsafe(CHUNK + TAG);
      let filled = 0;
      let index = 0;
      let done = 0;
      const write = (last: boolean) => {
        const plain = buffer.subarray(0, filled);
        hash.update(plain);
        writeSync(output, encrypt(key, index++, last, plain, sealed));
        done += filled;
        filled = 0;
        onChunk(done);
      };
      for await (const chunk of chunks) {
        for (let at = 0; at < chunk.length; ) {
          // A full buffer waits until more comes: only then it is known not to be the last.
          if (filled === CHUNK) {
            write(false);
            if (index % 16 === 0) await new Promise(setImmediate);
          }
          const part = chunk.subarray(at, at + CHUNK - filled);
          buffer.set(part, filled);
          filled += part.length;
          at += part.length;
        }
      }
      write(true);
      fsyncSync(output);
      renameSync(temporary, target);
      return { sha256: hash.digest('hex'), bytes: done };
    } finally {
      closeSync(output);
      rmSync(temporary, { force: true });
    }
  }

  /** Random access to a sealed source; `close` when done. Throws `workspace-damaged` on a changed chunk. */
  open(id: string, name: string, size: number): OpenBlob {
    return openBlob(this.handle(id, name, size));
  }

  /** What another thread needs to open this blob, and no other. */
  handle(id: string, name: string, size: number): BlobHandle {
    return { path: this.pathOf(id), key: this.#blobKey(id), name, size };
  }

  /** SHA-256 of a blob's content, read through its authentication. */
  digest(id: string, name: string, size: number): string {
    const source = this.open(id, name, size);
    try {
      const hash = createHash('sha256');
      for (let at = 0; at < size; at += CHUNK) hash.update(source.read(at, CHUNK));
      return hash.digest('hex');
    } finally {
      source.close();
    }
  }

  remove(id: string): void {
    rmSync(this.pathOf(id), { force: true });
  }

  #blobKey(id: string): Buffer {
    return Buffer.from(hkdfSync('sha256', this.#key, Buffer.alloc(0), `docket/blob/${id}`, 32));
  }
}

/** Opens a blob by its handle. Throws `workspace-damaged` where it is missing, and on a changed chunk. */
export function openBlob({ path, key, name, size }: BlobHandle): OpenBlob {
  if (!existsSync(path)) throw new DocketError('workspace-damaged', 'a sealed source is missing', name);
  const file = openSync(path, 'r');
  const chunks = Math.max(1, Math.ceil(size / CHUNK));
  const sealed = Buffer.allocUnsafe(CHUNK + TAG);
  const opened = Buffer.allocUnsafe(CHUNK);
  let held: { index: number; plain: Buffer } | null = null;
  const chunk = (index: number): Buffer => {
    if (held?.index === index) return held.plain;
    held = null;
    const length = fill(file, sealed, index * (CHUNK + TAG), CHUNK + TAG);
    const plain = decrypt(key, index, index === chunks - 1, sealed.subarray(0, length), opened, name);
    held = { index, plain };
    return plain;
  };
  return {
    name,
    size,
    read(offset, length) {
      const end = Math.min(size, offset + length);
      if (end <= offset) return new Uint8Array(0);
      const result = Buffer.allocUnsafe(end - offset);
      for (let at = offset; at < end; ) {
        const index = Math.floor(at / CHUNK);
        const from = at - index * CHUNK;
        const copied = chunk(index).copy(result, at - offset, from, from + (end - at));
        if (copied === 0) throw new DocketError('workspace-damaged', 'a sealed source is too short', name);
        at += copied;
      }
      return result;
    },
    close: () => closeSync(file),
  };
}

/** The first `total` bytes of an open file; the buffer is used again for each piece. */
function* chunksOf(file: number, total: number): Generator<Uint8Array> {
  const buffer = Buffer.allocUnsafe(CHUNK);
  for (let done = 0; done < total; ) {
    const length = fill(file, buffer, done, Math.min(CHUNK, total - done));
    if (length === 0) return;
    yield buffer.subarray(0, length);
    done += length;
  }
}

function fill(file: number, buffer: Buffer, position: number, length: number): number {
  let got = 0;
  while (got < length) {
    const read = readSync(file, buffer, got, length - got, position + got);
    if (read === 0) break;
    got += read;
  }
  return got;
}

/** The key serves one blob, so the chunk's number is a nonce that never repeats. */
function nonceOf(index: number): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUIntBE(index, 6, 6);
  return nonce;
}

/** Into `sealed`; answers the part of it that is filled. */
function encrypt(key: Uint8Array, index: number, last: boolean, plain: Buffer, sealed: Buffer): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, nonceOf(index));
  cipher.setAAD(Buffer.from([last ? 1 : 0]));
  pass(cipher, plain, sealed);
  cipher.getAuthTag().copy(sealed, plain.length);
  return sealed.subarray(0, plain.length + TAG);
}

/** Into `opened`; answers the part of it that is filled. */
function decrypt(
  key: Uint8Array,
  index: number,
  last: boolean,
  sealed: Buffer,
  opened: Buffer,
  name: string,
): Buffer {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(index));
    decipher.setAAD(Buffer.from([last ? 1 : 0]));
    decipher.setAuthTag(sealed.subarray(-TAG));
    pass(decipher, sealed.subarray(0, -TAG), opened);
    return opened.subarray(0, sealed.length - TAG);
  } catch {
    throw new DocketError('workspace-damaged', `chunk ${index} of a sealed source was changed`, name);
  }
}

/** Passes bytes through a cipher to its end; as many come out. */
function pass(cipher: CipherGCM | DecipherGCM, from: Uint8Array, to: Buffer): void {
  for (let at = 0; at < from.length; at += PIECE) {
    const piece = cipher.update(from.subarray(at, at + PIECE));
    to.set(piece, at);
    release(piece);
  }
  cipher.final();
}
