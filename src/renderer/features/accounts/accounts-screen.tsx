import { SegmentedControl } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { usePages } from '../../api/hooks.ts';
import { Empty } from '../../components/empty.tsx';
import { ScreenButton } from '../../components/link.tsx';
import { Page } from '../../components/page.tsx';
import { SearchBox } from '../../components/search-box.tsx';
import { Split } from '../../components/side-panel.tsx';
import { DataTable } from '../../components/table/data-table.tsx';
import { compact, useFilters } from '../../components/use-filters.ts';
import { useAccountColumns } from './account-columns.tsx';
import { AccountPanel } from './account-panel.tsx';
import type { AccountsSearch } from './search.ts';

const route = getRouteApi('/accounts');

/** Everybody who appears in the material: under which names, how often, with which hits. */
export function AccountsScreen() {
  const { t } = useTranslation(['accounts', 'common']);
  const search = route.useSearch();
  const { set } = useFilters<AccountsSearch>(route.useNavigate());
  const { text, unnamed, sort, account } = search;
  const listing = usePages('accounts.list', compact({ text, unnamed, sort }));
  const columns = useAccountColumns();
  const open = listing.rows.find((row) => row.id === account);
  const filtered = Boolean(text || unnamed);
  return (
    <Page
      title={t('title')}
      subtitle={t('subtitle')}
      layout="fill"
      actions={
        <>
          <SegmentedControl
            aria-label={t('show')}
            value={unnamed ? 'unnamed' : 'all'}
            onChange={(value) => set({ unnamed: value === 'unnamed' ? true : undefined })}
            data={[
              { value: 'all', label: t('all') },
              { value: 'unnamed', label: t('unnamedOnly') },
            ]}
          />
          <SearchBox
            value={text ?? ''}
            onChange={(value) => set({ text: value || undefined })}
            placeholder={t('search')}
          />
        </>
      }
    >
      <Split
        panel={
          open ? (
            <AccountPanel key={open.id} account={open} onClose={() => set({ account: undefined })} />
          ) : null
        }
      >
        <DataTable
          name="accounts"
          label={t('title')}
          columns={columns}
          listing={listing}
          idOf={(row) => row.id}
          currentId={account}
          onOpen={(row) => set({ account: row.id })}
          sort={sort ?? null}
          onSort={(next) => set({ sort: next as AccountsSearch['sort'] })}
          empty={
            <Empty
              icon={IconUsers}
              title={t(filtered ? 'emptyFiltered.title' : 'empty.title')}
              description={t(filtered ? 'emptyFiltered.help' : 'empty.help')}
              action={
                filtered ? (
                  <ScreenButton to="/accounts">{t('common:action.clearAll')}</ScreenButton>
                ) : (
                  <ScreenButton to="/imports">{t('empty.action')}</ScreenButton>
                )
              }
            />
          }
        />
      </Split>
    </Page>
  );
}
