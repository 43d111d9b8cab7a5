/** Reading DER (ITU-T X.690) as far as time stamp responses need it. */

export interface Der {
  readonly tag: number;
  /** Contents, without tag and length. */
  readonly body: Buffer;
  /** Tag, length and contents. */
  readonly whole: Buffer;
}

/** The elements of a constructed value, or of several values one after the other. Throws a RangeError on anything that is no DER. */
export function derItems(bytes: Buffer): Der[] {
  const items: Der[] = [];
  for (let at = 0; at < bytes.length; ) {
    const tag = bytes[at] as number;
    if ((tag & 0x1f) === 0x1f) throw new RangeError('a tag of several bytes');
    const first = bytes[at + 1];
    if (first === undefined || first === 0x80 || first > 0x84)
      throw new RangeError('a length that is no DER');
    const count = first < 0x80 ? 0 : first - 0x80;
    const from = at + 2 + count;
    const length = count === 0 ? first : bytes.readUIntBE(at + 2, count);
    if (from + length > bytes.length) throw new RangeError('a value that ends too early');
    items.push({ tag, body: bytes.subarray(from, from + length), whole: bytes.subarray(at, from + length) });
    at = from + length;
  }
  return items;
}

/** The element at a place of a constructed value, which must have the tag. */
export function derAt(items: readonly Der[], at: number, tag: number): Der {
  const item = items[at];
  if (item?.tag !== tag) throw new RangeError(`no element ${tag.toString(16)} at place ${at}`);
  return item;
}

/** An object identifier in dots. */
export function oidText({ body }: Der): string {
  const parts: number[] = [];
  let value = 0;
  for (const byte of body) {
    value = value * 128 + (byte & 0x7f);
    if (byte >= 0x80) continue;
    if (parts.length === 0)
      parts.push(Math.min(2, Math.floor(value / 40)), value - 40 * Math.min(2, Math.floor(value / 40)));
    else parts.push(value);
    value = 0;
  }
  return parts.join('.');
}
