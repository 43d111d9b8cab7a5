/** Saved mappings of tables, and the mapping that a source was read with. */
import { all, type Database, get } from '../database.ts';
import { insertRow, type Store, updateRow } from '../rows.ts';

export interface MappingRow {
  id: string;
  name: string;
  target: string;
  body: string;
  active: number;
  saved_at: number;
  officer_id: string;
}

export function insertMapping(store: Store, row: MappingRow): void {
  insertRow(store, 'table_mappings', { ...row });
}

/** Mappings that recognise tables, the newest first. */
export function activeMappings(db: Database): MappingRow[] {
  return all<MappingRow>(db, 'SELECT * FROM table_mappings WHERE active = 1 ORDER BY id DESC');
}

export function mappingById(db: Database, id: string): MappingRow | null {
  return get<MappingRow>(db, 'SELECT * FROM table_mappings WHERE id = ?', id) ?? null;
}

/** A mapping that is taken away recognises nothing any more; sources read with it keep their copy. */
export function retireMapping(store: Store, id: string): void {
  updateRow(store, 'table_mappings', { id }, { active: 0 });
}

export function insertSourceMapping(store: Store, sourceId: number, body: string): void {
  insertRow(store, 'source_mappings', { source_id: sourceId, body });
}

/** JSON of the mapping that a source is read with; null for formats that need none. */
export function sourceMapping(db: Database, sourceId: number): string | null {
  return (
    get<{ body: string }>(db, 'SELECT body FROM source_mappings WHERE source_id = ?', sourceId)?.body ?? null
  );
}
