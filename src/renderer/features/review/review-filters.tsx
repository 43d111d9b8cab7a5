import { Button, Group, Select } from '@mantine/core';
import { IconFilter } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CATEGORY_IDS, type CategoryId, Tier } from '../../../core/domain/category.ts';
import { type Hit, Verdict } from '../../../core/domain/hit.ts';
import { useCall } from '../../api/hooks.ts';
import { AccountPicker, ConversationPicker, DateRange } from '../../components/pickers.tsx';
import { useWords } from '../../components/words.ts';
import { BY_PRIORITY, type ReviewFilter, type ReviewSearch } from './search.ts';

interface ReviewFiltersProps {
  filter: ReviewFilter;
  sort: ReviewSearch['sort'];
  /** Any row of the result: it knows the names of what is filtered by. */
  sample: Hit | undefined;
  onChange: (change: Partial<ReviewSearch>) => void;
}

const ORDERS = ['priority', 'sentAt', 'severity', 'score'] as const;

/** The filters an officer changes all day in the open, the others behind a button. */
export function ReviewFilters({ filter, sort, sample, onChange }: ReviewFiltersProps) {
  const { t } = useTranslation('review');
  const words = useWords();
  const [more, setMore] = useState(false);
  return (
    <>
      <Group gap="xs">
        <Select
          aria-label={t('column.verdict')}
          w={132}
          allowDeselect={false}
          value={filter.disposition ?? 'any'}
          data={[
            { value: 'open', label: t('filter.open') },
            ...words.choices('verdict', Verdict.options),
            { value: 'any', label: t('filter.anyVerdict') },
          ]}
          onChange={(value) => onChange({ disposition: value as ReviewFilter['disposition'] })}
        />
        <Select
          aria-label={t('column.category')}
          placeholder={t('column.category')}
          w={160}
          searchable
          clearable
          value={filter.category ?? null}
          data={CATEGORY_IDS.map((value) => ({ value, label: words.category(value) }))}
          onChange={(value) => onChange({ category: (value as CategoryId | null) ?? undefined })}
        />
        <Select
          aria-label={t('column.severity')}
          placeholder={t('column.severity')}
          w={112}
          clearable
          value={filter.severity === undefined ? null : String(filter.severity)}
          data={['5', '4', '3', '2', '1'].map((value) => ({
            value,
            label: t('filter.severity', { severity: value }),
          }))}
          onChange={(value) => onChange({ severity: value === null ? undefined : Number(value) })}
        />
        <Button
          variant="default"
          leftSection={<IconFilter size={14} />}
          aria-expanded={more}
          aria-controls={MORE_ID}
          onClick={() => setMore(!more)}
        >
          {t('filter.more')}
        </Button>
        <Select
          aria-label={t('order.label')}
          w={150}
          ms="auto"
          allowDeselect={false}
          value={sort?.by ?? BY_PRIORITY.by}
          data={ORDERS.map((value) => ({ value, label: t(`order.${value}`) }))}
          onChange={(by) =>
            onChange({
              sort:
                by === null || by === BY_PRIORITY.by
                  ? undefined
                  : { by: by as (typeof ORDERS)[number], descending: true },
            })
          }
        />
      </Group>
      {more ? <MoreFilters {...{ filter, sample, onChange }} /> : null}
    </>
  );
}

function MoreFilters({ filter, sample, onChange }: Omit<ReviewFiltersProps, 'sort'>) {
  const { t } = useTranslation('review');
  const words = useWords();
  const rules = useCall('rules.list', {});
  const choices = new Map((rules.data ?? []).map((rule) => [rule.id, words.text(rule.title)]));
  if (filter.rule && !choices.has(filter.rule)) choices.set(filter.rule, filter.rule);
  return (
    <Group gap="xs" id={MORE_ID}>
      <Select
        aria-label={t('filter.tier')}
        placeholder={t('filter.tier')}
        w={112}
        clearable
        value={filter.tier ?? null}
        data={words.choices('tier', Tier.options)}
        onChange={(value) => onChange({ tier: (value as Tier | null) ?? undefined })}
      />
      <Select
        aria-label={t('column.rule')}
        placeholder={t('column.rule')}
        w={190}
        searchable
        clearable
        value={filter.rule ?? null}
        data={[...choices].map(([value, label]) => ({ value, label }))}
        onChange={(value) => onChange({ rule: value ?? undefined })}
      />
      <ConversationPicker
        value={filter.conversationId}
        name={sample?.conversation}
        onChange={(conversationId) => onChange({ conversationId })}
      />
      <AccountPicker
        value={filter.senderId}
        name={sample?.sender}
        onChange={(senderId) => onChange({ senderId })}
      />
      <DateRange from={filter.from} to={filter.to} onChange={onChange} />
    </Group>
  );
}

const MORE_ID = 'review-more-filters';
