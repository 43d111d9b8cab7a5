/**
 * JSON lines: one value per line, blank lines and `#` comments between. A line that is no JSON may be
 * two glued together, or damaged only in part; whole records inside it are kept and the rest is named.
 */
import { decoderOf, scanUnits } from './encoding.ts';
import type { ByteSource, RangeCode, SourceHead } from './importer.ts';
import { scanValue } from './json-grammar.ts';
import { examine, type JsonItem, parseJson } from './json-values.ts';
import { type LineBlock, LineReader } from './line-scanner.ts';
import { NONE } from './text.ts';

const OPEN_BRACE = 0x7b;
const MAX_ITEMS = 500;
/** Units that salvaging one line may look at, as a multiple of its length. */
const SALVAGE_WORK = 64;

/**
 * The source's lines as items, some at a time; together they cover it. `isRecord` says what a whole
 * record looks like, for lines that are damaged.
 */
export function* readJsonLines(
  source: ByteSource,
  head: SourceHead,
  isRecord: (value: unknown) => boolean,
): Generator<readonly JsonItem[]> {
  const reader = new LineReader(source, head);
  let offset = head.bomLength;
  let line = 1;
  for (let block = reader.load(offset, line); block !== null; block = reader.load(offset, line)) {
    if (block.tooLong) {
      yield [plainItem('line-too-long', block.base, block.end, block.line, 1)];
      line++;
    } else {
      yield* blockItems(block, reader, isRecord);
      line += block.lines;
    }
    offset = block.end;
  }
}

function plainItem(code: RangeCode, start: number, until: number, line: number, count: number): JsonItem {
  return { value: undefined, code, start, end: until, until, line, count, flags: NONE };
}

/** A block's lines, some at a time, so that only few parsed values are alive at once. */
function* blockItems(
  block: LineBlock,
  reader: LineReader,
  isRecord: (value: unknown) => boolean,
): Generator<readonly JsonItem[]> {
  const { text, base, ends } = block;
  let items: JsonItem[] = [];
  let at = 0;
  let start = base;
  for (let i = 0; i < block.lines; i++) {
    const terminator = text.indexOf(reader.terminatorText, at);
    const textEnd = terminator < 0 ? text.length : terminator;
    const until = base + (ends[i] as number);
    const line = block.line + i;
    const first = firstCharacter(text, at, textEnd);
    if (first === '' || first === '#' || first === '/') {
      addEmpty(items, first === '' ? 'blank' : 'comment', start, until, line);
    } else {
      const json = text.substring(at, textEnd);
      const value = first === '{' || first === '[' ? parseJson(json) : undefined;
      if (value === undefined) {
        salvage({ start, until, line, cut: terminator < 0 }, reader, isRecord, items);
      } else {
        const end = terminator < 0 ? until : until - reader.unitSize;
        const examined = examine(value, json, reader.encoding, () => reader.bytes(start, end));
        items.push({ ...examined, code: null, start, end, until, line, count: 1 });
      }
    }
    at = textEnd + 1;
    start = until;
    if (items.length >= MAX_ITEMS) {
      yield items;
      items = [];
    }
  }
  if (items.length > 0) yield items;
}

/** The first character of text [from, to) that is no white space; empty where there is none. */
function firstCharacter(text: string, from: number, to: number): string {
  for (let i = from; i < to; i++) {
    const c = text.charCodeAt(i);
    if (c !== 32 && c !== 9 && c !== 13 && c !== 10 && c !== 0xfeff) return text.charAt(i);
  }
  return '';
}

/** Adds a line without a record, to the one before where that is of the same kind. */
function addEmpty(
  items: JsonItem[],
  code: 'blank' | 'comment',
  start: number,
  until: number,
  line: number,
): void {
  const last = items.at(-1);
  if (last?.code === code) items[items.length - 1] = plainItem(code, last.start, until, last.line, 0);
  else items.push(plainItem(code, start, until, line, 0));
}

/** Adds the whole records of a line that is no JSON, and what stands between them as damage. */
function salvage(
  place: { readonly start: number; readonly until: number; readonly line: number; readonly cut: boolean },
  reader: LineReader,
  isRecord: (value: unknown) => boolean,
  items: JsonItem[],
): void {
  const { encoding, unitSize } = reader;
  const bytes = reader.bytes(place.start, place.until);
  const units = scanUnits(bytes, encoding);
  const decoder = decoderOf(encoding);
  let booked = place.start;
  let work = units.length * SALVAGE_WORK;
  for (let i = units.indexOf(OPEN_BRACE); i >= 0 && work > 0; i = units.indexOf(OPEN_BRACE, i + 1)) {
    const end = scanValue(units, i, units.length);
    work -= (end >= 0 ? end : end === -1 ? units.length : -2 - end) - i;
    if (end < 0) continue;
    const json = decoder.decode(bytes.subarray(i * unitSize, end * unitSize));
    const value = parseJson(json);
    if (!isRecord(value)) continue;
    const start = place.start + i * unitSize;
    const stop = place.start + end * unitSize;
    // White space and separators around a whole record are no damage of their own.
    const gap = decoder.decode(bytes.subarray(booked - place.start, i * unitSize)).trim();
    if (start > booked)
      items.push(
        plainItem(
          /^[[\],]*$/.test(gap) ? 'structure' : 'bad-json',
          booked,
          start,
          place.line,
          gap === '' ? 0 : 1,
        ),
      );
    const examined = examine(value, json, encoding, () => reader.bytes(start, stop));
    items.push({ ...examined, code: null, start, end: stop, until: stop, line: place.line, count: 1 });
    booked = stop;
    i = end - 1;
  }
  if (booked === place.until) return;
  const rest = decoder.decode(bytes.subarray(booked - place.start)).trim();
  if (booked > place.start && /^[\],]*$/.test(rest)) {
    items.push(plainItem('structure', booked, place.until, place.line, 0));
  } else {
    items.push(plainItem(place.cut ? 'truncated' : 'bad-json', booked, place.until, place.line, 1));
  }
}
