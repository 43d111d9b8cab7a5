/** What a rule with `ignore` passes over: warnings against what it looks for, and words in quotation marks. */
import type { MatchNode } from './match-node.ts';

/** Words of notices that warn of an offence or report its punishment; nobody offers a thing with them. */
export const NOTICE: MatchNode = {
  terms: [
    '反诈',
    '谨防',
    '严防',
    '切勿',
    '请勿相信',
    '不要相信',
    '勿轻信',
    '不要轻信',
    '提高警惕',
    '保持警惕',
    '警惕',
    '警方提醒',
    '公安提醒',
    '民警提醒',
    '温馨提示',
    '防骗',
    '防诈骗',
    '防范',
    '骗局揭秘',
    '严厉打击',
    '依法查处',
    '依法打击',
    '严禁',
    '禁止发布',
    '违者',
    '典型案例',
    '被判处',
    '被刑拘',
    '被行政拘留',
  ],
};

/** Longer quotations are rather two stray marks than words of somebody else. */
const LONGEST = 400;

const PAIRS: Readonly<Record<string, string>> = { '“': '”', '「': '」', '『': '』', '‘': '’', '"': '"' };

interface QuotedRange {
  readonly start: number;
  readonly end: number;
}

/** The text that was asked for last: each hit of a text asks again. */
let known: { readonly text: string; readonly ranges: readonly QuotedRange[] } = { text: '', ranges: [] };

/**
 * Where a text quotes, as half-open ranges in UTF-16 units: between quotation marks on one line, and lines
 * that begin with `>`, as mail and chat programs mark what they repeat. Marks without a partner quote nothing.
 */
export function quotedRanges(text: string): readonly QuotedRange[] {
  if (text !== known.text) known = { text, ranges: readRanges(text) };
  return known.ranges;
}

/** What no quotation is without. */
const QUOTING = /[“「『‘"]|^[>＞]/m;

function readRanges(text: string): readonly QuotedRange[] {
  if (!QUOTING.test(text)) return [];
  const ranges: { start: number; end: number }[] = [];
  let line = 0;
  while (line <= text.length) {
    const lf = text.indexOf('\n', line);
    const end = lf < 0 ? text.length : lf;
    if (text[line] === '>' || text[line] === '＞') ranges.push({ start: line, end });
    else {
      for (let at = line; at < end; at++) {
        const closing = PAIRS[text[at] as string];
        if (closing === undefined) continue;
        // Only so far, or a text of nothing but opening marks costs the square of its length.
        const length = text.slice(at + 1, Math.min(end, at + LONGEST + 1)).indexOf(closing);
        if (length < 0) continue;
        ranges.push({ start: at, end: at + length + 2 });
        at += length + 1;
      }
    }
    line = end + 1;
  }
  return ranges;
}
