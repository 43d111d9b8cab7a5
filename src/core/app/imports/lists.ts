/** Lists of the register: what an import would change, what it changed, and what the list says now. */
import type { Parsed } from '../../../contract/api.ts';
import { DocketError } from '../../../contract/errors.ts';
import type { ListChanges, ListEntry, ListImport, ListKind, ListSummary } from '../../domain/list.ts';
import type { Page } from '../../domain/page.ts';
import type { ImportEvent, ImportedListRow, ListRowError } from '../../importers/importer.ts';
import { LIST_KINDS } from '../../importers/lists/list-kinds.ts';
import { decodeCursor, encodeCursor } from '../../storage/cursor.ts';
import { all } from '../../storage/database.ts';
import { maskPersonal } from '../../storage/people/accounts.ts';
import {
  allLists,
  applyList,
  compareList,
  countEntries,
  entriesByKey,
  findList,
  importsOfList,
  importsOfSource,
  insertListErrors,
  type ListDifference,
  type ListEntryRow,
  type ListImportRow,
  listByUid,
  listChanges,
  listErrors,
  presentEntries,
  sourceListName,
} from '../../storage/sources/lists.ts';
import type { SourceRow } from '../../storage/sources/sources.ts';
import { record, type Session } from '../session.ts';

type ListRowsEvent = Extract<ImportEvent, { type: 'list-rows' }>;

/** Changes that a preview or a panel shows of each sort. */
const SHOWN = 200;

/** The rows of one import, held until it is complete: only then is it known what the list lost. */
export class CollectedLists {
  readonly rows = new Map<ListKind, Map<string, ImportedListRow>>();
  readonly errors: (ListRowError & { kind: ListKind })[] = [];

  take({ kind, rows, errors }: ListRowsEvent): void {
    let known = this.rows.get(kind);
    if (!known) {
      known = new Map();
      this.rows.set(kind, known);
    }
    for (const row of rows) known.set(row.key, row);
    for (const error of errors) this.errors.push({ kind, ...error });
  }

  /** Makes the lists what the source says. Call inside the transaction that completes it. */
  apply(session: Session, source: SourceRow): void {
    const { store } = session.workspace;
    const name = sourceListName(store.db, source.id);
    if (name === null) return;
    for (const [kind, rows] of this.rows) {
      const errors = this.errors.filter((error) => error.kind === kind).length;
      const counts = applyList(
        store,
        {
          kind,
          name,
          sourceId: source.id,
          at: session.environment.now(),
          errors,
          newUid: () => session.environment.uids.next(),
        },
        rows,
      );
      const { added, changed, removed } = counts;
      record(session, {
        type: 'list.imported',
        subject: { type: 'source', id: source.uid },
        after: { kind, list: name, rows: rows.size, added, changed, removed, errors },
      });
    }
    insertListErrors(store, source.id, this.errors);
  }
}

/** Stored fields as they are shown: personal data masked, as in the account register. */
const fieldsOf = (json: string): Record<string, string> =>
  maskPersonal(JSON.parse(json) as Record<string, string>);

/** The differences as the contract shows them, the first of each sort. */
export function presentDifference(
  kind: ListKind,
  name: string,
  difference: ListDifference,
  errors: readonly ListRowError[],
  previous: ListChanges['previous'],
): ListChanges {
  const shown = <T>(rows: readonly T[], present: (row: T) => ListChanges['changes'][number]) =>
    rows.slice(0, SHOWN).map(present);
  return {
    kind,
    name,
    previous,
    added: difference.added.length,
    changed: difference.changed.length,
    removed: difference.removed.length,
    unchanged: difference.unchanged,
    changes: [
      ...shown(difference.added, (row) => ({
        change: 'added',
        before: null,
        after: maskPersonal(row.fields),
      })),
      ...shown(difference.changed, ({ row, before }) => ({
        change: 'changed',
        before: fieldsOf(before.fields),
        after: maskPersonal(row.fields),
      })),
      ...shown(difference.removed, (before) => ({
        change: 'removed',
        before: fieldsOf(before.fields),
        after: null,
      })),
    ],
    errors: errors.slice(0, SHOWN).map((error) => ({ ...error, sheet: error.sheet ?? null })),
    errorCount: errors.length,
  };
}

/** What importing these rows as the named list would change. Nothing is stored. */
export function previewLists(session: Session, name: string, collected: CollectedLists): ListChanges[] {
  const { db } = session.workspace.store;
  return [...collected.rows].map(([kind, rows]) => {
    const list = findList(db, kind, name);
    const last = list ? importsOfList(db, list.id)[0] : undefined;
    const previous = last ? { ...presentImport(session, last) } : null;
    const known = list ? entriesByKey(db, list.id) : new Map<string, ListEntryRow>();
    const errors = collected.errors.filter((error) => error.kind === kind);
    return presentDifference(kind, name, compareList(known, rows), errors, previous);
  });
}

