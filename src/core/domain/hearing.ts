import { z } from 'zod';
import { Bilingual } from './bilingual.ts';
import { Instant, Sha256, Uid } from './page.ts';

/** Whether the person says that the words are theirs. */
export const Authorship = z.enum(['not-asked', 'confirmed', 'contested', 'no-answer']);
export type Authorship = z.infer<typeof Authorship>;

/** How a party of a case was heard before a decision about it. */
export const Hearing = z.object({
  id: Uid,
  caseId: Uid,
  partyId: Uid,
  authorship: Authorship,
  authorshipNote: z.string(),
  invitedAt: Instant.nullable(),
  invitedHow: z.string(),
  answerDue: Instant.nullable(),
  /** Why the person was not invited to answer; empty where they were. */
  notInvitedReason: z.string(),
  answeredAt: Instant.nullable(),
  answer: z.string(),
  /** What is still missing before the person was heard. */
  missing: z.array(z.enum(['authorship', 'invitation', 'answer'])),
});
export type Hearing = z.infer<typeof Hearing>;

export const LetterKind = z.enum(['invitation', 'decision', 'appeal-outcome']);
export type LetterKind = z.infer<typeof LetterKind>;
export const LetterFormat = z.enum(['docx', 'pdf']);
export type LetterFormat = z.infer<typeof LetterFormat>;

/** A letter that was written, and what proves that it arrived. */
export const Letter = z.object({
  id: Uid,
  caseId: Uid,
  partyId: Uid,
  party: z.string(),
  decisionId: Uid.nullable(),
  kind: LetterKind,
  language: z.enum(['zh-CN', 'en']),
  format: LetterFormat,
  file: z.string(),
  sha256: Sha256,
  at: Instant,
  officer: z.string(),
  servedAt: Instant.nullable(),
  servedHow: z.string(),
  serviceProof: z.string(),
});
export type Letter = z.infer<typeof Letter>;

export const AppealOutcome = z.enum(['upheld', 'reduced', 'overturned']);
export type AppealOutcome = z.infer<typeof AppealOutcome>;

/** An appeal against a decision, decided by somebody who had no part in it. */
export const Appeal = z.object({
  id: Uid,
  decisionId: Uid,
  caseId: Uid,
  lodgedAt: Instant,
  lodgedBy: z.string(),
  grounds: z.string(),
  dueAt: Instant.nullable(),
  officer: z.string(),
  /** Null while it is open. */
  outcome: AppealOutcome.nullable(),
  /** What the decision was reduced to. */
  measure: z.string().nullable(),
  measureTitle: Bilingual.nullable(),
  reason: z.string(),
  decidedBy: z.string().nullable(),
  decidedAt: Instant.nullable(),
  signature: z.string().nullable(),
  fingerprint: Sha256.nullable(),
});
export type Appeal = z.infer<typeof Appeal>;
