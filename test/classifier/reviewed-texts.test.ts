/** What is not settled never trains: a refused, an unproved or an overturned decision about a finding. */
import { afterEach, describe, expect, it } from 'vitest';
import { openCase } from '../../src/core/app/cases/cases.ts';
import { approveDecision, proposeDecision, recordDecision } from '../../src/core/app/cases/decisions.ts';
import { reviewedHits } from '../../src/core/storage/detection/trainings.ts';
import { type CaseWorkspace, caseWorkspace, SECOND_PASSPHRASE } from '../builders/case-workspace.ts';

let w: CaseWorkspace;
afterEach(() => w.close());

const used = () => reviewedHits(w.session.workspace.store.db, 10).map(({ text }) => text);

function caseOf(text: string, category: 'abuse' | 'contraband-goods') {
  w.tell([{ by: '张伟', text, daysAgo: 5 }]);
  const hitIds = w.find([{ on: 0, category }]);
  w.confirm(hitIds);
  const { summary, parties } = openCase(w.desk, { hitIds });
  return { caseId: summary.id, partyId: parties[0]?.id ?? '' };
}

describe('a confirmed finding', () => {
  it.each([
    { approved: true, trains: ['出货，野味，加微信'] },
    { approved: false, trains: [] },
  ])('trains where its decision was approved: $approved', ({ approved, trains }) => {
    w = caseWorkspace();
    const of = caseOf('出货，野味，加微信', 'contraband-goods');
    expect(used()).toEqual(['出货，野味，加微信']);
    const decision = recordDecision(w.desk, {
      ...of,
      measure: 'account-closed',
      deviationReason: '情节严重',
      facts: '在群内出售野味',
    });
    approveDecision(w.desk, {
      decisionId: decision.id,
      officerId: w.second.id,
      passphrase: SECOND_PASSPHRASE,
      approved,
      note: approved ? '' : '证据不足',
    });
    expect(used()).toEqual(trains);
  });

  it('does not train where its decision is unproved, and others still do', () => {
    w = caseWorkspace({ profile: 'employer', withoutRules: true });
    const of = caseOf('滚开', 'abuse');
    expect(used()).toEqual(['滚开']);
    const { proposed } = proposeDecision(w.desk, of);
    recordDecision(w.desk, { ...of, measure: proposed, deviationReason: '', facts: '在群内辱骂' });
    w.tell([{ by: '李娜', text: '你这个废物' }]);
    w.confirm(w.find([{ on: 0, category: 'abuse' }]));
    expect(used()).toEqual(['你这个废物']);
  });
});
