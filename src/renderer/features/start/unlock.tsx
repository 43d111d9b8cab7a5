import { Anchor, Button, Group, PasswordInput, Select, Stack, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WorkspaceStatus } from '../../../core/domain/workspace.ts';
import { useCommand } from '../../api/hooks.ts';
import { applyStatus } from '../../api/query-client.ts';
import { FailureView } from '../../components/failure-view.tsx';
import { NewPassphrase } from '../../components/new-passphrase.tsx';
import { StartFrame } from './start-frame.tsx';

const LAST_OFFICER = 'docket.officer';

/** Who was here last on this workstation, if they can still unlock. */
function lastOfficer(status: WorkspaceStatus): string | null {
  const stored = localStorage.getItem(LAST_OFFICER);
  const known = status.officers.find((officer) => officer.id === stored) ?? status.officers[0];
  return known?.id ?? null;
}

/** A locked workspace: who, and the passphrase; or the recovery key. */
export function Unlock({ status }: { status: WorkspaceStatus }) {
  const { t } = useTranslation('start');
  const client = useQueryClient();
  const [officerId, setOfficerId] = useState(() => lastOfficer(status));
  const [recovering, setRecovering] = useState(false);
  const enter = (next: WorkspaceStatus) => {
    if (officerId) localStorage.setItem(LAST_OFFICER, officerId);
    applyStatus(client, next);
  };
  const who = (
    <Select
      label={t('officer.label')}
      data={status.officers.map((officer) => ({ value: officer.id, label: officer.name }))}
      value={officerId}
      onChange={setOfficerId}
      allowDeselect={false}
    />
  );
  const form = { officerId, who, onOpen: enter };
  return (
    <StartFrame
      title={t(recovering ? 'recover.title' : 'unlock.title')}
      lead={t(recovering ? 'recover.lead' : 'unlock.lead')}
    >
      {recovering ? <RecoverForm {...form} /> : <UnlockForm {...form} />}
      <Anchor component="button" type="button" size="sm" onClick={() => setRecovering(!recovering)}>
        {t(recovering ? 'recover.back' : 'unlock.recover')}
      </Anchor>
    </StartFrame>
  );
}

interface UnlockFormProps {
  officerId: string | null;
  who: React.ReactNode;
  onOpen: (status: WorkspaceStatus) => void;
}

function UnlockForm({ officerId, who, onOpen }: UnlockFormProps) {
  const { t } = useTranslation('start');
  const [passphrase, setPassphrase] = useState('');
  const unlock = useCommand('workspace.unlock');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!officerId || !passphrase) return;
    unlock.mutate({ officerId, passphrase }, { onSuccess: onOpen, onError: () => setPassphrase('') });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        {who}
        <PasswordInput
          label={t('passphrase.label')}
          autoComplete="current-password"
          autoFocus
          value={passphrase}
          onChange={(event) => setPassphrase(event.currentTarget.value)}
        />
        {unlock.error ? <FailureView error={unlock.error} /> : null}
        <Group justify="flex-end">
          <Button type="submit" size="sm" loading={unlock.isPending} disabled={!officerId || !passphrase}>
            {t('unlock.submit')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function RecoverForm({ officerId, who, onOpen }: UnlockFormProps) {
  const { t } = useTranslation(['start', 'common']);
  const [recoveryKey, setKey] = useState('');
  const [passphrase, setPassphrase] = useState('');
  const [repeat, setRepeat] = useState('');
  const [tried, setTried] = useState(false);
  const recover = useCommand('workspace.recover');
  const short = passphrase.length < 8;
  const different = passphrase !== repeat;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!officerId || !recoveryKey.trim() || short || different) return;
    recover.mutate(
      { recoveryKey: recoveryKey.trim(), officerId, newPassphrase: passphrase },
      { onSuccess: onOpen },
    );
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        {who}
        <TextInput
          label={t('recovery.title')}
          autoFocus
          value={recoveryKey}
          error={tried && !recoveryKey.trim() ? t('common:form.required') : null}
          onChange={(event) => setKey(event.currentTarget.value)}
        />
        <NewPassphrase
          value={passphrase}
          onChange={setPassphrase}
          repeat={repeat}
          onRepeat={setRepeat}
          error={tried && short ? t('common:form.tooShort', { min: 8 }) : undefined}
          repeatError={tried && different ? t('passphrase.different') : undefined}
        />
        {recover.error ? <FailureView error={recover.error} /> : null}
        <Group justify="flex-end">
          <Button type="submit" size="sm" loading={recover.isPending}>
            {t('recover.submit')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
