import type { Bilingual } from '../../domain/bilingual.ts';
import type { Platform } from '../../domain/message.ts';
import type { Source, SourceState } from '../../domain/source.ts';
import type { LedgerRange } from '../../importers/importer.ts';
import { all, type Database, get, prepare, run } from '../database.ts';
import { rowContent } from '../messages/batch-content.ts';
import { insertRow, type Store, sealBatch, updateRow } from '../rows.ts';

export interface SourceRow {
  id: number;
  uid: string;
  parent_id: number | null;
  file: string;
  sha256: string;
  bytes: number;
  blob: string;
  secret: Buffer;
  importer: string;
  importer_version: number;
  platform: Platform;
  holds: 'chat' | 'list' | 'archive' | 'companion';
  format_version: string | null;
  encoding: string;
  zone: string;
  zone_assumed: number;
  zone_matters: number;
  assumptions: string;
  selection: string;
  state: SourceState;
  conversations: number;
  accounts: number;
  messages: number;
  duplicates: number;
  bytes_done: number;
  digest: string | null;
  authority_id: string | null;
  imported_at: number;
  officer_id: string;
}

export type NewSource = Omit<SourceRow, 'id'>;

export function insertSource(store: Store, source: NewSource): SourceRow {
  const id = insertRow(store, 'sources', { ...source });
  return get<SourceRow>(store.db, 'SELECT * FROM sources WHERE id = ?', id) as SourceRow;
}

export function updateSource(store: Store, id: number, changes: Partial<Omit<SourceRow, 'id'>>): void {
  updateRow(store, 'sources', { id }, { ...changes });
}

export function sourceByUid(db: Database, uid: string): SourceRow | undefined {
  return get<SourceRow>(db, 'SELECT * FROM sources WHERE uid = ?', uid);
}

/** Whether a source of so many bytes is here. */
export function hasSourceOf(db: Database, bytes: number): boolean {
  return get(db, 'SELECT 1 FROM sources WHERE bytes = ? LIMIT 1', bytes) !== undefined;
}

export function sourcesBySha256(db: Database, sha256: string): SourceRow[] {
  return all<SourceRow>(db, 'SELECT * FROM sources WHERE sha256 = ? ORDER BY id', sha256);
}

function sourceUid(db: Database, id: number): string | undefined {
  return get<{ uid: string }>(db, 'SELECT uid FROM sources WHERE id = ?', id)?.uid;
}

/** Imports that a crash cut off: the process that wrote `importing` is gone. */
export function interruptedSources(db: Database): SourceRow[] {
  return all<SourceRow>(db, "SELECT * FROM sources WHERE state = 'importing'");
}

export function listSourceRows(db: Database): SourceRow[] {
  return all<SourceRow>(db, 'SELECT * FROM sources ORDER BY id DESC');
}

