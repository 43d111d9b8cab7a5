/**
 * Zip archives over a byte source: lists the members with what speaks against each, and streams one
 * member's content under the limits, checked against its CRC-32. Nothing is written anywhere.
 */
import { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import type { ByteSource } from '../importer.ts';
import { decodeNames } from './member-names.ts';
import {
  ARCHIVE_LIMITS,
  type ArchiveLimits,
  isTooCompressed,
  type MemberRefusal,
  memberPath,
  statedRefusal,
} from './member-rules.ts';

export interface ArchiveMember {
  /** Below the archive, with `/`. */
  readonly path: string;
  /** Uncompressed bytes as the directory states them. */
  readonly bytes: number;
  /** Half-open range in the archive: local header and content. */
  readonly start: number;
  readonly end: number;
  readonly refusal: MemberRefusal | null;
}

/** A member that turned out to be other than stated, or an archive that cannot be read. */
export class ArchiveError extends Error {
  readonly refusal: MemberRefusal;
  constructor(refusal: MemberRefusal, detail: string) {
    super(detail);
    this.refusal = refusal;
  }
}

export interface ZipArchive {
  readonly members: readonly ArchiveMember[];
  readonly nameEncoding: 'utf-8' | 'gb18030';
  /** Why reading the directory stopped before its end; null where it did not. */
  readonly damage: string | null;
  /** The content of a member without refusal. Throws `ArchiveError`. */
  read(member: ArchiveMember): AsyncGenerator<Buffer>;
}

const LOCAL_HEADER = 30;
const STEP = 256 * 1024;

/** Whether the source begins as a zip archive (also an empty one). */
export function isZip(head: Uint8Array): boolean {
  const [a, b, c, d] = head;
  return a === 0x50 && b === 0x4b && ((c === 3 && d === 4) || (c === 5 && d === 6));
}

/** Whether the members are those of an Office document (XLSX, DOCX), which is no archive to a person. */
export function isOfficeDocument(members: readonly ArchiveMember[]): boolean {
  return members.some(({ path }) => path === '[Content_Types].xml');
}

class SourceReader extends yauzl.RandomAccessReader {
  readonly #source: ByteSource;
  constructor(source: ByteSource) {
    super();
    this.#source = source;
  }
  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null, bytes?: number) => void,
  ): void {
    let bytes = 0;
    try {
      const read = this.#source.read(position, length);
      buffer.set(read, offset);
      bytes = read.length;
    } catch (error) {
      setImmediate(callback, error as Error);
      return;
    }
    setImmediate(callback, null, bytes);
  }
  override close(callback: () => void): void {
    setImmediate(callback);
  }
  override _readStreamForRange(start: number, end: number): Readable {
    const source = this.#source;
    function* chunks(): Generator<Uint8Array> {
      for (let at = start; at < end; at += STEP) yield source.read(at, Math.min(STEP, end - at));
    }
    return Readable.from(chunks(), { objectMode: false });
  }
}

/** Reads the archive's directory. Throws `ArchiveError` where there is none. */
export async function openZip(
  source: ByteSource,
  limits: ArchiveLimits = ARCHIVE_LIMITS,
): Promise<ZipArchive> {
  let zip: ZipFile;
  try {
    zip = await yauzl.fromRandomAccessReaderPromise(new SourceReader(source), source.size, {
      lazyEntries: true,
      decodeStrings: false,
      validateEntrySizes: false,
      autoClose: false,
    });
  } catch (error) {
    throw new ArchiveError('damaged', (error as Error).message);
  }
  const entries: Entry[] = [];
  let damage: string | null = null;
  let beyond = 0;
  try {
    for await (const entry of zip.eachEntry()) {
      if (isFolder(entry)) continue;
      if (entries.length < limits.members) entries.push(entry);
      // A directory of millions of names is an attack on memory: counted on, not kept.
      else if (++beyond > limits.members) break;
    }
  } catch (error) {
    damage = (error as Error).message;
  }
  const { texts, encoding } = decodeNames(
    entries.map((entry) => ({
      bytes: entry.fileNameRaw,
      statedUtf8: (entry.generalPurposeBitFlag & 0x800) !== 0,
      extraFields: entry.extraFields,
    })),
  );
  const members = judge(source, entries, texts, limits);
  if (beyond > 0) damage = `more than ${limits.members} members`;
  const entryOf = new Map(members.map((member, index) => [member, entries[index] as Entry]));
  return {
    members,
    nameEncoding: encoding,
    damage,
    read: (member) => content(zip, entryOf.get(member) as Entry, limits),
  };
}

