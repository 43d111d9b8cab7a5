/**
 * Identifiers. Everything that can travel between workspaces has a UUIDv7 (RFC 9562 §5.7).
 *
 * Rows that exist by the million (messages, hits) take theirs out of a block: the owner (a source, a
 * detection run) gets a UUIDv7 whose last 32 bits are zero, and the n-th row of it has the same
 * identifier with n in those bits. That is still a valid UUIDv7, names its owner, and needs neither
 * a column nor an index.
 */

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/**
 * A UUIDv7 from a time (UTC milliseconds) and ten random bytes.
 * With `block`, the last 32 bits are zero: the identifier opens a block of 2^32 − 1 rows.
 */
export function uuidv7(now: number, random: Uint8Array, block = false): string {
  const bytes = new Uint8Array(16);
  for (let index = 0; index < 6; index++) bytes[index] = Math.floor(now / 2 ** (8 * (5 - index))) & 0xff;
  for (let index = 0; index < 10; index++) bytes[6 + index] = random[index] ?? 0;
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  if (block) bytes.fill(0, 12);
  const hex = Array.from(bytes, (byte) => HEX[byte]);
  const part = (from: number, to: number) => hex.slice(from, to).join('');
  return `${part(0, 4)}-${part(4, 6)}-${part(6, 8)}-${part(8, 10)}-${part(10, 16)}`;
}

/**
 * Identifiers in the order they are drawn, also within one millisecond: the 12 bits behind the time count
 * up there (RFC 9562 §6.2, method 1). `order by id` is therefore the order of events.
 */
export class UidSource {
  readonly #now: () => number;
  readonly #random: (bytes: number) => Uint8Array;
  #last = 0;
  #sequence = 0;

  constructor(now: () => number, random: (bytes: number) => Uint8Array) {
    this.#now = now;
    this.#random = random;
  }

  /** Identifiers drawn from now on come after this one: it was drawn where the clock may be ahead, or before a restart. */
  observe(uid: string): void {
    const at = Number.parseInt(uid.replaceAll('-', '').slice(0, 12), 16);
    if (at < this.#last) return;
    this.#last = at;
    this.#sequence = 0xfff;
  }

  next(block = false): string {
    const now = this.#now();
    if (now > this.#last) {
      this.#last = now;
      this.#sequence = 0;
    } else if (++this.#sequence > 0xfff) {
      this.#last++;
      this.#sequence = 0;
    }
    const random = this.#random(10);
    random[0] = this.#sequence >> 8;
    random[1] = this.#sequence & 0xff;
    return uuidv7(this.#last, random, block);
  }
}

/** Identifier of the row at `position` (0-based) of a block. */
export function uidInBlock(block: string, position: number): string {
  return block.slice(0, 28) + (position + 1).toString(16).padStart(8, '0');
}

/** The block and the position that `uidInBlock` was given; null where the identifier opens a block itself. */
export function splitBlockUid(uid: string): { block: string; position: number } | null {
  const number = Number.parseInt(uid.slice(28), 16);
  return number > 0 ? { block: `${uid.slice(0, 28)}00000000`, position: number - 1 } : null;
}
