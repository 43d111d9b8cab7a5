import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  addHits,
  addParty,
  closeCase,
  getCase,
  listCases,
  openCase,
  removeHit,
  reopenCase,
  updateCase,
} from '../../src/core/app/cases/cases.ts';
import { recordDecision } from '../../src/core/app/cases/decisions.ts';
import { assessDuty } from '../../src/core/app/duties/duty-filing.ts';
import { disposeHits } from '../../src/core/app/review/review.ts';
import { CaseDetail } from '../../src/core/domain/case.ts';
import { CHECKS } from '../../src/core/storage/check/check.ts';
import { type CaseWorkspace, caseWorkspace, SECOND_PASSPHRASE, tamper } from '../builders/case-workspace.ts';

const failing = (code: string) => expect.objectContaining({ code });

let w: CaseWorkspace;
beforeEach(() => {
  w = caseWorkspace({ profile: 'employer' });
});
afterEach(() => w.close());

/** A group of 60 messages; 张伟 and 李娜 take turns. */
function group(): string[] {
  return w.tell(
    Array.from({ length: 60 }, (_, i) => ({ by: i % 2 ? '李娜' : '张伟', text: `第${i}条消息` })),
  );
}

function confirmed(...found: Parameters<CaseWorkspace['find']>[0]): string[] {
  const ids = w.find(found);
  w.confirm(ids);
  return ids;
}

const open = (hitIds: string[], accountId?: string) =>
  openCase(w.desk, { hitIds, ...(accountId ? { accountId } : {}) });

/** Every check of the workspace's rows, as `docket check` runs them. */
function damage() {
  const failures = [];
  for (const check of CHECKS) {
    const steps = check.run(w.session.workspace.store);
    let step = steps.next();
    while (!step.done) step = steps.next();
    failures.push(...step.value.failures);
  }
  return failures;
}

describe('opening a case', () => {
  it('brings parties, exhibits in their context, custody and a duty', () => {
    const messages = group();
    const hits = confirmed(
      { on: 30, category: 'gambling' },
      { on: 31, category: 'gambling' },
      { on: 30, category: 'fraud' },
    );
    const detail = open(hits);
    expect(CaseDetail.parse(detail)).toEqual(detail);
    expect(detail.summary).toMatchObject({
      number: expect.stringMatching(/^C-[A-Z]\d-0001$/),
      title: '赌博、诈骗 · 张伟、李娜',
      state: 'open',
      categories: ['gambling', 'fraud'],
      tier: 'illegal',
      severity: 4,
      parties: ['张伟', '李娜'],
      hits: 3,
      exhibits: 2,
      openDuties: 1,
      officer: '陈静',
    });
    expect(detail.parties).toMatchObject([
      { name: '张伟', role: 'publisher', subjectType: 'staff-member', hits: 2 },
      { name: '李娜', role: 'publisher', subjectType: 'staff-member', hits: 1 },
    ]);
    expect(detail.exhibits).toMatchObject([
      {
        number: expect.stringMatching(/^E-[A-Z]\d-0001-01$/),
        messages: 41,
        subject: { type: 'message', id: messages[30] },
      },
      {
        number: expect.stringMatching(/^E-[A-Z]\d-0001-02$/),
        messages: 41,
        subject: { type: 'message', id: messages[31] },
      },
    ]);
    expect(detail.exhibits[0]?.custody.map(({ action }) => action)).toEqual(['imported', 'added']);
    expect(detail.duties).toMatchObject([
      { kind: 'assessment', state: 'open', categories: ['gambling', 'fraud'] },
    ]);
    expect(detail.hits.every(({ caseId }) => caseId === detail.summary.id)).toBe(true);
    expect(w.brokenSeals()).toEqual([]);
    expect(damage()).toEqual([]);
  });

  it('leaves seals that an edit from outside breaks', () => {
    group();
    open(confirmed({ on: 30, category: 'gambling' }));
    tamper(w, "UPDATE cases SET title = '别的'");
    expect(w.brokenSeals()).toEqual(['cases']);
  });

  it('keeps less context at the end of a conversation', () => {
    group();
    const [hit = ''] = confirmed({ on: 58, category: 'gambling' });
    expect(open([hit]).exhibits[0]?.messages).toBe(22);
  });

  it.each(['dismissed', 'unsure'] as const)('refuses a hit that is %s', (verdict) => {
    group();
    const ids = w.find([{ on: 1, category: 'gambling' }]);
    disposeHits(w.session, w.desk.reading, { hitIds: ids, verdict, reason: 'other', note: '' });
    expect(() => open(ids)).toThrow(failing('verification-required'));
  });

  it('refuses a hit that nobody looked at, and leaves nothing behind', () => {
    group();
    const [good = ''] = confirmed({ on: 1, category: 'gambling' });
    const [raw = ''] = w.find([{ on: 2, category: 'gambling' }]);
    expect(() => open([good, raw])).toThrow(failing('verification-required'));
    expect(listCases(w.desk, { limit: 10 }).total).toBe(0);
  });

  it('refuses a hit of another case', () => {
    group();
    const hits = confirmed({ on: 1, category: 'gambling' });
    open(hits);
    expect(() => open(hits)).toThrow(failing('conflict'));
  });

  it('refuses neither hits nor a person', () => {
    expect(() => open([])).toThrow(failing('invalid-input'));
  });

  it('from a person brings the confirmed hits that no case has yet', () => {
    group();
    const [first = '', second = ''] = confirmed(
      { on: 0, category: 'abuse' },
      { on: 2, category: 'abuse' },
      { on: 1, category: 'abuse' },
    );
    w.find([{ on: 4, category: 'abuse' }]);
    open([first]);
    const detail = open([], w.accountId('张伟'));
    expect(detail.hits.map(({ id }) => id)).toEqual([second]);
    expect(detail.summary.parties).toEqual(['张伟']);
  });

  it('from a person without hits has a party and nothing else', () => {
    group();
    const detail = open([], w.accountId('李娜'));
    expect(detail).toMatchObject({
      hits: [],
      exhibits: [],
      duties: [],
      summary: { title: '李娜', severity: null, tier: null },
    });
  });

  it('numbers cases one after the other', () => {
    group();
    const hits = confirmed({ on: 1, category: 'abuse' }, { on: 2, category: 'abuse' });
    const numbers = hits.map((hit) => open([hit]).summary.number.slice(-4));
    expect(numbers).toEqual(['0001', '0002']);
  });

  it('refuses a message that only a source taken back holds', () => {
    group();
    const hits = confirmed({ on: 1, category: 'gambling' });
    w.setSourceState('excluded');
    expect(() => open(hits)).toThrow(failing('conflict'));
  });
});

