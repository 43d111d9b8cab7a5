import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall, useCommand } from '../../api/hooks.ts';
import { Dialog } from '../../components/dialog.tsx';
import { FailureView } from '../../components/failure-view.tsx';
import { ScreenLink } from '../../components/link.tsx';
import { AccountPicker } from '../../components/pickers.tsx';

/** Opens a case about a person; the way through confirmed hits is the review's. */
export function NewCase({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['cases', 'common']);
  const navigate = useNavigate();
  const open = useCommand('cases.open');
  const [accountId, setAccount] = useState<string | undefined>();
  const [title, setTitle] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!accountId) return;
    open.mutate(
      { accountId, title: title.trim() || null },
      {
        onSuccess: ({ summary }) => void navigate({ to: '/cases/$caseId', params: { caseId: summary.id } }),
      },
    );
  };
  return (
    <Dialog onClose={onClose} title={t('new.title')} size="md">
      <form onSubmit={submit}>
        <Stack gap="sm">
          <AccountPicker label={t('new.person')} width="100%" value={accountId} onChange={setAccount} />
          {accountId ? <ComesAlong accountId={accountId} /> : null}
          <TextInput
            label={t('new.name')}
            description={t('new.nameHelp')}
            value={title}
            onChange={(event) => setTitle(event.currentTarget.value)}
          />
          <Text size="xs" c="dimmed">
            {t('new.fromHits')}{' '}
            <ScreenLink to="/review" search={{ disposition: 'confirmed' }}>
              {t('new.toHits')}
            </ScreenLink>
          </Text>
          {open.error ? <FailureView error={open.error} /> : null}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('common:action.cancel')}
            </Button>
            <Button type="submit" disabled={!accountId} loading={open.isPending}>
              {t('new.open')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

/** How many confirmed hits of the person no case has yet; they come into this one. */
function ComesAlong({ accountId }: { accountId: string }) {
  const { t } = useTranslation('cases');
  const { data } = useCall('hits.list', {
    filter: { senderId: accountId, disposition: 'confirmed' },
    limit: 500,
  });
  if (!data) return null;
  return <Text>{t('new.along', { count: data.rows.filter((hit) => hit.caseId === null).length })}</Text>;
}
