import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MeasureProposal, MeasureSubject, PartyRole } from '../../src/core/domain/case.ts';
import { CATEGORY_IDS, type CategoryId, categoryOf } from '../../src/core/domain/category.ts';
import { Act } from '../../src/core/domain/message.ts';
import { resolveBasis } from '../../src/core/law/basis.ts';
import { loadHouseRules } from '../../src/core/law/house-rules.ts';
import { loadLawLibrary } from '../../src/core/law/law-library.ts';
import {
  loadPenaltySchedule,
  namesDismissal,
  type PenaltySchedule,
} from '../../src/core/penalties/penalty-schedule.ts';
import {
  PROPOSAL_REASONS,
  type PriorDecision,
  type ProposalInput,
  type ProposedMeasure,
  proposeMeasure,
  withinLookBack,
} from '../../src/core/penalties/propose-measure.ts';

const read = (path: string) =>
  JSON.parse(readFileSync(new URL(`../../resources/${path}`, import.meta.url), 'utf8'));
const PROFILES = ['employer', 'group-owner', 'account-operator', 'platform'] as const;
const schedules = Object.fromEntries(
  PROFILES.map((profile) => [profile, loadPenaltySchedule(read(`penalty-schedules/${profile}.json`))]),
) as Record<(typeof PROFILES)[number], PenaltySchedule>;

const NOON = Date.parse('2025-06-15T12:00:00+08:00');
const at = (day: string, time = '12:00:00') => Date.parse(`${day}T${time}+08:00`);

const input = (change: Partial<ProposalInput> = {}): ProposalInput => {
  const category = change.category ?? 'gambling';
  const { tier, severity } = categoryOf(category);
  return {
    subjectType: 'personal-account',
    tier,
    severity,
    act: 'own-post',
    role: 'publisher',
    evasion: false,
    reach: null,
    minors: false,
    priors: [],
    actAt: NOON,
    ...change,
    category,
  };
};
const prior = (change: Partial<PriorDecision> = {}): PriorDecision => ({
  decidedAt: at('2025-03-01'),
  category: 'gambling',
  severity: 4,
  level: 3,
  status: 'final',
  ...change,
});
const propose = (
  profile: (typeof PROFILES)[number],
  change: Partial<ProposalInput> = {},
): ProposedMeasure => {
  const result = proposeMeasure(schedules[profile], input(change));
  if (!result.ok) throw new Error(result.code);
  return result.proposal;
};
const codes = (proposal: ProposedMeasure) => proposal.reasons.map(({ code }) => code);
const repeat = (count: number, change: Partial<PriorDecision> = {}) =>
  Array.from({ length: count }, () => prior(change));

describe('the ladders of a platform (S1-12, S2-3 to S2-7)', () => {
  const ladder = (subjectType: MeasureSubject) =>
    propose('platform', { subjectType }).options.map(({ id }) => id);

  it('has every measure of the seeds in their order', () => {
    expect(ladder('personal-account')).toEqual([
      'no-measure',
      'content-removed',
      'warning',
      'functions-limited',
      'publishing-suspended',
      'account-closed',
    ]);
    expect(ladder('public-account')).toEqual([
      'no-measure',
      'warning',
      'publishing-limited',
      'updates-suspended',
      'public-account-closed',
    ]);
    expect(ladder('group')).toEqual(['no-measure', 'group-warned', 'group-suspended', 'group-closed']);
    expect(ladder('link')).toEqual(['no-measure', 'link-blocked', 'link-blocked-announced']);
  });

  it('blocks the Moments together with the removal of content (S2-3)', () => {
    const { options } = propose('platform');
    expect(options[1]).toMatchObject({ id: 'content-removed', accompanying: ['moments-blocked'] });
  });

  it('removes the content with every further measure (S4-5)', () => {
    for (const { id, level, accompanying } of propose('platform').options)
      if (level > 1) expect(accompanying, id).toContain('content-removed');
  });

  it('limits named functions for a number of days (S2-4)', () => {
    const limited = schedules.platform.measures.find(({ id }) => id === 'functions-limited');
    expect(limited?.functions?.map(({ id }) => id)).toContain('moments');
    expect(limited?.duration).toMatchObject({ unit: 'day', default: 7 });
  });
});

