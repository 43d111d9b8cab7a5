import { z } from 'zod';
import { Uid } from './page.ts';

/** What kind of registrant keeps a public account (S1-15: party and government organs among them). */
export const AccountClass = z.enum(['official', 'news', 'organisation', 'individual', 'unknown']);
export type AccountClass = z.infer<typeof AccountClass>;

/**
 * What an account may do with political news (S1-10): publish and reprint; reprint; only give out what its own
 * organ issues; or neither.
 */
export const Entitlement = z.enum(['publish', 'reprint', 'own-affairs', 'none']);
export type Entitlement = z.infer<typeof Entitlement>;

/** What the register lacks or contradicts about an account on a day. */
export const EntitlementGap = z.enum([
  'class-unknown',
  'licence-missing',
  'licence-expired',
  'licence-ends-soon',
  'not-filed',
  'review-missing',
]);
export type EntitlementGap = z.infer<typeof EntitlementGap>;

/** A public account of the imported register with what it may publish on a day. */
export const PublicAccount = z.object({
  /** The row of the list. */
  id: Uid,
  listId: Uid,
  list: z.string(),
  name: z.string(),
  accountId: z.string(),
  registrant: z.string(),
  /** As the list wrote it; the class is read from it. */
  registrantNature: z.string(),
  class: AccountClass,
  entitlement: Entitlement,
  /** The licence that the entitlement rests on; null where it is the default of the class. */
  licence: z
    .object({ number: z.string(), type: z.string(), issuedAt: z.string(), expiresAt: z.string() })
    .nullable(),
  gaps: z.array(EntitlementGap),
});
export type PublicAccount = z.infer<typeof PublicAccount>;
