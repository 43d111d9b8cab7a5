/**
 * Encodes text as GB18030 (WHATWG Encoding Standard, § 10.2): JavaScript has the decoder only. The
 * two-byte part is the decoder read backwards; characters beyond U+FFFF follow the standard's linear
 * four-byte range from 0x90 30 81 30. Throws on the four-byte characters of the basic plane, which
 * the sample does not use.
 */
export function encodeGb18030(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    const pair = twoBytes().get(character);
    if (code < 0x80) bytes.push(code);
    else if (pair !== undefined) bytes.push(pair >> 8, pair & 0xff);
    else if (code > 0xffff) {
      const linear = code - 0x10000;
      bytes.push(
        0x90 + Math.floor(linear / 12_600),
        0x30 + (Math.floor(linear / 1_260) % 10),
        0x81 + (Math.floor(linear / 10) % 126),
        0x30 + (linear % 10),
      );
    } else throw new RangeError(`not in the two-byte part of GB18030: ${character}`);
  }
  return Uint8Array.from(bytes);
}

let table: Map<string, number> | null = null;

function twoBytes(): Map<string, number> {
  if (table !== null) return table;
  table = new Map();
  const decoder = new TextDecoder('gb18030');
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      if (trail === 0x7f) continue;
      const character = decoder.decode(Uint8Array.of(lead, trail));
      if (!character.includes('\ufffd') && !table.has(character)) table.set(character, (lead << 8) | trail);
    }
  }
  return table;
}