describe('the proposal', () => {
  it.each<[string, (typeof PROFILES)[number], Partial<ProposalInput>, string]>([
    ['S2-4 a first illegal post', 'platform', {}, 'functions-limited'],
    ['the gravest goods', 'platform', { category: 'drugs' }, 'publishing-suspended'],
    ['S4-3 bad but lawful', 'platform', { category: 'vulgar-content' }, 'content-removed'],
    ['S2-6 a group', 'platform', { subjectType: 'group' }, 'group-suspended'],
    ['S2-7 a link', 'platform', { subjectType: 'link' }, 'link-blocked-announced'],
    ['S1-12 a public account', 'platform', { subjectType: 'public-account' }, 'publishing-limited'],
    ['S4-7 evasion', 'platform', { evasion: true }, 'publishing-suspended'],
    [
      'S4-7 evasion with the gravest goods',
      'platform',
      { category: 'drugs', evasion: true },
      'account-closed',
    ],
    ['S4-6 after several measures', 'platform', { priors: repeat(3) }, 'account-closed'],
    ['quoting is not saying', 'platform', { act: 'quote' }, 'warning'],
    ['a witness', 'platform', { role: 'witness' }, 'no-measure'],
    ['S0-7 an insult at work', 'employer', { subjectType: 'staff-member', category: 'abuse' }, 'reminder'],
    [
      'an insult again',
      'employer',
      {
        subjectType: 'staff-member',
        category: 'abuse',
        priors: [prior({ category: 'abuse', severity: 2, level: 1 })],
      },
      'written-warning',
    ],
    ['gambling adverts at work', 'employer', { subjectType: 'staff-member' }, 'removed-from-group'],
    ['drugs at work', 'employer', { subjectType: 'staff-member', category: 'drugs' }, 'referred-to-hr'],
    ['a stranger in a group', 'group-owner', { category: 'off-topic' }, 'reminder'],
    [
      'own article',
      'account-operator',
      { subjectType: 'public-account', category: 'piracy' },
      'correction-published',
    ],
  ])('%s (%s): %j → %s', (_, profile, change, expected) => {
    expect(propose(profile, change).proposed).toBe(expected);
  });

  it('lets the officer go up to closure for a grave post, not for a light one', () => {
    expect(propose('platform').range).toEqual({ min: 'warning', max: 'account-closed' });
    expect(propose('platform', { category: 'vulgar-content' }).range.max).toBe('functions-limited');
  });

  it('treats a promoter like the seller and opens the range one step further (S2-12)', () => {
    const seller = propose('platform', { category: 'piracy' });
    const promoter = propose('platform', { category: 'piracy', role: 'promoter' });
    expect(promoter.level).toBe(seller.level);
    expect(promoter.levels.max).toBe(seller.levels.max + 1);
    expect(codes(promoter)).toContain('role');
  });

  it('opens the range to the top where the content was disguised (S4-7)', () => {
    expect(propose('platform', { category: 'marketing-spam', evasion: true }).range.max).toBe(
      'account-closed',
    );
  });

  it('asks for law and house rule where law forbids the content (S4-12)', () => {
    expect(propose('platform').basisRequired).toEqual(['law', 'house']);
    expect(propose('employer', { category: 'abuse' }).basisRequired).toEqual(['house']);
  });

  it('proposes nothing where only people judge', () => {
    const proposal = propose('platform', { category: 'political-content', evasion: true, priors: repeat(5) });
    expect(proposal.proposed).toBe('no-measure');
    expect(codes(proposal)).toEqual(['human-decision-only']);
  });

  it('says so when there are no measures for a subject', () => {
    const { ladders, ...rest } = schedules.platform;
    const schedule = { ...rest, ladders: ladders.filter(({ subjectType }) => subjectType !== 'link') };
    expect(proposeMeasure(schedule, input({ subjectType: 'link' }))).toEqual({
      ok: false,
      code: 'no-ladder',
    });
  });
});

