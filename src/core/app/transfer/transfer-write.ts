/** Writing rows that came from another workstation. */
import { DocketError } from '../../../contract/errors.ts';
import { canonicalJson } from '../../audit/digest.ts';
import { insertCaseHit, nextCaseNumber, removeCaseHit } from '../../storage/cases/cases.ts';
import { all, type Database, get, type Row } from '../../storage/database.ts';
import { caseOfHit, insertDisposition, settleVerdict } from '../../storage/detection/dispositions.ts';
import { nextExhibitPosition, provenSource } from '../../storage/evidence/exhibits.ts';
import { insertRow, insertRows, updateRow } from '../../storage/rows.ts';
import {
  localRow,
  messageByShared,
  type ReadItem,
  type travellingTable,
  UnknownReference,
} from '../../storage/transfer/transfer-rows.ts';
import type { Item, PortableRow, TransferredDisposition } from '../../transfer/payload.ts';
import type { CaseDesk } from '../cases/case-desk.ts';

type Table = NonNullable<ReturnType<typeof travellingTable>>;

/** A row must have this workspace's columns, no more and no less: another version of the program, or no row of one. */
export function requireColumns(db: Database, { name, local }: Table, row: PortableRow): void {
  const here = all<{ name: string }>(db, `SELECT name FROM pragma_table_info('${name}')`)
    .map((column) => column.name)
    .filter((column) => column !== 'seal' && !local.includes(column))
    .sort();
  if (Object.keys(row).sort().join() !== here.join()) {
    throw new DocketError('transfer-invalid', 'other-columns', name);
  }
}

const nextNumber = (db: Database, table: string) =>
  (get<{ n: number | null }>(db, `SELECT max(number) AS n FROM ${table}`)?.n ?? 0) + 1;

/**
 * Inserts a row with what is each workstation's own; yields at safe points. False for a hit that is part of another
 * case here. Throws `UnknownReference`, with nothing of the row written.
 */
export function* insertTravelling(desk: CaseDesk, table: Table, item: Item): Generator<void, boolean> {
  const { store } = desk.session.workspace;
  const { db } = store;
  const { name } = table;
  const row = localRow(db, table, item.row);
  if (name === 'case_hits') {
    const hit = Number(row.hit_id);
    const other = caseOfHit(db, hit);
    if (row.removed === 0 && other !== null && other !== row.case_id) return false;
    if (row.removed === 0) insertCaseHit(store, String(row.case_id), hit);
    else insertRow(store, name, row);
  } else if (name === 'cases') insertRow(store, name, { ...row, number: nextCaseNumber(db) });
  else if (name === 'measures') insertRow(store, name, { ...row, number: nextNumber(db, name) });
  else if (name === 'exhibits') yield* insertReceivedExhibit(desk, row, item);
  else insertRow(store, name, row);
  return true;
}

/** Messages of an exhibit that are looked up, or written, between two safe points. */
const PAGE = 250;

function* insertReceivedExhibit(desk: CaseDesk, row: Row, item: Item): Generator<void, void> {
  const { store } = desk.session.workspace;
  const { db } = store;
  const messages: { id: number; subject: boolean }[] = [];
  for (const { message, subject } of item.parts ?? []) {
    const id = messageByShared(db, message);
    if (id === null) throw new UnknownReference(`message ${message}`);
    messages.push({ id, subject });
    if (messages.length % PAGE === 0) yield;
  }
  const subject = messages.find((one) => one.subject) ?? messages[0];
  const source = subject && provenSource(db, subject.id);
  if (!source) throw new UnknownReference(item.item);
  const taken = get(
    db,
    'SELECT 1 FROM exhibits WHERE case_id = ? AND position = ?',
    row.case_id,
    item.hint ?? 0,
  );
  const position = item.hint && !taken ? item.hint : nextExhibitPosition(db, String(row.case_id));
  insertRow(store, 'exhibits', { ...row, source_id: source.id, position });
  for (let from = 0; from < messages.length; from += PAGE) {
    const rows = messages.slice(from, from + PAGE).map((one) => ({
      exhibit_id: String(row.id),
      message_id: one.id,
      is_subject: one.subject ? 1 : 0,
    }));
    insertRows(store, 'exhibit_messages', rows);
    yield;
  }
}

/** Brings a row to another version; whether anything differed. Throws `UnknownReference`. */
export function changeRow(desk: CaseDesk, table: Table, here: ReadItem, row: PortableRow): boolean {
  const { name, key } = table;
  const { store } = desk.session.workspace;
  const changed = Object.fromEntries(
    Object.entries(row).filter(
      ([column, value]) => canonicalJson(value ?? null) !== canonicalJson(here.row[column] ?? null),
    ),
  );
  if (Object.keys(changed).length === 0) return false;
  if (name === 'case_hits') {
    const hit = Number(here.local.hit_id);
    if (changed.removed === 0) insertCaseHit(store, String(here.local.case_id), hit);
    else removeCaseHit(store, String(here.local.case_id), hit);
    return true;
  }
  const where = Object.fromEntries(key.map((column) => [column, here.local[column] ?? null]));
  updateRow(store, name, where, localRow(store.db, table, changed));
  return true;
}

/** Enters another workstation's dispositions of a hit, in their order. Call inside a transaction. */
export function takeDispositions(
  desk: CaseDesk,
  hitId: number,
  dispositions: readonly TransferredDisposition[],
): void {
  const { store } = desk.session.workspace;
  for (const one of dispositions) {
    insertDisposition(store, {
      id: one.id,
      hitId,
      batchId: one.batch_id,
      verdict: one.verdict as Parameters<typeof insertDisposition>[1]['verdict'],
      reason: one.reason as Parameters<typeof insertDisposition>[1]['reason'],
      note: one.note,
      ruleVersion: one.rule_version,
      officerId: one.officer_id,
      at: one.at,
      eventId: one.event_id,
      undoes: one.undoes,
    });
    desk.session.environment.uids.observe(one.id);
  }
  settleVerdict(store.db, hitId);
}