/** Stores ledger ranges and seals them as one batch. Call inside a transaction. */
export function insertRanges(store: Store, sourceId: number, ranges: readonly LedgerRange[]): void {
  const first = ranges[0];
  const last = ranges.at(-1);
  if (!first || !last) return;
  const insert = prepare(
    store.db,
    'INSERT INTO source_ranges (source_id, start, end, line, kind, code, count, digest) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  );
  let content = '';
  for (const range of ranges) {
    const values = [
      range.start,
      range.end,
      range.line,
      range.kind,
      range.code,
      range.count,
      range.digest ?? null,
    ];
    insert.run(sourceId, ...values);
    content += rowContent(values);
  }
  sealBatch(
    store,
    { scope: 'source_ranges', owner: sourceId, first: first.start, last: last.start, rows: ranges.length },
    content,
  );
}

/** Byte up to which the ledger of a source is stored without a hole. */
export function ledgerEnd(db: Database, sourceId: number): number {
  return (
    get<{ end: number | null }>(db, 'SELECT max(end) AS end FROM source_ranges WHERE source_id = ?', sourceId)
      ?.end ?? 0
  );
}

interface RangeSum {
  kind: 'parsed' | 'skipped' | 'ignored';
  code: string;
  bytes: number;
  count: number;
  first_line: number;
}

/** The source as the contract shows it. `titleOf` names an importer. */
export function toSource(
  db: Database,
  row: SourceRow,
  titleOf: (importer: string) => Bilingual,
  officerName: string,
): Source {
  const sums = all<RangeSum>(
    db,
    `SELECT kind, code, sum(end - start) AS bytes, sum(count) AS count, min(line) AS first_line
     FROM source_ranges WHERE source_id = ? GROUP BY kind, code ORDER BY code`,
    row.id,
  );
  const bytes = (kind: RangeSum['kind']) =>
    sums.filter((sum) => sum.kind === kind).reduce((total, sum) => total + sum.bytes, 0);
  const skips = sums.filter((sum) => sum.kind === 'skipped');
  return {
    id: row.uid,
    file: row.file,
    sha256: row.sha256,
    bytes: row.bytes,
    format: row.importer,
    formatTitle: titleOf(row.importer),
    formatVersion: row.format_version,
    importerVersion: row.importer_version,
    platform: row.platform,
    holds: row.holds,
    parentId: row.parent_id === null ? null : (sourceUid(db, row.parent_id) ?? null),
    encoding: row.encoding,
    zone: { id: row.zone, assumed: row.zone_assumed === 1, matters: row.zone_matters === 1 },
    assumptions: JSON.parse(row.assumptions) as Record<string, string>,
    state: row.state,
    conversations: row.conversations,
    accounts: row.accounts,
    messages: row.messages,
    duplicates: row.duplicates,
    skipped: skips.reduce((total, sum) => total + sum.count, 0),
    ledger: {
      parsedBytes: bytes('parsed'),
      skippedBytes: bytes('skipped'),
      ignoredBytes: bytes('ignored'),
    },
    skips: skips.map((sum) => ({ code: sum.code, count: sum.count, firstLine: sum.first_line })),
    digest: row.digest,
    authorityId: row.authority_id,
    importedAt: row.imported_at,
    officer: officerName,
  };
}

export interface RangeRow {
  start: number;
  end: number;
  line: number;
  kind: 'parsed' | 'skipped' | 'ignored';
  code: string;
  count: number;
}

/** Ranges from a byte offset on, in order; only skipped ones if asked. */
export function rangesFrom(
  db: Database,
  sourceId: number,
  from: number,
  limit: number,
  skippedOnly: boolean,
): RangeRow[] {
  return all<RangeRow>(
    db,
    `SELECT start, end, line, kind, code, count FROM source_ranges
     WHERE source_id = ? AND start >= ? ${skippedOnly ? "AND kind = 'skipped'" : ''} ORDER BY start LIMIT ?`,
    sourceId,
    from,
    limit,
  );
}

export function countRanges(db: Database, sourceId: number, skippedOnly: boolean): number {
  return (
    get<{ n: number }>(
      db,
      `SELECT count(*) AS n FROM source_ranges WHERE source_id = ? ${skippedOnly ? "AND kind = 'skipped'" : ''}`,
      sourceId,
    )?.n ?? 0
  );
}

/** The digests of a source's occurrences in order, one at a time; read in pages, so that others may write in between. */
export function* occurrenceDigests(db: Database, sourceId: number): Generator<Buffer> {
  const page = prepare(
    db,
    `SELECT ordinal, digest FROM message_occurrences WHERE source_id = ? AND ordinal > ?
     ORDER BY ordinal LIMIT 5000`,
  );
  for (let after = -1; ; ) {
    const rows = page.all(sourceId, after) as unknown as { ordinal: number; digest: Buffer }[];
    for (const { digest } of rows) yield digest;
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.ordinal;
  }
}

/** Recomputes the instants of a source's wall-clock times after its zone was corrected. */
export function moveTimes(db: Database, sourceId: number, toInstant: (wall: number) => number): void {
  const rows = prepare(
    db,
    'SELECT id, wall_time FROM messages WHERE source_id = ? AND wall_time IS NOT NULL AND instant IS NULL',
  ).all(sourceId) as { id: number; wall_time: number }[];
  for (const row of rows) {
    const at = toInstant(row.wall_time);
    run(db, 'UPDATE messages SET sent_at = ?, sort_at = ? WHERE id = ?', at, at, row.id);
    run(db, 'UPDATE hits SET sort_at = ? WHERE message_id = ?', at, row.id);
  }
  moveUntimed(db, sourceId, toInstant);
  run(
    db,
    `UPDATE conversation_totals AS t SET (first_at, last_at) =
       (SELECT min(sent_at), max(sent_at) FROM messages m WHERE m.conversation_id = t.conversation_id)
     WHERE t.conversation_id IN (SELECT DISTINCT conversation_id FROM messages WHERE source_id = ?)`,
    sourceId,
  );
}

/**
 * Messages without a readable time stay beside the one before them in the file, at the time that this
 * source gives that one: another source that holds it too may lie in another zone.
 */
function moveUntimed(db: Database, sourceId: number, toInstant: (wall: number) => number): void {
  const untimed = get(db, 'SELECT 1 FROM messages WHERE source_id = ? AND sent_at IS NULL LIMIT 1', sourceId);
  if (!untimed) return;
  const rows = all<{
    id: number;
    source_id: number;
    instant: number | null;
    wall_time: number | null;
    sort_at: number;
  }>(
    db,
    `SELECT m.id, m.source_id, m.instant, m.wall_time, m.sort_at
     FROM message_occurrences o JOIN messages m ON m.id = o.message_id
     WHERE o.source_id = ? ORDER BY o.start, o.ordinal`,
    sourceId,
  );
  let last = 0;
  for (const row of rows) {
    if (row.instant !== null) last = row.instant;
    else if (row.wall_time !== null) last = toInstant(row.wall_time);
    else if (row.source_id === sourceId && row.sort_at !== last) {
      run(db, 'UPDATE messages SET sort_at = ? WHERE id = ?', last, row.id);
      run(db, 'UPDATE hits SET sort_at = ? WHERE message_id = ?', last, row.id);
    }
  }
}
