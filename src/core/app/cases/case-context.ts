/** What an officer looks at beside a case before deciding. It names people and titles, no chat content. */
import type { Parsed } from '../../../contract/api.ts';
import type { CaseContext, Dossier } from '../../domain/case-context.ts';
import { civilDayOf } from '../../law/civil-day.ts';
import {
  dossierOf,
  precedents,
  relatedCases,
  responsibilityChains,
} from '../../storage/cases/case-context.ts';
import { caseRow, participantRowId } from '../../storage/cases/cases.ts';
import { type CaseDesk, dbOf } from './case-desk.ts';

export function getCaseContext(desk: CaseDesk, input: Parsed<'cases.context'>): CaseContext {
  const db = dbOf(desk);
  const { id } = caseRow(db, input.caseId);
  return {
    chains: responsibilityChains(db, id, civilDayOf),
    related: relatedCases(db, desk.reading.prefix, id),
    precedents: precedents(db, desk.reading.prefix, id),
  };
}

export function getDossier(desk: CaseDesk, input: Parsed<'cases.dossier'>): Dossier {
  const db = dbOf(desk);
  return dossierOf(db, desk.reading.prefix, participantRowId(db, 'accounts', input.accountId));
}
