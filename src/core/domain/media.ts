import { z } from 'zod';
import { Count, Instant, Sha256, Uid } from './page.ts';

export const MediaKind = z.enum(['image', 'voice', 'video', 'file', 'sticker']);

/** Media that messages name; files found for them; those of them that something looked into. */
export const MediaCounts = z.object({ named: Count, found: Count, examined: Count });
export type MediaCounts = z.infer<typeof MediaCounts>;

export const MediaState = z.enum(['missing', 'unexamined', 'examined']);

/** A file beside an export. */
export const MediaFile = z.object({
  path: z.string(),
  bytes: Count,
  sha256: Sha256,
  /** Media type by content, for example `image/png`; `application/octet-stream` where unknown. */
  type: z.string(),
  /** What looked into it: `qr`, or empty where nothing did. */
  examined: z.string(),
  /** Texts of QR codes. */
  codes: z.array(z.string()),
});

/** A medium as a message names it, with the file that it is, where one was found. */
export const Medium = z.object({
  messageId: Uid,
  position: Count,
  conversation: z.string().nullable(),
  sender: z.string().nullable(),
  sentAt: Instant.nullable(),
  kind: MediaKind,
  name: z.string().nullable(),
  reference: z.string().nullable(),
  size: Count.nullable(),
  md5: z.string().nullable(),
  file: MediaFile.nullable(),
  /** Why the file is this medium. */
  basis: z.enum(['path', 'md5', 'name']).nullable(),
});
export type Medium = z.infer<typeof Medium>;

export const MediaOutcome = z.object({
  /** Files looked at, and files that no message names. */
  files: Count,
  unnamed: Count,
  matched: Count,
  codes: Count,
  /** Files that could not be read or are too large, each with why. */
  refused: z.array(z.object({ path: z.string(), detail: z.string() })),
  counts: MediaCounts,
  cancelled: z.boolean(),
});
export type MediaOutcome = z.infer<typeof MediaOutcome>;
