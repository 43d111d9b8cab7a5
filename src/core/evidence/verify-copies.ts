/** The copies of the messages and the source files of a pack, held against what was read before them. */
import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import type { z } from 'zod';
import type { AttachmentsFile } from './attachments.ts';
import type { BagReader } from './bag-reader.ts';
import { RowDigests, TABLE, tableSink, VIEWER, ViewerCheck } from './copies.ts';
import type { Problem } from './document-checks.ts';
import type { MessageRecord } from './message-digest.ts';
import type { MessageRow } from './message-row.ts';
import { CSV_HEAD, messageCsv } from './messages-csv.ts';
import {
  ORIGINALS,
  ORIGINALS_FOLDER,
  type OriginalEntry,
  OriginalsFile,
  originalChecks,
  originalFileProblems,
  rangeDigests,
} from './originals.ts';
import type { SourcesFile } from './pack-schema.ts';
import type { Scratch } from './scratch.ts';
import { textSink } from './verify-lines.ts';
import type { VerifyReport } from './verify-report.ts';

type Sources = z.infer<typeof SourcesFile>['sources'];

/** Takes the lines of messages.ndjson while they are checked: what the copies must say, and where messages stand. */
export class RowsHeard {
  readonly digests: RowDigests;
  readonly originals: ReturnType<typeof originalChecks>;
  readonly sources: Sources;
  readonly #sources: ReadonlyMap<string, Sources[0]>;
  readonly #isTabled: boolean;

  constructor(
    sources: Sources,
    stated: z.infer<typeof OriginalsFile> | null,
    isTabled: boolean,
    scratch: Scratch,
  ) {
    this.digests = new RowDigests(scratch);
    this.sources = sources;
    this.#sources = new Map(sources.map((source) => [source.id, source]));
    this.#isTabled = isTabled;
    this.originals = originalChecks(stated?.sources ?? [], stated ? sources : []);
  }

  add(text: string, row: MessageRow | null, number: number): void {
    if (row === null) {
      this.digests.add(text, null);
      return;
    }
    const { message, source, role, locator, proof } = row;
    const withheld = Object.keys(proof.withheld).length > 0;
    this.originals.add({ sourceId: source.id, ...locator, withheld });
    const table = {
      ...row,
      isSubject: role === 'subject',
      record: message as MessageRecord,
      source: { file: this.#sources.get(source.id)?.file ?? '', sha256: source.sha256 },
    };
    const cells = this.#isTabled ? messageCsv(table, number) : '';
    this.digests.add(text, { exhibit: row.exhibit, cells });
  }
}

/** The table, where there is one, and the viewer's data say what messages.ndjson and the documents say. */
export async function checkCopies(
  bag: BagReader,
  report: VerifyReport,
  rows: RowDigests,
  media: z.infer<typeof AttachmentsFile>,
): Promise<void> {
  const pictures = new Set(
    media.attachments.filter(({ state }) => state === 'included').map(({ sha256 }) => sha256),
  );
  const fail = (file: string) => (entry: string, reason: string) =>
    report.fail('copies', reason, { file, entry });
  const read: string[] = [];
  if (bag.has(TABLE) && (await bag.read(TABLE, 'copies', tableSink(rows, CSV_HEAD, fail(TABLE)))))
    read.push('CSV');
  const viewer = new ViewerCheck({
    rows,
    digest: (path) => bag.digests.get(path)?.sha256,
    isPicture: (sha256) => pictures.has(sha256),
  });
  const told = (problems: readonly Problem[]) => {
    for (const { entry, reason } of problems) fail(VIEWER)(entry, reason);
  };
  const sink = textSink((line) => told(viewer.add(line)), fail(VIEWER));
  if (await bag.read(VIEWER, 'copies', sink)) {
    told(viewer.finish());
    read.push('viewer');
  }
  report.done('copies', `${rows.rows} rows in ${read.join(', ')}`);
}

/** What originals.json says; null where the pack holds no source files. */
export function readOriginals(bag: BagReader): Promise<z.infer<typeof OriginalsFile> | null> {
  return bag.has(ORIGINALS) ? bag.document(ORIGINALS, 'originals', OriginalsFile) : Promise.resolve(null);
}

/** The source files that go along are those that were sealed, or the bytes of them that the rows stand in. */
export async function checkOriginals(
  bag: BagReader,
  report: VerifyReport,
  stated: z.infer<typeof OriginalsFile> | null,
  heard: RowsHeard,
  /** Original files from outside the pack. */
  given: readonly string[],
): Promise<void> {
  for (const { entry, reason } of heard.originals.finish())
    report.fail('originals', reason, { file: ORIGINALS, entry });
  const entries = stated?.sources ?? [];
  const digests = new Map<string, readonly string[]>();
  for (const { file, ranges } of entries) {
    if (file === null || !file.startsWith(ORIGINALS_FOLDER) || !bag.has(file) || bag.tried(file)) continue;
    const own = rangeDigests(ranges);
    await bag.read(file, 'originals', { write: own.write, end: () => {} });
    digests.set(file, own.digests());
  }
  const found = originalFileProblems(entries, bag.digests, (file) => digests.get(file) ?? [], bag.paths);
  for (const { reason, ...where } of found) report.fail('originals', reason, where);
  if (bag.has(ORIGINALS) && stated === null) return;
  const forms = new Set(entries.map(({ form }) => form));
  const said = [stated ? `${entries.length} sources: ${[...forms].join(', ')}` : 'none'];
  for (const file of given) {
    const told = compareOriginal(file, heard.sources, entries);
    for (const { entry, reason } of told.problems)
      report.fail('originals', reason, { file: ORIGINALS, entry });
    if (told.fact !== null) said.push(told.fact);
  }
  report.done('originals', said.join('; '));
}

/** Bytes of an original that are read at once. */
const PIECE = 1 << 20;

/**
 * Holds an original from outside the pack against what the pack says and gives of it: it has to be one of the
 * pack's sources by its SHA-256, and every excerpt the bytes that stand there.
 */
function compareOriginal(
  path: string,
  sources: Sources,
  entries: readonly OriginalEntry[],
): { problems: Problem[]; fact: string | null } {
  const name = basename(path);
  const file = openSync(path, 'r');
  const read = (at: number, length: number) => {
    const piece = Buffer.alloc(Math.min(length, PIECE));
    return piece.subarray(0, readSync(file, piece, 0, piece.length, at));
  };
  const digestOf = (start: number, end: number) => {
    const hash = createHash('sha256');
    for (let at = start; at < end; ) {
      const piece = read(at, end - at);
      if (piece.length === 0) break;
      hash.update(piece);
      at += piece.length;
    }
    return hash.digest('hex');
  };
  try {
    const sha256 = digestOf(0, Number.POSITIVE_INFINITY);
    const own = new Set(sources.filter((source) => source.sha256 === sha256).map(({ id }) => id));
    if (own.size === 0) {
      return {
        problems: [{ entry: name, reason: `not-a-source-of-this-pack: SHA-256 ${sha256}` }],
        fact: null,
      };
    }
    const problems: Problem[] = [];
    let compared = 0;
    for (const { source, ranges } of entries) {
      if (!own.has(source)) continue;
      for (const { start, end, sha256: stated } of ranges) {
        compared++;
        if (digestOf(start, end) !== stated)
          problems.push({ entry: `${source} ${start}-${end}`, reason: 'excerpt-differs-from-the-original' });
      }
    }
    const fact = `${name} is a source of this pack`;
    return { problems, fact: compared > 0 ? `${fact}, ${compared} excerpts compared` : fact };
  } finally {
    closeSync(file);
  }
}
