/**
 * Source files of a pack, where an officer chose them: data/originals/ holds each source as it was sealed, or the
 * bytes that the shown messages came from, and data/originals.json says which bytes those are.
 *
 * What ties an excerpt to its file: the byte range of a message is committed to when the source is fixed (part
 * `place`), its bytes are not, and a SHA-256 of a whole file cannot show a part of it. So the builder cuts the
 * ranges out of the sealed bytes while it hashes all of them, and states that; whoever has the whole file can
 * check it (`verify.py --source`). The builder runs the checks here over what it is about to write, the verifier
 * over what it read.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { FileProblem } from './attachments.ts';
import type { Problem } from './document-checks.ts';
import { PACK_FORMAT } from './pack-format.ts';

export const ORIGINALS = 'data/originals.json';
export const ORIGINALS_FOLDER = 'data/originals/';

export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/**
 * `withheld`: a part of a message that stands there is withheld, or the bytes hold the name of somebody under an
 * alias. `shared`: a message that the pack does not show stands in the same bytes.
 */
const ClosedReason = z.enum(['withheld', 'shared']);
type ClosedReason = z.infer<typeof ClosedReason>;

/** How a source goes along; `none` where others go and this one does not. */
const OriginalForm = z.enum(['whole', 'excerpts', 'none']);
export type OriginalForm = z.infer<typeof OriginalForm>;

/** A source of a pack that source files go into; ranges and closed places where its excerpts go. */
export interface PackOriginal {
  readonly source: string;
  readonly form: OriginalForm;
  /** Ascending, none touching the next. */
  readonly ranges: readonly ByteRange[];
  /** Places of shown messages that are not given, ascending. */
  readonly closed: readonly (ByteRange & { readonly reason: ClosedReason })[];
}

const Hex = z.string().regex(/^[0-9a-f]{64}$/);
const Count = z.number().int().nonnegative();

/** An entry of originals.json. `at` is where the range begins in the file of the excerpts. */
export const OriginalEntry = z.object({
  source: z.string(),
  sha256: Hex,
  bytes: Count,
  form: OriginalForm,
  file: z.string().nullable(),
  ranges: z.array(z.object({ start: Count, end: Count, at: Count, sha256: Hex })),
  closed: z.array(z.object({ start: Count, end: Count, reason: ClosedReason })),
});
export type OriginalEntry = z.infer<typeof OriginalEntry>;

export const OriginalsFile = z.object({
  format: z.literal(PACK_FORMAT),
  sources: z.array(OriginalEntry),
});

/** Where a source lies in the bag: named after its id, without a type that a program would open. */
export function originalPath({ source, form }: Pick<OriginalEntry, 'source' | 'form'>): string {
  return `${ORIGINALS_FOLDER}${source}${form === 'whole' ? '' : '.excerpts'}.bin`;
}

/** Ranges joined where they touch or overlap, ascending. */
export function joinedRanges(ranges: readonly ByteRange[]): ByteRange[] {
  const joined: { start: number; end: number }[] = [];
  for (const { start, end } of [...ranges].sort((a, b) => a.start - b.start || a.end - b.end)) {
    const last = joined.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else joined.push({ start, end });
  }
  return joined;
}

export function originalsDocument(entries: readonly OriginalEntry[]): string {
  const head = JSON.stringify({
    zh: '来源文件。form 为 whole 的，file 即导入前封存的整个文件，其 SHA-256 为 sha256。form 为 excerpts 的，file 依次收录 ranges 各段字节（start、end 为在来源文件中的位置，at 为在 file 中的起点），closed 为未给出的位置及理由。节选只凭经办人的陈述与整个文件相连：取得整个文件者可逐字节核对（README 第二节）。form 为 none 的，该来源文件不随包提供。',
    en: 'Source files. Where `form` is whole, `file` is the whole file as it was sealed before import, and its SHA-256 is `sha256`. Where it is excerpts, `file` holds the bytes of `ranges` one after the other (`start` and `end`: in the source file, `at`: in `file`), and `closed` names places that are not given, with why. What ties an excerpt to the whole file is the officer’s statement: whoever has the whole file can compare byte by byte (README, section 2). Where it is none, that source does not go along.',
  });
  const lines = entries.map((entry) => JSON.stringify(entry));
  return `{"description":${head},"format":"${PACK_FORMAT}","sources":[\n${lines.join(',\n')}\n]}\n`;
}

interface Place {
  readonly start: number;
  readonly end: number;
  readonly withheld: boolean;
}

/** A range that shares bytes with a place; ranges ascend without touching. */
export const within = (ranges: readonly ByteRange[], { start, end }: ByteRange): ByteRange | undefined => {
  let low = 0;
  let high = ranges.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const range = ranges[middle] as ByteRange;
    if (range.end <= start) low = middle + 1;
    else if (range.start >= end) high = middle - 1;
    else return range;
  }
  return undefined;
};

type Checked = Pick<OriginalEntry, 'source' | 'sha256' | 'bytes'> & PackOriginal;

