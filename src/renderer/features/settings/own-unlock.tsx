import { Button, Group, Modal, PasswordInput, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../api/hooks.ts';
import { FailureView } from '../../components/failure-view.tsx';
import { NewPassphrase } from '../../components/new-passphrase.tsx';
import { useNotify } from '../../components/notify.tsx';
import { RecoveryKey } from '../../components/recovery-key.tsx';
import { Section } from './section.tsx';

/** The officer's own passphrase, and a new recovery key for the workspace. */
export function OwnUnlock() {
  const { t } = useTranslation('settings');
  const [changing, change] = useDisclosure(false);
  const [renewing, renew] = useDisclosure(false);
  return (
    <Section title={t('unlock.title')} help={t('unlock.help')}>
      <Group gap="xs">
        <Button variant="default" onClick={change.open}>
          {t('unlock.change')}
        </Button>
        <Button variant="default" onClick={renew.open}>
          {t('unlock.newKey')}
        </Button>
      </Group>
      <Modal opened={changing} onClose={change.close} title={t('unlock.change')}>
        <PassphraseForm onDone={change.close} />
      </Modal>
      <Modal opened={renewing} onClose={renew.close} title={t('unlock.newKey')} size="lg">
        <NewKey onDone={renew.close} />
      </Modal>
    </Section>
  );
}

function PassphraseForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation(['settings', 'start', 'common']);
  const notify = useNotify();
  const change = useCommand('officers.changePassphrase');
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [repeat, setRepeat] = useState('');
  const [tried, setTried] = useState(false);
  const short = next.length < 8;
  const different = next !== repeat;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!current || short || different) return;
    change.mutate(
      { current, next },
      {
        onSuccess: () => {
          notify.done({ title: t('unlock.changed') });
          onDone();
        },
      },
    );
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <PasswordInput
          data-autofocus
          label={t('unlock.current')}
          autoComplete="current-password"
          value={current}
          error={tried && !current ? t('common:form.required') : null}
          onChange={(event) => setCurrent(event.currentTarget.value)}
        />
        <NewPassphrase
          value={next}
          onChange={setNext}
          repeat={repeat}
          onRepeat={setRepeat}
          error={tried && short ? t('common:form.tooShort', { min: 8 }) : undefined}
          repeatError={tried && different ? t('start:passphrase.different') : undefined}
        />
        {change.error ? <FailureView error={change.error} /> : null}
        <Group justify="flex-end">
          <Button type="submit" loading={change.isPending}>
            {t('unlock.change')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function NewKey({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation(['settings', 'common']);
  const renew = useCommand('workspace.newRecoveryKey');
  const [passphrase, setPassphrase] = useState('');
  if (renew.data)
    return (
      <RecoveryKey
        recoveryKey={renew.data.recoveryKey}
        doneLabel={t('common:action.close')}
        onDone={onDone}
      />
    );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (passphrase) renew.mutate({ passphrase });
      }}
    >
      <Stack gap="sm">
        <PasswordInput
          data-autofocus
          label={t('unlock.current')}
          description={t('unlock.newKeyHelp')}
          autoComplete="current-password"
          value={passphrase}
          onChange={(event) => setPassphrase(event.currentTarget.value)}
        />
        {renew.error ? <FailureView error={renew.error} /> : null}
        <Group justify="flex-end">
          <Button type="submit" loading={renew.isPending} disabled={!passphrase}>
            {t('unlock.makeKey')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
