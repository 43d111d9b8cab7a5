import { Button, Group, Stack, Text } from '@mantine/core';
import { IconLinkOff, IconUserPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../../core/domain/conversation.ts';
import type { AccountIdentity as Identity, PersonAccount } from '../../../core/domain/person.ts';
import { useCall, useCommand } from '../../api/hooks.ts';
import { useAskReason } from '../../components/ask-reason.tsx';
import { Fact } from '../../components/badges.tsx';
import { FailureView } from '../../components/failure-view.tsx';
import { useFormat } from '../../components/format.ts';
import { ScreenLink } from '../../components/link.tsx';
import { Loading } from '../../components/loading.tsx';
import { useNotify } from '../../components/notify.tsx';
import { useWords } from '../../components/words.ts';
import { LinkPerson } from './link-person.tsx';

/** Names that an account was seen under, and the person it was linked to, with the reason. */
export function AccountIdentity({ account }: { account: Account }) {
  const identity = useCall('people.ofAccount', { accountId: account.id });
  if (identity.error) return <FailureView error={identity.error} onRetry={() => void identity.refetch()} />;
  if (!identity.data) return <Loading lines={3} height={20} />;
  return (
    <>
      <Names identity={identity.data} />
      <PersonOf account={account} identity={identity.data} />
    </>
  );
}

function Names({ identity }: { identity: Identity }) {
  const { t } = useTranslation(['accounts', 'common']);
  const format = useFormat();
  return (
    <Fact label={t('identity.names')}>
      {identity.names.length === 0
        ? t('common:state.none')
        : identity.names.map(({ name, file, messages, firstAt, lastAt }) => (
            <div key={name}>
              {name}{' '}
              <Text span size="xs" c="dimmed">
                {messages === 0 || firstAt === null || lastAt === null
                  ? t('identity.list', { file })
                  : t('identity.seen', {
                      count: messages,
                      from: format.date(firstAt),
                      to: format.date(lastAt),
                    })}
              </Text>
            </div>
          ))}
    </Fact>
  );
}

function PersonOf({ account, identity }: { account: Account; identity: Identity }) {
  const { t } = useTranslation(['accounts', 'common']);
  const format = useFormat();
  const ask = useAskReason();
  const notify = useNotify();
  const unlink = useCommand('people.unlink');
  const [linking, setLinking] = useState(false);
  const { person, undone } = identity;
  const own = person?.accounts.find(
    ({ accountId, undone: gone }) => accountId === account.id && gone === null,
  );
  const others =
    person?.accounts.filter(({ accountId, undone: gone }) => accountId !== account.id && gone === null) ?? [];
  const undo = async () => {
    const reason = await ask({
      title: t('identity.undoTitle'),
      explain: t('identity.undoExplain'),
      confirm: t('identity.unlink'),
    });
    if (!reason || !own) return;
    unlink.mutate(
      { linkId: own.linkId, reason },
      { onSuccess: () => notify.done({ title: t('identity.undoneDone') }), onError: notify.failed },
    );
  };
  return (
    <Stack gap="xs">
      <Fact label={t('identity.person')}>
        {person && own ? (
          <>
            <Group gap="xs">
              <Text span inherit fw={600}>
                {person.name}
              </Text>
              <Button
                size="compact-xs"
                variant="default"
                leftSection={<IconLinkOff size={13} />}
                loading={unlink.isPending}
                onClick={() => void undo()}
              >
                {t('identity.unlink')}
              </Button>
            </Group>
            <Text size="xs" c="dimmed">
              {t('identity.linked', { officer: own.officer, date: format.date(own.at), reason: own.reason })}
            </Text>
          </>
        ) : linking ? null : (
          <Group gap="xs">
            <Text span inherit c="dimmed">
              {t('identity.none')}
            </Text>
            <Button
              size="compact-xs"
              variant="default"
              leftSection={<IconUserPlus size={13} />}
              onClick={() => setLinking(true)}
            >
              {t('identity.link')}
            </Button>
          </Group>
        )}
      </Fact>
      {linking && !own ? <LinkPerson accountId={account.id} onDone={() => setLinking(false)} /> : null}
      {others.length > 0 ? <Others accounts={others} /> : null}
      {undone.length > 0 ? (
        <Fact label={t('identity.past')}>
          {undone.map(({ person: name, link }) => (
            <div key={link.linkId}>
              {t('identity.undone', {
                person: name,
                officer: link.undone?.officer ?? '',
                date: format.date(link.undone?.at ?? link.at),
                reason: link.undone?.reason ?? '',
              })}
            </div>
          ))}
        </Fact>
      ) : null}
    </Stack>
  );
}

function Others({ accounts }: { accounts: readonly PersonAccount[] }) {
  const { t } = useTranslation('accounts');
  const words = useWords();
  return (
    <Fact label={t('identity.others')}>
      {accounts.map((one) => (
        <div key={one.linkId}>
          <ScreenLink
            to="/accounts"
            search={{ account: one.accountId, text: one.platformId ?? one.name ?? '' }}
          >
            {words.of('platform', one.platform)} · {one.name ?? one.platformId}
          </ScreenLink>
        </div>
      ))}
    </Fact>
  );
}
