/**
 * What the seals of bulk rows cover, written the same way when a batch is stored and when it is checked.
 * A message's own fields are under its digest, so its line names the digest and what the digest leaves out.
 */

export function messageContent(
  id: number,
  sourceId: number,
  ordinal: number,
  conversationId: number,
  senderId: number | null,
  flags: string | null,
  parts: number,
  identity: number,
  digest: Buffer,
): string {
  return `${id},${sourceId},${ordinal},${conversationId},${senderId},${flags ?? ''},${parts},${identity},${digest.toString('hex')}\n`;
}

export function occurrenceContent(
  sourceId: number,
  ordinal: number,
  messageId: number,
  start: number,
  end: number,
  line: number,
  digest: Buffer,
): string {
  return `${sourceId},${ordinal},${messageId},${start},${end},${line},${digest.toString('hex')}\n`;
}

/** Every column of a range, hit or sighting that does not change. */
export function rowContent(values: readonly unknown[]): string {
  return `${JSON.stringify(values)}\n`;
}
