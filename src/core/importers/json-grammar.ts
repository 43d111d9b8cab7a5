/**
 * The grammar of JSON over scan units, without building values: where does the value that begins
 * here end, and if it is damaged, where does that show first? Strict on structure, so that damage
 * shows close to where it is; lax inside numbers, words and escapes, which JSON.parse judges.
 */

/** The units end before the value does. */
export const RAN_OUT = -1;

/** The result for a value that breaks the grammar at `at`: below RAN_OUT, and undone by itself. */
export function brokenAt(at: number): number {
  return -2 - at;
}

/** Deeper nesting than any export has; bounds the work that hostile input can cause. */
const MAX_DEPTH = 128;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const CAPITAL_N = 0x4e;
const CAPITAL_I = 0x49;

/** Position of the first unit from `at` that is no JSON white space; `end` where there is none. */
export function skipSpace(units: Uint8Array, at: number, end: number): number {
  let i = at;
  for (; i < end; i++) {
    const c = units[i];
    if (c !== 0x20 && c !== 0x0a && c !== 0x0d && c !== 0x09) break;
  }
  return i;
}

/** Position behind the string whose opening quote is at `at`; RAN_OUT, or broken at a raw control character. */
export function scanString(units: Uint8Array, at: number, end: number): number {
  for (let i = at + 1; i < end; ) {
    const c = units[i++] as number;
    if (c === QUOTE) return i;
    if (c === BACKSLASH) i++;
    else if (c < 0x20) return brokenAt(i - 1);
  }
  return RAN_OUT;
}

/** Numbers, true, false and null, NaN and Infinity: ends before the first unit that none of them can have. */
function scanWord(units: Uint8Array, at: number, end: number): number {
  let i = at;
  for (; i < end; i++) {
    const c = units[i] as number;
    const part =
      (c >= 0x30 && c <= 0x39) ||
      (c >= 0x61 && c <= 0x7a) ||
      c === 0x2d ||
      c === 0x2e ||
      c === 0x2b ||
      c === 0x45 ||
      c === CAPITAL_N ||
      c === CAPITAL_I;
    if (!part) return i === at ? brokenAt(i) : i;
  }
  return RAN_OUT;
}

/** Position behind a key and its colon, which begin at `at`. */
function scanKey(units: Uint8Array, at: number, end: number): number {
  let i = skipSpace(units, at, end);
  if (i >= end) return RAN_OUT;
  if (units[i] !== QUOTE) return brokenAt(i);
  i = scanString(units, i, end);
  if (i < 0) return i;
  i = skipSpace(units, i, end);
  if (i >= end) return RAN_OUT;
  return units[i] === COLON ? i + 1 : brokenAt(i);
}

const nesting = new Uint8Array(MAX_DEPTH);

/**
 * Position behind the value that begins at `at` (no white space before it). RAN_OUT where the units
 * end inside it (always for a bare number or word at the very end), `brokenAt` where it is no JSON.
 */
export function scanValue(units: Uint8Array, at: number, end: number): number {
  let depth = 0;
  let i = at;
  for (;;) {
    i = skipSpace(units, i, end);
    if (i >= end) return RAN_OUT;
    const c = units[i] as number;
    if (c === OPEN_BRACE || c === OPEN_BRACKET) {
      if (depth === MAX_DEPTH) return brokenAt(i);
      const closing = c === OPEN_BRACE ? CLOSE_BRACE : CLOSE_BRACKET;
      const first = skipSpace(units, i + 1, end);
      if (first >= end) return RAN_OUT;
      if (units[first] === closing) {
        i = first + 1;
      } else {
        nesting[depth++] = closing;
        i = c === OPEN_BRACE ? scanKey(units, first, end) : first;
        if (i < 0) return i;
        continue;
      }
    } else {
      i = c === QUOTE ? scanString(units, i, end) : scanWord(units, i, end);
      if (i < 0) return i;
    }
    for (;;) {
      if (depth === 0) return i;
      i = skipSpace(units, i, end);
      if (i >= end) return RAN_OUT;
      const after = units[i++] as number;
      const closing = nesting[depth - 1];
      if (after === closing) {
        depth--;
      } else if (after === COMMA) {
        if (closing === CLOSE_BRACE) {
          i = scanKey(units, i, end);
          if (i < 0) return i;
        }
        break;
      } else {
        return brokenAt(i - 1);
      }
    }
  }
}
