/**
 * Processor time that texts and patterns made to be slow cost: `node scripts/with-node.mjs
 * scripts/measure-hostile.ts`. Prints a Markdown row for each: first texts of one million bytes
 * (of UTF-8) against all shipped packs, then patterns with nested quantifiers, large counts and many alternatives,
 * each against a text made for it. A pattern that cannot be used is refused when its pack is loaded.
 */
import { join } from 'node:path';
import { openResources } from '../src/core/app/resources.ts';
import { judge, type TextContext } from '../src/core/detection/judge.ts';
import { compileRuleSet } from '../src/core/rules/compile-rules.ts';
import { loadRules } from '../src/core/rules/load-rules.ts';
import { parsePack } from '../src/core/rules/rule-pack.ts';
import { ROOT } from './runtime/paths.ts';

const BYTES = 1_000_000;
const CONTEXT: TextContext = { act: 'own-post', conversationType: 'group', messageKind: 'text' };
const TEXTS: Readonly<Record<string, string>> = {
  'one Chinese character': '赌',
  'one letter': 'a',
  'one emoji': '🐴',
  'emoji with and without readings': '🐮😀🐧✈️🫠',
  'Latin words': 'the quick brown fox jumps over it ',
  'syllables in one run': 'woaini',
  'letters one by one': 's h a b i ',
  'characters taken apart': '女子弓虽亻尔女马',
  'a symbol after each character': '加*微*信*',
  'only symbols': '*-_=+',
  'only invisible characters': '\u200b\u200d',
  'combining marks': 'a\u0301\u0336',
  digits: '13812345678',
  'digits and spaces': '1 3 8 0 ',
  'Chinese numerals': '一三八零',
  links: 'http://a.cn/b ',
  'words of packs': '加微信刷单返利',
  'beginnings of words': '加微刷单返',
  'other ways of writing': '加薇芯涮丹',
  'characters of several sounds': '长重乐行',
  addresses: '人民路100号',
  brackets: '【〔[(',
  'at signs': '@a',
  'lone surrogates': '\ud83d',
  'line ends': '加\n微\n',
};
const PATTERNS: Readonly<Record<string, readonly [pattern: string, text: string]>> = {
  'nested quantifiers': ['(a+)+$', `${'a'.repeat(100_000)}!`],
  'nested quantifiers, no literal': ['(\\w+\\s?)*$', `${'a '.repeat(50_000)}!`],
  'alternatives that overlap': ['(a|aa|aaa)*b', 'a'.repeat(100_000)],
  'optional characters': [`${'a?'.repeat(300)}${'a'.repeat(300)}`, 'a'.repeat(100_000)],
  'stars in a row': ['.*.*.*.*.*x', 'y'.repeat(100_000)],
  'large count': ['a{1000}', 'a'.repeat(100_000)],
  'counts of counts': ['(a{100}){100}', 'a'.repeat(100_000)],
  'counts of counts of counts': ['((a{1,60}){1,60}){1,60}', 'a'.repeat(100_000)],
  'ten thousand alternatives': [
    Array.from({ length: 10_000 }, (_, index) => `词${index}号`).join('|'),
    '词9999号'.repeat(20_000),
  ],
  'a hundred thousand alternatives': [
    Array.from({ length: 100_000 }, (_, index) => `词${index}号`).join('|'),
    '词9999号'.repeat(20_000),
  ],
  'matches everywhere': ['[^x]', 'y'.repeat(100_000)],
  'back reference': ['(a)\\1', 'aa'],
  'look behind': ['(?<=a)b', 'ab'],
};

const milliseconds = (work: () => unknown): { spent: number; result: unknown } => {
  const start = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(start);
  return { spent: (user + system) / 1000, result };
};

const { shippedPacks, classifier } = openResources(join(ROOT, 'resources'));
const loaded = loadRules(shippedPacks, classifier);
if (!loaded.ok) throw new Error(JSON.stringify(loaded.errors.slice(0, 3)));
const { compiled } = loaded;
judge(compiled, '加微信刷单返利'.repeat(200), CONTEXT);

console.log('| text of 1,000,000 bytes | ms | hits |');
console.log('|---|--:|--:|');
let slowest = 0;
for (const [name, unit] of Object.entries(TEXTS)) {
  const text = unit.repeat(Math.floor(BYTES / Buffer.byteLength(unit)));
  const { spent, result } = milliseconds(() => judge(compiled, text, CONTEXT).length);
  slowest = Math.max(slowest, spent);
  console.log(`| ${name} | ${spent.toFixed(0)} | ${result} |`);
}
console.log(`\nThe slowest: ${slowest.toFixed(0)} ms\n`);

console.log('| pattern | ms to load | ms to search | |');
console.log('|---|--:|--:|---|');
for (const [name, [regex, text]] of Object.entries(PATTERNS)) {
  const pack = {
    id: 'trial',
    version: '1',
    title: { zh: '试', en: 'trial' },
    rules: [{ id: 'r', category: 'fraud', title: { zh: '试', en: 'trial' }, match: { regex } }],
  };
  const { spent, result } = milliseconds(() => {
    const parsed = parsePack(pack, 'organisation');
    return parsed.ok ? compileRuleSet([parsed.loaded]) : parsed;
  });
  const made = result as
    | ReturnType<typeof compileRuleSet>
    | Extract<ReturnType<typeof parsePack>, { ok: false }>;
  if (!made.ok) {
    console.log(`| ${name} | ${spent.toFixed(0)} | | refused: ${made.errors[0]?.detail.slice(0, 90)} |`);
    continue;
  }
  const search = milliseconds(() => judge(made.compiled, text, CONTEXT).length);
  console.log(`| ${name} | ${spent.toFixed(0)} | ${search.spent.toFixed(0)} | ${search.result} hits |`);
}
