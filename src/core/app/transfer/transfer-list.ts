/** The register of transfers, and what stands against each other, as screens show them. */
import { DocketError } from '../../../contract/errors.ts';
import type { Bilingual } from '../../domain/bilingual.ts';
import { Transfer, type TransferConflict, TransferCounts, TransferPeer } from '../../domain/transfer.ts';
import type { Database } from '../../storage/database.ts';
import { get } from '../../storage/database.ts';
import { caseNumber } from '../../storage/detection/hits.ts';
import { hitByShared } from '../../storage/transfer/transfer-rows.ts';
import {
  type ConflictRow,
  caseOrigin,
  conflictRows,
  type TransferRow,
  transferRow,
  transferRows,
} from '../../storage/transfer/transfers.ts';
import { type CaseDesk, dbOf } from '../cases/case-desk.ts';

/** What a side of a conflict says, as it is stored. */
export interface ConflictSide {
  readonly fields: Readonly<Record<string, string>>;
  readonly about: string;
  readonly by: { readonly officer: string; readonly at: number };
  readonly measureTitle?: Bilingual | null;
}

function numberHere(db: Database, prefix: string, caseId: string | null): string | null {
  const row =
    caseId === null
      ? undefined
      : get<{ number: number }>(db, 'SELECT number FROM cases WHERE id = ?', caseId);
  return row ? caseNumber(prefix, row.number) : null;
}

function present(desk: CaseDesk, row: TransferRow & { officer: string }): Transfer {
  const db = dbOf(desk);
  return Transfer.parse({
    id: row.id,
    direction: row.direction,
    kind: row.kind,
    caseId: row.case_id,
    caseNumber: numberHere(db, desk.reading.prefix, row.case_id),
    homeNumber: row.case_id === null ? null : (caseOrigin(db, row.case_id)?.number ?? null),
    peer: TransferPeer.parse(JSON.parse(row.peer)),
    file: row.file,
    sha256: row.sha256,
    counts: TransferCounts.parse(JSON.parse(row.counts)),
    at: row.at,
    officer: row.officer,
  });
}

/** What went and came, the latest first. */
export function listTransfers(desk: CaseDesk): Transfer[] {
  return transferRows(dbOf(desk)).map((row) => present(desk, row));
}

/** Throws `not-found`. */
export function presentTransfer(desk: CaseDesk, id: string): Transfer {
  const found = listTransfers(desk).find((one) => one.id === id);
  if (!found) throw new DocketError('not-found', 'no such transfer', id);
  return found;
}

/** The beginning of what a hit is about, read when it is shown: it is not kept with the conflict. */
function saidIn(db: Database, item: string): string {
  const id = hitByShared(db, item.slice('dispositions:'.length));
  const row = get<{ text: string }>(
    db,
    `SELECT coalesce(m.text, s.text) AS text FROM hits h LEFT JOIN messages m ON m.id = h.message_id
     LEFT JOIN hit_subjects s ON s.uid = h.subject_uid AND s.part = h.part WHERE h.id = ?
       AND NOT EXISTS (SELECT 1 FROM quarantined q WHERE q.message_id = m.id AND q.released_at IS NULL)`,
    id ?? 0,
  );
  return Array.from(row?.text ?? '')
    .slice(0, 120)
    .join('');
}

export function presentConflict(
  desk: CaseDesk,
  row: ConflictRow & { officer: string | null },
): TransferConflict {
  const db = dbOf(desk);
  const ours = JSON.parse(row.ours) as ConflictSide;
  const theirs = JSON.parse(row.theirs) as ConflictSide;
  const transfer = transferRow(db, row.transfer_id);
  const peer = TransferPeer.parse(JSON.parse(transfer?.peer ?? '{}'));
  const names = [...new Set([...Object.keys(ours.fields), ...Object.keys(theirs.fields)])];
  return {
    id: row.id,
    transferId: row.transfer_id,
    caseId: row.case_id,
    caseNumber: numberHere(db, desk.reading.prefix, row.case_id),
    kind: row.kind,
    table: row.item.slice(0, row.item.indexOf(':')),
    about: row.kind === 'disposition' ? saidIn(db, row.item) : ours.about,
    fields: names.map((name) => ({
      name,
      ours: ours.fields[name] ?? '',
      theirs: theirs.fields[name] ?? '',
    })),
    ours: { ...ours.by, measureTitle: ours.measureTitle ?? null },
    theirs: { ...theirs.by, measureTitle: theirs.measureTitle ?? null, prefix: peer.prefix },
    at: row.at,
    resolved:
      row.resolved_at === null || row.choice === null
        ? null
        : { choice: row.choice, reason: row.reason ?? '', officer: row.officer ?? '', at: row.resolved_at },
  };
}

/** Open ones first, then those that were settled. */
export function listConflicts(desk: CaseDesk): TransferConflict[] {
  return conflictRows(dbOf(desk)).map((row) => presentConflict(desk, row));
}
