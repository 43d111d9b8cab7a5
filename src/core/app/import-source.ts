import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import { DocketError } from '../../contract/errors.ts';
import type { ImportFile } from '../domain/source.ts';
import { isZone } from '../domain/zone.ts';
import type { ByteSource, Importer, ImportOptions } from '../importers/importer.ts';
import { importerById } from '../importers/registry.ts';
import { rankImporters, readHead } from '../importers/sniff.ts';
import { transact } from '../storage/database.ts';
import {
  insertSource,
  ledgerEnd,
  type SourceRow,
  sourceByUid,
  sourcesBySha256,
  updateSource,
} from '../storage/sources.ts';
import { breathe, type Job } from './jobs.ts';
import { newBlockUid, record, type Session } from './session.ts';
import { SourceStoring } from './source-storing.ts';

/** What the officer, or the command line's options, said about the whole import. */
export interface ImportSettings {
  readonly authorityId: string | null;
  /** An import that would keep less than this share of the records it meets is refused. */
  readonly minimumKept: number;
}

/** Bytes of a source that the look before an import parses, to stop one that would keep too little. */
const LOOK_BYTES = 16 * 1024 * 1024;

/** Opens a plain file for reading at offsets. */
export function openFile(path: string): ByteSource & { close(): void } {
  const file = openSync(path, 'r');
  const info = fstatSync(file);
  if (!info.isFile()) {
    closeSync(file);
    throw new DocketError('file-unreadable', 'not a regular file', path);
  }
  return {
    name: basename(path),
    size: info.size,
    read(offset, length) {
      const buffer = Buffer.allocUnsafe(Math.max(0, Math.min(length, info.size - offset)));
      let got = 0;
      while (got < buffer.length) {
        const read = readSync(file, buffer, got, buffer.length - got, offset + got);
        if (read === 0) break;
        got += read;
      }
      return buffer.subarray(0, got);
    },
    close: () => closeSync(file),
  };
}

/** The importer that a file is read with. Throws `format-unknown`. */
export function chooseImporter(source: ByteSource, format: string | null | undefined): Importer {
  if (format) {
    const named = importerById(format);
    if (!named) throw new DocketError('format-unknown', `no importer ${format}`, source.name);
    return named;
  }
  const best = rankImporters(readHead(source))[0];
  if (!best) throw new DocketError('format-unknown', 'no importer knows this file', source.name);
  return best.importer;
}

/** Conversations to keep: as named; else groups, and direct chats only where there is nothing else. */
export async function chooseConversations(
  importer: Importer,
  source: ByteSource,
  wanted: ImportFile['conversations'],
): Promise<ReadonlySet<string> | 'all'> {
  if (wanted === 'all' || !importer.list) return 'all';
  if (wanted) return new Set(wanted);
  const groups = new Set<string>();
  let direct = 0;
  for await (const preview of importer.list(source, readHead(source))) {
    if (preview.type === 'direct') direct++;
    else groups.add(preview.key);
  }
  return groups.size === 0 || direct === 0 ? 'all' : groups;
}

/** Whether an earlier import of the same bytes kept at least these conversations. */
function covers(source: SourceRow, wanted: ReadonlySet<string> | 'all'): boolean {
  const kept = JSON.parse(source.selection) as 'all' | string[];
  if (kept === 'all') return true;
  return wanted !== 'all' && [...wanted].every((key) => kept.includes(key));
}

/** Parses the beginning and tells the share of records that would be kept (1 where there are none). */
async function keptShare(importer: Importer, source: ByteSource, options: ImportOptions): Promise<number> {
  let kept = 0;
  let skipped = 0;
  for await (const event of importer.read(source, options)) {
    if (event.type === 'messages') kept += event.messages.length;
    else if (event.type === 'accounts') kept += event.accounts.length;
    else if (event.type === 'conversations' && importer.holds === 'list') kept += event.conversations.length;
    else if (event.type === 'ranges') {
      for (const range of event.ranges) if (range.kind === 'skipped') skipped += range.count;
      if ((event.ranges.at(-1)?.end ?? 0) > LOOK_BYTES) break;
    }
  }
  return kept + skipped === 0 ? 0 : kept / (kept + skipped);
}

/**
 * Imports one file: seals it, parses the sealed bytes, stores batch by batch. Bytes that are already
 * here add nothing. Cancelling keeps the finished batches and leaves the source `partial`.
 * Throws `format-unknown`, `nothing-kept`, `zone-unknown`, `file-unreadable`; nothing is kept then.
 */
