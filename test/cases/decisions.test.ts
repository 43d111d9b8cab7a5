import { createPublicKey, verify } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { addParty, closeCase, getCase, openCase } from '../../src/core/app/cases/cases.ts';
import { approveDecision, proposeDecision, recordDecision } from '../../src/core/app/cases/decisions.ts';
import { deactivateOfficer } from '../../src/core/app/workspace.ts';
import { Decision, MeasureProposal } from '../../src/core/domain/case.ts';
import type { Profile } from '../../src/core/domain/workspace.ts';
import { approvalText, decisionText } from '../../src/core/evidence/decision-signature.ts';
import { publicKeyPem } from '../../src/core/storage/officers.ts';
import {
  type CaseWorkspace,
  caseWorkspace,
  type Found,
  PASSPHRASE,
  type Said,
  SECOND_PASSPHRASE,
} from '../builders/case-workspace.ts';

const failing = (code: string) => expect.objectContaining({ code });
const FACTS = '在群内发布';

let w: CaseWorkspace;
afterEach(() => w.close());

function start(profile: Profile): void {
  w = caseWorkspace({ profile });
}

/** A case about what was found on messages that were said. */
function caseOf(said: Said[], ...found: Found[]) {
  w.tell(said);
  const hitIds = w.find(found);
  w.confirm(hitIds);
  const { summary, parties } = openCase(w.desk, { hitIds });
  return { caseId: summary.id, partyId: parties[0]?.id ?? '', parties };
}

const gambling = (daysAgo = 10): [Said[], Found] => [
  [{ by: '张伟', text: '上岸平台稳赚', daysAgo }],
  { on: 0, category: 'gambling' },
];

/** Decides as proposed; answers the decision. */
function decide(of: { caseId: string; partyId: string }, measure?: string) {
  const { proposed } = proposeDecision(w.desk, of);
  const chosen = measure ?? proposed;
  return recordDecision(w.desk, {
    ...of,
    measure: chosen,
    deviationReason: chosen === proposed ? '' : '情节所致',
    facts: FACTS,
  });
}

const propose = (of: { caseId: string; partyId: string }) => proposeDecision(w.desk, of);
const codes = (proposal: MeasureProposal) => proposal.reasons.map(({ code }) => code);
describe('a proposal', () => {
  it('follows the schedule of the profile', () => {
    start('employer');
    const of = caseOf(...gambling());
    const proposal = proposeDecision(w.desk, of);
    expect(MeasureProposal.safeParse(proposal).success).toBe(true);
    expect(proposal).toMatchObject({
      schedule: { id: 'employer' },
      subjectType: 'staff-member',
      proposed: 'removed-from-group',
      needsSecondApproval: false,
    });
    expect(codes(proposal)).toContain('priors-none');
  });

  it('looks at the gravest hit of the party, not of others', () => {
    start('employer');
    w.tell([
      { by: '张伟', text: '滚' },
      { by: '李娜', text: '卖货' },
      { by: '张伟', text: '闭嘴' },
    ]);
    const hitIds = w.find([
      { on: 0, category: 'off-topic' },
      { on: 1, category: 'drugs' },
      { on: 2, category: 'abuse' },
    ]);
    w.confirm(hitIds);
    const { summary, parties } = openCase(w.desk, { hitIds });
    const bases = parties.map(
      ({ id }) => proposeDecision(w.desk, { caseId: summary.id, partyId: id }).reasons[0]?.params,
    );
    expect(bases).toMatchObject([
      { tier: 'house-rule', severity: 2 },
      { tier: 'illegal', severity: 5 },
    ]);
  });

  it('measures a group by what was said in it, and a promoter by the whole case', () => {
    start('platform');
    const { caseId } = caseOf(
      [
        { by: '张伟', text: '出货' },
        { by: '李娜', text: '大家支持' },
      ],
      { on: 0, category: 'drugs' },
    );
    addParty(w.desk, {
      caseId,
      role: 'promoter',
      subjectType: 'personal-account',
      accountId: w.accountId('李娜'),
    });
    const { parties } = addParty(w.desk, {
      caseId,
      role: 'owner',
      subjectType: 'group',
      conversationId: w.conversationId(),
    });
    const [, promoter, group] = parties.map(({ id }) => proposeDecision(w.desk, { caseId, partyId: id }));
    expect(promoter?.reasons[0]?.params).toMatchObject({ tier: 'illegal', severity: 5 });
    expect(group?.subjectType).toBe('group');
    expect(group?.reasons[0]?.params).toMatchObject({ tier: 'illegal', severity: 5 });
  });

  it.each([
    [['symbols'], true],
    [['width', 'look-alikes'], true],
    [['width', 'case', 'traditional'], false],
    [[], false],
  ])('counts transforms %j as evasion: %s', (transforms, evasion) => {
    start('employer');
    const [said, found] = gambling();
    const of = caseOf(said, { ...found, transforms });
    expect(codes(proposeDecision(w.desk, of)).includes('evasion')).toBe(evasion);
  });

  it('needs a confirmed hit', () => {
    start('employer');
    w.tell([{ by: '张伟', text: '你好' }]);
    const { summary, parties } = openCase(w.desk, { hitIds: [], accountId: w.accountId('张伟') });
    const of = { caseId: summary.id, partyId: parties[0]?.id ?? '' };
    expect(() => proposeDecision(w.desk, of)).toThrow(failing('verification-required'));
    expect(() =>
      recordDecision(w.desk, { ...of, measure: 'reminder', deviationReason: '', facts: FACTS }),
    ).toThrow(failing('verification-required'));
  });

  it('is about a party of the case', () => {
    start('employer');
    const { caseId } = caseOf(...gambling());
    const other = caseOf(...gambling(9));
    expect(() => proposeDecision(w.desk, { caseId, partyId: other.partyId })).toThrow(failing('not-found'));
  });
});

