import { Badge, Tabs } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { HitStatus } from '../../../core/domain/hit.ts';
import { useCall, usePages } from '../../api/hooks.ts';
import { FilterChips } from '../../components/filter-chips.tsx';
import { useFormat } from '../../components/format.ts';
import { Page } from '../../components/page.tsx';
import { SavedFilters } from '../../components/saved-filters.tsx';
import { SearchBox } from '../../components/search-box.tsx';
import { useFilters } from '../../components/use-filters.ts';
import { QueueSettings } from './queue-settings.tsx';
import classes from './review.module.css';
import { ReviewDesk } from './review-desk.tsx';
import { ReviewFilters } from './review-filters.tsx';
import { BY_PRIORITY, hitFilter, type ReviewFilter, type ReviewSearch } from './search.ts';
import { useReviewChips } from './use-review-chips.ts';

const route = getRouteApi('/review');

/** The officer's morning: hits one after the other, each in its context, each with a verdict. */
export function ReviewScreen() {
  const { t } = useTranslation('review');
  const { hit, sort, ...filter } = route.useSearch();
  const navigate = route.useNavigate();
  const { set } = useFilters<ReviewSearch>(navigate);
  const open = (search: Record<string, unknown>) => void navigate({ search: search as ReviewSearch });
  const listing = usePages('hits.list', { filter: hitFilter(filter), sort: sort ?? BY_PRIORITY });
  const narrow = (change: Partial<ReviewSearch>) => set({ ...change, hit: undefined });
  const sample = listing.rows[0];
  const chips = useReviewChips(filter, sample, narrow);
  const tab = filter.status ?? 'all';
  return (
    <Page
      title={t('title')}
      subtitle={t('subtitle')}
      layout="fill"
      actions={
        <>
          <SearchBox
            value={filter.text ?? ''}
            onChange={(text) => narrow({ text: text || undefined })}
            placeholder={t('search')}
          />
          <SavedFilters screen="review" search={{ ...filter, sort }} onOpen={open} />
          <QueueSettings />
        </>
      }
    >
      <Tabs
        value={tab}
        onChange={(value) => narrow({ status: value === 'all' ? undefined : (value as HitStatus) })}
        className={classes.tabs}
      >
        <Tabs.List>
          <Tabs.Tab value="hit" rightSection={<TabCount filter={filter} status="hit" />}>
            {t('tab.hit')}
          </Tabs.Tab>
          <Tabs.Tab value="proposal" rightSection={<TabCount filter={filter} status="proposal" />}>
            {t('tab.proposal')}
          </Tabs.Tab>
          <Tabs.Tab value="all">{t('tab.all')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value={tab} className={classes.panel}>
          <ReviewFilters filter={filter} sort={sort} sample={sample} onChange={narrow} />
          <FilterChips
            chips={chips}
            onClear={() => narrow(Object.fromEntries(chips.map((chip) => [chip.id, undefined])))}
          />
          <ReviewDesk
            listing={listing}
            filter={filter}
            sort={sort ?? BY_PRIORITY}
            hitId={hit}
            onSearch={set}
          />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}

/** Rows of the same filter on one tab. */
function TabCount({ filter, status }: { filter: ReviewFilter; status: HitStatus }) {
  const format = useFormat();
  const { data } = useCall(
    'hits.list',
    { filter: hitFilter({ ...filter, status }), sort: BY_PRIORITY, limit: 1 },
    { keep: true },
  );
  const total = data?.total ?? null;
  if (total === null) return null;
  return (
    <Badge size="sm" color={status === 'hit' && total > 0 ? 'red' : 'gray'}>
      {format.number(total)}
    </Badge>
  );
}
