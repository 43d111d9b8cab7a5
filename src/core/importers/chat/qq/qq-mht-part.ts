/** The page of a MIME file where it stands encoded: decoded, with the way back to the file's bytes. */
import { scanUnits } from '../../encoding.ts';
import type { ByteSource } from '../../importer.ts';
import { decodeQuotedPrintable, type MimePart } from '../../mime-parts.ts';
import { memorySource } from '../../source.ts';

/** Largest encoded page that is decoded, in bytes: it is held in memory. */
const MAX_PAGE = 256 << 20;

const LF = 10;

interface DecodedPart {
  readonly page: ByteSource;
  readonly way: PageWay;
}

/** From the bytes of a page to those of its file. */
export interface PageWay {
  /** The place in the file of a byte of the page, to within its encoded line. */
  readonly toSource: (offset: number) => number;
  /** Its 1-based line in the file, where `line` is the one that the page's own line ends give. */
  readonly toLine: (offset: number, line: number) => number;
}

/** Of a page that stands in its file as it is. */
export const PLAIN_WAY: PageWay = { toSource: (offset) => offset, toLine: (_offset, line) => line };

/** Null for a page that stands as it is (7bit, 8bit, binary), or that is too large. */
export function decodedPart(source: ByteSource, part: MimePart): DecodedPart | null {
  const encoding = (part.headers.get('content-transfer-encoding') ?? '').trim().toLowerCase();
  if (encoding !== 'base64' && encoding !== 'quoted-printable') return null;
  const length = part.end - part.start;
  if (length > MAX_PAGE) return null;
  const bytes = source.read(part.start, length);
  const units = scanUnits(bytes, 'utf-8');
  const pieces: Buffer[] = [];
  /** For each line: where it begins in the page and in the file. */
  const begins: number[] = [0];
  const places: number[] = [part.start];
  let decoded = 0;
  let rest = '';
  for (let at = 0; at < bytes.length; ) {
    const lf = units.indexOf(LF, at);
    const end = lf < 0 ? bytes.length : lf + 1;
    let piece: Buffer;
    if (encoding === 'base64') {
      const text = rest + units.toString('latin1', at, end).replace(/[^A-Za-z0-9+/]/g, '');
      const whole = end === bytes.length ? text.length : text.length - (text.length % 4);
      rest = text.slice(whole);
      piece = Buffer.from(text.slice(0, whole), 'base64');
    } else piece = decodeQuotedPrintable(bytes.subarray(at, end));
    pieces.push(Buffer.from(piece));
    decoded += piece.length;
    at = end;
    begins.push(decoded);
    places.push(part.start + at);
  }
  const page = memorySource(source.name, Buffer.concat(pieces));
  const lineAt = (offset: number): number => {
    let low = 0;
    let high = begins.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((begins[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  const toSource = (offset: number): number => {
    const low = lineAt(offset);
    const begin = begins[low] as number;
    const next = begins[low + 1];
    const place = places[low] as number;
    if (next === undefined || next === begin) return place;
    const share = (offset - begin) / (next - begin);
    return place + Math.floor(share * ((places[low + 1] as number) - place));
  };
  return { page, way: { toSource, toLine: (offset) => part.line + lineAt(offset) } };
}
