import { Stack } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../api/hooks.ts';
import { Empty } from '../../components/empty.tsx';
import { FailureView } from '../../components/failure-view.tsx';
import { ScreenButton } from '../../components/link.tsx';
import { Loading } from '../../components/loading.tsx';
import { BacktestView } from './backtest-view.tsx';

/** Backtests and shadow runs, newest first. */
export function BacktestsTab() {
  const { t } = useTranslation('rules');
  const backtests = useCall('rules.backtests', {});
  if (backtests.error)
    return <FailureView error={backtests.error} onRetry={() => void backtests.refetch()} />;
  if (!backtests.data) return <Loading lines={4} height={80} />;
  if (backtests.data.length === 0) {
    return (
      <Empty
        icon={IconHistory}
        title={t('backtest.empty')}
        description={t('backtest.emptyHelp')}
        action={
          <ScreenButton to="/rules" search={{ tab: 'drafts' }}>
            {t('backtest.toDrafts')}
          </ScreenButton>
        }
      />
    );
  }
  return (
    <Stack gap="md" maw={1100}>
      {backtests.data.slice(0, 20).map((backtest) => (
        <BacktestView key={backtest.id} backtest={backtest} />
      ))}
    </Stack>
  );
}
