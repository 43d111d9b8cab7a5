/** Methods on cases and decisions. */
import { z } from 'zod';
import {
  CaseDetail,
  CaseState,
  CaseSummary,
  Decision,
  MeasureProposal,
  MeasureSubject,
  PartyRole,
} from '../../core/domain/case.ts';
import { CaseContext, Dossier } from '../../core/domain/case-context.ts';
import { CaseTask, TaskState } from '../../core/domain/case-task.ts';
import { CategoryId } from '../../core/domain/category.ts';
import { Count, PageInput, pageOf, Uid } from '../../core/domain/page.ts';
import { method, sorted } from './method.ts';

export const casesMethods = {
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
  /** Who managed the groups, cases that touch this one, what was decided on the like. */
  'cases.context': method(z.object({ caseId: Uid }), CaseContext),
  /** One person over all cases, with every account that is theirs. */
  'cases.dossier': method(z.object({ accountId: Uid }), Dossier),
  /** What the checklist asks of a case, with what was done. */
  'cases.tasks': method(z.object({ caseId: Uid }), z.array(CaseTask)),
  'cases.setTask': method(
    z.object({ caseId: Uid, task: z.string(), state: TaskState, note: z.string().trim().default('') }),
    z.array(CaseTask),
  ),
  'cases.addTask': method(z.object({ caseId: Uid, title: z.string().trim().min(1) }), z.array(CaseTask)),
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
  'decisions.propose': method(
    /** `minors`: the officer states that minors are concerned. */
    z.object({ caseId: Uid, partyId: Uid, minors: z.boolean().nullish() }),
    MeasureProposal,
  ),
  'decisions.record': method(
    z.object({
      caseId: Uid,
      partyId: Uid,
      measure: z.string(),
      minors: z.boolean().nullish(),
      /** Within the schedule's bounds; its own default where left out. */
      days: Count.nullish(),
      functions: z.array(z.string()).nullish(),
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
} as const;
