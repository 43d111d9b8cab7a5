/**
 * Where formats carry a number that counts up from message to message. Whether the numbers are consecutive
 * within one file is judged from the file (find-gaps.ts): an archive's `seq` counts all chats of a firm.
 */
const FIELDS = ['seq', 'localId', 'local_id', 'localid', 'MsgSequence', 'msgSeq', 'sequence'];

/** The number of a message from its kept fields (JSON) and its platform id; null where it has none. */
export function sequenceNumber(extra: string | null, platformId: string | null): number | null {
  if (extra !== null) {
    const fields = JSON.parse(extra) as Record<string, unknown>;
    for (const name of FIELDS) {
      const value = whole(fields[name]);
      if (value !== null) return value;
    }
  }
  return whole(platformId);
}

function whole(value: unknown): number | null {
  const number =
    typeof value === 'number'
      ? value
      : typeof value === 'string' && /^\d{1,15}$/.test(value)
        ? Number(value)
        : null;
  return number !== null && Number.isSafeInteger(number) ? number : null;
}
