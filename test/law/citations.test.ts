import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { installShippedPacks } from '../../src/core/app/detection/rules.ts';
import { checkLaw, citingOfResources, getLaw, listLaw } from '../../src/core/app/duties/law.ts';
import { openResources } from '../../src/core/app/resources.ts';
import { basisAt } from '../../src/core/cases/decision-basis.ts';
import { CitationReport, LawEntry, LawPage } from '../../src/core/domain/law.ts';
import {
  type Citing,
  citedBy,
  citingOf,
  DEAD_CITATIONS,
  findCitationProblems,
} from '../../src/core/law/citations.ts';
import { articleAt, versionsOf } from '../../src/core/law/law-library.ts';
import { type CaseWorkspace, caseWorkspace } from '../builders/case-workspace.ts';

const resources = openResources(fileURLToPath(new URL('../../resources', import.meta.url)));
const { law, houseRules } = resources;
const citing = (...basis: string[]): Citing => ({
  kind: 'rule',
  set: 'rule-packs/test 1',
  id: 'test.rule',
  title: { zh: '规则', en: 'Rule' },
  basis,
});
const problemOf = (reference: string, day: string) =>
  findCitationProblems([citing(reference)], day, law, houseRules)[0]?.problem ?? null;

describe('a citation', () => {
  it.each([
    ['law:csl-2016-47', '2025-12-31', null],
    ['law:csl-2016-47', '2026-01-01', 'moved'],
    ['law:csl-2025-49', '2026-01-01', null],
    ['law:csl-2025-49', '2025-12-31', 'moved'],
    ['csl-2016-47', '2025-06-01', null],
    ['law:pa-2017-7', '2021-02-21', null],
    ['law:pa-2017-7', '2021-02-22', 'ended'],
    ['law:pipl-2021-57', '2021-10-31', 'not-yet-in-force'],
    ['law:no-such', '2025-01-01', 'unknown-article'],
    ['house:no-such', '2025-01-01', 'unknown-clause'],
    ['house:wg-lawful', '2025-01-01', null],
    ['《员工手册》第3条', '2025-01-01', 'words'],
  ])('%s on %s: %s', (reference, day, problem) => {
    expect(problemOf(reference, day)).toBe(problem);
  });

  it('that moved names the version in force', () => {
    const [finding] = findCitationProblems([citing('law:csl-2016-47')], '2026-03-01', law, houseRules);
    expect(finding).toMatchObject({ problem: 'moved', article: { id: 'csl-2025-49' } });
  });

  it.each(['2025-12-31', '2026-03-01'])(
    'that moved is no problem where both versions are named, on %s',
    (day) => {
      const both = { ...citing('law:csl-2016-47'), basis: ['law:csl-2016-47', 'law:csl-2025-49'] };
      expect(findCitationProblems([both], day, law, houseRules)).toEqual([]);
    },
  );

  it('is resolved by the day of the act: 2025 cites article 47, 2026 the new number', () => {
    const noon = (day: string) => Date.parse(`${day}T04:00:00Z`);
    expect(basisAt(['law:csl-2016-47'], noon('2025-12-31'), law)).toEqual(['law:csl-2016-47']);
    expect(basisAt(['law:csl-2016-47'], noon('2026-01-01'), law)).toEqual(['law:csl-2025-49']);
  });
});

