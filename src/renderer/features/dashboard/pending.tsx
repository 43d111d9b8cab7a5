import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconFileAlert, IconRadar2, IconUserQuestion } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Dashboard } from '../../../core/domain/statistics.ts';
import { useIsRunning } from '../../api/use-job.ts';
import { ScreenButton } from '../../components/link.tsx';
import { useDetection } from '../../components/use-detection.ts';

/** What keeps the numbers below from being the whole truth, each with the button that mends it. */
export function Pending({ totals }: { totals: Dashboard['totals'] }) {
  const { t } = useTranslation('dashboard');
  const detect = useDetection();
  const running = useIsRunning('detection');
  const importing = useIsRunning('import');
  const cutOff = importing ? 0 : totals.partialSources;
  if (totals.undetected === 0 && totals.unnamedAccounts === 0 && cutOff === 0) return null;
  return (
    <Stack gap="xs" mb="md">
      {cutOff > 0 ? (
        <Alert color="yellow" variant="light" icon={<IconFileAlert />}>
          <Group justify="space-between" gap="sm">
            <Text>{t('pending.cutOff', { count: cutOff })}</Text>
            <ScreenButton to="/imports" search={{ state: 'partial' }}>
              {t('pending.showCutOff')}
            </ScreenButton>
          </Group>
        </Alert>
      ) : null}
      {totals.undetected > 0 ? (
        <Alert color="ink" variant="light" icon={<IconRadar2 />}>
          <Group justify="space-between" gap="sm">
            <Text>{t('pending.undetected', { count: totals.undetected })}</Text>
            <Button onClick={detect} loading={running}>
              {t('pending.detect')}
            </Button>
          </Group>
        </Alert>
      ) : null}
      {totals.unnamedAccounts > 0 ? (
        <Alert color="yellow" variant="light" icon={<IconUserQuestion />}>
          <Group justify="space-between" gap="sm">
            <Text>{t('pending.unnamed', { count: totals.unnamedAccounts })}</Text>
            <Group gap="xs">
              <ScreenButton to="/accounts" search={{ unnamed: true }} variant="default">
                {t('pending.showUnnamed')}
              </ScreenButton>
              <ScreenButton to="/imports">{t('pending.directory')}</ScreenButton>
            </Group>
          </Group>
        </Alert>
      ) : null}
    </Stack>
  );
}
