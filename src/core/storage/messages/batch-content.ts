/**
 * What the seals of bulk rows cover, written the same way when a batch is stored and when it is checked.
 * A message's own fields are under its digest, so its line names the digest and what the digest leaves out.
 */

export function messageContent(
  id: number,
  sourceId: number,
  ordinal: number,
  conversationId: number,
  senderId: number | null,
  flags: string | null,
  parts: number,
  identity: number,
  digest: Buffer,
): string {
  return `${id},${sourceId},${ordinal},${conversationId},${senderId},${flags ?? ''},${parts},${identity},${digest.toString('hex')}\n`;
}

export function occurrenceContent(
  sourceId: number,
  ordinal: number,
  messageId: number,
  start: number,
  end: number,
  line: number,
  digest: Buffer,
): string {
  return `${sourceId},${ordinal},${messageId},${start},${end},${line},${digest.toString('hex')}\n`;
}

/** Every column of a range, hit or sighting that does not change. */
export function rowContent(values: readonly unknown[]): string {
  return `${JSON.stringify(values)}\n`;
}

const COMMA = 0x2c;
const NEWLINE = 0x0a;
const ZERO = 0x30;
const NULL = [0x6e, 0x75, 0x6c, 0x6c];
/** Digits of the largest integer, with a comma. */
const LONGEST = 17;

/**
 * The same lines as bytes, for batches of two thousand: joining strings costs as much as storing the rows.
 * `hex` are the batch's digests in hex, 64 bytes each.
 */
export class ContentLines {
  readonly #hex: Uint8Array;
  #bytes: Buffer;
  #at = 0;

  constructor(rows: number, hex: Uint8Array) {
    this.#hex = hex;
    this.#bytes = Buffer.allocUnsafe(Math.max(1, rows) * 160);
  }

  message(
    index: number,
    id: number,
    sourceId: number,
    ordinal: number,
    conversationId: number,
    senderId: number | null,
    flags: string | null,
    parts: number,
    identity: number,
  ): void {
    this.#room(LONGEST * 7 + (flags?.length ?? 0) * 3);
    this.#number(id);
    this.#number(sourceId);
    this.#number(ordinal);
    this.#number(conversationId);
    if (senderId === null) {
      for (const byte of NULL) this.#bytes[this.#at++] = byte;
      this.#bytes[this.#at++] = COMMA;
    } else {
      this.#number(senderId);
    }
    if (flags !== null) this.#at += this.#bytes.write(flags, this.#at);
    this.#bytes[this.#at++] = COMMA;
    this.#number(parts);
    this.#number(identity);
    this.#digest(index);
  }

  occurrence(
    index: number,
    sourceId: number,
    ordinal: number,
    messageId: number,
    start: number,
    end: number,
    line: number,
  ): void {
    this.#room(LONGEST * 6);
    this.#number(sourceId);
    this.#number(ordinal);
    this.#number(messageId);
    this.#number(start);
    this.#number(end);
    this.#number(line);
    this.#digest(index);
  }

  /** What was written so far. */
  get content(): Buffer {
    return this.#bytes.subarray(0, this.#at);
  }

  /** For another `bytes` and a digest. */
  #room(bytes: number): void {
    const wanted = this.#at + bytes + 65;
    if (wanted <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(wanted, this.#bytes.length * 2));
    this.#bytes.copy(larger, 0, 0, this.#at);
    this.#bytes = larger;
  }

  /** A whole number from 0 to 2^53, and a comma. */
  #number(value: number): void {
    const bytes = this.#bytes;
    let digits = 1;
    for (let limit = 10; value >= limit; limit *= 10) digits++;
    let rest = value;
    for (let at = this.#at + digits - 1; at >= this.#at; at--) {
      const tenth = Math.floor(rest / 10);
      bytes[at] = ZERO + (rest - tenth * 10);
      rest = tenth;
    }
    this.#at += digits;
    bytes[this.#at++] = COMMA;
  }

  #digest(index: number): void {
    const from = index * 64;
    for (let i = 0; i < 64; i++) this.#bytes[this.#at + i] = this.#hex[from + i] as number;
    this.#at += 64;
    this.#bytes[this.#at++] = NEWLINE;
  }
}
