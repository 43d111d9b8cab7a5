import { z } from 'zod';
import { Platform } from './message.ts';
import { Count, Instant, Uid } from './page.ts';

/** A name that an account was seen under, and where. */
export const NameSeen = z.object({
  name: z.string(),
  /** File that showed it first. */
  file: z.string(),
  /** Messages that show it, and the first and last of them; 0 for names of lists only. */
  messages: Count,
  firstAt: Instant.nullable(),
  lastAt: Instant.nullable(),
});
export type NameSeen = z.infer<typeof NameSeen>;

/** That an account is a person's, as an officer found; undone links stay visible. */
export const PersonAccount = z.object({
  linkId: Uid,
  accountId: Uid,
  platform: Platform,
  platformId: z.string().nullable(),
  name: z.string().nullable(),
  messages: Count,
  reason: z.string(),
  officer: z.string(),
  at: Instant,
  undone: z.object({ at: Instant, officer: z.string(), reason: z.string() }).nullable(),
});
export type PersonAccount = z.infer<typeof PersonAccount>;

/** A living person behind one account or several. Accounts are never merged: the link can be taken back. */
export const Person = z.object({ id: Uid, name: z.string(), accounts: z.array(PersonAccount) });
export type Person = z.infer<typeof Person>;

export const AccountIdentity = z.object({
  names: z.array(NameSeen),
  person: Person.nullable(),
  /** Links of this account that were undone, newest first. */
  undone: z.array(z.object({ person: z.string(), link: PersonAccount })),
});
export type AccountIdentity = z.infer<typeof AccountIdentity>;
