import { z } from 'zod';
import { Count, Instant, Uid } from './page.ts';

/** A day in China, `2026-03-01`. */
export const Day = z.iso.date();

/** How house rules came to bind the people they are for; what proves it stands beside it. */
export const AdoptionWay = z.enum([
  'staff-consultation',
  'announced',
  'contract',
  'terms-of-service',
  'other',
]);
export type AdoptionWay = z.infer<typeof AdoptionWay>;

/** One version of the organisation's rules, group rules or service agreement. */
export const HouseRulesVersion = z.object({
  id: Uid,
  title: z.string(),
  version: z.string(),
  /** Ids of the clauses it holds (`house:<id>` in rules and schedules); empty: all of them. */
  clauses: z.array(z.string()),
  effectiveFrom: Day,
  /** First day on which it no longer holds. */
  endedOn: Day.nullable(),
  adoption: z.object({ way: AdoptionWay, on: Day, proof: z.string() }).nullable(),
  /** People who received this version, as recorded here. */
  receipts: Count,
  at: Instant,
  officer: z.string(),
});
export type HouseRulesVersion = z.infer<typeof HouseRulesVersion>;

/** That one person received one version. */
export const HouseReceipt = z.object({
  id: Uid,
  accountId: Uid,
  account: z.string(),
  on: Day,
  proof: z.string(),
  officer: z.string(),
  /** Recorded by hand, or read from a list of agreements. */
  from: z.enum(['recorded', 'agreement-list']),
});
export type HouseReceipt = z.infer<typeof HouseReceipt>;
