import { Button, Group, Menu, Tabs } from '@mantine/core';
import { IconFileDownload, IconListDetails } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListSummary } from '../../../core/domain/list.ts';
import { useCall, useInvoke } from '../../api/hooks.ts';
import { useNative } from '../../api/native.ts';
import { Empty } from '../../components/empty.tsx';
import { useFormat } from '../../components/format.ts';
import { ScreenButton } from '../../components/link.tsx';
import { useListWords } from '../../components/list-difference.tsx';
import { useNotify } from '../../components/notify.tsx';
import { Page } from '../../components/page.tsx';
import { Split } from '../../components/side-panel.tsx';
import { listingOf } from '../../components/static-listing.ts';
import type { DataColumn } from '../../components/table/columns.ts';
import { DataTable } from '../../components/table/data-table.tsx';
import { useFilters } from '../../components/use-filters.ts';
import { useWords } from '../../components/words.ts';
import { ListPanel } from './list-panel.tsx';
import { PublicAccountsView } from './public-accounts-view.tsx';
import { SavedMappings } from './saved-mappings.tsx';
import type { ListsSearch } from './search.ts';

const route = getRouteApi('/lists');

/** Lists that were imported: what each says now, and what each import changed. */
export function ListsScreen() {
  const { t } = useTranslation('tables');
  const { view } = route.useSearch();
  const { set } = useFilters<ListsSearch>(route.useNavigate());
  return (
    <Page
      title={t('lists.title')}
      subtitle={t('lists.subtitle')}
      layout="fill"
      actions={
        <>
          <Tabs
            variant="pills"
            value={view ?? 'lists'}
            onChange={(value) =>
              set({ view: value === 'public-accounts' ? value : undefined, text: undefined })
            }
          >
            <Tabs.List>
              <Tabs.Tab value="lists">{t('lists.title')}</Tabs.Tab>
              <Tabs.Tab value="public-accounts">{t('publicAccounts.title')}</Tabs.Tab>
            </Tabs.List>
          </Tabs>
          <Templates />
        </>
      }
    >
      {view === 'public-accounts' ? <PublicAccountsView /> : <ListsView />}
    </Page>
  );
}

function ListsView() {
  const { t } = useTranslation(['tables', 'accounts']);
  const { list: openId, source, tab, text } = route.useSearch();
  const { set } = useFilters<ListsSearch>(route.useNavigate());
  const lists = useCall('lists.list', {});
  const columns = useListColumns();
  const open = lists.data?.find((list) => list.id === openId);
  return (
    <>
      <Split
        panel={
          open ? (
            <ListPanel
              key={open.id}
              list={open}
              sourceId={source ?? open.imports[0]?.sourceId ?? null}
              tab={tab ?? 'entries'}
              text={text ?? ''}
              onChange={set}
              onClose={() => set({ list: undefined, source: undefined, tab: undefined, text: undefined })}
            />
          ) : null
        }
      >
        <DataTable
          name="lists"
          label={t('lists.title')}
          columns={columns}
          listing={listingOf(lists)}
          idOf={(row) => row.id}
          currentId={openId}
          onOpen={(row) => set({ list: row.id, source: undefined, text: undefined })}
          empty={
            <Empty
              icon={IconListDetails}
              title={t('lists.empty')}
              description={t('lists.emptyHelp')}
              action={<ScreenButton to="/imports">{t('accounts:empty.action')}</ScreenButton>}
            />
          }
        />
      </Split>
      <SavedMappings />
    </>
  );
}

function useListColumns(): DataColumn<ListSummary>[] {
  const { t } = useTranslation('tables');
  const format = useFormat();
  const words = useListWords();
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('lists.column.name'),
        width: 240,
        grow: true,
        text: (row) => row.name,
        cell: (row) => <span title={row.name}>{row.name}</span>,
      },
      {
        id: 'kind',
        header: t('lists.column.kind'),
        width: 140,
        text: (row) => words.kind(row.kind),
        cell: (row) => words.kind(row.kind),
      },
      {
        id: 'entries',
        header: t('lists.column.entries'),
        width: 90,
        align: 'end',
        text: (row) => String(row.entries),
        cell: (row) => format.number(row.entries),
      },
      {
        id: 'changes',
        header: t('lists.column.changes'),
        width: 150,
        from: 620,
        text: (row) => changesOf(row),
        cell: (row) => changesOf(row),
      },
      {
        id: 'last',
        header: t('lists.column.last'),
        width: 170,
        from: 520,
        text: (row) => format.dateTime(row.imports[0]?.at ?? 0),
        cell: (row) => format.dateTime(row.imports[0]?.at ?? 0),
      },
    ],
    [t, format, words],
  );
}

/** What the last import changed, as `+3 ~1 −2`. */
function changesOf({ imports: [last] }: ListSummary): string {
  return last ? `+${last.added}  ~${last.changed}  −${last.removed}` : '';
}

/** Empty tables with the headers of each kind, to fill in. */
function Templates() {
  const { t, i18n } = useTranslation('tables');
  const words = useWords();
  const kinds = useCall('lists.kinds', {});
  const invoke = useInvoke();
  const native = useNative();
  const notify = useNotify();
  const save = async (kind: ListSummary['kind']) => {
    const language = i18n.language === 'zh-CN' ? 'zh' : 'en';
    const { fileName, text } = await invoke('lists.template', { kind, language });
    const path = await native.saveText({ defaultName: fileName, text });
    if (path) notify.done({ title: t('lists.templateSaved'), message: path });
  };
  return (
    <Group>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" leftSection={<IconFileDownload size={15} />}>
            {t('lists.template')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {kinds.data?.map(({ kind, title }) => (
            <Menu.Item key={kind} onClick={() => void save(kind).catch(notify.failed)}>
              {words.text(title)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </Group>
  );
}
