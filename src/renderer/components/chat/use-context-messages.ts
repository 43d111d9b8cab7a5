import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useInvoke } from '../../api/hooks.ts';

const FIRST = 20;
const STEP = 40;
const MOST = 500;

/**
 * A message with its neighbours, oldest first. Every reading is logged as a view of content, so it is
 * read once and again only when more is asked for.
 */
export function useContextMessages(messageId: string, inReview: boolean) {
  const invoke = useInvoke();
  const [reach, setReach] = useState({ id: messageId, before: FIRST, after: FIRST });
  const { before, after } = reach.id === messageId ? reach : { before: FIRST, after: FIRST };
  const query = useQuery({
    queryKey: ['messages.context', { messageId, before, after, inReview }],
    queryFn: () => invoke('messages.context', { messageId, before, after, inReview }),
    placeholderData: (previous, previousQuery) => {
      const key = previousQuery?.queryKey[1] as { messageId?: string } | undefined;
      return key?.messageId === messageId ? previous : undefined;
    },
  });
  const more = (side: 'before' | 'after') =>
    setReach({
      id: messageId,
      before: side === 'before' ? Math.min(MOST, before + STEP) : before,
      after: side === 'after' ? Math.min(MOST, after + STEP) : after,
    });
  return {
    messages: query.data?.messages ?? [],
    moreBefore: (query.data?.moreBefore ?? false) && before < MOST,
    moreAfter: (query.data?.moreAfter ?? false) && after < MOST,
    loading: query.isPending,
    loadingMore: query.isFetching && !query.isPending,
    error: query.error,
    retry: () => void query.refetch(),
    more,
  };
}
