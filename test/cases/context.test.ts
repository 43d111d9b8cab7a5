import { afterEach, describe, expect, it } from 'vitest';
import { getCaseContext, getDossier } from '../../src/core/app/cases/case-context.ts';
import { openCase } from '../../src/core/app/cases/cases.ts';
import { proposeDecision, recordDecision } from '../../src/core/app/cases/decisions.ts';
import { newUid } from '../../src/core/app/session.ts';
import { participantRowId } from '../../src/core/storage/cases/cases.ts';
import { run } from '../../src/core/storage/database.ts';
import { insertRow } from '../../src/core/storage/rows.ts';
import { type CaseWorkspace, caseWorkspace } from '../builders/case-workspace.ts';

let w: CaseWorkspace;
afterEach(() => w.close());

function manages(name: string, role: 'owner' | 'admin', from: string | null, to: string | null): void {
  const { store } = w.session.workspace;
  insertRow(store, 'memberships', {
    id: newUid(w.session),
    conversation_id: participantRowId(store.db, 'conversations', w.conversationId()),
    account_id: participantRowId(store.db, 'accounts', w.accountId(name)),
    role,
    display_name: null,
    from_text: from,
    to_text: to,
    source_id: 1,
  });
}

function open(said: { by: string; text: string }[], daysAgo = 5) {
  w.tell(said.map((one) => ({ ...one, daysAgo })));
  const hitIds = w.find([{ on: 0, category: 'contraband-goods' }]);
  w.confirm(hitIds);
  const { summary, parties } = openCase(w.desk, { hitIds });
  return { caseId: summary.id, partyId: parties[0]?.id ?? '' };
}

const decide = (of: { caseId: string; partyId: string }) =>
  recordDecision(w.desk, {
    ...of,
    measure: proposeDecision(w.desk, of).proposed,
    deviationReason: '',
    facts: '出售违禁品',
  });

describe('the responsibility chain (S3-1)', () => {
  it('tells who brought the author in, and what a manager did about it', () => {
    w = caseWorkspace();
    const { caseId } = open([
      { by: '张伟', text: '出货' },
      { by: '李娜', text: '请勿发广告' },
    ]);
    manages('李娜', 'owner', null, null);
    const notice = (daysAgo: number, act: string, actor: string, targets: string[]) => {
      w.tell([{ by: null, text: act, daysAgo }]);
      const { db } = w.session.workspace.store;
      const event = JSON.stringify({ event: { act, actor, targets } });
      run(
        db,
        "UPDATE messages SET kind = 'system', extra = ? WHERE id = (SELECT max(id) FROM messages)",
        event,
      );
    };
    notice(9, 'invite', '王强', ['张伟', '赵敏']);
    notice(8, 'invite', '赵敏', ['钱七']);
    notice(4, 'remove', '李娜', ['张伟']);
    const [chain] = getCaseContext(w.desk, { caseId }).chains;
    expect(chain?.inviters).toMatchObject([{ author: '张伟', inviter: '王强', told: 'notice' }]);
    expect(chain?.people[0]?.acted).toMatchObject({ act: 'remove' });
    expect((chain?.people[0]?.acted?.at ?? 0) > (chain?.at ?? 0)).toBe(true);
  });

  it('names who managed the group on the day of the message, and whether they spoke afterwards', () => {
    w = caseWorkspace();
    const { caseId } = open([
      { by: '张伟', text: '出货' },
      { by: '李娜', text: '请勿发广告' },
      { by: '王强', text: '好' },
      { by: '前群主', text: '我退了' },
    ]);
    // The message was sent on 2026-02-24.
    manages('李娜', 'owner', '2025-06-01', null);
    manages('王强', 'admin', '2026-02-25', null);
    manages('前群主', 'owner', null, '2026-02-23');
    const [chain] = getCaseContext(w.desk, { caseId }).chains;
    expect(chain).toMatchObject({ authors: ['张伟'], unknown: false });
    expect(chain?.people.map(({ name, role, dated }) => [name, role, dated])).toEqual([
      ['李娜', 'owner', true],
    ]);
    expect(chain?.people[0]?.spokeAt).not.toBeNull();
  });

  it('says so where no list tells', () => {
    w = caseWorkspace();
    const { caseId } = open([{ by: '张伟', text: '出货' }]);
    expect(getCaseContext(w.desk, { caseId }).chains).toMatchObject([{ unknown: true, people: [] }]);
  });
});

describe('cases around a case', () => {
  it('are those of the same people, and precedents those about the same category', () => {
    w = caseWorkspace();
    const first = open([{ by: '张伟', text: '出货' }]);
    decide(first);
    const other = open([{ by: '李娜', text: '出货' }], 4);
    decide(other);
    const again = open([{ by: '张伟', text: '又出货' }], 3);
    const { related, precedents } = getCaseContext(w.desk, { caseId: again.caseId });
    expect(related.map(({ id, people }) => [id, people])).toEqual([[first.caseId, 1]]);
    expect(precedents.map(({ caseId }) => caseId)).toEqual([other.caseId, first.caseId]);
    expect(precedents[0]).toMatchObject({ category: 'contraband-goods', overturned: false });
  });
});

describe('a dossier', () => {
  it('tells decisions, measures and cases of one person', () => {
    w = caseWorkspace();
    const first = open([{ by: '张伟', text: '出货' }]);
    decide(first);
    const dossier = getDossier(w.desk, { accountId: w.accountId('张伟') });
    expect(dossier).toMatchObject({
      accounts: [{ name: '张伟' }],
      cases: [{ id: first.caseId, role: 'publisher' }],
      decisions: [{ standing: 'final', appeal: null }],
      confirmedHits: 1,
    });
    expect(dossier.measures.length).toBeGreaterThan(0);
  });
});
