/**
 * The contract: every method with its input and output, every event. The window, the command line
 * and the tests call the same methods; both directions are validated at run time (dispatch.ts).
 *
 * A method that may take more than a second carries a `jobId` of the caller's choice: `job.progress`
 * events name it, and `jobs.cancel` ends it. Its promise settles when the work ends.
 */
import { z } from 'zod';
import {
  AssessmentOutcome,
  AuditEntry,
  CaseDetail,
  CaseState,
  CaseSummary,
  Decision,
  Duty,
  DutyState,
  Exhibit,
  MeasureProposal,
  MeasureSubject,
  PackProfile,
  PackResult,
  PartyRole,
  VerifyResult,
} from '../core/domain/case.ts';
import { CategoryId } from '../core/domain/category.ts';
import { Account, Conversation, Message, MessageFilter } from '../core/domain/conversation.ts';
import {
  DetectionRun,
  Disposition,
  DispositionReason,
  Hit,
  HitFilter,
  RulePackSummary,
  RuleSummary,
  Verdict,
} from '../core/domain/hit.ts';
import { Count, Instant, PageInput, pageOf, Sha256, Uid } from '../core/domain/page.ts';
import { ImportFile, ImportOutcome, Inspection, Skip, Source, SourceRange } from '../core/domain/source.ts';
import { Dashboard } from '../core/domain/statistics.ts';
import {
  Authority,
  AuthorityInput,
  CheckResult,
  Officer,
  Passphrase,
  Profile,
  Role,
  WorkspaceStatus,
} from '../core/domain/workspace.ts';

const Nothing = z.object({});
const JobId = z.string().min(1).max(64);
const sorted = <const K extends readonly [string, ...string[]]>(...keys: K) =>
  z.object({ by: z.enum(keys), descending: z.boolean() });

/** Declares a method. */
const method = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O) => ({ input, output });