describe('earlier decisions', () => {
  const DAY = 86_400_000;
  /** Decides a first case about 张伟, then says something again so many days after the decision. */
  function again(daysLater: number) {
    start('employer');
    decide(caseOf([{ by: '张伟', text: '滚开', daysAgo: 5 }], { on: 0, category: 'abuse' }));
    w.wait(daysLater * DAY);
    return caseOf([{ by: '张伟', text: '再骂', daysAgo: -daysLater }], { on: 0, category: 'abuse' });
  }

  it.each([
    [30, 'priors-raise', 'written-warning'],
    [365, 'priors-raise', 'written-warning'],
    [366, 'priors-none', 'reminder'],
  ])('%i days before the act, where house rules look one year back: %s', (days, code, proposed) => {
    const proposal = propose(again(days));
    expect(codes(proposal)).toContain(code);
    expect(proposal.proposed).toBe(proposed);
  });

  it('do not count where the act came before them', () => {
    const proposal = propose(again(-1));
    expect(proposal.reasons.find(({ code }) => code === 'priors-left-out')?.params).toMatchObject({
      afterAct: 1,
    });
  });

  it('count only for the same person', () => {
    start('employer');
    decide(caseOf([{ by: '李娜', text: '滚开', daysAgo: 5 }], { on: 0, category: 'abuse' }));
    const of = caseOf([{ by: '张伟', text: '骂', daysAgo: -30 }], { on: 0, category: 'abuse' });
    expect(codes(proposeDecision(w.desk, of))).toContain('priors-none');
  });

  it('do not count in their own case', () => {
    start('employer');
    const of = caseOf([{ by: '张伟', text: '滚开', daysAgo: -30 }], { on: 0, category: 'abuse' });
    decide(of);
    expect(codes(proposeDecision(w.desk, of))).toContain('priors-none');
  });

  it.each([
    ['waits', undefined, { notFinal: 1 }],
    ['was refused', false, { notFinal: 1 }],
    ['was approved', true, null],
  ] as const)('one that %s', (_, approved, leftOut) => {
    start('platform');
    const decision = decide(
      caseOf([{ by: '张伟', text: '出货', daysAgo: 5 }], { on: 0, category: 'drugs' }),
      'account-closed',
    );
    if (approved !== undefined) {
      approveDecision(w.desk, {
        decisionId: decision.id,
        officerId: w.second.id,
        passphrase: SECOND_PASSPHRASE,
        approved,
        note: '证据不足',
      });
    }
    const of = caseOf([{ by: '张伟', text: '又出货', daysAgo: -30 }], { on: 0, category: 'drugs' });
    const { reasons } = proposeDecision(w.desk, of);
    const params = reasons.find(({ code }) => code === 'priors-left-out')?.params;
    if (leftOut) expect(params).toMatchObject(leftOut);
    else expect(params).toBeUndefined();
    expect(reasons.some(({ code }) => code === 'priors-counted')).toBe(leftOut === null);
  });
});

