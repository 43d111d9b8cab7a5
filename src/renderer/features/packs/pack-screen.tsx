import { IconFolderOff } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { CaseDetail } from '../../../core/domain/case.ts';
import { useCall } from '../../api/hooks.ts';
import { Empty } from '../../components/empty.tsx';
import { FailureView } from '../../components/failure-view.tsx';
import { ScreenButton, ScreenLink } from '../../components/link.tsx';
import { Loading } from '../../components/loading.tsx';
import { Page } from '../../components/page.tsx';
import { PackBuild } from './pack-build.tsx';
import { PackExhibits } from './pack-exhibits.tsx';
import { PackFor } from './pack-for.tsx';
import { PackForms } from './pack-forms.tsx';
import { PackOriginalsChoice } from './pack-originals.tsx';
import { PackPeople } from './pack-people.tsx';
import { PackPreview } from './pack-preview.tsx';
import classes from './packs.module.css';
import { usePack } from './use-pack.ts';

const route = getRouteApi('/cases/$caseId/pack');

/** Puts a pack together beside what it would show. */
export function PackScreen() {
  const { t } = useTranslation('packs');
  const { caseId } = route.useParams();
  const query = useCall('cases.get', { caseId });
  const back = (
    <ScreenLink to="/cases/$caseId" params={{ caseId }} search={{ tab: 'evidence' }}>
      {t('back')}
    </ScreenLink>
  );
  if (query.isPending || query.error) {
    return (
      <Page title={t('title')} subtitle={back}>
        {query.error ? <FailureView error={query.error} /> : <Loading lines={8} />}
      </Page>
    );
  }
  return (
    <Page title={t('of', { number: query.data.summary.number })} subtitle={back}>
      {query.data.exhibits.length === 0 ? (
        <Empty
          icon={IconFolderOff}
          title={t('none.title')}
          description={t('none.help')}
          action={
            <ScreenButton to="/cases/$caseId" params={{ caseId }} search={{ tab: 'evidence' }}>
              {t('none.action')}
            </ScreenButton>
          }
        />
      ) : (
        <Builder key={caseId} detail={query.data} />
      )}
    </Page>
  );
}

function Builder({ detail }: { detail: CaseDetail }) {
  const pack = usePack(detail);
  const { exhibitIds, choice } = pack;
  const asked = useCall('evidence.plan', choice, { enabled: exhibitIds.length > 0, keep: true });
  const plan = exhibitIds.length > 0 ? asked.data : undefined;
  return (
    <div className={classes.builder}>
      <div className={classes.choices}>
        <PackFor pack={pack} />
        <PackExhibits detail={detail} pack={pack} plan={plan} />
        <PackPeople pack={pack} plan={plan} />
        <PackForms pack={pack} plan={plan} />
        <PackOriginalsChoice pack={pack} plan={plan} />
        <PackBuild detail={detail} pack={pack} plan={plan} error={asked.error} />
      </div>
      <PackPreview detail={detail} pack={pack} />
    </div>
  );
}
