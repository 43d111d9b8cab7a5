import { Button, NumberInput } from '@mantine/core';
import { IconArrowsDiff } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Input, Output } from '../../../contract/api.ts';
import { useCall } from '../../api/hooks.ts';
import { useRunJob } from '../../api/use-job.ts';
import { Empty } from '../../components/empty.tsx';
import { ScreenButton } from '../../components/link.tsx';
import { useNotify } from '../../components/notify.tsx';
import { Page } from '../../components/page.tsx';
import { useFilters } from '../../components/use-filters.ts';
import { Comparison } from './comparison.tsx';
import classes from './reconciliation.module.css';
import type { ReconciliationSearch } from './search.ts';
import { SidePicker } from './side-picker.tsx';

const route = getRouteApi('/reconciliation');

/** Two exports of one chat, side by side: what both tell, what one tells, what differs. */
export function ReconciliationScreen() {
  const { t } = useTranslation('reconciliation');
  const { a, b, ac, bc, tolerance, show = 'differences', done } = route.useSearch();
  const { set } = useFilters<ReconciliationSearch>(route.useNavigate());
  const notify = useNotify();
  const runJob = useRunJob();
  const sources = useCall('sources.list', {});
  const chats = (sources.data ?? []).filter(({ holds, messages }) => holds === 'chat' && messages > 0);
  const [summary, setSummary] = useState<Output<'reconciliation.compare'> | null>(null);
  const [busy, setBusy] = useState(false);
  const started = useRef(false);
  const between: Input<'reconciliation.rows'>['between'] | null =
    a && b
      ? {
          a: { sourceId: a, conversationId: ac ?? null },
          b: { sourceId: b, conversationId: bc ?? null },
          tolerance: tolerance ?? null,
        }
      : null;
  const same = a !== undefined && a === b && ac === bc;
  const compare = async () => {
    if (!between) return;
    started.current = true;
    setBusy(true);
    try {
      const subject = chats.find(({ id }) => id === a)?.file ?? '';
      setSummary(await runJob('reconciliation.compare', between, { kind: 'compare', subject }));
      set({ done: true });
    } catch (error) {
      notify.failed(error);
    } finally {
      setBusy(false);
    }
  };
  const change = (next: Partial<ReconciliationSearch>) => {
    setSummary(null);
    set({ ...next, done: undefined });
  };
  // A comparison that the address names is made again when the screen is opened, once the sources are known.
  const ready = chats.length > 0;
  useEffect(() => {
    if (!done || !ready || started.current) return;
    started.current = true;
    void compare();
  });
  return (
    <Page title={t('title')} subtitle={t('subtitle')} layout="fill">
      {sources.data && chats.length < 2 ? (
        <Empty
          icon={IconArrowsDiff}
          title={t('few')}
          description={t('empty.help')}
          action={<ScreenButton to="/imports">{t('toImports')}</ScreenButton>}
        />
      ) : (
        <>
          <div className={classes.sides}>
            <SidePicker
              side="a"
              sources={chats}
              sourceId={a}
              conversationId={ac}
              onSource={(id) => change({ a: id, ac: undefined })}
              onConversation={(id) => change({ ac: id })}
            />
            <SidePicker
              side="b"
              sources={chats}
              sourceId={b}
              conversationId={bc}
              onSource={(id) => change({ b: id, bc: undefined })}
              onConversation={(id) => change({ bc: id })}
            />
            <div style={{ display: 'flex', gap: 8, alignItems: 'flex-end' }}>
              <NumberInput
                label={t('tolerance')}
                w={130}
                size="xs"
                min={0}
                max={86_400}
                value={tolerance ?? 5}
                onChange={(value) => change({ tolerance: typeof value === 'number' ? value : undefined })}
              />
              <Button
                disabled={!between || same}
                title={same ? t('same') : undefined}
                loading={busy}
                onClick={() => void compare()}
              >
                {t('compare')}
              </Button>
            </div>
          </div>
          {summary && between ? (
            <Comparison
              between={between}
              summary={summary}
              show={show}
              onShow={(value) => set({ show: value })}
            />
          ) : (
            <Empty icon={IconArrowsDiff} title={t('empty.title')} description={t('empty.help')} />
          )}
        </>
      )}
    </Page>
  );
}
