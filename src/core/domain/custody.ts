/** Where sources came from, how they were extracted, and time stamps of the audit log's head. */
import { z } from 'zod';
import { Count, Instant, Sha256, Uid } from './page.ts';
import { ReExtraction, Source } from './source.ts';
import { Authority } from './workspace.ts';

/** Facts of acquisition that belong to one source, beside the authority record. */
export const Acquisition = z.object({
  /** Who had the chats in keeping before: the owner of the device or account. */
  custodian: z.string(),
  /** Consent of that person, or why none was needed, with its proof. */
  consent: z.string(),
  /** The medium on which it came: device with serial number, disk, mail. */
  medium: z.string(),
  /** How the export was made. */
  method: z.string(),
  place: z.string(),
  note: z.string(),
});
export type Acquisition = z.infer<typeof Acquisition>;

/** A source that the exhibits of a case rest on, with what is known of its coming. */
export const CaseSource = z.object({
  source: Source,
  authority: Authority.nullable(),
  acquisition: Acquisition.extend({ officer: z.string(), at: Instant }).nullable(),
  /** The last extraction anew, if there was one. */
  extraction: z.object({ outcome: ReExtraction, officer: z.string(), at: Instant }).nullable(),
  /** Its content was destroyed, by this certificate. */
  destroyedBy: Uid.nullable(),
});
export type CaseSource = z.infer<typeof CaseSource>;

/** What an extraction record says (fields of the SPC/SPP/MPS rules of 2016, arts. 14 and 15). */
export const ExtractionBody = z.object({
  cause: z.string().trim().min(1),
  place: z.string().trim().min(1),
  startedAt: Instant,
  endedAt: Instant,
  method: z.string().trim().min(1),
  process: z.string().trim().min(1),
  /** Two people who extracted. */
  operators: z.tuple([z.string().trim().min(1), z.string().trim().min(1)]),
  witness: z.string().trim().min(1),
  holder: z.string().default(''),
  equipment: z.string().default(''),
  /** Where a video of it is, or why there is none. */
  recording: z.string().default(''),
});
export type ExtractionBody = z.infer<typeof ExtractionBody>;

export const ExtractionRecord = z.object({
  id: Uid,
  body: ExtractionBody,
  file: z.string(),
  sha256: Sha256,
  officer: z.string(),
  at: Instant,
});
export type ExtractionRecord = z.infer<typeof ExtractionRecord>;

/** A legal hold on one exhibit or one source. */
export const ThingHold = z.object({
  id: Uid,
  on: z.enum(['exhibit', 'source']),
  subjectId: Uid,
  /** Number of the exhibit, or the file's name. */
  name: z.string(),
  /** The exhibit's case; null for a source. */
  caseId: Uid.nullable(),
  reason: z.string(),
  setAt: Instant,
  officer: z.string(),
  lifted: z.object({ at: Instant, officer: z.string(), reason: z.string() }).nullable(),
});
export type ThingHold = z.infer<typeof ThingHold>;

/** A request for a stamp of the audit log's head, and its answer. */
export const AuditStamp = z.object({
  id: Uid,
  sequence: Count,
  hash: z.string(),
  file: z.string(),
  officer: z.string(),
  at: Instant,
  stamped: z
    .object({ at: Instant, authority: z.string(), serial: z.string(), importedAt: Instant })
    .nullable(),
});
export type AuditStamp = z.infer<typeof AuditStamp>;

export const StampSchedule = z.object({
  /** Days between requests; null where nobody asked for any. */
  everyDays: Count.nullable(),
  /** Null where no schedule runs. */
  dueAt: Instant.nullable(),
  due: z.boolean(),
  /** Requests whose answer is not there yet. */
  waiting: Count,
  lastStampedAt: Instant.nullable(),
});
export type StampSchedule = z.infer<typeof StampSchedule>;
