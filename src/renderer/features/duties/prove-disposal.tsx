import { Button, Group, Stack, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Duty } from '../../../core/domain/case.ts';
import { useCommand } from '../../api/hooks.ts';
import { DayInput } from '../../components/day-input.tsx';
import { FailureView } from '../../components/failure-view.tsx';
import { useNotify } from '../../components/notify.tsx';
import { fromMinutes, toMinutes } from './minutes.ts';
import { PickedFile } from './picked-file.tsx';

/** Says when and how the content was disposed of; with a file its digest is kept. */
export function ProveDisposal({ duty }: { duty: Duty }) {
  const { t } = useTranslation(['duties', 'common']);
  const notify = useNotify();
  const add = useCommand('duties.addStep');
  const [at, setAt] = useState(() => toMinutes(Date.now()));
  const [note, setNote] = useState('');
  const [file, setFile] = useState<string | null>(null);
  const [tried, setTried] = useState(false);
  const when = fromMinutes(at);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (when === null || note.trim() === '') return;
    add.mutate(
      { dutyId: duty.id, kind: 'proof', at: when, note: note.trim(), file },
      {
        onSuccess: ({ duty: saved }) =>
          notify.done({ title: t(saved.state === 'closed' ? 'prove.closed' : 'prove.done') }),
      },
    );
  };
  return (
    <form onSubmit={submit} aria-label={t('prove.title')}>
      <Stack gap="xs">
        <DayInput
          withTime
          label={t('prove.at')}
          value={at}
          error={tried && when === null ? t('common:form.required') : null}
          onChange={setAt}
        />
        <Textarea
          label={t('prove.note')}
          description={t('prove.noteHelp')}
          value={note}
          error={tried && note.trim() === '' ? t('common:form.required') : null}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <PickedFile file={file} onFile={setFile} />
        {add.error ? <FailureView error={add.error} /> : null}
        <Group justify="flex-end">
          <Button type="submit" loading={add.isPending}>
            {t('prove.action')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
