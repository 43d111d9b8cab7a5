/** A source over bytes in memory. */
import type { ByteSource } from './importer.ts';

/** Serves a stretch of bytes as if it were a file of this name. */
export function memorySource(name: string, bytes: Uint8Array): ByteSource {
  return {
    name,
    size: bytes.length,
    read: (offset, length) => bytes.subarray(offset, offset + length),
  };
}
