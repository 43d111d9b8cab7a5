/** A message of an exhibit as one line of data/messages.ndjson. */
import { z } from 'zod';
import { canonicalJson } from '../audit/digest.ts';
import { canonicalMessage } from './message-digest.ts';
import type { PackMessage, PackSource } from './pack-content.ts';

const Hex = z.string().regex(/^[0-9a-f]{64}$/);
const Count = z.number().int().nonnegative();

/** What a verifier reads of a line; other members are shown, not checked. */
export const MessageRow = z.object({
  id: z.string(),
  exhibit: z.string(),
  role: z.enum(['subject', 'context']),
  conversation: z.object({ id: z.string() }),
  digest: Hex,
  message: z.record(z.string(), z.unknown()),
  source: z.object({ id: z.string(), sha256: Hex }),
  locator: z.object({ start: Count, end: Count, line: Count }),
});
export type MessageRow = z.infer<typeof MessageRow>;

/**
 * The line, without its line feed: canonical JSON (RFC 8785). `message` holds the text that the digest
 * is taken of, byte for byte.
 */
export function messageLine(
  message: PackMessage,
  exhibit: string,
  source: PackSource,
  time: (instant: number) => string,
): string {
  const { conversation, sender, locator } = message;
  return (
    `{"conversation":${canonicalJson({ id: conversation.id, name: conversation.name })}` +
    `,"digest":${JSON.stringify(message.digest)}` +
    `,"exhibit":${canonicalJson(exhibit)}` +
    `,"flags":${canonicalJson(message.flags)}` +
    `,"hits":${message.hits.length === 0 ? '[]' : canonicalJson(message.hits)}` +
    `,"id":${canonicalJson(message.id)}` +
    `,"locator":{"end":${locator.end},"line":${locator.line},"start":${locator.start}}` +
    `,"message":${canonicalMessage(message.record)}` +
    `,"role":${message.isSubject ? '"subject"' : '"context"'}` +
    `,"sender":${canonicalJson({ id: sender.id, name: sender.name, platformId: sender.platformId })}` +
    `,"sentAt":${message.sentAt === null ? 'null' : JSON.stringify(time(message.sentAt))}` +
    `,"source":{"id":${canonicalJson(source.id)},"sha256":${canonicalJson(source.sha256)}}}`
  );
}
