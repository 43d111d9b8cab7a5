/** Choosing between two versions: by an event of one's own that supersedes; both stay in the log. */
import type { Parsed } from '../../../contract/api.ts';
import { DocketError } from '../../../contract/errors.ts';
import type { TransferConflict } from '../../domain/transfer.ts';
import { all, get } from '../../storage/database.ts';
import { caseOfHit, currentDisposition, insertDisposition } from '../../storage/detection/dispositions.ts';
import { insertRow } from '../../storage/rows.ts';
import { hitByShared, itemHere, travellingTable } from '../../storage/transfer/transfer-rows.ts';
import {
  type ConflictRow,
  conflictRows,
  noteVersion,
  settleConflict,
} from '../../storage/transfer/transfers.ts';
import { versionDigest } from '../../transfer/merge.ts';
import { type CaseDesk, dbOf, settleState } from '../cases/case-desk.ts';
import { withdrawOpen } from '../cases/measures.ts';
import { atOnce } from '../pace.ts';
import { change, newUid, record, requireRole } from '../session.ts';
import { type ConflictSide, presentConflict } from './transfer-list.ts';
import type { Held } from './transfer-merge.ts';
import { changeRow, insertTravelling, takeDispositions } from './transfer-write.ts';

interface Choosing {
  readonly row: ConflictRow;
  readonly held: Held;
  readonly choice: 'ours' | 'theirs';
  readonly reason: string;
}

/**
 * Settles a conflict. Throws `not-found`, `conflict` for one that is settled or whose hit is part of a case
 * that needs its confirmation, `not-allowed` for an officer who settles decisions.
 */
export function resolveConflict(desk: CaseDesk, input: Parsed<'transfers.resolve'>): TransferConflict {
  const db = dbOf(desk);
  const [row] = conflictRows(db, input.conflictId);
  if (!row) throw new DocketError('not-found', 'no such conflict', input.conflictId);
  if (row.resolved_at !== null) throw new DocketError('conflict', 'this was settled already', row.id);
  if (row.kind === 'decision') requireRole(desk.session, 'manager', 'legal', 'administrator');
  const choosing = { row, held: JSON.parse(row.held) as Held, choice: input.choice, reason: input.reason };
  change(desk.session, () => {
    const eventId =
      row.kind === 'row'
        ? settleRow(desk, choosing)
        : row.kind === 'disposition'
          ? settleDisposition(desk, choosing)
          : settleDecision(desk, choosing);
    settleConflict(desk.session.workspace.store, row.id, {
      resolved_at: desk.session.environment.now(),
      resolved_by: desk.session.officer.id,
      choice: input.choice,
      reason: input.reason,
      event_id: eventId,
    });
    if (row.case_id !== null) settleState(desk, row.case_id);
  });
  const [settled] = conflictRows(db, row.id);
  return presentConflict(desk, settled ?? row);
}

/** The event of the choice; it supersedes what was last said here about the subject. */
function settled(
  desk: CaseDesk,
  { row, choice, reason }: Choosing,
  subject: { type: string; id: string },
): string {
  const ours = JSON.parse(row.ours) as ConflictSide;
  const theirs = JSON.parse(row.theirs) as ConflictSide;
  const last = get<{ id: string }>(
    dbOf(desk),
    'SELECT id FROM events WHERE subject_id = ? ORDER BY id DESC LIMIT 1',
    subject.id,
  );
  return record(desk.session, {
    type: 'conflict.resolved',
    subject,
    ...(row.case_id === null ? {} : { caseId: row.case_id }),
    before: { ours: ours.fields, theirs: theirs.fields },
    after: { ...(choice === 'ours' ? ours.fields : theirs.fields), choice, reason },
    ...(last ? { supersedes: last.id } : {}),
  });
}

