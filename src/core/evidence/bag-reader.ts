/** Reads the files of a pack's bag, each once, and remembers what was read. */
import { createHash } from 'node:crypto';
import type { z } from 'zod';
import type { FileDigest } from './bag-tags.ts';
import type { CheckName, VerifyReport } from './verify-report.ts';
import { type ZipArchive, type ZipEntry, ZipError } from './zip-reader.ts';

/** Documents and manifests are read whole; none of a real pack comes near this. */
const MAX_DOCUMENT = 64 * 2 ** 20;

/** A sink of bytes: `write` each chunk, `end` once. */
export interface Sink {
  write(chunk: Buffer): void;
  end(): void;
}

/** Strict UTF-8: throws on anything else; a byte order mark is a character like others. */
export function utf8(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
}

export class BagReader {
  readonly #zip: ZipArchive;
  readonly #report: VerifyReport;
  readonly #entries = new Map<string, ZipEntry>();
  readonly #tried = new Set<string>();
  /** What was read so far, by path in the bag. */
  readonly digests = new Map<string, FileDigest>();
  /** Name of the bag's folder. */
  readonly folder: string;

  /** Takes the bag's folder to be the one of bagit.txt; names what stands outside it. */
  constructor(zip: ZipArchive, report: VerifyReport) {
    this.#zip = zip;
    this.#report = report;
    const declared = zip.entries.find(({ name }) => /^[^/]+\/bagit\.txt$/.test(name));
    const first = (declared ?? zip.entries[0])?.name ?? '';
    this.folder = first.slice(0, Math.max(0, first.indexOf('/')));
    for (const entry of zip.entries) {
      if (this.folder !== '' && entry.name.startsWith(`${this.folder}/`)) {
        this.#entries.set(entry.name.slice(this.folder.length + 1), entry);
      } else report.fail('manifest', 'outside-the-bag', { file: entry.name });
    }
  }

  /** Paths in the bag, as the archive has them. */
  get paths(): string[] {
    return [...this.#entries.keys()];
  }

  has(path: string): boolean {
    return this.#entries.has(path);
  }

  tried(path: string): boolean {
    return this.#tried.has(path);
  }

  /** Reads a file, hashing it, into `sink` where one is given. False, and named, where it cannot be read. */
  async read(path: string, check: CheckName, sink: Sink | null): Promise<boolean> {
    this.#tried.add(path);
    const entry = this.#entries.get(path);
    if (entry === undefined) {
      this.#report.fail(check, 'missing', { file: path });
      return false;
    }
    const hash = createHash('sha256');
    let bytes = 0;
    try {
      for await (const chunk of this.#zip.read(entry)) {
        hash.update(chunk);
        bytes += chunk.length;
        sink?.write(chunk);
      }
    } catch (error) {
      if (!(error instanceof ZipError)) throw error;
      this.#report.fail(check, error.reason, { file: path });
      return false;
    }
    sink?.end();
    this.digests.set(path, { path, sha256: hash.digest('hex'), bytes });
    return true;
  }

  /** A file as bytes, or null where it is missing, damaged or too large. */
  async readWhole(path: string, check: CheckName): Promise<Buffer | null> {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const write = (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= MAX_DOCUMENT) chunks.push(chunk);
    };
    if (!(await this.read(path, check, { write, end: () => {} }))) return null;
    if (bytes <= MAX_DOCUMENT) return Buffer.concat(chunks);
    this.#report.fail(check, 'too-large', { file: path });
    return null;
  }

  /** A JSON file in its stated shape, or null. The value is kept as written, not as the shape copies it. */
  async document<T extends z.ZodType>(path: string, check: CheckName, shape: T): Promise<z.infer<T> | null> {
    const bytes = await this.readWhole(path, check);
    if (bytes === null) return null;
    try {
      const value: unknown = JSON.parse(utf8(bytes));
      if (shape.safeParse(value).success) return value as z.infer<T>;
    } catch {
      // Named below, like a wrong shape.
    }
    this.#report.fail(check, 'malformed', { file: path });
    return null;
  }
}
