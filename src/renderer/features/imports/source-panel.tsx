import { Alert, Badge, Button, Group, Stack, Tabs, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Source } from '../../../core/domain/source.ts';
import { useCall, useCommand } from '../../api/hooks.ts';
import { useIsRunning } from '../../api/use-job.ts';
import { useAskReason } from '../../components/ask-reason.tsx';
import { Fact } from '../../components/badges.tsx';
import { CopyIcon } from '../../components/copy.tsx';
import { CountLink } from '../../components/count-link.tsx';
import { useFormat } from '../../components/format.ts';
import { ScreenButton } from '../../components/link.tsx';
import { useNotify } from '../../components/notify.tsx';
import { SidePanel } from '../../components/side-panel.tsx';
import { Time } from '../../components/time.tsx';
import { useWords } from '../../components/words.ts';
import { ThingHolds } from '../custody/thing-holds.tsx';
import { useAskZone } from './ask-zone.tsx';
import classes from './imports.module.css';
import { LedgerBar } from './ledger-bar.tsx';
import { MediaFact } from './media-fact.tsx';
import type { ImportsSearch } from './search.ts';
import { SkipList } from './skip-list.tsx';
import { SourceStateBadge } from './source-state-badge.tsx';
import { useColumnsInWords } from './use-columns-in-words.ts';
import { useImport } from './use-import.ts';

interface SourcePanelProps {
  source: Source;
  tab: ImportsSearch['tab'];
  onTab: (tab: ImportsSearch['tab']) => void;
  onClose: () => void;
}

/** One source: what it is, where each byte went, what was skipped, and what can be done about it. */
export function SourcePanel({ source, tab, onTab, onClose }: SourcePanelProps) {
  const { t } = useTranslation(['imports', 'material']);
  return (
    <SidePanel
      name="source"
      width={500}
      title={source.file}
      onClose={onClose}
      actions={
        <ScreenButton
          to="/imports/$sourceId"
          params={{ sourceId: source.id }}
          size="compact-sm"
          variant="default"
          title={t('material:open')}
        >
          {t('material:details')}
        </ScreenButton>
      }
    >
      <Tabs value={tab ?? 'summary'} onChange={(value) => onTab(value as ImportsSearch['tab'])}>
        <Tabs.List mb="sm">
          <Tabs.Tab value="summary">{t('tab.summary')}</Tabs.Tab>
          <Tabs.Tab value="skips">{t('tab.skips', { count: source.skipped })}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="summary">
          <Summary source={source} />
        </Tabs.Panel>
        <Tabs.Panel value="skips">
          <SkipList source={source} />
        </Tabs.Panel>
      </Tabs>
    </SidePanel>
  );
}

function Summary({ source }: { source: Source }) {
  const { t } = useTranslation(['imports', 'custody']);
  const words = useWords();
  const columnsInWords = useColumnsInWords();
  const format = useFormat();
  return (
    <Stack gap="md">
      <StateNotice source={source} />
      <Group gap="xl">
        <Fact label={t('column.state')}>
          <SourceStateBadge state={source.state} />
        </Fact>
        <Fact label={t('column.messages')}>
          <CountLink value={source.messages} to="/messages" search={{ sourceId: source.id }} />
        </Fact>
        <Fact label={t('fact.duplicates')}>{format.number(source.duplicates)}</Fact>
        <Fact label={t('column.conversations')}>{format.number(source.conversations)}</Fact>
        <Fact label={t('fact.accounts')}>{format.number(source.accounts)}</Fact>
        <Fact label={t('column.skipped')}>{format.number(source.skipped)}</Fact>
      </Group>
      <LedgerBar source={source} />
      <Group gap="xl" align="flex-start">
        <Fact label={t('column.format')}>
          {words.text(source.formatTitle)}
          {source.formatVersion ? ` ${source.formatVersion}` : ''}
        </Fact>
        <Fact label={t('fact.encoding')}>{source.encoding}</Fact>
        <Fact label={t('column.bytes')}>{format.bytes(source.bytes)}</Fact>
        <Fact label={t('fact.importer')}>
          {source.format} v{source.importerVersion}
        </Fact>
      </Group>
      <Zone source={source} />
      {Object.keys(source.assumptions).length > 0 ? (
        <Fact label={t('fact.assumptions')}>
          {Object.entries(source.assumptions).map(([name, value]) => (
            <div key={name}>
              {words.of('assumption', name)}:{' '}
              {name === 'columns' ? columnsInWords(value) : words.of('assumptionValue', value)}
            </div>
          ))}
        </Fact>
      ) : null}
      <Digest label={t('fact.sha256')} value={source.sha256} />
      {source.digest ? <Digest label={t('fact.digest')} value={source.digest} /> : null}
      <MediaFact source={source} />
      <AuthorityFact authorityId={source.authorityId} />
      <Fact label={t('custody:holds.title')}>
        <ThingHolds on="source" id={source.id} name={source.file} />
      </Fact>
      <Fact label={t('fact.imported')}>
        <Time at={source.importedAt} precision="second" /> · {source.officer}
      </Fact>
      <Actions source={source} />
    </Stack>
  );
}

