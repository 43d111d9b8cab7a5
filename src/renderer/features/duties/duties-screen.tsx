import { SegmentedControl } from '@mantine/core';
import { IconCalendarCheck } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall, usePages } from '../../api/hooks.ts';
import { Empty } from '../../components/empty.tsx';
import { FilterChips } from '../../components/filter-chips.tsx';
import { ScreenButton, ScreenLink } from '../../components/link.tsx';
import { Page } from '../../components/page.tsx';
import { SidePanel, Split } from '../../components/side-panel.tsx';
import { DataTable } from '../../components/table/data-table.tsx';
import { compact, useFilters } from '../../components/use-filters.ts';
import { Board } from './board.tsx';
import { useDutyTitle } from './duty-badges.tsx';
import { useDutyColumns } from './duty-columns.tsx';
import { DutyDetails } from './duty-details.tsx';
import { Holds } from './holds.tsx';
import { QuarantineView } from './quarantine-view.tsx';
import { RegisterView } from './register-view.tsx';
import { DUTY_VIEWS, type DutiesSearch, OWED } from './search.ts';

const route = getRouteApi('/duties');
const STATES = ['unclosed', 'open', 'filed', 'closed', 'all'] as const;

/** What the organisation owes the authorities, and what they asked of it: five views of one screen. */
export function DutiesScreen() {
  const { t } = useTranslation('duties');
  const { view = 'list' } = route.useSearch();
  const { set } = useFilters<DutiesSearch>(route.useNavigate());
  const choice = (
    <SegmentedControl
      aria-label={t('view.label')}
      value={view}
      onChange={(value) => set({ view: value === 'list' ? undefined : (value as DutiesSearch['view']) })}
      data={DUTY_VIEWS.map((value) => ({ value, label: t(`view.${value}`) }))}
    />
  );
  if (view === 'list') return <DutyList choice={choice} />;
  return (
    <Page title={t('title')} subtitle={t(`about.${view}`)} actions={choice}>
      {view === 'board' ? (
        <Board onOpen={(duty) => set({ view: undefined, state: 'unclosed', duty: duty.id })} />
      ) : view === 'register' ? (
        <RegisterView />
      ) : view === 'holds' ? (
        <Holds />
      ) : (
        <QuarantineView />
      )}
    </Page>
  );
}

/** Duties over all cases, the first due first. */
function DutyList({ choice }: { choice: ReactNode }) {
  const { t } = useTranslation(['duties', 'common']);
  const { state, caseId, duty } = route.useSearch();
  const { set } = useFilters<DutiesSearch>(route.useNavigate());
  const listing = usePages('duties.list', compact({ state: state === 'all' ? undefined : state, caseId }));
  const columns = useDutyColumns();
  const title = useDutyTitle();
  const found = listing.rows.find((row) => row.id === duty);
  // A duty that has just ended leaves the list of those that have not; its details stay.
  const rest = useCall('duties.list', { limit: 500 }, { enabled: duty !== undefined && !found });
  const open = found ?? (duty === undefined ? undefined : rest.data?.rows.find((row) => row.id === duty));
  const narrowed = caseId !== undefined || state !== OWED.state;
  const withoutCase = () => set({ caseId: undefined, state: state ?? 'all' });
  return (
    <Page
      title={t('title')}
      subtitle={t('subtitle')}
      layout="fill"
      actions={
        <>
          {choice}
          <SegmentedControl
            aria-label={t('column.state')}
            value={state ?? 'all'}
            onChange={(value) => set({ state: value as DutiesSearch['state'] })}
            data={STATES.map((value) => ({ value, label: t(`show.${value}`) }))}
          />
        </>
      }
    >
      <FilterChips
        chips={
          caseId === undefined
            ? []
            : [
                {
                  id: 'case',
                  label: t('column.case'),
                  value: listing.rows[0]?.caseNumber ?? t('common:filter.chosen'),
                  onRemove: withoutCase,
                },
              ]
        }
        onClear={withoutCase}
      />
      <Split
        panel={
          open ? (
            <SidePanel
              key={open.id}
              name="duty"
              width={460}
              title={title(open)}
              onClose={() => set({ duty: undefined })}
              actions={
                <ScreenLink to="/cases/$caseId" params={{ caseId: open.caseId }} search={{ tab: 'duties' }}>
                  {open.caseNumber}
                </ScreenLink>
              }
            >
              <DutyDetails duty={open} />
            </SidePanel>
          ) : null
        }
      >
        <DataTable
          name="duties"
          label={t('title')}
          columns={columns}
          listing={listing}
          idOf={(row) => row.id}
          currentId={duty}
          onOpen={(row) => set({ duty: row.id })}
          empty={
            <Empty
              icon={IconCalendarCheck}
              title={t(narrowed ? 'emptyFiltered.title' : 'empty.title')}
              description={t(narrowed ? 'emptyFiltered.help' : 'empty.help')}
              action={
                narrowed ? (
                  <ScreenButton to="/duties" search={OWED}>
                    {t('emptyFiltered.action')}
                  </ScreenButton>
                ) : (
                  <ScreenButton to="/cases">{t('empty.action')}</ScreenButton>
                )
              }
            />
          }
        />
      </Split>
    </Page>
  );
}
