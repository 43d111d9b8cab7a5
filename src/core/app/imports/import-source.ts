import { createHash } from 'node:crypto';
import { DocketError } from '../../../contract/errors.ts';
import { TableMapping } from '../../domain/mapping.ts';
import type { ImportFile } from '../../domain/source.ts';
import { isZone } from '../../domain/zone.ts';
import type { ByteSource, Importer, ImportOptions } from '../../importers/importer.ts';
import { listNameOf } from '../../importers/lists/list-name.ts';
import { importerById } from '../../importers/registry.ts';
import { readHead } from '../../importers/sniff.ts';
import { type Database, transact } from '../../storage/database.ts';
import { endBulkLoad, hasOutgrown, keepIndexes, lacksIndexes } from '../../storage/messages/bulk-load.ts';
import { insertSourceList } from '../../storage/sources/lists.ts';
import { insertSourceMapping, sourceMapping } from '../../storage/sources/mappings.ts';
import {
  insertMember,
  type MemberPlace,
  memberPlace,
  sourceAt,
} from '../../storage/sources/source-members.ts';
import {
  hasSourceOf,
  insertSource,
  ledgerEnd,
  type SourceRow,
  sourceByUid,
  sourcesBySha256,
  updateSource,
} from '../../storage/sources/sources.ts';
import { breathe, type Job } from '../jobs.ts';
import { Pace } from '../pace.ts';
import { record, type Session } from '../session.ts';
import { awaitIndexes, stopUpkeep } from '../upkeep.ts';
import { companionPath } from './bundle.ts';
import { chooseConversations } from './choose-conversations.ts';
import { chooseFormat } from './choose-format.ts';
import { collectLean } from './lean-collector.ts';
import { fileOrigin, nameOf, type OpenSource, type Origin } from './origin.ts';
import { readSource } from './read-source.ts';
import { BULK_BYTES, SourceStoring } from './source-storing.ts';

/** What the officer, or the command line's options, said about the whole import. */
export interface ImportSettings {
  readonly authorityId: string | null;
  /** An import that would keep less than this share of the records it meets is refused. */
  readonly minimumKept: number;
  /** Whether a file that holds no record at all is a source too. */
  readonly mayBeEmpty?: boolean;
}

/** Bytes of a source that the look before an import parses, to stop one that would keep too little. */
const LOOK_BYTES = 16 * 1024 * 1024;

/** Whether an earlier import of the same bytes kept at least these conversations. */
function covers(source: SourceRow, wanted: ReadonlySet<string> | 'all'): boolean {
  const kept = JSON.parse(source.selection) as 'all' | string[];
  if (kept === 'all') return true;
  return wanted !== 'all' && [...wanted].every((key) => kept.includes(key));
}

/** Parses the beginning and tells the share of records that would be kept (1 where there are none). */
async function keptShare(
  importer: Importer,
  source: ByteSource,
  options: ImportOptions,
): Promise<{ share: number; kept: number; skipped: number }> {
  let kept = 0;
  let skipped = 0;
  const pace = new Pace();
  for await (const event of importer.read(source, options)) {
    if (pace.due) await pace.rest();
    if (event.type === 'messages') kept += event.messages.length;
    else if (event.type === 'accounts') kept += event.accounts.length;
    else if (event.type === 'conversations' && importer.holds === 'list') kept += event.conversations.length;
    else if (event.type === 'list-rows') {
      kept += event.rows.length;
      // Rows of a sheet have no bytes of their own, so their errors are no skipped ranges.
      skipped += event.errors.filter(({ sheet }) => sheet !== undefined).length;
    } else if (event.type === 'ranges') {
      for (const range of event.ranges) if (range.kind === 'skipped') skipped += range.count;
      if ((event.ranges.at(-1)?.end ?? 0) > LOOK_BYTES) break;
    }
  }
  return { share: kept + skipped === 0 ? 0 : kept / (kept + skipped), kept, skipped };
}

/** A source that was sealed and waits to be parsed, or that was here before. */
export type Prepared =
  | { readonly state: 'new' | 'resumed'; readonly source: SourceRow }
  | { readonly state: 'known'; readonly source: SourceRow };

/**
 * Looks at one file or member and seals it; its records are stored by `parseSource`. Bytes that are
 * already here are not sealed again. Throws `format-unknown`, `nothing-kept`, `zone-unknown`,
 * `mapping-unfit`, `file-unreadable`; nothing is kept then.
 */
