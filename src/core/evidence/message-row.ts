/** A message of an exhibit as one line of data/messages.ndjson. */
import { z } from 'zod';
import { canonicalJson } from '../audit/digest.ts';
import type { CarriedText } from '../importers/importer.ts';
import { canonicalMessage } from './message-digest.ts';
import { MessageProof } from './message-proof.ts';
import type { PackMessage, PackSource } from './pack-content.ts';

const Hex = z.string().regex(/^[0-9a-f]{64}$/);
const Count = z.number().int().nonnegative();

const Text = z.string();
const CarriedShape: z.ZodType<CarriedText> = z.strictObject({
  act: z.enum(['quote', 'forward']),
  sender: Text.nullable(),
  sentAtText: Text.nullable(),
  text: Text,
  get items() {
    return z.array(CarriedShape).optional();
  },
}) as z.ZodType<CarriedText>;

/** Exactly the members of a record: what no digest and no commitment covers has no place in it. */
const RecordShape = z.strictObject({
  attachments: z.array(
    z.strictObject({
      kind: Text,
      md5: Text.nullable(),
      name: Text.nullable(),
      reference: Text.nullable(),
      size: z.number().nullable(),
    }),
  ),
  carried: z.array(CarriedShape),
  conversation: z.strictObject({ key: Text, platform: Text }),
  editedAtText: Text.nullable(),
  extra: z.record(z.string(), z.unknown()).nullable(),
  forwarded: z.boolean(),
  instant: z.number().nullable(),
  kind: Text,
  platformId: Text.nullable(),
  refersTo: Text.nullable(),
  sender: Text.nullable(),
  senderName: Text.nullable(),
  sentAtText: Text,
  text: Text,
  wallTime: z.number().nullable(),
});

/** What a verifier reads of a line; other members are shown, not checked. */
export const MessageRow = z.object({
  id: z.string(),
  exhibit: z.string(),
  role: z.enum(['subject', 'context']),
  conversation: z.object({ id: z.string(), name: Text.nullable() }),
  sender: z.object({ id: z.string().nullable(), name: Text.nullable(), platformId: Text.nullable() }),
  sentAt: Text.nullable(),
  hits: z.array(z.object({ category: Text, pack: Text, rule: Text, ruleVersion: Text })),
  digest: Hex.nullable(),
  message: RecordShape,
  source: z.object({ id: z.string(), sha256: Hex }),
  locator: z.object({ start: Count, end: Count, line: Count }),
  proof: MessageProof,
});
export type MessageRow = z.infer<typeof MessageRow>;

/**
 * The line, without its line feed: canonical JSON (RFC 8785). `message` holds the text that the digest
 * is taken of, byte for byte.
 */
export function messageLine(
  message: PackMessage,
  proof: MessageProof,
  exhibit: string,
  source: PackSource,
  time: (instant: number) => string,
): string {
  const { conversation, sender, locator } = message;
  return (
    `{"conversation":${canonicalJson({ id: conversation.id, name: conversation.name })}` +
    `,"digest":${message.digest === null ? 'null' : JSON.stringify(message.digest)}` +
    `,"exhibit":${canonicalJson(exhibit)}` +
    `,"flags":${canonicalJson(message.flags)}` +
    `,"hits":${message.hits.length === 0 ? '[]' : canonicalJson(message.hits)}` +
    `,"id":${canonicalJson(message.id)}` +
    `,"locator":{"end":${locator.end},"line":${locator.line},"start":${locator.start}}` +
    `,"message":${canonicalMessage(message.record)}` +
    `,"proof":${canonicalJson(proof)}` +
    `,"role":${message.isSubject ? '"subject"' : '"context"'}` +
    `,"sender":${canonicalJson({ id: sender.id, name: sender.name, platformId: sender.platformId })}` +
    `,"sentAt":${message.sentAt === null ? 'null' : JSON.stringify(time(message.sentAt))}` +
    `,"source":{"id":${canonicalJson(source.id)},"sha256":${canonicalJson(source.sha256)}}}`
  );
}
