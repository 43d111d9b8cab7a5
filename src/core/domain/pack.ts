/** What an officer chooses for a pack, and what it would hold. */
import { z } from 'zod';
import { PackFormat, PackProfile, PackRedaction } from './case.ts';
import { MediaKind } from './media.ts';
import { Count, Instant, Uid } from './page.ts';

/** How many media of a pack are in each state. */
export const AttachmentCounts = z.object({
  named: Count,
  included: Count,
  missing: Count,
  withheld: Count,
  quarantined: Count,
  notChosen: Count,
});
export type AttachmentCounts = z.infer<typeof AttachmentCounts>;

/** Which media go into a pack: all that are found, those of the exhibits' subjects, none. */
export const PackMedia = z.enum(['all', 'subjects', 'none']);
export type PackMedia = z.infer<typeof PackMedia>;

/** Source files in a pack: none, the bytes that shown messages came from, the sealed files whole. */
export const PackOriginals = z.enum(['none', 'excerpts', 'whole']);
export type PackOriginals = z.infer<typeof PackOriginals>;

/**
 * Why a second officer approves source files in a pack: messages of bystanders under their names, messages that
 * the pack does not show, bytes that were skipped at import (`whole`); a pack that withholds something
 * (`excerpts`).
 */
const OriginalsReason = z.enum(['bystanders', 'not-shown', 'skipped', 'withheld']);

/** Why source files cannot go into a pack. */
const OriginalsRefusal = z.enum(['withheld', 'quarantined']);

export const PackChoice = z.object({
  caseId: Uid,
  profile: PackProfile,
  /** All exhibits of the case where nothing is said. */
  exhibitIds: z.array(Uid).min(1).optional(),
  /** Messages on either side of an exhibit's subject; all that it keeps where nothing is said. */
  context: Count.max(200).optional(),
  /** People who speak in the pack and are no party of the case appear under aliases. */
  aliases: z.boolean().default(false),
  /** Accounts of bystanders who appear under their names all the same; a second officer approves. */
  unmask: z.array(Uid).optional(),
  attachments: PackMedia.optional(),
  /** No source files where nothing is said. */
  originals: PackOriginals.optional(),
  /** Sources for which something else holds. */
  originalsOf: z.array(z.object({ sourceId: Uid, originals: PackOriginals })).optional(),
  /** All forms that a pack of this length can have where nothing is said. */
  formats: z.array(PackFormat).optional(),
});
export type PackChoice = z.infer<typeof PackChoice>;

/** Somebody who speaks in a pack and is no party of the case. */
export const Bystander = z.object({
  accountId: Uid,
  name: z.string().nullable(),
  messages: Count,
});
export type Bystander = z.infer<typeof Bystander>;

/** What a pack would hold, before it is built. */
export const PackPlan = z.object({
  exhibits: z.array(
    z.object({
      id: Uid,
      number: z.string(),
      description: z.string(),
      messages: Count,
      /** Kept with the exhibit and not shown. */
      trimmed: z.boolean(),
      isPeriod: z.boolean(),
    }),
  ),
  rows: Count,
  messages: Count,
  attachments: AttachmentCounts.extend({ bytes: Count }),
  redactions: Count,
  bystanders: z.array(Bystander),
  /** Whether a second officer has to approve that bystanders are named. */
  needsApproval: z.boolean(),
  /** The source files that were chosen, as they would go along. */
  originals: z.object({
    /** Every source of the pack, and how it goes along. */
    sources: z.array(z.object({ id: Uid, file: z.string(), bytes: Count, originals: PackOriginals })),
    files: Count,
    bytes: Count,
    /**
     * What a second officer has to approve: what whole files show beyond the pack, or that excerpts go along with
     * a pack that withholds something. Counts of messages, of bytes for `skipped`.
     */
    reasons: z.array(z.object({ reason: OriginalsReason, count: Count })),
    /** Why the choice is refused, each with a file; nothing is built then. */
    refused: z.array(z.object({ reason: OriginalsRefusal, file: z.string() })),
    /** Messages whose bytes no excerpt gives. */
    closed: Count,
  }),
  formats: z.array(PackFormat),
  leftOut: z.array(z.object({ part: z.string(), reason: z.string() })),
  /** Of the zip, estimated from the texts and the files. */
  bytes: Count,
});
export type PackPlan = z.infer<typeof PackPlan>;

/** A message as a pack would show it, beside what it is. */
export const PackPreviewRow = z.object({
  messageId: Uid,
  conversation: z.string().nullable(),
  isSubject: z.boolean(),
  /** As shown: an alias where the person is under one. */
  sender: z.string().nullable(),
  sentAt: Instant.nullable(),
  sentAtText: z.string(),
  kind: z.string(),
  /** The original, to choose what is withheld. */
  text: z.string(),
  /** As shown, the same length. */
  shown: z.string(),
  withheld: z.array(z.string()),
  attachments: z.array(z.object({ kind: MediaKind, name: z.string().nullable(), state: z.string() })),
  redactions: z.array(PackRedaction),
});
export type PackPreviewRow = z.infer<typeof PackPreviewRow>;
