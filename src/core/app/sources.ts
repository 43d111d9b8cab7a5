import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Parsed } from '../../contract/api.ts';
import { DocketError } from '../../contract/errors.ts';
import type { Bilingual } from '../domain/bilingual.ts';
import type { Page } from '../domain/page.ts';
import type { ImportFile, ImportOutcome, Inspection, Skip, Source } from '../domain/source.ts';
import { isZone, wallToInstant } from '../domain/zone.ts';
import type { Importer, SourceHead } from '../importers/importer.ts';
import { importerById } from '../importers/registry.ts';
import { rankImporters, readHead } from '../importers/sniff.ts';
import { decodeCursor, encodeCursor } from '../storage/cursor.ts';
import { listOfficers } from '../storage/officers.ts';
import {
  countRanges,
  listSourceRows,
  moveTimes,
  type RangeRow,
  rangesFrom,
  type SourceRow,
  sourceByUid,
  sourcesBySha256,
  toSource,
  updateSource,
} from '../storage/sources.ts';
import { hashFile, type ImportSettings, importFile, openFile, resumeSource } from './import-source.ts';
import type { Job } from './jobs.ts';
import { change, record, type Session } from './session.ts';

/** Messages that an inspection shows. */
const PREVIEWED = 20;
/** UTF-16 code units of a skipped range that are shown. */
const SHOWN = 2000;
/** Bytes of a skipped range that are shown in hex. */
const SHOWN_HEX = 512;

function titleOf(importer: string): Bilingual {
  return importerById(importer)?.title ?? { zh: importer, en: importer };
}

function present(session: Session, rows: readonly SourceRow[]): Source[] {
  const { db } = session.workspace.store;
  const officers = new Map(listOfficers(db).map(({ id, name }) => [id, name]));
  return rows.map((row) => toSource(db, row, titleOf, officers.get(row.officer_id) ?? row.officer_id));
}

/** Files below the named paths, in a stable order; hidden files are left out. */
export function expandPaths(paths: readonly string[]): string[] {
  return paths.flatMap((path) => {
    // A path that is not there is refused by itself, later, so that the others go on.
    if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return [path];
    const below = readdirSync(path)
      .filter((name) => !name.startsWith('.'))
      .sort()
      .map((name) => join(path, name));
    return expandPaths(below);
  });
}

/** Looks into files without keeping anything. */
export async function inspectFiles(session: Session, paths: readonly string[]): Promise<Inspection[]> {
  const inspections: Inspection[] = [];
  for (const path of expandPaths(paths)) inspections.push(await inspect(session, path));
  return inspections;
}

async function inspect(session: Session, path: string): Promise<Inspection> {
  const source = openFile(path);
  try {
    const head = readHead(source);
    const ranked = rankImporters(head);
    const best = ranked[0]?.importer;
    const same = sourcesBySha256(session.workspace.store.db, hashFile(source, null)).find(
      (row) => row.state !== 'excluded',
    );
    return {
      path,
      file: source.name,
      bytes: source.size,
      encoding: head.encoding,
      candidates: ranked.map(({ importer, confidence }) => ({
        format: importer.id,
        title: importer.title,
        platform: importer.platformOf?.(head) ?? importer.platform,
        holds: importer.holds,
        confidence,
      })),
      conversations: best ? await previewConversations(best, source, head) : [],
      ...(best ? await previewMessages(session, best, source, head) : { needsZone: false, preview: [] }),
      alreadyImported: same?.uid ?? null,
    };
  } finally {
    source.close();
  }
}

type OpenSource = ReturnType<typeof openFile>;

async function previewConversations(
  importer: Importer,
  source: OpenSource,
  head: SourceHead,
): Promise<Inspection['conversations']> {
  if (!importer.list) return [];
  const found = [];
  for await (const preview of importer.list(source, head)) found.push(preview);
  const onlyDirect = found.every((preview) => preview.type === 'direct');
  return found.map((preview) => ({ ...preview, selected: onlyDirect || preview.type !== 'direct' }));
}

async function previewMessages(
  session: Session,
  importer: Importer,
  source: OpenSource,
  head: SourceHead,
): Promise<Pick<Inspection, 'needsZone' | 'preview'>> {
  const names = new Map<string, string | null>();
  const preview: Inspection['preview'] = [];
  let needsZone = false;
  const options = { zone: session.environment.zone, head, conversations: 'all' as const };
  for await (const event of importer.read(source, options)) {
    if (event.type === 'source') needsZone = event.needsZone;
    if (event.type === 'accounts') {
      for (const account of event.accounts) names.set(account.key, account.name ?? account.platformId);
    }
    if (event.type !== 'messages') continue;
    for (const message of event.messages.slice(0, PREVIEWED - preview.length)) {
      const known = message.senderKey === null ? null : (names.get(message.senderKey) ?? message.senderKey);
      preview.push({
        sentAtText: message.sentAtText,
        sender: message.senderName ?? known,
        text: message.text || `[${message.kind}]`,
      });
    }
    if (preview.length >= PREVIEWED) break;
  }
  return { needsZone, preview };
}

/** Failures of one file that leave the other files of an import alone. */
const PER_FILE = new Set(['format-unknown', 'nothing-kept', 'file-unreadable', 'zone-unknown', 'conflict']);

/**
 * Imports files one after the other. A file that is refused is named with its reason and keeps nothing;
 * the others go on. Cancelling ends the whole import and keeps what is stored.
 */
export async function importFiles(
  session: Session,
  job: Job,
  files: readonly ImportFile[],
  settings: ImportSettings,
): Promise<ImportOutcome> {
  const rows: SourceRow[] = [];
  const already: string[] = [];
  const refused: ImportOutcome['refused'] = [];
  for (const file of files) {
    if (job.signal.aborted) break;
    try {
      const outcome = await importFile(session, job, file, settings);
      rows.push(outcome.source);
      if (outcome.already) already.push(outcome.source.uid);
    } catch (error) {
      if (error instanceof DocketError && error.code === 'cancelled') break;
      const code = error instanceof DocketError ? error.code : fileError(error);
      if (!code || !PER_FILE.has(code)) throw error;
      refused.push({ path: file.path, code, detail: (error as Error).message });
    }
  }
  return { sources: present(session, rows), refused, cancelled: job.signal.aborted, already };
}

function fileError(error: unknown): string | null {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return ['ENOENT', 'EACCES', 'EPERM', 'EISDIR'].includes(code) ? 'file-unreadable' : null;
}

export async function resumeImport(session: Session, job: Job, uid: string): Promise<ImportOutcome> {
  const row = await resumeSource(session, job, uid);
  return { sources: present(session, [row]), already: [], refused: [], cancelled: job.signal.aborted };
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

/** Takes a wrong import back: its messages leave every view, run and pack; nothing is deleted. */
export function excludeSource(session: Session, uid: string, reason: string): Source {
  const row = requireSource(session, uid);
  if (row.state === 'excluded') throw new DocketError('conflict', 'the source is excluded already', row.file);
  change(session, () => {
    updateSource(session.workspace.store, row.id, { state: 'excluded' });
    record(session, {
      type: 'source.excluded',
      subject: { type: 'source', id: uid },
      before: { state: row.state },
      after: { state: 'excluded', reason },
    });
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
