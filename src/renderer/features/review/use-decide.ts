import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DispositionReason, Hit, Verdict } from '../../../core/domain/hit.ts';
import { failureOf } from '../../api/failure.ts';
import { useInvoke } from '../../api/hooks.ts';
import { useNotify } from '../../components/notify.tsx';
import { useWords } from '../../components/words.ts';
import { putHits } from './put-hits.ts';

/** Hits of one call of the contract. */
const MOST = 1000;

/** One decision of the officer, taken back as one; more than a thousand hits make several batches. */
interface Taken {
  batchIds: string[];
  verdict: Verdict;
  hits: number;
  firstId: string;
}

interface DecideOptions {
  /** Called once the verdicts stand. */
  onDecided: (ids: ReadonlySet<string>) => void;
  onUndone: (firstId: string) => void;
}

/** Gives verdicts and takes the last ones back. One at a time: a key pressed meanwhile does nothing. */
export function useDecide({ onDecided, onUndone }: DecideOptions) {
  const { t } = useTranslation('review');
  const words = useWords();
  const invoke = useInvoke();
  const client = useQueryClient();
  const notify = useNotify();
  const busy = useRef(false);
  const [pending, setPending] = useState(false);
  const stack = useRef<Taken[]>([]);
  const [depth, setDepth] = useState(0);

  // The offer to undo goes with the queue: what was decided may have become part of a case by then.
  useEffect(() => () => void notifications.hide(NOTICE), []);

  const guarded = async (work: () => Promise<void>) => {
    if (busy.current) return;
    busy.current = true;
    setPending(true);
    try {
      await work();
    } catch (error) {
      notify.failed(error);
    } finally {
      busy.current = false;
      setPending(false);
    }
  };

  const undo = () =>
    guarded(async () => {
      const last = stack.current.at(-1);
      if (!last) return;
      const drop = () => {
        stack.current.pop();
        setDepth(stack.current.length);
      };
      try {
        for (let batchId = last.batchIds.at(-1); batchId; batchId = last.batchIds.at(-1)) {
          const { hits } = await invoke('hits.undo', { batchId });
          last.batchIds.pop();
          putHits(client, hits);
        }
      } catch (error) {
        // Decided again or taken into a case since: this one can no longer be taken back.
        if (failureOf(error).code === 'conflict') drop();
        throw error;
      }
      drop();
      notify.done({ id: NOTICE, title: t('undone', { count: last.hits }) });
      onUndone(last.firstId);
    });

  const decide = (hits: readonly Hit[], verdict: Verdict, reason: DispositionReason | null, note: string) =>
    guarded(async () => {
      const first = hits[0];
      if (!first) return;
      const ids = hits.map((hit) => hit.id);
      const taken: Taken = { batchIds: [], verdict, hits: ids.length, firstId: first.id };
      try {
        for (let at = 0; at < ids.length; at += MOST) {
          const hitIds = ids.slice(at, at + MOST);
          const answer = await invoke('hits.dispose', { hitIds, verdict, reason, note });
          taken.batchIds.push(answer.batchId);
          putHits(client, answer.hits);
        }
      } finally {
        // What was written before a failure can still be taken back.
        if (taken.batchIds.length > 0) stack.current.push(taken);
        setDepth(stack.current.length);
      }
      notify.done({
        id: NOTICE,
        title: t('decided', { count: ids.length, verdict: words.of('verdict', verdict) }),
        ...(reason ? { message: words.of('dispositionReason', reason) } : {}),
        action: { label: t('undoAction'), run: () => void undo() },
      });
      onDecided(new Set(ids));
    });

  return { decide, undo, canUndo: depth > 0, pending };
}

/** One notice about verdicts at a time. */
const NOTICE = 'review-decided';
