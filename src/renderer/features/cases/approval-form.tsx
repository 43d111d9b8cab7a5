import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Decision } from '../../../core/domain/case.ts';
import { useCall, useCommand } from '../../api/hooks.ts';
import { FailureView } from '../../components/failure-view.tsx';
import { ScreenButton } from '../../components/link.tsx';
import { useNotify } from '../../components/notify.tsx';
import { isWrongKey, SecondOfficer } from './second-officer.tsx';

/**
 * The second officer, at this desk, with their own passphrase: theirs are the event and the signature.
 * The passphrase is forgotten after every attempt.
 */
export function ApprovalForm({ decision }: { decision: Decision }) {
  const { t } = useTranslation('cases');
  const notify = useNotify();
  const officers = useCall('officers.list', {});
  const approve = useCommand('decisions.approve');
  const [officerId, setOfficer] = useState<string | null>(null);
  const [passphrase, setPassphrase] = useState('');
  const [note, setNote] = useState('');
  const [tried, setTried] = useState<'approve' | 'refuse' | null>(null);
  const others = (officers.data ?? []).filter(
    (officer) => officer.active && officer.id !== decision.officerId,
  );
  if (officers.data && others.length === 0)
    return (
      <Stack gap="xs" align="flex-start">
        <Text>{t('approval.nobody')}</Text>
        <ScreenButton to="/settings">{t('approval.addOfficer')}</ScreenButton>
      </Stack>
    );
  const answer = (approved: boolean) => {
    setTried(approved ? 'approve' : 'refuse');
    if (!officerId || passphrase === '' || (!approved && note.trim() === '')) return;
    approve.mutate(
      { decisionId: decision.id, officerId, passphrase, approved, note: note.trim() },
      {
        onSuccess: () => notify.done({ title: t(approved ? 'approval.done' : 'approval.refused') }),
        onSettled: () => setPassphrase(''),
      },
    );
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    answer(true);
  };
  return (
    <form onSubmit={submit} aria-label={t('approval.title')} autoComplete="off">
      <Stack gap="xs" maw={560}>
        <Text fw={600}>{t('approval.title')}</Text>
        <Text c="dimmed">{t('approval.explain', { officer: decision.officer })}</Text>
        <SecondOfficer
          label={t('approval.officer')}
          officers={others}
          officerId={officerId}
          onOfficer={setOfficer}
          passphrase={passphrase}
          onPassphrase={setPassphrase}
          tried={tried !== null && !approve.isPending}
          error={approve.error}
        />
        <Textarea
          label={t('approval.note')}
          value={note}
          error={tried === 'refuse' && note.trim() === '' ? t('approval.noteRequired') : null}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        {approve.error && !isWrongKey(approve.error) ? <FailureView error={approve.error} /> : null}
        <Group gap="xs">
          <Button type="submit" loading={approve.isPending}>
            {t('approval.approve')}
          </Button>
          <Button variant="default" color="red" disabled={approve.isPending} onClick={() => answer(false)}>
            {t('approval.refuse')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
