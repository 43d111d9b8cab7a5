/**
 * Circumstances of confirmed hits that open duty routes: no detector can tell that a message leaks
 * personal data of many people, or that a child is the victim. An officer says it, with the reason.
 */
import type { Parsed } from '../../../contract/api.ts';
import { DocketError } from '../../../contract/errors.ts';
import type { HitMarks } from '../../domain/duty.ts';
import type { Hit } from '../../domain/hit.ts';
import { caseRow } from '../../storage/cases/cases.ts';
import { hitRowId, hitsByIds } from '../../storage/detection/hits.ts';
import { marksOfHit, writeMark } from '../../storage/duties/duty-records.ts';
import { messageRowId } from '../../storage/messages/messages.ts';
import { isQuarantined } from '../../storage/messages/quarantine.ts';
import { type CaseDesk, caseHits, dbOf } from '../cases/case-desk.ts';
import { change, record } from '../session.ts';
import { rerouteHit } from './duties.ts';

function withMarks(desk: CaseDesk, hit: Hit): HitMarks {
  const db = dbOf(desk);
  const withheld = hit.subject.type === 'message' && isQuarantined(db, messageRowId(db, hit.subject.id));
  return {
    hitId: hit.id,
    messageId: hit.subject.type === 'message' ? hit.subject.id : null,
    quarantined: withheld,
    text: withheld ? '' : hit.text,
    category: hit.category,
    ruleTitle: hit.ruleTitle,
    marks: marksOfHit(db, hitRowId(db, hit.id)).map(({ mark, reason, officer, at }) => ({
      mark,
      reason,
      officer,
      at,
    })),
  };
}

/** The hits of a case with their marks. */
export function caseMarks(desk: CaseDesk, { caseId }: Parsed<'duties.marks'>): HitMarks[] {
  caseRow(dbOf(desk), caseId);
  return caseHits(desk.reading, caseId).map((hit) => withMarks(desk, hit));
}

/**
 * Sets or takes back a mark of a confirmed hit, and brings the duties of its case up to date.
 * Throws `verification-required` for a hit that is not confirmed, `conflict` in a closed case.
 */
export function markHit(desk: CaseDesk, input: Parsed<'duties.mark'>): HitMarks {
  const [hit] = hitsByIds(desk.reading, [input.hitId]);
  if (hit?.disposition?.verdict !== 'confirmed')
    throw new DocketError('verification-required', 'only confirmed hits carry marks', input.hitId);
  const { session } = desk;
  const db = dbOf(desk);
  const target = hit.caseId === null ? null : caseRow(db, hit.caseId);
  if (target?.state === 'closed') throw new DocketError('conflict', 'the case is closed', hit.caseId);
  const before = marksOfHit(db, hitRowId(db, hit.id)).map(({ mark }) => mark);
  if (before.includes(input.mark) === input.on) return withMarks(desk, hit);
  const reason = input.reason.trim();
  change(session, () => {
    writeMark(session.workspace.store, {
      hit_id: hitRowId(db, hit.id),
      mark: input.mark,
      reason,
      officer_id: session.officer.id,
      at: session.environment.now(),
      taken_back: input.on ? 0 : 1,
    });
    const after = input.on ? [...before, input.mark].sort() : before.filter((mark) => mark !== input.mark);
    record(session, {
      type: 'hit.marked',
      subject: { type: 'hit', id: hit.id },
      ...(target ? { caseId: target.id } : {}),
      before: { marks: before },
      after: { marks: after, reason },
    });
    if (target) rerouteHit(desk, target, hit, reason);
  });
  return withMarks(desk, hit);
}
