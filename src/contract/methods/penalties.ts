/** Methods on what penalties rest on and how they are carried out. */
import { z } from 'zod';
import { MeasureProposal, MeasureSubject } from '../../core/domain/case.ts';
import { AdoptionWay, Day, HouseReceipt, HouseRulesVersion } from '../../core/domain/house-rules.ts';
import {
  MeasureBatch,
  MeasureOwed,
  TakenMeasure,
  WatchEntry,
  WatchMatch,
} from '../../core/domain/measure.ts';
import { Count, Instant, PageInput, pageOf, Sha256, Uid } from '../../core/domain/page.ts';
import { method } from './method.ts';

const Text = z.string().trim();
const MeasureIds = z.array(Uid).min(1).max(10_000);
const BatchItem = z.object({ target: z.string().max(2000), accountId: Uid.nullish() });

export const penaltiesMethods = {
  /** Versions of the organisation's rules, the latest to take effect first, with the clauses to choose from. */
  'houseRules.list': method(z.object({}), z.array(HouseRulesVersion)),
  'houseRules.adopt': method(
    z.object({
      title: Text.min(1).max(200),
      version: Text.min(1).max(100),
      effectiveFrom: Day,
      clauses: z.array(z.string()).default([]),
      adoption: z.object({ way: AdoptionWay, on: Day, proof: Text.min(1) }).nullish(),
    }),
    HouseRulesVersion,
  ),
  'houseRules.end': method(z.object({ rulesId: Uid, endedOn: Day }), HouseRulesVersion),
  'houseRules.receive': method(
    z.object({ rulesId: Uid, accountIds: z.array(Uid).min(1).max(10_000), on: Day, proof: Text.min(1) }),
    z.array(HouseReceipt),
  ),
  'houseRules.receipts': method(z.object({ rulesId: Uid }), z.array(HouseReceipt)),
  /** The newest first. */
  'measures.list': method(
    PageInput.extend({
      caseId: Uid.nullish(),
      batchId: Uid.nullish(),
      owed: z.union([MeasureOwed, z.literal('any')]).nullish(),
      overdue: z.boolean().nullish(),
      text: z.string().nullish(),
    }),
    pageOf(TakenMeasure),
  ),
  /** Several measures at once: all of them, or none where one cannot. */
  'measures.instruct': method(
    z.object({ measureIds: MeasureIds, to: Text.min(1), dueAt: Instant.nullish() }),
    z.array(TakenMeasure),
  ),
  'measures.execute': method(
    z.object({ measureIds: MeasureIds, at: Instant, by: Text.min(1), proof: Text.min(1) }),
    z.array(TakenMeasure),
  ),
  'measures.verify': method(
    z.object({ measureIds: MeasureIds, note: Text.default('') }),
    z.array(TakenMeasure),
  ),
  'measures.restore': method(
    z.object({ measureIds: MeasureIds, at: Instant, proof: Text.min(1) }),
    z.array(TakenMeasure),
  ),
  'measures.withdraw': method(
    z.object({ measureIds: MeasureIds, reason: Text.min(1) }),
    z.array(TakenMeasure),
  ),
  /** An instruction list for those who carry measures out: CSV or XLSX by the name of `file`. */
  'measures.exportList': method(
    z.object({ measureIds: MeasureIds, file: z.string().min(1) }),
    z.object({ file: z.string(), bytes: Count, sha256: Sha256, rows: Count }),
  ),
  /** The list come back, with when, by whom and with what proof. */
  'measures.importResults': method(
    z.object({ file: z.string().min(1) }),
    z.object({
      done: Count,
      faults: z.array(z.object({ row: Count, number: z.string(), fault: z.string() })),
    }),
  ),
  'batches.candidates': method(
    z.object({ caseId: Uid, subjectType: MeasureSubject }),
    z.array(z.object({ target: z.string(), platformId: z.string().nullable(), accountId: Uid.nullable() })),
  ),
  'batches.propose': method(z.object({ caseId: Uid, subjectType: MeasureSubject }), MeasureProposal),
  'batches.record': method(
    z.object({
      caseId: Uid,
      subjectType: MeasureSubject,
      measure: z.string(),
      deviationReason: z.string().default(''),
      facts: Text.min(1),
      items: z.array(BatchItem).min(1).max(10_000),
    }),
    z.array(MeasureBatch),
  ),
  'batches.approve': method(
    z.object({
      batchId: Uid,
      officerId: Uid,
      passphrase: z.string(),
      approved: z.boolean(),
      note: z.string().default(''),
    }),
    z.array(MeasureBatch),
  ),
  'batches.list': method(z.object({ caseId: Uid }), z.array(MeasureBatch)),
  'watch.list': method(z.object({}), z.array(WatchEntry)),
  'watch.add': method(z.object({ accountId: Uid, reason: Text.min(1) }), z.array(WatchEntry)),
  'watch.end': method(z.object({ watchId: Uid, reason: Text.min(1) }), z.array(WatchEntry)),
  'watch.matches': method(z.object({}), z.array(WatchMatch)),
  'watch.decide': method(
    z.object({ matchId: Uid, confirmed: z.boolean(), note: Text.default('') }),
    z.array(WatchMatch),
  ),
} as const;
