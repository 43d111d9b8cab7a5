import { Tabs } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Page } from '../../components/page.tsx';
import classes from '../../components/screen-tabs.module.css';
import { useFilters } from '../../components/use-filters.ts';
import { BacktestsTab } from './backtests-tab.tsx';
import { DraftsTab } from './drafts-tab.tsx';
import { InstallPack } from './install-pack.tsx';
import { PackList } from './pack-list.tsx';
import { PackVersions } from './pack-versions.tsx';
import { RuleTable } from './rule-table.tsx';
import { RuleTest } from './rule-test.tsx';
import type { RulesSearch } from './search.ts';

const route = getRouteApi('/rules');

/** What is looked for: packs and their rules, and a place to try a text. */
export function RulesScreen() {
  const { t } = useTranslation('rules');
  const search = route.useSearch();
  const { set } = useFilters<RulesSearch>(route.useNavigate());
  const tab = search.tab ?? 'rules';
  return (
    <Page title={t('title')} subtitle={t('subtitle')} layout="fill" actions={<InstallPack />}>
      <Tabs
        className={classes.tabs}
        value={tab}
        keepMounted={false}
        onChange={(next) => set({ tab: next === 'rules' ? undefined : (next as RulesSearch['tab']) })}
      >
        <Tabs.List>
          <Tabs.Tab value="rules">{t('tab.rules')}</Tabs.Tab>
          <Tabs.Tab value="packs">{t('tab.packs')}</Tabs.Tab>
          <Tabs.Tab value="drafts">{t('tab.drafts')}</Tabs.Tab>
          <Tabs.Tab value="backtests">{t('tab.backtests')}</Tabs.Tab>
          <Tabs.Tab value="test">{t('tab.test')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="rules" className={classes.fill}>
          <RuleTable search={search} onChange={set} />
        </Tabs.Panel>
        <Tabs.Panel value="packs" className={classes.flow}>
          <PackList />
          <PackVersions />
        </Tabs.Panel>
        <Tabs.Panel value="drafts" className={classes.flow}>
          <DraftsTab pack={search.pack} />
        </Tabs.Panel>
        <Tabs.Panel value="backtests" className={classes.flow}>
          <BacktestsTab />
        </Tabs.Panel>
        <Tabs.Panel value="test" className={classes.flow}>
          <RuleTest />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
