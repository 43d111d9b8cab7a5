import { useTranslation } from 'react-i18next';
import type { Verdict } from '../../../core/domain/hit.ts';
import { useShortcuts } from '../../components/shortcuts.tsx';
import { VERDICT_KEYS } from './verdict-keys.ts';

interface ReviewKeys {
  /** Whether a verdict has something to go to and no earlier one is under way. */
  ready: boolean;
  step: (by: 1 | -1) => void;
  decide: (verdict: Verdict) => void;
  undo: () => void;
  toCase: () => void;
  /** Writes the session's or the selected hits as a brief. */
  brief: () => void;
  /** Selects every hit of the same message. */
  wholeMessage: () => void;
  note: () => void;
}

/** The keys of the queue. They rest while somebody types and under dialogs. */
export function useReviewKeys(keys: ReviewKeys): void {
  const { ready, step, decide, undo, toCase, brief, wholeMessage, note } = keys;
  const { t } = useTranslation('review');
  useShortcuts([
    { keys: 'j', label: t('next'), run: () => step(1) },
    { keys: 'k', label: t('previous'), run: () => step(-1) },
    { keys: 'ArrowDown', label: t('next'), run: () => step(1) },
    { keys: 'ArrowUp', label: t('previous'), run: () => step(-1) },
    ...VERDICT_KEYS.map(({ verdict, key }) => ({
      keys: key,
      label: t(`verb.${verdict}`),
      run: () => {
        if (ready) decide(verdict);
      },
    })),
    { keys: 'mod+Z', label: t('undoLast'), run: undo },
    { keys: 'o', label: t('toCase'), run: toCase },
    { keys: 'b', label: t('brief.key'), run: brief },
    { keys: 'm', label: t('wholeMessage'), run: wholeMessage },
    { keys: 'n', label: t('note'), run: note },
  ]);
}
