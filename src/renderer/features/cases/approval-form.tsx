import { Button, Group, PasswordInput, Select, Stack, Text, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Decision } from '../../../core/domain/case.ts';
import { failureOf } from '../../api/failure.ts';
import { useCall, useCommand } from '../../api/hooks.ts';
import { FailureView } from '../../components/failure-view.tsx';
import { ScreenButton } from '../../components/link.tsx';
import { useNotify } from '../../components/notify.tsx';
import { useWords } from '../../components/words.ts';

/**
 * The second officer, at this desk, with their own passphrase: theirs are the event and the signature.
 * The passphrase is forgotten after every attempt.
 */
export function ApprovalForm({ decision }: { decision: Decision }) {
  const { t } = useTranslation(['cases', 'common']);
  const words = useWords();
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
  const wrongKey = approve.error !== null && failureOf(approve.error).code === 'wrong-key';
  return (
    <form onSubmit={submit} aria-label={t('approval.title')} autoComplete="off">
      <Stack gap="xs" maw={560}>
        <Text fw={600}>{t('approval.title')}</Text>
        <Text c="dimmed">{t('approval.explain', { officer: decision.officer })}</Text>
        <Select
          label={t('approval.officer')}
          value={officerId}
          data={others.map((officer) => ({
            value: officer.id,
            label: `${officer.name} · ${words.of('role', officer.role)}`,
          }))}
          error={tried && !officerId ? t('common:form.required') : null}
          onChange={setOfficer}
        />
        <PasswordInput
          label={t('approval.passphrase')}
          autoComplete="off"
          value={passphrase}
          error={
            wrongKey && passphrase === ''
              ? t('approval.wrong')
              : tried && passphrase === '' && !approve.isPending && !approve.isSuccess
                ? t('common:form.required')
                : null
          }
          onChange={(event) => setPassphrase(event.currentTarget.value)}
        />
        <Textarea
          label={t('approval.note')}
          value={note}
          error={tried === 'refuse' && note.trim() === '' ? t('approval.noteRequired') : null}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        {approve.error && !wrongKey ? <FailureView error={approve.error} /> : null}
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