describe('working on a case', () => {
  it('adds hits with what they bring, and takes them out again', () => {
    group();
    const [first = '', second = ''] = confirmed(
      { on: 10, category: 'gambling' },
      { on: 41, category: 'drugs' },
    );
    const caseId = open([first]).summary.id;
    const added = addHits(w.desk, { caseId, hitIds: [second] });
    expect(added.summary).toMatchObject({ hits: 2, exhibits: 2, parties: ['张伟', '李娜'], severity: 5 });
    expect(added.duties).toHaveLength(1);
    expect(added.duties[0]?.categories).toEqual(['gambling', 'drugs']);
    const removed = removeHit(w.desk, { caseId, hitId: second, reason: '属另一事件' });
    expect(removed.summary).toMatchObject({ hits: 1, severity: 4 });
    expect(removed.duties[0]?.categories).toEqual(['gambling']);
    expect(removed.timeline.at(-2)).toMatchObject({
      type: 'case.hit-removed',
      before: { case: removed.summary.number },
      after: { case: null, reason: '属另一事件' },
    });
    expect(open([second]).summary.number).not.toBe(removed.summary.number);
    expect(damage()).toEqual([]);
  });

  it('takes a removed hit in again', () => {
    group();
    const hits = confirmed({ on: 10, category: 'gambling' }, { on: 12, category: 'gambling' });
    const [first = '', second = ''] = hits;
    const caseId = open(hits).summary.id;
    removeHit(w.desk, { caseId, hitId: second, reason: '误加' });
    const again = addHits(w.desk, { caseId, hitIds: [second] });
    expect(again.hits.map(({ id }) => id)).toEqual([first, second]);
    expect(again.exhibits).toHaveLength(2);
    expect(w.brokenSeals()).toEqual([]);
  });

  it('ends the duty when its last hit is taken out', () => {
    group();
    const [hit = ''] = confirmed({ on: 10, category: 'gambling' });
    const caseId = open([hit]).summary.id;
    const detail = removeHit(w.desk, { caseId, hitId: hit, reason: '误报' });
    expect(detail.duties).toMatchObject([{ state: 'closed', missing: [] }]);
    expect(detail.timeline.at(-1)).toMatchObject({ type: 'duty.withdrawn', after: { reason: '误报' } });
    expect(closeCase(w.desk, { caseId, reason: '误报' }).summary.state).toBe('closed');
  });

  it('adds a party by hand, once', () => {
    group();
    const caseId = open(confirmed({ on: 10, category: 'abuse' })).summary.id;
    const promoter = {
      caseId,
      role: 'promoter',
      subjectType: 'staff-member',
      accountId: w.accountId('李娜'),
    } as const;
    const owner = {
      caseId,
      role: 'owner',
      subjectType: 'group',
      conversationId: w.conversationId(),
    } as const;
    addParty(w.desk, promoter);
    const detail = addParty(w.desk, owner);
    expect(detail.parties.map(({ name, role, hits }) => [name, role, hits])).toEqual([
      ['张伟', 'publisher', 1],
      ['李娜', 'promoter', 0],
      ['项目群', 'owner', 1],
    ]);
    expect(() => addParty(w.desk, promoter)).toThrow(failing('conflict'));
  });

  it.each([
    ['neither account nor conversation', {}, 'staff-member'],
    ['both', { account: true, conversation: true }, 'group'],
    ['a group that is an account', { account: true }, 'group'],
    ['a person that is a conversation', { conversation: true }, 'personal-account'],
  ] as const)(
    'refuses a party that is %s',
    (_, what: { account?: true; conversation?: true }, subjectType) => {
      group();
      const caseId = open(confirmed({ on: 10, category: 'abuse' })).summary.id;
      const party = {
        caseId,
        role: 'owner' as const,
        subjectType,
        ...(what.account ? { accountId: w.accountId('李娜') } : {}),
        ...(what.conversation ? { conversationId: w.conversationId() } : {}),
      };
      expect(() => addParty(w.desk, party)).toThrow(failing('invalid-input'));
    },
  );

  it('renames and notes, each with what was before, and nothing where nothing changed', () => {
    group();
    const { summary, timeline } = open(confirmed({ on: 10, category: 'abuse' }));
    const caseId = summary.id;
    const renamed = updateCase(w.desk, { caseId, title: '群内辱骂', note: '已约谈' });
    expect(renamed.summary.title).toBe('群内辱骂');
    expect(renamed.timeline.at(-1)).toMatchObject({
      type: 'case.updated',
      before: { title: summary.title, note: '' },
      after: { title: '群内辱骂', note: '已约谈' },
    });
    const same = updateCase(w.desk, { caseId, title: '群内辱骂', note: '已约谈' });
    expect(same.timeline).toHaveLength(timeline.length + 1);
  });
});

