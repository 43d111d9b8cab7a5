import { Button, Tabs } from '@mantine/core';
import { IconFlag, IconPlus } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Campaign } from '../../../core/domain/bulletin.ts';
import { CATEGORY_IDS, type CategoryId } from '../../../core/domain/category.ts';
import { useCall, useCommand } from '../../api/hooks.ts';
import { useAskFields } from '../../components/ask-fields.tsx';
import { CategoryBadge } from '../../components/badges.tsx';
import { toDay } from '../../components/days.ts';
import { Empty } from '../../components/empty.tsx';
import { Page } from '../../components/page.tsx';
import { Split } from '../../components/side-panel.tsx';
import { listingOf } from '../../components/static-listing.ts';
import type { DataColumn } from '../../components/table/columns.ts';
import { DataTable } from '../../components/table/data-table.tsx';
import { Time } from '../../components/time.tsx';
import { useFilters } from '../../components/use-filters.ts';
import { useWords } from '../../components/words.ts';
import { BulletinsView } from './bulletins-view.tsx';
import { CampaignPanel } from './campaign-panel.tsx';
import { ControlsView } from './controls-view.tsx';
import type { CampaignsSearch } from './search.ts';

const route = getRouteApi('/campaigns');

/** Campaigns with their results, the bulletins that were written, and the yearly self-assessment. */
export function CampaignsScreen() {
  const { t } = useTranslation('campaigns');
  const { view = 'campaigns', campaign } = route.useSearch();
  const { set } = useFilters<CampaignsSearch>(route.useNavigate());
  const open = useOpenCampaign((id) => set({ campaign: id }));
  return (
    <Page
      title={t('title')}
      subtitle={t('subtitle')}
      layout="fill"
      actions={
        view === 'campaigns' ? (
          <Button leftSection={<IconPlus size={14} />} onClick={open}>
            {t('open')}
          </Button>
        ) : null
      }
    >
      <Tabs
        value={view}
        onChange={(value) => set({ view: value as CampaignsSearch['view'], campaign: undefined })}
        mb="xs"
      >
        <Tabs.List>
          <Tabs.Tab value="campaigns">{t('view.campaigns')}</Tabs.Tab>
          <Tabs.Tab value="bulletins">{t('view.bulletins')}</Tabs.Tab>
          <Tabs.Tab value="controls">{t('view.controls')}</Tabs.Tab>
        </Tabs.List>
      </Tabs>
      {view === 'campaigns' ? (
        <Campaigns open={campaign} onOpen={(id) => set({ campaign: id })} />
      ) : view === 'bulletins' ? (
        <BulletinsView />
      ) : (
        <ControlsView />
      )}
    </Page>
  );
}

function Campaigns({ open, onOpen }: { open: string | undefined; onOpen: (id: string | undefined) => void }) {
  const { t } = useTranslation('campaigns');
  const words = useWords();
  const query = useCall('campaigns.list', {});
  const columns = useMemo(
    (): DataColumn<Campaign>[] => [
      {
        id: 'number',
        header: t('column.number'),
        width: 110,
        cell: (row) => row.number,
        text: (row) => row.number,
      },
      {
        id: 'title',
        header: t('column.title'),
        width: 240,
        grow: true,
        cell: (row) => row.title,
        text: (row) => row.title,
      },
      {
        id: 'categories',
        header: t('column.categories'),
        width: 260,
        from: 800,
        cell: (row) => row.categories.map((id) => <CategoryBadge key={id} category={id} />),
        text: (row) => row.categories.map((id) => words.category(id)).join(', '),
      },
      {
        id: 'startedAt',
        header: t('column.startedAt'),
        width: 110,
        cell: (row) => <Time at={row.startedAt} precision="day" />,
        text: (row) => toDay(row.startedAt),
      },
      {
        id: 'endedAt',
        header: t('column.endedAt'),
        width: 110,
        from: 560,
        cell: (row) => (row.endedAt === null ? t('running') : <Time at={row.endedAt} precision="day" />),
        text: (row) => (row.endedAt === null ? t('running') : toDay(row.endedAt)),
      },
    ],
    [t, words],
  );
  const shown = query.data?.find(({ id }) => id === open);
  return (
    <Split
      panel={
        shown ? <CampaignPanel key={shown.id} campaign={shown} onClose={() => onOpen(undefined)} /> : null
      }
    >
      <DataTable
        name="campaigns"
        label={t('title')}
        columns={columns}
        listing={listingOf(query)}
        idOf={(row) => row.id}
        currentId={open}
        onOpen={(row) => onOpen(row.id)}
        empty={<Empty icon={IconFlag} title={t('empty.title')} description={t('empty.help')} />}
      />
    </Split>
  );
}

/** Asks for a campaign's title, basis, kinds of conduct, start and announcement. */
function useOpenCampaign(onDone: (id: string) => void): () => void {
  const { t } = useTranslation('campaigns');
  const words = useWords();
  const ask = useAskFields();
  const open = useCommand('campaigns.open');
  return () =>
    ask({
      title: t('open'),
      fields: [
        { name: 'title', kind: 'text', label: t('column.title'), required: true },
        { name: 'basis', kind: 'text', label: t('basis'), help: t('basisHelp'), required: true },
        {
          name: 'categories',
          kind: 'several',
          label: t('column.categories'),
          required: true,
          choices: CATEGORY_IDS.map((value) => ({ value, label: words.category(value) })),
        },
        {
          name: 'start',
          kind: 'day',
          label: t('column.startedAt'),
          required: true,
          initial: toDay(Date.now()),
        },
        { name: 'announcement', kind: 'area', label: t('announcement') },
      ],
      submit: async (values) => {
        const campaign = await open.mutateAsync({
          title: values.title ?? '',
          basis: values.basis ?? '',
          categories: (values.categories ?? '').split('\n').filter(Boolean) as CategoryId[],
          announcement: values.announcement ?? '',
          startedAt: new Date(`${values.start}T00:00`).getTime(),
        });
        onDone(campaign.id);
      },
    });
}
