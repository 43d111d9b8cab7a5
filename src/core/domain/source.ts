import { z } from 'zod';
import { Bilingual } from './bilingual.ts';
import { ConversationType, Platform } from './message.ts';
import { Count, Instant, Sha256, Uid } from './page.ts';

/**
 * `partial`: cut off; visible and resumable, left out of detection and packs.
 * `excluded`: taken back by an officer; kept, but left out everywhere else.
 */
export const SourceState = z.enum(['importing', 'partial', 'complete', 'excluded']);
export type SourceState = z.infer<typeof SourceState>;

export const SkipCount = z.object({ code: z.string(), count: Count, firstLine: Count });
export const Ledger = z.object({ parsedBytes: Count, skippedBytes: Count, ignoredBytes: Count });

export const Source = z.object({
  id: Uid,
  file: z.string(),
  sha256: Sha256,
  bytes: Count,
  format: z.string(),
  formatTitle: Bilingual,
  formatVersion: z.string().nullable(),
  importerVersion: Count,
  platform: Platform,
  holds: z.enum(['chat', 'list']),
  encoding: z.string(),
  zone: z.object({ id: z.string(), assumed: z.boolean(), matters: z.boolean() }),
  assumptions: z.record(z.string(), z.string()),
  state: SourceState,
  conversations: Count,
  accounts: Count,
  messages: Count,
  duplicates: Count,
  skipped: Count,
  ledger: Ledger,
  skips: z.array(SkipCount),
  /** Root over the digests of everything kept; null until complete. */
  digest: Sha256.nullable(),
  authorityId: Uid.nullable(),
  importedAt: Instant,
  officer: z.string(),
});
export type Source = z.infer<typeof Source>;

/** A skipped range with the bytes themselves, decoded for reading. */
export const Skip = z.object({
  code: z.string(),
  start: Count,
  end: Count,
  line: Count,
  count: Count,
  /** First 2,000 code units of the bytes; `cut` says whether more follow. */
  text: z.string(),
  cut: z.boolean(),
});
export type Skip = z.infer<typeof Skip>;

export const SourceRange = z.object({
  kind: z.enum(['parsed', 'skipped', 'ignored']),
  code: z.string(),
  start: Count,
  end: Count,
  line: Count,
  count: Count,
});

/** What `sources.inspect` finds in a file before anything is kept. */
export const Inspection = z.object({
  path: z.string(),
  file: z.string(),
  bytes: Count,
  encoding: z.string(),
  candidates: z.array(
    z.object({
      format: z.string(),
      title: Bilingual,
      platform: Platform,
      holds: z.enum(['chat', 'list']),
      confidence: z.number(),
    }),
  ),
  /** Only for files that can hold several; direct chats are not ticked by default. */
  conversations: z.array(
    z.object({
      key: z.string(),
      name: z.string().nullable(),
      type: ConversationType,
      messages: Count,
      firstAtText: z.string().nullable(),
      lastAtText: z.string().nullable(),
      selected: z.boolean(),
    }),
  ),
  /** Whether times carry no zone and the officer must name one. */
  needsZone: z.boolean(),
  /** First messages as they would be kept. */
  preview: z.array(z.object({ sentAtText: z.string(), sender: z.string().nullable(), text: z.string() })),
  /** Set where the same bytes are already in the workspace. */
  alreadyImported: Uid.nullable(),
});
export type Inspection = z.infer<typeof Inspection>;

/** One file of an import; what the window asks and the command line's options answer. */
export const ImportFile = z.object({
  path: z.string(),
  format: z.string().nullish(),
  zone: z.string().nullish(),
  /** Keys to keep; `all` for everything; absent: all groups, and direct chats only where the file holds nothing else. */
  conversations: z.union([z.array(z.string()), z.literal('all')]).nullish(),
});
export type ImportFile = z.infer<typeof ImportFile>;

export const ImportOutcome = z.object({
  sources: z.array(Source),
  /** Those of them whose bytes were here before: nothing was added. */
  already: z.array(Uid),
  /** Files of which nothing was kept, each with why. */
  refused: z.array(z.object({ path: z.string(), code: z.string(), detail: z.string() })),
  cancelled: z.boolean(),
});
export type ImportOutcome = z.infer<typeof ImportOutcome>;
