/** Judges messages where they are stored: beside the host a worker does, over a reading connection of its own. */
import { judgeBatch } from '../../detection/detect-batch.ts';
import { type FlowColumns, flowColumns } from '../../detection/flow-columns.ts';
import type { CompiledRules } from '../../rules/compile-rules.ts';
import type { Database } from '../../storage/database.ts';
import { type FoundOn, foundHit } from '../../storage/detection/found-hit.ts';
import {
  type JudgedText,
  placeOf,
  type Stretch,
  textsOfStretch,
} from '../../storage/detection/judged-texts.ts';
import { spansOf } from '../imports/spans.ts';

/** What the messages of a stretch give. */
export interface StoredJudgement {
  /** How many messages there are. */
  readonly messages: number;
  /** Row id of the last; 0 where there is none. */
  readonly last: number;
  /** In the order of the messages; conditions on people and times are not looked at. */
  readonly found: readonly FoundOn[];
  readonly flows: FlowColumns | null;
}

/** Null where `cancelled` says so. */
export function judgeStored(
  compiled: CompiledRules,
  db: Database,
  stretch: Stretch,
  cancelled: () => boolean = () => false,
): StoredJudgement | null {
  const { texts, messages } = textsOfStretch(db, stretch);
  const judged = judgeBatch(compiled, texts, cancelled);
  if (judged === null) return null;
  const found = judged.hits.map(({ index, hit }): FoundOn => {
    const text = texts[index] as JudgedText;
    return { text: placeOf(text), hit: foundHit(hit, spansOf(hit, text.text)) };
  });
  const last = texts.at(-1)?.messageId ?? 0;
  return { messages, last, found, flows: flowColumns(compiled, texts, judged) };
}