function settleRow(desk: CaseDesk, choosing: Choosing): string {
  const { store } = desk.session.workspace;
  const [item] = choosing.held.items;
  const table = item && travellingTable(item.table);
  const here = table && atOnce(itemHere(store.db, table, item.row));
  if (!here) throw new DocketError('not-found', 'the row is not here any more', choosing.row.item);
  const at = desk.session.environment.now();
  if (choosing.choice === 'theirs') {
    const columns = choosing.held.columns.map((name) => [name, item.row[name]] as const);
    changeRow(desk, table, here, { ...here.row, ...Object.fromEntries(columns) });
  }
  // Theirs is known here from now on: what stands is a later version than both.
  const theirs = {
    digest: atOnce(versionDigest(item.row, item.parts ?? null)),
    content: JSON.stringify(item.row),
  };
  noteVersion(store, item.item, theirs, at);
  const now = atOnce(itemHere(store.db, table, item.row));
  if (now) {
    const digest = atOnce(versionDigest(now.row, now.parts ?? null));
    noteVersion(store, item.item, { digest, content: JSON.stringify(now.row) }, at);
  }
  return settled(desk, choosing, { type: item.table, id: String(here.local.id ?? here.item) });
}

function settleDisposition(desk: CaseDesk, choosing: Choosing): string {
  const { session } = desk;
  const { store } = session.workspace;
  const shared = choosing.row.item.slice('dispositions:'.length);
  const hitId = hitByShared(store.db, shared);
  const theirs = choosing.held.dispositions.at(-1);
  const ours = hitId === null ? undefined : currentDisposition(store.db, hitId);
  if (hitId === null || !theirs) throw new DocketError('not-found', 'the hit is not here any more', shared);
  const chosen = choosing.choice === 'ours' ? ours : theirs;
  if (caseOfHit(store.db, hitId) !== null && chosen?.verdict !== 'confirmed') {
    throw new DocketError('conflict', 'the hit is part of a case', choosing.row.id);
  }
  takeDispositions(desk, hitId, choosing.held.dispositions);
  const hit = get<{ rule_version: string }>(store.db, 'SELECT rule_version FROM hits WHERE id = ?', hitId);
  const eventId = settled(desk, choosing, { type: 'hit', id: shared });
  insertDisposition(store, {
    id: newUid(session),
    hitId,
    batchId: newUid(session),
    verdict: (chosen?.verdict ?? null) as Parameters<typeof insertDisposition>[1]['verdict'],
    reason: (chosen?.reason ?? null) as Parameters<typeof insertDisposition>[1]['reason'],
    note: choosing.reason,
    ruleVersion: chosen?.rule_version ?? hit?.rule_version ?? '',
    officerId: session.officer.id,
    at: session.environment.now(),
    eventId,
    undoes: null,
  });
  return eventId;
}

/** Both decisions are kept, signed as they were made; the one that was not chosen is superseded. */
function settleDecision(desk: CaseDesk, choosing: Choosing): string {
  const { session } = desk;
  const { store } = session.workspace;
  const party = choosing.row.item.slice('decisions:'.length);
  const inForce = all<{ id: string }>(
    store.db,
    `SELECT id FROM decisions WHERE party_id = ? AND id NOT IN (SELECT decision_id FROM superseded_decisions)
     ORDER BY at, id`,
    party,
  ).map(({ id }) => id);
  const theirs: string[] = [];
  for (const item of choosing.held.items) {
    const table = travellingTable(item.table);
    if (!table || atOnce(itemHere(store.db, table, item.row))) continue;
    atOnce(insertTravelling(desk, table, item));
    const at = session.environment.now();
    noteVersion(store, item.item, { digest: item.known.at(-1) ?? '', content: JSON.stringify(item.row) }, at);
    if (item.table === 'decisions') theirs.push(String(item.row.id));
  }
  const [winners, losers] = choosing.choice === 'ours' ? [inForce, theirs] : [theirs, inForce];
  const winner = winners.at(-1);
  if (winner === undefined) throw new DocketError('not-found', 'no such decision', party);
  const eventId = settled(desk, choosing, { type: 'decision', id: winner });
  for (const loser of losers) {
    insertRow(store, 'superseded_decisions', {
      decision_id: loser,
      by_decision: winner,
      reason: choosing.reason,
      officer_id: session.officer.id,
      at: session.environment.now(),
      event_id: eventId,
    });
  }
  withdrawOpen(desk, party, winner);
  return eventId;
}
