/** Lists of the register: what the last import of each says, how it got there, and rows that were not taken. */
import type { ListKind } from '../../domain/list.ts';
import type { ImportedListRow, ListRowError } from '../../importers/importer.ts';
import { all, type Database, get, type Value } from '../database.ts';
import { insertRow, insertRows, type Store, updateRow } from '../rows.ts';

export interface ListRow {
  id: number;
  uid: string;
  kind: ListKind;
  name: string;
  created_at: number;
}

export interface ListEntryRow {
  id: number;
  uid: string;
  list_id: number;
  key: string;
  fields: string;
  present: number;
  source_id: number;
  sheet: string | null;
  start: number;
  end: number;
  line: number;
}

export interface ListImportRow {
  list_id: number;
  source_id: number;
  at: number;
  rows: number;
  added: number;
  changed: number;
  removed: number;
  errors: number;
}

export type ListChange = 'added' | 'changed' | 'removed';

/** The name of the list that a source's rows belong to. */
export function insertSourceList(store: Store, sourceId: number, name: string): void {
  insertRow(store, 'source_lists', { source_id: sourceId, name });
}

export function sourceListName(db: Database, sourceId: number): string | null {
  return (
    get<{ name: string }>(db, 'SELECT name FROM source_lists WHERE source_id = ?', sourceId)?.name ?? null
  );
}

export function findList(db: Database, kind: ListKind, name: string): ListRow | null {
  return get<ListRow>(db, 'SELECT * FROM lists WHERE kind = ? AND name = ?', kind, name) ?? null;
}

export function listByUid(db: Database, uid: string): ListRow | null {
  return get<ListRow>(db, 'SELECT * FROM lists WHERE uid = ?', uid) ?? null;
}

export function allLists(db: Database): ListRow[] {
  return all<ListRow>(db, 'SELECT * FROM lists ORDER BY kind, name');
}

export function importsOfList(db: Database, listId: number): ListImportRow[] {
  return all<ListImportRow>(
    db,
    'SELECT * FROM list_imports WHERE list_id = ? ORDER BY at DESC, source_id DESC',
    listId,
  );
}

export function importsOfSource(
  db: Database,
  sourceId: number,
): (ListImportRow & { kind: ListKind; name: string; uid: string })[] {
  return all(
    db,
    `SELECT i.*, l.kind, l.name, l.uid FROM list_imports i JOIN lists l ON l.id = i.list_id WHERE i.source_id = ? ORDER BY l.id`,
    sourceId,
  );
}

/** Entries by key, those that were removed included. */
export function entriesByKey(db: Database, listId: number): Map<string, ListEntryRow> {
  const rows = all<ListEntryRow>(db, 'SELECT * FROM list_rows WHERE list_id = ?', listId);
  return new Map(rows.map((row) => [row.key, row]));
}

export interface ListDifference {
  readonly added: readonly ImportedListRow[];
  readonly changed: readonly { readonly row: ImportedListRow; readonly before: ListEntryRow }[];
  readonly removed: readonly ListEntryRow[];
  readonly unchanged: number;
}

const sameFields = (stored: string, fields: Readonly<Record<string, string>>): boolean => {
  const known = JSON.parse(stored) as Record<string, string>;
  const names = Object.keys(fields);
  return names.length === Object.keys(known).length && names.every((name) => known[name] === fields[name]);
};

/** What an import of the list would add, change and remove. */
export function compareList(
  known: ReadonlyMap<string, ListEntryRow>,
  rows: ReadonlyMap<string, ImportedListRow>,
): ListDifference {
  const added: ImportedListRow[] = [];
  const changed: { row: ImportedListRow; before: ListEntryRow }[] = [];
  let unchanged = 0;
  for (const [key, row] of rows) {
    const before = known.get(key);
    if (!before || before.present === 0) added.push(row);
    else if (sameFields(before.fields, row.fields)) unchanged++;
    else changed.push({ row, before });
  }
  const removed = [...known.values()].filter((entry) => entry.present === 1 && !rows.has(entry.key));
  return { added, changed, removed, unchanged };
}

/**
 * Makes the list what the import says, and keeps every difference as history. Call inside the
 * transaction that completes the source; answers the counts.
 */
