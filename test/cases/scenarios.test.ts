/**
 * Four cases from the first finding to the end, as officers carry them. Each leaves a complete timeline,
 * no measure and no appeal owed, every seal whole and an unbroken audit chain.
 */
import { afterEach, describe, expect, it } from 'vitest';
import { decideAppeal, lodgeAppeal } from '../../src/core/app/cases/appeals.ts';
import { addParty, closeCase, getCase, openCase } from '../../src/core/app/cases/cases.ts';
import { approveDecision, proposeDecision, recordDecision } from '../../src/core/app/cases/decisions.ts';
import { putPartyHearing } from '../../src/core/app/cases/hearings.ts';
import { approveBatch, recordBatch } from '../../src/core/app/cases/measure-batches.ts';
import {
  executeMeasures,
  instructMeasures,
  listMeasures,
  restoreMeasures,
  verifyMeasures,
} from '../../src/core/app/cases/measures.ts';
import { convertLead, receiveLead, replyToReporter } from '../../src/core/app/review/leads.ts';
import { createOfficer } from '../../src/core/app/workspace.ts';
import { CHECKS, runCheck } from '../../src/core/storage/check/check.ts';
import { type CaseWorkspace, caseWorkspace, SECOND_PASSPHRASE } from '../builders/case-workspace.ts';

const DAY = 86_400_000;

let w: CaseWorkspace;
afterEach(() => w.close());

const now = () => w.session.environment.now();
const owed = (caseId: string) => getCase(w.desk, { caseId }).owes;
const measuresOf = (caseId: string) => listMeasures(w.desk, { caseId, limit: 500 }).rows;
const types = (caseId: string) => getCase(w.desk, { caseId }).timeline.map(({ type }) => type);

/** Carries every measure of a case out and verifies it. */
function carryOut(caseId: string, proof = '工单') {
  const ids = measuresOf(caseId)
    .filter(({ owed: next }) => next === 'instruct')
    .map(({ id }) => id);
  instructMeasures(w.desk, { measureIds: ids, to: '运营部', dueAt: now() + DAY });
  executeMeasures(w.desk, { measureIds: ids, at: now(), by: '王工', proof });
  verifyMeasures(w.desk, { measureIds: ids, note: '' });
}

function heard(caseId: string, partyId: string) {
  putPartyHearing(w.desk, {
    caseId,
    partyId,
    invitation: { at: now(), how: '站内信', due: now() + 3 * DAY },
  });
  putPartyHearing(w.desk, { caseId, partyId, authorship: { says: 'confirmed', note: '' } });
  putPartyHearing(w.desk, { caseId, partyId, answer: { at: now(), text: '承认，愿意改正' } });
}

/** What the case leaves behind: nothing owed of measures and appeals, seals and chain whole. */
function leavesNothing(caseId: string) {
  expect(owed(caseId)).toMatchObject({ measures: 0, appeals: 0, unheard: [] });
  const failures = CHECKS.filter(({ name }) =>
    ['rows', 'audit-chain', 'derived-values'].includes(name),
  ).flatMap((check) => {
    const steps = runCheck(check, w.session.workspace.store);
    let step = steps.next();
    while (!step.done) step = steps.next();
    return step.value.failures;
  });
  expect(failures).toEqual([]);
}

describe('a seller of contraband and a promoter in a trade group (platform)', () => {
  it('both answer, each with their own decision; the reporter is told', () => {
    w = caseWorkspace({ profile: 'platform' });
    w.tell([
      { by: '张伟', text: '出货，硬的二百六' },
      { by: '李娜', text: '质量好，大家找他' },
    ]);
    const hitIds = w.find([
      { on: 0, category: 'contraband-goods', transforms: ['symbols'] },
      { on: 1, category: 'contraband-goods', severity: 3 },
    ]);
    w.confirm(hitIds);
    const lead = receiveLead(w.desk, {
      source: 'user-report',
      receivedAt: now(),
      reporter: '热心用户',
      contact: '',
      target: '二手交易群',
      text: '群里卖烟',
      hitIds,
    });
    const caseId = convertLead(w.desk, { leadId: lead.id }).caseId ?? '';
    const parties = getCase(w.desk, { caseId }).parties;
    expect(parties.map(({ name }) => name)).toEqual(['张伟', '李娜']);
    for (const { id } of parties) {
      heard(caseId, id);
      const { proposed, reasons } = proposeDecision(w.desk, { caseId, partyId: id });
      if (id === parties[0]?.id) expect(reasons.some(({ code }) => code === 'evasion')).toBe(true);
      recordDecision(w.desk, {
        caseId,
        partyId: id,
        measure: proposed,
        deviationReason: '',
        facts: '群内交易违禁烟草',
      });
    }
    carryOut(caseId);
    // Measures that end are restored when their time is over.
    w.wait(400 * DAY);
    const ended = measuresOf(caseId).filter(({ owed: next }) => next === 'restore');
    expect(ended.length).toBeGreaterThan(0);
    restoreMeasures(w.desk, { measureIds: ended.map(({ id }) => id), at: now(), proof: '到期恢复' });
    replyToReporter(w.desk, { leadId: lead.id, reply: '已处置，感谢举报' });
    const { duties, summary } = getCase(w.desk, { caseId });
    expect(summary.state).toBe('decided');
    expect(duties.length).toBeGreaterThan(0);
    expect(types(caseId)).toEqual(
      expect.arrayContaining(['lead.converted', 'hearing.changed', 'decision.recorded', 'measure.restored']),
    );
    leavesNothing(caseId);
  });
});

