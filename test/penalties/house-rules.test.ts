import { afterEach, describe, expect, it } from 'vitest';
import { openCase } from '../../src/core/app/cases/cases.ts';
import { proposeDecision, recordDecision } from '../../src/core/app/cases/decisions.ts';
import {
  adoptHouseRules,
  endRules,
  houseReceipts,
  listHouseRules,
  receiveHouseRules,
} from '../../src/core/app/detection/house-rules.ts';
import type { Session } from '../../src/core/app/session.ts';
import { type CaseWorkspace, caseWorkspace } from '../builders/case-workspace.ts';

const failing = (code: string) => expect.objectContaining({ code });
const adoption = { way: 'staff-consultation', on: '2025-12-01', proof: '职代会决议' } as const;
const rules = { title: '群规', version: '2', effectiveFrom: '2026-01-01', clauses: [], adoption };

let w: CaseWorkspace;
afterEach(() => w.close());

/** The second officer's session: a manager. */
const manager = (): Session => ({ ...w.session, officer: w.second });

function caseOf(daysAgo = 5) {
  w.tell([{ by: '张伟', text: '滚开', daysAgo }]);
  const hitIds = w.find([{ on: 0, category: 'abuse' }]);
  w.confirm(hitIds);
  const { summary, parties } = openCase(w.desk, { hitIds });
  return { caseId: summary.id, partyId: parties[0]?.id ?? '' };
}

describe('house rules', () => {
  it('prove a decision once they are adopted and received', () => {
    w = caseWorkspace({ profile: 'employer', withoutRules: true });
    const of = caseOf();
    const gaps = () => proposeDecision(w.desk, of).basis?.missing;
    expect(gaps()).toEqual(['house-rules']);
    const { id } = adoptHouseRules(manager(), rules);
    expect(gaps()).toEqual(['receipt']);
    const accountIds = [w.accountId('张伟')];
    receiveHouseRules(w.session, { rulesId: id, accountIds, on: '2026-01-03', proof: '签收表第3页' });
    expect(gaps()).toEqual([]);
    expect(houseReceipts(w.session, { rulesId: id })).toMatchObject([{ account: '张伟', on: '2026-01-03' }]);
    expect(w.brokenSeals()).toEqual([]);
  });

  it('an unproved decision is marked, signed as such, and never counts later', () => {
    w = caseWorkspace({ profile: 'employer', withoutRules: true });
    const first = caseOf();
    const { proposed } = proposeDecision(w.desk, first);
    const decision = recordDecision(w.desk, {
      ...first,
      measure: proposed,
      deviationReason: '',
      facts: '在群内辱骂',
    });
    expect(decision.proposal.basis).toMatchObject({ proved: false, missing: ['house-rules'] });
    const { reasons } = proposeDecision(w.desk, caseOf(-30));
    expect(reasons.find(({ code }) => code === 'priors-left-out')?.params).toMatchObject({ unproved: 1 });
  });

  it('a person receives a version once', () => {
    w = caseWorkspace({ profile: 'employer', withoutRules: true });
    w.tell([{ by: '张伟', text: '好' }]);
    const { id } = adoptHouseRules(manager(), rules);
    const given = { rulesId: id, accountIds: [w.accountId('张伟')], proof: '签收' };
    receiveHouseRules(w.session, { ...given, on: '2026-01-03' });
    expect(receiveHouseRules(w.session, { ...given, on: '2026-02-03' })).toMatchObject([
      { on: '2026-01-03' },
    ]);
    expect(listHouseRules(w.session)).toMatchObject([{ version: '2', receipts: 1 }]);
  });

  it('end on a day, once, after they took effect', () => {
    w = caseWorkspace({ profile: 'employer', withoutRules: true });
    const { id } = adoptHouseRules(manager(), rules);
    expect(() => endRules(manager(), { rulesId: id, endedOn: '2026-01-01' })).toThrow(
      failing('invalid-input'),
    );
    expect(endRules(manager(), { rulesId: id, endedOn: '2026-02-01' })).toMatchObject({
      endedOn: '2026-02-01',
    });
    expect(() => endRules(manager(), { rulesId: id, endedOn: '2026-03-01' })).toThrow(failing('conflict'));
    expect(proposeDecision(w.desk, caseOf(5)).basis?.missing).toEqual(['house-rules']);
  });

  it.each([
    ['a clause nobody knows', { clauses: ['no-such-clause'] }, 'invalid-input'],
    ['the same version again', {}, 'conflict'],
  ])('refuse %s', (_, change, code) => {
    w = caseWorkspace({ profile: 'employer', withoutRules: true });
    adoptHouseRules(manager(), rules);
    expect(() => adoptHouseRules(manager(), { ...rules, ...change })).toThrow(failing(code));
  });

  it('are adopted by a manager, legal or an administrator', () => {
    w = caseWorkspace({ profile: 'employer' });
    const officer = { ...w.session, officer: { ...w.session.officer, role: 'officer' as const } };
    expect(() => adoptHouseRules(officer, rules)).toThrow(failing('not-allowed'));
  });
});
