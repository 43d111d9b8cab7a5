/**
 * A strict reader of zip archives, for checking a pack from anybody.
 *
 * Ordinary readers look at the central directory and step over the rest; two of them can see two
 * different archives in one file. Here every byte of the file must belong to a local header, an entry's
 * data, the central directory or the end record, in that order and without gaps, and the local headers
 * must say what the central directory says. Whatever deviates is a finding with the entry's name.
 * Nothing is unpacked to disk; an entry is read as a stream, and reading more than its header states, or
 * more than `MAX_INFLATED` in all, ends it.
 */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { pipeline, Readable } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';

export interface ZipFinding {
  /** Name of the entry; null for the archive as a whole. */
  readonly entry: string | null;
  readonly reason: string;
}

export interface ZipEntry {
  readonly name: string;
  readonly method: 0 | 8;
  readonly crc: number;
  readonly compressedSize: number;
  readonly size: number;
  /** Where the entry's data begins in the file. */
  readonly dataStart: number;
}

export interface ZipArchive {
  readonly bytes: number;
  readonly comment: string;
  /** Regular files that can be read, in order, without those whose name was refused. */
  readonly entries: readonly ZipEntry[];
  readonly findings: readonly ZipFinding[];
  /** The entry's bytes; throws a ZipError where they are not what the header states. */
  read(entry: ZipEntry): AsyncGenerator<Buffer>;
  /** The file's own bytes, in chunks. */
  raw(start: number, end: number): Generator<Buffer>;
  close(): void;
}

export class ZipError extends Error {
  readonly reason: string;
  constructor(reason: string) {
    super(reason);
    this.reason = reason;
  }
}

const MAX_ENTRIES = 100_000;
const MAX_DIRECTORY = 64 * 2 ** 20;
/** Text of one repeated letter deflates to a thousandth, so a ratio alone convicts nobody: small archives are free. */
const FREE_INFLATED = 512 * 2 ** 20;
const MAX_RATIO = 200;
const CHUNK = 256 * 1024;

const END = 0x06054b50;
const END64 = 0x06064b50;
const LOCATOR64 = 0x07064b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const DESCRIPTOR = 0x08074b50;

/** Segments of letters, digits, dot, underscore and hyphen; a name of the pack's own never needs more. */
const SAFE_NAME = /^(?!\.{1,2}(?:\/|$))[A-Za-z0-9._-]+(?:\/(?!\.{1,2}(?:\/|$))[A-Za-z0-9._-]+)*\/?$/;

interface Bytes {
  /** Exactly `length` bytes; throws a ZipError where the file ends before. */
  at(offset: number, length: number): Buffer;
  readonly size: number;
}

interface Directory {
  readonly start: number;
  readonly end: number;
  readonly entries: number;
  readonly comment: string;
}

function safeNumber(value: bigint): number {
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new ZipError('zip-malformed: number too large');
  return Number(value);
}

function findDirectory(bytes: Bytes): Directory {
  const tailLength = Math.min(bytes.size, 22 + 0xffff);
  const tail = bytes.at(bytes.size - tailLength, tailLength);
  let at = -1;
  for (let i = tail.length - 22; i >= 0 && at < 0; i--) {
    if (tail.readUInt32LE(i) === END && i + 22 + tail.readUInt16LE(i + 20) === tail.length) at = i;
  }
  if (at < 0) throw new ZipError('zip-no-end-record');
  const record = tail.subarray(at);
  const endAt = bytes.size - tailLength + at;
  const comment = record.subarray(22).toString('latin1');
  if (record.readUInt32LE(4) !== 0) throw new ZipError('zip-several-disks');
  let entries = record.readUInt16LE(10);
  if (record.readUInt16LE(8) !== entries) throw new ZipError('zip-malformed: entry counts differ');
  let size = record.readUInt32LE(12);
  let start = record.readUInt32LE(16);
  let end = endAt;
  if (endAt >= 20 && bytes.at(endAt - 20, 4).readUInt32LE(0) === LOCATOR64) {
    const locator = bytes.at(endAt - 20, 20);
    end = safeNumber(locator.readBigUInt64LE(8));
    const record64 = bytes.at(end, 56);
    if (record64.readUInt32LE(0) !== END64 || end + 56 !== endAt - 20) {
      throw new ZipError('zip-malformed: end record');
    }
    if (record64.readBigUInt64LE(4) !== 44n) throw new ZipError('zip-malformed: end record');
    entries = safeNumber(record64.readBigUInt64LE(32));
    size = safeNumber(record64.readBigUInt64LE(40));
    start = safeNumber(record64.readBigUInt64LE(48));
  }
  if (start + size !== end) throw new ZipError('zip-malformed: directory does not end at the end record');
  if (entries > MAX_ENTRIES) throw new ZipError(`zip-too-many-entries: ${entries}`);
  if (size > MAX_DIRECTORY) throw new ZipError('zip-directory-too-large');
  return { start, end, entries, comment };
}

