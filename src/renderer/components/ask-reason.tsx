import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { modals } from '@mantine/modals';
import { type FormEvent, useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { focusWrong } from './focus-wrong.ts';

interface Question {
  title?: string;
  /** What will happen, and that the reason is kept. */
  explain?: string;
  /** Label of the button that does it. */
  confirm?: string;
  danger?: boolean;
}

/** Asks for a reason in a dialog; null where the officer cancels. */
export function useAskReason(): (question?: Question) => Promise<string | null> {
  const { t } = useTranslation();
  return useCallback(
    (question = {}) =>
      new Promise((resolve) => {
        let answer: string | null = null;
        const id = modals.open({
          title: question.title ?? t('reason.title'),
          onClose: () => resolve(answer),
          children: (
            <ReasonForm
              {...question}
              onCancel={() => modals.close(id)}
              onReason={(reason) => {
                answer = reason;
                modals.close(id);
              }}
            />
          ),
        });
      }),
    [t],
  );
}

interface ReasonFormProps extends Question {
  onReason: (reason: string) => void;
  onCancel: () => void;
}

function ReasonForm({ explain, confirm, danger, onReason, onCancel }: ReasonFormProps) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (reason.trim()) return onReason(reason.trim());
    setTried(true);
    focusWrong(event.currentTarget);
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        {explain ? <Text>{explain}</Text> : null}
        <Textarea
          data-autofocus
          label={t('reason.label')}
          placeholder={t('reason.placeholder')}
          value={reason}
          error={tried && !reason.trim() ? t('reason.required') : null}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel}>
            {t('action.cancel')}
          </Button>
          <Button type="submit" {...(danger ? { color: 'red' } : {})}>
            {confirm ?? t('action.confirm')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
