/** Writes the source files of a pack, where they were chosen, and what data/originals.json says of them. */
import { createHash } from 'node:crypto';
import {
  cut,
  ORIGINALS,
  type OriginalEntry,
  originalChecks,
  originalPath,
  originalsDocument,
  rangeDigests,
} from './originals.ts';
import { type PackInput, PackInputError, type PackSource } from './pack-content.ts';
import type { PackTexts } from './pack-texts.ts';

export interface PayloadOriginals {
  readonly checks: ReturnType<typeof originalChecks>;
  /** The files, and behind them what is said of them: the digests of ranges are known once these were written. */
  readonly paths: readonly string[];
  /** Null for other paths. */
  texts(path: string): PackTexts | null;
}

/** Null where no source files were chosen. */
export function payloadOriginals(input: PackInput): PayloadOriginals | null {
  const { originals } = input;
  if (originals === null) return null;
  const sources = new Map(input.sources.map((source) => [source.id, source]));
  const chosen = originals.map((one) => {
    const source = sources.get(one.source) as PackSource;
    const given = one.form === 'whole' || one.ranges.length > 0;
    return { ...one, sha256: source.sha256, bytes: source.bytes, given };
  });
  const byPath = new Map(chosen.filter(({ given }) => given).map((one) => [originalPath(one), one]));
  const digests = new Map<string, readonly string[]>();

  /** The bytes of the file; all of the sealed source is hashed on the way, whatever is given of it. */
  function* content(
    path: string,
    { source, form, sha256, ranges }: (typeof chosen)[0],
  ): Generator<Uint8Array> {
    const hash = createHash('sha256');
    const own = rangeDigests(ranges);
    const chunks = function* () {
      for (const chunk of input.originalContent(source)) {
        hash.update(chunk);
        yield chunk;
      }
    };
    if (form === 'whole') yield* chunks();
    else {
      for (const piece of cut(chunks(), ranges)) {
        own.write(piece);
        yield piece;
      }
    }
    if (hash.digest('hex') !== sha256) throw new PackInputError(path, 'source-hash-differs');
    digests.set(source, own.digests());
  }

  const entry = ({
    given,
    source,
    form,
    sha256,
    bytes,
    ranges,
    closed,
  }: (typeof chosen)[0]): OriginalEntry => {
    let at = 0;
    return {
      source,
      sha256,
      bytes,
      form,
      file: given ? originalPath({ source, form }) : null,
      ranges: ranges.map(({ start, end }, i) => {
        const range = { start, end, at, sha256: digests.get(source)?.[i] ?? '' };
        at += end - start;
        return range;
      }),
      closed: [...closed],
    };
  };

  return {
    checks: originalChecks(chosen, input.sources),
    paths: [...byPath.keys(), ORIGINALS],
    texts(path) {
      if (path === ORIGINALS) return [originalsDocument(chosen.map(entry))];
      const one = byPath.get(path);
      return one ? content(path, one) : null;
    },
  };
}
