/**
 * Finding the media that a source names among the files of a folder. What is found is sealed into the
 * encrypted store, so that its SHA-256 is of bytes that stay; pictures are looked at for QR codes.
 */
import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { Parsed } from '../../../contract/api.ts';
import { DocketError } from '../../../contract/errors.ts';
import type { MediaOutcome } from '../../domain/media.ts';
import { linksIn } from '../../links/seen-links.ts';
import { fileType, TYPE_BYTES } from '../../media/file-type.ts';
import { type Basis, MediaMatcher, type NamedMedium } from '../../media/match-media.ts';
import { qrCodes, READABLE } from '../../media/qr-codes.ts';
import { storeLinks } from '../../storage/messages/links.ts';
import { insertMatches, insertMediaFile, mediaFiles, missingMedia } from '../../storage/messages/media.ts';
import { mediaOfSource, recountMedia } from '../../storage/messages/media-totals.ts';
import { breathe, type Job } from '../jobs.ts';
import { change, newUid, record, type Session } from '../session.ts';
import { requireSource } from './sources.ts';

/** Files of a folder that are looked at. */
const MOST_FILES = 200_000;
/** Largest file that is kept, in bytes. */
const LARGEST = 2 ** 31;
/** Largest picture that is decoded, and largest file whose MD5 is taken to find it by, in bytes. */
const LARGEST_PICTURE = 32 << 20;
const LARGEST_HASHED = 64 << 20;

interface Match {
  readonly medium: NamedMedium;
  readonly basis: Basis;
}

/** Matches a source's missing media with the files of a folder. Throws `not-found`, `file-unreadable`. */
export async function matchMedia(
  session: Session,
  job: Job,
  input: Parsed<'media.match'>,
): Promise<MediaOutcome> {
  const { store } = session.workspace;
  const source = requireSource(session, input.sourceId);
  if (!statSync(input.folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new DocketError('file-unreadable', 'no such folder', input.folder);
  }
  const paths = filesBelow(input.folder);
  const matcher = new MediaMatcher(paths);
  const missing = missingMedia(store.db, source.id);
  if (missing.some(({ md5 }) => md5 !== null)) await learnMd5(job, input.folder, paths, matcher);
  const byPath = new Map<string, Match[]>();
  for (const medium of missing) {
    const found = matcher.find(medium);
    if (!found) continue;
    const matches = byPath.get(found.path) ?? [];
    matches.push({ medium, basis: found.basis });
    byPath.set(found.path, matches);
  }
  const outcome: MediaOutcome = {
    files: paths.length,
    unnamed: paths.length - byPath.size,
    matched: 0,
    codes: 0,
    refused: [],
    counts: { named: 0, found: 0, examined: 0 },
    cancelled: false,
  };
  const known = new Map(mediaFiles(store.db, source.id).map((file) => [file.path, file.id]));
  let done = 0;
  for (const [path, matches] of byPath) {
    if (job.signal.aborted) {
      outcome.cancelled = true;
      break;
    }
    job.report({ step: 'media', item: path, done: done++, total: byPath.size, unit: 'files' });
    const knownId = known.get(path);
    if (knownId !== undefined) {
      change(session, () => insertMatches(store, knownId, matches));
      outcome.matched += matches.length;
      continue;
    }
    try {
      outcome.codes += await keepFile(session, source.id, input.folder, path, matches);
      outcome.matched += matches.length;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error)) throw error;
      outcome.refused.push({ path, detail: error.message });
    }
    await breathe();
  }
  change(session, () => {
    recountMedia(store.db, source.id);
    record(session, {
      type: 'source.media-matched',
      subject: { type: 'source', id: source.uid },
      after: { files: outcome.files, matched: outcome.matched, codes: outcome.codes },
    });
  });
  return { ...outcome, counts: mediaOfSource(store.db, source.id) };
}

/** Regular files below a folder by their path in it; hidden ones and symbolic links are left out. */
function filesBelow(folder: string): string[] {
  const found: string[] = [];
  const walk = (at: string) => {
    for (const name of readdirSync(at).sort()) {
      if (name.startsWith('.') || found.length >= MOST_FILES) continue;
      const path = join(at, name);
      const info = lstatSync(path);
      if (info.isDirectory()) walk(path);
      else if (info.isFile()) found.push(relative(folder, path).split(sep).join('/'));
    }
  };
  walk(folder);
  return found;
}

async function learnMd5(
  job: Job,
  folder: string,
  paths: readonly string[],
  matcher: MediaMatcher,
): Promise<void> {
  for (const [index, path] of paths.entries()) {
    job.check();
    const file = join(folder, path);
    if (statSync(file).size > LARGEST_HASHED) continue;
    matcher.knowMd5(path, createHash('md5').update(readFileSync(file)).digest('hex'));
    if (index % 16 === 0) {
      job.report({ step: 'hashing', item: path, done: index, total: paths.length, unit: 'files' });
      await breathe();
    }
  }
}

/** Seals one file, reads its type and codes and stores its matches; answers how many codes it holds. */
async function keepFile(
  session: Session,
  sourceId: number,
  folder: string,
  path: string,
  matches: readonly Match[],
): Promise<number> {
  const { store, blobs } = session.workspace;
  const file = join(folder, path);
  if (statSync(file).size > LARGEST) {
    throw Object.assign(new Error('larger than 2 GiB'), { code: 'EFBIG' });
  }
  const id = newUid(session);
  const sealed = await blobs.seal(id, file, () => undefined);
  const kept = blobs.open(id, path, sealed.bytes);
  let type: string;
  let codes: string[] | null = null;
  try {
    type = fileType(kept.read(0, TYPE_BYTES));
    if (READABLE.has(type) && sealed.bytes <= LARGEST_PICTURE) {
      codes = qrCodes(kept.read(0, sealed.bytes), type);
    }
  } finally {
    kept.close();
  }
  const found_at = session.environment.now();
  const row = {
    id,
    source_id: sourceId,
    path,
    ...sealed,
    type,
    examined: codes === null ? '' : 'qr',
    found_at,
  };
  change(session, () => {
    insertMediaFile(store, row, codes ?? [], matches);
    const seen = (codes ?? []).flatMap((text, part) =>
      linksIn(text).flatMap((link) =>
        matches.map(({ medium }) => ({
          ...link,
          messageId: medium.messageId,
          origin: 'code' as const,
          part,
        })),
      ),
    );
    storeLinks(store, seen, () => newUid(session));
  });
  return codes?.length ?? 0;
}