function isFolder({ fileNameRaw, uncompressedSize }: Entry): boolean {
  const last = fileNameRaw.at(-1);
  return uncompressedSize === 0 && (last === 0x2f || last === 0x5c);
}

function judge(
  source: ByteSource,
  entries: readonly Entry[],
  names: readonly string[],
  limits: ArchiveLimits,
): ArchiveMember[] {
  const seen = new Set<string>();
  let total = 0;
  const members = entries.map((entry, index) => {
    const { path, refusal: badPath } = memberPath(names[index] ?? '');
    const start = entry.relativeOffsetOfLocalHeader;
    const end = memberEnd(source, entry);
    let refusal =
      badPath ??
      statedRefusal(
        {
          flags: entry.generalPurposeBitFlag,
          method: entry.compressionMethod,
          mode: entry.versionMadeBy >> 8 === 3 ? entry.externalFileAttributes >>> 16 : 0,
          compressed: entry.compressedSize,
          bytes: entry.uncompressedSize,
        },
        limits,
      );
    if (refusal === null && seen.has(path)) refusal = 'path-twice';
    if (refusal === null && end === null) refusal = 'damaged';
    if (refusal === null && total + entry.uncompressedSize > limits.totalBytes) refusal = 'archive-too-large';
    if (refusal === null) total += entry.uncompressedSize;
    seen.add(path);
    return { path, bytes: entry.uncompressedSize, start, end: end ?? start, refusal };
  });
  refuseOverlaps(members);
  return members;
}

/** Byte behind a member's content; null where its local header is not where the directory says. */
function memberEnd(source: ByteSource, entry: Entry): number | null {
  const start = entry.relativeOffsetOfLocalHeader;
  const header = Buffer.from(source.read(start, LOCAL_HEADER));
  if (header.length < LOCAL_HEADER || header.readUInt32LE(0) !== 0x04034b50) return null;
  const end = start + LOCAL_HEADER + header.readUInt16LE(26) + header.readUInt16LE(28) + entry.compressedSize;
  return end <= source.size ? end : null;
}

/** Members that share bytes make a bomb of any size out of one kernel; each but the first is refused. */
function refuseOverlaps(members: { start: number; end: number; refusal: MemberRefusal | null }[]): void {
  let end = 0;
  for (const member of [...members].sort((a, b) => a.start - b.start)) {
    if (member.end === member.start) continue;
    if (member.start < end) member.refusal ??= 'overlaps';
    end = Math.max(end, member.end);
  }
}

async function* content(zip: ZipFile, entry: Entry, limits: ArchiveLimits): AsyncGenerator<Buffer> {
  let done = 0;
  let sum = 0;
  try {
    const stream = await zip.openReadStreamPromise(entry);
    try {
      for await (const chunk of stream as AsyncIterable<Buffer>) {
        done += chunk.length;
        if (done > entry.uncompressedSize)
          throw new ArchiveError('damaged', 'longer than the directory states');
        if (done > limits.memberBytes)
          throw new ArchiveError('too-large', `over ${limits.memberBytes} bytes`);
        if (isTooCompressed(done, entry.compressedSize, limits)) {
          throw new ArchiveError('too-compressed', `over ${limits.ratio} bytes for one`);
        }
        sum = crc32(chunk, sum);
        yield chunk;
      }
    } finally {
      stream.destroy();
    }
  } catch (error) {
    if (error instanceof ArchiveError) throw error;
    throw new ArchiveError('damaged', (error as Error).message);
  }
  if (done !== entry.uncompressedSize) throw new ArchiveError('damaged', 'shorter than the directory states');
  if (sum !== entry.crc32) throw new ArchiveError('damaged', 'the content does not fit its CRC-32');
}
