import { sha256 } from '../audit/digest.ts';

/**
 * The digest of an exhibit: SHA-256 in hex over its messages' digests, ascending, each followed by a line
 * feed. Sorted, because the order of messages may change when a source's time zone is corrected.
 */
export function exhibitDigest(digests: Iterable<string>): string {
  return sha256(
    [...digests]
      .sort()
      .map((digest) => `${digest}\n`)
      .join(''),
  );
}
