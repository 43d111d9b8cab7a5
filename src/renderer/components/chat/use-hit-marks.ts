import { useMemo } from 'react';
import type { Message } from '../../../core/domain/conversation.ts';
import { useCall } from '../../api/hooks.ts';
import { useWords } from '../words.ts';
import { marksOfHits, type PartMarks } from './part-marks.ts';

const MOST_HITS = 500;

/** Hits in a stretch of a conversation, asked for only where some message of it has any. */
export function useHitMarks(messages: readonly Message[], enabled: boolean): PartMarks[] {
  const words = useWords();
  const times = messages.flatMap((message) => message.sentAt ?? []);
  const wanted = enabled && messages.some((message) => message.hits > 0);
  const hits = useCall(
    'hits.list',
    {
      limit: MOST_HITS,
      filter: {
        conversationId: messages[0]?.conversationId ?? null,
        ...(times.length === messages.length && times.length > 0
          ? { from: Math.min(...times), to: Math.max(...times) + 1 }
          : {}),
      },
    },
    { enabled: wanted, keep: true },
  );
  return useMemo(
    () =>
      wanted
        ? marksOfHits(
            hits.data?.rows ?? [],
            (hit) => `${words.category(hit.category)} · ${words.text(hit.ruleTitle)}`,
          )
        : [],
    [wanted, hits.data, words],
  );
}
