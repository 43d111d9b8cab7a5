/**
 * Writes src/core/normalization/normalization-data.ts: what each code point becomes under each
 * named transform, and which code points are symbols or invisible. The data is committed so that
 * the same text gives the same hits under every Unicode version of the running engine.
 *
 * Sources: the Unicode data of the Node that runs this (NFKC, NFD, case, general categories) and
 * the OpenCC character dictionaries as shipped by opencc-js (Apache-2.0, BYVoid and contributors).
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
// @ts-expect-error opencc-js ships its dictionaries without types
import CJK_COMPATIBILITY from 'opencc-js/dict/CJK_Compatibility_Ideographs';
// @ts-expect-error as above
import HK_REVERSE from 'opencc-js/dict/HKVariantsRev';
// @ts-expect-error as above
import TO_SIMPLIFIED from 'opencc-js/dict/TSCharacters';
// @ts-expect-error as above
import TW_REVERSE from 'opencc-js/dict/TWVariantsRev';

type Mapping = Map<number, number[]>;

const points = (text: string): number[] => Array.from(text, (char) => char.codePointAt(0) as number);
const text = (codes: readonly number[]): string => String.fromCodePoint(...codes);
const inRange = (code: number, from: number, to: number): boolean => code >= from && code <= to;

/** Longer expansions (U+FDFA is a whole sentence) are left alone. */
const MAX_EXPANSION = 4;

const isMark = (code: number): boolean => /^\p{M}$/u.test(text([code]));
const isSpace = (code: number): boolean => /^\p{Z}$/u.test(text([code]));

function* allCodePoints(): Generator<number> {
  for (let code = 0; code < 0x110000; code++) if (!inRange(code, 0xd800, 0xdfff)) yield code;
}

const width: Mapping = new Map();
const enclosed: Mapping = new Map();
const numerals: Mapping = new Map();
const lower: Mapping = new Map();
const lookAlikes: Mapping = new Map();

const DIGITS: Record<string, string> = {
  '0': '〇零',
  '1': '一壹壱弌幺',
  '2': '二贰貳弐弍两兩',
  '3': '三叁參叄弎',
  '4': '四肆',
  '5': '五伍',
  '6': '六陆陸',
  '7': '七柒',
  '8': '八捌',
  '9': '九玖',
};
for (const [digit, forms] of Object.entries(DIGITS)) {
  for (const form of points(forms)) numerals.set(form, points(digit));
}
/** Circled, parenthesised and dingbat numbers: first code point, first number, how many. */
const NUMBER_RUNS: readonly [number, number, number][] = [
  [0x2460, 1, 20],
  [0x2474, 1, 20],
  [0x2488, 1, 20],
  [0x24ea, 0, 1],
  [0x24eb, 11, 10],
  [0x24f5, 1, 10],
  [0x24ff, 0, 1],
  [0x2776, 1, 10],
  [0x2780, 1, 10],
  [0x278a, 1, 10],
  [0x3220, 1, 10],
  [0x3280, 1, 10],
  [0x3251, 21, 15],
  [0x32b1, 36, 15],
];
for (const [first, number, count] of NUMBER_RUNS) {
  for (let i = 0; i < count; i++) numerals.set(first + i, points(String(number + i)));
}

/** Letters on a dark ground, which Unicode does not decompose. */
for (let i = 0; i < 26; i++) {
  enclosed.set(0x1f150 + i, [0x41 + i]);
  enclosed.set(0x1f170 + i, [0x41 + i]);
}

