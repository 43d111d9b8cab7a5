import { Alert, Button, Checkbox, Code, Group, Stack, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TransferLook } from '../../../core/domain/transfer.ts';
import { useInvoke } from '../../api/hooks.ts';
import { useNative } from '../../api/native.ts';
import { useRunJob } from '../../api/use-job.ts';
import { useAskFields } from '../../components/ask-fields.tsx';
import { Fact } from '../../components/badges.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { FailureView } from '../../components/failure-view.tsx';
import { useNotify } from '../../components/notify.tsx';

interface Opened {
  file: string;
  passphrase: string;
  look: TransferLook;
}

/** Choosing a file, its passphrase, a look at what it holds, and taking it in. */
export function useReceive(): { choose: () => Promise<void>; dialog: ReactNode } {
  const { t } = useTranslation('custody');
  const native = useNative();
  const invoke = useInvoke();
  const notify = useNotify();
  const ask = useAskFields();
  const [opened, setOpened] = useState<Opened | null>(null);
  const choose = async () => {
    const files = await native
      .openFiles({ filters: [{ name: t('transfers.fileType'), extensions: ['docket'] }] })
      .catch(notify.failed);
    const file = files?.[0];
    if (!file) return;
    ask({
      title: t('transfers.look.passphraseTitle'),
      confirm: t('transfers.look.open'),
      fields: [
        {
          name: 'passphrase',
          kind: 'passphrase',
          label: t('transfers.look.passphrase'),
          required: true,
        },
      ],
      submit: async ({ passphrase = '' }) =>
        setOpened({ file, passphrase, look: await invoke('transfers.look', { file, passphrase }) }),
    });
  };
  return { choose, dialog: opened ? <Look {...opened} onClose={() => setOpened(null)} /> : null };
}

function Look({ file, passphrase, look, onClose }: Opened & { onClose: () => void }) {
  const { t } = useTranslation(['custody', 'common']);
  const run = useRunJob();
  const notify = useNotify();
  const [compared, setCompared] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const { peer } = look;
  const what = look.case ? look.case.number : t('transfers.hits');
  const take = async () => {
    setBusy(true);
    try {
      const { counts } = await run(
        'transfers.receive',
        { file, passphrase, trust: peer.fingerprint },
        { kind: 'transfer', subject: what },
      );
      onClose();
      notify.done({
        title: t('transfers.look.done', { what }),
        message: t('transfers.outcome', {
          added: counts.added,
          changed: counts.changed,
          conflicts: counts.conflicts,
        }),
      });
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };
  return (
    <Dialog onClose={onClose} size="lg" title={t('transfers.look.title')}>
      <Stack gap="sm">
        {look.case ? (
          <Fact label={t('transfers.look.case')}>
            {look.case.number} {look.case.title} (
            {t(look.case.known ? 'transfers.look.known' : 'transfers.look.new')})
          </Fact>
        ) : null}
        <Fact label={t('transfers.look.from')}>{peer.officer}</Fact>
        <Fact label={t('transfers.look.workstation')}>{peer.prefix}</Fact>
        <Fact label={t('transfers.look.purpose')}>{peer.purpose}</Fact>
        <Fact label={t('transfers.look.holds')}>
          {t('transfers.counts', {
            messages: look.messages,
            hits: look.hits,
            rows: look.rows,
            events: look.events,
          })}
        </Fact>
        <Fact label={t('transfers.look.key')}>
          <Code style={{ overflowWrap: 'anywhere' }}>{peer.fingerprint}</Code>
        </Fact>
        {look.again ? <Alert variant="light">{t('transfers.look.again')}</Alert> : null}
        {look.trustedAs !== null ? (
          <Text c="dimmed">{t('transfers.look.trusted', { name: look.trustedAs })}</Text>
        ) : (
          <Alert color="orange" variant="light">
            <Text mb="xs">{t('transfers.look.untrusted')}</Text>
            <Checkbox
              checked={compared}
              label={t('transfers.look.compared')}
              onChange={(event) => setCompared(event.currentTarget.checked)}
            />
          </Alert>
        )}
        {error ? <FailureView error={error} /> : null}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('common:action.cancel')}
          </Button>
          <Button loading={busy} disabled={look.trustedAs === null && !compared} onClick={() => void take()}>
            {t('transfers.look.confirm')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
