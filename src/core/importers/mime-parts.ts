/**
 * The parts of a MIME file (RFC 2045, 2046) with their byte ranges, read a line at a time: heads are
 * kept, bodies are not. For chats saved as web pages with their pictures (`.mht`).
 */
import { eachLine } from './each-line.ts';
import type { ByteSource, SourceHead } from './importer.ts';

export interface MimePart {
  /** Names in lower case, folded lines joined. */
  readonly headers: ReadonlyMap<string, string>;
  /** The body's bytes [start, end), and the end with the boundary behind it. */
  readonly start: number;
  readonly end: number;
  readonly until: number;
  /** 1-based line of `start`. */
  readonly line: number;
  /** Whether a boundary ends it; false for the last part of a file that was cut. */
  readonly closed: boolean;
}

/** Longest head of a part, in lines: what is longer is no head. */
const MAX_HEAD = 200;

interface OpenPart {
  headers: Map<string, string>;
  name: string;
  lines: number;
  start: number;
  line: number;
  inHead: boolean;
}

function newPart(): OpenPart {
  return { headers: new Map(), name: '', lines: 0, start: 0, line: 0, inHead: true };
}

function headLine(part: OpenPart, text: string): void {
  const folded = /^[ \t]/.test(text) && part.name !== '';
  const colon = text.indexOf(':');
  if (folded || colon < 0) {
    part.headers.set(part.name, `${part.headers.get(part.name) ?? ''} ${text.trim()}`.trim());
    return;
  }
  part.name = text.slice(0, colon).trim().toLowerCase();
  part.headers.set(part.name, text.slice(colon + 1).trim());
}

/** A parameter of a header, such as `boundary` of `Content-Type`; null where it has none. */
function mimeParameter(header: string | undefined, name: string): string | null {
  const m = new RegExp(`(?:^|[;\\s])${name}\\s*=\\s*(?:"([^"]*)"|([^\\s;"]+))`, 'i').exec(header ?? '');
  return m?.[1] ?? m?.[2] ?? null;
}

/** The parts in order. The first is what stands before any boundary: the file's own head. */
export function* mimeParts(source: ByteSource, head: SourceHead): Generator<MimePart> {
  let part = newPart();
  let boundary: string | null = null;
  let end = head.bomLength;
  for (const line of eachLine(source, head)) {
    const text = line.text ?? '';
    const isBoundary: boolean =
      boundary !== null && text.startsWith('--') && text.trimEnd().replace(/--$/, '') === `--${boundary}`;
    if (isBoundary) {
      if (part.inHead) part.start = line.start;
      const { headers, start } = part;
      yield {
        headers,
        start,
        end: line.start,
        until: line.until,
        line: part.line || line.line,
        closed: true,
      };
      part = newPart();
    } else if (part.inHead) {
      part.lines++;
      if (text.trim() === '' && part.headers.size > 0) {
        part.inHead = false;
        part.start = line.until;
        part.line = line.line + 1;
      } else if (text.trim() !== '' && part.lines <= MAX_HEAD) headLine(part, text);
      boundary ??= mimeParameter(part.headers.get('content-type'), 'boundary');
    }
    end = line.until;
  }
  const start = part.inHead ? end : part.start;
  yield { headers: part.headers, start, end, until: end, line: part.line || 1, closed: false };
}

/** Bytes of quoted-printable text. What is no sound escape stays as it is. */
export function decodeQuotedPrintable(bytes: Uint8Array): Buffer {
  const out = Buffer.allocUnsafe(bytes.length);
  let length = 0;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] as number;
    if (byte !== 0x3d) {
      out[length++] = byte;
      continue;
    }
    if (bytes[i + 1] === 10) i += 1;
    else if (bytes[i + 1] === 13 && bytes[i + 2] === 10) i += 2;
    else {
      const hex = String.fromCharCode(bytes[i + 1] ?? 0, bytes[i + 2] ?? 0);
      if (/^[0-9a-f]{2}$/i.test(hex)) {
        out[length++] = Number.parseInt(hex, 16);
        i += 2;
      } else out[length++] = byte;
    }
  }
  return out.subarray(0, length);
}