const LOOK_ALIKES: Record<string, string> = {
  a: 'аɑαᴀΑА',
  b: 'вьЬΒВβʙƄ',
  c: 'сϲᴄСϹ',
  d: 'ԁɗᴅԀđ',
  e: 'еєεᴇЕΕҽ',
  f: 'ꜰƒϝ',
  g: 'ɡɢԍ',
  h: 'һнʜНΗҺħ',
  i: 'іιıɪІΙӀ',
  j: 'јϳᴊЈ',
  k: 'кκᴋКΚ',
  l: 'ʟłⅼ',
  m: 'мᴍМΜ',
  n: 'пηɴΝ',
  o: 'оοσᴏОΟøօ',
  p: 'рρᴘРΡþ',
  q: 'ԛǫԚ',
  r: 'гʀɼ',
  s: 'ѕꜱЅ',
  t: 'тτᴛТΤŧ',
  u: 'υᴜսμ',
  v: 'νѵᴠѴ',
  w: 'ωԝᴡԜш',
  x: 'хχХΧ',
  y: 'уγʏУΥү',
  z: 'ᴢΖƶ',
};
for (const [letter, forms] of Object.entries(LOOK_ALIKES)) {
  for (const form of points(forms)) {
    const isCapital = text([form]).toLowerCase() !== text([form]);
    lookAlikes.set(form, points(isCapital ? letter.toUpperCase() : letter));
  }
}
lookAlikes.set(0x3c2, points('o'));

const isEnclosedBlock = (code: number): boolean =>
  inRange(code, 0x2460, 0x24ff) ||
  inRange(code, 0x3200, 0x32ff) ||
  inRange(code, 0x1d400, 0x1d7ff) ||
  inRange(code, 0x1f100, 0x1f2ff);
/** Korean letters decompose into conjoining forms that join differently. */
const isKoreanLetter = (code: number): boolean =>
  inRange(code, 0x3131, 0x318e) || inRange(code, 0xffa0, 0xffdc);
const withoutBrackets = (codes: number[]): number[] =>
  codes.length > 2 && [0x28, 0x3014].includes(codes[0] as number) ? codes.slice(1, -1) : codes;

for (const code of allCodePoints()) {
  const char = text([code]);
  const compatible = points(char.normalize('NFKC'));
  if (text(compatible) !== char && !isKoreanLetter(code) && !numerals.has(code)) {
    const bareAccent = compatible.length > 1 && isSpace(compatible[0] as number);
    const onlySigns = compatible.length > 1 && /^[\p{P}\p{S}]+$/u.test(text(compatible));
    if (onlySigns) {
      // An ellipsis stays one sign; ‼ and its like end a sentence as their first half does.
      if (/^[!?]/.test(text(compatible))) width.set(code, compatible.slice(0, 1));
    } else if (!bareAccent && compatible.length <= MAX_EXPANSION) {
      if (isEnclosedBlock(code)) enclosed.set(code, withoutBrackets(compatible));
      else width.set(code, compatible);
    }
  }
  const small = char.toLowerCase();
  if (small !== char) lower.set(code, [small.codePointAt(0) as number]);
  if (/^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]$/u.test(char) && !lookAlikes.has(code)) {
    const parts = points(char.normalize('NFD'));
    if (parts.length > 1 && parts.slice(1).every(isMark)) lookAlikes.set(code, [parts[0] as number]);
  }
}

/** `X Y|X Y` with the preferred form first. */
function dictionary(source: string): [number, number][] {
  return source.split('|').flatMap((line) => {
    const [from, to] = line.split(' ');
    const [a, b] = [points(from ?? ''), points(to ?? '')];
    return a.length === 1 && b.length === 1 ? [[a[0] as number, b[0] as number] as [number, number]] : [];
  });
}
const simplified = new Map(dictionary(TO_SIMPLIFIED));
const traditional = new Map<number, number>();
for (const [from, to] of [
  ...dictionary(CJK_COMPATIBILITY),
  ...dictionary(HK_REVERSE),
  ...dictionary(TW_REVERSE),
]) {
  const end = simplified.get(to) ?? to;
  if (end !== from && !width.has(from)) traditional.set(from, end);
}
for (const [from, to] of simplified) if (from !== to) traditional.set(from, to);
/** 么 stands in 什么, in both scripts; only its rare reading is 幺. */
traditional.delete(0x4e48);
/** Forms that the dictionaries leave alone because they also stand in simplified text. */
for (const [from, to] of ['妳你', '牠它', '祂他', '喫吃', '瞭了', '著着'].map(points)) {
  if (!traditional.has(from as number)) traditional.set(from as number, to as number);
}
for (const from of traditional.keys()) {
  const seen = new Set([from]);
  for (let at = traditional.get(from); at !== undefined; at = traditional.get(at)) {
    if (seen.has(at)) throw new Error(`circular: ${text([...seen])}`);
    seen.add(at);
  }
}

