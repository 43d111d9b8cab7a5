/**
 * Changing the ledger of a finished source: one range gives way to others that cover the same bytes.
 * The batch that held it is sealed anew, so that `check` still finds any other change.
 */
import type { LedgerRange } from '../../importers/importer.ts';
import { all, get, type Row, run } from '../database.ts';
import { keyed, type Store, updateRow } from '../rows.ts';
import type { RangeRow } from '../sources/sources.ts';
import { rowContent } from './batch-content.ts';

/** The range that begins at a byte; undefined where none does. */
export function rangeAt(store: Store, sourceId: number, start: number): RangeRow | undefined {
  return get<RangeRow>(
    store.db,
    'SELECT start, end, line, kind, code, count FROM source_ranges WHERE source_id = ? AND start = ?',
    sourceId,
    start,
  );
}

/** Byte at which the records of a source begin: before it stand its marks, header and metadata. */
export function recordsBegin(store: Store, sourceId: number): number {
  return (
    get<{ start: number | null }>(
      store.db,
      "SELECT min(start) AS start FROM source_ranges WHERE source_id = ? AND kind <> 'ignored' AND code <> 'metadata'",
      sourceId,
    )?.start ?? 0
  );
}

/**
 * Puts `ranges` in the place of the one that begins at `start`. Throws where they do not cover the same
 * bytes without gap or overlap. Call inside a transaction.
 */
export function replaceRange(
  store: Store,
  sourceId: number,
  start: number,
  ranges: readonly LedgerRange[],
): void {
  const replaced = rangeAt(store, sourceId, start);
  let end = start;
  for (const range of ranges) {
    if (range.start !== end || range.end <= range.start) {
      throw new Error(`the new ranges leave a gap or overlap at byte ${end}`);
    }
    end = range.end;
  }
  if (!replaced || replaced.end !== end) throw new Error(`the new ranges do not cover byte ${start} and on`);
  const batch = get<{ first: number; last: number }>(
    store.db,
    `SELECT first, last FROM batch_seals WHERE scope = 'source_ranges' AND owner = ? AND first <= ?
     ORDER BY first DESC LIMIT 1`,
    sourceId,
    start,
  );
  if (!batch) throw new Error(`no batch holds byte ${start}`);
  run(store.db, 'DELETE FROM source_ranges WHERE source_id = ? AND start = ?', sourceId, start);
  for (const range of ranges) {
    run(
      store.db,
      'INSERT INTO source_ranges (source_id, start, end, line, kind, code, count, digest) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
      sourceId,
      range.start,
      range.end,
      range.line,
      range.kind,
      range.code,
      range.count,
      range.digest ?? null,
    );
  }
  const last = Math.max(batch.last, ranges.at(-1)?.start ?? start);
  const rows = all<Row>(
    store.db,
    `SELECT start, end, line, kind, code, count, digest FROM source_ranges
     WHERE source_id = ? AND start BETWEEN ? AND ? ORDER BY start`,
    sourceId,
    batch.first,
    last,
  );
  const content = rows.map((row) => rowContent(Object.values(row))).join('');
  updateRow(
    store,
    'batch_seals',
    { scope: 'source_ranges', owner: sourceId, first: batch.first },
    { last, rows: rows.length, digest: keyed(store.sealKey, 'batch:source_ranges', content) },
  );
}
