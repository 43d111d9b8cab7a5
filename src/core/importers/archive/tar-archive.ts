/**
 * Tar archives over a byte source (POSIX ustar and pax, GNU's long names): Skype's export is one. Nothing is
 * packed in them, so that a member is a stretch of the archive. Members are judged by the rules for zip.
 */
import type { ByteSource } from '../importer.ts';
import { decodeNames, type RawName } from './member-names.ts';
import { ARCHIVE_LIMITS, type ArchiveLimits, type MemberRefusal, memberPath } from './member-rules.ts';
import { ArchiveError, type ArchiveMember, type ZipArchive } from './zip-archive.ts';

const BLOCK = 512;
const STEP = 256 * 1024;
/** Longest name, and list of pax records, that is read. */
const MAX_EXTENSION = 64 * 1024;

interface Header {
  readonly name: Buffer;
  readonly size: number;
  readonly type: string;
}

/** Bytes up to the first zero. */
function text(block: Buffer, start: number, length: number): Buffer {
  const field = block.subarray(start, start + length);
  const zero = field.indexOf(0);
  return zero < 0 ? field : field.subarray(0, zero);
}

/** An octal number, or GNU's binary one where the first bit is set; -1 for neither. */
function number(block: Buffer, start: number, length: number): number {
  if (((block[start] as number) & 0x80) !== 0) {
    const high = block.readUInt32BE(start + length - 8);
    return high > 0x1f_ffff ? -1 : high * 2 ** 32 + block.readUInt32BE(start + length - 4);
  }
  const digits = text(block, start, length).toString('latin1').trim();
  return /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : digits === '' ? 0 : -1;
}

/** The header that a block is; null where its sum shows that it is none. */
function headerOf(block: Buffer): Header | null {
  if (block.length < BLOCK) return null;
  const stated = number(block, 148, 8);
  let sum = 8 * 0x20;
  for (let i = 0; i < BLOCK; i++) if (i < 148 || i >= 156) sum += block[i] as number;
  const size = number(block, 124, 12);
  if (stated !== sum || size < 0) return null;
  const posix = block.toString('latin1', 257, 262) === 'ustar';
  const prefix = posix && block[263] !== 0x20 ? text(block, 345, 155) : Buffer.alloc(0);
  const own = text(block, 0, 100);
  const name = prefix.length > 0 ? Buffer.concat([prefix, Buffer.from('/'), own]) : own;
  return { name, size, type: String.fromCharCode(block[156] as number) };
}

/** Whether the source begins as a tar archive. */
export function isTar(head: Uint8Array): boolean {
  if (head.length < BLOCK) return false;
  const header = headerOf(Buffer.from(head.subarray(0, BLOCK)));
  return header !== null && header.name.length > 0 && /[0-7\0xgLKS]/.test(header.type);
}

/** The values of pax records: `length key=value\n`. */
function paxRecords(data: Buffer): Map<string, Buffer> {
  const records = new Map<string, Buffer>();
  for (let at = 0; at < data.length; ) {
    const space = data.indexOf(0x20, at);
    const length = space < 0 ? 0 : Number(data.toString('latin1', at, space));
    const equals = space < 0 ? -1 : data.indexOf(0x3d, space);
    if (!Number.isInteger(length) || length <= 0 || equals < 0 || at + length > data.length) break;
    records.set(data.toString('utf8', space + 1, equals), data.subarray(equals + 1, at + length - 1));
    at += length;
  }
  return records;
}

interface Found {
  readonly name: RawName;
  readonly header: Header;
  readonly start: number;
  readonly content: number;
  readonly size: number;
}

function refusalOf(
  found: Found,
  end: number,
  source: ByteSource,
  limits: ArchiveLimits,
): MemberRefusal | null {
  const { type } = found.header;
  if (type === '1' || type === '2') return 'symbolic-link';
  if (type === 'S') return 'compression-unknown';
  if (!/[0\0 7]/.test(type)) return 'special-file';
  if (found.size > limits.memberBytes) return 'too-large';
  return end > source.size ? 'damaged' : null;
}

/** Reads the headers of an archive. Throws `ArchiveError` where it begins with none. */
export function openTar(source: ByteSource, limits: ArchiveLimits = ARCHIVE_LIMITS): ZipArchive {
  const found: Found[] = [];
  let damage: string | null = null;
  let long: Buffer | null = null;
  let pax = new Map<string, Buffer>();
  let from = 0;
  const block = (at: number, length: number): Buffer => Buffer.from(source.read(at, length));
  for (let at = 0; at + BLOCK <= source.size; ) {
    const raw = block(at, BLOCK);
    const header = headerOf(raw);
    if (header === null) {
      if (found.length === 0 && at === 0)
        throw new ArchiveError('damaged', 'the first header does not fit its sum');
      // Blocks of zeros end an archive; what joins two archives is passed over as well.
      if (raw.some((byte) => byte !== 0)) damage ??= `no header at byte ${at}`;
      at += BLOCK;
      from = at;
      continue;
    }
    const content = at + BLOCK;
    const stated = pax.get('size')?.toString('latin1') ?? '';
    const size = /^\d{1,15}$/.test(stated) && !/[xgLK]/.test(header.type) ? Number(stated) : header.size;
    const next = content + Math.ceil(size / BLOCK) * BLOCK;
    const short = size <= MAX_EXTENSION;
    if (header.type === 'L' && short) long = text(block(content, size), 0, size);
    else if (header.type === 'x' && short) pax = paxRecords(block(content, size));
    else if (!/[xgLK]/.test(header.type)) {
      const path = pax.get('path');
      const bytes = path ?? long ?? header.name;
      const name = { bytes, statedUtf8: path !== undefined, extraFields: [] };
      if (found.length >= limits.members) {
        damage = `more than ${limits.members} members`;
        break;
      }
      if (header.type !== '5') found.push({ name, header, start: from, content, size });
      long = null;
      pax = new Map();
      from = next;
    }
    at = next;
  }
  if (found.length > 0 && (found.at(-1)?.content ?? 0) + (found.at(-1)?.size ?? 0) > source.size)
    damage ??= 'the archive ends inside a member';
  const { texts, encoding } = decodeNames(found.map(({ name }) => name));
  const places = new Map<ArchiveMember, Found>();
  const seen = new Set<string>();
  let total = 0;
  for (const [index, one] of found.entries()) {
    const { path, refusal: badPath } = memberPath(texts[index] ?? '');
    const end = one.content + Math.ceil(one.size / BLOCK) * BLOCK;
    let refusal = badPath ?? refusalOf(one, one.content + one.size, source, limits);
    if (refusal === null && seen.has(path)) refusal = 'path-twice';
    if (refusal === null && total + one.size > limits.totalBytes) refusal = 'archive-too-large';
    if (refusal === null) total += one.size;
    seen.add(path);
    const member = { path, bytes: one.size, start: one.start, end: Math.min(end, source.size), refusal };
    places.set(member, one);
  }
  return {
    members: [...places.keys()],
    nameEncoding: encoding,
    damage,
    read: (member) => content(source, places.get(member) as Found),
  };
}

async function* content(source: ByteSource, { content: from, size }: Found): AsyncGenerator<Buffer> {
  for (let at = from; at < from + size; at += STEP) {
    yield Buffer.from(source.read(at, Math.min(STEP, from + size - at)));
  }
}
