import { Button, Checkbox, Group, Menu, Stack, Text } from '@mantine/core';
import { IconStack2 } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Cluster } from '../../../core/domain/backtest.ts';
import type { DispositionReason, Verdict } from '../../../core/domain/hit.ts';
import { useCall, useCommand, useInvoke } from '../../api/hooks.ts';
import { CategoryBadge } from '../../components/badges.tsx';
import { Empty } from '../../components/empty.tsx';
import { FailureView } from '../../components/failure-view.tsx';
import { useFormat } from '../../components/format.ts';
import { ScreenLink } from '../../components/link.tsx';
import { Loading } from '../../components/loading.tsx';
import { useNotify } from '../../components/notify.tsx';
import { Time } from '../../components/time.tsx';
import { useWords } from '../../components/words.ts';
import classes from './detection.module.css';

const DISMISSALS: readonly DispositionReason[] = [
  'not-a-violation',
  'quotation',
  'warning-notice',
  'business-context',
  'joke-between-colleagues',
  'rule-too-broad',
];
/** Members that are listed to choose exceptions from. */
const LISTED = 100;

/** Open hits whose texts are nearly the same: one verdict for all, but for exceptions. */
export function ClustersTab() {
  const { t } = useTranslation('detection');
  const clusters = useCall('clusters.list', {});
  const [open, setOpen] = useState<string | null>(null);
  if (clusters.error) return <FailureView error={clusters.error} onRetry={() => void clusters.refetch()} />;
  if (!clusters.data) return <Loading lines={5} height={60} />;
  if (clusters.data.length === 0) {
    return <Empty icon={IconStack2} title={t('cluster.empty')} description={t('cluster.emptyHelp')} />;
  }
  return (
    <Stack gap="sm" maw={1100}>
      <Text c="dimmed">{t('cluster.help')}</Text>
      {clusters.data.slice(0, 100).map((cluster) => (
        <ClusterCard
          key={cluster.id}
          cluster={cluster}
          open={open === cluster.id}
          onToggle={() => setOpen(open === cluster.id ? null : cluster.id)}
        />
      ))}
    </Stack>
  );
}

function ClusterCard({ cluster, open, onToggle }: { cluster: Cluster; open: boolean; onToggle: () => void }) {
  const { t } = useTranslation('detection');
  const words = useWords();
  const format = useFormat();
  const notify = useNotify();
  const invoke = useInvoke();
  const dispose = useCommand('hits.dispose');
  const [exceptions, setExceptions] = useState<ReadonlySet<string>>(new Set());
  const hitIds = cluster.hitIds.filter((id) => !exceptions.has(id));
  const decide = (verdict: Verdict, reason?: DispositionReason) =>
    dispose.mutate(
      { hitIds, verdict, ...(reason ? { reason } : {}), note: t('cluster.note', { count: hitIds.length }) },
      {
        onSuccess: ({ batchId, hits }) =>
          notify.done({
            title: t('cluster.done', { count: hits.length, verdict: words.of('verdict', verdict) }),
            message: cluster.text.slice(0, 60),
            action: {
              label: t('cluster.undo'),
              run: () => void invoke('hits.undo', { batchId }).catch(notify.failed),
            },
          }),
        onError: notify.failed,
      },
    );
  return (
    <section className={classes.cluster} aria-label={cluster.text.slice(0, 40)}>
      <Group justify="space-between" align="start" wrap="nowrap">
        <div>
          <Group gap={6} mb={4}>
            <Text span fw={700}>
              {t('cluster.hits', { count: cluster.hits })}
            </Text>
            <CategoryBadge category={cluster.category} />
            <Text span size="xs" c="dimmed">
              {t('cluster.spread', {
                senders: format.number(cluster.senders),
                conversations: format.number(cluster.conversations),
              })}
            </Text>
            {cluster.firstAt === null ? null : <Time at={cluster.firstAt} />}
          </Group>
          <div className={classes.clusterText}>{cluster.text.slice(0, 300)}</div>
        </div>
        <Group gap="xs" wrap="nowrap">
          <Button variant="subtle" aria-expanded={open} onClick={onToggle}>
            {t('cluster.members')}
          </Button>
          <Button
            color="red"
            variant="light"
            disabled={hitIds.length === 0}
            loading={dispose.isPending}
            onClick={() => decide('confirmed')}
          >
            {t('cluster.decide', { count: hitIds.length, verdict: words.of('verdict', 'confirmed') })}
          </Button>
          <Menu>
            <Menu.Target>
              <Button variant="default" disabled={hitIds.length === 0}>
                {words.of('verdict', 'dismissed')}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {DISMISSALS.map((reason) => (
                <Menu.Item key={reason} onClick={() => decide('dismissed', reason)}>
                  {words.of('dispositionReason', reason)}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        </Group>
      </Group>
      {open ? <Members cluster={cluster} exceptions={exceptions} onChange={setExceptions} /> : null}
    </section>
  );
}

interface MembersProps {
  cluster: Cluster;
  exceptions: ReadonlySet<string>;
  onChange: (next: ReadonlySet<string>) => void;
}

function Members({ cluster, exceptions, onChange }: MembersProps) {
  const { t } = useTranslation('detection');
  return (
    <Stack gap={4} mt="sm">
      <Text size="xs" c="dimmed">
        {t('cluster.exceptions')}
      </Text>
      {cluster.hitIds.slice(0, LISTED).map((hitId) => (
        <Member
          key={hitId}
          hitId={hitId}
          checked={!exceptions.has(hitId)}
          onToggle={() => {
            const next = new Set(exceptions);
            if (!next.delete(hitId)) next.add(hitId);
            onChange(next);
          }}
        />
      ))}
    </Stack>
  );
}

function Member({ hitId, checked, onToggle }: { hitId: string; checked: boolean; onToggle: () => void }) {
  const { t } = useTranslation('detection');
  const words = useWords();
  const { data: hit } = useCall('hits.get', { hitId });
  return (
    <Checkbox
      checked={checked}
      onChange={onToggle}
      label={
        hit ? (
          <span>
            <b>{hit.sender ?? '—'}</b> · {hit.conversation ?? '—'} · {words.text(hit.ruleTitle)} ·{' '}
            {hit.text.slice(0, 120)}{' '}
            <ScreenLink to="/review" search={{ hit: hitId }}>
              {t('cluster.open')}
            </ScreenLink>
          </span>
        ) : (
          '…'
        )
      }
    />
  );
}
