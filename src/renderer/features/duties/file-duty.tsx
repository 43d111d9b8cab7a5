import { Button, Group, Stack, Switch, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Duty } from '../../../core/domain/case.ts';
import { failureOf } from '../../api/failure.ts';
import { useCommand } from '../../api/hooks.ts';
import { DayInput } from '../../components/day-input.tsx';
import { FailureView } from '../../components/failure-view.tsx';
import { useNotify } from '../../components/notify.tsx';
import { fromMinutes, toMinutes } from './minutes.ts';

/** Records that a report was filed; a receipt number that comes later is added the same way. */
export function FileDuty({ duty }: { duty: Duty }) {
  const { t } = useTranslation(['duties', 'common']);
  const notify = useNotify();
  const file = useCommand('duties.file');
  const [filedAt, setFiledAt] = useState(() => toMinutes(duty.filedAt ?? Date.now()));
  const [receipt, setReceipt] = useState(duty.receiptNumber ?? '');
  const [note, setNote] = useState('');
  const [reason, setReason] = useState('');
  const [test, setTest] = useState(false);
  const gate = file.error !== null && failureOf(file.error).code === 'reason-required';
  const at = fromMinutes(filedAt);
  const problem = at === null ? t('common:form.required') : at > Date.now() ? t('file.future') : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (at === null || problem) return;
    file.mutate(
      {
        dutyId: duty.id,
        filedAt: at,
        receiptNumber: receipt.trim() || null,
        note: note.trim(),
        ...(reason.trim() ? { incompleteReason: reason.trim() } : {}),
        ...(test ? { test } : {}),
      },
      {
        onSuccess: (saved) =>
          notify.done({
            title: t(test ? 'test.done' : saved.state === 'closed' ? 'file.closed' : 'file.done'),
          }),
      },
    );
  };
  return (
    <form onSubmit={submit} aria-label={t('file.title')}>
      <Stack gap="xs">
        <Group gap="xs" align="flex-start" grow>
          <DayInput withTime label={t('file.at')} value={filedAt} error={problem} onChange={setFiledAt} />
          <TextInput
            label={t('file.receipt')}
            placeholder={t('file.receiptHelp')}
            value={receipt}
            onChange={(event) => setReceipt(event.currentTarget.value)}
          />
        </Group>
        <Textarea
          label={t('file.note')}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        {gate || reason ? (
          <Textarea
            label={t('file.incomplete')}
            description={t('file.incompleteHelp')}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        ) : null}
        {file.error && !(gate && reason) ? <FailureView error={file.error} /> : null}
        <Group justify="space-between">
          {duty.state === 'open' ? (
            <Switch
              label={t('test.file')}
              checked={test}
              onChange={(event) => setTest(event.currentTarget.checked)}
            />
          ) : (
            <span />
          )}
          <Button type="submit" loading={file.isPending}>
            {t(duty.state === 'filed' ? 'file.update' : 'file.action')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
