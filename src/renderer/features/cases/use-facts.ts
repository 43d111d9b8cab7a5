import { useTranslation } from 'react-i18next';
import type { Hit } from '../../../core/domain/hit.ts';
import { offsetAt, useFormat } from '../../components/format.ts';
import { useWords } from '../../components/words.ts';

/** A draft of the facts: who said what, when and where, one line for each hit. The officer edits it. */
export function useFacts(): (hits: readonly Hit[]) => string {
  const { t } = useTranslation(['cases', 'common']);
  const words = useWords();
  const format = useFormat();
  return (hits) =>
    hits
      .map((hit) =>
        t('decision.fact', {
          at: hit.sentAt === null ? hit.sentAtText : `${format.dateTime(hit.sentAt)} ${offsetAt(hit.sentAt)}`,
          sender: hit.sender ?? t('common:chat.noSender'),
          conversation: hit.conversation ?? t('common:state.unnamed'),
          text: hit.text,
          category: words.category(hit.category),
          rule: words.text(hit.ruleTitle),
        }),
      )
      .join('\n');
}
