/** Judges many texts; what a worker and the process itself both run. */
import type { Act, ConversationType, MessageKind } from '../domain/message.ts';
import type { CompiledRules } from '../rules/compile-rules.ts';
import { judge, type TextHit } from './judge.ts';

/** One text with what its conditions need. `id` is the caller's and is not read. */
export interface BatchItem {
  readonly id: string;
  readonly text: string;
  readonly act: Act;
  readonly conversationType: ConversationType;
  readonly kind: MessageKind;
}

/** A hit and the place of its item in the batch. */
export interface IndexedHit {
  readonly index: number;
  readonly hit: TextHit;
}

/** Texts judged between two looks at the cancel flag: about a millisecond. */
const CANCEL_EVERY = 256;

/**
 * All hits of a batch, in the order of its items. A text's hits do not depend on its batch.
 * Returns null where `cancelled` says so; nothing of the batch counts then.
 */
export function judgeBatch(compiled: CompiledRules, items: readonly BatchItem[]): IndexedHit[];
export function judgeBatch(
  compiled: CompiledRules,
  items: readonly BatchItem[],
  cancelled: () => boolean,
): IndexedHit[] | null;
export function judgeBatch(
  compiled: CompiledRules,
  items: readonly BatchItem[],
  cancelled?: () => boolean,
): IndexedHit[] | null {
  const hits: IndexedHit[] = [];
  for (const [index, item] of items.entries()) {
    if (index % CANCEL_EVERY === 0 && cancelled?.()) return null;
    const context = { act: item.act, conversationType: item.conversationType, messageKind: item.kind };
    for (const hit of judge(compiled, item.text, context)) hits.push({ index, hit });
  }
  return hits;
}
