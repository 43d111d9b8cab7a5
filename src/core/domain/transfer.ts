/** Cases and queue shares that go to another workstation and come back. */
import { z } from 'zod';
import { Bilingual } from './bilingual.ts';
import { Count, Instant, Sha256, Uid } from './page.ts';

export const TransferKind = z.enum(['case', 'hits']);
export type TransferKind = z.infer<typeof TransferKind>;

/** Who is at the other end. */
export const TransferPeer = z.object({
  workspaceId: z.string(),
  prefix: z.string(),
  officer: z.string(),
  /** SHA-256 of the sending officer's public key. */
  fingerprint: z.string(),
  recipient: z.string(),
  purpose: z.string(),
});
export type TransferPeer = z.infer<typeof TransferPeer>;

export const TransferCounts = z.object({
  messages: Count,
  hits: Count,
  rows: Count,
  events: Count,
  /** New here, where it was received. */
  added: Count,
  changed: Count,
  conflicts: Count,
  /** What could not go, or could not be kept, by reason. */
  leftOut: z.record(z.string(), Count),
});
export type TransferCounts = z.infer<typeof TransferCounts>;

export const Transfer = z.object({
  id: Uid,
  direction: z.enum(['sent', 'received']),
  kind: TransferKind,
  caseId: Uid.nullable(),
  /** As it is called here. */
  caseNumber: z.string().nullable(),
  /** As it is called where it was opened. */
  homeNumber: z.string().nullable(),
  peer: TransferPeer,
  file: z.string(),
  sha256: Sha256,
  counts: TransferCounts,
  at: Instant,
  officer: z.string(),
});
export type Transfer = z.infer<typeof Transfer>;

/** What a file holds, before anything of it is kept. */
export const TransferLook = z.object({
  id: Uid,
  kind: TransferKind,
  createdAt: Instant,
  peer: TransferPeer,
  case: z.object({ number: z.string(), title: z.string(), known: z.boolean() }).nullable(),
  messages: Count,
  hits: Count,
  rows: Count,
  events: Count,
  leftOut: z.record(z.string(), Count),
  /** The sending officer's key was trusted here before, under this name; null where it was not. */
  trustedAs: z.string().nullable(),
  /** The same file came in before. */
  again: z.boolean(),
});
export type TransferLook = z.infer<typeof TransferLook>;

const Side = z.object({
  officer: z.string(),
  at: Instant,
  /** What the measure decided there is called; null for anything but a decision. */
  measureTitle: Bilingual.nullable(),
});

export const TransferConflict = z.object({
  id: Uid,
  transferId: Uid,
  caseId: Uid.nullable(),
  caseNumber: z.string().nullable(),
  kind: z.enum(['row', 'disposition', 'decision']),
  /** Table of a row; `dispositions` or `decisions` for the others. */
  table: z.string(),
  /** What it is about, in words of the case. */
  about: z.string(),
  fields: z.array(z.object({ name: z.string(), ours: z.string(), theirs: z.string() })),
  ours: Side,
  theirs: Side.extend({ prefix: z.string() }),
  at: Instant,
  resolved: z
    .object({ choice: z.enum(['ours', 'theirs']), reason: z.string(), officer: z.string(), at: Instant })
    .nullable(),
});
export type TransferConflict = z.infer<typeof TransferConflict>;
