import { z } from 'zod';
import { Count, Instant, Sha256, Uid } from './page.ts';

/** What kind of organisation works here; selects penalty schedules, duty routes, wording and defaults. */
export const Profile = z.enum(['employer', 'group-owner', 'account-operator', 'platform']);
export type Profile = z.infer<typeof Profile>;

export const Role = z.enum(['officer', 'manager', 'legal', 'administrator']);
export type Role = z.infer<typeof Role>;

export const Officer = z.object({
  id: Uid,
  name: z.string(),
  role: Role,
  /** SHA-256 of the raw Ed25519 public key; what is written down outside the workspace. */
  fingerprint: Sha256,
  active: z.boolean(),
  createdAt: Instant,
});
export type Officer = z.infer<typeof Officer>;

/** A passphrase protects the data key with scrypt; eight characters is the floor, length is the strength. */
export const Passphrase = z.string().min(8).max(1024);

export const WorkspaceStatus = z.object({
  state: z.enum(['missing', 'locked', 'open']),
  path: z.string(),
  workspaceId: Uid.nullable(),
  /** Speakable prefix of this workstation's numbers, for example `A7`. */
  prefix: z.string().nullable(),
  profile: Profile.nullable(),
  /** Who can unlock; known without the key. */
  officers: z.array(z.object({ id: Uid, name: z.string() })),
  /** Who acts; null while locked. */
  officer: Officer.nullable(),
  auditHead: z.object({ sequence: Count, hash: Sha256 }).nullable(),
  sample: z.boolean(),
});
export type WorkspaceStatus = z.infer<typeof WorkspaceStatus>;

export const CheckResult = z.object({
  ok: z.boolean(),
  /** One entry per check that ran, in order. `detail` is a short fact such as a count. */
  checks: z.array(z.object({ name: z.string(), ok: z.boolean(), detail: z.string() })),
  failures: z.array(z.object({ check: z.string(), table: z.string(), row: z.string(), reason: z.string() })),
});
export type CheckResult = z.infer<typeof CheckResult>;

/** Who allowed this collection of chats, for what, and how it was acquired (PIPL 13, 55; Civil Code 1035). */
export const AuthorityInput = z.object({
  authorisedBy: z.string().min(1),
  purpose: z.string().min(1),
  scope: z.string().min(1),
  /** Legal or contractual basis: consent, house rule, contract, statutory duty. */
  basis: z.string().min(1),
  expiresAt: Instant.nullish(),
  device: z.string().nullish(),
  holder: z.string().nullish(),
  tool: z.string().nullish(),
  acquiredAt: z.string().nullish(),
});
export type AuthorityInput = z.infer<typeof AuthorityInput>;
export const Authority = AuthorityInput.extend({ id: Uid, createdAt: Instant, officer: z.string() });
export type Authority = z.infer<typeof Authority>;
