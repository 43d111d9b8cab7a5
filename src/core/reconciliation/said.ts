/** What reconciling looks at: a message as one side's export tells it. */
import type { MessageKind } from '../domain/message.ts';
import type { Precision } from '../domain/time-shape.ts';

export interface Said {
  /** UTC milliseconds; null where the export's time could not be read. */
  readonly at: number | null;
  readonly precision: Precision;
  /** Who said it, as the side's own export identifies people; null for notices of the app. */
  readonly sender: string | null;
  /** The platform's id of the message; null where the export has none. */
  readonly platformId: string | null;
  readonly kind: MessageKind;
  readonly text: string;
  /** Platform id of the message that this one takes back or answers. */
  readonly refersTo: string | null;
  readonly edited: boolean;
}

/** Kinds whose text is the exporter's marker, which every exporter writes in its own words. */
const MARKED: ReadonlySet<MessageKind> = new Set(['image', 'voice', 'video', 'file', 'sticker', 'call']);

/** Direction marks, byte order marks and joiners that apps put around texts; odd spaces. */
const INVISIBLE = /[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
const SPACES = /[\s\u00a0\u202f]+/g;

/** The text by which two exports of one message are compared; media by their kind alone. */
export function comparable(said: Said): string {
  if (MARKED.has(said.kind)) return `[${said.kind}]`;
  const plain = said.text.normalize('NFC').replace(INVISIBLE, '').replace(SPACES, ' ').trim();
  return said.edited ? plain.replace(/\s*<[^<>]{2,40}>$/, '') : plain;
}

/** Share of neighbouring character pairs that two texts have in common, 0 … 1 (Sørensen–Dice). */
export function similarity(a: string, b: string): number {
  if (a === b) return 1;
  const pairsA = pairs(a);
  const pairsB = pairs(b);
  let shared = 0;
  let total = 0;
  for (const [pair, n] of pairsA) {
    shared += Math.min(n, pairsB.get(pair) ?? 0);
    total += n;
  }
  for (const n of pairsB.values()) total += n;
  return total === 0 ? 0 : (2 * shared) / total;
}

function pairs(text: string): Map<string, number> {
  const found = new Map<string, number>();
  const units = [...` ${text.slice(0, 2000)} `];
  for (let i = 0; i + 1 < units.length; i++) {
    const pair = `${units[i]}${units[i + 1]}`;
    found.set(pair, (found.get(pair) ?? 0) + 1);
  }
  return found;
}
