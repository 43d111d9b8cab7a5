/** How long things are kept: periods with their basis, what is due, and what stands against destroying it. */
import type { Parsed } from '../../../contract/api.ts';
import { DocketError } from '../../../contract/errors.ts';
import { type Retained, RetentionKind, type RetentionRule } from '../../domain/retention.ts';
import { caseNumber } from '../../storage/detection/hits.ts';
import {
  begunOf,
  casesOf,
  casesOnSource,
  type RetainedRow,
  retainedRows,
  ruleRows,
  writeRule,
} from '../../storage/retention/retention.ts';
import { holdsOn } from '../../storage/retention/thing-holds.ts';
import { sourceByUid } from '../../storage/sources/sources.ts';
import { type CaseDesk, dbOf } from '../cases/case-desk.ts';
import { change, record, requireRole } from '../session.ts';

const DAY = 24 * 60 * 60 * 1000;

/** One for each kind; without days where nobody set a period. */
export function listRules(desk: CaseDesk): RetentionRule[] {
  const rows = ruleRows(dbOf(desk));
  return RetentionKind.options.map((kind) => {
    const row = rows.find((one) => one.kind === kind);
    return row
      ? { kind, days: row.days, basis: row.basis, officer: row.officer, at: row.at }
      : { kind, days: null, basis: '', officer: null, at: null };
  });
}

/** Throws `not-allowed` for an officer. */
export function setRule(desk: CaseDesk, { kind, days, basis }: Parsed<'retention.setRule'>): RetentionRule[] {
  requireRole(desk.session, 'manager', 'legal', 'administrator');
  const { session } = desk;
  const before = listRules(desk).find((rule) => rule.kind === kind);
  change(session, () => {
    writeRule(session.workspace.store, {
      kind,
      days,
      basis,
      officer_id: session.officer.id,
      at: session.environment.now(),
    });
    record(session, {
      type: 'retention.rule-set',
      subject: { type: 'retention', id: kind },
      before: { days: before?.days ?? null, basis: before?.basis ?? '' },
      after: { days, basis },
    });
  });
  return listRules(desk);
}

/** The cases that rest on a thing, with whether a hold stands on them. */
export function restingOn(desk: CaseDesk, kind: RetentionKind, id: string) {
  const db = dbOf(desk);
  const cases = kind === 'source' ? casesOnSource(db, sourceByUid(db, id)?.id ?? 0) : casesOf(db, kind, id);
  return cases.map(({ number, id: caseId, held }) => ({
    id: caseId,
    number: caseNumber(desk.reading.prefix, number),
    held: held === 1,
  }));
}

function retained(desk: CaseDesk, kind: RetentionKind, row: RetainedRow, days: number | null): Retained {
  const dueAt = days === null ? null : row.since + days * DAY;
  const cases = restingOn(desk, kind, row.id);
  const begun = begunOf(dbOf(desk), row.id);
  return {
    kind,
    ...row,
    dueAt,
    due: dueAt !== null && dueAt <= desk.session.environment.now(),
    holds: holdsOn(
      dbOf(desk),
      desk.reading.prefix,
      kind,
      row.id,
      cases.filter(({ held }) => held).map(({ id }) => id),
    ),
    cases: cases.map(({ number }) => number),
    begun: begun ? { at: begun.at, officer: begun.officer } : null,
  };
}

/** Everything with a period, what is due first; what is held is listed too, and says so. */
export function listRetained(desk: CaseDesk, { dueOnly }: Parsed<'retention.list'>): Retained[] {
  const rules = listRules(desk);
  return RetentionKind.options
    .flatMap((kind) => {
      const days = rules.find((rule) => rule.kind === kind)?.days ?? null;
      return retainedRows(dbOf(desk), kind).map((row) => retained(desk, kind, row, days));
    })
    .filter(({ due }) => due || !dueOnly)
    .sort((a, b) => (a.dueAt ?? Number.MAX_SAFE_INTEGER) - (b.dueAt ?? Number.MAX_SAFE_INTEGER));
}

/** One thing with its period. Throws `not-found`, also for what was destroyed. */
export function retainedThing(desk: CaseDesk, kind: RetentionKind, id: string): Retained {
  const row = retainedRows(dbOf(desk), kind).find((one) => one.id === id);
  if (!row) throw new DocketError('not-found', `no ${kind} whose period runs`, id);
  return retained(desk, kind, row, listRules(desk).find((rule) => rule.kind === kind)?.days ?? null);
}