/** Runs of code points with one property, as `gap+length` pairs in base 36. */
function ranges(belongs: (code: number) => boolean): string {
  const out: string[] = [];
  let from = -1;
  let last = 0;
  const close = (end: number): void => {
    out.push(`${(from - last).toString(36)}+${(end - from).toString(36)}`);
    last = end;
    from = -1;
  };
  for (let code = 0; code <= 0x110000; code++) {
    const inside = code < 0x110000 && belongs(code);
    if (inside && from < 0) from = code;
    if (!inside && from >= 0) close(code);
  }
  return out.join(' ');
}

/** Runs of equal distance as `from+length>to`, expansions as `from>to,to`, in base 36. */
function mapping(map: Mapping): string {
  const entries = [...map].sort((a, b) => a[0] - b[0]);
  const out: string[] = [];
  for (let i = 0; i < entries.length; ) {
    const [from, to] = entries[i] as [number, number[]];
    let length = 1;
    if (to.length === 1) {
      for (;;) {
        const next = entries[i + length];
        const follows = next?.[0] === from + length && next[1].length === 1;
        if (!follows || next[1][0] !== (to[0] as number) + length) break;
        length += 1;
      }
    }
    const run = length > 1 ? `+${length.toString(36)}` : '';
    out.push(`${from.toString(36)}${run}>${to.map((code) => code.toString(36)).join(',')}`);
    i += length;
  }
  return out.join(' ');
}

const invisible = /^[\p{Cf}\p{Mn}\p{Me}\p{Cc}\u115f\u1160\u3164\uffa0\u{e0000}-\u{e007f}]$/u;
const lineEnds = /^[\t\n\v\f\r\u0085]$/u;
const symbol = /^[\p{P}\p{S}\p{Z}\p{Co}\p{Cn}]$/u;
/** A lone half of a pair is a symbol (the first) or invisible (the second). */
const isInvisible = (code: number): boolean =>
  inRange(code, 0xdc00, 0xdfff) ||
  (!inRange(code, 0xd800, 0xdbff) && invisible.test(text([code])) && !lineEnds.test(text([code])));
const isSymbol = (code: number): boolean =>
  inRange(code, 0xd800, 0xdbff) ||
  (!isInvisible(code) && (symbol.test(text([code])) || lineEnds.test(text([code]))));

const pairs = [...traditional]
  .sort((a, b) => a[0] - b[0])
  .map((pair) => text(pair))
  .join('');

const output = `// Written by scripts/generate-normalization.ts (Unicode ${process.versions.unicode}). Do not edit.
// TRADITIONAL is derived from the OpenCC character dictionaries, Copyright BYVoid and contributors,
// under the Apache License 2.0, by way of opencc-js.

export const SYMBOLS =
  '${ranges(isSymbol)}';
export const INVISIBLE =
  '${ranges(isInvisible)}';
export const WIDTH =
  '${mapping(width)}';
export const ENCLOSED =
  '${mapping(enclosed)}';
export const LOOK_ALIKES =
  '${mapping(lookAlikes)}';
export const CASE =
  '${mapping(lower)}';
export const NUMERALS =
  '${mapping(numerals)}';
export const TRADITIONAL =
  '${pairs}';
`;
writeFileSync(
  fileURLToPath(new URL('../src/core/normalization/normalization-data.ts', import.meta.url)),
  output,
);
console.log(
  [width, enclosed, lookAlikes, lower, numerals].map((map) => map.size),
  traditional.size,
  `${output.length} characters`,
);
