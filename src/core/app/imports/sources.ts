import type { Parsed } from '../../../contract/api.ts';
import { DocketError } from '../../../contract/errors.ts';
import type { Bilingual } from '../../domain/bilingual.ts';
import type { Page } from '../../domain/page.ts';
import type { ImportFile, ImportOutcome, Skip, Source } from '../../domain/source.ts';
import { isZone, wallToInstant } from '../../domain/zone.ts';
import { importerById } from '../../importers/registry.ts';
import { decodeCursor, encodeCursor } from '../../storage/cursor.ts';
import type { Database } from '../../storage/database.ts';
import { heldCasesOfSource } from '../../storage/duties/duty-records.ts';
import { listOfficers } from '../../storage/officers.ts';
import { sourcesInside } from '../../storage/sources/source-members.ts';
import {
  countRanges,
  listSourceRows,
  moveTimes,
  type RangeRow,
  rangesFrom,
  type SourceRow,
  sourceByUid,
  toSource,
  updateSource,
} from '../../storage/sources/sources.ts';
import type { Job } from '../jobs.ts';
import { change, record, type Session } from '../session.ts';
import { bundleKind } from './bundle.ts';
import {
  ARCHIVE,
  BundleOutcome,
  COMPANION,
  importArchive,
  importFolder,
  resumeArchive,
} from './import-bundle.ts';
import { type ImportSettings, importFile, resumeSource } from './import-source.ts';
import { listsOfSource } from './lists.ts';
import { checkMapping } from './table-mappings.ts';

/** UTF-16 code units of a skipped range that are shown. */
const SHOWN = 2000;
/** Bytes of a skipped range that are shown in hex. */
const SHOWN_HEX = 512;

/** Sources that no importer reads by itself. */
const TITLES: Readonly<Record<string, Bilingual>> = {
  [ARCHIVE.id]: { zh: '压缩包（ZIP、TAR）', en: 'Archive (ZIP, TAR)' },
  [COMPANION.id]: { zh: '随附文件', en: 'Companion file' },
};

/** The name of a format, for people. */
export function titleOf(importer: string): Bilingual {
  return importerById(importer)?.title ?? TITLES[importer] ?? { zh: importer, en: importer };
}

function present(session: Session, rows: readonly SourceRow[]): Source[] {
  const { db } = session.workspace.store;
  const officers = new Map(listOfficers(db).map(({ id, name }) => [id, name]));
  return rows.map((row) => toSource(db, row, titleOf, officers.get(row.officer_id) ?? row.officer_id));
}

/** Failures of one file that leave the other files of an import alone. */
const PER_FILE = new Set([
  'format-unknown',
  'nothing-kept',
  'file-unreadable',
  'zone-unknown',
  'conflict',
  'mapping-unfit',
  'archive-damaged',
]);

/**
 * Imports files, folders and archives one after the other. What is refused is named with its reason and
 * keeps nothing; the others go on. Cancelling ends the whole import and keeps what is stored.
 */
export async function importFiles(
  session: Session,
  job: Job,
  files: readonly ImportFile[],
  settings: ImportSettings,
): Promise<ImportOutcome> {
  const outcome = new BundleOutcome();
  for (const file of files) {
    if (job.signal.aborted) break;
    try {
      if (file.mapping) checkMapping(file.mapping);
      const kind = await bundleKind(file.path);
      if (kind === 'folder') await importFolder(session, job, file, settings, outcome);
      else if (kind === 'archive') await importArchive(session, job, file, settings, outcome);
      else {
        const { source, already } = await importFile(session, job, file, settings);
        outcome.rows.push(source);
        if (already) outcome.already.push(source.uid);
      }
    } catch (error) {
      if (error instanceof DocketError && error.code === 'cancelled') break;
      const code = error instanceof DocketError ? error.code : fileError(error);
      if (!code || !PER_FILE.has(code)) throw error;
      outcome.refuse(file.path, code, (error as Error).message);
    }
  }
  return presentOutcome(session, job, outcome);
}

function presentOutcome(session: Session, job: Job, outcome: BundleOutcome): ImportOutcome {
  const { rows, already, refused, ignored } = outcome;
  const here = new Set(already);
  return {
    sources: present(session, rows),
    already,
    refused,
    ignored,
    lists: rows
      .filter((row) => row.holds === 'list' && !here.has(row.uid))
      .flatMap((row) => listsOfSource(session, row.id).map((counts) => ({ sourceId: row.uid, ...counts }))),
    cancelled: job.signal.aborted,
  };
}

function fileError(error: unknown): string | null {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return ['ENOENT', 'EACCES', 'EPERM', 'EISDIR'].includes(code) ? 'file-unreadable' : null;
}

