import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { judge } from '../../src/core/detection/judge.ts';
import { compileRuleSet } from '../../src/core/rules/compile-rules.ts';
import { quotedRanges } from '../../src/core/rules/ignored.ts';
import { parsePack } from '../../src/core/rules/rule-pack.ts';
import { anyText } from './arbitraries.ts';
import { compiled, GROUP_POST, hitsOf, packOf } from './rules-fixture.ts';

/** Long texts on a busy machine. What costs the square of its length does not end within this. */
vi.setConfig({ testTimeout: 60_000 });

function errorsOf(regex: string): readonly string[] {
  const parsed = parsePack(packOf([{ match: { regex } }]), 'organisation');
  const made = parsed.ok ? compileRuleSet([parsed.loaded]) : parsed;
  return made.ok ? [] : made.errors.map(({ path, detail }) => `${path}: ${detail}`);
}

describe('a pattern made to be slow', () => {
  it.each([
    ['counts of counts', '(a{100}){100}', /invalid repeat count/],
    ['counts of counts of counts', '((a{1,60}){1,60}){1,60}', /invalid repeat count/],
    ['a count beyond the limit', 'a{1001}', /invalid repeat count/],
    [
      'a hundred thousand alternatives',
      Array.from({ length: 1e5 }, (_, i) => `词${i}号`).join('|'),
      /more than/,
    ],
    ['a back reference', '(a)\\1', /invalid escape/],
    ['the empty text', '(\\w+\\s?)*$', /empty text/],
  ])('is refused at its place: %s', (_, regex, reason) => {
    const [error] = errorsOf(regex);
    expect(error).toMatch(/^rules\[0\]\.match\.regex: /);
    expect(error).toMatch(reason);
  });

  it.each([
    ['(a+)+$', `${'a'.repeat(100_000)}!`],
    ['(a|aa|aaa)*b', 'a'.repeat(100_000)],
    ['.*.*.*.*.*x', 'y'.repeat(100_000)],
    ['(x+x+)+y', 'x'.repeat(100_000)],
    ['a{1000}b', 'a'.repeat(50_000)],
  ])('ends: %s', (regex, text) => {
    expect(errorsOf(regex)).toEqual([]);
    expect(hitsOf({ regex }, text)).toEqual([]);
  });
});

describe('a text made to be slow', () => {
  it('gives at most a thousand places of a list of words', () => {
    expect(hitsOf({ terms: ['加微信'] }, '加微信。'.repeat(100_000))).toHaveLength(1000);
    expect(hitsOf({ terms: ['加微信'] }, '加薇芯。'.repeat(100_000)).length).toBeLessThanOrEqual(1000);
  });

  it('of nothing but opening quotation marks is read in steps of its length', () => {
    expect(quotedRanges('“「『‘'.repeat(250_000))).toEqual([]);
    const quoted = hitsOf({ terms: ['赌博'] }, '“赌博”赌博'.repeat(50_000), { ignore: ['quoted'] });
    expect(quoted).toHaveLength(500);
  });
});

describe('for any text', () => {
  const pack = packOf([
    { match: { terms: ['赌博', '加微信', '傻逼', '单单', 'fuck', '刷单返利'] }, ignore: ['quoted'] },
    { match: { all: [{ terms: ['刷单'] }, { detector: 'contact' }], within: 30 } },
    { match: { regex: '[一二三]元|a+b' } },
  ]);
  const used = compiled(pack);

  it('what was judged before does not count', () => {
    fc.assert(
      fc.property(fc.array(anyText, { maxLength: 3 }), anyText, (before, text) => {
        for (const one of before) judge(used, one, GROUP_POST);
        expect(judge(used, text, GROUP_POST)).toEqual(judge(compiled(pack), text, GROUP_POST));
      }),
      { numRuns: 40 },
    );
  });
});
