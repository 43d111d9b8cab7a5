import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CATEGORY_IDS, categoryOf } from '../../src/core/domain/category.ts';
import { type DutyMark, type DutyRoutes, loadDutyRoutes } from '../../src/core/duties/duty-routes.ts';
import {
  type ClosingRequirement,
  type ConfirmedItem,
  canClose,
  type DutyDraft,
  type DutyProgress,
  dutiesFor,
  reportsAfterAssessment,
} from '../../src/core/duties/open-duties.ts';
import { resolveBasis } from '../../src/core/law/basis.ts';
import { loadHouseRules } from '../../src/core/law/house-rules.ts';
import { loadLawLibrary } from '../../src/core/law/law-library.ts';

const read = (path: string) =>
  JSON.parse(readFileSync(new URL(`../../resources/${path}`, import.meta.url), 'utf8'));
const PROFILES = ['platform', 'employer', 'group-owner', 'account-operator'] as const;
const tables = Object.fromEntries(
  PROFILES.map((profile) => [profile, loadDutyRoutes(read(`duty-routes/${profile}.json`))]),
) as Record<(typeof PROFILES)[number], DutyRoutes>;

const HOUR = 3_600_000;
let made = 0;
const item = (change: Partial<ConfirmedItem>): ConfirmedItem => ({
  id: `item-${made++}`,
  category: 'gambling',
  rule: null,
  marks: [],
  confirmedAt: 1_000,
  person: null,
  ...change,
});
type Report = Extract<DutyDraft, { kind: 'report' }>;
const all = (...items: ConfirmedItem[]) => dutiesFor(tables.platform, 'case-1', items);
const reports = (...items: ConfirmedItem[]) =>
  all(...items).filter((draft): draft is Report => draft.kind === 'report');

describe('whom a platform has to tell, by kind of content', () => {
  it.each<[string, Partial<ConfirmedItem>, string[], string[]]>([
    [
      'anything law forbids',
      { category: 'gambling' },
      ['cyberspace-administration'],
      ['law:csl-2016-47', 'law:csl-2025-49', 'law:iism-2011-16'],
    ],
    ['terrorism', { category: 'violence-terror' }, ['public-security'], ['law:ctl-2015-19']],
    [
      'terrorism by mark',
      { category: 'false-rumour', marks: ['terrorism'] },
      ['public-security'],
      ['law:ctl-2015-19'],
    ],
    [
      'organised crime',
      { category: 'illegal-finance', marks: ['organised-crime'] },
      ['public-security'],
      ['law:aoc-2021-16'],
    ],
    ['state secrets', { category: 'state-secrets' }, ['secrecy-administration'], ['law:ssl-2024-34']],
    [
      'harm to minors',
      { category: 'pornography', marks: ['harms-minors'] },
      ['cyberspace-administration', 'public-security'],
      ['law:mpl-2020-80', 'law:mnr-2023-29'],
    ],
    [
      'a crime against a minor',
      { category: 'abuse', marks: ['minor-victim'] },
      ['public-security'],
      ['law:mpl-2020-80', 'law:mnr-2023-38'],
    ],
    [
      'heroes and martyrs',
      { category: 'historical-nihilism', marks: ['heroes-martyrs'] },
      ['heroes-department'],
      ['law:hero-2018-23'],
    ],
    [
      'fundraising by mark',
      { category: 'illegal-finance', marks: ['illegal-fundraising'] },
      ['fundraising-lead-department'],
      ['law:fund-2021-10'],
    ],
    [
      'fundraising by rule',
      { category: 'illegal-finance', rule: 'trade.illegal-fundraising' },
      ['fundraising-lead-department'],
      ['law:fund-2021-10'],
    ],
    [
      'other illegal finance',
      { category: 'illegal-finance' },
      ['cyberspace-administration'],
      ['law:csl-2016-47', 'law:csl-2025-49', 'law:iism-2011-16'],
    ],
    [
      'a data leak',
      { category: 'personal-information', marks: ['personal-data-leak'] },
      ['personal-information-department', 'affected-individuals'],
      ['law:pipl-2021-57'],
    ],
  ])('%s', (_, change, receivers, basis) => {
    const drafts = reports(item(change));
    expect(drafts.map(({ receiver }) => receiver)).toEqual(receivers);
    for (const draft of drafts) expect(draft.basis).toEqual(basis);
  });

  it.each(['vulgar-content', 'marketing-spam', 'abuse', 'off-topic', 'historical-nihilism'] as const)(
    'nobody, for %s: no duty to report bad but lawful content was found',
    (category) => {
      expect(reports(item({ category }))).toEqual([]);
    },
  );

  it('opens a report for every category that law forbids, and for no other', () => {
    for (const category of CATEGORY_IDS)
      expect(reports(item({ category })).length > 0, category).toBe(categoryOf(category).tier === 'illegal');
  });

  it('names the receivers that the law allows instead', () => {
    const [draft] = reports(item({ category: 'state-secrets' }));
    expect(draft?.alternatives.map(({ receiver }) => receiver)).toEqual([
      'public-security',
      'state-security',
    ]);
    expect(draft?.actions).toContain('delete-as-required');
  });

  it('asks for the three things a notice of a leak has to say', () => {
    const drafts = reports(item({ category: 'personal-information', marks: ['personal-data-leak'] }));
    for (const { noticeItems } of drafts)
      expect(noticeItems.map(({ id }) => id)).toEqual(['kinds-cause-harm', 'remedies', 'contact']);
  });
});

