/**
 * Breaks text into lines of a stated width without drawing it, so that what stands on which page is known
 * before anything is printed, and the same everywhere. Widths are upper bounds in em for common fonts: a
 * line is at most a little shorter than it could be, never longer than its place.
 */
import { codePointAt } from '../domain/code-point.ts';
import { visibleText } from '../evidence/visible-text.ts';
import { runsOf, type Text } from './document.ts';

export interface LineRun {
  readonly text: string;
  readonly bold: boolean;
  readonly mark: boolean;
}

const NARROW = /[ !'(),.:;I[\]`fijlrt|·]/;
const BROAD = /[@MW%mw—…]/;
/** What is kept together: words, numbers, times, references; ASCII without its space. */
const WORD = /[!-~]/;
/** Longest run of letters that is kept whole; ids and digests are cut anywhere. */
const WORD_LIMIT = 24;
/** Marks that do not begin a line (GB/T 15834): they hang at the end of the one before. */
const CLOSING = /[，。、；：？！）》」』】〕”’]/;

/** Width of a character in em. */
export function widthOf(character: string): number {
  const code = codePointAt(character, 0);
  if (code < 0x2e80) {
    if (code < 0x7f)
      return NARROW.test(character) ? 0.42 : BROAD.test(character) ? 1 : code < 0x5b ? 0.74 : 0.64;
    return code < 0x250 ? 0.8 : 1;
  }
  return code > 0x1f000 && code < 0x20000 ? 1.4 : 1;
}

interface Token {
  readonly text: string;
  readonly bold: boolean;
  readonly mark: boolean;
  readonly width: number;
}

/** Characters of the text as it is shown, hidden ones written out. */
function* tokens(text: Text): Generator<Token> {
  for (const { text: content, bold, mark } of runsOf(text)) {
    for (const character of visibleText(content)) {
      const shown = character === '\t' ? ' ' : character;
      yield { text: shown, bold, mark, width: widthOf(shown) * (bold ? 1.06 : 1) };
    }
  }
}

function joined(line: readonly Token[]): LineRun[] {
  const runs: { text: string; bold: boolean; mark: boolean }[] = [];
  for (const { text, bold, mark } of line) {
    const last = runs.at(-1);
    if (last && last.bold === bold && last.mark === mark) last.text += text;
    else runs.push({ text, bold, mark });
  }
  return runs;
}

/** Where a full line is broken: behind its last space or wide character, unless its word is too long to keep. */
function breakAt(line: readonly Token[]): number {
  for (let at = line.length; at > Math.max(0, line.length - WORD_LIMIT); at--) {
    const before = line[at - 1] as Token;
    if (!WORD.test(before.text)) return at;
  }
  return line.length;
}

/** The lines of a text; at least one. `width` in em of the text's size. */
export function* textLines(text: Text, width: number): Generator<LineRun[]> {
  let line: Token[] = [];
  let filled = 0;
  for (const token of tokens(text)) {
    if (token.text === '\n') {
      yield joined(line);
      line = [];
      filled = 0;
      continue;
    }
    if (filled + token.width > width && line.length > 0 && !CLOSING.test(token.text)) {
      const at = token.text === ' ' || !WORD.test(token.text) ? line.length : breakAt(line);
      yield joined(line.slice(0, at));
      line = line.slice(at);
      filled = line.reduce((sum, one) => sum + one.width, 0);
      if (token.text === ' ' && line.length === 0) continue;
    }
    line.push(token);
    filled += token.width;
  }
  yield joined(line);
}
