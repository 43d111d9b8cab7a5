import { Button, Group, Select, Switch, Text } from '@mantine/core';
import { IconLink, IconRefresh } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useCall, usePages } from '../../api/hooks.ts';
import { useIsRunning, useRunJob } from '../../api/use-job.ts';
import { Empty } from '../../components/empty.tsx';
import { ScreenButton } from '../../components/link.tsx';
import { useNotify } from '../../components/notify.tsx';
import { Page } from '../../components/page.tsx';
import { SearchBox } from '../../components/search-box.tsx';
import { Split } from '../../components/side-panel.tsx';
import { DataTable } from '../../components/table/data-table.tsx';
import { compact, useFilters } from '../../components/use-filters.ts';
import { useLinkColumns } from './link-columns.tsx';
import { LinkPanel } from './link-panel.tsx';
import type { LinksSearch } from './search.ts';

const route = getRouteApi('/links');

/** Every link that was seen, where and when; none of them is ever opened. */
export function LinksScreen() {
  const { t } = useTranslation(['links', 'common']);
  const { text, domain, short, sort, link } = route.useSearch();
  const { set } = useFilters<LinksSearch>(route.useNavigate());
  const listing = usePages('links.list', compact({ text, domain, short, sort }));
  const domains = useCall('links.domains', {});
  const columns = useLinkColumns();
  const open = listing.rows.find(({ id }) => id === link);
  const filtered = Boolean(text || domain || short);
  return (
    <Page
      title={t('title')}
      subtitle={
        <>
          {t('subtitle')} · {t('notOpened')}
        </>
      }
      layout="fill"
      actions={
        <>
          <Select
            aria-label={t('domain')}
            placeholder={t('allDomains')}
            clearable
            searchable
            w={220}
            value={domain ?? null}
            onChange={(value) => set({ domain: value ?? undefined })}
            data={(domains.data?.domains ?? []).map((one) => ({
              value: one.domain,
              label: t('domainCount', { domain: one.domain, places: one.places }),
            }))}
          />
          <Switch
            label={t('shortOnly')}
            checked={short === true}
            onChange={(event) => set({ short: event.currentTarget.checked ? true : undefined })}
          />
          <SearchBox
            value={text ?? ''}
            onChange={(value) => set({ text: value || undefined })}
            placeholder={t('search')}
          />
          <UpdateButton />
        </>
      }
    >
      {domains.data && domains.data.behind > 0 ? (
        <Text size="xs" c="orange" mb={4}>
          {t('behind', { count: domains.data.behind })}
        </Text>
      ) : null}
      <Split
        panel={open ? <LinkPanel key={open.id} link={open} onClose={() => set({ link: undefined })} /> : null}
      >
        <DataTable
          name="links"
          label={t('title')}
          columns={columns}
          listing={listing}
          idOf={(row) => row.id}
          currentId={link}
          onOpen={(row) => set({ link: row.id })}
          sort={sort ?? { by: 'places', descending: true }}
          onSort={(next) => set({ sort: next as LinksSearch['sort'] })}
          empty={
            <Empty
              icon={IconLink}
              title={t(filtered ? 'emptyFiltered.title' : 'empty.title')}
              description={t(filtered ? 'emptyFiltered.help' : 'empty.help')}
              action={
                filtered ? (
                  <ScreenButton to="/links">{t('common:action.clearAll')}</ScreenButton>
                ) : (
                  <Group>
                    <UpdateButton />
                  </Group>
                )
              }
            />
          }
        />
      </Split>
    </Page>
  );
}

function UpdateButton() {
  const { t } = useTranslation('links');
  const notify = useNotify();
  const runJob = useRunJob();
  const running = useIsRunning('links');
  const update = async () => {
    try {
      const { added } = await runJob('links.update', {}, { kind: 'links', subject: '' });
      notify.done({ title: t('updated'), message: t('added', { count: added }) });
    } catch (error) {
      notify.failed(error);
    }
  };
  return (
    <Button leftSection={<IconRefresh size={15} />} loading={running} onClick={() => void update()}>
      {t('update')}
    </Button>
  );
}
