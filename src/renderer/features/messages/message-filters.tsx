import { Group, Select, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Message } from '../../../core/domain/conversation.ts';
import { MessageKind } from '../../../core/domain/message.ts';
import { useCall } from '../../api/hooks.ts';
import { type FilterChip, FilterChips } from '../../components/filter-chips.tsx';
import { useFormat } from '../../components/format.ts';
import { AccountPicker, ConversationPicker, DateRange } from '../../components/pickers.tsx';
import { useWords } from '../../components/words.ts';
import type { MessagesSearch } from './search.ts';

type Filter = Omit<MessagesSearch, 'message' | 'sort'>;

interface MessageFiltersProps {
  filter: Filter;
  /** Any row of the result: it knows the names of what is filtered by. */
  sample: Message | undefined;
  onChange: (change: Partial<MessagesSearch>) => void;
  onClear: () => void;
}

export function MessageFilters({ filter, sample, onChange, onClear }: MessageFiltersProps) {
  const { t } = useTranslation('messages');
  const words = useWords();
  const chips = useChips(filter, sample, onChange);
  return (
    <>
      <Group gap="xs">
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
        <Select
          aria-label={t('filter.kind')}
          placeholder={t('filter.kind')}
          w={120}
          clearable
          value={filter.kind ?? null}
          data={words.choices('messageKind', MessageKind.options)}
          onChange={(kind) => onChange({ kind: (kind as MessageKind | null) ?? undefined })}
        />
        <DateRange from={filter.from} to={filter.to} onChange={onChange} />
        <Switch
          label={t('filter.withHits')}
          checked={filter.withHits ?? false}
          onChange={(event) => onChange({ withHits: event.currentTarget.checked || undefined })}
        />
      </Group>
      <FilterChips chips={chips} onClear={onClear} />
    </>
  );
}

function useChips(
  filter: Filter,
  sample: Message | undefined,
  onChange: MessageFiltersProps['onChange'],
): FilterChip[] {
  const { t } = useTranslation(['messages', 'common']);
  const words = useWords();
  const format = useFormat();
  const sources = useCall('sources.list', {});
  const file = sources.data?.find((source) => source.id === filter.sourceId)?.file;
  const chip = (id: keyof Filter, label: string, value: string | null | undefined): FilterChip[] =>
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
    ...chip('conversationId', t('column.conversation'), sample?.conversation),
    ...chip('senderId', t('column.sender'), sample?.sender),
    ...chip('sourceId', t('filter.source'), file),
    ...chip('kind', t('filter.kind'), filter.kind && words.of('messageKind', filter.kind)),
    ...chip('from', t('common:filter.from'), filter.from === undefined ? null : format.date(filter.from)),
    ...chip('to', t('common:filter.to'), filter.to === undefined ? null : format.date(filter.to - 1)),
    ...chip('withHits', t('filter.withHits'), t(filter.withHits ? 'common:state.yes' : 'common:state.no')),
  ];
}