describe('what ships', () => {
  const all = citingOfResources(
    resources,
    resources.shippedPacks.map(({ pack }) => pack),
  );
  // A day before the amendment, the day of it, and later.
  it.each(['2025-06-15', '2026-01-01', '2027-06-01'])('has no dead citation on %s', (day) => {
    const dead = findCitationProblems(all, day, law, houseRules)
      .filter(({ problem }) => DEAD_CITATIONS.includes(problem))
      .map((finding) => `${finding.citing.set} ${finding.citing.id}: ${finding.reference}`);
    expect(dead).toEqual([]);
  });

  it('is read whole: packs, schedules, routes and meters all cite', () => {
    expect(new Set(all.map(({ kind }) => kind))).toEqual(
      new Set(['rule', 'measure', 'look-back', 'duty', 'meter']),
    );
    expect(all.flatMap(({ basis }) => basis).length).toBeGreaterThan(500);
  });

  it('says of every article what was read of its law', () => {
    const without = [...law.articles.keys()].filter((id) => law.sourceOf(id) === null);
    expect(without).toEqual([]);
  });

  it('gives rules without a basis no citation', () => {
    const bare = citingOf({
      packs: [{ id: 'p', version: '1', rules: [{ id: 'r', title: { zh: '规', en: 'R' } }] }],
      schedules: [],
      routes: [],
      meters: [],
    });
    expect(bare).toEqual([{ ...citing(), set: 'rule-packs/p 1', id: 'r', title: { zh: '规', en: 'R' } }]);
  });
});

describe('versions of an article', () => {
  it('are the same whichever is asked for, the first one first', () => {
    const ids = versionsOf(law, 'csl-2025-49').map(({ id }) => id);
    expect(ids).toEqual(['csl-2016-47', 'csl-2025-49']);
    expect(versionsOf(law, 'csl-2016-47').map(({ id }) => id)).toEqual(ids);
    expect(versionsOf(law, 'nothing')).toEqual([]);
  });

  it('all count as cited by what cites one of them', () => {
    const one = citing('law:csl-2016-47');
    expect(citedBy([one, citing('law:crim-303')], versionsOf(law, 'csl-2025-49'))).toEqual([one]);
  });

  it('follow each other without gap or overlap', () => {
    for (const id of law.articles.keys()) {
      const versions = versionsOf(law, id);
      for (const [index, version] of versions.entries()) {
        const next = versions[index + 1];
        if (next) expect(version.ended?.on).toBe(next.effectiveFrom);
        expect(articleAt(law, id, version.effectiveFrom)).toMatchObject({ ok: true, article: version });
      }
    }
  });
});

describe('in a workspace', () => {
  let w: CaseWorkspace;
  beforeAll(() => {
    w = caseWorkspace();
    installShippedPacks(w.session);
  });
  afterAll(() => w.close());

  it('the list holds every version with its marks and who cites it', () => {
    const list = listLaw(w.session, '2025-06-15');
    expect(list.every((entry) => LawEntry.safeParse(entry).success)).toBe(true);
    expect(list).toHaveLength(law.articles.size);
    expect(list.find(({ id }) => id === 'csl-2025-49')).toMatchObject({
      inForce: false,
      marks: { content: 'V', number: 'inferred', dates: 'V' },
    });
    expect(list.find(({ id }) => id === 'csl-2016-47')).toMatchObject({ inForce: true });
    expect(list.find(({ id }) => id === 'psl-2025-80')?.marks.content).toBe('V2');
    expect(list.find(({ id }) => id === 'crim-287-1')?.cited).toBeGreaterThan(20);
  });

  it('an article page has its versions and everything that cites any of them', () => {
    const page = LawPage.parse(getLaw(w.session, 'csl-2025-49', '2026-06-15'));
    expect(page.entry).toMatchObject({ inForce: true });
    expect(page.versions.map(({ id }) => id)).toEqual(['csl-2016-47', 'csl-2025-49']);
    // Each of the four duties names the version of either day.
    const duties = page.citing.filter(({ kind }) => kind === 'duty');
    expect(new Set(duties.map(({ set }) => set)).size).toBe(4);
    expect(new Set(page.citing.map(({ reference }) => reference))).toEqual(
      new Set(['law:csl-2016-47', 'law:csl-2025-49']),
    );
    expect(() => getLaw(w.session, 'nothing', null)).toThrow(expect.objectContaining({ code: 'not-found' }));
  });

  it.each(['2025-06-15', '2026-06-15'])('nothing that ships is cited wrongly on %s', (day) => {
    const report = CitationReport.parse(checkLaw(w.session, day));
    expect(report.problems).toEqual([]);
    expect(report.checked).toBeGreaterThan(500);
  });
});
