/** Methods on duties, their reports and proofs, legal holds, inspections and assistance. */
import { z } from 'zod';
import { AssessmentOutcome, Duty, DutyState } from '../../core/domain/case.ts';
import {
  DutyBoard,
  DutyClock,
  DutyDetail,
  DutyStepKind,
  HitMarks,
  Inspection,
  InspectionKind,
  LegalHold,
} from '../../core/domain/duty.ts';
import { DutyMark } from '../../core/domain/duty-words.ts';
import { Count, Instant, PageInput, pageOf, Sha256, Uid } from '../../core/domain/page.ts';
import { method, Nothing } from './method.ts';

const reason = z.string().trim().min(1);

export const dutiesMethods = {
  'duties.list': method(
    PageInput.extend({
      state: z.union([DutyState, z.literal('unclosed')]).nullish(),
      caseId: Uid.nullish(),
    }),
    pageOf(Duty),
  ),
  /** Unclosed duties in lanes, the first due first. */
  'duties.board': method(Nothing, DutyBoard),
  'duties.get': method(z.object({ dutyId: Uid }), DutyDetail),
  /** Circumstances of the hits of a case that open duty routes. */
  'duties.marks': method(z.object({ caseId: Uid }), z.array(HitMarks)),
  'duties.mark': method(z.object({ hitId: Uid, mark: DutyMark, on: z.boolean(), reason }), HitMarks),
  /** Writes what a report says; absent fields stay. */
  'duties.draft': method(
    z.object({
      dutyId: Uid,
      organisation: z.string().nullish(),
      contact: z.string().nullish(),
      facts: z.string().nullish(),
      notice: z.record(z.string(), z.string()).nullish(),
    }),
    DutyDetail,
  ),
  /** Writes the report form. PDF needs a page printer (the window, or a hidden one): `no-page-printer`. */
  'duties.writeForm': method(
    z.object({
      dutyId: Uid,
      file: z.string(),
      format: z.enum(['json', 'docx', 'pdf', 'html']),
      language: z.enum(['zh-CN', 'en']),
      test: z.boolean().default(false),
    }),
    z.object({ file: z.string(), sha256: Sha256, bytes: Count }),
  ),
  /**
   * Records that a report was filed. An incomplete form needs a reason; `test` marks a trial, which
   * closes nothing. A receipt number that comes later is recorded the same way.
   */
  'duties.file': method(
    z.object({
      dutyId: Uid,
      filedAt: Instant,
      receiptNumber: z.string().nullish(),
      note: z.string().default(''),
      incompleteReason: z.string().default(''),
      test: z.boolean().default(false),
    }),
    Duty,
  ),
  /** A proof of disposal, or what followed a report: receipt, reply, supplement. */
  'duties.addStep': method(
    z.object({
      dutyId: Uid,
      kind: DutyStepKind.exclude(['filed']),
      at: Instant,
      number: z.string().nullish(),
      note: z.string().default(''),
      file: z.string().nullish(),
      test: z.boolean().default(false),
    }),
    DutyDetail,
  ),
  'duties.assess': method(
    z.object({
      dutyId: Uid,
      outcome: AssessmentOutcome,
      reason: z.string().min(1),
      approverId: Uid.nullish(),
      /** The approver's own unlock, at this desk. */
      approverPassphrase: z.string().default(''),
    }),
    Duty,
  ),
  'duties.clock': method(Nothing, DutyClock),
  'duties.setClock': method(z.object({ hours: z.number().min(1).max(8760) }), DutyClock),
  'holds.list': method(z.object({ caseId: Uid.nullish() }), z.array(LegalHold)),
  'holds.set': method(z.object({ caseId: Uid, reason }), z.array(LegalHold)),
  'holds.lift': method(z.object({ holdId: Uid, reason }), z.array(LegalHold)),
  'inspections.list': method(Nothing, z.array(Inspection)),
  'inspections.record': method(
    z.object({
      kind: InspectionKind,
      authority: reason,
      documentNumber: z.string().default(''),
      legalBasis: z.string().default(''),
      request: reason,
      receivedAt: Instant,
      dueAt: Instant.nullish(),
      caseId: Uid.nullish(),
      file: z.string().nullish(),
    }),
    Inspection,
  ),
  'inspections.answer': method(
    z.object({ inspectionId: Uid, given: reason, at: Instant, signedBy: reason }),
    Inspection,
  ),
} as const;
