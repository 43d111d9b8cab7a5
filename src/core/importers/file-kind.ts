/** What a file's name or media type says of its kind. A hint: the content decides later. */
import type { ImportedAttachment } from './importer.ts';

type FileKind = ImportedAttachment['kind'];

const EXTENSIONS: Readonly<Record<string, FileKind>> = {
  jpg: 'image',
  jpeg: 'image',
  png: 'image',
  gif: 'image',
  webp: 'image',
  bmp: 'image',
  heic: 'image',
  heif: 'image',
  avif: 'image',
  tif: 'image',
  tiff: 'image',
  mp4: 'video',
  mov: 'video',
  avi: 'video',
  mkv: 'video',
  webm: 'video',
  m4v: 'video',
  '3gp': 'video',
  mp3: 'voice',
  m4a: 'voice',
  aac: 'voice',
  ogg: 'voice',
  oga: 'voice',
  opus: 'voice',
  wav: 'voice',
  amr: 'voice',
  silk: 'voice',
};

/** The kind by media type where one is given, else by the name's last extension. */
export function fileKind(name: string | null, mediaType: string | null = null): FileKind {
  const type = (mediaType ?? '').toLowerCase();
  if (type.startsWith('image/')) return 'image';
  if (type.startsWith('video/')) return 'video';
  if (type.startsWith('audio/')) return 'voice';
  const path = (name ?? '').replace(/[?#].*$/s, '');
  const extension = path.slice(path.lastIndexOf('.') + 1).toLowerCase();
  return Object.hasOwn(EXTENSIONS, extension) ? (EXTENSIONS[extension] as FileKind) : 'file';
}

/** The last part of a path or an address; null where there is none. */
export function fileNameOf(reference: string | null): string | null {
  if (reference === null) return null;
  const path = reference.replace(/[?#].*$/s, '');
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1) || null;
}

/** A size in bytes where the value is a whole number, or digits; else null. */
export function fileSize(value: unknown): number | null {
  const size = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
  return Number.isSafeInteger(size) && (size as number) >= 0 ? (size as number) : null;
}