function presentImport(session: Session, row: ListImportRow): ListImport {
  const { db } = session.workspace.store;
  const [source] = all<{ uid: string; file: string }>(
    db,
    'SELECT uid, file FROM sources WHERE id = ?',
    row.source_id,
  );
  const { at, rows, added, changed, removed, errors } = row;
  return { sourceId: source?.uid ?? '', file: source?.file ?? '', at, rows, added, changed, removed, errors };
}

/** Counts of what a source changed in each of its lists; for the command line. */
export function listsOfSource(session: Session, sourceId: number) {
  return importsOfSource(session.workspace.store.db, sourceId).map(
    ({ kind, name, rows, added, changed, removed, errors }) => ({
      kind,
      name,
      rows,
      added,
      changed,
      removed,
      errors,
    }),
  );
}

export function listLists(session: Session): ListSummary[] {
  const { db } = session.workspace.store;
  return allLists(db).map((list) => ({
    id: list.uid,
    kind: list.kind,
    name: list.name,
    entries: countEntries(db, list.id),
    imports: importsOfList(db, list.id).map((row) => presentImport(session, row)),
  }));
}

function requireList(session: Session, uid: string) {
  const list = listByUid(session.workspace.store.db, uid);
  if (!list) throw new DocketError('not-found', 'no such list', uid);
  return list;
}

export function listEntries(session: Session, input: Parsed<'lists.entries'>): Page<ListEntry> {
  const { db } = session.workspace.store;
  const list = requireList(session, input.listId);
  const [after] = decodeCursor(input.cursor, 'number') ?? [0];
  const rows = presentEntries(db, list.id, input.text || null, Number(after), input.limit + 1);
  const shown = rows.slice(0, input.limit);
  const last = rows.length > input.limit ? shown.at(-1) : undefined;
  return {
    rows: shown.map(({ uid, fields, line, sheet }) => ({ id: uid, fields: fieldsOf(fields), line, sheet })),
    next: last ? encodeCursor([last.id]) : null,
    total: input.cursor ? null : countEntries(db, list.id, input.text || null),
  };
}

/** What one import changed in a list, and its rows that were not taken. */
export function changesOf(session: Session, listUid: string, sourceUid: string): ListChanges {
  const { db } = session.workspace.store;
  const list = requireList(session, listUid);
  const imports = importsOfList(db, list.id);
  const [source] = all<{ id: number }>(db, 'SELECT id FROM sources WHERE uid = ?', sourceUid);
  const at = imports.findIndex((row) => row.source_id === source?.id);
  const row = imports[at];
  if (!row) throw new DocketError('not-found', 'this source is no import of the list', sourceUid);
  const errors = listErrors(db, row.source_id, 10_000).filter(({ kind }) => kind === list.kind);
  const before = imports[at + 1];
  return {
    kind: list.kind,
    name: list.name,
    previous: before ? presentImport(session, before) : null,
    added: row.added,
    changed: row.changed,
    removed: row.removed,
    unchanged: row.rows - row.added - row.changed,
    changes: listChanges(db, list.id, row.source_id, 3 * SHOWN).map(({ change, before: was, after }) => ({
      change,
      before: was === null ? null : fieldsOf(was),
      after: after === null ? null : fieldsOf(after),
    })),
    errors: errors.slice(0, SHOWN).map((error) => ({ ...error, sheet: error.sheet ?? null })),
    errorCount: row.errors,
  };
}

/** Kinds of lists with their fields, and an empty table of each to fill in, in the given language. */
export function listKinds() {
  return LIST_KINDS.map(({ kind, title, fields }) => ({
    kind,
    title,
    fields: fields.map(({ id, title: name, required }) => ({ id, title: name, required: required === true })),
  }));
}

/** An empty CSV with the headers of a kind: UTF-8 with a byte order mark, which spreadsheet programs need. */
export function listTemplate(kind: ListKind, language: 'zh' | 'en'): { fileName: string; text: string } {
  const definition = LIST_KINDS.find((one) => one.kind === kind);
  if (!definition) throw new DocketError('not-found', 'no such kind of list', kind);
  const names = definition.fields.map(({ title }) => title[language]);
  return { fileName: `${definition.title[language]}.csv`, text: `\ufeff${names.join(',')}\r\n` };
}
