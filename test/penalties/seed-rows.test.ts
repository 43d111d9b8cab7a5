/** What the source documents demand of penalties, row by row (S1-12, S2-1 to S2-12, S3-1, S4-4 to S4-12). */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { MeasureSubject } from '../../src/core/domain/case.ts';
import { categoryOf } from '../../src/core/domain/category.ts';
import { Profile } from '../../src/core/domain/workspace.ts';
import {
  ladderOf,
  loadPenaltySchedule,
  type PenaltySchedule,
} from '../../src/core/penalties/penalty-schedule.ts';
import {
  type PriorDecision,
  type ProposalInput,
  proposeMeasure,
} from '../../src/core/penalties/propose-measure.ts';

const read = (profile: string): unknown =>
  JSON.parse(
    readFileSync(new URL(`../../resources/penalty-schedules/${profile}.json`, import.meta.url), 'utf8'),
  );
const schedules = Object.fromEntries(
  Profile.options.map((profile) => [profile, loadPenaltySchedule(read(profile))]),
) as Record<Profile, PenaltySchedule>;

const day = (text: string, time = '12:00:00') => Date.parse(`${text}T${time}+08:00`);
const ACT = day('2025-06-15');

function propose(change: Partial<ProposalInput> = {}, profile: Profile = 'platform') {
  const category = change.category ?? 'contraband-goods';
  const { tier, severity } = categoryOf(category);
  const result = proposeMeasure(schedules[profile], {
    subjectType: 'personal-account',
    tier,
    severity,
    act: 'own-post',
    role: 'publisher',
    evasion: false,
    reach: null,
    minors: false,
    priors: [],
    actAt: ACT,
    ...change,
    category,
  });
  if (!result.ok) throw new Error(result.code);
  return result.proposal;
}

const prior = (at: number, change: Partial<PriorDecision> = {}): PriorDecision => ({
  decidedAt: at,
  category: 'contraband-goods',
  severity: 4,
  level: 2,
  status: 'final',
  ...change,
});
const ladder = (subjectType: MeasureSubject) => propose({ subjectType }).options.map(({ id }) => id);
const reason = (proposal: ReturnType<typeof propose>, code: string) =>
  proposal.reasons.find((one) => one.code === code)?.params;

describe('ladders', () => {
  it.each<[string, MeasureSubject, string[]]>([
    [
      'S1-12 warning, restriction, suspension of updates, closure',
      'public-account',
      ['no-measure', 'warning', 'publishing-limited', 'updates-suspended', 'public-account-closed'],
    ],
    [
      'S2-3 to S2-5 content and moments, warning, functions, closure',
      'personal-account',
      [
        'no-measure',
        'content-removed',
        'warning',
        'functions-limited',
        'publishing-suspended',
        'account-closed',
      ],
    ],
    ['S2-6 closure of the group', 'group', ['no-measure', 'group-warned', 'group-suspended', 'group-closed']],
    ['S2-7 blocked and announced', 'link', ['no-measure', 'link-blocked', 'link-blocked-announced']],
    [
      'S4-4 mini programs',
      'mini-program',
      ['no-measure', 'warning', 'publishing-limited', 'updates-suspended', 'mini-program-closed'],
    ],
    [
      'S4-4 video accounts',
      'video-account',
      ['no-measure', 'warning', 'publishing-limited', 'updates-suspended', 'video-account-closed'],
    ],
  ])('%s', (_, subjectType, steps) => expect(ladder(subjectType)).toEqual(steps));

  it.each(Profile.options)('every kind of subject has one in the schedule of a %s', (profile) => {
    for (const subjectType of MeasureSubject.options)
      expect(ladderOf(schedules[profile], subjectType, '2025-06-15'), subjectType).not.toBeNull();
  });

  it('follow the version of the law or agreement that held on the day of the act', () => {
    const data = read('platform') as PenaltySchedule;
    const now = data.ladders.find(({ subjectType }) => subjectType === 'public-account');
    if (!now) throw new Error('no ladder');
    now.from = '2021-02-22';
    data.ladders.push({ ...now, until: '2021-02-22', steps: now.steps.slice(0, 4), base: flat(3) });
    delete data.ladders.at(-1)?.from;
    const schedule = loadPenaltySchedule(data);
    const steps = (on: string | null) => ladderOf(schedule, 'public-account', on)?.steps.length;
    expect(['2021-02-21', '2021-02-22', null].map(steps)).toEqual([4, 5, 5]);
    data.ladders.at(-1)?.until && Object.assign(data.ladders.at(-1) ?? {}, { until: '2021-02-23' });
    expect(() => loadPenaltySchedule(data)).toThrow('two ladders for public-account');
  });
});

function flat(level: number): PenaltySchedule['ladders'][number]['base'] {
  const start = { level: 1, min: 0, max: level };
  const starts = [start, start, start, start, start] as [
    typeof start,
    typeof start,
    typeof start,
    typeof start,
    typeof start,
  ];
  return { illegal: starts, harmful: starts, 'house-rule': starts };
}

