import { Select, Switch, Tabs } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { MeasureOwed } from '../../../core/domain/measure.ts';
import { useCall } from '../../api/hooks.ts';
import { Page } from '../../components/page.tsx';
import { SearchBox } from '../../components/search-box.tsx';
import { compact, useFilters } from '../../components/use-filters.ts';
import { useWords } from '../../components/words.ts';
import { ImportResults } from './import-results.tsx';
import { MeasuresTable } from './measures-table.tsx';
import type { MeasuresSearch } from './search.ts';
import { WatchTab } from './watch-tab.tsx';

const route = getRouteApi('/measures');

/** What was decided and is still to be done, over all cases. Docket does none of it itself. */
export function MeasuresScreen() {
  const { t } = useTranslation('measures');
  const words = useWords();
  const { tab = 'measures', owed, overdue, text } = route.useSearch();
  const { set } = useFilters<MeasuresSearch>(route.useNavigate());
  const watched = useCall('watch.list', {});
  const open = (watched.data ?? []).reduce((sum, entry) => sum + entry.open, 0);
  return (
    <Page
      title={t('title')}
      subtitle={t('subtitle')}
      layout={tab === 'measures' ? 'fill' : 'flow'}
      actions={
        <>
          <Tabs
            variant="pills"
            value={tab}
            onChange={(value) => set({ tab: value === 'watch' ? 'watch' : undefined })}
          >
            <Tabs.List>
              <Tabs.Tab value="measures">{t('tab.measures')}</Tabs.Tab>
              <Tabs.Tab value="watch">
                {t('tab.watch')}
                {open > 0 ? ` (${open})` : ''}
              </Tabs.Tab>
            </Tabs.List>
          </Tabs>
          {tab === 'measures' ? (
            <>
              <Select
                aria-label={t('owed')}
                w={170}
                allowDeselect={false}
                value={owed ?? 'any'}
                data={[
                  { value: 'any', label: t('owedAny') },
                  ...words.choices('measureOwed', MeasureOwed.options),
                  { value: 'all', label: t('owedAll') },
                ]}
                onChange={(value) =>
                  set({
                    owed: value === 'any' || value === null ? undefined : (value as MeasureOwed | 'all'),
                  })
                }
              />
              <Switch
                label={t('overdueOnly')}
                checked={overdue === true}
                onChange={(event) => set({ overdue: event.currentTarget.checked ? true : undefined })}
              />
              <SearchBox
                value={text ?? ''}
                onChange={(value) => set({ text: value || undefined })}
                placeholder={t('search')}
              />
              <ImportResults />
            </>
          ) : null}
        </>
      }
    >
      {tab === 'watch' ? (
        <WatchTab />
      ) : (
        <MeasuresTable
          withCase
          filter={compact({ owed: owed === 'all' ? undefined : (owed ?? ('any' as const)), overdue, text })}
        />
      )}
    </Page>
  );
}
