import { z } from 'zod';
import { Bilingual } from './bilingual.ts';
import { CategoryId, Tier } from './category.ts';
import { Message } from './conversation.ts';
import { Hit } from './hit.ts';
import { Act, SubjectType } from './message.ts';
import { Count, Instant, Sha256, Uid } from './page.ts';
import { Profile } from './workspace.ts';

export const CaseState = z.enum(['open', 'awaiting-approval', 'decided', 'closed']);
export type CaseState = z.infer<typeof CaseState>;

export const PartyRole = z.enum(['publisher', 'promoter', 'owner', 'admin', 'witness']);
export type PartyRole = z.infer<typeof PartyRole>;

/** What a measure is taken against. */
export const MeasureSubject = z.enum([
  'personal-account',
  'public-account',
  'mini-program',
  'video-account',
  'group',
  'link',
  'staff-member',
]);
export type MeasureSubject = z.infer<typeof MeasureSubject>;

export const Party = z.object({
  id: Uid,
  role: PartyRole,
  subjectType: MeasureSubject,
  accountId: Uid.nullable(),
  conversationId: Uid.nullable(),
  name: z.string(),
  platformId: z.string().nullable(),
  /** Confirmed hits of this party in this case. */
  hits: Count,
});
export type Party = z.infer<typeof Party>;

export const CaseSummary = z.object({
  id: Uid,
  /** Speakable, with the workstation's prefix: C-A7-0042. */
  number: z.string(),
  title: z.string(),
  state: CaseState,
  categories: z.array(CategoryId),
  tier: Tier.nullable(),
  severity: z.number().int().nullable(),
  parties: z.array(z.string()),
  hits: Count,
  exhibits: Count,
  openDuties: Count,
  openedAt: Instant,
  closedAt: Instant.nullable(),
  officer: z.string(),
});
export type CaseSummary = z.infer<typeof CaseSummary>;

/** One line of the timeline: the event with what changed. */
export const TimelineEntry = z.object({
  id: Uid,
  at: Instant,
  officer: z.string(),
  type: z.string(),
  subject: z.object({ type: z.string(), id: z.string() }),
  before: z.unknown(),
  after: z.unknown(),
  supersedes: Uid.nullable(),
});
export type TimelineEntry = z.infer<typeof TimelineEntry>;

