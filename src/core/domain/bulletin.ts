/** Campaigns (S4-11), bulletins (S2-9, S2-10), reminders and the self-assessment (S3-4, S3-5). */
import { z } from 'zod';
import { Bilingual } from './bilingual.ts';
import { MeasureSubject } from './case.ts';
import { CategoryId } from './category.ts';
import { LeadSource } from './lead.ts';
import { Count, Instant, Sha256, Uid } from './page.ts';

/** What a bulletin counts. The same query over the same rows gives the same figures. */
export const BulletinQuery = z.object({
  from: Instant,
  /** Not included. */
  to: Instant,
  /** Empty: all categories. */
  categories: z.array(CategoryId),
});
export type BulletinQuery = z.infer<typeof BulletinQuery>;

/** One measure that a bulletin counts. */
export const BulletinRow = z.object({
  measureId: Uid,
  number: z.string(),
  caseId: Uid,
  caseNumber: z.string(),
  subjectType: MeasureSubject,
  /** Name of a person or group with all but its first character covered; links as they are. */
  target: z.string(),
  measure: Bilingual,
  permanent: z.boolean(),
  category: CategoryId.nullable(),
  executedAt: Instant,
});
export type BulletinRow = z.infer<typeof BulletinRow>;

export const BulletinFigures = z.object({
  query: BulletinQuery,
  /** Confirmed hits said in the period, by category. */
  hits: z.array(z.object({ category: CategoryId, confirmed: Count })),
  cases: z.object({ opened: Count, closed: Count }),
  /** Measures carried out in the period and not overturned. */
  measures: z.array(
    z.object({ subjectType: MeasureSubject, measure: Bilingual, permanent: z.boolean(), count: Count }),
  ),
  bySubject: z.array(
    z.object({ subjectType: MeasureSubject, category: CategoryId.nullable(), count: Count }),
  ),
  /** `2026-03`, in the workstation's zone. */
  byMonth: z.array(z.object({ month: z.string(), subjectType: MeasureSubject, count: Count })),
  leads: z.array(z.object({ source: LeadSource, received: Count, cases: Count })),
  /** The measures behind the counts, the latest first. */
  rows: z.array(BulletinRow),
});
export type BulletinFigures = z.infer<typeof BulletinFigures>;

/** A bulletin that was written, with the digest of its figures as they were. */
export const Bulletin = z.object({
  id: Uid,
  /** B-A7-0003. */
  number: z.string(),
  campaignId: Uid.nullable(),
  title: z.string(),
  query: BulletinQuery,
  figuresSha256: Sha256,
  file: z.string(),
  sha256: Sha256,
  officer: z.string(),
  at: Instant,
});
export type Bulletin = z.infer<typeof Bulletin>;

/** A clean-up with a start, a basis and its kinds of conduct. */
export const Campaign = z.object({
  id: Uid,
  /** S-A7-0002. */
  number: z.string(),
  title: z.string(),
  basis: z.string(),
  categories: z.array(CategoryId),
  /** What was announced at its start. */
  announcement: z.string(),
  startedAt: Instant,
  /** Null while it runs. */
  endedAt: Instant.nullable(),
  officer: z.string(),
});
export type Campaign = z.infer<typeof Campaign>;

/** Something with a date that somebody has to act on. */
export const Reminder = z.object({
  kind: z.enum([
    'measure-expires',
    'measure-due',
    'answer-due',
    'appeal-due',
    'duty-due',
    'inspection-due',
    'control-due',
    'stamp-due',
    'stamp-unanswered',
    'destruction-unfinished',
  ]),
  /** The record itself. */
  id: z.string(),
  caseId: Uid.nullable(),
  caseNumber: z.string().nullable(),
  /** What it is about: a person, a measure, an authority, a control. */
  about: Bilingual,
  dueAt: Instant,
  overdue: z.boolean(),
});
export type Reminder = z.infer<typeof Reminder>;

export const ControlState = z.enum(['in-place', 'partly', 'missing', 'not-assessed']);
export type ControlState = z.infer<typeof ControlState>;
export const Control = z.object({
  control: z.string(),
  title: Bilingual,
  help: Bilingual,
  state: ControlState,
  /** Who is responsible. */
  owner: z.string(),
  /** What shows that it is in place: a document, its number, where it lies. */
  evidence: z.string(),
  note: z.string(),
  /** Civil day on which it is to be looked at again. */
  nextReview: z.iso.date().nullable(),
  officer: z.string().nullable(),
  at: Instant.nullable(),
});
export type Control = z.infer<typeof Control>;
