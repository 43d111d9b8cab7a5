import { Tabs } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../api/hooks.ts';
import { FailureView } from '../../components/failure-view.tsx';
import { ScreenButton } from '../../components/link.tsx';
import { Loading } from '../../components/loading.tsx';
import { Page } from '../../components/page.tsx';
import { useFilters } from '../../components/use-filters.ts';
import { useWords } from '../../components/words.ts';
import { GapsView } from './gaps-view.tsx';
import { MediaView } from './media-view.tsx';
import { SkipBrowser } from './skip-browser.tsx';
import classes from './source-detail.module.css';
import type { SourceSearch } from './source-route.ts';

const route = getRouteApi('/imports/$sourceId');

/** One source in depth: what was skipped and can be read again, what seems to be missing, which media are there. */
export function SourceScreen() {
  const { t } = useTranslation('material');
  const { sourceId } = route.useParams();
  const { tab = 'skips' } = route.useSearch();
  const { set } = useFilters<SourceSearch>(route.useNavigate());
  const words = useWords();
  const sources = useCall('sources.list', {});
  const media = useCall('media.counts', { sourceId });
  const source = sources.data?.find(({ id }) => id === sourceId);
  const back = (
    <ScreenButton
      to="/imports"
      search={{ source: sourceId }}
      variant="default"
      leftSection={<IconArrowLeft size={15} />}
    >
      {t('back')}
    </ScreenButton>
  );
  if (sources.error) return <FailureView error={sources.error} onRetry={() => void sources.refetch()} />;
  if (!source) {
    return (
      <Page title={t('title')} actions={back}>
        <Loading lines={8} height={28} />
      </Page>
    );
  }
  return (
    <Page title={source.file} subtitle={words.text(source.formatTitle)} actions={back} layout="fill">
      <Tabs
        className={classes.tabs}
        value={tab}
        onChange={(value) => set({ tab: value as SourceSearch['tab'] })}
        keepMounted={false}
      >
        <Tabs.List>
          <Tabs.Tab value="skips">{t('tab.skips', { count: source.skipped })}</Tabs.Tab>
          <Tabs.Tab value="gaps">{t('tab.gaps')}</Tabs.Tab>
          <Tabs.Tab value="media">{t('tab.media', { count: media.data?.named ?? 0 })}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="skips" className={classes.panel}>
          <SkipBrowser source={source} />
        </Tabs.Panel>
        <Tabs.Panel value="gaps" className={classes.panel}>
          <GapsView source={source} />
        </Tabs.Panel>
        <Tabs.Panel value="media" className={classes.panel}>
          <MediaView source={source} />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
