/** Mappings that the workspace keeps, so that the next such table is recognised. */
import { DocketError } from '../../../contract/errors.ts';
import { TableMapping } from '../../domain/mapping.ts';
import type { SavedMapping } from '../../domain/table.ts';
import { isZone } from '../../domain/zone.ts';
import { isTimeFormat } from '../../importers/tables/time-formats.ts';
import { listOfficers } from '../../storage/officers.ts';
import { activeMappings, insertMapping, mappingById, retireMapping } from '../../storage/sources/mappings.ts';
import { change, newUid, record, type Session } from '../session.ts';

/** Throws `mapping-unfit` for a mapping that no table could be read with. */
export function checkMapping(mapping: TableMapping): void {
  const unfit = (detail: string): never => {
    throw new DocketError('mapping-unfit', detail, mapping.name);
  };
  if (!isTimeFormat(mapping.timeFormat)) unfit(`${mapping.timeFormat} is no time format`);
  if (mapping.zone !== null && !isZone(mapping.zone)) unfit(`no time zone ${mapping.zone}`);
  if (Object.keys(mapping.columns).length === 0) unfit('no column is mapped');
  if (mapping.target === 'messages' && !mapping.columns.text) unfit('no column is the text of the message');
  if (
    mapping.table.headerRow === 0 &&
    Object.values(mapping.columns).some((column) => !/^#\d+$/.test(column))
  ) {
    unfit('a table without a header has columns by number only, such as #3');
  }
}

export function listMappings(session: Session): SavedMapping[] {
  const { db } = session.workspace.store;
  const officers = new Map(listOfficers(db).map(({ id, name }) => [id, name]));
  return activeMappings(db).map(({ id, body, saved_at, officer_id }) => ({
    id,
    savedAt: saved_at,
    officer: officers.get(officer_id) ?? officer_id,
    mapping: TableMapping.parse(JSON.parse(body)),
  }));
}

/** Keeps a mapping; one of the same name takes the place of the older. Throws `mapping-unfit`. */
export function saveMapping(session: Session, mapping: TableMapping): SavedMapping {
  checkMapping(mapping);
  const { store } = session.workspace;
  const id = newUid(session);
  change(session, () => {
    for (const older of activeMappings(store.db))
      if (older.name === mapping.name) retireMapping(store, older.id);
    insertMapping(store, {
      id,
      name: mapping.name,
      target: mapping.target,
      body: JSON.stringify(mapping),
      active: 1,
      saved_at: session.environment.now(),
      officer_id: session.officer.id,
    });
    record(session, {
      type: 'mapping.saved',
      subject: { type: 'mapping', id },
      after: { name: mapping.name, target: mapping.target },
    });
  });
  return listMappings(session).find((saved) => saved.id === id) as SavedMapping;
}

/** Takes a mapping away: it recognises nothing any more. Throws `not-found`. */
export function removeMapping(session: Session, id: string): void {
  const { store } = session.workspace;
  const row = mappingById(store.db, id);
  if (row?.active !== 1) throw new DocketError('not-found', 'no such mapping', id);
  change(session, () => {
    retireMapping(store, id);
    record(session, {
      type: 'mapping.removed',
      subject: { type: 'mapping', id },
      before: { name: row.name },
    });
  });
}
