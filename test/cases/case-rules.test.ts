import { describe, expect, it } from 'vitest';
import { type CaseAct, mayDo, stateOfDecisions } from '../../src/core/cases/case-state.ts';
import { caseTitle } from '../../src/core/cases/case-title.ts';
import { basisAt } from '../../src/core/cases/decision-basis.ts';
import { gravest } from '../../src/core/cases/gravity.ts';
import { partySubject } from '../../src/core/cases/party-subject.ts';
import type { CaseState, Decision } from '../../src/core/domain/case.ts';
import type { Profile } from '../../src/core/domain/workspace.ts';
import { loadLawLibrary } from '../../src/core/law/law-library.ts';

describe('the state of a case', () => {
  it.each<[(Decision['state'] | null)[], CaseState]>([
    [[], 'open'],
    [[null], 'open'],
    [['final'], 'decided'],
    [['final', null], 'open'],
    [['final', 'final'], 'decided'],
    [['awaiting-approval'], 'awaiting-approval'],
    [['awaiting-approval', 'final'], 'awaiting-approval'],
    [['awaiting-approval', 'refused'], 'awaiting-approval'],
    [['awaiting-approval', null], 'awaiting-approval'],
    [['refused'], 'open'],
    [['refused', 'final'], 'open'],
  ])('with parties decided as %j is %s', (latest, state) => {
    expect(stateOfDecisions(latest)).toBe(state);
  });

  it.each<[CaseState, CaseAct[]]>([
    ['open', ['add', 'take-out', 'decide', 'close']],
    ['awaiting-approval', ['add', 'decide']],
    ['decided', ['add', 'take-out', 'decide', 'close']],
    ['closed', ['reopen']],
  ])('%s allows %j and nothing else', (state, acts) => {
    const every: CaseAct[] = ['add', 'take-out', 'decide', 'close', 'reopen'];
    expect(every.filter((act) => mayDo(state, act))).toEqual(acts);
  });
});

describe('a first title', () => {
  it.each([
    [['gambling'], ['张伟'], '赌博 · 张伟'],
    [['gambling', 'gambling', 'fraud'], ['张伟', '李娜'], '赌博、诈骗 · 张伟、李娜'],
    [['gambling', 'fraud', 'drugs'], ['甲', '乙', '丙'], '赌博、诈骗等3类 · 甲、乙等3人'],
    [[], ['张伟'], '张伟'],
    [['abuse'], [], '辱骂攻击'],
    [[], [], '案卷'],
  ] as const)('of %j and %j is %s', (categories, names, title) => {
    expect(caseTitle(categories, names)).toBe(title);
  });
});

describe('the gravest of several findings', () => {
  const finding = (tier: 'illegal' | 'harmful' | 'house-rule', severity: number, sentAt: number | null) => ({
    category: 'gambling' as const,
    tier,
    severity,
    sentAt,
  });
  it.each([
    ['the tier counts before severity', finding('illegal', 1, 0), finding('house-rule', 5, 9)],
    ['severity counts before time', finding('harmful', 3, 0), finding('harmful', 2, 9)],
    ['among equals the latest act', finding('harmful', 2, 9), finding('harmful', 2, 1)],
    ['a known time before none', finding('harmful', 2, 1), finding('harmful', 2, null)],
  ])('%s', (_, graver, other) => {
    expect(gravest([other, graver])).toBe(graver);
    expect(gravest([graver, other])).toBe(graver);
  });

  it('is null where there are none', () => {
    expect(gravest([])).toBeNull();
  });
});

describe('as what an account becomes a party', () => {
  const external = `wm${'a'.repeat(30)}`;
  it.each<[Profile, Parameters<typeof partySubject>[1], string]>([
    ['employer', { platform: 'wecom', platformId: 'zhangwei', listed: false }, 'staff-member'],
    ['employer', { platform: 'wecom', platformId: 'wobing', listed: false }, 'staff-member'],
    ['employer', { platform: 'wecom', platformId: external, listed: true }, 'personal-account'],
    ['employer', { platform: 'wecom', platformId: null, listed: false }, 'personal-account'],
    ['employer', { platform: 'whatsapp', platformId: null, listed: true }, 'staff-member'],
    ['employer', { platform: 'whatsapp', platformId: '+8613800000000', listed: false }, 'personal-account'],
    ['group-owner', { platform: 'wechat', platformId: 'wxid_1', listed: true }, 'staff-member'],
    ['platform', { platform: 'wecom', platformId: 'zhangwei', listed: true }, 'personal-account'],
    ['account-operator', { platform: 'wechat', platformId: 'wxid_1', listed: true }, 'personal-account'],
  ])('%s, %j: %s', (profile, account, subject) => {
    expect(partySubject(profile, account)).toBe(subject);
  });
});

describe('the basis on the day of an act', () => {
  const bilingual = { zh: '法', en: 'Law' };
  const article = (id: string, effectiveFrom: string, ended: object | null) => ({
    id,
    law: bilingual,
    article: '1',
    summary: bilingual,
    effectiveFrom,
    ended,
    verification: 'V',
    numberVerification: 'V',
    datesVerification: 'V',
  });
  const law = loadLawLibrary({
    version: '1',
    articles: [
      article('old-47', '2017-06-01', { on: '2026-01-01', how: 'renumbered', successor: 'new-49' }),
      article('new-49', '2026-01-01', null),
      article('gone-1', '2010-01-01', { on: '2020-01-01', how: 'repealed', successor: null }),
    ],
  });
  const at = (day: string) => Date.parse(`${day}T12:00:00+08:00`);
  it.each([
    ['the version that held then', ['law:old-47'], at('2026-01-01'), ['law:new-49']],
    ['the version before a change', ['law:new-49'], at('2025-12-31'), ['law:old-47']],
    ['an id without its prefix', ['old-47'], at('2026-03-01'), ['law:new-49']],
    ['an ended article as it was cited', ['law:gone-1'], at('2026-03-01'), ['law:gone-1']],
    [
      'words and clauses as written',
      ['反电信网络诈骗法', 'house:wg-lawful'],
      at('2026-03-01'),
      ['反电信网络诈骗法', 'house:wg-lawful'],
    ],
    ['each once', ['law:old-47', 'law:new-49'], at('2026-03-01'), ['law:new-49']],
    ['as cited where the time is unknown', ['law:new-49'], null, ['law:new-49']],
  ] as const)('%s', (_, references, day, expected) => {
    expect(basisAt(references, day, law)).toEqual(expected);
  });
});
