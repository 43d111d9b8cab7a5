import { Button, Group, PasswordInput, Select, Stack, Text, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Training } from '../../../core/domain/training.ts';
import { useCall, useCommand } from '../../api/hooks.ts';
import { useNotify } from '../../components/notify.tsx';
import { useWords } from '../../components/words.ts';

/** Another officer approves or refuses a training, with their own passphrase; it is forgotten after every attempt. */
export function TrainingApproval({ training }: { training: Training }) {
  const { t } = useTranslation('classifier');
  const words = useWords();
  const notify = useNotify();
  const officers = useCall('officers.list', {});
  const approve = useCommand('classifier.approve');
  const [officerId, setOfficer] = useState<string | null>(null);
  const [passphrase, setPassphrase] = useState('');
  const [note, setNote] = useState('');
  const others = (officers.data ?? []).filter(({ active, id }) => active && id !== training.officerId);
  if (officers.data && others.length === 0) return <Text>{t('nobody')}</Text>;
  const isReady = officerId !== null && passphrase !== '';
  const answer = (approved: boolean) => {
    if (officerId === null || passphrase === '') return;
    approve.mutate(
      { trainingId: training.id, officerId, passphrase, approved, note: note.trim() },
      {
        onSuccess: () => notify.done({ title: t(approved ? 'approved' : 'refused') }),
        onError: notify.failed,
        onSettled: () => setPassphrase(''),
      },
    );
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    answer(true);
  };
  return (
    <form onSubmit={submit} aria-label={t('approval')} autoComplete="off">
      <Stack gap="xs" maw={560}>
        <Text fw={600}>{t('approval')}</Text>
        <Select
          label={t('officer')}
          value={officerId}
          data={others.map(({ id, name, role }) => ({
            value: id,
            label: `${name} · ${words.of('role', role)}`,
          }))}
          onChange={setOfficer}
        />
        <PasswordInput
          label={t('passphrase')}
          autoComplete="off"
          value={passphrase}
          onChange={(event) => setPassphrase(event.currentTarget.value)}
        />
        <Textarea label={t('note')} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
        <Group gap="xs">
          <Button type="submit" loading={approve.isPending} disabled={!isReady}>
            {t('approve')}
          </Button>
          <Button
            variant="default"
            disabled={!isReady || note.trim() === '' || approve.isPending}
            onClick={() => answer(false)}
          >
            {t('refuse')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