describe('inputs', () => {
  it('S2-1 quoting is not saying: a quote is proposed one level lower than a post', () => {
    expect(propose({ act: 'quote' }).level).toBe(propose().level - 1);
    expect(propose({ act: 'display' }).level).toBe(propose().level);
  });

  it('S2-8 severity moves the proposal, and never down', () => {
    const levels = ([1, 2, 3, 4, 5] as const).map((severity) => propose({ severity }).level);
    expect(levels).toEqual([...levels].sort((a, b) => a - b));
    expect(levels[4]).toBeGreaterThan(levels[0] ?? 0);
  });

  it('S2-12 the promoter is measured like the seller', () => {
    const promoter = propose({ role: 'promoter' });
    expect(promoter.level).toBe(propose().level);
    expect(promoter.levels.max).toBeGreaterThanOrEqual(propose().levels.max);
  });

  it('S3-1 the owner of a group has a ladder of their own role', () => {
    expect(propose({ subjectType: 'group', role: 'owner' }).proposed).not.toBe('no-measure');
  });

  it('S4-7 an evasion trace raises by one level and opens the range to the top', () => {
    const [plain, hidden] = [propose({ severity: 2 }), propose({ severity: 2, evasion: true })];
    expect(hidden.level).toBe(plain.level + 1);
    expect(hidden.range.max).toBe('account-closed');
  });

  it('minors raise by one level', () => {
    expect(propose({ severity: 2, minors: true }).level).toBe(propose({ severity: 2 }).level + 1);
  });

  it.each([
    [null, 0, undefined],
    [199, 0, undefined],
    [200, 0, 200],
    [999, 0, 200],
    [1000, 1, 1000],
    [50_000, 1, 1000],
  ])('reach of %s raises by %i', (reach, raised, atLeast) => {
    const proposal = propose({ severity: 2, reach });
    expect(proposal.level).toBe(propose({ severity: 2 }).level + raised);
    expect(reason(proposal, 'reach')?.atLeast).toBe(atLeast);
  });
});

describe('S4-6 repeated acts', () => {
  it('a third treated repetition leads to closure', () => {
    const priors = [1, 2, 3].map((month) => prior(day(`2025-0${month}-01`)));
    const proposal = propose({ priors });
    expect(proposal.proposed).toBe('account-closed');
    expect(proposal.needsSecondApproval).toBe(true);
  });

  // Two years for what the law forbids, one year for house rules; the last day still counts.
  it.each([
    ['contraband-goods', '2023-06-15', true],
    ['contraband-goods', '2023-06-14', false],
    ['abuse', '2024-06-15', true],
    ['abuse', '2024-06-14', false],
    ['scandal-hype', '2024-06-15', true],
    ['scandal-hype', '2024-06-14', false],
  ] as const)('%s decided on %s counts: %s', (category, decided, counts) => {
    for (const profile of Profile.options) {
      const proposal = propose({ category, priors: [prior(day(decided), { category })] }, profile);
      expect(reason(proposal, 'priors-counted') !== undefined, profile).toBe(counts);
    }
  });

  it.each([
    ['2024-02-29', '2025-02-28', true],
    ['2024-02-29', '2025-03-01', false],
  ])('a year from %s, act on %s: %s', (decided, act, counts) => {
    const proposal = propose({
      category: 'abuse',
      actAt: day(act, '00:00:00'),
      priors: [prior(day(decided, '23:59:59'), { category: 'abuse' })],
    });
    expect(reason(proposal, 'priors-counted') !== undefined).toBe(counts);
  });

  it.each([
    ['overturned', 'overturned'],
    ['unproved', 'unproved'],
    ['refused', 'notFinal'],
    ['awaiting-approval', 'notFinal'],
  ] as const)('%s findings never count', (status, cause) => {
    const proposal = propose({ priors: [prior(day('2025-05-01'), { status })] });
    expect(proposal.level).toBe(propose().level);
    expect(reason(proposal, 'priors-left-out')).toMatchObject({ [cause]: 1 });
  });

  it('a decision made after the act does not count, one made at its very moment does', () => {
    const counted = (at: number) => reason(propose({ priors: [prior(at)] }), 'priors-counted') !== undefined;
    expect([counted(ACT), counted(ACT + 1)]).toEqual([true, false]);
  });
});

describe('guards', () => {
  it('S2-5 every permanent measure of every schedule needs a second officer', () => {
    for (const { measures } of Object.values(schedules))
      for (const measure of measures)
        if (measure.permanent) expect(measure.needsSecondApproval, measure.id).toBe(true);
  });

  it('S4-12 what the law forbids asks for law and agreement, in every schedule', () => {
    for (const profile of Profile.options)
      expect(propose({}, profile).basisRequired, profile).toEqual(['law', 'house']);
  });

  it('S0-5, S4-1 nothing is proposed where only people judge', () => {
    for (const category of ['political-content', 'historical-nihilism'] as const)
      expect(propose({ category, severity: 5 }).proposed).toBe('no-measure');
  });
});
