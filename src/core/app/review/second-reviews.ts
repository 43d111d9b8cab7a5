/** Blind second review: a set share of verdicts, and all that closes somebody out for good (S4-5). */
import { createHash } from 'node:crypto';
import type { Parsed } from '../../../contract/api.ts';
import { DocketError } from '../../../contract/errors.ts';
import { isDrawn, kappaOf } from '../../cases/agreement.ts';
import type { CategoryId } from '../../domain/category.ts';
import type { Hit, Verdict } from '../../domain/hit.ts';
import type { Agreement, BlindReview, JudgedReview, SecondReviewCause } from '../../domain/second-review.ts';
import {
  drawable,
  insertSecondReview,
  judgedReviews,
  judgeRow,
  secondReviewRow,
  verdictPairs,
  waitingFor,
} from '../../storage/cases/second-reviews.ts';
import { hitByRowId, hitRowId } from '../../storage/detection/hits.ts';
import { listOfficers } from '../../storage/officers.ts';
import { type CaseDesk, dbOf } from '../cases/case-desk.ts';
import { change, newUid, record } from '../session.ts';

type Drawable = ReturnType<typeof drawable>[number];

function draw(desk: CaseDesk, chosen: readonly Drawable[], cause: SecondReviewCause): void {
  const { session } = desk;
  for (const { hit_id, officer_id, verdict } of chosen) {
    insertSecondReview(session.workspace.store, {
      id: newUid(session),
      hit_id,
      cause,
      drawn_at: session.environment.now(),
      first_officer_id: officer_id,
      first_verdict: verdict,
      verdict: null,
      note: '',
      officer_id: null,
      at: null,
    });
  }
}

/** Draws a share of the verdicts that were not drawn yet. The same seed draws the same hits. */
export function drawReviews(desk: CaseDesk, input: Parsed<'secondReviews.draw'>): { drawn: number } {
  const chosen = drawable(dbOf(desk)).filter(({ uid }) =>
    isDrawn(createHash('sha256').update(`${input.seed}\0${uid}`).digest('hex'), input.share),
  );
  change(desk.session, () => {
    draw(desk, chosen, 'sample');
    record(desk.session, {
      type: 'second-review.drawn',
      subject: { type: 'second-review', id: '' },
      after: { share: input.share, seed: input.seed, drawn: chosen.length },
    });
  });
  return { drawn: chosen.length };
}

/** Everything that a permanent measure rests on is looked at again. Call inside the decision's transaction. */
export function drawForClosure(desk: CaseDesk, hits: readonly Hit[]): void {
  const ids = hits.map(({ id }) => hitRowId(dbOf(desk), id));
  draw(desk, drawable(dbOf(desk), ids), 'permanent');
}

/** The queue of the officer at work: nothing that they judged first, and nothing of what was said then. */
export function reviewQueue(desk: CaseDesk, input: Parsed<'secondReviews.queue'>): BlindReview[] {
  return waitingFor(dbOf(desk), desk.session.officer.id, input.limit).map((row) => ({
    id: row.id,
    cause: row.cause,
    drawnAt: row.drawn_at,
    hit: { ...hitByRowId(desk.reading, row.hit_id), disposition: null, caseId: null, caseNumber: null },
  }));
}

/**
 * The second verdict; the first stays in force, and who gave it can be asked. Throws
 * `second-officer-required` for that officer, and `conflict` where it was judged.
 */
export function judgeReview(desk: CaseDesk, input: Parsed<'secondReviews.judge'>): JudgedReview {
  const { session } = desk;
  const row = secondReviewRow(dbOf(desk), input.reviewId);
  if (row.verdict !== null) throw new DocketError('conflict', 'this was judged already', row.id);
  if (row.first_officer_id === session.officer.id)
    throw new DocketError('second-officer-required', 'nobody reviews their own verdict', session.officer.id);
  const agreed = input.verdict === row.first_verdict;
  change(session, () => {
    judgeRow(session.workspace.store, row.id, {
      verdict: input.verdict,
      note: input.note,
      officer_id: session.officer.id,
      at: session.environment.now(),
    });
    record(session, {
      type: 'second-review.judged',
      subject: { type: 'hit', id: hitByRowId(desk.reading, row.hit_id).id },
      after: { verdict: input.verdict, agreed, note: input.note },
    });
  });
  return shown(desk, row.id);
}

function shown(desk: CaseDesk, id: string): JudgedReview {
  const row = secondReviewRow(dbOf(desk), id);
  const names = new Map(listOfficers(dbOf(desk)).map((officer) => [officer.id, officer.name]));
  return {
    id: row.id,
    cause: row.cause,
    hit: hitByRowId(desk.reading, row.hit_id),
    first: row.first_verdict,
    firstOfficer: names.get(row.first_officer_id) ?? '',
    second: row.verdict as Verdict,
    secondOfficer: names.get(row.officer_id ?? '') ?? '',
    note: row.note,
    at: row.at ?? 0,
    agreed: row.verdict === row.first_verdict,
  };
}

/** What both judged, disagreements first. */
export function listJudged(desk: CaseDesk, input: Parsed<'secondReviews.judged'>): JudgedReview[] {
  return judgedReviews(dbOf(desk), input.limit).map(({ id }) => shown(desk, id));
}

export function agreementByCategory(desk: CaseDesk): Agreement[] {
  const byCategory = new Map<CategoryId, [string, string][]>();
  for (const { category, first, second } of verdictPairs(dbOf(desk))) {
    byCategory.set(category, [...(byCategory.get(category) ?? []), [first, second]]);
  }
  return [...byCategory].map(([category, pairs]) => ({
    category,
    judged: pairs.length,
    agreed: pairs.filter(([first, second]) => first === second).length,
    kappa: kappaOf(pairs),
  }));
}