describe('reports of one case', () => {
  const first = item({ category: 'gambling', confirmedAt: 5 * HOUR });
  const second = item({ category: 'fraud', confirmedAt: 2 * HOUR });
  const secret = item({ category: 'state-secrets', confirmedAt: 9 * HOUR });
  const drafts = reports(first, second, secret);

  it('are merged by receiver', () => {
    expect(drafts.map(({ receiver, itemIds }) => [receiver, itemIds])).toEqual([
      ['secrecy-administration', [secret.id]],
      ['cyberspace-administration', [first.id, second.id]],
    ]);
    expect(drafts[1]?.categories).toEqual(['gambling', 'fraud']);
  });

  it('merge what several routes want from one receiver', () => {
    const both = reports(
      item({ category: 'violence-terror' }),
      item({ category: 'pornography', marks: ['minor-victim'] }),
    );
    expect(both).toHaveLength(1);
    expect(both[0]).toMatchObject({ receiver: 'public-security', routes: ['terrorism', 'minor-victim'] });
    expect(both[0]?.basis).toEqual(['law:ctl-2015-19', 'law:mpl-2020-80', 'law:mnr-2023-38']);
  });

  it('are due by the organisation’s hours from the first confirmation, under the law’s own word', () => {
    const { hours } = tables.platform.clock;
    expect(drafts[1]?.clock).toEqual({
      startsAt: 2 * HOUR,
      dueAt: (2 + hours) * HOUR,
      hours,
      statutory: { zh: '立即', en: 'immediately' },
      statutoryHours: null,
    });
    const quick = dutiesFor(tables.platform, 'case-1', [first], 4).at(-1);
    expect(quick?.clock).toMatchObject({ hours: 4, dueAt: 9 * HOUR });
  });
});

describe.each(['employer', 'group-owner', 'account-operator'] as const)('%s', (profile) => {
  const table = tables[profile];

  it('gets one assessment per case, which suggests the receivers', () => {
    const gambling = item({ category: 'gambling' });
    const secret = item({ category: 'state-secrets' });
    const insult = item({ category: 'abuse' });
    const drafts = dutiesFor(table, 'case-2', [gambling, insult, secret]);
    expect(drafts).toHaveLength(1);
    expect(drafts[0]).toMatchObject({
      kind: 'assessment',
      itemIds: [gambling.id, secret.id],
      categories: ['gambling', 'state-secrets'],
      suggested: [{ receiver: 'secrecy-administration' }, { receiver: 'cyberspace-administration' }],
    });
  });

  it('gets none for a case about house rules only', () => {
    expect(
      dutiesFor(table, 'case-2', [item({ category: 'abuse' }), item({ category: 'off-topic' })]),
    ).toEqual([]);
  });

  it('opens the suggested reports when the assessment ends so', () => {
    const [assessment] = dutiesFor(table, 'case-2', [item({}), item({ category: 'state-secrets' })]);
    if (assessment?.kind !== 'assessment') throw new Error('expected an assessment');
    expect(reportsAfterAssessment(assessment)).toMatchObject([
      { kind: 'report', caseId: 'case-2', receiver: 'secrecy-administration' },
      { kind: 'report', caseId: 'case-2', receiver: 'cyberspace-administration' },
    ]);
  });
});

