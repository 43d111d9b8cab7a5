import { Button } from '@mantine/core';
import { IconCircleCheck, IconFilterOff, IconRadar2 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../api/hooks.ts';
import { useIsRunning } from '../../api/use-job.ts';
import { Empty } from '../../components/empty.tsx';
import { localZone } from '../../components/format.ts';
import { ScreenButton } from '../../components/link.tsx';
import { NothingImported } from '../../components/nothing-imported.tsx';
import { useDetection } from '../../components/use-detection.ts';
import { QUEUE, type ReviewFilter } from './search.ts';

/** No rows: nothing was ever imported, nothing was ever judged, everything is judged, or the filter leaves nothing over. */
export function ReviewEmpty({ filter }: { filter: ReviewFilter }) {
  const { t } = useTranslation(['review', 'common']);
  const runs = useCall('detection.runs', {});
  const dashboard = useCall('statistics.dashboard', { zone: localZone() });
  const detect = useDetection();
  const running = useIsRunning('detection');
  const { status, disposition, ...narrowing } = filter;
  const narrowed = Object.values(narrowing).some((value) => value !== undefined);
  if (dashboard.data?.totals.sources === 0) return <NothingImported />;
  if (runs.data?.length === 0) {
    return (
      <Empty
        icon={IconRadar2}
        title={t('empty.notRun.title')}
        description={t('empty.notRun.help')}
        action={
          <Button onClick={detect} loading={running}>
            {t('empty.notRun.action')}
          </Button>
        }
      />
    );
  }
  if (narrowed || disposition !== 'open') {
    return (
      <Empty
        icon={IconFilterOff}
        title={t('empty.filtered.title')}
        description={t('empty.filtered.help')}
        action={
          <ScreenButton to="/review" search={QUEUE}>
            {t('empty.filtered.action')}
          </ScreenButton>
        }
      />
    );
  }
  return (
    <Empty
      icon={IconCircleCheck}
      title={t(status === 'proposal' ? 'empty.done.proposals' : 'empty.done.hits')}
      description={t('empty.done.help')}
      action={
        <>
          <ScreenButton to="/review" search={{ status: 'hit', disposition: 'confirmed' }}>
            {t('empty.done.confirmed')}
          </ScreenButton>
          {status === 'proposal' ? null : (
            <ScreenButton variant="default" to="/review" search={{ status: 'proposal', disposition: 'open' }}>
              {t('empty.done.toProposals')}
            </ScreenButton>
          )}
        </>
      }
    />
  );
}