describe('recording a decision', () => {
  it('signs what was proposed, chosen and why, and decides the case', () => {
    start('employer');
    const of = caseOf(...gambling());
    const decision = decide(of);
    expect(Decision.safeParse(decision).success).toBe(true);
    expect(decision).toMatchObject({
      party: '张伟',
      measure: 'removed-from-group',
      measureTitle: { zh: '移出群聊' },
      deviates: false,
      state: 'final',
      officer: '陈静',
      approval: null,
      // The rule's law in the version of the day of the act, then what the measures rest on.
      basis: expect.arrayContaining(['house:wg-lawful', 'law:group-2017-9']),
    });
    const { signature = '', fingerprint } = decision.signatures[0] ?? {};
    const pem = publicKeyPem(w.session.workspace.store.db, w.session.officer.id);
    expect(fingerprint).toBe(w.session.officer.fingerprint);
    const signedBy = (text: string) =>
      verify(null, Buffer.from(text), createPublicKey(pem), Buffer.from(signature, 'base64'));
    expect(signedBy(decisionText(decision))).toBe(true);
    expect(signedBy(decisionText({ ...decision, facts: '别的' }))).toBe(false);
    const { summary, timeline } = getCase(w.desk, { caseId: of.caseId });
    expect(summary.state).toBe('decided');
    const ofDecision = timeline.filter(({ type }) => /^(decision|case)\./.test(type));
    expect(ofDecision.slice(-2)).toMatchObject([
      {
        type: 'decision.recorded',
        subject: { id: decision.id },
        after: { measure: 'removed-from-group', state: 'final' },
      },
      { type: 'case.state-changed', before: { state: 'open' }, after: { state: 'decided' } },
    ]);
    expect(w.brokenSeals()).toEqual([]);
  });

  it('is open until the last party is decided about', () => {
    start('employer');
    w.tell([
      { by: '张伟', text: '滚' },
      { by: '李娜', text: '你滚' },
    ]);
    const hitIds = w.find([
      { on: 0, category: 'abuse' },
      { on: 1, category: 'abuse' },
    ]);
    w.confirm(hitIds);
    const { summary, parties } = openCase(w.desk, { hitIds });
    const states = parties.map(({ id }) => {
      decide({ caseId: summary.id, partyId: id });
      return getCase(w.desk, { caseId: summary.id }).summary.state;
    });
    expect(states).toEqual(['open', 'decided']);
  });

  it.each(['', '   '])('refuses another measure without a reason (%j)', (deviationReason) => {
    start('employer');
    const of = caseOf(...gambling());
    expect(() =>
      recordDecision(w.desk, { ...of, measure: 'reminder', deviationReason, facts: FACTS }),
    ).toThrow(failing('reason-required'));
  });

  it('takes another measure with a reason', () => {
    start('employer');
    const decision = decide(caseOf(...gambling()), 'reminder');
    expect(decision).toMatchObject({ deviates: true, deviationReason: '情节所致', state: 'final' });
  });

  it('refuses a measure of another ladder', () => {
    start('employer');
    const of = caseOf(...gambling());
    expect(() =>
      recordDecision(w.desk, { ...of, measure: 'account-closed', deviationReason: '重', facts: FACTS }),
    ).toThrow(failing('invalid-input'));
  });

  it('a later decision supersedes the earlier one', () => {
    start('employer');
    const of = caseOf(...gambling());
    const first = decide(of);
    const second = decide(of, 'reminder');
    const { timeline, decisions } = getCase(w.desk, { caseId: of.caseId });
    const recorded = timeline.filter(({ type }) => type === 'decision.recorded');
    expect(recorded[1]).toMatchObject({ supersedes: recorded[0]?.id, before: { decision: first.id } });
    expect(decisions.map(({ id }) => id)).toEqual([first.id, second.id]);
  });

  it('is refused in a closed case', () => {
    start('employer');
    const of = caseOf([{ by: '张伟', text: '滚' }], { on: 0, category: 'abuse' });
    closeCase(w.desk, { caseId: of.caseId, reason: '完' });
    expect(() => decide(of)).toThrow(failing('conflict'));
  });
});

