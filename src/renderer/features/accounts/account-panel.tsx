import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconEye } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../../core/domain/conversation.ts';
import { useCommand } from '../../api/hooks.ts';
import { useAskReason } from '../../components/ask-reason.tsx';
import { Fact } from '../../components/badges.tsx';
import { CopyIcon } from '../../components/copy.tsx';
import { CountLink } from '../../components/count-link.tsx';
import { ScreenButton } from '../../components/link.tsx';
import { useNotify } from '../../components/notify.tsx';
import { SidePanel } from '../../components/side-panel.tsx';
import { useWords } from '../../components/words.ts';
import { MeterPanel } from '../law/meter-panel.tsx';
import { AccountIdentity } from './account-identity.tsx';

interface AccountPanelProps {
  account: Account;
  onClose: () => void;
}

/** One account: its names over time, its register fields (masked), its messages and hits. */
export function AccountPanel({ account, onClose }: AccountPanelProps) {
  const { t, i18n } = useTranslation(['accounts', 'common']);
  const words = useWords();
  const ask = useAskReason();
  const notify = useNotify();
  const reveal = useCommand('accounts.reveal');
  // The unmasked fields live in this panel only and go with it.
  const [revealed, setRevealed] = useState<Account | null>(null);
  const fields = Object.entries((revealed ?? account).fields);
  const fieldName = (field: string) =>
    i18n.exists(`accounts:field.${field}`) ? t(`accounts:field.${field}` as never) : field;
  const unmask = async () => {
    const reason = await ask({
      title: t('reveal.title'),
      explain: t('reveal.explain'),
      confirm: t('reveal.action'),
    });
    if (reason)
      reveal.mutate({ accountId: account.id, reason }, { onSuccess: setRevealed, onError: notify.failed });
  };
  return (
    <SidePanel
      name="account"
      title={account.name ?? account.platformId ?? t('common:state.unnamed')}
      onClose={onClose}
    >
      <Stack gap="md">
        {account.unnamed ? (
          <Alert color="yellow" variant="light" title={t('unnamed.title')}>
            <Stack gap="xs" align="flex-start">
              <Text>{t('unnamed.help')}</Text>
              <ScreenButton to="/imports">{t('unnamed.action')}</ScreenButton>
            </Stack>
          </Alert>
        ) : null}
        <Group gap="xl">
          <Fact label={t('column.platform')}>{words.of('platform', account.platform)}</Fact>
          <Fact label={t('column.messages')}>
            <CountLink value={account.messages} to="/messages" search={{ senderId: account.id }} />
          </Fact>
          <Fact label={t('column.hits')}>
            <CountLink value={account.hits} to="/review" search={{ senderId: account.id }} />
          </Fact>
        </Group>
        <Fact label={t('column.platformId')}>
          {account.platformId ? (
            <Group gap={4}>
              <span>{account.platformId}</span>
              <CopyIcon value={account.platformId} />
            </Group>
          ) : (
            t('common:state.none')
          )}
        </Fact>
        <AccountIdentity account={account} />
        {account.hits > 0 ? <MeterPanel subject={{ type: 'person', id: account.id }} /> : null}
        {fields.length > 0 ? (
          <Stack gap="xs">
            <Group justify="space-between">
              <Text fw={600}>{t('fields')}</Text>
              {revealed ? null : (
                <Button
                  variant="default"
                  leftSection={<IconEye size={14} />}
                  loading={reveal.isPending}
                  onClick={() => void unmask()}
                >
                  {t('reveal.action')}
                </Button>
              )}
            </Group>
            <Text size="xs" c="dimmed">
              {t(revealed ? 'reveal.shown' : 'reveal.masked')}
            </Text>
            {fields.map(([field, value]) => (
              <Fact key={field} label={fieldName(field)}>
                {value}
              </Fact>
            ))}
          </Stack>
        ) : null}
      </Stack>
    </SidePanel>
  );
}