/** A reason as a code with facts; the screen puts it into words. */
export const Reason = z.object({
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type Reason = z.infer<typeof Reason>;

export const MeasureOption = z.object({
  id: z.string(),
  level: z.number().int(),
  title: Bilingual,
  permanent: z.boolean(),
  needsSecondApproval: z.boolean(),
  /** For measures that end: bounds in days. */
  duration: z.object({ min: Count, default: Count, max: Count }).optional(),
  /** For measures that switch off parts of an account: what can be switched off. */
  functions: z.array(z.object({ id: z.string(), title: Bilingual })).optional(),
  /** Measures taken together with this one, by id. */
  accompanying: z.array(z.string()).optional(),
});
export type MeasureOption = z.infer<typeof MeasureOption>;

/** Days for a measure that ends; functions for one that switches off parts of an account. */
export const MeasureTerms = z.object({ days: Count.nullable(), functions: z.array(z.string()) });
export type MeasureTerms = z.infer<typeof MeasureTerms>;

/** What a proposal was computed from. */
export const ProposalFacts = z.object({
  category: CategoryId,
  tier: Tier,
  severity: z.number().int(),
  act: Act,
  role: PartyRole,
  /** People who could see it, over all conversations concerned; null where no list and no speaker tells. */
  reach: Count.nullable(),
  evasion: z.boolean(),
  /** Minors are concerned, as the officer stated. */
  minors: z.boolean(),
  actAt: Instant.nullable(),
});
export type ProposalFacts = z.infer<typeof ProposalFacts>;

/** What a decision's basis still lacks (S4-12, S0-2). */
export const BasisGap = z.enum(['law', 'clause', 'act-time', 'house-rules', 'adoption', 'receipt']);
export type BasisGap = z.infer<typeof BasisGap>;

/** Whether a decision can show that its rules bound this person on the day of the act. */
export const BasisProof = z.object({
  required: z.array(z.enum(['law', 'house'])),
  /** The adopted version in force on the day of the act. */
  rules: z.object({ id: Uid, title: z.string(), version: z.string(), effectiveFrom: z.string() }).nullable(),
  /** Day on which this person received them. */
  receivedOn: z.string().nullable(),
  missing: z.array(BasisGap),
  proved: z.boolean(),
});
export type BasisProof = z.infer<typeof BasisProof>;

export const MeasureProposal = z.object({
  schedule: z.object({ id: z.string(), version: z.string() }),
  subjectType: MeasureSubject,
  options: z.array(MeasureOption),
  proposed: z.string(),
  range: z.object({ min: z.string(), max: z.string() }),
  reasons: z.array(Reason),
  needsSecondApproval: z.boolean(),
  /** Absent in decisions made before 0.2. */
  facts: ProposalFacts.optional(),
  basis: BasisProof.optional(),
  /** For how long and on what the chosen measure is to act. */
  terms: MeasureTerms.optional(),
});
export type MeasureProposal = z.infer<typeof MeasureProposal>;

/** An appeal against a decision, as its card shows it. */
export const DecisionAppeal = z.object({
  id: Uid,
  lodgedAt: Instant,
  /** Null while the appeal is open. */
  outcome: z.enum(['upheld', 'reduced', 'overturned']).nullable(),
  /** What the decision was reduced to. */
  measure: z.string().nullable(),
});
export type DecisionAppeal = z.infer<typeof DecisionAppeal>;

export const Decision = z.object({
  id: Uid,
  partyId: Uid,
  party: z.string(),
  proposal: MeasureProposal,
  measure: z.string(),
  measureTitle: Bilingual,
  deviates: z.boolean(),
  deviationReason: z.string(),
  facts: z.string(),
  basis: z.array(z.string()),
  state: z.enum(['awaiting-approval', 'final', 'refused']),
  /** The latest appeal; an overturned decision stands no longer. */
  appeal: DecisionAppeal.nullish(),
  officer: z.string(),
  officerId: Uid,
  at: Instant,
  approval: z
    .object({ officer: z.string(), at: Instant, approved: z.boolean(), note: z.string() })
    .nullable(),
  /** Ed25519 over the canonical decision, base64: the deciding officer's, then the approver's. */
  signatures: z.array(z.object({ officer: z.string(), fingerprint: Sha256, signature: z.string() })),
});
export type Decision = z.infer<typeof Decision>;

/** The three duties of CSL 47 (dispose, save the records, report), and the question whether to report. */
export const DutyKind = z.enum(['disposal', 'records', 'report', 'assessment']);
export const DutyState = z.enum(['open', 'filed', 'closed']);
export const AssessmentOutcome = z.enum(['report', 'internal', 'none']);

export const Duty = z.object({
  id: Uid,
  caseId: Uid,
  caseNumber: z.string(),
  kind: DutyKind,
  state: DutyState,
  route: z.string(),
  receiver: Bilingual,
  /** Whom a report is about; null for other duties, and where nobody is known. */
  person: z.object({ id: Uid, name: z.string() }).nullable(),
  /** Hits it is about. */
  items: Count,
  basis: z.array(z.string()),
  categories: z.array(CategoryId),
  openedAt: Instant,
  dueAt: Instant.nullable(),
  overdue: z.boolean(),
  filedAt: Instant.nullable(),
  receiptNumber: z.string().nullable(),
  assessment: z
    .object({
      outcome: AssessmentOutcome,
      reason: z.string(),
      approver: z.string().nullable(),
      at: Instant,
    })
    .nullable(),
  /** What still stands between this duty and its end; codes. */
  missing: z.array(z.string()),
});
export type Duty = z.infer<typeof Duty>;

export const CustodyEvent = z.object({
  id: Uid,
  at: Instant,
  officer: z.string(),
  action: z.enum(['imported', 'added', 'viewed', 'exported', 'handed-over', 'returned', 'removed']),
  purpose: z.string(),
});

export const Exhibit = z.object({
  id: Uid,
  /** E-A7-0042-03: case number and position. */
  number: z.string(),
  description: z.string(),
  subject: z.object({ type: SubjectType, id: z.string() }),
  /** Messages of the exhibit: the subject and the context kept with it. */
  messages: Count,
  sha256: Sha256,
  sourceId: Uid,
  sourceFile: z.string(),
  addedAt: Instant,
  officer: z.string(),
  custody: z.array(CustodyEvent),
});
export type Exhibit = z.infer<typeof Exhibit>;

/** A page of an exhibit's messages, as they were imported. */
export const OpenedExhibit = z.object({
  exhibit: Exhibit,
  total: Count,
  rows: z.array(
    z.object({
      message: Message,
      /** What the exhibit is about; the rest is around it. */
      isSubject: z.boolean(),
      /** Why the content is not here. */
      withheld: z.enum(['quarantined', 'destroyed']).nullable(),
    }),
  ),
});
export type OpenedExhibit = z.infer<typeof OpenedExhibit>;

/** What a case still owes beside decisions and duties. */
export const CaseOwes = z.object({
  /** Measures that somebody has to instruct, carry out, verify or restore. */
  measures: Count,
  /** Open appeals. */
  appeals: Count,
  /** Parties that were not heard. */
  unheard: z.array(Uid),
});
export type CaseOwes = z.infer<typeof CaseOwes>;

export const CaseDetail = z.object({
  summary: CaseSummary,
  owes: CaseOwes.optional(),
  profile: Profile,
  note: z.string(),
  parties: z.array(Party),
  hits: z.array(Hit),
  exhibits: z.array(Exhibit),
  decisions: z.array(Decision),
  duties: z.array(Duty),
  timeline: z.array(TimelineEntry),
  packs: z.array(
    z.object({
      id: Uid,
      profile: z.string(),
      file: z.string(),
      sha256: Sha256,
      root: Sha256,
      at: Instant,
      officer: z.string(),
      /** Empty where none was named, and for packs made before they were kept. */
      recipient: z.string().optional(),
      purpose: z.string().optional(),
      exhibits: Count.optional(),
      messages: Count.optional(),
      bytes: Count.nullish(),
      /** The answer of a time stamp authority; null while it is only requested. */
      stamp: z.object({ at: Instant, authority: z.string() }).nullish(),
    }),
  ),
});
export type CaseDetail = z.infer<typeof CaseDetail>;

export const PackProfile = z.enum(['court', 'arbitration', 'police', 'regulator', 'internal']);
export type PackProfile = z.infer<typeof PackProfile>;

/** Forms of the messages that an officer chooses; NDJSON and the viewer are in every pack. */
export const PackFormat = z.enum(['html', 'csv', 'xlsx', 'docx', 'pdf']);
export type PackFormat = z.infer<typeof PackFormat>;

/** Parts of a message that can be withheld from packs. */
export const RedactedPart = z.enum(['text', 'carried', 'attachments', 'sender', 'extra']);

/** What is withheld from the packs of a case; the original stays as it was imported. */
export const PackRedaction = z.object({
  id: Uid,
  messageId: Uid,
  part: RedactedPart,
  /** UTF-16 code units of the text; null where the whole part is withheld. */
  spans: z.array(z.object({ start: Count, end: Count })).nullable(),
  reason: z.string(),
  officer: z.string(),
  at: Instant,
});
export type PackRedaction = z.infer<typeof PackRedaction>;

/** What a time stamp authority said of a pack's root. */
export const PackStamp = z.object({ packId: Uid, at: Instant, authority: z.string(), serial: z.string() });
export type PackStamp = z.infer<typeof PackStamp>;

export const PackResult = z.object({
  file: z.string(),
  sha256: Sha256,
  root: Sha256,
  exhibits: Count,
  messages: Count,
  bytes: Count,
  /** Parts that were left out, each with why (for example PDF pages without a renderer). */
  leftOut: z.array(z.object({ part: z.string(), reason: z.string() })),
});
export type PackResult = z.infer<typeof PackResult>;

export const VerifyResult = z.object({
  ok: z.boolean(),
  checks: z.array(z.object({ name: z.string(), ok: z.boolean(), detail: z.string() })),
  failures: z.array(
    z.object({ file: z.string().optional(), entry: z.string().optional(), reason: z.string() }),
  ),
});
export type VerifyResult = z.infer<typeof VerifyResult>;

export const AuditEntry = z.object({
  sequence: Count,
  hash: Sha256,
  event: TimelineEntry,
});
export type AuditEntry = z.infer<typeof AuditEntry>;
