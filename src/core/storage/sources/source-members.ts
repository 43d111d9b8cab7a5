/** Which folder or archive a source came in, and under which path: its companions are found by it. */
import { all, type Database, get } from '../database.ts';
import { insertRow, type Store } from '../rows.ts';
import type { SourceRow } from './sources.ts';

export interface MemberPlace {
  /** Id of the folder drop, or of the archive's own source. */
  readonly bundle: string;
  /** Below the folder or inside the archive, with `/`. */
  readonly path: string;
}

/** Call inside the transaction that inserts the source. */
export function insertMember(store: Store, sourceId: number, place: MemberPlace): void {
  insertRow(store, 'source_members', { source_id: sourceId, bundle: place.bundle, path: place.path });
}

export function memberPlace(db: Database, sourceId: number): MemberPlace | null {
  return (
    get<MemberPlace>(db, 'SELECT bundle, path FROM source_members WHERE source_id = ?', sourceId) ?? null
  );
}

/** The sealed source at a path of a bundle; the first where several kinds were made of one file. */
export function sourceAt(db: Database, bundle: string, path: string): SourceRow | null {
  return (
    get<SourceRow>(
      db,
      `SELECT s.* FROM source_members m JOIN sources s ON s.id = m.source_id
       WHERE m.bundle = ? AND m.path = ? ORDER BY s.id LIMIT 1`,
      bundle,
      path,
    ) ?? null
  );
}

/** Sources that came out of an archive. */
export function sourcesInside(db: Database, archiveId: number): SourceRow[] {
  return all<SourceRow>(db, 'SELECT * FROM sources WHERE parent_id = ? ORDER BY id', archiveId);
}
