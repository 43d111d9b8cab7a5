import { Badge, Button, Group, Stack, Table, Text, Title } from '@mantine/core';
import { IconEyePlus, IconUserSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { WatchMatch } from '../../../core/domain/measure.ts';
import { useCall, useCommand } from '../../api/hooks.ts';
import { useAskFields } from '../../components/ask-fields.tsx';
import { useAskReason } from '../../components/ask-reason.tsx';
import { Empty } from '../../components/empty.tsx';
import { FailureView } from '../../components/failure-view.tsx';
import { ScreenLink } from '../../components/link.tsx';
import { useNotify } from '../../components/notify.tsx';
import { Time } from '../../components/time.tsx';
import { useWords } from '../../components/words.ts';

/** Who is looked out for at every import, and who looks like them. */
export function WatchTab() {
  const { t } = useTranslation('measures');
  const entries = useCall('watch.list', {});
  const matches = useCall('watch.matches', {});
  const add = useAdd();
  if (entries.error) return <FailureView error={entries.error} onRetry={() => void entries.refetch()} />;
  if (entries.data?.length === 0)
    return (
      <Empty
        icon={IconUserSearch}
        title={t('watch.empty.title')}
        description={t('watch.empty.help')}
        action={<Button onClick={add}>{t('watch.add')}</Button>}
      />
    );
  return (
    <Stack gap="lg">
      {matches.data && matches.data.length > 0 ? <Matches matches={matches.data} /> : null}
      <div>
        <Group justify="space-between" mb="xs">
          <Title order={2}>{t('watch.list')}</Title>
          <Button variant="default" leftSection={<IconEyePlus size={14} />} onClick={add}>
            {t('watch.add')}
          </Button>
        </Group>
        <Entries entries={entries.data ?? []} />
      </div>
    </Stack>
  );
}

function useAdd() {
  const { t } = useTranslation('measures');
  const ask = useAskFields();
  const add = useCommand('watch.add');
  return () =>
    ask({
      title: t('watch.add'),
      explain: t('watch.explain'),
      fields: [
        { name: 'account', kind: 'account', label: t('watch.account'), required: true },
        { name: 'reason', kind: 'text', label: t('reason'), required: true },
      ],
      submit: ({ account = '', reason = '' }) => add.mutateAsync({ accountId: account, reason }),
    });
}

function Matches({ matches }: { matches: readonly WatchMatch[] }) {
  const { t } = useTranslation('measures');
  const words = useWords();
  const ask = useAskFields();
  const decide = useCommand('watch.decide');
  const answer = (match: WatchMatch, confirmed: boolean) =>
    ask({
      title: t(confirmed ? 'watch.same' : 'watch.other'),
      explain: t(confirmed ? 'watch.sameHelp' : 'watch.otherHelp'),
      fields: [{ name: 'note', kind: 'area', label: t('reason'), required: true }],
      submit: ({ note = '' }) => decide.mutateAsync({ matchId: match.id, confirmed, note }),
    });
  return (
    <div>
      <Title order={2} mb="xs">
        {t('watch.matches')}
      </Title>
      <Table.ScrollContainer minWidth={600}>
        <Table>
          <Table.Tbody>
            {matches.map((match) => (
              <Table.Tr key={match.id}>
                <Table.Td>{match.watched}</Table.Td>
                <Table.Td>
                  <ScreenLink
                    to="/accounts"
                    search={{ account: match.accountId, text: match.account || undefined }}
                  >
                    {match.account || match.platformId || t('unnamed')}
                  </ScreenLink>
                </Table.Td>
                <Table.Td>{words.of('watchHow', match.how)}</Table.Td>
                <Table.Td>
                  <Time at={match.at} />
                </Table.Td>
                <Table.Td>
                  {match.confirmed === null ? (
                    <Group gap="xs" wrap="nowrap">
                      <Button
                        size="compact-xs"
                        variant="light"
                        color="red"
                        onClick={() => answer(match, true)}
                      >
                        {t('watch.same')}
                      </Button>
                      <Button size="compact-xs" variant="default" onClick={() => answer(match, false)}>
                        {t('watch.other')}
                      </Button>
                    </Group>
                  ) : (
                    <Group gap="xs" wrap="nowrap">
                      <Badge color={match.confirmed ? 'red' : 'gray'}>
                        {t(match.confirmed ? 'watch.same' : 'watch.other')}
                      </Badge>
                      <Text size="sm">{match.note}</Text>
                    </Group>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </div>
  );
}

function Entries({ entries }: { entries: NonNullable<ReturnType<typeof useCall<'watch.list'>>['data']> }) {
  const { t } = useTranslation('measures');
  const askReason = useAskReason();
  const notify = useNotify();
  const end = useCommand('watch.end');
  const stop = async (watchId: string) => {
    const reason = await askReason({ title: t('watch.end') });
    if (reason) end.mutate({ watchId, reason }, { onError: notify.failed });
  };
  return (
    <Table.ScrollContainer minWidth={560}>
      <Table>
        <Table.Tbody>
          {entries.map((entry) => (
            <Table.Tr key={entry.id} {...(entry.endedAt === null ? {} : { c: 'dimmed' })}>
              <Table.Th scope="row">{entry.name || entry.platformId || t('unnamed')}</Table.Th>
              <Table.Td>
                {entry.caseId ? (
                  <ScreenLink to="/cases/$caseId" params={{ caseId: entry.caseId }}>
                    {entry.caseNumber}
                  </ScreenLink>
                ) : (
                  entry.reason
                )}
              </Table.Td>
              <Table.Td>
                <Time at={entry.since} />
              </Table.Td>
              <Table.Td>
                {entry.open > 0 ? (
                  <Badge color="orange">{t('watch.open', { count: entry.open })}</Badge>
                ) : null}
              </Table.Td>
              <Table.Td ta="end">
                {entry.endedAt === null ? (
                  <Button size="compact-xs" variant="default" onClick={() => void stop(entry.id)}>
                    {t('watch.end')}
                  </Button>
                ) : (
                  <Time at={entry.endedAt} />
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
