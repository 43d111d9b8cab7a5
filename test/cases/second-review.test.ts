import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { CaseDesk } from '../../src/core/app/cases/case-desk.ts';
import { openCase } from '../../src/core/app/cases/cases.ts';
import { recordDecision } from '../../src/core/app/cases/decisions.ts';
import { disposeHits } from '../../src/core/app/review/review.ts';
import {
  agreementByCategory,
  drawReviews,
  judgeReview,
  listJudged,
  reviewQueue,
} from '../../src/core/app/review/second-reviews.ts';
import { isDrawn, kappaOf } from '../../src/core/cases/agreement.ts';
import { type CaseWorkspace, caseWorkspace } from '../builders/case-workspace.ts';

const failing = (code: string) => expect.objectContaining({ code });

let w: CaseWorkspace;
afterEach(() => w.close());

/** The desk of the second officer. */
const other = (): CaseDesk => w.deskOf({ ...w.session, officer: w.second });

function judged(count: number): string[] {
  w = caseWorkspace();
  w.tell(Array.from({ length: count }, (_, n) => ({ by: '张伟', text: `出货第${n}批` })));
  const ids = w.find(
    Array.from({ length: count }, (_, on) => ({ on, category: 'contraband-goods' as const })),
  );
  w.confirm(ids);
  return ids;
}

const queue = (desk: CaseDesk) => reviewQueue(desk, { limit: 500 });

describe('a blind second review', () => {
  it('goes to somebody else, without the first verdict', () => {
    const ids = judged(3);
    expect(drawReviews(w.desk, { share: 1, seed: 's' })).toEqual({ drawn: 3 });
    expect(drawReviews(w.desk, { share: 1, seed: 's' })).toEqual({ drawn: 0 });
    expect(queue(w.desk)).toEqual([]);
    const waiting = queue(other());
    expect(waiting.map(({ hit }) => hit.id).sort()).toEqual([...ids].sort());
    for (const { hit } of waiting) expect([hit.disposition, hit.caseId]).toEqual([null, null]);
    const reviewId = waiting[0]?.id ?? '';
    expect(() => judgeReview(w.desk, { reviewId, verdict: 'confirmed', note: '' })).toThrow(
      failing('second-officer-required'),
    );
    expect(judgeReview(other(), { reviewId, verdict: 'dismissed', note: '是玩笑' })).toMatchObject({
      first: 'confirmed',
      firstOfficer: '陈静',
      second: 'dismissed',
      secondOfficer: '林岚',
      agreed: false,
    });
    expect(() => judgeReview(other(), { reviewId, verdict: 'confirmed', note: '' })).toThrow(
      failing('conflict'),
    );
    expect(queue(other())).toHaveLength(2);
    expect(w.brokenSeals()).toEqual([]);
  });

  it('lists disagreements first and says how far two officers agree', () => {
    judged(4);
    drawReviews(w.desk, { share: 1, seed: 's' });
    const verdicts = ['confirmed', 'confirmed', 'confirmed', 'dismissed'] as const;
    for (const [index, { id }] of queue(other()).entries())
      judgeReview(other(), { reviewId: id, verdict: verdicts[index] ?? 'confirmed', note: '' });
    expect(listJudged(w.desk, { limit: 10 }).map(({ agreed }) => agreed)).toEqual([false, true, true, true]);
    expect(agreementByCategory(w.desk)).toEqual([
      { category: 'contraband-goods', judged: 4, agreed: 3, kappa: 0 },
    ]);
  });

  it('is asked for everything that a permanent measure rests on', () => {
    const ids = judged(2);
    const { summary, parties } = openCase(w.desk, { hitIds: ids });
    recordDecision(w.desk, {
      caseId: summary.id,
      partyId: parties[0]?.id ?? '',
      measure: 'account-closed',
      deviationReason: '情节严重',
      facts: '出售违禁品',
    });
    expect(queue(other()).map(({ cause }) => cause)).toEqual(['permanent', 'permanent']);
  });

  it('takes no hit without a verdict, and no undecided one', () => {
    w = caseWorkspace();
    w.tell([
      { by: '张伟', text: '出货' },
      { by: '张伟', text: '出货吗' },
    ]);
    const ids = w.find([
      { on: 0, category: 'contraband-goods' },
      { on: 1, category: 'contraband-goods' },
    ]);
    disposeHits(w.session, w.desk.reading, {
      hitIds: ids.slice(1),
      verdict: 'unsure',
      reason: 'needs-context',
      note: '',
    });
    expect(drawReviews(w.desk, { share: 1, seed: 's' })).toEqual({ drawn: 0 });
  });
});

describe('a sample', () => {
  it('takes nothing of a share of 0, all of 1, and grows with the share', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 12, maxLength: 64 }),
        (share, digest) => {
          expect(isDrawn(digest, 0)).toBe(false);
          expect(isDrawn(digest, 1)).toBe(true);
          // What a smaller share takes, a larger one takes too.
          if (isDrawn(digest, share)) expect(isDrawn(digest, share + (1 - share) / 2)).toBe(true);
        },
      ),
    );
  });
});

describe('kappa', () => {
  const pairs = (yy: number, yn: number, ny: number, nn: number) => [
    ...Array.from({ length: yy }, () => ['y', 'y'] as const),
    ...Array.from({ length: yn }, () => ['y', 'n'] as const),
    ...Array.from({ length: ny }, () => ['n', 'y'] as const),
    ...Array.from({ length: nn }, () => ['n', 'n'] as const),
  ];
  it.each([
    // 50 pairs, 0.7 observed, 0.5 expected.
    [[20, 5, 10, 15], 0.4],
    [[10, 0, 0, 10], 1],
    [[5, 5, 5, 5], 0],
    [[0, 10, 10, 0], -1],
  ] as const)('of %j is %d', ([yy, yn, ny, nn], kappa) =>
    expect(kappaOf(pairs(yy, yn, ny, nn))).toBeCloseTo(kappa, 10),
  );

  it('is not known without pairs, nor where one verdict was given throughout', () => {
    expect([kappaOf([]), kappaOf(pairs(7, 0, 0, 0))]).toEqual([null, null]);
  });
});
