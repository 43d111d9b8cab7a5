import { Button, Group, Text } from '@mantine/core';
import { IconFileImport, IconFolder } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { SourceState } from '../../../core/domain/source.ts';
import { useCall } from '../../api/hooks.ts';
import { useNative } from '../../api/native.ts';
import { useIsRunning } from '../../api/use-job.ts';
import { Empty } from '../../components/empty.tsx';
import { FilterChips } from '../../components/filter-chips.tsx';
import { useNotify } from '../../components/notify.tsx';
import { Page } from '../../components/page.tsx';
import { Split } from '../../components/side-panel.tsx';
import { listingOf } from '../../components/static-listing.ts';
import { DataTable } from '../../components/table/data-table.tsx';
import { useFilters } from '../../components/use-filters.ts';
import { useWords } from '../../components/words.ts';
import classes from './imports.module.css';
import type { ImportsSearch } from './search.ts';
import { useSourceColumns } from './source-columns.tsx';
import { SourcePanel } from './source-panel.tsx';
import { stage } from './stage.ts';

const route = getRouteApi('/imports');
/** How often a running import is looked at: the host tells of its sources at its end only. */
const GROWING_MS = 1500;

/** What is gone on with stays among the sources that were cut off. */
function isShown(state: SourceState, wanted: SourceState | undefined): boolean {
  return wanted === undefined || state === wanted || (wanted === 'partial' && state === 'importing');
}

/** Sources: what was imported, in which state, and where every byte of it went. */
export function ImportsScreen() {
  const { t } = useTranslation('imports');
  const words = useWords();
  const { source: openId, tab, state } = route.useSearch();
  const { set } = useFilters<ImportsSearch>(route.useNavigate());
  const importing = useIsRunning('import');
  const sources = useCall('sources.list', {}, { every: importing ? GROWING_MS : undefined });
  const rows = sources.data?.filter((row) => isShown(row.state, state));
  const columns = useSourceColumns();
  const all = () => set({ state: undefined });
  const open = sources.data?.find((row) => row.id === openId);
  return (
    <Page title={t('title')} subtitle={t('subtitle')} layout="fill">
      <div className={classes.drop}>
        <Group gap="sm" wrap="nowrap" className={classes.dropText}>
          <IconFileImport size={22} stroke={1.4} style={{ flex: 'none' }} />
          <div>
            <Text fw={500}>{t('drop.title')}</Text>
            <Text size="xs" c="dimmed">
              {t('drop.formats')}
            </Text>
          </div>
        </Group>
        <ChooseButtons />
      </div>
      <FilterChips
        chips={
          state
            ? [
                {
                  id: 'state',
                  label: t('column.state'),
                  value: words.of('sourceState', state),
                  onRemove: all,
                },
              ]
            : []
        }
        onClear={all}
      />
      <Split
        panel={
          open ? (
            <SourcePanel
              key={open.id}
              source={open}
              tab={tab}
              onTab={(next) => set({ tab: next === 'summary' ? undefined : next })}
              onClose={() => set({ source: undefined, tab: undefined })}
            />
          ) : null
        }
      >
        <DataTable
          name="sources"
          label={t('title')}
          columns={columns}
          listing={listingOf(sources, rows)}
          idOf={(row) => row.id}
          currentId={openId}
          onOpen={(row) => set({ source: row.id, tab: undefined })}
          empty={
            state ? (
              <Empty
                icon={IconFileImport}
                title={t('emptyFiltered.title')}
                description={t('emptyFiltered.help')}
                action={<Button onClick={all}>{t('emptyFiltered.action')}</Button>}
              />
            ) : importing ? (
              <Empty icon={IconFileImport} title={t('empty.importing')} description={t('empty.seal')} />
            ) : (
              <Empty
                icon={IconFileImport}
                title={t('empty.title')}
                description={t('empty.help')}
                action={<ChooseButtons />}
              />
            )
          }
        />
      </Split>
    </Page>
  );
}

function ChooseButtons() {
  const { t } = useTranslation('imports');
  const native = useNative();
  const notify = useNotify();
  const choose = (folder: boolean) => {
    native.openFiles({ folder }).then((paths) => paths && stage.add(paths), notify.failed);
  };
  return (
    <Group gap="xs">
      <Button leftSection={<IconFileImport size={15} />} onClick={() => choose(false)}>
        {t('choose.files')}
      </Button>
      <Button variant="default" leftSection={<IconFolder size={15} />} onClick={() => choose(true)}>
        {t('choose.folder')}
      </Button>
    </Group>
  );
}
