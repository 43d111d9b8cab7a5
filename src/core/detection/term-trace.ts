/**
 * Which transforms an occurrence needed to match its term as the pack wrote it, and whether the
 * symbols dropped inside it may be dropped at all.
 */
import { codePointAt } from '../domain/code-point.ts';
import { characterTable, KIND } from '../normalization/character-table.ts';
import { DEFAULT_TRANSFORMS, TRANSFORM_BIT, transformMask } from '../normalization/transforms.ts';
import { type AutomatonOptions, SPACES } from './term-units.ts';

interface TracedUnit {
  /** The code point this unit came from. */
  readonly source: number;
  readonly bits: number;
  /** What was dropped since the unit before: bits of transforms, and whether a space was among it. */
  readonly dropped: number;
  readonly space: boolean;
}

function traceUnits(text: string, options: AutomatonOptions): TracedUnit[] {
  const table = characterTable(options.mask);
  const units: TracedUnit[] = [];
  let dropped = 0;
  let space = false;
  for (const char of text) {
    const source = codePointAt(char, 0);
    const target = table.target(source);
    const bits = table.applied(source);
    for (const part of target >= 0 ? [target] : (table.expansions[~target] as readonly number[])) {
      const kind = table.kind(part);
      if (kind === KIND.invisible) dropped |= TRANSFORM_BIT['zero-width'];
      else if (SPACES.has(part) || (kind !== KIND.letter && options.symbols === 'drop')) {
        dropped |= TRANSFORM_BIT.symbols;
        space ||= SPACES.has(part);
      } else {
        units.push({ source, bits, dropped, space });
        dropped = 0;
        space = false;
      }
    }
  }
  return units;
}

export const isWordUnit = (code: number): boolean =>
  (code >= 0x30 && code <= 0x39) || (code >= 0x61 && code <= 0x7a) || (code >= 0xdf && code < 0x250);
const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;

/** What is known of a term before any text is seen. */
export class TermProfile {
  readonly units: readonly TracedUnit[];
  /** All units are Latin letters or digits. */
  readonly word: boolean;
  readonly digits: boolean;
  private readonly term: string;
  private readonly options: AutomatonOptions;
  private readonly extra: number;

  /** `extra`: transforms by which `term` was made of the word that is meant; it is then a whole word. */
  constructor(term: string, codes: readonly number[], options: AutomatonOptions, extra = 0) {
    this.term = term;
    this.options = options;
    this.extra = extra;
    this.units = traceUnits(term, options);
    this.word = extra !== 0 || codes.every(isWordUnit);
    this.digits = codes.every(isDigit);
  }

  /**
   * The transforms that `found`, an occurrence of the term, needed; -1 where the dropped symbols
   * forbid it: in a number none are dropped ("8.9" is not 89), and in a word of Latin letters a
   * space is dropped only where all letters stand apart ("f u c k", but not "as soon" for "asso").
   */
  trace(found: string): number {
    const needed = found === this.term ? 0 : this.needed(found);
    return needed < 0 ? needed : needed | this.extra;
  }

  private needed(found: string): number {
    const units = traceUnits(found, this.options);
    let needed = 0;
    let spaced = false;
    let tight = false;
    for (const [index, own] of this.units.entries()) {
      const unit = units[index] as TracedUnit;
      if (unit.source !== own.source) needed |= unit.bits | own.bits;
      if (index === 0 || unit.dropped === own.dropped) continue;
      needed |= unit.dropped ^ own.dropped;
    }
    if (!this.word) return needed;
    for (let index = 1; index < units.length; index++) {
      if (this.units[index]?.space) continue;
      const unit = units[index] as TracedUnit;
      const symbol = (unit.dropped & TRANSFORM_BIT.symbols) !== 0;
      if (symbol && this.digits) return -1;
      spaced ||= unit.space;
      tight ||= !symbol;
    }
    return spaced && tight ? -1 : needed;
  }
}

const DEFAULT_MASK = transformMask(DEFAULT_TRANSFORMS);

/** Whether a Latin letter or digit stands just before `start` or just after `end`. */
export function touchesWord(text: string, start: number, end: number): boolean {
  const table = characterTable(DEFAULT_MASK);
  const last = (code: number): number => {
    const target = table.target(code);
    return target >= 0 ? target : ((table.expansions[~target] as readonly number[]).at(-1) as number);
  };
  const first = (code: number): number => {
    const target = table.target(code);
    return target >= 0 ? target : ((table.expansions[~target] as readonly number[])[0] as number);
  };
  for (let at = start; at > 0; ) {
    const pair = at > 1 && (text.charCodeAt(at - 1) & 0xfc00) === 0xdc00;
    const whole = pair ? codePointAt(text, at - 2) : 0;
    const code = whole > 0xffff ? whole : text.charCodeAt(at - 1);
    at -= whole > 0xffff ? 2 : 1;
    const unit = last(code);
    if (table.kind(unit) === KIND.invisible) continue;
    if (isWordUnit(unit)) return true;
    break;
  }
  for (let at = end; at < text.length; ) {
    const code = codePointAt(text, at);
    at += code > 0xffff ? 2 : 1;
    const unit = first(code);
    if (table.kind(unit) === KIND.invisible) continue;
    return isWordUnit(unit);
  }
  return false;
}
