import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resolveBasis } from '../../src/core/law/basis.ts';
import { civilDayOf, lastDayOfYears } from '../../src/core/law/civil-day.ts';
import { loadHouseRules } from '../../src/core/law/house-rules.ts';
import { articleAt, citeArticle, type LawArticle, loadLawLibrary } from '../../src/core/law/law-library.ts';

const read = (path: string) =>
  JSON.parse(readFileSync(new URL(`../../resources/law/${path}`, import.meta.url), 'utf8'));
const library = loadLawLibrary(read('articles.json'));
const house = loadHouseRules(read('house-rules.json'));

const entry = (id: string, from: string, ended: LawArticle['ended'] = null): LawArticle => ({
  id,
  law: { zh: '法', en: 'Law' },
  article: '1',
  summary: { zh: '文', en: 'text' },
  effectiveFrom: from,
  ended,
  verification: 'V',
  numberVerification: 'V',
  datesVerification: 'M',
});

describe('the version of an article that held on the day of the act', () => {
  it.each([
    // Asked by the old number and by the new, before, on and after the day the amendment took effect.
    ['csl-2016-47', '2025-06-01', 'csl-2016-47', false, false],
    ['csl-2016-47', '2025-12-31', 'csl-2016-47', false, false],
    ['csl-2016-47', '2026-01-01', 'csl-2025-49', true, true],
    ['csl-2025-49', '2025-12-31', 'csl-2016-47', true, false],
    ['csl-2025-49', '2026-05-01', 'csl-2025-49', false, true],
    ['csl-2016-40', '2026-05-01', 'csl-2025-42', true, false],
    ['ssl-2024-34', '2024-04-30', 'ssl-2010-28', true, false],
    ['psl-2012-68', '2026-02-01', 'psl-2025-80', true, false],
    ['ctl-2015-19', '2020-02-29', 'ctl-2015-19', false, false],
  ])('%s on %s is %s', (id, day, expected, moved, inferred) => {
    expect(articleAt(library, id, day)).toMatchObject({
      ok: true,
      article: { id: expected },
      moved,
      inferred,
    });
  });

  it.each([
    ['no-such-article', '2024-01-01', { ok: false, code: 'unknown-article' }],
    ['csl-2025-49', '2017-05-31', { ok: false, code: 'not-yet-in-force', article: { id: 'csl-2016-47' } }],
    ['pa-2017-7', '2021-02-22', { ok: false, code: 'ended', article: { id: 'pa-2017-7' } }],
  ])('%s on %s is no citation', (id, day, expected) => {
    expect(articleAt(library, id, day)).toMatchObject(expected);
  });

  it('gives, for every article and day, an entry that held on that day', () => {
    const ids = [...library.articles.keys()];
    const days = fc.date({ min: new Date('1995-01-01'), max: new Date('2035-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(fc.constantFrom(...ids), days, (id, date) => {
        const day = date.toISOString().slice(0, 10);
        const found = articleAt(library, id, day);
        if (!found.ok) return;
        expect(found.article.effectiveFrom <= day).toBe(true);
        expect(found.article.ended === null || day < found.article.ended.on).toBe(true);
      }),
    );
  });
});

describe('the shipped library', () => {
  it('keeps the marks of what was not read', () => {
    for (const id of ['eco-2019-6', 'eco-2019-7', 'crim-303', 'pa-2021-sanctions'])
      expect(library.articles.get(id)?.verification, id).toBe('M');
    for (const id of ['im-2014-8', 'psl-2025-80', 'civ-2020-1032'])
      expect(library.articles.get(id)?.verification, id).toBe('V2');
    expect(library.articles.get('group-2017-13')).toMatchObject({
      verification: 'V',
      numberVerification: 'M',
    });
    expect(library.articles.get('csl-2025-49')?.numberVerification).toBe('inferred');
  });

  it.each([
    ['csl-2016-47', '《网络安全法》第47条', 'Cybersecurity Law art. 47'],
    ['crim-287-1', '《刑法》第287条之一', 'Criminal Law art. 287-1'],
    ['olr-2021-16', '《人民法院在线诉讼规则》第16条至第18条', 'arts. 16–18'],
    ['acct-2022', '《互联网用户账号信息管理规定》', 'Provisions on Internet User Account Information'],
  ])('cites %s', (id, zh, en) => {
    const citation = citeArticle(library.articles.get(id) as LawArticle);
    expect(citation.zh).toBe(zh);
    expect(citation.en).toContain(en);
  });
});

describe('a library with a broken chain is refused', () => {
  it.each([
    ['duplicate id', [entry('a', '2020-01-01'), entry('a', '2021-01-01')]],
    ['unknown successor', [entry('a', '2020-01-01', { on: '2021-01-01', how: 'revised', successor: 'b' })]],
    [
      'ends on 2021-01-01, but b starts on 2021-02-01',
      [
        entry('a', '2020-01-01', { on: '2021-01-01', how: 'revised', successor: 'b' }),
        entry('b', '2021-02-01'),
      ],
    ],
    [
      'ends before it takes effect',
      [entry('a', '2020-01-01', { on: '2019-01-01', how: 'repealed', successor: null })],
    ],
    [
      'name the same successor',
      [
        entry('a', '2020-01-01', { on: '2021-01-01', how: 'revised', successor: 'c' }),
        entry('b', '2020-01-01', { on: '2021-01-01', how: 'revised', successor: 'c' }),
        entry('c', '2021-01-01'),
      ],
    ],
  ])('%s', (message, articles) => {
    expect(() => loadLawLibrary({ version: '1', articles })).toThrow(message);
  });
});

describe('a basis', () => {
  it('is cited as it stood on the day of the act', () => {
    expect(resolveBasis('law:csl-2016-47', '2026-03-01', library, house)).toMatchObject({
      kind: 'law',
      citation: { zh: '《网络安全法（2025年修正）》第49条' },
      moved: true,
      inferred: true,
    });
    expect(resolveBasis('house:wg-invite', '2026-03-01', library, house)).toMatchObject({
      kind: 'house',
      citation: { en: 'No unauthorised invites' },
    });
  });

  it.each([
    ['law:nothing', '2024-01-01', 'unknown-article'],
    ['law:pipl-2021-57', '2021-10-31', 'not-yet-in-force'],
    ['law:pa-2017-7', '2022-01-01', 'ended'],
    ['house:nothing', '2024-01-01', 'unknown-clause'],
  ])('%s on %s is dead: %s', (reference, day, code) => {
    expect(resolveBasis(reference, day, library, house)).toEqual({ kind: 'dead', reference, code });
  });
});

describe('civil days', () => {
  it.each([
    ['2025-12-31T15:59:59.999Z', '2025-12-31'],
    ['2025-12-31T16:00:00.000Z', '2026-01-01'],
    ['2024-02-28T16:00:00.000Z', '2024-02-29'],
  ])('%s is %s in China', (instant, day) => {
    expect(civilDayOf(Date.parse(instant))).toBe(day);
  });

  it.each([
    ['2024-02-29', 1, '2025-02-28'],
    ['2024-02-29', 2, '2026-02-28'],
    ['2020-02-29', 4, '2024-02-29'],
    ['2023-02-28', 1, '2024-02-28'],
    ['2023-12-31', 2, '2025-12-31'],
  ])('%s plus %i years ends on %s', (day, years, last) => {
    expect(lastDayOfYears(day, years)).toBe(last);
  });
});