export async function importFile(
  session: Session,
  job: Job,
  file: ImportFile,
  settings: ImportSettings,
): Promise<{ source: SourceRow; already: boolean }> {
  const zone = file.zone ?? session.environment.zone;
  if (!isZone(zone)) throw new DocketError('zone-unknown', `no time zone ${zone}`, file.path);
  const plain = openFile(file.path);
  let importer: Importer;
  let platform: Importer['platform'];
  let conversations: ReadonlySet<string> | 'all';
  try {
    importer = chooseImporter(plain, file.format);
    conversations = await chooseConversations(importer, plain, file.conversations);
    const known = sourcesBySha256(session.workspace.store.db, hashFile(plain, job)).find(
      (source) =>
        source.importer === importer.id && source.state !== 'excluded' && covers(source, conversations),
    );
    if (known?.state === 'complete') return reimported(session, known);
    if (known) return { source: await resumeSource(session, job, known.uid), already: false };
    const head = readHead(plain);
    platform = importer.platformOf?.(head) ?? importer.platform;
    const share = await keptShare(importer, plain, { zone, head, conversations });
    if (share === 0 || share < settings.minimumKept) {
      throw new DocketError(
        'nothing-kept',
        `${importer.id} would keep ${Math.round(share * 100)} % of the records`,
        file.path,
      );
    }
  } finally {
    plain.close();
  }
  const uid = newBlockUid(session);
  const { workspace, environment } = session;
  const sealed = await workspace.blobs.seal(uid, file.path, (done, total) => {
    job.check();
    job.report({ step: 'sealing', item: basename(file.path), done, total, unit: 'bytes' });
  });
  const source = transact(workspace.store.db, () => {
    const row = insertSource(workspace.store, {
      uid,
      parent_id: null,
      file: basename(file.path),
      sha256: sealed.sha256,
      bytes: sealed.bytes,
      blob: uid,
      secret: Buffer.from(environment.random(32)),
      importer: importer.id,
      importer_version: importer.version,
      platform,
      holds: importer.holds,
      format_version: null,
      encoding: '',
      zone,
      zone_assumed: file.zone ? 0 : 1,
      zone_matters: 0,
      assumptions: '{}',
      selection: JSON.stringify(conversations === 'all' ? 'all' : [...conversations]),
      state: 'importing',
      conversations: 0,
      accounts: 0,
      messages: 0,
      duplicates: 0,
      bytes_done: 0,
      digest: null,
      authority_id: settings.authorityId,
      imported_at: environment.now(),
      officer_id: session.officer.id,
    });
    record(session, {
      type: 'source.sealed',
      subject: { type: 'source', id: uid },
      after: { file: row.file, sha256: row.sha256, bytes: row.bytes, importer: row.importer },
    });
    return row;
  });
  return { source: await parseSource(session, job, source), already: false };
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

function reimported(session: Session, known: SourceRow): { source: SourceRow; already: boolean } {
  transact(session.workspace.store.db, () =>
    record(session, {
      type: 'source.imported-again',
      subject: { type: 'source', id: known.uid },
      after: { added: 0 },
    }),
  );
  return { source: known, already: true };
}

/** Goes on with a source that was cut off. Throws `not-found`, or `conflict` for one that is complete. */
export async function resumeSource(session: Session, job: Job, uid: string): Promise<SourceRow> {
  const source = sourceByUid(session.workspace.store.db, uid);
  if (!source) throw new DocketError('not-found', 'no such source', uid);
  if (source.state !== 'partial' && source.state !== 'importing') {
    throw new DocketError('conflict', `the source is ${source.state}`, source.file);
  }
  return parseSource(session, job, source);
}

async function parseSource(session: Session, job: Job, source: SourceRow): Promise<SourceRow> {
  const { store, blobs } = session.workspace;
  const importer = importerById(source.importer);
  if (!importer || importer.version !== source.importer_version) {
    throw new DocketError(
      'conflict',
      'the importer that began this source is of another version',
      source.file,
    );
  }
  const bytes = blobs.open(source.blob, source.file, source.bytes);
  try {
    const head = readHead(bytes);
    const selection = JSON.parse(source.selection) as 'all' | string[];
    const options: ImportOptions = {
      zone: source.zone,
      head,
      conversations: selection === 'all' ? 'all' : new Set(selection),
    };
    const storing = new SourceStoring(session, source, ledgerEnd(store.db, source.id));
    transact(store.db, () => updateSource(store, source.id, { state: 'importing', encoding: head.encoding }));
    for await (const event of importer.read(bytes, options)) {
      storing.take(event);
      if (event.type === 'ranges') {
        job.report({
          step: 'parsing',
          item: source.file,
          done: storing.bytesDone,
          total: source.bytes,
          unit: 'bytes',
          records: storing.messages,
        });
        if (job.signal.aborted) break;
        await breathe();
      }
    }
    return job.signal.aborted ? storing.stop() : storing.finish();
  } catch (error) {
    transact(store.db, () => updateSource(store, source.id, { state: 'partial' }));
    throw error;
  } finally {
    bytes.close();
  }
}
