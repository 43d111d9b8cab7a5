/**
 * Text from outside, made harmless to look at: what a reader cannot see, or what makes the rest look
 * different from what it is (control characters, direction marks, zero-width and filler characters), is
 * written out as its code point.
 */
import { codePointAt } from '../domain/code-point.ts';

/** First and last code points of what has no look of its own; tab and line feed are left as they are. */
const RANGES = [
  [0x00, 0x08], // control
  [0x0b, 0x1f],
  [0x7f, 0x9f],
  [0xad, 0xad], // soft hyphen
  [0x34f, 0x34f], // grapheme joiner
  [0x61c, 0x61c], // Arabic letter mark
  [0x115f, 0x1160], // Hangul fillers
  [0x17b4, 0x17b5], // Khmer inherent vowels
  [0x180b, 0x180f], // Mongolian selectors and separator
  [0x200b, 0x200c], // zero width
  [0x200e, 0x200f], // direction marks
  [0x2028, 0x202e], // line and paragraph separators, bidi controls
  [0x2060, 0x206f], // joiners, invisible operators, isolates
  [0x3164, 0x3164], // Hangul filler
  [0xd800, 0xdfff], // halves of surrogate pairs
  [0xfeff, 0xfeff], // byte order mark
  [0xffa0, 0xffa0], // Hangul filler
  [0xfff0, 0xfffb], // interlinear annotation
  [0xe0000, 0xe0fff], // tags, selectors
] as const;

/** First and last code points of what a zero-width joiner makes into one picture: arrows, symbols, emoji. */
const PICTURES = [
  [0x2190, 0x21ff],
  [0x2300, 0x23ff],
  [0x2600, 0x27bf],
  [0x2b00, 0x2bff],
  [0x1f000, 0x1faff],
] as const;

const hex = (value: number) => `\\u{${value.toString(16)}}`;
const classOf = (ranges: readonly (readonly [number, number])[]) =>
  ranges.map(([first, last]) => `${hex(first)}-${hex(last)}`).join('');
/**
 * The hidden characters as a pattern for the flags `gu`; the viewer and verify.py have it in their own
 * words: fixed ranges, so that every verifier writes out the same. The zero-width joiner inside an emoji such
 * as a family is part of its look, and hidden anywhere else.
 */
const HIDDEN_PATTERN = `[${classOf(RANGES)}]|(?<![${classOf(PICTURES)}\\u{fe0f}])\\u{200d}|\\u{200d}(?![${classOf(PICTURES)}])`;
const HIDDEN = new RegExp(HIDDEN_PATTERN, 'gu');

/** `U+202E` for the character. */
export function codePoint(character: string): string {
  return `U+${codePointAt(character, 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** Replaces hidden characters by what `mark` makes of them. */
export function replaceHidden(text: string, mark: (character: string) => string): string {
  return text.replace(HIDDEN, mark);
}

/** Plain text with hidden characters as ⟦U+202E⟧. */
export function visibleText(text: string): string {
  return replaceHidden(text, (character) => `⟦${codePoint(character)}⟧`);
}

/** As `visibleText`, in one line: for names, tags and table cells. */
export function visibleLine(text: string): string {
  return visibleText(text).replace(/[\t\n]/g, (character) => `⟦${codePoint(character)}⟧`);
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const MARKUP = /[&<>"']/g;

/** Text for an HTML page, inside an element or a quoted attribute; hidden characters as plain ⟦U+202E⟧. */
export function attributeText(text: string): string {
  return visibleText(text).replace(MARKUP, (character) => ENTITIES[character] as string);
}

/** Text for the inside of an HTML element, hidden characters as a small label each. */
export function htmlText(text: string): string {
  const escaped = text.replace(MARKUP, (character) => ENTITIES[character] as string);
  return replaceHidden(escaped, (character) => `<i class="u">${codePoint(character)}</i>`);
}
