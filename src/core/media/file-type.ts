/** Media type of a file by its first bytes; a name or an extension is never believed. */

interface Signature {
  readonly type: string;
  /** Bytes at an offset, as latin-1 text. */
  readonly marks: readonly (readonly [offset: number, bytes: string])[];
}

/** From the formats' own specifications; the first that fits wins, so longer marks stand first. */
const SIGNATURES: readonly Signature[] = [
  { type: 'image/png', marks: [[0, '\x89PNG\r\n\x1a\n']] },
  { type: 'image/jpeg', marks: [[0, '\xff\xd8\xff']] },
  { type: 'image/gif', marks: [[0, 'GIF8']] },
  {
    type: 'image/webp',
    marks: [
      [0, 'RIFF'],
      [8, 'WEBP'],
    ],
  },
  {
    type: 'audio/wav',
    marks: [
      [0, 'RIFF'],
      [8, 'WAVE'],
    ],
  },
  {
    type: 'video/x-msvideo',
    marks: [
      [0, 'RIFF'],
      [8, 'AVI '],
    ],
  },
  { type: 'image/bmp', marks: [[0, 'BM']] },
  { type: 'image/tiff', marks: [[0, 'II*\0']] },
  { type: 'image/tiff', marks: [[0, 'MM\0*']] },
  { type: 'image/heic', marks: [[4, 'ftyphei']] },
  { type: 'image/heic', marks: [[4, 'ftypmif1']] },
  { type: 'image/avif', marks: [[4, 'ftypavif']] },
  { type: 'audio/mp4', marks: [[4, 'ftypM4A']] },
  { type: 'video/quicktime', marks: [[4, 'ftypqt']] },
  { type: 'video/mp4', marks: [[4, 'ftyp']] },
  { type: 'video/webm', marks: [[0, '\x1aE\xdf\xa3']] },
  { type: 'audio/ogg', marks: [[0, 'OggS']] },
  { type: 'audio/amr', marks: [[0, '#!AMR']] },
  { type: 'audio/silk', marks: [[0, '\x02#!SILK']] },
  { type: 'audio/silk', marks: [[0, '#!SILK']] },
  { type: 'audio/mpeg', marks: [[0, 'ID3']] },
  { type: 'audio/mpeg', marks: [[0, '\xff\xfb']] },
  { type: 'audio/aac', marks: [[0, '\xff\xf1']] },
  { type: 'application/pdf', marks: [[0, '%PDF-']] },
  { type: 'application/zip', marks: [[0, 'PK\x03\x04']] },
  { type: 'application/x-7z-compressed', marks: [[0, '7z\xbc\xaf\x27\x1c']] },
  { type: 'application/vnd.rar', marks: [[0, 'Rar!\x1a\x07']] },
  { type: 'application/gzip', marks: [[0, '\x1f\x8b']] },
  { type: 'application/x-ole-storage', marks: [[0, '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1']] },
  { type: 'application/vnd.microsoft.portable-executable', marks: [[0, 'MZ']] },
  { type: 'application/x-elf', marks: [[0, '\x7fELF']] },
  { type: 'image/svg+xml', marks: [[0, '<svg']] },
  { type: 'text/html', marks: [[0, '<!DOCTYPE html']] },
];

/** Bytes that `fileType` needs. */
export const TYPE_BYTES = 64;

/** Media type by content; `application/octet-stream` for what is not known. */
export function fileType(head: Uint8Array): string {
  const text = Buffer.from(head.subarray(0, TYPE_BYTES)).toString('latin1');
  const found = SIGNATURES.find(({ marks }) =>
    marks.every(([offset, bytes]) => text.startsWith(bytes, offset)),
  );
  return found?.type ?? 'application/octet-stream';
}