function StateNotice({ source }: { source: Source }) {
  const { t } = useTranslation('imports');
  const { resume } = useImport();
  const running = useIsRunning('import');
  if (source.state === 'excluded')
    return (
      <Alert color="gray" variant="light">
        {t('notice.excluded')}
      </Alert>
    );
  if (source.state !== 'partial') return null;
  return (
    <Alert color="yellow" variant="light">
      <Text>{t('notice.partial', { count: source.messages })}</Text>
      <Button mt="xs" disabled={running} onClick={() => resume(source)}>
        {t('resume')}
      </Button>
    </Alert>
  );
}

function Zone({ source }: { source: Source }) {
  const { t } = useTranslation('imports');
  const askZone = useAskZone();
  const notify = useNotify();
  const setZone = useCommand('sources.setZone');
  const { zone } = source;
  const change = async () => {
    const chosen = await askZone(zone.id);
    if (chosen) setZone.mutate({ sourceId: source.id, zone: chosen }, { onError: notify.failed });
  };
  return (
    <Fact label={t('fact.zone')}>
      <Group gap="xs">
        <span>{zone.matters ? zone.id : t('zone.stated')}</span>
        {zone.matters && zone.assumed ? <Badge color="yellow">{t('zone.assumed')}</Badge> : null}
        {zone.matters && source.state !== 'importing' ? (
          <Button
            size="compact-xs"
            variant="default"
            loading={setZone.isPending}
            onClick={() => void change()}
          >
            {t('zone.change')}
          </Button>
        ) : null}
      </Group>
    </Fact>
  );
}

function Digest({ label, value }: { label: string; value: string }) {
  return (
    <Fact label={label}>
      <Group gap={4} wrap="nowrap">
        <span className={classes.digest}>{value}</span>
        <CopyIcon value={value} />
      </Group>
    </Fact>
  );
}

function AuthorityFact({ authorityId }: { authorityId: string | null }) {
  const { t } = useTranslation('imports');
  const format = useFormat();
  const authorities = useCall('authorities.list', {}, { enabled: authorityId !== null });
  const authority = authorities.data?.find((entry) => entry.id === authorityId);
  return (
    <Fact label={t('authority.title')}>
      {authorityId === null ? (
        <Text c="orange">{t('authority.missing')}</Text>
      ) : authority ? (
        <>
          <div>
            {authority.authorisedBy} · {authority.purpose}
          </div>
          <div>
            {authority.scope} · {authority.basis}
          </div>
          {authority.expiresAt ? (
            <div>{t('authority.until', { date: format.date(authority.expiresAt) })}</div>
          ) : null}
        </>
      ) : null}
    </Fact>
  );
}

function Actions({ source }: { source: Source }) {
  const { t } = useTranslation('imports');
  const ask = useAskReason();
  const notify = useNotify();
  const exclude = useCommand('sources.exclude');
  const running = useIsRunning('import');
  const askExclude = async () => {
    const reason = await ask({
      title: t('exclude.title'),
      explain: t('exclude.explain'),
      confirm: t('exclude.action'),
      danger: true,
    });
    if (reason) exclude.mutate({ sourceId: source.id, reason }, { onError: notify.failed });
  };
  return (
    <Group gap="xs">
      {source.state === 'complete' || source.state === 'partial' ? (
        <Button
          variant="default"
          disabled={running}
          loading={exclude.isPending}
          onClick={() => void askExclude()}
        >
          {t('exclude.action')}
        </Button>
      ) : null}
    </Group>
  );
}
