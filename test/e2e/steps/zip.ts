// Changes one byte of one file inside a zip, as damage or a forger would.

const LOCAL_HEADER = Buffer.from('PK\x03\x04');
const FIXED = 30;

/** A copy with the middle byte of one file changed; `path` is the file's, below the zip's one folder. */
export function changeByteOf(zip: Buffer, path: string): Buffer {
  for (let at = zip.indexOf(LOCAL_HEADER); at >= 0; at = zip.indexOf(LOCAL_HEADER, at + 4)) {
    const nameLength = zip.readUInt16LE(at + 26);
    const name = zip.toString('utf8', at + FIXED, at + FIXED + nameLength);
    if (!name.endsWith(`/${path}`)) continue;
    const start = at + FIXED + nameLength + zip.readUInt16LE(at + 28);
    const next = zip.indexOf(LOCAL_HEADER, start);
    const bytes = Buffer.from(zip);
    const middle = start + Math.floor((next - start) / 2);
    bytes.writeUInt8(bytes.readUInt8(middle) ^ 1, middle);
    return bytes;
  }
  throw new Error(`the zip holds no file ${path}`);
}