export async function prepareSource(
  session: Session,
  job: Job,
  origin: Origin,
  file: Omit<ImportFile, 'path'>,
  settings: ImportSettings,
): Promise<Prepared> {
  const { workspace, environment } = session;
  const { db } = workspace.store;
  const plain = origin.open();
  if (plain.size >= BULK_BYTES) collectLean();
  let importer: Importer;
  let platform: Importer['platform'];
  let conversations: ReadonlySet<string> | 'all';
  let table: TableMapping | null;
  let zone: string;
  try {
    const format = await chooseFormat(session, plain, file);
    ({ importer, table } = format);
    zone = file.zone ?? table?.zone ?? environment.zone;
    if (!isZone(zone)) throw new DocketError('zone-unknown', `no time zone ${zone}`, origin.label);
    conversations = await chooseConversations(importer, plain, table, file.conversations);
    const known = sameBytes(db, plain, job).find(
      (source) =>
        source.importer === importer.id &&
        source.state !== 'excluded' &&
        covers(source, conversations) &&
        samePlace(origin.place, memberPlace(db, source.id)) &&
        sourceMapping(db, source.id) === (table === null ? null : JSON.stringify(table)),
    );
    if (known?.state === 'complete') return { state: 'known', source: reimported(session, known) };
    if (known?.state === 'importing') {
      throw new DocketError('conflict', 'this file is being imported already', origin.label);
    }
    if (known) return { state: 'resumed', source: known };
    const head = readHead(plain);
    platform = table?.platform ?? importer.platformOf?.(head) ?? importer.platform;
    const options = { zone, head, conversations, ...(table ? { table } : {}) };
    const { share, kept, skipped } = await keptShare(importer, plain, options);
    const empty = settings.mayBeEmpty === true && kept + skipped === 0;
    if (!empty && (share === 0 || share < settings.minimumKept)) {
      throw new DocketError(
        'nothing-kept',
        `${importer.id} would keep ${kept} of ${kept + skipped} records at the beginning (${Math.round(share * 100)} %)`,
        origin.label,
      );
    }
  } finally {
    plain.close();
  }
  const sealed = await origin.seal((done, total) => {
    job.check();
    job.report({ step: 'sealing', item: origin.file, done, total, unit: 'bytes' });
  });
  return {
    state: 'new',
    source: transact(workspace.store.db, () =>
      insertSealed(session, origin, sealed, {
        importer,
        platform,
        zone,
        zone_assumed: (file.zone ?? table?.zone) ? 0 : 1,
        selection: JSON.stringify(conversations === 'all' ? 'all' : [...conversations]),
        authority_id: settings.authorityId,
        table,
        list: file.list ?? null,
      }),
    ),
  };
}

/**
 * Whether equal bytes are one source. Inside folders and archives the path is part of what a file says (a
 * Slack export names the channel by its folder), so equal files at two paths are two sources.
 */
function samePlace(a: MemberPlace | null, b: MemberPlace | null): boolean {
  return a === null || b === null || a.path === b.path;
}

/** What of a new source is decided before it is sealed. */
export interface Decided {
  readonly importer: Pick<Importer, 'id' | 'version'> & { readonly holds: SourceRow['holds'] };
  readonly platform: SourceRow['platform'];
  readonly zone: string;
  readonly zone_assumed: 0 | 1;
  readonly selection: string;
  readonly authority_id: string | null;
  readonly table: TableMapping | null;
  /** Name of the list that its rows belong to; null for the name that follows from the file's. */
  readonly list: string | null;
}

/** Writes the row of a sealed source. Call inside a transaction. */
export function insertSealed(
  session: Session,
  origin: Pick<Origin, 'file' | 'place' | 'parentId'>,
  sealed: { uid: string; sha256: string; bytes: number },
  decided: Decided,
): SourceRow {
  const { workspace, environment } = session;
  const { importer, table, list, ...columns } = decided;
  const row = insertSource(workspace.store, {
    uid: sealed.uid,
    parent_id: origin.parentId,
    file: origin.file,
    sha256: sealed.sha256,
    bytes: sealed.bytes,
    blob: sealed.uid,
    secret: Buffer.from(environment.random(32)),
    importer: importer.id,
    importer_version: importer.version,
    holds: importer.holds,
    format_version: null,
    encoding: '',
    zone_matters: 0,
    assumptions: '{}',
    state: 'importing',
    conversations: 0,
    accounts: 0,
    messages: 0,
    duplicates: 0,
    bytes_done: 0,
    digest: null,
    imported_at: environment.now(),
    officer_id: session.officer.id,
    ...columns,
  });
  if (origin.place) insertMember(workspace.store, row.id, origin.place);
  if (table) insertSourceMapping(workspace.store, row.id, JSON.stringify(table));
  if (importer.holds === 'list') insertSourceList(workspace.store, row.id, list ?? listNameOf(row.file));
  record(session, {
    type: 'source.sealed',
    subject: { type: 'source', id: row.uid },
    after: { file: row.file, sha256: row.sha256, bytes: row.bytes, importer: row.importer },
  });
  return row;
}

/**
 * Imports one file: seals it, parses the sealed bytes, stores batch by batch. Cancelling keeps the
 * finished batches and leaves the source `partial`. Throws as `prepareSource` does.
 */