export async function resumeImport(session: Session, job: Job, uid: string): Promise<ImportOutcome> {
  const outcome = new BundleOutcome();
  const row = requireSource(session, uid);
  if (row.importer === ARCHIVE.id && row.state !== 'complete' && row.state !== 'excluded') {
    const settings = { authorityId: row.authority_id, minimumKept: 0 };
    await resumeArchive(session, job, row, settings, outcome);
  } else {
    outcome.rows.push(await resumeSource(session, job, uid));
  }
  return presentOutcome(session, job, outcome);
}

export function listSources(session: Session): Source[] {
  return present(session, listSourceRows(session.workspace.store.db));
}

/** One source as the contract shows it. Throws `not-found`. */
export function presentSource(session: Session, uid: string): Source {
  return present(session, [requireSource(session, uid)])[0] as Source;
}

export function requireSource(session: Session, uid: string): SourceRow {
  const row = sourceByUid(session.workspace.store.db, uid);
  if (!row) throw new DocketError('not-found', 'no such source', uid);
  return row;
}

function rangePage(
  session: Session,
  input: Parsed<'sources.ranges'>,
  skippedOnly: boolean,
): Page<RangeRow> & { source: SourceRow } {
  const { db } = session.workspace.store;
  const source = requireSource(session, input.sourceId);
  const [from] = decodeCursor(input.cursor, 'number') ?? [0];
  const rows = rangesFrom(db, source.id, Number(from), input.limit + 1, skippedOnly);
  const following = rows[input.limit];
  return {
    source,
    rows: rows.slice(0, input.limit),
    next: following ? encodeCursor([following.start]) : null,
    total: input.cursor ? null : countRanges(db, source.id, skippedOnly),
  };
}

export function listRanges(session: Session, input: Parsed<'sources.ranges'>): Page<RangeRow> {
  const { source: _, ...page } = rangePage(session, input, false);
  return page;
}

/** Skipped ranges with their bytes, decoded with the source's encoding for reading. */
export function listSkips(session: Session, input: Parsed<'sources.skips'>): Page<Skip> {
  const page = rangePage(session, input, true);
  const { source } = page;
  const bytes = session.workspace.blobs.open(source.blob, source.file, source.bytes);
  try {
    const decoder = new TextDecoder(source.encoding || 'utf-8');
    const rows = page.rows.map(({ kind: _, ...range }) => {
      const shown = bytes.read(range.start, Math.min(range.end - range.start, SHOWN * 4));
      const text = decoder.decode(shown);
      return {
        ...range,
        hex: Buffer.from(shown.subarray(0, SHOWN_HEX)).toString('hex'),
        text: text.slice(0, SHOWN),
        cut: text.length > SHOWN || range.end - range.start > SHOWN * 4,
      };
    });
    return { rows, next: page.next, total: page.total };
  } finally {
    bytes.close();
  }
}

function everythingInside(db: Database, id: number): SourceRow[] {
  return sourcesInside(db, id).flatMap((row) => [row, ...everythingInside(db, row.id)]);
}

/** Takes a wrong import back: its messages leave every view, run and pack; nothing is deleted. */
export function excludeSource(session: Session, uid: string, reason: string): Source {
  const row = requireSource(session, uid);
  if (row.state === 'excluded') throw new DocketError('conflict', 'the source is excluded already', row.file);
  const { store } = session.workspace;
  // What came out of an archive goes with it.
  const all = [row, ...everythingInside(store.db, row.id)];
  for (const source of all) {
    const [held] = heldCasesOfSource(store.db, source.id);
    if (held !== undefined)
      throw new DocketError('conflict', 'a legal hold stands on a case that this source proves', row.file);
  }
  change(session, () => {
    for (const source of all) {
      if (source.state === 'excluded') continue;
      updateSource(store, source.id, { state: 'excluded' });
      record(session, {
        type: 'source.excluded',
        subject: { type: 'source', id: source.uid },
        before: { state: source.state },
        after: { state: 'excluded', reason },
      });
    }
  });
  return present(session, [requireSource(session, uid)])[0] as Source;
}

/** Corrects the zone of a source; instants are computed anew from the wall-clock times as written. */
export function setSourceZone(session: Session, uid: string, zone: string): Source {
  if (!isZone(zone)) throw new DocketError('zone-unknown', `no time zone ${zone}`, 'zone');
  const row = requireSource(session, uid);
  const { store } = session.workspace;
  change(session, () => {
    updateSource(store, row.id, { zone, zone_assumed: 0 });
    moveTimes(store.db, row.id, (wall) => wallToInstant(wall, zone));
    record(session, {
      type: 'source.zone-corrected',
      subject: { type: 'source', id: uid },
      before: { zone: row.zone },
      after: { zone },
    });
  });
  return present(session, [requireSource(session, uid)])[0] as Source;
}
