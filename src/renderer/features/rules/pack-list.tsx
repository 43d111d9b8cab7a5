import { Badge, Code, Group, Stack, Switch, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCall, useCommand } from '../../api/hooks.ts';
import { CopyIcon } from '../../components/copy.tsx';
import { CountLink } from '../../components/count-link.tsx';
import { FailureView } from '../../components/failure-view.tsx';
import { useFormat } from '../../components/format.ts';
import { Loading } from '../../components/loading.tsx';
import { useNotify } from '../../components/notify.tsx';
import { useWords } from '../../components/words.ts';
import classes from './rules.module.css';

/** The packs, each with its switch. A switched-off pack finds nothing new; its old hits stay. */
export function PackList() {
  const { t } = useTranslation('rules');
  const words = useWords();
  const format = useFormat();
  const notify = useNotify();
  const packs = useCall('rules.packs', {});
  const setEnabled = useCommand('rules.setEnabled');
  if (packs.error) return <FailureView error={packs.error} onRetry={() => void packs.refetch()} />;
  if (!packs.data) return <Loading lines={5} height={60} />;
  return (
    <Stack gap="sm">
      <Text c="dimmed">{t('packs.help')}</Text>
      {packs.data.map((pack) => (
        <section key={pack.id} className={classes.pack} aria-label={words.text(pack.title)}>
          <div>
            <Group gap="xs">
              <Text fw={600}>{words.text(pack.title)}</Text>
              <Badge color={pack.shipped ? 'gray' : 'ink'}>
                {t(pack.shipped ? 'packs.shipped' : 'packs.own')}
              </Badge>
            </Group>
            <Group gap={4} mt={4}>
              <Text size="xs" c="dimmed">
                {pack.id} {pack.version} · SHA-256
              </Text>
              <Code>{pack.sha256.slice(0, 16)}…</Code>
              <CopyIcon value={pack.sha256} />
            </Group>
            <Group gap="lg" mt={4}>
              <Text size="xs">
                <CountLink value={pack.rules} to="/rules" search={{ pack: pack.id }} />{' '}
                {t('packs.rules', { count: pack.rules })}
              </Text>
              <Text size="xs" c="dimmed">
                {t('packs.hits', { count: pack.hits, number: format.number(pack.hits) })}
              </Text>
            </Group>
          </div>
          <Switch
            checked={pack.enabled}
            disabled={setEnabled.isPending}
            label={t(pack.enabled ? 'packs.enabled' : 'packs.disabled')}
            aria-label={`${words.text(pack.title)} ${t('packs.enabled')}`}
            onChange={(event) =>
              setEnabled.mutate(
                { pack: pack.id, enabled: event.currentTarget.checked },
                { onError: notify.failed },
              )
            }
          />
        </section>
      ))}
    </Stack>
  );
}
