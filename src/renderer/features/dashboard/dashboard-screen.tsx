import { Button, SegmentedControl, SimpleGrid } from '@mantine/core';
import { IconSpeakerphone } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Dashboard } from '../../../core/domain/statistics.ts';
import { useCall } from '../../api/hooks.ts';
import { FailureView } from '../../components/failure-view.tsx';
import { localZone } from '../../components/format.ts';
import { Loading } from '../../components/loading.tsx';
import { NothingImported } from '../../components/nothing-imported.tsx';
import { Page } from '../../components/page.tsx';
import { useFilters } from '../../components/use-filters.ts';
import { useWriteBulletin } from '../campaigns/use-write-bulletin.ts';
import { CasesByState } from './cases-by-state.tsx';
import { HitsByCategory } from './hits-by-category.tsx';
import { HitsByWeek } from './hits-by-week.tsx';
import { Pending } from './pending.tsx';
import { Reminders } from './reminders.tsx';
import { type DashboardSearch, PERIODS } from './search.ts';
import { Tiles } from './tiles.tsx';

const route = getRouteApi('/');
const DAY_MS = 86_400_000;

/** Where the work stands; every number opens its rows. */
export function DashboardScreen() {
  const { t } = useTranslation(['dashboard', 'campaigns']);
  const write = useWriteBulletin();
  const { weeks = 'all' } = route.useSearch();
  const { set } = useFilters<DashboardSearch>(route.useNavigate());
  const from = useMemo(() => {
    if (weeks === 'all') return undefined;
    // Whole days, so that the question stays the same while the screen is open.
    const today = Math.floor(Date.now() / DAY_MS) * DAY_MS;
    return today - Number(weeks) * 7 * DAY_MS;
  }, [weeks]);
  const dashboard = useCall(
    'statistics.dashboard',
    { zone: localZone(), ...(from === undefined ? {} : { from }) },
    { keep: true },
  );
  const { data } = dashboard;
  return (
    <Page
      title={t('title')}
      subtitle={t('subtitle')}
      actions={
        <>
          <Button variant="default" leftSection={<IconSpeakerphone size={14} />} onClick={() => write({})}>
            {t('campaigns:bulletin.write')}
          </Button>
          <SegmentedControl
            aria-label={t('period.label')}
            value={weeks}
            onChange={(value) => set({ weeks: value as DashboardSearch['weeks'] })}
            data={PERIODS.map((value) => ({ value, label: t(`period.${value}`) }))}
          />
        </>
      }
    >
      {dashboard.error ? (
        <FailureView error={dashboard.error} onRetry={() => void dashboard.refetch()} />
      ) : !data ? (
        <Loading lines={10} height={28} />
      ) : data.totals.sources === 0 ? (
        <NothingImported />
      ) : (
        <Numbers data={data} from={from} />
      )}
    </Page>
  );
}

function Numbers({ data, from }: { data: Dashboard; from: number | undefined }) {
  return (
    <>
      <Pending totals={data.totals} />
      <Reminders />
      <Tiles totals={data.totals} />
      <HitsByWeek entries={data.hitsByWeek} />
      <SimpleGrid cols={{ base: 1, md: 2 }} mt="md" spacing="md">
        <HitsByCategory entries={data.hitsByCategory} from={from} />
        <CasesByState entries={data.casesByState} totals={data.totals} />
      </SimpleGrid>
    </>
  );
}
