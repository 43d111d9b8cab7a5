import { afterEach, describe, expect, it } from 'vitest';
import { openCase } from '../../src/core/app/cases/cases.ts';
import { approveDecision, proposeDecision, recordDecision } from '../../src/core/app/cases/decisions.ts';
import { executeMeasures, listMeasures } from '../../src/core/app/cases/measures.ts';
import {
  addWatch,
  decideMatch,
  endWatching,
  listMatches,
  listWatches,
  lookOut,
} from '../../src/core/app/review/watch-list.ts';
import { type CaseWorkspace, caseWorkspace, SECOND_PASSPHRASE } from '../builders/case-workspace.ts';

const failing = (code: string) => expect.objectContaining({ code });

let w: CaseWorkspace;
afterEach(() => w.close());

const now = () => w.session.environment.now();

function start() {
  w.tell([{ by: '张伟', text: '出货', daysAgo: 5 }]);
  const hitIds = w.find([{ on: 0, category: 'contraband-goods' }]);
  w.confirm(hitIds);
  const { summary, parties } = openCase(w.desk, { hitIds });
  return { caseId: summary.id, partyId: parties[0]?.id ?? '' };
}

describe('the watch list', () => {
  function closeOut() {
    const of = start();
    const decision = recordDecision(w.desk, {
      ...of,
      measure: 'account-closed',
      deviationReason: '情节所致',
      facts: '在群内出售',
    });
    approveDecision(w.desk, {
      decisionId: decision.id,
      officerId: w.second.id,
      passphrase: SECOND_PASSPHRASE,
      approved: true,
      note: '',
    });
    const measureIds = listMeasures(w.desk, { owed: 'any', limit: 10 }).rows.map(({ id }) => id);
    executeMeasures(w.desk, { measureIds, at: now(), by: '王工', proof: '封禁截图' });
  }

  it('takes whoever is closed out for good, and finds them at the next import', () => {
    w = caseWorkspace();
    closeOut();
    expect(listWatches(w.desk)).toMatchObject([{ name: '张伟', reason: 'account-closed', open: 0 }]);
    w.tell([{ by: '张伟', text: '我又来了', daysAgo: -1 }], { platform: 'wechat' });
    expect(lookOut(w.session)).toBe(1);
    expect(lookOut(w.session)).toBe(0);
    expect(listMatches(w.desk)).toMatchObject([{ watched: '张伟', how: 'same-id', confirmed: null }]);
  });

  it('a confirmed return is an evasion trace, a rejected one is not', () => {
    w = caseWorkspace();
    closeOut();
    w.tell([{ by: '张伟', text: '出货', daysAgo: -1 }], { platform: 'wechat' });
    const hitIds = w.find([{ on: 0, category: 'contraband-goods' }]);
    lookOut(w.session);
    w.confirm(hitIds);
    const { summary, parties } = openCase(w.desk, { hitIds });
    const of = { caseId: summary.id, partyId: parties[0]?.id ?? '' };
    const evasion = () => proposeDecision(w.desk, of).facts?.evasion;
    const [match] = listMatches(w.desk);
    expect(evasion()).toBe(false);
    decideMatch(w.desk, { matchId: match?.id ?? '', confirmed: true, note: '头像与手机号相同' });
    expect(evasion()).toBe(true);
    decideMatch(w.desk, { matchId: match?.id ?? '', confirmed: false, note: '同名他人' });
    expect(evasion()).toBe(false);
  });

  it('ends with a reason, and nobody stands on it twice', () => {
    w = caseWorkspace();
    w.tell([{ by: '李娜', text: '好' }]);
    const accountId = w.accountId('李娜');
    const [entry] = addWatch(w.desk, { accountId, reason: '多次换号' });
    expect(() => addWatch(w.desk, { accountId, reason: '再' })).toThrow(failing('conflict'));
    expect(endWatching(w.desk, { watchId: entry?.id ?? '', reason: '误列' })[0]?.endedAt).not.toBeNull();
    expect(w.brokenSeals()).toEqual([]);
  });
});
