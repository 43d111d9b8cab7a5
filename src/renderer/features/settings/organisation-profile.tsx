import { Button, Group, Stack } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Profile } from '../../../core/domain/workspace.ts';
import { useCommand } from '../../api/hooks.ts';
import { applyStatus } from '../../api/query-client.ts';
import { useNotify } from '../../components/notify.tsx';
import { ProfileCards } from '../../components/profile-cards.tsx';
import { Section } from './section.tsx';

/** What kind of organisation works here. A change counts for what comes; decisions made stay as they are. */
export function OrganisationProfile({ profile }: { profile: Profile }) {
  const { t } = useTranslation('settings');
  const client = useQueryClient();
  const notify = useNotify();
  const [chosen, setChosen] = useState(profile);
  const change = useCommand('workspace.setProfile');
  const save = () =>
    change.mutate(
      { profile: chosen },
      {
        onSuccess: (status) => {
          applyStatus(client, status);
          notify.done({ title: t('profile.done') });
        },
        onError: notify.failed,
      },
    );
  return (
    <Section title={t('profile.title')} help={t('profile.help')}>
      <Stack gap="sm">
        <ProfileCards value={chosen} onChange={setChosen} />
        <Group>
          <Button disabled={chosen === profile} loading={change.isPending} onClick={save}>
            {t('profile.save')}
          </Button>
        </Group>
      </Stack>
    </Section>
  );
}