interface CentralEntry {
  readonly rawName: Buffer;
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly compressedSize: number;
  readonly size: number;
  readonly offset: number;
  readonly unixMode: number;
  readonly otherName: boolean;
}

/** Extra fields by id; throws where they do not fill their room exactly. */
function extraFields(extra: Buffer): Map<number, Buffer> {
  const fields = new Map<number, Buffer>();
  let at = 0;
  while (at < extra.length) {
    if (at + 4 > extra.length) throw new ZipError('zip-malformed: extra field');
    const length = extra.readUInt16LE(at + 2);
    if (at + 4 + length > extra.length) throw new ZipError('zip-malformed: extra field');
    fields.set(extra.readUInt16LE(at), extra.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return fields;
}

function centralEntry(directory: Buffer, at: number): { entry: CentralEntry; next: number } {
  if (at + 46 > directory.length || directory.readUInt32LE(at) !== CENTRAL) {
    throw new ZipError('zip-malformed: directory entry');
  }
  const nameLength = directory.readUInt16LE(at + 28);
  const extraLength = directory.readUInt16LE(at + 30);
  const next = at + 46 + nameLength + extraLength + directory.readUInt16LE(at + 32);
  if (next > directory.length) throw new ZipError('zip-malformed: directory entry');
  const extra = extraFields(directory.subarray(at + 46 + nameLength, at + 46 + nameLength + extraLength));
  let size = directory.readUInt32LE(at + 24);
  let compressedSize = directory.readUInt32LE(at + 20);
  let offset = directory.readUInt32LE(at + 42);
  const wide = extra.get(0x0001);
  let wideAt = 0;
  const widened = (value: number) => {
    if (value !== 0xffffffff || wide === undefined) return value;
    if (wideAt + 8 > wide.length) throw new ZipError('zip-malformed: extra field');
    wideAt += 8;
    return safeNumber(wide.readBigUInt64LE(wideAt - 8));
  };
  size = widened(size);
  compressedSize = widened(compressedSize);
  offset = widened(offset);
  const unix = directory.readUInt16LE(at + 4) >> 8 === 3;
  const entry = {
    rawName: directory.subarray(at + 46, at + 46 + nameLength),
    flags: directory.readUInt16LE(at + 8),
    method: directory.readUInt16LE(at + 10),
    crc: directory.readUInt32LE(at + 16),
    compressedSize,
    size,
    offset,
    unixMode: unix ? directory.readUInt16LE(at + 40) : 0,
    // Info-ZIP's Unicode path: some readers show this name instead.
    otherName: extra.has(0x7075),
  };
  return { entry, next };
}

/** Bytes of the data descriptor behind an entry's data, or null where none fits the entry. */
function descriptorLength(bytes: Bytes, at: number, limit: number, entry: CentralEntry): number | null {
  const room = bytes.at(at, Math.max(0, Math.min(24, limit - at)));
  const fits = (start: number, wide: boolean) => {
    const length = start + (wide ? 20 : 12);
    if (room.length < length || room.readUInt32LE(start) !== entry.crc) return null;
    const sizes = wide
      ? [room.readBigUInt64LE(start + 4), room.readBigUInt64LE(start + 12)]
      : [BigInt(room.readUInt32LE(start + 4)), BigInt(room.readUInt32LE(start + 8))];
    return sizes[0] === BigInt(entry.compressedSize) && sizes[1] === BigInt(entry.size) ? length : null;
  };
  const signed = room.length >= 4 && room.readUInt32LE(0) === DESCRIPTOR;
  return (signed ? (fits(4, false) ?? fits(4, true)) : null) ?? fits(0, false) ?? fits(0, true);
}

/** Reads one local header and checks it; gives where the entry's data begins and where the next entry must. */
function localEntry(
  bytes: Bytes,
  entry: CentralEntry,
  limit: number,
  find: (reason: string) => void,
): { dataStart: number; next: number } {
  const header = bytes.at(entry.offset, 30);
  if (header.readUInt32LE(0) !== LOCAL) throw new ZipError('zip-malformed: local header');
  const nameLength = header.readUInt16LE(26);
  const dataStart = entry.offset + 30 + nameLength + header.readUInt16LE(28);
  const name = bytes.at(entry.offset + 30, nameLength);
  if (!name.equals(entry.rawName)) find(`name-differs-in-local-header: ${printable(name)}`);
  const described = (entry.flags & 8) !== 0;
  const sizes: [number, number][] = [
    [header.readUInt32LE(14), entry.crc],
    [header.readUInt32LE(18), entry.compressedSize],
    [header.readUInt32LE(22), entry.size],
  ];
  // Before a data descriptor these are zero; 0xffffffff stands for a 64-bit size in the extra field.
  const sizesHold = sizes.every(
    ([local, central]) => local === central || (described && local === 0) || local === 0xffffffff,
  );
  if (header.readUInt16LE(6) !== entry.flags || header.readUInt16LE(8) !== entry.method || !sizesHold) {
    find('local-header-differs');
  }
  const dataEnd = dataStart + entry.compressedSize;
  if (dataEnd > limit) throw new ZipError('zip-malformed: entry reaches into the directory');
  if (!described) return { dataStart, next: dataEnd };
  const length = descriptorLength(bytes, dataEnd, limit, entry);
  if (length === null) find('data-descriptor-differs');
  return { dataStart, next: dataEnd + (length ?? 0) };
}

/** A name from a hostile archive, for a message: ASCII, at most 200 characters. */
function printable(name: Buffer): string {
  return name
    .subarray(0, 200)
    .toString('latin1')
    .replace(/[^\x20-\x7e]/g, (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`);
}

function readEntries(bytes: Bytes, directory: Directory, findings: ZipFinding[]): ZipEntry[] {
  const table = bytes.at(directory.start, directory.end - directory.start);
  const entries: ZipEntry[] = [];
  const names = new Set<string>();
  let at = 0;
  let expected = 0;
  for (let i = 0; i < directory.entries; i++) {
    const { entry, next } = centralEntry(table, at);
    at = next;
    const name = printable(entry.rawName);
    const find = (reason: string) => findings.push({ entry: name, reason });
    if (entry.offset !== expected) find('bytes-outside-entries');
    const { dataStart, next: end } = localEntry(bytes, entry, directory.start, find);
    expected = end;
    const { method, crc, compressedSize, size, unixMode, flags } = entry;
    const kind = unixMode & 0xf000;
    if (!SAFE_NAME.test(name) || entry.otherName) find('name-unsafe');
    else if (names.has(name.toLowerCase())) find('duplicate');
    else if (kind !== 0 && kind !== 0x8000 && kind !== 0x4000) find('not-a-regular-file');
    else if ((flags & 0x2041) !== 0) find('encrypted');
    else if (method !== 0 && method !== 8) find(`compression-unknown: ${method}`);
    else if (name.endsWith('/')) {
      if (size !== 0) find('folder-with-content');
    } else entries.push({ name, method, crc, compressedSize, size, dataStart });
    names.add(name.toLowerCase());
  }
  if (at !== table.length) findings.push({ entry: null, reason: 'bytes-outside-entries: in the directory' });
  if (expected !== directory.start) {
    findings.push({ entry: null, reason: 'bytes-outside-entries: before the directory' });
  }
  return entries;
}

/** Opens a zip archive. Throws a ZipError where it is none, or its structure cannot be followed. */
export function openZip(file: string): ZipArchive {
  const descriptor = openSync(file, 'r');
  try {
    const size = fstatSync(descriptor).size;
    const at = (offset: number, length: number) => {
      if (offset < 0 || length < 0 || offset + length > size) throw new ZipError('zip-truncated');
      const buffer = Buffer.allocUnsafe(length);
      let filled = 0;
      while (filled < length) {
        const read = readSync(descriptor, buffer, filled, length - filled, offset + filled);
        if (read === 0) throw new ZipError('zip-truncated');
        filled += read;
      }
      return buffer;
    };
    function* raw(start: number, end: number): Generator<Buffer> {
      for (let offset = start; offset < end; offset += CHUNK) yield at(offset, Math.min(CHUNK, end - offset));
    }
    const findings: ZipFinding[] = [];
    const directory = findDirectory({ at, size });
    const entries = readEntries({ at, size }, directory, findings);
    let budget = Math.max(FREE_INFLATED, size * MAX_RATIO);

    async function* read(entry: ZipEntry): AsyncGenerator<Buffer> {
      const stored = Readable.from(raw(entry.dataStart, entry.dataStart + entry.compressedSize), {
        objectMode: false,
      });
      const inflate = entry.method === 8 ? createInflateRaw({ chunkSize: CHUNK }) : null;
      if (inflate !== null) pipeline(stored, inflate, () => {});
      let bytes = 0;
      let crc = 0;
      try {
        for await (const chunk of (inflate ?? stored) as AsyncIterable<Buffer>) {
          bytes += chunk.length;
          budget -= chunk.length;
          if (bytes > entry.size) throw new ZipError('longer-than-stated');
          if (budget < 0) throw new ZipError('zip-inflates-too-far');
          crc = crc32(chunk, crc);
          yield chunk;
        }
      } catch (error) {
        if (error instanceof ZipError) throw error;
        throw new ZipError(`cannot-be-inflated: ${error instanceof Error ? error.message : String(error)}`);
      } finally {
        stored.destroy();
        inflate?.destroy();
      }
      if (bytes !== entry.size) throw new ZipError('shorter-than-stated');
      if (crc !== entry.crc) throw new ZipError('crc-differs');
      if (inflate !== null && inflate.bytesWritten !== entry.compressedSize) {
        throw new ZipError('bytes-behind-the-compressed-data');
      }
    }
    return {
      bytes: size,
      comment: directory.comment,
      entries,
      findings,
      read,
      raw,
      close: () => closeSync(descriptor),
    };
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}
