/** A file's content: texts, or bytes of what is no text. */
export type PackTexts = AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>;