describe('earlier decisions', () => {
  it.each([
    ['2023-06-15', '2025-06-15', 2, true],
    ['2023-06-14', '2025-06-15', 2, false],
    ['2024-06-15', '2025-06-15', 1, true],
    ['2024-06-14', '2025-06-15', 1, false],
    ['2024-02-29', '2025-02-28', 1, true],
    ['2024-02-29', '2025-03-01', 1, false],
    ['2024-02-29', '2026-02-28', 2, true],
    ['2024-02-29', '2026-03-01', 2, false],
    ['2022-02-28', '2024-02-28', 2, true],
    ['2022-02-28', '2024-02-29', 2, false],
  ])('decided on %s, act on %s, window of %i years: %s', (decided, act, years, expected) => {
    expect(withinLookBack(at(decided), at(act), years)).toBe(expected);
    // The hour of the day is of no account at either end.
    expect(withinLookBack(at(decided, '00:00:00'), at(act, '23:59:59'), years)).toBe(expected);
    expect(withinLookBack(at(decided, '23:59:59'), at(act, '00:00:00'), years)).toBe(expected);
  });

  it('count by the calendar of China, not by that of the machine', () => {
    // 2023-06-14 23:30 UTC is already 15 June in China.
    expect(withinLookBack(Date.parse('2023-06-14T23:30:00Z'), at('2025-06-15'), 2)).toBe(true);
  });

  it.each<[string, Partial<PriorDecision>, boolean]>([
    ['final', {}, true],
    ['overturned', { status: 'overturned' }, false],
    ['refused by the second officer', { status: 'refused' }, false],
    ['awaiting approval', { status: 'awaiting-approval' }, false],
    ['no measure', { level: 0 }, false],
    ['decided after the act', { decidedAt: NOON + 1 }, false],
    ['decided at the instant of the act', { decidedAt: NOON }, true],
    ['outside the window', { decidedAt: at('2023-06-14') }, false],
    ['on the last day of the window', { decidedAt: at('2023-06-15') }, true],
  ])('%s', (_, change, counts) => {
    const proposal = propose('platform', { priors: [prior(change)] });
    expect(proposal.level).toBe(counts ? 4 : 3);
    expect(codes(proposal)).toContain(counts ? 'priors-counted' : 'priors-left-out');
  });

  it('look back two years for illegal content and one year otherwise, as the schedule says', () => {
    const old = [prior({ decidedAt: at('2023-12-01'), category: 'vulgar-content', severity: 2, level: 1 })];
    const proposal = propose('platform', { category: 'vulgar-content', priors: old });
    expect(proposal.proposed).toBe('content-removed');
    expect(proposal.reasons.find(({ code }) => code === 'priors-left-out')?.params).toMatchObject({
      outsideWindow: 1,
      years: 1,
    });
    const wider = {
      ...schedules.platform,
      lookBack: { ...schedules.platform.lookBack, harmful: 2 as const },
    };
    const result = proposeMeasure(wider, input({ category: 'vulgar-content', priors: old }));
    expect(result).toMatchObject({ proposal: { proposed: 'warning' } });
  });

  it('of another category only weigh when there are several', () => {
    const other = (count: number) =>
      propose('platform', { priors: repeat(count, { category: 'abuse', severity: 2 }) });
    expect(other(1).level).toBe(3);
    expect(other(2).level).toBe(3);
    expect(other(3).level).toBe(4);
  });

  it('do not count when the time of the act is not known', () => {
    const proposal = propose('platform', { priors: repeat(3), actAt: null });
    expect(proposal.proposed).toBe('functions-limited');
    expect(codes(proposal)).toContain('act-time-unknown');
  });
});

const anyInput = fc
  .record({
    subjectType: fc.constantFrom(...MeasureSubject.options),
    category: fc.constantFrom<CategoryId>(...CATEGORY_IDS),
    severity: fc.constantFrom(1, 2, 3, 4, 5) as fc.Arbitrary<1 | 2 | 3 | 4 | 5>,
    act: fc.constantFrom(...Act.options),
    role: fc.constantFrom(...PartyRole.options),
    evasion: fc.boolean(),
    reach: fc.option(fc.integer({ min: 0, max: 5000 }), { nil: null }),
    minors: fc.boolean(),
    actAt: fc.option(fc.integer({ min: at('2020-01-01'), max: at('2030-01-01') }), { nil: null }),
    priors: fc.array(
      fc.record({
        decidedAt: fc.integer({ min: at('2018-01-01'), max: at('2030-01-01') }),
        category: fc.constantFrom<CategoryId>(...CATEGORY_IDS),
        severity: fc.integer({ min: 1, max: 5 }),
        level: fc.integer({ min: 0, max: 5 }),
        status: fc.constantFrom(
          'final',
          'awaiting-approval',
          'refused',
          'overturned',
          'unproved',
        ) as fc.Arbitrary<PriorDecision['status']>,
      }),
      { maxLength: 6 },
    ),
  })
  .map((change) => input({ ...change, tier: categoryOf(change.category).tier }));