describe('a decision that needs a second officer', () => {
  function closure() {
    start('platform');
    const of = caseOf([{ by: '张伟', text: '出货' }], { on: 0, category: 'drugs' });
    return { ...of, decision: decide(of, 'account-closed') };
  }
  const approval = (decisionId: string) => ({
    decisionId,
    officerId: w.second.id,
    passphrase: SECOND_PASSPHRASE,
    approved: true,
    note: '',
  });

  it('waits, and holds the case meanwhile', () => {
    const { caseId, partyId, decision } = closure();
    expect(decision.state).toBe('awaiting-approval');
    expect(getCase(w.desk, { caseId }).summary.state).toBe('awaiting-approval');
    expect(() => closeCase(w.desk, { caseId, reason: '完' })).toThrow(failing('conflict'));
    expect(() => decide({ caseId, partyId })).toThrow(failing('conflict'));
  });

  it('becomes final by the second officer, in their name and with their key', () => {
    const { caseId, decision } = closure();
    const final = approveDecision(w.desk, approval(decision.id));
    expect(final).toMatchObject({ state: 'final', approval: { officer: '林岚', approved: true } });
    expect(final.signatures.map(({ officer, fingerprint }) => [officer, fingerprint])).toEqual([
      ['陈静', w.session.officer.fingerprint],
      ['林岚', w.second.fingerprint],
    ]);
    const pem = publicKeyPem(w.session.workspace.store.db, w.second.id);
    const text = approvalText(final, final.approval as NonNullable<typeof final.approval>);
    const signature = Buffer.from(final.signatures[1]?.signature ?? '', 'base64');
    expect(verify(null, Buffer.from(text), createPublicKey(pem), signature)).toBe(true);
    const { summary, timeline } = getCase(w.desk, { caseId });
    expect(summary.state).toBe('decided');
    expect(timeline.filter(({ officer }) => officer === '林岚').map(({ type }) => type)).toEqual([
      'decision.approved',
      'case.state-changed',
      // What the option takes: more than one measure.
      'measure.recommended',
      'measure.recommended',
    ]);
    expect(w.brokenSeals()).toEqual([]);
    expect(() => approveDecision(w.desk, approval(decision.id))).toThrow(failing('conflict'));
  });

  it('refused goes back to open, and can be decided again', () => {
    const { caseId, partyId, decision } = closure();
    const refused = approveDecision(w.desk, {
      ...approval(decision.id),
      approved: false,
      note: '先核实身份',
    });
    expect(refused).toMatchObject({ state: 'refused', approval: { approved: false, note: '先核实身份' } });
    expect(getCase(w.desk, { caseId }).summary.state).toBe('open');
    expect(decide({ caseId, partyId }).state).toBe('final');
  });

  it.each([
    [
      'the officer who decided',
      () => ({ officerId: w.session.officer.id, passphrase: PASSPHRASE }),
      'second-officer-required',
    ],
    ['a wrong passphrase', () => ({ passphrase: 'not the passphrase' }), 'wrong-key'],
    ["the first officer's passphrase", () => ({ passphrase: PASSPHRASE }), 'wrong-key'],
    ['nobody', () => ({ officerId: '00000000-0000-7000-8000-000000000000' }), 'not-found'],
    ['a refusal without a word', () => ({ approved: false, note: ' ' }), 'reason-required'],
  ])('cannot be approved by %s', (_, change, code) => {
    const { caseId, decision } = closure();
    expect(() => approveDecision(w.desk, { ...approval(decision.id), ...change() })).toThrow(failing(code));
    expect(getCase(w.desk, { caseId }).summary.state).toBe('awaiting-approval');
  });

  it('cannot be approved by an officer who left', () => {
    const { decision } = closure();
    deactivateOfficer(w.session, w.second.id, '离职');
    expect(() => approveDecision(w.desk, approval(decision.id))).toThrow(failing('not-allowed'));
  });
});
