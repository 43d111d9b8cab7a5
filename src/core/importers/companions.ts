/** JSON files beside a source. */
import { decoderOf, detectEncoding } from './encoding.ts';
import type { ByteSource } from './importer.ts';
import { parseJson } from './json-values.ts';

/** The value in the file at this path, from the source's folder; undefined where there is none, or no JSON. */
export async function companionJson(source: ByteSource, path: string): Promise<unknown> {
  const bytes = (await source.companion?.(path)) ?? null;
  if (bytes === null) return undefined;
  const { encoding, bomLength } = detectEncoding(bytes, true);
  return parseJson(decoderOf(encoding).decode(bytes.subarray(bomLength)));
}

/** Name of the folder that a source lies in; null for a file by itself. */
export function folderOf(source: Pick<ByteSource, 'path'>): string | null {
  const parts = (source.path ?? '').split('/');
  return parts.length > 1 ? (parts[parts.length - 2] as string) : null;
}
