import { z } from 'zod';
import { Bilingual } from './bilingual.ts';
import { ListChanges, ListCounts } from './list.ts';
import { TableMapping } from './mapping.ts';
import { ConversationType, MessageKind, Platform } from './message.ts';
import { Count, Instant, Sha256, Uid } from './page.ts';

/** A message as it would be kept. */
const PreviewedMessage = z.object({
  sentAtText: z.string(),
  sender: z.string().nullable(),
  kind: MessageKind,
  text: z.string(),
});

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
  /** `archive`: files inside are sources of their own; `companion`: read together with others. */
  holds: z.enum(['chat', 'list', 'archive', 'companion']),
  /** The archive that the file lies in. */
  parentId: Uid.nullable(),
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
  /** The first 512 bytes in lower-case hex. */
  hex: z.string(),
  cut: z.boolean(),
});
export type Skip = z.infer<typeof Skip>;

/** What trying skipped ranges again gave, or would give. Bytes of the ranges that were tried. */
export const RetryOutcome = z.object({
  source: Source,
  /** Whether it was stored. */
  kept: z.boolean(),
  tried: Count,
  /** Messages that could be read, and those of them that no other source has. */
  messages: Count,
  added: Count,
  /** Accounts and groups, where the source is a list. */
  entries: Count,
  skippedBytesBefore: Count,
  skippedBytesAfter: Count,
  preview: z.array(PreviewedMessage),
});
export type RetryOutcome = z.infer<typeof RetryOutcome>;

/** Encodings that a source can be read in. */
export const SourceEncoding = z.enum(['utf-8', 'utf-16le', 'utf-16be', 'gb18030']);

export const SourceRange = z.object({
  kind: z.enum(['parsed', 'skipped', 'ignored']),
  code: z.string(),
  start: Count,
  end: Count,
  line: Count,
  count: Count,
});

/** Files that nothing reads, counted by what they seem to be. */
export const IgnoredFiles = z.object({
  /** The folder or archive. */
  container: z.string(),
  /** `system`: left behind by the system, such as .DS_Store. */
  kind: z.enum(['media', 'document', 'other', 'system']),
  files: Count,
  bytes: Count,
  /** The first 20 paths. */
  examples: z.array(z.string()),
});
export type IgnoredFiles = z.infer<typeof IgnoredFiles>;

export const Refused = z.object({ path: z.string(), code: z.string(), detail: z.string() });

/** What a folder or archive holds, before anything is kept. */
export const BundleView = z.object({
  kind: z.enum(['folder', 'archive']),
  members: z.array(
    z.object({
      path: z.string(),
      bytes: Count,
      format: z.string(),
      title: Bilingual,
      holds: z.enum(['chat', 'list']),
    }),
  ),
  ignored: z.array(IgnoredFiles),
  refused: z.array(Refused),
});
export type BundleView = z.infer<typeof BundleView>;

/** What `sources.inspect` finds in a file, folder or archive before anything is kept. */
export const Inspection = z.object({
  path: z.string(),
  file: z.string(),
  bytes: Count,
  encoding: z.string(),
  candidates: z.array(
    z.object({
      /** An importer's id, or `mapping:<id>` for a saved or shipped mapping. */
      format: z.string(),
      title: Bilingual,
      platform: Platform,
      holds: z.enum(['chat', 'list']),
      confidence: z.number(),
    }),
  ),
  /** The format that the rest was found with: the one asked for, else the likeliest; null where none is. */
  format: z.string().nullable(),
  /** Whether columns could be described by hand. */
  isTable: z.boolean(),
  /** Set for a folder or an archive. */
  bundle: BundleView.nullable(),
  /** For lists: the list's name, and what the import would change in it. */
  listName: z.string().nullable(),
  lists: z.array(ListChanges),
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
  preview: z.array(PreviewedMessage),
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
  /** How to read the table; its target says whether it holds messages or a list. */
  mapping: TableMapping.nullish(),
  /** Name of the list that the rows belong to; absent: what stays of the file's name from one delivery to the next. */
  list: z.string().trim().min(1).max(200).nullish(),
  /** Paths of a folder or archive to take; absent: all that can be read. */
  members: z.array(z.string()).nullish(),
});
export type ImportFile = z.infer<typeof ImportFile>;

export const ImportOutcome = z.object({
  sources: z.array(Source),
  /** Those of them whose bytes were here before: nothing was added. */
  already: z.array(Uid),
  /** Files of which nothing was kept, each with why. */
  refused: z.array(Refused),
  /** Files of folders and archives that nothing reads. */
  ignored: z.array(IgnoredFiles),
  /** What the sources changed in their lists. */
  lists: z.array(ListCounts.extend({ sourceId: Uid })),
  cancelled: z.boolean(),
});
export type ImportOutcome = z.infer<typeof ImportOutcome>;

/** What extracting a source again showed. */
export const ReExtraction = z.object({
  sourceId: Uid,
  file: z.string(),
  importer: z.string(),
  importerVersion: Count,
  /** Of the sealed bytes, taken anew. */
  sha256: Sha256,
  sameBytes: z.boolean(),
  /** Messages that parsing gave. */
  messages: Count,
  different: Count,
  /** The first twenty. */
  differences: z.array(
    z.object({
      ordinal: Count,
      reason: z.enum(['another-message', 'another-place', 'another-digest', 'not-kept']),
    }),
  ),
  /** Messages kept beyond those, which were recovered from skipped bytes later. */
  recovered: Count,
  same: z.boolean(),
});
export type ReExtraction = z.infer<typeof ReExtraction>;