describe('ending a case', () => {
  it('is refused with an open duty, possible without, and can be taken back', () => {
    group();
    const { summary, duties } = open(confirmed({ on: 10, category: 'gambling' }));
    const caseId = summary.id;
    expect(() => closeCase(w.desk, { caseId, reason: '完' })).toThrow(failing('duty-open'));
    assessDuty(w.desk, {
      dutyId: duties[0]?.id ?? '',
      outcome: 'internal',
      reason: '内部处理',
      approverId: w.second.id,
      approverPassphrase: SECOND_PASSPHRASE,
    });
    const closed = closeCase(w.desk, { caseId, reason: '处理完毕' });
    expect(closed.summary).toMatchObject({ state: 'closed', closedAt: expect.any(Number) });
    for (const act of [
      () => closeCase(w.desk, { caseId, reason: '再次' }),
      () => updateCase(w.desk, { caseId, note: '改' }),
      () => addHits(w.desk, { caseId, hitIds: confirmed({ on: 11, category: 'abuse' }) }),
    ]) {
      expect(act).toThrow(failing('conflict'));
    }
    const reopened = reopenCase(w.desk, { caseId, reason: '新证据' });
    expect(reopened.summary).toMatchObject({ state: 'open', closedAt: null });
    expect(() => reopenCase(w.desk, { caseId, reason: '再次' })).toThrow(failing('conflict'));
  });

  it('reopened stands where its decisions stand', () => {
    group();
    const { summary, parties } = open(confirmed({ on: 10, category: 'abuse' }));
    const caseId = summary.id;
    recordDecision(w.desk, {
      caseId,
      partyId: parties[0]?.id ?? '',
      measure: 'reminder',
      deviationReason: '初犯',
      facts: '辱骂同事',
    });
    closeCase(w.desk, { caseId, reason: '完' });
    const { summary: again, timeline } = reopenCase(w.desk, { caseId, reason: '申诉' });
    expect(again.state).toBe('decided');
    expect(timeline.slice(-2)).toMatchObject([
      { type: 'case.reopened', before: { state: 'closed' }, after: { state: 'open', reason: '申诉' } },
      { type: 'case.state-changed', before: { state: 'open' }, after: { state: 'decided' } },
    ]);
  });
});

describe('the timeline', () => {
  it('has every change of a case with who, before and after', () => {
    group();
    const [first = '', second = ''] = confirmed(
      { on: 10, category: 'gambling' },
      { on: 11, category: 'gambling' },
    );
    const { summary, duties } = open([first]);
    const caseId = summary.id;
    addHits(w.desk, { caseId, hitIds: [second] });
    updateCase(w.desk, { caseId, note: '跟进' });
    removeHit(w.desk, { caseId, hitId: second, reason: '无关' });
    assessDuty(w.desk, {
      dutyId: duties[0]?.id ?? '',
      outcome: 'internal',
      reason: '内部处理',
      approverId: w.second.id,
      approverPassphrase: SECOND_PASSPHRASE,
    });
    closeCase(w.desk, { caseId, reason: '完' });
    reopenCase(w.desk, { caseId, reason: '复查' });
    const { timeline } = getCase(w.desk, { caseId });
    expect(timeline.map(({ type }) => type)).toEqual([
      'case.opened',
      'case.hits-added',
      'case.party-added',
      'exhibit.added',
      'duty.opened',
      'case.hits-added',
      'case.party-added',
      'exhibit.added',
      'duty.changed',
      'case.updated',
      'case.hit-removed',
      'duty.changed',
      'duty.assessed',
      'case.closed',
      'case.reopened',
    ]);
    expect(timeline.every(({ officer, after }) => officer === '陈静' && after !== null)).toBe(true);
    expect(damage()).toEqual([]);
  });
});
