import { Alert, Button, Checkbox, Group, List, Stack, Text, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DestructionPreview, Retained } from '../../../core/domain/retention.ts';
import { useCall } from '../../api/hooks.ts';
import { useRunJob } from '../../api/use-job.ts';
import { Dialog } from '../../components/dialog.tsx';
import { FailureView } from '../../components/failure-view.tsx';
import { useFormat } from '../../components/format.ts';
import { useNotify } from '../../components/notify.tsx';
import { isWrongKey, SecondOfficer } from '../cases/second-officer.tsx';

/** Shows what would go, and destroys it with the second officer's own unlock. */
export function DestroyDialog({ row, onClose }: { row: Retained; onClose: () => void }) {
  const { t } = useTranslation(['custody', 'common']);
  const run = useRunJob();
  const notify = useNotify();
  const preview = useCall('retention.preview', { kind: row.kind, id: row.id });
  const status = useCall('workspace.status', {});
  const officers = useCall('officers.list', {});
  const others = (officers.data ?? []).filter(({ id, active }) => active && id !== status.data?.officer?.id);
  const [reason, setReason] = useState('');
  const [early, setEarly] = useState(false);
  const [officerId, setOfficerId] = useState<string | null>(null);
  const [passphrase, setPassphrase] = useState('');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const destroy = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (reason.trim() === '' || officerId === null || passphrase === '' || (!row.due && !early)) return;
    setBusy(true);
    setError(null);
    try {
      await run(
        'retention.destroy',
        {
          kind: row.kind,
          id: row.id,
          reason: reason.trim(),
          early,
          approverId: officerId,
          approverPassphrase: passphrase,
        },
        { kind: 'destruction', subject: row.name },
      );
      onClose();
      notify.done({ title: t('retention.preview.done', { name: row.name }) });
    } catch (failure) {
      setError(failure);
      setPassphrase('');
      setBusy(false);
    }
  };
  return (
    <Dialog onClose={onClose} size="lg" title={t('retention.preview.title')}>
      <form onSubmit={(event) => void destroy(event)} autoComplete="off">
        <Stack gap="sm">
          <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
            {row.name}
          </Text>
          {preview.data ? <WhatGoes preview={preview.data} /> : null}
          {preview.error ? <FailureView error={preview.error} /> : null}
          <Textarea
            label={t('retention.preview.reason')}
            withAsterisk
            value={reason}
            error={tried && reason.trim() === '' ? t('common:form.required') : null}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          {others.length === 0 ? (
            <Alert color="orange" variant="light">
              {t('retention.preview.noApprover')}
            </Alert>
          ) : (
            <SecondOfficer
              label={t('retention.preview.approver')}
              officers={others}
              officerId={officerId}
              onOfficer={setOfficerId}
              passphrase={passphrase}
              onPassphrase={setPassphrase}
              tried={tried}
              error={error}
            />
          )}
          {row.due ? null : (
            <Checkbox
              label={t('retention.preview.earlyConfirm')}
              checked={early}
              error={tried && !early ? t('retention.preview.early') : null}
              onChange={(event) => setEarly(event.currentTarget.checked)}
            />
          )}
          {error && !isWrongKey(error) ? <FailureView error={error} /> : null}
          <Group justify="space-between" gap="xs">
            <Text c="red">{t('retention.preview.cannot')}</Text>
            <Group gap="xs">
              <Button variant="default" onClick={onClose}>
                {t('common:action.cancel')}
              </Button>
              <Button type="submit" color="red" loading={busy} disabled={others.length === 0}>
                {t('retention.preview.confirm')}
              </Button>
            </Group>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

function WhatGoes({ preview }: { preview: DestructionPreview }) {
  const { t } = useTranslation('custody');
  const format = useFormat();
  const { counts, cases, packs } = preview;
  return (
    <Alert color="red" variant="light" title={t('retention.preview.what')}>
      <List size="sm">
        {counts.messages > 0 ? (
          <List.Item>{t('retention.preview.messages', { count: counts.messages })}</List.Item>
        ) : null}
        {counts.attachments > 0 ? (
          <List.Item>{t('retention.preview.attachments', { count: counts.attachments })}</List.Item>
        ) : null}
        {counts.files > 0 ? (
          <List.Item>{t('retention.preview.files', { count: counts.files })}</List.Item>
        ) : null}
        {counts.kept > 0 ? (
          <List.Item>{t('retention.preview.kept', { count: counts.kept })}</List.Item>
        ) : null}
        {cases.length > 0 ? (
          <List.Item>{t('retention.preview.cases', { cases: format.list(cases) })}</List.Item>
        ) : null}
        {packs > 0 ? <List.Item>{t('retention.preview.packs', { count: packs })}</List.Item> : null}
      </List>
      <Text size="sm" mt="xs">
        {t('retention.preview.remains')}
      </Text>
    </Alert>
  );
}
