import { z } from 'zod';
import { Count, Instant, Uid } from './page.ts';

/** `seen` until a decision blocks a link or announces it (S2-7). */
export const LinkStatus = z.enum(['seen', 'blocked', 'announced']);

/** Where in a message a link stood: its text, a text it carries, a field of the export, or a QR code. */
export const LinkOrigin = z.enum(['text', 'carried', 'field', 'code']);

/** An address of the register, with where it was seen. */
export const Link = z.object({
  id: Uid,
  url: z.string(),
  domain: z.string(),
  /** Leads through a service that hides where it leads. */
  short: z.boolean(),
  status: LinkStatus,
  places: Count,
  conversations: Count,
  senders: Count,
  firstAt: Instant.nullable(),
  lastAt: Instant.nullable(),
});
export type Link = z.infer<typeof Link>;

export const LinkPlace = z.object({
  messageId: Uid,
  origin: LinkOrigin,
  conversation: z.string().nullable(),
  sender: z.string().nullable(),
  sentAt: Instant.nullable(),
  text: z.string(),
});
export type LinkPlace = z.infer<typeof LinkPlace>;

export const LinkDomain = z.object({ domain: z.string(), links: Count, places: Count });
export type LinkDomain = z.infer<typeof LinkDomain>;
