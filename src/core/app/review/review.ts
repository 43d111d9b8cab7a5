import type { Parsed } from '../../../contract/api.ts';
import { DocketError } from '../../../contract/errors.ts';
import type { Hit } from '../../domain/hit.ts';
import {
  caseOfHit,
  currentDisposition,
  dispositionBefore,
  dispositionsOfBatch,
  insertDisposition,
} from '../../storage/detection/dispositions.ts';
import { type HitReading, hitByRowId, hitRowId } from '../../storage/detection/hits.ts';
import { change, newUid, record, type Session } from '../session.ts';
import { endWork, requireFreeWork } from '../work-lock.ts';

/**
 * Gives hits a verdict, as one batch that can be taken back as one. Every verdict but `confirmed`
 * needs a reason (`reason-required`); a hit of a case keeps its confirmation (`conflict`: take it out
 * of the case first).
 */
export function disposeHits(
  session: Session,
  reading: HitReading,
  input: Parsed<'hits.dispose'>,
): { batchId: string; hits: Hit[] } {
  if (input.verdict !== 'confirmed' && !input.reason) {
    throw new DocketError('reason-required', `a verdict ${input.verdict} needs a reason`, 'reason');
  }
  const { store } = session.workspace;
  const rows = input.hitIds.map((uid) => ({ uid, id: hitRowId(store.db, uid) }));
  const batchId = newUid(session);
  change(session, () => {
    for (const { uid, id } of rows) {
      requireFreeWork(session, { type: 'hit', id: uid });
      endWork(session, { type: 'hit', id: uid });
      if (input.verdict !== 'confirmed' && caseOfHit(store.db, id) !== null) {
        throw new DocketError('conflict', 'the hit is part of a case', uid);
      }
      const hit = hitByRowId(reading, id);
      const before = currentDisposition(store.db, id);
      const eventId = record(session, {
        type: 'hit.disposed',
        subject: { type: 'hit', id: uid },
        before: before ? { verdict: before.verdict, reason: before.reason } : null,
        after: {
          verdict: input.verdict,
          reason: input.reason ?? null,
          note: input.note,
          rule: hit.rule,
          ruleVersion: hit.ruleVersion,
          batch: batchId,
        },
        ...(before ? { supersedes: before.event_id } : {}),
      });
      insertDisposition(store, {
        id: newUid(session),
        hitId: id,
        batchId,
        verdict: input.verdict,
        reason: input.reason ?? null,
        note: input.note,
        ruleVersion: hit.ruleVersion,
        officerId: session.officer.id,
        at: session.environment.now(),
        eventId,
        undoes: null,
      });
    }
  });
  return { batchId, hits: rows.map(({ id }) => hitByRowId(reading, id)) };
}

/**
 * Takes a batch back by new events: what stood before stands again. Throws `not-found` for an unknown
 * batch and `conflict` where a hit was decided again since, or belongs to a case by now.
 */
export function undoDisposition(session: Session, reading: HitReading, batchId: string): { hits: Hit[] } {
  const { store } = session.workspace;
  const batch = dispositionsOfBatch(store.db, batchId);
  if (batch.length === 0) throw new DocketError('not-found', 'no such batch', batchId);
  const undoBatch = newUid(session);
  change(session, () => {
    for (const disposition of batch) {
      const current = currentDisposition(store.db, disposition.hit_id);
      if (current?.id !== disposition.id) {
        throw new DocketError('conflict', 'a hit of this batch was decided again since', batchId);
      }
      if (caseOfHit(store.db, disposition.hit_id) !== null) {
        throw new DocketError('conflict', 'a hit of this batch is part of a case', batchId);
      }
      const earlier = dispositionBefore(store.db, disposition.hit_id, disposition.id);
      const eventId = record(session, {
        type: 'hit.disposition-undone',
        subject: { type: 'hit', id: hitByRowId(reading, disposition.hit_id).id },
        before: { verdict: disposition.verdict, reason: disposition.reason },
        after: { verdict: earlier?.verdict ?? null, reason: earlier?.reason ?? null, batch: undoBatch },
        supersedes: disposition.event_id,
      });
      insertDisposition(store, {
        id: newUid(session),
        hitId: disposition.hit_id,
        batchId: undoBatch,
        verdict: earlier?.verdict ?? null,
        reason: earlier?.reason ?? null,
        note: earlier?.note ?? '',
        ruleVersion: disposition.rule_version,
        officerId: session.officer.id,
        at: session.environment.now(),
        eventId,
        undoes: disposition.id,
      });
    }
  });
  return { hits: batch.map((disposition) => hitByRowId(reading, disposition.hit_id)) };
}
