/** What a transfer holds. Rows name messages, accounts, groups and hits by what both workstations know them by. */
import { z } from 'zod';
import { Platform } from '../domain/message.ts';
import { Count, Instant, Sha256, Uid } from '../domain/page.ts';
import { Profile, Role } from '../domain/workspace.ts';

/** A row with its references made portable: a JSON object of SQLite's values and `{hex}`, `{account}`, `{group}`, `{message}`, `{hit}`. */
export const PortableRow = z.record(z.string(), z.unknown());
export type PortableRow = z.infer<typeof PortableRow>;

export const By = z.object({ officer: z.string(), at: Instant });
export type By = z.infer<typeof By>;

/** Bytes that travel beside the payload (container.ts): place inside the file, decrypted. */
export const Part = z.object({ offset: Count, bytes: Count, sha256: Sha256 });
export type Part = z.infer<typeof Part>;

/** A row of a case as the sender has it. */
export const Item = z.object({
  table: z.string(),
  /** Table and key, the same on every workstation. */
  item: z.string(),
  row: PortableRow,
  /** Of further rows that belong to this one: the messages of an exhibit. */
  parts: z.array(z.object({ message: z.string(), subject: z.boolean() })).optional(),
  /** The same beside the payload, from version 3 on (records.ts). */
  listed: Part.optional(),
  /** A place or number that the receiver may have to change. */
  hint: Count.optional(),
  /** Digests of every version that the sender knows, the present one last. */
  known: z.array(Sha256).min(1),
  by: By,
});
export type Item = z.infer<typeof Item>;

export const TransferredDisposition = z.object({
  id: Uid,
  batch_id: Uid,
  verdict: z.string().nullable(),
  reason: z.string().nullable(),
  note: z.string(),
  rule_version: z.string(),
  officer_id: Uid,
  at: Instant,
  event_id: Uid,
  undoes: Uid.nullable(),
});
export type TransferredDisposition = z.infer<typeof TransferredDisposition>;

export const TransferredHit = z.object({
  hit: z.string(),
  /** Empty for a hit that is about no message, which `subject` tells. */
  message: z.string(),
  subject: z
    .object({
      /** A program that does not know `item` and `code` refuses the file as malformed. */
      register: z.enum(['account', 'group', 'item', 'code']),
      key: z.string(),
      field: z.string(),
      text: z.string(),
    })
    .optional(),
  part: Count,
  act: z.string(),
  pack: z.string(),
  rule: z.string(),
  rule_version: z.string(),
  category: z.string(),
  tier: z.string(),
  severity: Count,
  status: z.string(),
  score: z.number(),
  start: Count,
  end: Count,
  spans: z.string(),
  transforms: z.string(),
  /** In the order in which they were made. */
  dispositions: z.array(TransferredDisposition),
});
export type TransferredHit = z.infer<typeof TransferredHit>;

/** A file that was found for media of messages that travel. */
export const TransferredMedium = z.object({
  path: z.string(),
  type: z.string(),
  examined: z.string(),
  codes: z.array(z.string()),
  part: Part,
  /** The media that it is: message, position among its attachments, and by what it was found. */
  matches: z.array(z.object({ message: z.string(), position: Count, basis: z.string() })),
});
export type TransferredMedium = z.infer<typeof TransferredMedium>;

/** Messages of one source, in Docket's interchange format: a source of its own where they are new. */
export const Excerpt = z.object({
  platform: Platform,
  zone: z.string(),
  /** The source they were taken from, at home. */
  file: z.string(),
  sha256: Sha256,
  /** The format's text: inside the payload in version 1, beside it later. */
  text: z.string().optional(),
  part: Part.optional(),
  /** In the order of the message lines: inside the payload up to version 2, beside it in version 3 (records.ts). */
  messages: z.array(z.object({ uid: Uid, digest: Sha256 })).optional(),
  index: Part.optional(),
  accounts: z.array(z.string()),
  groups: z.array(z.string()),
  /** Of a list: published items that hits are about. Its text is a head alone, so that their source has a name. */
  items: z.array(z.string()).optional(),
});
export type Excerpt = z.infer<typeof Excerpt>;

export const TransferredEvent = z.object({
  id: Uid,
  officer: Uid,
  at: Instant,
  type: z.string(),
  subject: z.object({ type: z.string(), id: z.string() }),
  before: z.unknown(),
  after: z.unknown(),
  supersedes: Uid.nullable(),
  caseId: Uid.nullable(),
});

export const Payload = z.object({
  format: z.enum(['docket-transfer/1', 'docket-transfer/2', 'docket-transfer/3']),
  id: Uid,
  kind: z.enum(['case', 'hits']),
  createdAt: Instant,
  from: z.object({
    workspaceId: Uid,
    prefix: z.string(),
    profile: Profile,
    officer: z.string(),
    auditHead: z.object({ sequence: Count, hash: z.string() }),
  }),
  recipient: z.string(),
  purpose: z.string(),
  case: z.object({ id: Uid, number: z.string(), title: z.string(), home: Uid }).nullable(),
  officers: z.array(z.object({ id: Uid, name: z.string(), role: Role, publicKey: z.string() })),
  excerpts: z.array(Excerpt),
  media: z.array(TransferredMedium).default([]),
  hits: z.array(TransferredHit),
  items: z.array(Item),
  events: z.array(TransferredEvent),
  /** What stayed at home, by reason. */
  leftOut: z.record(z.string(), Count),
});
export type Payload = z.infer<typeof Payload>;