export async function importFile(
  session: Session,
  job: Job,
  file: ImportFile,
  settings: ImportSettings,
): Promise<{ source: SourceRow; already: boolean }> {
  const { state, source } = await prepareSource(session, job, fileOrigin(session, file.path), file, settings);
  if (state === 'known') return { source, already: true };
  return { source: await parseSource(session, job, source), already: false };
}

/** The sources of the same bytes; hashes only where one is as long. */
function sameBytes(db: Database, plain: ByteSource, job: Job): SourceRow[] {
  return hasSourceOf(db, plain.size) ? sourcesBySha256(db, hashFile(plain, job)) : [];
}

/** SHA-256 in hex of a whole source. Throws `cancelled`. */
export function hashFile(source: ByteSource, job: Job | null): string {
  const hash = createHash('sha256');
  const step = 4 * 1024 * 1024;
  for (let at = 0; at < source.size; at += step) {
    hash.update(source.read(at, step));
    job?.check();
  }
  return hash.digest('hex');
}

function reimported(session: Session, known: SourceRow): SourceRow {
  transact(session.workspace.store.db, () =>
    record(session, {
      type: 'source.imported-again',
      subject: { type: 'source', id: known.uid },
      after: { added: 0 },
    }),
  );
  return known;
}

/** Goes on with a source that was cut off. Throws `not-found`, or `conflict` for one that is complete. */
export async function resumeSource(session: Session, job: Job, uid: string): Promise<SourceRow> {
  const source = sourceByUid(session.workspace.store.db, uid);
  if (!source) throw new DocketError('not-found', 'no such source', uid);
  if (source.state !== 'partial') {
    throw new DocketError('conflict', `the source is ${source.state}`, source.file);
  }
  return parseSource(session, job, source);
}

/** Parses a sealed source and stores its records; what an earlier run stored is left as it is. */
export async function parseSource(session: Session, job: Job, source: SourceRow): Promise<SourceRow> {
  const { store } = session.workspace;
  const importer = importerById(source.importer);
  if (!importer || importer.version !== source.importer_version) {
    throw new DocketError(
      'conflict',
      'the importer that began this source is of another version',
      source.file,
    );
  }
  if (source.bytes >= BULK_BYTES) collectLean();
  // It would build what this takes down.
  await stopUpkeep(session.workspace);
  const bytes = openSealed(session, source);
  let stored: SourceRow;
  try {
    const head = readHead(bytes);
    const table = sourceMapping(store.db, source.id);
    const selection = JSON.parse(source.selection) as 'all' | string[];
    const options: ImportOptions = {
      zone: source.zone,
      head,
      conversations: selection === 'all' ? 'all' : new Set(selection),
      ...(table ? { table: TableMapping.parse(JSON.parse(table)) } : {}),
    };
    const storedTo = ledgerEnd(store.db, source.id);
    if (lacksIndexes(store.db, source.id)) await awaitIndexes(session, job, source.file, 'indexes');
    const storing = await SourceStoring.begin(session, source, storedTo);
    transact(store.db, () => updateSource(store, source.id, { state: 'importing', encoding: head.encoding }));
    const groups = readSource(session, source, importer, bytes, options, storedTo);
    for await (const group of groups) {
      for (const event of group) storing.take(event);
      job.report({
        step: 'parsing',
        item: source.file,
        done: storing.bytesDone,
        total: source.bytes,
        unit: 'bytes',
        records: storing.messages,
      });
      if (job.signal.aborted) break;
      if (hasOutgrown(store.db)) {
        keepIndexes(store.db);
        await awaitIndexes(session, job, source.file, 'indexes');
        if (job.signal.aborted) break;
        storing.standing();
      }
      await breathe();
    }
    stored = job.signal.aborted ? storing.stop() : storing.finish();
  } catch (error) {
    transact(store.db, () => updateSource(store, source.id, { state: 'partial' }));
    throw error;
  } finally {
    endBulkLoad(store.db);
    bytes.close();
  }
  await awaitIndexes(session, job, source.file, 'all');
  return stored;
}

/** A sealed source as importers read it, with the companions that were sealed beside it. */
export function openSealed(session: Session, source: SourceRow): OpenSource {
  const { store, blobs } = session.workspace;
  const bytes = blobs.open(source.blob, nameOf(source.file), source.bytes);
  const place = memberPlace(store.db, source.id);
  if (!place) return bytes;
  return {
    ...bytes,
    path: place.path,
    async companion(relative) {
      const path = companionPath(place.path, relative);
      const row = path === null ? null : sourceAt(store.db, place.bundle, path);
      if (!row) return null;
      const other = blobs.open(row.blob, nameOf(row.file), row.bytes);
      try {
        return other.read(0, other.size);
      } finally {
        other.close();
      }
    },
  };
}
