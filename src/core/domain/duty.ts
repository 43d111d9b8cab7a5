/** Duties in full: circumstances that open routes, the report form, steps after filing, holds, inspections. */
import { z } from 'zod';
import { Bilingual } from './bilingual.ts';
import { Duty } from './case.ts';
import { CategoryId } from './category.ts';
import { DutyAction, DutyMark } from './duty-words.ts';
import { Platform } from './message.ts';
import { Count, Instant, Sha256, Uid } from './page.ts';

/** `proof`: that the content was disposed of. The others follow a report. */
export const DutyStepKind = z.enum(['filed', 'receipt', 'reply', 'supplement', 'proof']);
export type DutyStepKind = z.infer<typeof DutyStepKind>;

export const DutyStep = z.object({
  id: Uid,
  kind: DutyStepKind,
  /** A trial run; it closes nothing. */
  test: z.boolean(),
  at: Instant,
  number: z.string().nullable(),
  note: z.string(),
  file: z.string().nullable(),
  sha256: Sha256.nullable(),
  officer: z.string(),
  recordedAt: Instant,
});
export type DutyStep = z.infer<typeof DutyStep>;

/** What still makes a report form incomplete. */
export const FormGap = z.enum([
  'organisation',
  'contact',
  'facts',
  'items',
  'person',
  'exhibits',
  'notice-items',
  'basis',
]);
export type FormGap = z.infer<typeof FormGap>;

export const ReportItem = z.object({
  hitId: Uid,
  sentAt: Instant.nullable(),
  sentAtText: z.string(),
  conversation: z.string().nullable(),
  sender: z.string().nullable(),
  category: CategoryId,
  rule: Bilingual,
  basis: z.array(z.string()),
  /** Null where the text is quarantined: the form carries digest and place only. */
  text: z.string().nullable(),
  exhibit: z.string().nullable(),
  sha256: Sha256.nullable(),
  file: z.string(),
  line: Count,
});
export type ReportItem = z.infer<typeof ReportItem>;

/** A draft report as it would be filed: what JSON, DOCX and the printed page are written from. */
export const ReportForm = z.object({
  caseNumber: z.string(),
  /** What the report is for: a real filing, or a trial that is marked as one on every page. */
  test: z.boolean(),
  preparedAt: Instant,
  preparedBy: z.string(),
  receiver: Bilingual,
  alternatives: z.array(Bilingual),
  organisation: z.string(),
  contact: z.string(),
  person: z
    .object({
      name: z.string(),
      accounts: z.array(
        z.object({ platform: Platform, platformId: z.string().nullable(), name: z.string().nullable() }),
      ),
    })
    .nullable(),
  categories: z.array(CategoryId),
  basis: z.array(
    z.object({
      reference: z.string(),
      citation: Bilingual,
      summary: Bilingual.nullable(),
      marks: z.string(),
    }),
  ),
  facts: z.string(),
  measures: z.array(z.object({ party: z.string(), measure: Bilingual, at: Instant })),
  actions: z.array(DutyAction),
  notice: z.array(z.object({ id: z.string(), title: Bilingual, text: z.string() })),
  items: z.array(ReportItem),
  attachments: z.array(
    z.object({ number: z.string(), description: z.string(), sha256: Sha256, messages: Count }),
  ),
  gaps: z.array(FormGap),
});
export type ReportForm = z.infer<typeof ReportForm>;

export const DutyDetail = z.object({
  duty: Duty,
  actions: z.array(DutyAction),
  clock: z.object({
    hours: z.number(),
    statutory: Bilingual,
    statutoryHours: z.number().nullable(),
    note: Bilingual,
  }),
  steps: z.array(DutyStep),
  /** Exhibits that prove that records were saved. */
  exhibits: z.array(z.string()),
  form: ReportForm.nullable(),
  held: z.boolean(),
});
export type DutyDetail = z.infer<typeof DutyDetail>;

export const HitMarks = z.object({
  hitId: Uid,
  /** Null for a hit about anything but a message. */
  messageId: Uid.nullable(),
  quarantined: z.boolean(),
  text: z.string(),
  category: CategoryId,
  ruleTitle: Bilingual,
  marks: z.array(z.object({ mark: DutyMark, reason: z.string(), officer: z.string(), at: Instant })),
});
export type HitMarks = z.infer<typeof HitMarks>;

export const DutyLane = z.enum(['overdue', 'today', 'later', 'waiting']);
export type DutyLane = z.infer<typeof DutyLane>;

export const DutyBoard = z.array(z.object({ lane: DutyLane, total: Count, duties: z.array(Duty) }));
export type DutyBoard = z.infer<typeof DutyBoard>;

export const DutyClock = z.object({
  /** The organisation's own hours, and those that ship. */
  hours: z.number().positive(),
  shipped: z.number().positive(),
  statutory: Bilingual,
  statutoryHours: z.number().nullable(),
  note: Bilingual,
});
export type DutyClock = z.infer<typeof DutyClock>;

export const LegalHold = z.object({
  id: Uid,
  caseId: Uid,
  caseNumber: z.string(),
  reason: z.string(),
  /** The duty whose filing set it; null where an officer did. */
  dutyId: Uid.nullable(),
  setAt: Instant,
  officer: z.string(),
  lifted: z.object({ at: Instant, officer: z.string(), reason: z.string() }).nullable(),
});
export type LegalHold = z.infer<typeof LegalHold>;

/** Inspections received, assistance asked for, orders to put something right (S3-6, S4-10). */
export const InspectionKind = z.enum(['inspection', 'assistance', 'remediation-order']);
export type InspectionKind = z.infer<typeof InspectionKind>;

export const Inspection = z.object({
  id: Uid,
  kind: InspectionKind,
  authority: z.string(),
  documentNumber: z.string(),
  legalBasis: z.string(),
  request: z.string(),
  receivedAt: Instant,
  dueAt: Instant.nullable(),
  overdue: z.boolean(),
  caseId: Uid.nullable(),
  caseNumber: z.string().nullable(),
  /** What was given, when, and who signed for it; null until then. */
  answer: z.object({ given: z.string(), at: Instant, signedBy: z.string() }).nullable(),
  file: z.string().nullable(),
  sha256: Sha256.nullable(),
  state: z.enum(['open', 'answered']),
  officer: z.string(),
  recordedAt: Instant,
});
export type Inspection = z.infer<typeof Inspection>;
