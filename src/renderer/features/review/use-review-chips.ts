import { useTranslation } from 'react-i18next';
import type { Hit } from '../../../core/domain/hit.ts';
import { useCall } from '../../api/hooks.ts';
import type { FilterChip } from '../../components/filter-chips.tsx';
import { useFormat } from '../../components/format.ts';
import { useWords } from '../../components/words.ts';
import type { ReviewFilter } from './search.ts';

/** The filters in force that no control in the open shows. */
export function useReviewChips(
  filter: ReviewFilter,
  sample: Hit | undefined,
  onChange: (change: Partial<ReviewFilter>) => void,
): FilterChip[] {
  const { t } = useTranslation(['review', 'common']);
  const words = useWords();
  const format = useFormat();
  const rules = useCall('rules.list', {}, { enabled: filter.rule !== undefined });
  const title = rules.data?.find((rule) => rule.id === filter.rule)?.title;
  const chip = (id: keyof ReviewFilter, label: string, value: string | null | undefined): FilterChip[] =>
    filter[id] === undefined
      ? []
      : [
          {
            id,
            label,
            value: value ?? t('common:filter.chosen'),
            onRemove: () => onChange({ [id]: undefined }),
          },
        ];
  return [
    ...chip('text', t('filter.text'), filter.text),
    ...chip('tier', t('filter.tier'), filter.tier && words.of('tier', filter.tier)),
    ...chip('rule', t('column.rule'), title ? words.text(title) : filter.rule),
    ...chip('conversationId', t('column.conversation'), sample?.conversation),
    ...chip('senderId', t('column.sender'), sample?.sender),
    ...chip('caseId', t('filter.case'), sample?.caseNumber),
    ...chip('from', t('common:filter.from'), filter.from === undefined ? null : format.date(filter.from)),
    ...chip('to', t('common:filter.to'), filter.to === undefined ? null : format.date(filter.to - 1)),
  ];
}
