import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PackDraft } from '../../../core/domain/backtest.ts';
import { useCall, useCommand } from '../../api/hooks.ts';
import { FailureView } from '../../components/failure-view.tsx';
import { useNotify } from '../../components/notify.tsx';
import { isWrongKey, SecondOfficer } from '../cases/second-officer.tsx';

interface PublishDraftProps {
  draft: PackDraft;
  /** The text on screen is not the one that was kept. */
  unsaved: boolean;
  onPublished: () => void;
}

/** Makes a backtested draft the version in force; with a second officer where the pack asks for one. */
export function PublishDraft({ draft, unsaved, onPublished }: PublishDraftProps) {
  const { t } = useTranslation(['rules', 'common']);
  const notify = useNotify();
  const publish = useCommand('rules.publish');
  const status = useCall('workspace.status', {});
  const officers = useCall('officers.list', {});
  const [asking, setAsking] = useState(false);
  const [approverId, setApprover] = useState<string | null>(null);
  const [passphrase, setPassphrase] = useState('');
  const [tried, setTried] = useState(false);
  const others = (officers.data ?? []).filter(
    (officer) => officer.active && officer.id !== status.data?.officer?.id,
  );
  const send = (approval: { approverId?: string; approverPassphrase?: string }) =>
    publish.mutate(
      { pack: draft.pack, ...approval },
      {
        onSettled: () => setPassphrase(''),
        onSuccess: (done) => {
          notify.done({ title: t('draft.published'), message: `${done.id} ${done.version}` });
          onPublished();
        },
        ...(asking ? {} : { onError: notify.failed }),
      },
    );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (approverId && passphrase) send({ approverId, approverPassphrase: passphrase });
  };
  return (
    <>
      <Button
        disabled={unsaved || !draft.backtest}
        title={unsaved ? t('draft.saveFirst') : draft.backtest ? undefined : t('draft.publishHelp')}
        loading={publish.isPending && !asking}
        onClick={() => (draft.needsApproval && others.length > 0 ? setAsking(true) : send({}))}
      >
        {t('draft.publish')}
      </Button>
      <Modal
        opened={asking}
        onClose={() => {
          publish.reset();
          setPassphrase('');
          setAsking(false);
        }}
        title={t('draft.publishTitle')}
      >
        <form onSubmit={submit} aria-label={t('draft.publishTitle')}>
          <Stack gap="sm">
            <Text>{t('draft.publishExplain')}</Text>
            <SecondOfficer
              label={t('draft.approver')}
              help={`${draft.pack} ${draft.version ?? ''}`}
              officers={others}
              officerId={approverId}
              onOfficer={setApprover}
              passphrase={passphrase}
              onPassphrase={setPassphrase}
              tried={tried && !publish.isPending}
              error={publish.error}
            />
            {publish.error && !isWrongKey(publish.error) ? <FailureView error={publish.error} /> : null}
            <Group justify="flex-end">
              <Button type="submit" loading={publish.isPending}>
                {t('draft.publish')}
              </Button>
            </Group>
          </Stack>
        </form>
      </Modal>
    </>
  );
}
