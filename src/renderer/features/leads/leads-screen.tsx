import { Button, Select } from '@mantine/core';
import { IconInbox, IconPlus, IconTableImport } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { CATEGORY_IDS, type CategoryId } from '../../../core/domain/category.ts';
import { LeadSource, LeadState } from '../../../core/domain/lead.ts';
import { useCall, useCommand, usePages } from '../../api/hooks.ts';
import { useAskFields } from '../../components/ask-fields.tsx';
import { Empty } from '../../components/empty.tsx';
import { ScreenButton } from '../../components/link.tsx';
import { useNotify } from '../../components/notify.tsx';
import { Page } from '../../components/page.tsx';
import { SearchBox } from '../../components/search-box.tsx';
import { Split } from '../../components/side-panel.tsx';
import { DataTable } from '../../components/table/data-table.tsx';
import { useSelection } from '../../components/table/use-selection.ts';
import { compact, useFilters } from '../../components/use-filters.ts';
import { useWords } from '../../components/words.ts';
import { toMoment } from '../measures/use-measure-steps.ts';
import { LeadBatch } from './lead-batch.tsx';
import { useLeadColumns } from './lead-columns.tsx';
import { LeadFiguresButton } from './lead-figures.tsx';
import { LeadPanel } from './lead-panel.tsx';
import type { LeadsSearch } from './search.ts';

const route = getRouteApi('/leads');
const NEWEST = { by: 'number', descending: true } as const;

/** What was pointed out and is not yet, or will never be, a case. */
export function LeadsScreen() {
  const { t } = useTranslation(['leads', 'common']);
  const words = useWords();
  const notify = useNotify();
  const { state, source, category, text, sort, lead } = route.useSearch();
  const { set } = useFilters<LeadsSearch>(route.useNavigate());
  const listing = usePages(
    'leads.list',
    compact({
      state: state === 'all' ? undefined : (state ?? ('open' as const)),
      source,
      category,
      text,
      sort: sort ?? NEWEST,
    }),
  );
  const columns = useLeadColumns();
  const receive = useReceive((id) => set({ lead: id }));
  const reports = useCommand('leads.receiveReports');
  // A lead that a link names may lie far down the list, or outside its filter.
  const found = useCall('leads.get', { leadId: lead ?? '' }, { enabled: lead !== undefined, keep: true });
  const open =
    listing.rows.find(({ id }) => id === lead) ?? (found.data?.id === lead ? found.data : undefined);
  const selection = useSelection();
  const chosen = useMemo(() => listing.rows.filter(({ id }) => selection.has(id)), [listing.rows, selection]);
  const filtered = Boolean(state || source || category || text);
  const readReports = () =>
    reports.mutate(
      {},
      {
        onSuccess: ({ added }) => notify.done({ title: t('reports.added', { count: added }) }),
        onError: notify.failed,
      },
    );
  return (
    <Page
      title={t('title')}
      subtitle={t('subtitle')}
      layout="fill"
      actions={
        <>
          <Select
            aria-label={t('column.state')}
            w={150}
            allowDeselect={false}
            value={state ?? 'open'}
            data={[
              { value: 'open', label: t('open') },
              ...words.choices('leadState', LeadState.options),
              { value: 'owes-reply', label: t('owesReply') },
              { value: 'all', label: t('all') },
            ]}
            onChange={(value) =>
              set({ state: value === 'open' || value === null ? undefined : (value as LeadsSearch['state']) })
            }
          />
          <Select
            aria-label={t('column.source')}
            placeholder={t('column.source')}
            w={140}
            clearable
            value={source ?? null}
            data={words.choices('leadSource', LeadSource.options)}
            onChange={(value) => set({ source: (value as LeadSource | null) ?? undefined })}
          />
          <Select
            aria-label={t('column.category')}
            placeholder={t('column.category')}
            w={150}
            searchable
            clearable
            value={category ?? null}
            data={CATEGORY_IDS.map((value) => ({ value, label: words.category(value) }))}
            onChange={(value) => set({ category: (value as CategoryId | null) ?? undefined })}
          />
          <SearchBox
            value={text ?? ''}
            onChange={(value) => set({ text: value || undefined })}
            placeholder={t('search')}
          />
          <LeadFiguresButton />
          <Button
            variant="default"
            leftSection={<IconTableImport size={14} />}
            loading={reports.isPending}
            onClick={readReports}
          >
            {t('reports.take')}
          </Button>
          <Button leftSection={<IconPlus size={14} />} onClick={receive}>
            {t('receive')}
          </Button>
        </>
      }
    >
      <Split
        panel={open ? <LeadPanel key={open.id} lead={open} onClose={() => set({ lead: undefined })} /> : null}
      >
        <DataTable
          name="leads"
          label={t('title')}
          columns={columns}
          listing={listing}
          idOf={(row) => row.id}
          currentId={lead}
          onOpen={(row) => set({ lead: row.id })}
          sort={sort ?? NEWEST}
          onSort={(next) => set({ sort: next as LeadsSearch['sort'] })}
          selection={selection}
          actions={chosen.length > 0 ? <LeadBatch leads={chosen} onDone={selection.clear} /> : null}
          empty={
            <Empty
              icon={IconInbox}
              title={t('empty.title')}
              description={t('empty.help')}
              action={
                filtered ? <ScreenButton to="/leads">{t('common:action.clearAll')}</ScreenButton> : undefined
              }
            />
          }
        />
      </Split>
    </Page>
  );
}

function useReceive(onDone: (id: string) => void): () => void {
  const { t } = useTranslation('leads');
  const words = useWords();
  const ask = useAskFields();
  const receive = useCommand('leads.receive');
  return () =>
    ask({
      title: t('receive'),
      fields: [
        {
          name: 'source',
          kind: 'choice',
          label: t('column.source'),
          required: true,
          initial: 'user-report',
          choices: words.choices('leadSource', LeadSource.options),
        },
        {
          name: 'at',
          kind: 'moment',
          label: t('column.received'),
          required: true,
          initial: toMoment(Date.now()),
        },
        {
          name: 'reporter',
          kind: 'text',
          label: t('reporter'),
          when: ({ source }) => source === 'user-report',
        },
        {
          name: 'contact',
          kind: 'text',
          label: t('contact'),
          when: ({ source }) => source === 'user-report',
        },
        { name: 'target', kind: 'text', label: t('column.target'), help: t('targetHelp') },
        { name: 'account', kind: 'account', label: t('account') },
        { name: 'conversation', kind: 'conversation', label: t('conversation') },
        {
          name: 'category',
          kind: 'choice',
          label: t('category'),
          choices: CATEGORY_IDS.map((value) => ({ value, label: words.category(value) })),
        },
        { name: 'text', kind: 'area', label: t('column.text'), required: true },
      ],
      submit: async (values) => {
        const lead = await receive.mutateAsync({
          source: values.source as LeadSource,
          receivedAt: new Date(values.at ?? '').getTime(),
          reporter: values.reporter ?? '',
          contact: values.contact ?? '',
          target: values.target ?? '',
          accountId: values.account || null,
          conversationId: values.conversation || null,
          category: (values.category as CategoryId) || null,
          text: values.text ?? '',
        });
        onDone(lead.id);
      },
    });
}
