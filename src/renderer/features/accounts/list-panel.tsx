import { Button, Select, Stack, Table, Tabs, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ListSummary } from '../../../core/domain/list.ts';
import { useCall, usePages } from '../../api/hooks.ts';
import { FailureView } from '../../components/failure-view.tsx';
import { useFormat } from '../../components/format.ts';
import { ScreenLink } from '../../components/link.tsx';
import { ListDifference, useListWords } from '../../components/list-difference.tsx';
import { Loading } from '../../components/loading.tsx';
import { SearchBox } from '../../components/search-box.tsx';
import { SidePanel } from '../../components/side-panel.tsx';
import type { ListsSearch } from './search.ts';

interface ListPanelProps {
  list: ListSummary;
  sourceId: string | null;
  tab: 'entries' | 'changes';
  text: string;
  onChange: (changes: Partial<ListsSearch>) => void;
  onClose: () => void;
}

/** One list: its entries, and the difference that each import made. */
export function ListPanel({ list, sourceId, tab, text, onChange, onClose }: ListPanelProps) {
  const { t } = useTranslation('tables');
  return (
    <SidePanel name="list" width={620} title={list.name} onClose={onClose}>
      <Tabs value={tab} onChange={(value) => onChange({ tab: value === 'changes' ? 'changes' : undefined })}>
        <Tabs.List mb="sm">
          <Tabs.Tab value="entries">{t('lists.tab.entries')}</Tabs.Tab>
          <Tabs.Tab value="changes">{t('lists.tab.changes')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="entries">
          <Entries list={list} text={text} onText={(next) => onChange({ text: next || undefined })} />
        </Tabs.Panel>
        <Tabs.Panel value="changes">
          {sourceId ? (
            <Changes list={list} sourceId={sourceId} onSource={(source) => onChange({ source })} />
          ) : null}
        </Tabs.Panel>
      </Tabs>
    </SidePanel>
  );
}

function Entries({
  list,
  text,
  onText,
}: {
  list: ListSummary;
  text: string;
  onText: (text: string) => void;
}) {
  const { t } = useTranslation('tables');
  const words = useListWords();
  const listing = usePages('lists.entries', { listId: list.id, ...(text ? { text } : {}) });
  const known = words.fieldsOf(list.kind).map(({ id }) => id);
  const used = new Set(listing.rows.flatMap((row) => Object.keys(row.fields)));
  const fields = [...known.filter((id) => used.has(id)), ...[...used].filter((id) => !known.includes(id))];
  if (listing.error) return <FailureView error={listing.error} />;
  return (
    <Stack gap="sm">
      <SearchBox value={text} onChange={onText} placeholder={t('lists.search')} />
      {listing.loading ? <Loading lines={6} /> : null}
      {!listing.loading && listing.rows.length === 0 ? <Text c="dimmed">{t('lists.noEntries')}</Text> : null}
      {listing.rows.length > 0 ? (
        <Table.ScrollContainer minWidth={Math.max(400, fields.length * 100)}>
          <Table aria-label={list.name}>
            <Table.Thead>
              <Table.Tr>
                {fields.map((id) => (
                  <Table.Th key={id}>{words.field(list.kind, id)}</Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {listing.rows.map((row) => (
                <Table.Tr key={row.id}>
                  {fields.map((id) => (
                    <Table.Td key={id}>
                      <Text lineClamp={3} title={row.fields[id]} size="sm">
                        {row.fields[id]}
                      </Text>
                    </Table.Td>
                  ))}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      ) : null}
      {listing.more ? (
        <Button variant="default" loading={listing.loadingMore} onClick={listing.loadMore}>
          {t('lists.entries', { count: listing.total ?? 0 })}
        </Button>
      ) : null}
    </Stack>
  );
}

interface ChangesProps {
  list: ListSummary;
  sourceId: string;
  onSource: (sourceId: string) => void;
}

function Changes({ list, sourceId, onSource }: ChangesProps) {
  const { t } = useTranslation('tables');
  const format = useFormat();
  const changes = useCall('lists.changes', { listId: list.id, sourceId });
  return (
    <Stack gap="sm">
      <Select
        label={t('lists.imports')}
        allowDeselect={false}
        value={sourceId}
        data={list.imports.map((one) => ({
          value: one.sourceId,
          label: `${format.dateTime(one.at)} · ${one.file} (+${one.added} ~${one.changed} −${one.removed})`,
        }))}
        onChange={(value) => value && onSource(value)}
      />
      <ScreenLink to="/imports" search={{ source: sourceId }}>
        {t('lists.openSource')}
      </ScreenLink>
      {changes.error ? <FailureView error={changes.error} /> : null}
      {changes.data ? <ListDifference changes={changes.data} /> : null}
    </Stack>
  );
}
