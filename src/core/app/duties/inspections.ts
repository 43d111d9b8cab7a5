/** The register of inspections received, assistance asked for and orders to put something right (S3-6, S4-10). */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Parsed } from '../../../contract/api.ts';
import { DocketError } from '../../../contract/errors.ts';
import type { Inspection } from '../../domain/duty.ts';
import { caseRow } from '../../storage/cases/cases.ts';
import { insertInspection, inspectionRows, updateInspection } from '../../storage/duties/duty-records.ts';
import { type CaseDesk, dbOf } from '../cases/case-desk.ts';
import { change, newUid, record } from '../session.ts';

export function listInspections(desk: CaseDesk, id: string | null = null): Inspection[] {
  return inspectionRows(dbOf(desk), desk.reading.prefix, desk.session.environment.now(), id);
}

function one(desk: CaseDesk, id: string): Inspection {
  const [found] = listInspections(desk, id);
  if (!found) throw new DocketError('not-found', 'no such entry', id);
  return found;
}

/** Enters a request. The legal document's file is read for its digest and stays where it is. */
export function recordInspection(desk: CaseDesk, input: Parsed<'inspections.record'>): Inspection {
  const { session } = desk;
  const now = session.environment.now();
  if (input.receivedAt > now)
    throw new DocketError('invalid-input', 'this cannot have come in the future', 'receivedAt');
  if (input.caseId) caseRow(dbOf(desk), input.caseId);
  const id = newUid(session);
  const sha256 = input.file ? createHash('sha256').update(readFileSync(input.file)).digest('hex') : null;
  const facts = {
    kind: input.kind,
    authority: input.authority.trim(),
    document_number: input.documentNumber.trim(),
    legal_basis: input.legalBasis.trim(),
    request: input.request.trim(),
    received_at: input.receivedAt,
    due_at: input.dueAt ?? null,
    file: input.file ? basename(input.file) : null,
    sha256,
  };
  change(session, () => {
    insertInspection(session.workspace.store, {
      ...facts,
      id,
      case_id: input.caseId ?? null,
      given: '',
      given_at: null,
      signed_by: null,
      state: 'open',
      officer_id: session.officer.id,
      recorded_at: now,
    });
    record(session, {
      type: 'inspection.recorded',
      subject: { type: 'inspection', id },
      ...(input.caseId ? { caseId: input.caseId } : {}),
      after: {
        kind: facts.kind,
        authority: facts.authority,
        number: facts.document_number,
        request: facts.request,
      },
    });
  });
  return one(desk, id);
}

/** Notes what was given and who signed for it; that ends the entry. Throws `conflict` for an answered one. */
export function answerInspection(desk: CaseDesk, input: Parsed<'inspections.answer'>): Inspection {
  const before = one(desk, input.inspectionId);
  if (before.state === 'answered') throw new DocketError('conflict', 'answered already', before.id);
  const { session } = desk;
  if (input.at > session.environment.now() || input.at < before.receivedAt)
    throw new DocketError('invalid-input', 'answered between its receipt and now', 'at');
  const changes = { given: input.given.trim(), given_at: input.at, signed_by: input.signedBy.trim() };
  change(session, () => {
    updateInspection(session.workspace.store, before.id, { ...changes, state: 'answered' });
    record(session, {
      type: 'inspection.answered',
      subject: { type: 'inspection', id: before.id },
      ...(before.caseId ? { caseId: before.caseId } : {}),
      before: { state: 'open' },
      after: { state: 'answered', given: changes.given, at: changes.given_at, signedBy: changes.signed_by },
    });
  });
  return one(desk, before.id);
}