export const api = {
  'workspace.status': method(Nothing, WorkspaceStatus),
  'workspace.create': method(
    z.object({ profile: Profile, officerName: z.string().min(1), passphrase: Passphrase }),
    z.object({ status: WorkspaceStatus, recoveryKey: z.string() }),
  ),
  /** A second workspace beside the user's own, filled with the bundled sample; two officers. */
  'workspace.openSample': method(
    z.object({ jobId: JobId }),
    z.object({ status: WorkspaceStatus, passphrases: z.record(z.string(), z.string()) }),
  ),
  /** Back from the sample to the user's own workspace. */
  'workspace.leaveSample': method(Nothing, WorkspaceStatus),
  'workspace.unlock': method(z.object({ officerId: Uid, passphrase: z.string() }), WorkspaceStatus),
  'workspace.lock': method(Nothing, WorkspaceStatus),
  'workspace.recover': method(
    z.object({ recoveryKey: z.string(), officerId: Uid, newPassphrase: Passphrase }),
    WorkspaceStatus,
  ),
  'workspace.setProfile': method(z.object({ profile: Profile }), WorkspaceStatus),
  'workspace.newRecoveryKey': method(
    z.object({ passphrase: z.string() }),
    z.object({ recoveryKey: z.string() }),
  ),
  'workspace.backup': method(
    z.object({ file: z.string(), jobId: JobId }),
    z.object({ file: z.string(), sha256: Sha256, bytes: Count }),
  ),
  'workspace.restore': method(z.object({ file: z.string(), jobId: JobId }), WorkspaceStatus),
  'workspace.check': method(z.object({ jobId: JobId }), CheckResult),

  'officers.list': method(Nothing, z.array(Officer)),
  'officers.create': method(
    z.object({ name: z.string().min(1), role: Role, passphrase: Passphrase }),
    Officer,
  ),
  'officers.changePassphrase': method(z.object({ current: z.string(), next: Passphrase }), Nothing),
  'officers.deactivate': method(z.object({ officerId: Uid, reason: z.string().min(1) }), Officer),

  'authorities.list': method(Nothing, z.array(Authority)),
  'authorities.create': method(AuthorityInput, Authority),

  'sources.inspect': method(z.object({ paths: z.array(z.string()).min(1) }), z.array(Inspection)),
  'sources.import': method(
    z.object({
      jobId: JobId,
      files: z.array(ImportFile).min(1),
      authorityId: Uid.nullish(),
      /** A file of which less than this share of records would be kept is refused. */
      minimumKept: z.number().min(0).max(1).default(0.5),
    }),
    ImportOutcome,
  ),
  'sources.resume': method(z.object({ jobId: JobId, sourceId: Uid }), ImportOutcome),
  'sources.list': method(Nothing, z.array(Source)),
  'sources.skips': method(PageInput.extend({ sourceId: Uid }), pageOf(Skip)),
  'sources.ranges': method(PageInput.extend({ sourceId: Uid }), pageOf(SourceRange)),
  'sources.exclude': method(z.object({ sourceId: Uid, reason: z.string().min(1) }), Source),
  'sources.setZone': method(z.object({ sourceId: Uid, zone: z.string() }), Source),

  'conversations.list': method(
    PageInput.extend({
      text: z.string().nullish(),
      sort: sorted('name', 'messages', 'lastAt').nullish(),
    }),
    pageOf(Conversation),
  ),
  'messages.search': method(
    PageInput.extend({ filter: MessageFilter, sort: sorted('sentAt').nullish() }),
    pageOf(Message),
  ),
  /** The message with its neighbours in the conversation, oldest first. Logged as a view of content. */
  'messages.context': method(
    z.object({ messageId: Uid, before: Count.max(500).default(20), after: Count.max(500).default(20) }),
    z.object({ messages: z.array(Message), moreBefore: z.boolean(), moreAfter: z.boolean() }),
  ),

  'accounts.list': method(
    PageInput.extend({
      text: z.string().nullish(),
      unnamed: z.boolean().nullish(),
      sort: sorted('name', 'messages', 'hits').nullish(),
    }),
    pageOf(Account),
  ),
  /** Unmasks the register fields of one account; the reason is logged. */
  'accounts.reveal': method(z.object({ accountId: Uid, reason: z.string().min(1) }), Account),

  'rules.packs': method(Nothing, z.array(RulePackSummary)),
  'rules.list': method(Nothing, z.array(RuleSummary)),
  'rules.install': method(z.object({ file: z.string() }), RulePackSummary),
  'rules.setEnabled': method(z.object({ pack: z.string(), enabled: z.boolean() }), RulePackSummary),
  /** Judges a typed text with the enabled packs; nothing is stored. */
  'rules.test': method(
    z.object({ text: z.string().max(20_000) }),
    z.object({
      hits: z.array(
        Hit.pick({
          pack: true,
          rule: true,
          ruleTitle: true,
          category: true,
          status: true,
          score: true,
          spans: true,
          transforms: true,
        }),
      ),
    }),
  ),

  'detection.start': method(
    z.object({ jobId: JobId, packFiles: z.array(z.string()).nullish() }),
    DetectionRun,
  ),
  'detection.runs': method(Nothing, z.array(DetectionRun)),

  'hits.list': method(
    PageInput.extend({
      filter: HitFilter,
      sort: sorted('priority', 'sentAt', 'score', 'severity').nullish(),
    }),
    pageOf(Hit),
  ),
  'hits.get': method(z.object({ hitId: Uid }), Hit),
  'hits.history': method(z.object({ hitId: Uid }), z.array(Disposition)),
  'hits.dispose': method(
    z.object({
      hitIds: z.array(Uid).min(1).max(1000),
      verdict: Verdict,
      reason: DispositionReason.nullish(),
      note: z.string().default(''),
    }),
    z.object({ batchId: Uid, hits: z.array(Hit) }),
  ),
  /** Takes a whole disposition batch back by new events; earlier verdicts stand again. */
  'hits.undo': method(z.object({ batchId: Uid }), z.object({ hits: z.array(Hit) })),

  'cases.list': method(
    PageInput.extend({
      state: z.union([CaseState, z.literal('unclosed')]).nullish(),
      category: CategoryId.nullish(),
      text: z.string().nullish(),
      sort: sorted('number', 'openedAt', 'severity', 'title').nullish(),
    }),
    pageOf(CaseSummary),
  ),
  'cases.get': method(z.object({ caseId: Uid }), CaseDetail),
  /** From confirmed hits, or from a person (then the person's confirmed hits without a case come along). */
  'cases.open': method(
    z.object({
      title: z.string().nullish(),
      hitIds: z.array(Uid).default([]),
      accountId: Uid.nullish(),
    }),
    CaseDetail,
  ),
  'cases.addHits': method(z.object({ caseId: Uid, hitIds: z.array(Uid).min(1) }), CaseDetail),
  'cases.removeHit': method(z.object({ caseId: Uid, hitId: Uid, reason: z.string().min(1) }), CaseDetail),
  'cases.update': method(
    z.object({ caseId: Uid, title: z.string().min(1).nullish(), note: z.string().nullish() }),
    CaseDetail,
  ),
  'cases.addParty': method(
    z.object({
      caseId: Uid,
      role: PartyRole,
      subjectType: MeasureSubject,
      accountId: Uid.nullish(),
      conversationId: Uid.nullish(),
    }),
    CaseDetail,
  ),
  'cases.close': method(z.object({ caseId: Uid, reason: z.string().min(1) }), CaseDetail),
  'cases.reopen': method(z.object({ caseId: Uid, reason: z.string().min(1) }), CaseDetail),

  'decisions.propose': method(z.object({ caseId: Uid, partyId: Uid }), MeasureProposal),
  'decisions.record': method(
    z.object({
      caseId: Uid,
      partyId: Uid,
      measure: z.string(),
      deviationReason: z.string().default(''),
      facts: z.string().min(1),
    }),
    Decision,
  ),
  /** The second officer's own unlock, beside the first officer's session. */
  'decisions.approve': method(
    z.object({
      decisionId: Uid,
      officerId: Uid,
      passphrase: z.string(),
      approved: z.boolean(),
      note: z.string().default(''),
    }),
    Decision,
  ),

  'duties.list': method(
    PageInput.extend({
      state: z.union([DutyState, z.literal('unclosed')]).nullish(),
      caseId: Uid.nullish(),
    }),
    pageOf(Duty),
  ),
  /** Records that a report was filed; a receipt number closes the duty. */
  'duties.file': method(
    z.object({
      dutyId: Uid,
      filedAt: Instant,
      receiptNumber: z.string().nullish(),
      note: z.string().default(''),
    }),
    Duty,
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

  'evidence.addExhibit': method(
    z.object({
      caseId: Uid,
      messageId: Uid,
      description: z.string().nullish(),
      context: Count.max(200).default(20),
    }),
    Exhibit,
  ),
  'evidence.removeExhibit': method(z.object({ exhibitId: Uid, reason: z.string().min(1) }), Exhibit),
  'evidence.export': method(
    z.object({
      jobId: JobId,
      caseId: Uid,
      profile: PackProfile,
      file: z.string(),
      recipient: z.string().default(''),
      purpose: z.string().default(''),
    }),
    PackResult,
  ),
  'evidence.verify': method(z.object({ file: z.string(), fingerprint: Sha256.nullish() }), VerifyResult),

  'audit.list': method(
    PageInput.extend({
      type: z.string().nullish(),
      officerId: Uid.nullish(),
      subjectId: z.string().nullish(),
    }),
    pageOf(AuditEntry),
  ),

  'statistics.dashboard': method(
    z.object({ from: Instant.nullish(), to: Instant.nullish(), zone: z.string() }),
    Dashboard,
  ),

  'jobs.cancel': method(z.object({ jobId: JobId }), z.object({ found: z.boolean() })),
} as const;

export type Api = typeof api;
export type MethodName = keyof Api;
/** What a caller passes: defaults may be left out. */
export type Input<M extends MethodName> = z.input<Api[M]['input']>;
/** What a handler receives: defaults filled in. */
export type Parsed<M extends MethodName> = z.output<Api[M]['input']>;
export type Output<M extends MethodName> = z.output<Api[M]['output']>;

/** What the host tells without being asked. */
export const HostEvent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('job.progress'),
    jobId: z.string(),
    /** Name of the step under way: sealing, parsing, indexing, judging, packing … */
    step: z.string(),
    /** What is worked on, for example a file name. */
    item: z.string().nullable(),
    done: Count,
    /** Null where the end is not known. */
    total: Count.nullable(),
    unit: z.enum(['bytes', 'messages', 'files', 'rows']),
    /** Messages or rows so far, where `unit` is bytes. */
    records: Count.nullable(),
    startedAt: Instant,
    at: Instant,
  }),
  /** Something changed; lists that show these areas ask again. */
  z.object({ type: z.literal('changed'), areas: z.array(z.string()) }),
  z.object({ type: z.literal('workspace.status'), status: WorkspaceStatus }),
]);
export type HostEvent = z.infer<typeof HostEvent>;
