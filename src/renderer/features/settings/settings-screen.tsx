import { Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../api/hooks.ts';
import { Page } from '../../components/page.tsx';
import { About } from './about.tsx';
import { Appearance } from './appearance.tsx';
import { Officers } from './officers.tsx';
import { OrganisationProfile } from './organisation-profile.tsx';
import { OwnUnlock } from './own-unlock.tsx';
import { Safety } from './safety.tsx';

export function SettingsScreen() {
  const { t } = useTranslation('settings');
  const status = useCall('workspace.status', {}).data;
  return (
    <Page title={t('title')}>
      <Stack gap="md" maw={860}>
        <Appearance />
        {status?.profile ? <OrganisationProfile profile={status.profile} /> : null}
        <Officers self={status?.officer ?? null} />
        <OwnUnlock />
        <Safety />
        {status ? <About status={status} /> : null}
      </Stack>
    </Page>
  );
}
