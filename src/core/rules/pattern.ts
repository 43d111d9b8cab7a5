/**
 * A user's regular expression: RE2 syntax, linear time (re2js), run over the normalised text.
 */

import { RE2JS } from 're2js';
import { codePointAt } from '../domain/code-point.ts';
import { characterTable, KIND } from '../normalization/character-table.ts';
import { type NormalizedText, originalSpan } from '../normalization/normalize-text.ts';
import { TRANSFORM_BIT, type TransformName, VARIANT_TRANSFORMS } from '../normalization/transforms.ts';
import { FaultError } from './fault.ts';
import { quickTest, requiredLiterals } from './regex-literals.ts';

const META = /[\\^$.|?*+()[\]{}-]/;

/** What patterns see where the rule names no transforms. */
export const PATTERN_TRANSFORMS: readonly TransformName[] = [
  'width',
  'traditional',
  'enclosed',
  'zero-width',
];
/** Transforms that would make a pattern miss in silence what its author wrote. */
export const NOT_FOR_PATTERNS: readonly TransformName[] = ['case', 'symbols', ...VARIANT_TRANSFORMS];

/**
 * The pattern with its own characters normalised as the text will be, so that 加：１ written with
 * full-width signs matches them and their plain forms. What follows a backslash is left alone.
 */
export function normalizePattern(pattern: string, mask: number): string {
  const table = characterTable(mask);
  const dropsInvisible = (mask & TRANSFORM_BIT['zero-width']) !== 0;
  let out = '';
  for (let at = 0; at < pattern.length; ) {
    const char = String.fromCodePoint(codePointAt(pattern, at));
    at += char.length;
    if (char === '\\' && at < pattern.length) {
      const escaped = String.fromCodePoint(codePointAt(pattern, at));
      at += escaped.length;
      out += char + escaped;
      continue;
    }
    const target = table.target(codePointAt(char, 0));
    if (target < 0) {
      const plain = String.fromCodePoint(...(table.expansions[~target] as readonly number[]));
      throw new FaultError('pattern-compound', { char, plain });
    }
    if (dropsInvisible && table.kind(target) === KIND.invisible) continue;
    const plain = String.fromCodePoint(target);
    out += plain !== char && META.test(plain) ? `\\${plain}` : plain;
  }
  return out;
}

/** Units of text that one expression may read of one text before it stops looking for more matches. */
const MAX_READ = 2_000_000;
const MAX_MATCHES = 100;

export interface PatternMatch {
  /** Units of the normalised text. */
  readonly from: number;
  readonly to: number;
  /** Units of the original. */
  readonly start: number;
  readonly end: number;
}

export class Pattern {
  private readonly compiled: RE2JS;
  private readonly quick: RegExp | undefined;

  /** Words of which a text must contain one; undefined: every text must be searched. */
  readonly literals: readonly string[] | undefined;

  /** Throws with a message for the pack's author where the pattern is no RE2 or matches nothing. */
  constructor(pattern: string, mask: number) {
    const normalized = normalizePattern(pattern, mask);
    this.compiled = RE2JS.compile(normalized);
    this.literals = requiredLiterals(normalized);
    this.quick = quickTest(normalized);
    if (this.compiled.test('')) throw new FaultError('pattern-empty');
  }

  /**
   * The matches. At most MAX_MATCHES, and fewer in very long texts: each
   * search is linear, but searching on after each match need not be.
   */
  find(text: NormalizedText): PatternMatch[] {
    if (this.quick?.test(text.text) === false || !this.compiled.test(text.text)) return [];
    const limit = Math.min(MAX_MATCHES, Math.max(1, Math.floor(MAX_READ / text.text.length)));
    const matcher = this.compiled.matcher(text.text);
    const spans: PatternMatch[] = [];
    while (spans.length < limit && matcher.find()) {
      const from = matcher.start();
      const to = matcher.end();
      if (to > from) spans.push({ from, to, ...originalSpan(text, from, to) });
    }
    return spans;
  }
}
