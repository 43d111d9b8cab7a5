import { Alert, Badge, Button, Code, Group, Stack, Table, Text, Textarea } from '@mantine/core';
import { IconShieldLock } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { QuarantineEntry } from '../../../core/domain/quarantine.ts';
import { useCall, useCommand } from '../../api/hooks.ts';
import { Dialog } from '../../components/dialog.tsx';
import { Empty } from '../../components/empty.tsx';
import { FailureView } from '../../components/failure-view.tsx';
import { Loading } from '../../components/loading.tsx';
import { Time } from '../../components/time.tsx';
import { useWords } from '../../components/words.ts';
import { isWrongKey, SecondOfficer } from '../cases/second-officer.tsx';

type Asked = { entry: QuarantineEntry; act: 'open' | 'release' };

/** What must not be looked at or kept freely: digest and place, and who opened it before whom. */
export function QuarantineView() {
  const { t } = useTranslation('duties');
  const words = useWords();
  const [asked, setAsked] = useState<Asked | null>(null);
  const query = useCall('quarantine.list', {});
  return (
    <Stack gap="sm">
      <Alert color="red" variant="light" icon={<IconShieldLock size={16} />}>
        {t('quarantine.about')}
      </Alert>
      {query.error ? (
        <FailureView error={query.error} onRetry={() => void query.refetch()} />
      ) : !query.data ? (
        <Loading lines={4} />
      ) : query.data.length === 0 ? (
        <Empty icon={IconShieldLock} title={t('quarantine.empty')} description={t('quarantine.help')} />
      ) : (
        <Table aria-label={t('view.quarantine')}>
          <Table.Tbody>
            {query.data.map((entry) => (
              <Table.Tr key={entry.id}>
                <Table.Td>
                  <Badge color={entry.released ? 'gray' : 'red'}>
                    {words.of('quarantineReason', entry.reason)}
                  </Badge>
                </Table.Td>
                <Table.Td style={{ overflowWrap: 'anywhere' }}>
                  <Text>
                    {entry.file}, {t('quarantine.line', { line: entry.locator.line })}
                    {entry.sentAt === null ? null : (
                      <>
                        {' · '}
                        <Time at={entry.sentAt} />
                      </>
                    )}
                  </Text>
                  <Code>{entry.digest}</Code>
                  <Text size="xs" c="dimmed">
                    {entry.officer} · <Time at={entry.at} /> {entry.note}
                    {entry.released
                      ? ` → ${t('quarantine.releasedBy', { officer: entry.released.officer, approver: entry.released.approver ?? '' })}: ${entry.released.reason}`
                      : ''}
                  </Text>
                </Table.Td>
                <Table.Td>
                  {entry.released ? null : (
                    <Group gap="xs" justify="flex-end">
                      <Button size="xs" variant="default" onClick={() => setAsked({ entry, act: 'open' })}>
                        {t('quarantine.open')}
                      </Button>
                      <Button size="xs" variant="subtle" onClick={() => setAsked({ entry, act: 'release' })}>
                        {t('quarantine.release')}
                      </Button>
                    </Group>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {asked ? <AskSecond key={asked.entry.id} {...asked} onClose={() => setAsked(null)} /> : null}
    </Stack>
  );
}

/** Purpose and second officer; what is opened lives in this dialog only and goes with it. */
function AskSecond({ entry, act, onClose }: Asked & { onClose: () => void }) {
  const { t } = useTranslation(['duties', 'common']);
  const open = useCommand('quarantine.open');
  const release = useCommand('quarantine.release');
  const status = useCall('workspace.status', {});
  const officers = useCall('officers.list', {});
  const [purpose, setPurpose] = useState('');
  const [approverId, setApprover] = useState<string | null>(null);
  const [passphrase, setPassphrase] = useState('');
  const [tried, setTried] = useState(false);
  const others = (officers.data ?? []).filter(
    (officer) => officer.active && officer.id !== status.data?.officer?.id,
  );
  const running = act === 'open' ? open : release;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (purpose.trim() === '' || !approverId || passphrase === '') return;
    const by = { quarantineId: entry.id, approverId, passphrase };
    const after = { onSettled: () => setPassphrase('') };
    if (act === 'open') open.mutate({ ...by, purpose: purpose.trim() }, after);
    else release.mutate({ ...by, reason: purpose.trim() }, { ...after, onSuccess: onClose });
  };
  return (
    <Dialog onClose={onClose} title={t(`quarantine.${act}`)} size="lg">
      {open.data ? (
        <Stack gap="sm">
          <Alert color="red" variant="light">
            {t('quarantine.shown')}
          </Alert>
          <Text style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{open.data.text}</Text>
          {[...open.data.parts, ...open.data.attachments].map((part) => (
            <Text key={part} size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
              {part}
            </Text>
          ))}
        </Stack>
      ) : (
        <form onSubmit={submit} aria-label={t(`quarantine.${act}`)}>
          <Stack gap="sm">
            <Textarea
              label={t(act === 'open' ? 'quarantine.purpose' : 'quarantine.releaseReason')}
              value={purpose}
              error={tried && purpose.trim() === '' ? t('common:form.required') : null}
              onChange={(event) => setPurpose(event.currentTarget.value)}
            />
            <SecondOfficer
              label={t('quarantine.second')}
              help={t('quarantine.secondHelp')}
              officers={others}
              officerId={approverId}
              onOfficer={setApprover}
              passphrase={passphrase}
              onPassphrase={setPassphrase}
              tried={tried && !running.isPending}
              error={running.error}
            />
            {running.error && !isWrongKey(running.error) ? <FailureView error={running.error} /> : null}
            <Group justify="flex-end">
              <Button type="submit" color={act === 'open' ? 'red' : 'ink'} loading={running.isPending}>
                {t(`quarantine.${act}`)}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Dialog>
  );
}