describe('a quarrel in a work group (employer)', () => {
  function quarrel(daysAgo: number) {
    w.tell([{ by: '张伟', text: '滚开', daysAgo }]);
    const hitIds = w.find([{ on: 0, category: 'abuse' }]);
    w.confirm(hitIds);
    const { summary, parties } = openCase(w.desk, { hitIds });
    const of = { caseId: summary.id, partyId: parties[0]?.id ?? '' };
    heard(of.caseId, of.partyId);
    const { proposed } = proposeDecision(w.desk, of);
    recordDecision(w.desk, { ...of, measure: proposed, deviationReason: '', facts: '在工作群辱骂同事' });
    carryOut(of.caseId);
    closeCase(w.desk, { caseId: of.caseId, reason: '已提醒' });
    leavesNothing(of.caseId);
    return { caseId: of.caseId, proposed };
  }

  it.each([
    ['inside the window', 200, 'written-warning'],
    ['outside the window', 400, 'reminder'],
  ])('is settled by a reminder; repeated %s it is measured anew', (_, later, expected) => {
    w = caseWorkspace({ profile: 'employer' });
    const first = quarrel(5);
    expect(first.proposed).toBe('reminder');
    w.wait(later * DAY);
    expect(quarrel(5 - later).proposed).toBe(expected);
    expect(getCase(w.desk, { caseId: first.caseId }).summary.state).toBe('closed');
  });
});

describe('a batch of 300 links, blocked and announced (platform)', () => {
  it('one decision, one approval, 300 proofs', () => {
    w = caseWorkspace({ profile: 'platform' });
    w.tell([{ by: '张伟', text: '商城 https://shop.test/a' }]);
    const hitIds = w.find([{ on: 0, category: 'contraband-goods' }]);
    w.confirm(hitIds);
    const { summary, parties } = openCase(w.desk, { hitIds });
    const caseId = summary.id;
    putPartyHearing(w.desk, { caseId, partyId: parties[0]?.id ?? '', notInvitedReason: '账号已注销' });
    putPartyHearing(w.desk, {
      caseId,
      partyId: parties[0]?.id ?? '',
      authorship: { says: 'no-answer', note: '' },
    });
    const [batch] = recordBatch(w.desk, {
      caseId,
      subjectType: 'link',
      measure: 'link-blocked-announced',
      deviationReason: '',
      facts: '同一违禁品商城的镜像链接',
      items: Array.from({ length: 300 }, (_, n) => ({ target: `https://shop-${n}.test` })),
    });
    approveBatch(w.desk, {
      batchId: batch?.id ?? '',
      officerId: w.second.id,
      passphrase: SECOND_PASSPHRASE,
      approved: true,
      note: '',
    });
    carryOut(caseId, '公告 2026-03');
    expect(
      measuresOf(caseId).filter(({ state, proof }) => state === 'verified' && proof === '公告 2026-03'),
    ).toHaveLength(300);
    leavesNothing(caseId);
  });
});

describe('a closure by two officers, appealed and reduced (platform)', () => {
  it('lifts the closure at once and leaves the lower measure', () => {
    w = caseWorkspace({ profile: 'platform' });
    const third = createOfficer(w.session, {
      name: '何平',
      role: 'legal',
      passphrase: 'third officer passphrase',
    });
    w.tell([
      { by: '张伟', text: '出货' },
      { by: '李娜', text: '收到' },
    ]);
    const hitIds = w.find([{ on: 0, category: 'contraband-goods' }]);
    w.confirm(hitIds);
    const { summary, parties } = openCase(w.desk, { hitIds });
    const of = { caseId: summary.id, partyId: parties[0]?.id ?? '' };
    addParty(w.desk, {
      caseId: of.caseId,
      role: 'witness',
      subjectType: 'personal-account',
      accountId: w.accountId('李娜'),
    });
    heard(of.caseId, of.partyId);
    const decision = recordDecision(w.desk, {
      ...of,
      measure: 'account-closed',
      deviationReason: '数量巨大',
      facts: '出售违禁烟草',
    });
    approveDecision(w.desk, {
      decisionId: decision.id,
      officerId: w.second.id,
      passphrase: SECOND_PASSPHRASE,
      approved: true,
      note: '同意',
    });
    carryOut(of.caseId, '封禁截图');
    const [appeal] = lodgeAppeal(w.desk, {
      decisionId: decision.id,
      lodgedAt: now(),
      lodgedBy: '张伟',
      grounds: '系初犯，数量很少',
    });
    decideAppeal(w.desk, {
      appealId: appeal?.id ?? '',
      officerId: third.id,
      passphrase: 'third officer passphrase',
      outcome: 'reduced',
      measure: 'warning',
      reason: '数量认定有误',
    });
    const restore = measuresOf(of.caseId).filter(({ owed: next }) => next === 'restore');
    expect(restore.map(({ measure }) => measure)).toEqual(['account-closed']);
    restoreMeasures(w.desk, { measureIds: restore.map(({ id }) => id), at: now(), proof: '解封工单' });
    carryOut(of.caseId);
    expect(types(of.caseId)).toEqual(
      expect.arrayContaining([
        'decision.approved',
        'appeal.lodged',
        'appeal.reduced',
        'measure.ended-by-appeal',
      ]),
    );
    leavesNothing(of.caseId);
  });
});
