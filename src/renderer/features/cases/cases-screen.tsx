import { Button, Group, Select } from '@mantine/core';
import { IconFolders, IconPlus } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CaseState } from '../../../core/domain/case.ts';
import { CATEGORY_IDS, type CategoryId } from '../../../core/domain/category.ts';
import { usePages } from '../../api/hooks.ts';
import { Empty } from '../../components/empty.tsx';
import { ScreenButton } from '../../components/link.tsx';
import { Page } from '../../components/page.tsx';
import { SavedFilters } from '../../components/saved-filters.tsx';
import { SearchBox } from '../../components/search-box.tsx';
import { DataTable } from '../../components/table/data-table.tsx';
import { compact, useFilters } from '../../components/use-filters.ts';
import { useWords } from '../../components/words.ts';
import { useCaseColumns } from './case-columns.tsx';
import { NewCase } from './new-case.tsx';
import type { CasesSearch } from './search.ts';

const route = getRouteApi('/cases');
const NEWEST = { by: 'number', descending: true } as const;

/** Every case: what it is about, whom it concerns, what it still owes. */
export function CasesScreen() {
  const { t } = useTranslation(['cases', 'common']);
  const words = useWords();
  const { sort, ...filter } = route.useSearch();
  const navigate = route.useNavigate();
  const { set } = useFilters<CasesSearch>(navigate);
  const listing = usePages('cases.list', { ...compact(filter), sort: sort ?? NEWEST });
  const columns = useCaseColumns();
  const [opening, setOpening] = useState(false);
  const filtered = Object.values(filter).some((value) => value !== undefined);
  return (
    <Page
      title={t('title')}
      subtitle={t('subtitle')}
      layout="fill"
      actions={
        <>
          <SearchBox
            value={filter.text ?? ''}
            onChange={(text) => set({ text: text || undefined })}
            placeholder={t('search')}
          />
          <SavedFilters
            screen="cases"
            search={{ ...filter, sort }}
            onOpen={(search) => void navigate({ search: search as CasesSearch })}
          />
          <Button leftSection={<IconPlus size={14} />} onClick={() => setOpening(true)}>
            {t('new.action')}
          </Button>
        </>
      }
    >
      <Group gap="xs">
        <Select
          aria-label={t('column.state')}
          placeholder={t('column.state')}
          w={150}
          clearable
          value={filter.state ?? null}
          data={[
            { value: 'unclosed', label: t('unclosed') },
            ...words.choices('caseState', CaseState.options),
          ]}
          onChange={(state) => set({ state: (state as CasesSearch['state'] | null) ?? undefined })}
        />
        <Select
          aria-label={t('column.categories')}
          placeholder={t('column.categories')}
          w={190}
          searchable
          clearable
          value={filter.category ?? null}
          data={CATEGORY_IDS.map((value) => ({ value, label: words.category(value) }))}
          onChange={(category) => set({ category: (category as CategoryId | null) ?? undefined })}
        />
      </Group>
      <DataTable
        name="cases"
        label={t('title')}
        columns={columns}
        listing={listing}
        idOf={(row) => row.id}
        onOpen={(row) => void navigate({ to: '/cases/$caseId', params: { caseId: row.id } })}
        sort={sort ?? NEWEST}
        onSort={(next) => set({ sort: next as CasesSearch['sort'] })}
        empty={
          <Empty
            icon={IconFolders}
            title={t(filtered ? 'emptyFiltered.title' : 'empty.title')}
            description={t(filtered ? 'emptyFiltered.help' : 'empty.help')}
            action={
              filtered ? (
                <ScreenButton to="/cases">{t('common:action.clearAll')}</ScreenButton>
              ) : (
                <ScreenButton to="/review">{t('empty.action')}</ScreenButton>
              )
            }
          />
        }
      />
      {opening ? <NewCase onClose={() => setOpening(false)} /> : null}
    </Page>
  );
}
