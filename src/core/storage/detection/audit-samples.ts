/** Random samples of messages without a hit, and what officers said of them. */
import type { AuditItem, AuditSample, AuditVerdict } from '../../domain/backtest.ts';
import type { CategoryId } from '../../domain/category.ts';
import { all, type Database, get } from '../database.ts';
import { visibleOnly } from '../messages/messages.ts';
import { insertRow, insertRows, type Store, updateRow } from '../rows.ts';

/** Row ids looked at in one step: some ten milliseconds. */
const STEP = 20_000;

/** Messages without a hit that have words of their own, by conversation, in the order of rows; yields between steps. */
export function* withoutHits(db: Database): Generator<void, { conversation: number; ids: number[] }[]> {
  const found = new Map<number, number[]>();
  const last = get<{ id: number | null }>(db, 'SELECT max(id) AS id FROM messages')?.id ?? 0;
  for (let after = 0; after < last; after += STEP) {
    const rows = all<{ id: number; conversation: number }>(
      db,
      `SELECT m.id, m.conversation_id AS conversation FROM messages m
       WHERE m.id > ? AND m.id <= ? AND m.kind <> 'system' AND trim(m.text) <> ''
         AND NOT EXISTS (SELECT 1 FROM hits h WHERE h.message_id = m.id) ${visibleOnly(db)} ORDER BY m.id`,
      after,
      after + STEP,
    );
    for (const { id, conversation } of rows) {
      const ids = found.get(conversation);
      if (ids === undefined) found.set(conversation, [id]);
      else ids.push(id);
    }
    yield;
  }
  return [...found]
    .map(([conversation, ids]) => ({ conversation, ids }))
    .sort((a, b) => a.conversation - b.conversation);
}

export function conversationName(db: Database, id: number): string {
  const row = get<{ name: string | null; platform_id: string | null }>(
    db,
    'SELECT name, platform_id FROM conversations WHERE id = ?',
    id,
  );
  return row?.name || row?.platform_id || String(id);
}

export interface SampleRow {
  id: string;
  seed: string;
  size: number;
  population: number;
  strata: AuditSample['strata'];
  at: number;
  officerId: string;
}

/** Stores a sample with its messages. Call inside a transaction. */
export function insertSample(
  store: Store,
  row: SampleRow,
  items: readonly { readonly messageId: number; readonly stratum: number }[],
): void {
  const { officerId, strata, ...rest } = row;
  insertRow(store, 'audit_samples', { ...rest, strata: JSON.stringify(strata), officer_id: officerId });
  insertRows(
    store,
    'audit_items',
    items.map(({ messageId, stratum }, position) => ({
      sample_id: row.id,
      position,
      message_id: messageId,
      stratum,
      verdict: null,
      category: null,
      at: null,
      officer_id: null,
    })),
  );
}

export type SampleCounts = Omit<AuditSample, 'missRate'>;

export function listSamples(db: Database): SampleCounts[] {
  return all<Omit<SampleCounts, 'strata'> & { strata: string }>(
    db,
    `SELECT s.id, s.seed, s.size, s.population, s.strata, s.at, o.name AS officer,
       (SELECT count(*) FROM audit_items i WHERE i.sample_id = s.id AND i.verdict IS NOT NULL) AS labelled,
       (SELECT count(*) FROM audit_items i WHERE i.sample_id = s.id AND i.verdict = 'violation') AS violations,
       (SELECT count(*) FROM audit_items i WHERE i.sample_id = s.id AND i.verdict = 'unsure') AS unsure
     FROM audit_samples s JOIN officers o ON o.id = s.officer_id ORDER BY s.id DESC`,
  ).map((row) => ({ ...row, strata: JSON.parse(row.strata) as AuditSample['strata'] }));
}

export interface ItemRow {
  position: number;
  message_id: number;
  stratum: number;
  verdict: AuditItem['verdict'];
  category: CategoryId | null;
}

export function itemsOf(db: Database, sampleId: string): ItemRow[] {
  return all<ItemRow>(
    db,
    'SELECT position, message_id, stratum, verdict, category FROM audit_items WHERE sample_id = ? ORDER BY position',
    sampleId,
  );
}

/** Writes a verdict over the one before. Call inside a transaction. */
export function putItemVerdict(
  store: Store,
  key: { sampleId: string; position: number },
  said: { verdict: AuditVerdict | null; category: CategoryId | null; at: number; officerId: string },
): void {
  const { officerId, ...rest } = said;
  updateRow(
    store,
    'audit_items',
    { sample_id: key.sampleId, position: key.position },
    { ...rest, officer_id: officerId },
  );
}
