/**
 * Facebook's exports write the bytes of UTF-8 as if each were a Latin-1 character (`Ã©` for é). This
 * reads them back.
 */
import { isUtf8 } from 'node:buffer';
import { setField } from '../../text.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: Latin-1 is what the bytes pass for.
const LATIN_ONLY = /^[\u0000-\u00ff]*$/;
const HIGH = /[\u0080-\u00ff]/;

/** The text that the bytes stand for, where all of it is bytes and they are UTF-8; else the text itself. */
export function repairText(text: string): string {
  if (!HIGH.test(text) || !LATIN_ONLY.test(text)) return text;
  const bytes = Buffer.from(text, 'latin1');
  return isUtf8(bytes) ? bytes.toString('utf8') : text;
}

/** The value with all its texts and names read back; the same value where nothing changes. */
export function repairValue(value: unknown): unknown {
  if (typeof value === 'string') return repairText(value);
  if (typeof value !== 'object' || value === null) return value;
  let changed = false;
  if (Array.isArray(value)) {
    const list = value.map((item: unknown) => {
      const repaired = repairValue(item);
      changed ||= repaired !== item;
      return repaired;
    });
    return changed ? list : value;
  }
  const record: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(value)) {
    const repaired = repairValue(member);
    const repairedName = repairText(name);
    changed ||= repaired !== member || repairedName !== name;
    setField(record, repairedName, repaired);
  }
  return changed ? record : value;
}