describe.each(PROFILES)('whatever the facts, the %s schedule', (profile) => {
  const schedule = schedules[profile];

  it('never proposes or offers to end somebody’s employment', () => {
    fc.assert(
      fc.property(anyInput, (facts) => {
        const result = proposeMeasure(schedule, facts);
        if (!result.ok) return;
        for (const { id, title } of result.proposal.options)
          expect(namesDismissal(`${id} ${title.zh} ${title.en}`)).toBe(false);
      }),
    );
  });

  it('proposes a measure of its own ladder inside the range, with known reasons', () => {
    fc.assert(
      fc.property(anyInput, (facts) => {
        const result = proposeMeasure(schedule, facts);
        expect(result.ok).toBe(true);
        if (!result.ok) return;
        const { proposal } = result;
        expect(MeasureProposal.safeParse(proposal).success).toBe(true);
        expect(proposal.options[proposal.level]?.id).toBe(proposal.proposed);
        expect(proposal.levels.min).toBeLessThanOrEqual(proposal.level);
        expect(proposal.level).toBeLessThanOrEqual(proposal.levels.max);
        expect(proposal.reasons.length).toBeGreaterThan(0);
        for (const { code } of proposal.reasons) expect(PROPOSAL_REASONS).toContain(code);
      }),
    );
  });

  it('never proposes a permanent measure without asking for the second officer', () => {
    fc.assert(
      fc.property(anyInput, (facts) => {
        const result = proposeMeasure(schedule, facts);
        if (!result.ok) return;
        const { options, level, needsSecondApproval } = result.proposal;
        if (options[level]?.permanent) expect(needsSecondApproval).toBe(true);
      }),
    );
  });

  it('never goes down because of one more final decision', () => {
    fc.assert(
      fc.property(anyInput, (facts) => {
        const before = proposeMeasure(schedule, facts);
        const more = [
          ...facts.priors,
          prior({ category: facts.category, decidedAt: (facts.actAt ?? NOON) - 1 }),
        ];
        const after = proposeMeasure(schedule, { ...facts, priors: more });
        if (before.ok && after.ok) expect(after.proposal.level).toBeGreaterThanOrEqual(before.proposal.level);
      }),
    );
  });

  it('rests on articles and clauses that exist', () => {
    const law = loadLawLibrary(read('law/articles.json'));
    const house = loadHouseRules(read('law/house-rules.json'));
    const references = [...schedule.measures.flatMap(({ basis }) => basis), ...schedule.lookBack.basis];
    for (const reference of references)
      expect(resolveBasis(reference, '2025-06-15', law, house), reference).not.toMatchObject({
        kind: 'dead',
      });
    for (const { id, basis } of schedule.measures) if (id !== 'no-measure') expect(basis, id).not.toEqual([]);
  });
});

describe('a schedule is refused', () => {
  const broken = (change: (schedule: PenaltySchedule) => void) => () => {
    const schedule = structuredClone(schedules.employer);
    change(schedule);
    return loadPenaltySchedule(schedule);
  };
  it.each<[string, (schedule: PenaltySchedule) => void]>([
    [
      'ends somebody',
      ({ measures }) => {
        (measures[1] as (typeof measures)[number]).title = { zh: '解除劳动合同', en: 'Contract ended' };
      },
    ],
    [
      'ends somebody',
      ({ measures }) => {
        (measures[1] as (typeof measures)[number]).title = { zh: '处分', en: 'Dismissal' };
      },
    ],
    [
      'needs a second approval',
      ({ measures }) => {
        (measures[1] as (typeof measures)[number]).permanent = true;
      },
    ],
    ['unknown measure', ({ ladders }) => ladders[0]?.steps.push({ measure: 'flogging', accompanying: [] })],
    ['level 0 is no-measure', ({ ladders }) => ladders[0]?.steps.shift()],
    ['above the ladder', ({ ladders }) => ladders[0]?.steps.splice(2)],
    ['two ladders', ({ ladders }) => ladders.push(...ladders.slice(0, 1))],
  ])('%s', (message, change) => {
    expect(broken(change)).toThrow(message);
  });
});
