/** Bytes in hex as a table: offset, sixteen bytes, their ASCII. */

const WIDTH = 16;

/** `hex` in lower case without spaces; `start` is the byte of the file that the first one is. */
export function hexLines(hex: string, start: number): string {
  const lines: string[] = [];
  for (let at = 0; at < hex.length; at += WIDTH * 2) {
    const bytes = hex.slice(at, at + WIDTH * 2).match(/../g) ?? [];
    const shown = bytes.map((byte) => {
      const code = Number.parseInt(byte, 16);
      return code >= 0x20 && code < 0x7f ? String.fromCharCode(code) : '·';
    });
    const offset = (start + at / 2).toString(16).padStart(8, '0');
    lines.push(`${offset}  ${bytes.join(' ').padEnd(WIDTH * 3 - 1)}  ${shown.join('')}`);
  }
  return lines.join('\n');
}
