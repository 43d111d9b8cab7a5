import { describe, expect, it } from 'vitest';
import {
  type BasisInput,
  proveBasis,
  type RulesInForce,
  rulesInForce,
} from '../../src/core/penalties/basis-proof.ts';

const version = (change: Partial<RulesInForce> = {}): RulesInForce => ({
  id: 'v1',
  title: '办法',
  version: '1',
  effectiveFrom: '2025-01-01',
  endedOn: null,
  clauses: [],
  adopted: true,
  ...change,
});
const input = (change: Partial<BasisInput> = {}): BasisInput => ({
  tier: 'house-rule',
  required: ['house'],
  references: ['house:wg-civil-language'],
  day: '2025-06-15',
  subjectType: 'staff-member',
  versions: [version()],
  receivedOn: () => '2025-01-05',
  ...change,
});
const missing = (change: Partial<BasisInput>) => proveBasis(input(change)).missing;

describe('a decision under house rules', () => {
  it('is proved by the version in force, its adoption and the receipt', () => {
    expect(proveBasis(input())).toEqual({
      required: ['house'],
      rules: { id: 'v1', title: '办法', version: '1', effectiveFrom: '2025-01-01' },
      receivedOn: '2025-01-05',
      missing: [],
      proved: true,
    });
  });

  it.each<[string, Partial<BasisInput>, string[]]>([
    ['no version in force', { versions: [] }, ['house-rules']],
    ['rules of a later day', { versions: [version({ effectiveFrom: '2025-06-16' })] }, ['house-rules']],
    ['rules that ended that day', { versions: [version({ endedOn: '2025-06-15' })] }, ['house-rules']],
    ['rules without this clause', { versions: [version({ clauses: ['wg-privacy'] })] }, ['house-rules']],
    ['no proof of adoption', { versions: [version({ adopted: false })] }, ['adoption']],
    ['no receipt', { receivedOn: () => null }, ['receipt']],
    ['a receipt after the act', { receivedOn: () => '2025-06-16' }, ['receipt']],
    ['no clause cited', { references: ['law:csl-2016-47'] }, ['clause']],
    ['an act of unknown time', { day: null }, ['act-time']],
  ])('is unproved with %s', (_, change, gaps) => {
    const proof = proveBasis(input(change));
    expect(proof.missing).toEqual(gaps);
    expect(proof.proved).toBe(false);
  });

  it.each(['2025-06-15', '2025-06-14'])('takes a receipt of %s', (on) => {
    expect(missing({ receivedOn: () => on })).toEqual([]);
  });

  it('takes rules that begin on the day of the act or end the day after', () => {
    expect(missing({ versions: [version({ effectiveFrom: '2025-06-15', endedOn: '2025-06-16' })] })).toEqual(
      [],
    );
  });

  it('asks groups and links for no receipt', () => {
    for (const subjectType of ['group', 'link'] as const)
      expect(missing({ subjectType, receivedOn: () => null })).toEqual([]);
  });
});

describe('a decision about what the law forbids', () => {
  const illegal = {
    tier: 'illegal',
    required: ['law', 'house'],
    versions: [],
    receivedOn: () => null,
  } as const;
  it.each([
    [['law:csl-2016-47', 'house:pl-contraband'], []],
    [['law:csl-2016-47'], ['clause']],
    [['house:pl-contraband'], ['law']],
    [[], ['law', 'clause']],
  ])('citing %j lacks %j', (references, gaps) => {
    expect(missing({ ...illegal, references })).toEqual(gaps);
  });
});

it('of several versions the latest to take effect holds', () => {
  const versions = [
    version({ id: 'a', effectiveFrom: '2024-01-01' }),
    version({ id: 'b', effectiveFrom: '2025-03-01' }),
    version({ id: 'c', effectiveFrom: '2026-01-01' }),
  ];
  const on = (day: string) => rulesInForce(versions, day, [])?.id ?? null;
  expect(['2023-12-31', '2024-01-01', '2025-02-28', '2025-03-01', '2026-01-01'].map(on)).toEqual([
    null,
    'a',
    'a',
    'b',
    'c',
  ]);
});