describe('the three duties of a platform', () => {
  it.each<[string, Partial<ConfirmedItem>, string[]]>([
    ['anything law forbids', { category: 'gambling' }, ['disposal', 'records', 'report']],
    ['terrorism', { category: 'violence-terror' }, ['disposal', 'records', 'report']],
    ['state secrets', { category: 'state-secrets' }, ['disposal', 'records', 'report']],
    ['fundraising: no removal asked', { rule: 'trade.illegal-fundraising' }, ['records', 'report']],
    ['a data leak', { marks: ['personal-data-leak'] }, ['disposal', 'records', 'report', 'report']],
    ['a house rule', { category: 'abuse' }, []],
  ])('%s', (_, change, kinds) => {
    expect(all(item(change)).map(({ kind }) => kind)).toEqual(kinds);
  });

  it('say what the law asks: what to do about the content, and what to keep', () => {
    const [disposal, records] = all(item({ category: 'state-secrets' }), item({ category: 'gambling' }));
    expect(disposal).toMatchObject({ actions: ['stop-transmission', 'delete-as-required', 'remove'] });
    expect(records).toMatchObject({
      actions: ['save-records'],
      routes: ['state-secrets', 'illegal-information'],
    });
  });

  it('merge the reports of one person, over all of their items, and keep persons apart', () => {
    const li = { id: 'p-1', name: '李' };
    const wang = { id: 'p-2', name: '王' };
    const [a, b, c] = [
      item({ person: li }),
      item({ person: wang, category: 'fraud' }),
      item({ person: li, category: 'drugs' }),
    ];
    expect(
      reports(a, b, c, item({ person: null })).map(({ person, itemIds }) => [person?.name, itemIds.length]),
    ).toEqual([
      ['李', 2],
      ['王', 1],
      [undefined, 1],
    ]);
    expect(all(a, b, c).filter(({ kind }) => kind === 'disposal')).toHaveLength(1);
  });
});

describe('a duty may end', () => {
  const filed: DutyProgress = {
    kind: 'report',
    givesReceipt: true,
    filedAt: 1,
    receiptNumber: 'R-1',
    noticeItems: [],
    noticeCovered: [],
  };
  const assessed: DutyProgress = {
    kind: 'assessment',
    outcome: 'internal',
    reason: 'one joke between colleagues',
    approver: 'officer-2',
    reportIds: [],
  };
  it.each<[string, DutyProgress, ClosingRequirement[]]>([
    ['everything done', filed, []],
    ['not decided about', { kind: 'disposal', decided: false, proved: true }, ['disposal']],
    [
      'decided, and nothing proves that it was done',
      { kind: 'disposal', decided: true, proved: false },
      ['proof'],
    ],
    ['disposed of with proof', { kind: 'disposal', decided: true, proved: true }, []],
    ['records not kept', { kind: 'records', recordsSaved: false }, ['records']],
    ['records kept', { kind: 'records', recordsSaved: true }, []],
    ['not filed', { ...filed, filedAt: null, receiptNumber: null }, ['filed-at', 'receipt-number']],
    ['no receipt', { ...filed, receiptNumber: '  ' }, ['receipt-number']],
    ['individuals give no receipt', { ...filed, givesReceipt: false, receiptNumber: null }, []],
    [
      'a notice that leaves something out',
      { ...filed, noticeItems: ['remedies', 'contact'], noticeCovered: ['contact'] },
      ['notice-items'],
    ],
    ['assessed', assessed, []],
    [
      'assessed by nobody',
      { ...assessed, outcome: null, reason: '', approver: null },
      ['outcome', 'reason', 'approver'],
    ],
    ['assessed as to be reported, no report', { ...assessed, outcome: 'report' }, ['report']],
    ['assessed as to be reported, report open', { ...assessed, outcome: 'report', reportIds: ['d-2'] }, []],
  ])('%s', (_, duty, missing) => {
    expect(canClose(duty)).toEqual(missing.length === 0 ? { ok: true } : { ok: false, missing });
  });
});

describe('the shipped tables', () => {
  it.each(PROFILES)('%s rests on articles that hold and can be reached by every mark', (profile) => {
    const table = tables[profile];
    const law = loadLawLibrary(read('law/articles.json'));
    const house = loadHouseRules(read('law/house-rules.json'));
    for (const reference of table.routes.flatMap(({ basis }) => basis))
      expect(resolveBasis(reference, '2025-06-15', law, house), reference).toMatchObject({ kind: 'law' });
    const marks = new Set<DutyMark>(table.routes.flatMap(({ when }) => when.marks));
    expect(marks.size).toBe(9);
    expect(table.clock.statutoryHours).toBeNull();
  });

  it('refuses a route to nobody and a route that can never hold', () => {
    const broken = (change: (table: DutyRoutes) => void) => () => {
      const table = structuredClone(tables.platform);
      change(table);
      loadDutyRoutes(table);
    };
    expect(broken((table) => table.receivers.splice(0, 1))).toThrow('unknown receiver');
    expect(
      broken((table) => {
        table.defaultRoute = 'nowhere';
      }),
    ).toThrow('unknown route');
    expect(
      broken((table) => {
        table.defaultRoute = 'terrorism';
      }),
    ).toThrow('can never hold');
  });
});
