/**
 * The seal of a pack's zip container: the archive comment ends with the SHA-256, in hex, of every byte of
 * the file before it. The bag inside is what is signed; the seal finds damage that leaves the bag's files
 * as they were, such as a flipped bit in a header or in the padding of a compressed stream. It is no
 * signature. A pack that somebody unpacked and packed again has no seal and verifies by its bag alone.
 *
 * By hand: `head -c -64 pack.zip | sha256sum` gives what `tail -c 64 pack.zip` shows.
 */
import { createHash } from 'node:crypto';
import { Transform } from 'node:stream';

const LABEL = 'docket-pack/1 sha256=';
export const SEAL_BYTES = 64;

/** The archive comment with the place for the digest. */
export const SEAL_COMMENT = LABEL + '0'.repeat(SEAL_BYTES);

/** The digest that an archive comment states; null where it is no seal. */
export function sealOf(comment: string): string | null {
  return comment.startsWith(LABEL) ? comment.slice(LABEL.length) : null;
}

/** Passes an archive through and fills in the seal at its end. */
export function sealing(): Transform {
  const hash = createHash('sha256');
  let held: Buffer = Buffer.alloc(0);
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const bytes = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
      const cut = Math.max(0, bytes.length - SEAL_BYTES);
      held = bytes.subarray(cut);
      const ready = bytes.subarray(0, cut);
      hash.update(ready);
      done(null, ready);
    },
    flush(done) {
      done(null, hash.digest('hex'));
    },
  });
}