/** Holds the entries against the sources and the rows. Memory: some 60 bytes for a row. */
export function originalChecks(
  entries: readonly Checked[],
  sources: readonly { readonly id: string; readonly sha256: string; readonly bytes: number }[],
) {
  const places = new Map<string, Place[]>(entries.map(({ source }) => [source, []]));
  const problemsOf = ({ source, ranges, closed, form }: Checked): Problem[] => {
    const problems: Problem[] = [];
    const fail = (reason: string, { start, end }: ByteRange) =>
      problems.push({ entry: `${source} ${start}-${end}`, reason });
    const own = places.get(source) as Place[];
    if (form !== 'excerpts') {
      const hidden = form === 'whole' && own.find(({ withheld }) => withheld);
      if (hidden) fail('withheld-and-shown', hidden);
      if (ranges.length + closed.length > 0)
        fail('malformed', ranges[0] ?? closed[0] ?? { start: 0, end: 0 });
      return problems;
    }
    const shut = new Set(closed.map(({ start, end }) => `${start} ${end}`));
    const given: ByteRange[] = [];
    for (const place of own) {
      const isShut = shut.has(`${place.start} ${place.end}`);
      if (place.withheld && !isShut) fail('withheld-not-closed', place);
      if (isShut && within(ranges, place)) fail('withheld-and-shown', place);
      if (!isShut) given.push(place);
    }
    const known = new Set(own.map(({ start, end }) => `${start} ${end}`));
    for (const range of closed)
      if (!known.has(`${range.start} ${range.end}`)) fail('no-message-there', range);
    const expected = joinedRanges(given);
    for (const [i, range] of ranges.entries()) {
      const other = expected[i];
      if (other?.start !== range.start || other.end !== range.end) {
        fail('ranges-differ', range);
        return problems;
      }
    }
    const missing = expected[ranges.length];
    if (missing) fail('ranges-differ', missing);
    return problems;
  };
  return {
    add({ sourceId, start, end, withheld }: { sourceId: string } & Place): void {
      places.get(sourceId)?.push({ start, end, withheld });
    },
    /** After the last row. */
    finish(): Problem[] {
      const problems: Problem[] = [];
      if (places.size !== entries.length) problems.push({ entry: 'sources', reason: 'stated-twice' });
      for (const { id } of sources) if (!places.has(id)) problems.push({ entry: id, reason: 'not-stated' });
      for (const entry of entries) {
        const source = sources.find(({ id }) => id === entry.source);
        if (source?.sha256 !== entry.sha256 || source.bytes !== entry.bytes)
          problems.push({ entry: entry.source, reason: 'source-hash-differs' });
        problems.push(...problemsOf(entry));
      }
      return problems;
    },
  };
}

/** Cuts ranges out of the bytes of a file that are given from its start, in chunks. */
export function* cut(chunks: Iterable<Uint8Array>, ranges: readonly ByteRange[]): Generator<Uint8Array> {
  let position = 0;
  let next = 0;
  for (const chunk of chunks) {
    for (let range = ranges[next]; range && range.start < position + chunk.length; range = ranges[next]) {
      const from = Math.max(range.start, position);
      const to = Math.min(range.end, position + chunk.length);
      if (from < to) yield chunk.subarray(from - position, to - position);
      if (range.end > position + chunk.length) break;
      next++;
    }
    position += chunk.length;
  }
}

/** Takes a file of excerpts in chunks; `digests` are those of its ranges, one after the other, as far as it reached. */
export function rangeDigests(ranges: readonly ByteRange[]): {
  write(chunk: Uint8Array): void;
  digests(): readonly string[];
} {
  const done: string[] = [];
  let hash = createHash('sha256');
  let taken = 0;
  return {
    write(chunk) {
      let from = 0;
      for (let range = ranges[done.length]; range && from < chunk.length; range = ranges[done.length]) {
        const part = chunk.subarray(from, from + range.end - range.start - taken);
        hash.update(part);
        from += part.length;
        taken += part.length;
        if (taken < range.end - range.start) return;
        done.push(hash.digest('hex'));
        hash = createHash('sha256');
        taken = 0;
      }
    },
    digests: () => done,
  };
}

/**
 * Holds the entries against the files of the bag, given by path; `digestsOf` gives the digests of the ranges of a
 * file of excerpts.
 */
export function originalFileProblems(
  entries: readonly OriginalEntry[],
  files: ReadonlyMap<string, { readonly sha256: string; readonly bytes: number }>,
  digestsOf: (file: string) => readonly string[],
  paths: readonly string[],
): FileProblem[] {
  const problems: FileProblem[] = [];
  const named = new Set<string>();
  for (const entry of entries) {
    const { source, form, file, sha256, bytes, ranges } = entry;
    const needed = form === 'whole' || ranges.length > 0;
    if (file !== (needed ? originalPath(entry) : null)) {
      problems.push({ file: ORIGINALS, entry: source, reason: 'name-differs' });
    }
    if (file === null) continue;
    named.add(file);
    const found = files.get(file);
    if (found === undefined) problems.push({ file, entry: source, reason: 'missing' });
    else if (form === 'whole') {
      if (found.sha256 !== sha256) problems.push({ file, entry: source, reason: 'digest-differs' });
      if (found.bytes !== bytes) problems.push({ file, entry: source, reason: 'size-differs' });
    } else {
      let at = 0;
      const digests = digestsOf(file);
      for (const [i, range] of ranges.entries()) {
        const place = `${source} ${range.start}-${range.end}`;
        if (range.at !== at) problems.push({ file: ORIGINALS, entry: place, reason: 'offset-differs' });
        if (digests[i] !== range.sha256) problems.push({ file, entry: place, reason: 'digest-differs' });
        at += range.end - range.start;
      }
      if (found.bytes !== at) problems.push({ file, entry: source, reason: 'size-differs' });
    }
  }
  for (const path of paths) {
    if (path.startsWith(ORIGINALS_FOLDER) && !named.has(path)) {
      problems.push({ file: path, reason: 'no-source-names-this' });
    }
  }
  return problems;
}
