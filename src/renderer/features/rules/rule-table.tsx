import { Group, Select } from '@mantine/core';
import { IconListSearch } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { CATEGORY_IDS, type CategoryId, Tier } from '../../../core/domain/category.ts';
import { HitStatus, type RuleSummary } from '../../../core/domain/hit.ts';
import { useCall } from '../../api/hooks.ts';
import { Empty } from '../../components/empty.tsx';
import { ScreenButton } from '../../components/link.tsx';
import { SearchBox } from '../../components/search-box.tsx';
import { Split } from '../../components/side-panel.tsx';
import { listingOf, sorted } from '../../components/static-listing.ts';
import { DataTable } from '../../components/table/data-table.tsx';
import { useWords } from '../../components/words.ts';
import { filterRules, idOfRule } from './filter-rules.ts';
import { useRuleColumns } from './rule-columns.tsx';
import { RulePanel } from './rule-panel.tsx';
import type { RulesSearch } from './search.ts';

interface RuleTableProps {
  search: RulesSearch;
  onChange: (change: Partial<RulesSearch>) => void;
}

export function RuleTable({ search, onChange }: RuleTableProps) {
  const { t } = useTranslation(['rules', 'common']);
  const words = useWords();
  const rules = useCall('rules.list', {});
  const packs = useCall('rules.packs', {});
  const columns = useRuleColumns();
  const rows = useMemo(() => {
    const keyOf = (row: RuleSummary, by: string) =>
      by === 'title'
        ? words.text(row.title)
        : by === 'category'
          ? words.category(row.category)
          : row[by as 'severity' | 'hits' | 'confirmed' | 'dismissed'];
    return rules.data && sorted(filterRules(rules.data, search), search.sort, keyOf);
  }, [rules.data, search, words]);
  const open = rules.data?.find((row) => idOfRule(row) === search.rule);
  return (
    <>
      <Group gap="xs">
        <SearchBox
          value={search.text ?? ''}
          onChange={(text) => onChange({ text: text || undefined })}
          placeholder={t('search')}
        />
        <Select
          aria-label={t('column.pack')}
          placeholder={t('column.pack')}
          clearable
          w={180}
          value={search.pack ?? null}
          data={(packs.data ?? []).map((pack) => ({ value: pack.id, label: words.text(pack.title) }))}
          onChange={(pack) => onChange({ pack: pack ?? undefined })}
        />
        <Select
          aria-label={t('column.category')}
          placeholder={t('column.category')}
          clearable
          searchable
          w={160}
          value={search.category ?? null}
          data={CATEGORY_IDS.map((id) => ({ value: id, label: words.category(id) }))}
          onChange={(category) => onChange({ category: (category as CategoryId | null) ?? undefined })}
        />
        <Select
          aria-label={t('column.tier')}
          placeholder={t('column.tier')}
          clearable
          w={120}
          value={search.tier ?? null}
          data={words.choices('tier', Tier.options)}
          onChange={(tier) => onChange({ tier: (tier as Tier | null) ?? undefined })}
        />
        <Select
          aria-label={t('column.status')}
          placeholder={t('column.status')}
          clearable
          w={110}
          value={search.status ?? null}
          data={words.choices('hitStatus', HitStatus.options)}
          onChange={(status) => onChange({ status: (status as HitStatus | null) ?? undefined })}
        />
      </Group>
      <Split
        panel={
          open ? (
            <RulePanel key={search.rule} rule={open} onClose={() => onChange({ rule: undefined })} />
          ) : null
        }
      >
        <DataTable
          name="rules"
          label={t('title')}
          columns={columns}
          listing={listingOf(rules, rows)}
          idOf={idOfRule}
          currentId={search.rule}
          onOpen={(row) => onChange({ rule: idOfRule(row) })}
          sort={search.sort ?? null}
          onSort={(sort) => onChange({ sort: sort as RulesSearch['sort'] })}
          empty={
            <Empty
              icon={IconListSearch}
              title={t('empty.title')}
              description={t('empty.help')}
              action={<ScreenButton to="/rules">{t('common:action.clearAll')}</ScreenButton>}
            />
          }
        />
      </Split>
    </>
  );
}
