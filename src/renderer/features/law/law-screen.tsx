import { Button, SegmentedControl } from '@mantine/core';
import { IconListCheck, IconScale } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { LawEntry } from '../../../core/domain/law.ts';
import { useCall } from '../../api/hooks.ts';
import { DayInput } from '../../components/day-input.tsx';
import { Empty } from '../../components/empty.tsx';
import { ScreenButton } from '../../components/link.tsx';
import { Page } from '../../components/page.tsx';
import { SearchBox } from '../../components/search-box.tsx';
import { Split } from '../../components/side-panel.tsx';
import { listingOf, sorted } from '../../components/static-listing.ts';
import { DataTable } from '../../components/table/data-table.tsx';
import { useFilters } from '../../components/use-filters.ts';
import { useWords } from '../../components/words.ts';
import { CitationCheck } from './citation-check.tsx';
import { useLawColumns } from './law-columns.tsx';
import { LawPanel } from './law-panel.tsx';
import type { LawSearch } from './search.ts';

const route = getRouteApi('/law');
const SHOW = ['all', 'inForce', 'cited', 'unread'] as const;

const shown = (entry: LawEntry, show: LawSearch['show']) =>
  show === undefined ||
  (show === 'inForce' && entry.inForce) ||
  (show === 'cited' && entry.cited > 0) ||
  (show === 'unread' && Object.values(entry.marks).some((mark) => mark !== 'V'));

/** The law library: articles with their versions, how each is known, and what rests on it. */
export function LawScreen() {
  const { t } = useTranslation(['law', 'common']);
  const { text, day, show, sort, article, check } = route.useSearch();
  const { set } = useFilters<LawSearch>(route.useNavigate());
  const words = useWords();
  const query = useCall('law.list', { day: day ?? null });
  const columns = useLawColumns();
  const rows = useMemo(() => {
    const needle = text?.toLowerCase();
    const found = (query.data ?? []).filter(
      (entry) =>
        shown(entry, show) &&
        (!needle ||
          [entry.id, entry.citation.zh, entry.citation.en, entry.summary.zh, entry.summary.en]
            .join(' ')
            .toLowerCase()
            .includes(needle)),
    );
    return sorted(found, sort, (entry, by) =>
      by === 'cited'
        ? entry.cited
        : by === 'effectiveFrom'
          ? entry.effectiveFrom
          : words.text(entry.citation),
    );
  }, [query.data, text, show, sort, words]);
  const close = () => set({ article: undefined, check: undefined });
  return (
    <Page
      title={t('title')}
      subtitle={t('subtitle')}
      layout="fill"
      actions={
        <>
          <SegmentedControl
            aria-label={t('show.label')}
            value={show ?? 'all'}
            onChange={(value) => set({ show: value === 'all' ? undefined : (value as LawSearch['show']) })}
            data={SHOW.map((value) => ({ value, label: t(`show.${value}`) }))}
          />
          <DayInput
            aria-label={t('day')}
            title={t('dayHelp')}
            value={day ?? ''}
            onChange={(next) => set({ day: next || undefined })}
          />
          <SearchBox
            value={text ?? ''}
            onChange={(value) => set({ text: value || undefined })}
            placeholder={t('search')}
          />
          <Button
            variant="default"
            leftSection={<IconListCheck size={15} />}
            onClick={() => set({ check: true, article: undefined })}
          >
            {t('check.action')}
          </Button>
        </>
      }
    >
      <Split
        panel={
          check ? (
            <CitationCheck day={day} onClose={close} />
          ) : article ? (
            <LawPanel
              key={article}
              id={article}
              day={day}
              onClose={close}
              onOpen={(id) => set({ article: id })}
            />
          ) : null
        }
      >
        <DataTable
          name="law"
          label={t('title')}
          columns={columns}
          listing={listingOf(query, rows)}
          idOf={(row) => row.id}
          currentId={article}
          onOpen={(row) => set({ article: row.id, check: undefined })}
          sort={sort ?? null}
          onSort={(next) => set({ sort: next as LawSearch['sort'] })}
          empty={
            <Empty
              icon={IconScale}
              title={t('empty.title')}
              description={t('empty.help')}
              action={<ScreenButton to="/law">{t('common:action.clearAll')}</ScreenButton>}
            />
          }
        />
      </Split>
    </Page>
  );
}
