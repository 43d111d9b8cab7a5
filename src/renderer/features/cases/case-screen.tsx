import { Tabs } from '@mantine/core';
import { IconFolderOff, IconPackageExport } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { CaseDetail } from '../../../core/domain/case.ts';
import { failureOf } from '../../api/failure.ts';
import { useCall } from '../../api/hooks.ts';
import { Empty } from '../../components/empty.tsx';
import { FailureView } from '../../components/failure-view.tsx';
import { ScreenButton, ScreenLink } from '../../components/link.tsx';
import { Loading } from '../../components/loading.tsx';
import { Page } from '../../components/page.tsx';
import { CaseHeadline, CaseTitle } from './case-head.tsx';
import { CloseCase } from './close-case.tsx';
import { DecisionTab } from './decision-tab.tsx';
import { DutiesTab } from './duties-tab.tsx';
import { EvidenceTab } from './evidence-tab.tsx';
import { MeasuresTab } from './measures-tab.tsx';
import { OverviewTab } from './overview-tab.tsx';
import { CASE_TABS, type CaseTab } from './search.ts';
import { TimelineTab } from './timeline-tab.tsx';

const route = getRouteApi('/cases/$caseId');

/** One case on one page: who, what, when, under which rule, what was done, what is still owed. */
export function CaseScreen() {
  const { t } = useTranslation('cases');
  const { caseId } = route.useParams();
  const query = useCall('cases.get', { caseId });
  if (query.isPending)
    return (
      <Page title={t('one')}>
        <Loading lines={8} />
      </Page>
    );
  if (query.error)
    return (
      <Page title={t('one')}>
        {failureOf(query.error).code === 'not-found' ? (
          <Empty
            icon={IconFolderOff}
            title={t('gone.title')}
            description={t('gone.help')}
            action={<ScreenButton to="/cases">{t('title')}</ScreenButton>}
          />
        ) : (
          <FailureView error={query.error} onRetry={() => void query.refetch()} />
        )}
      </Page>
    );
  // The key makes forms and dialogs forget what was typed for another case.
  return <CasePage key={caseId} detail={query.data} />;
}

function CasePage({ detail }: { detail: CaseDetail }) {
  const { t } = useTranslation('cases');
  const { tab = 'overview' } = route.useSearch();
  const navigate = route.useNavigate();
  const counts: Partial<Record<CaseTab, number>> = {
    evidence: detail.exhibits.length,
    decision: detail.decisions.length,
    duties: detail.duties.length,
    timeline: detail.timeline.length,
  };
  return (
    <Page
      title={<CaseTitle detail={detail} />}
      subtitle={<ScreenLink to="/cases">{t('back')}</ScreenLink>}
      actions={
        <>
          <ScreenButton
            to="/cases/$caseId/pack"
            params={{ caseId: detail.summary.id }}
            variant="default"
            leftSection={<IconPackageExport size={14} />}
            disabled={detail.exhibits.length === 0}
          >
            {t('export.action')}
          </ScreenButton>
          <CloseCase detail={detail} />
        </>
      }
    >
      <CaseHeadline detail={detail} />
      <Tabs
        value={tab}
        keepMounted={false}
        onChange={(value) =>
          void navigate({
            search: { tab: value === 'overview' ? undefined : (value as CaseTab) },
            replace: true,
          })
        }
      >
        <Tabs.List mb="md">
          {CASE_TABS.map((value) => (
            <Tabs.Tab key={value} value={value}>
              {t(`tab.${value}`)}
              {counts[value] ? ` (${counts[value]})` : ''}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="overview">
          <OverviewTab detail={detail} />
        </Tabs.Panel>
        <Tabs.Panel value="evidence">
          <EvidenceTab detail={detail} />
        </Tabs.Panel>
        <Tabs.Panel value="decision">
          <DecisionTab detail={detail} />
        </Tabs.Panel>
        <Tabs.Panel value="measures">
          <MeasuresTab detail={detail} />
        </Tabs.Panel>
        <Tabs.Panel value="duties">
          <DutiesTab detail={detail} />
        </Tabs.Panel>
        <Tabs.Panel value="timeline">
          <TimelineTab detail={detail} />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
