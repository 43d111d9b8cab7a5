/** Methods on hearings, letters and appeals: what makes a decision fair to whom it is about. */
import { z } from 'zod';
import {
  Appeal,
  AppealOutcome,
  Authorship,
  Hearing,
  Letter,
  LetterFormat,
  LetterKind,
} from '../../core/domain/hearing.ts';
import { Day } from '../../core/domain/house-rules.ts';
import { Count, Instant, Sha256, Uid } from '../../core/domain/page.ts';
import { method } from './method.ts';

const Text = z.string().trim();
const Language = z.enum(['zh-CN', 'en']);

export const hearingsMethods = {
  'hearings.list': method(z.object({ caseId: Uid }), z.array(Hearing)),
  /** Changes what is given and leaves the rest. */
  'hearings.put': method(
    z.object({
      caseId: Uid,
      partyId: Uid,
      authorship: z.object({ says: Authorship, note: Text.default('') }).nullish(),
      invitation: z.object({ at: Instant, how: Text.min(1), due: Instant }).nullish(),
      notInvitedReason: Text.min(1).nullish(),
      answer: z.object({ at: Instant, text: Text.min(1) }).nullish(),
    }),
    z.array(Hearing),
  ),
  'letters.list': method(z.object({ caseId: Uid }), z.array(Letter)),
  /** Writes a letter to `file`. PDF only where something draws pages (`no-page-printer`). */
  'letters.write': method(
    z.object({
      caseId: Uid,
      partyId: Uid,
      kind: LetterKind,
      language: Language,
      format: LetterFormat,
      file: z.string().min(1),
      /** Where to answer or appeal. */
      contact: Text.min(1),
      organisation: Text.min(1),
      until: Day.nullish(),
      /** For an invitation: what the person is said to have done. */
      facts: Text.nullish(),
    }),
    z.array(Letter),
  ),
  'letters.serve': method(
    z.object({ letterId: Uid, at: Instant, how: Text.min(1), proof: Text.min(1) }),
    z.array(Letter),
  ),
  /** Of one case; without it, all that are open. */
  'appeals.list': method(z.object({ caseId: Uid.nullish() }), z.array(Appeal)),
  'appeals.lodge': method(
    z.object({
      decisionId: Uid,
      lodgedAt: Instant,
      lodgedBy: Text.min(1),
      grounds: Text.min(1),
      dueAt: Instant.nullish(),
    }),
    z.array(Appeal),
  ),
  /** By the passphrase of an officer who neither made nor approved the decision. */
  'appeals.decide': method(
    z.object({
      appealId: Uid,
      officerId: Uid,
      passphrase: z.string(),
      outcome: AppealOutcome,
      measure: z.string().nullish(),
      reason: Text.min(1),
    }),
    z.array(Appeal),
  ),
  /** Everything about one person, with others masked (Personal Information Protection Law, art. 45). */
  'accessReports.write': method(
    z.object({
      accountId: Uid,
      language: Language,
      format: LetterFormat,
      file: z.string().min(1),
      /** Who asked for it, and how they showed who they are. */
      reason: Text.min(1),
    }),
    z.object({ file: z.string(), bytes: Count, sha256: Sha256 }),
  ),
} as const;
