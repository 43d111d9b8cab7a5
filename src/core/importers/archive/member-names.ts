/** Names of an archive's members, whose encoding the format mostly leaves open. */
import { isUtf8 } from 'node:buffer';
import { crc32 } from 'node:zlib';

export interface RawName {
  readonly bytes: Buffer;
  /** The archive's own statement that the name is UTF-8 (bit 11). */
  readonly statedUtf8: boolean;
  readonly extraFields: readonly { readonly id: number; readonly data: Buffer }[];
}

/** Info-ZIP's extra field that repeats the name in UTF-8, valid while its CRC-32 is that of the name. */
const UNICODE_PATH = 0x7075;

/**
 * Decodes all names of an archive: as UTF-8 where the archive says so or repeats them so; the others
 * together as UTF-8 where all of them are, else as GB18030, in which Chinese Windows writes them.
 */
export function decodeNames(names: readonly RawName[]): { texts: string[]; encoding: 'utf-8' | 'gb18030' } {
  const open = names.filter(({ statedUtf8, bytes }) => !statedUtf8 && bytes.some((byte) => byte >= 0x80));
  const encoding = open.every(({ bytes }) => isUtf8(bytes)) ? 'utf-8' : 'gb18030';
  const utf8 = new TextDecoder('utf-8');
  const other = new TextDecoder(encoding);
  const texts = names.map((name) => unicodePath(name) ?? (name.statedUtf8 ? utf8 : other).decode(name.bytes));
  return { texts, encoding };
}

function unicodePath({ bytes, extraFields }: RawName): string | null {
  const data = extraFields.find(({ id }) => id === UNICODE_PATH)?.data;
  if (!data || data.length < 6 || data[0] !== 1 || data.readUInt32LE(1) !== crc32(bytes)) return null;
  const text = data.subarray(5);
  return isUtf8(text) ? text.toString('utf8') : null;
}