export function applyList(
  store: Store,
  target: {
    kind: ListKind;
    name: string;
    sourceId: number;
    at: number;
    errors: number;
    newUid(): string;
  },
  rows: ReadonlyMap<string, ImportedListRow>,
): ListImportRow {
  const { db } = store;
  const { kind, name, sourceId, at } = target;
  const listId =
    findList(db, kind, name)?.id ??
    insertRow(store, 'lists', { uid: target.newUid(), kind, name, created_at: at });
  const known = entriesByKey(db, listId);
  const difference = compareList(known, rows);
  const changes: { key: string; change: ListChange; before: string | null; after: string | null }[] = [];
  const place = (row: ImportedListRow) => ({
    source_id: sourceId,
    sheet: row.sheet ?? null,
    start: row.locator.start,
    end: row.locator.end,
    line: row.locator.line,
  });
  const added: Record<string, Value>[] = [];
  let id = get<{ id: number | null }>(db, 'SELECT max(id) AS id FROM list_rows')?.id ?? 0;
  for (const row of difference.added) {
    const fields = JSON.stringify(row.fields);
    const before = known.get(row.key);
    if (before) updateRow(store, 'list_rows', { id: before.id }, { fields, present: 1, ...place(row) });
    else {
      added.push({
        id: ++id,
        uid: target.newUid(),
        list_id: listId,
        key: row.key,
        fields,
        present: 1,
        ...place(row),
      });
    }
    changes.push({ key: row.key, change: 'added', before: null, after: fields });
  }
  insertRows(store, 'list_rows', added);
  for (const { row, before } of difference.changed) {
    const fields = JSON.stringify(row.fields);
    updateRow(store, 'list_rows', { id: before.id }, { fields, ...place(row) });
    changes.push({ key: row.key, change: 'changed', before: before.fields, after: fields });
  }
  for (const before of difference.removed) {
    updateRow(store, 'list_rows', { id: before.id }, { present: 0 });
    changes.push({ key: before.key, change: 'removed', before: before.fields, after: null });
  }
  insertRows(
    store,
    'list_changes',
    changes.map((change, position) => ({ list_id: listId, source_id: sourceId, position, ...change })),
  );
  const counts: ListImportRow = {
    list_id: listId,
    source_id: sourceId,
    at,
    rows: rows.size,
    added: difference.added.length,
    changed: difference.changed.length,
    removed: difference.removed.length,
    errors: target.errors,
  };
  insertRow(store, 'list_imports', { ...counts });
  return counts;
}

export function insertListErrors(
  store: Store,
  sourceId: number,
  errors: readonly (ListRowError & { readonly kind: ListKind })[],
): void {
  insertRows(
    store,
    'list_errors',
    errors.map(({ kind, sheet, line, code, field, value }, position) => ({
      source_id: sourceId,
      position,
      kind,
      sheet: sheet ?? null,
      line,
      code,
      field,
      value,
    })),
  );
}

export function listErrors(
  db: Database,
  sourceId: number,
  limit: number,
): (ListRowError & { kind: ListKind })[] {
  return all(
    db,
    'SELECT kind, sheet, line, code, field, value FROM list_errors WHERE source_id = ? ORDER BY position LIMIT ?',
    sourceId,
    limit,
  );
}

export interface ChangeRow {
  key: string;
  change: ListChange;
  before: string | null;
  after: string | null;
}

export function listChanges(db: Database, listId: number, sourceId: number, limit: number): ChangeRow[] {
  return all<ChangeRow>(
    db,
    'SELECT key, change, before, after FROM list_changes WHERE list_id = ? AND source_id = ? ORDER BY position LIMIT ?',
    listId,
    sourceId,
    limit,
  );
}

/** Entries that the last import of the list has, in the order in which they first came. */
export function presentEntries(
  db: Database,
  listId: number,
  text: string | null,
  after: number,
  limit: number,
): ListEntryRow[] {
  return all<ListEntryRow>(
    db,
    `SELECT * FROM list_rows WHERE list_id = ? AND present = 1 AND id > ? AND (? IS NULL OR fields LIKE '%' || ? || '%')
     ORDER BY id LIMIT ?`,
    listId,
    after,
    text,
    text,
    limit,
  );
}

/** Every entry that the last imports of the lists of a kind have, by the order in which they came; excluded sources left out. */
export function registerRows(
  db: Database,
  kind: ListKind,
): { uid: string; list: string; listUid: string; fields: Record<string, string> }[] {
  return all<{ uid: string; list: string; listUid: string; fields: string }>(
    db,
    `SELECT r.uid, l.name AS list, l.uid AS listUid, r.fields FROM list_rows r JOIN lists l ON l.id = r.list_id
     JOIN sources s ON s.id = r.source_id WHERE l.kind = ? AND r.present = 1 AND s.state = 'complete' ORDER BY r.id`,
    kind,
  ).map((row) => ({ ...row, fields: JSON.parse(row.fields) as Record<string, string> }));
}

export function countEntries(db: Database, listId: number, text: string | null = null): number {
  return (
    get<{ n: number }>(
      db,
      `SELECT count(*) AS n FROM list_rows WHERE list_id = ? AND present = 1 AND (? IS NULL OR fields LIKE '%' || ? || '%')`,
      listId,
      text,
      text,
    )?.n ?? 0
  );
}
