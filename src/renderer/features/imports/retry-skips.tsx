import { Alert, Button, Group, Select, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type RetryOutcome, type Skip, type Source, SourceEncoding } from '../../../core/domain/source.ts';
import { useCall } from '../../api/hooks.ts';
import { useRunJob } from '../../api/use-job.ts';
import { useFormat } from '../../components/format.ts';
import { useNotify } from '../../components/notify.tsx';
import { useWords } from '../../components/words.ts';
import classes from './source-detail.module.css';
import { WrittenTime } from './written-time.tsx';

interface RetrySkipsProps {
  source: Source;
  skip: Skip;
  /** Ranges that the table shows, for trying them all. */
  listed: readonly Skip[];
  onKept: () => void;
}

/** Most ranges of one attempt (the contract's limit). */
const AT_ONCE = 500;
const DATE_ORDERS = ['DMY', 'MDY', 'YMD'];

/** Tries skipped bytes in another format, encoding or order of dates; keeps what it gives when told to. */
export function RetrySkips({ source, skip, listed, onKept }: RetrySkipsProps) {
  const { t } = useTranslation('material');
  const notify = useNotify();
  const runJob = useRunJob();
  const words = useWords();
  const formats = useCall('sources.formats', {});
  const [format, setFormat] = useState('own');
  const [encoding, setEncoding] = useState('own');
  const [order, setOrder] = useState('own');
  const [scope, setScope] = useState<'one' | 'all'>('one');
  const [outcome, setOutcome] = useState<RetryOutcome | null>(null);
  const [busy, setBusy] = useState(false);
  const choose = (change: (value: string) => void) => (value: string | null) => {
    change(value ?? 'own');
    setOutcome(null);
  };
  const run = async (keep: boolean) => {
    setBusy(true);
    const ranges = scope === 'one' ? [skip] : listed.slice(0, AT_ONCE);
    try {
      const found = await runJob(
        'sources.retry',
        {
          sourceId: source.id,
          starts: ranges.map(({ start }) => start),
          format: format === 'own' ? null : format,
          encoding: encoding === 'own' ? null : SourceEncoding.parse(encoding),
          mapping: order === 'own' ? null : { dateOrder: order },
          keep,
        },
        { kind: 'retry', subject: source.file },
      );
      setOutcome(found);
      if (!keep) return;
      notify.done({ title: t('retry.kept'), message: t('retry.added', { count: found.added }) });
      onKept();
    } catch (error) {
      notify.failed(error);
    } finally {
      setBusy(false);
    }
  };
  if (source.state !== 'complete') return <Text c="dimmed">{t('retry.onlyComplete')}</Text>;
  return (
    <Stack gap="sm">
      <div>
        <Text fw={600}>{t('retry.title')}</Text>
        <Text size="xs" c="dimmed">
          {t('retry.help')}
        </Text>
      </div>
      <Group gap="sm" grow>
        <Select
          label={t('retry.format')}
          value={format}
          onChange={choose(setFormat)}
          allowDeselect={false}
          searchable
          data={[
            { value: 'own', label: t('retry.own') },
            { value: 'any', label: t('retry.any') },
            ...(formats.data ?? [])
              .filter(({ id, holds }) => id !== source.format && holds === source.holds)
              .map(({ id, title }) => ({ value: id, label: words.text(title) })),
          ]}
        />
        <Select
          label={t('retry.encoding')}
          value={encoding}
          onChange={choose(setEncoding)}
          allowDeselect={false}
          data={[
            { value: 'own', label: t('retry.ownEncoding', { encoding: source.encoding }) },
            ...SourceEncoding.options
              .filter((id) => id !== source.encoding)
              .map((value) => ({ value, label: value })),
          ]}
        />
      </Group>
      <Group gap="sm" grow>
        <Select
          label={t('retry.dateOrder')}
          value={order}
          onChange={choose(setOrder)}
          allowDeselect={false}
          data={[
            { value: 'own', label: t('retry.ownOrder') },
            ...DATE_ORDERS.map((value) => ({ value, label: value })),
          ]}
        />
        <Select
          label={t('retry.scope')}
          value={scope}
          onChange={choose((value) => setScope(value === 'all' ? 'all' : 'one'))}
          allowDeselect={false}
          data={[
            { value: 'one', label: t('retry.one') },
            { value: 'all', label: t('retry.all') },
          ]}
        />
      </Group>
      <Group gap="xs">
        <Button variant="default" loading={busy} onClick={() => void run(false)}>
          {t('retry.try')}
        </Button>
        <Button
          disabled={outcome === null || outcome.messages + outcome.entries === 0}
          loading={busy}
          onClick={() => void run(true)}
        >
          {t('retry.keep')}
        </Button>
      </Group>
      {outcome ? <Outcome outcome={outcome} /> : null}
    </Stack>
  );
}

function Outcome({ outcome }: { outcome: RetryOutcome }) {
  const { t } = useTranslation('material');
  const words = useWords();
  const format = useFormat();
  if (outcome.messages + outcome.entries === 0) {
    return (
      <Alert color="gray" variant="light">
        {t('retry.nothing')}
      </Alert>
    );
  }
  return (
    <Stack gap="xs">
      <Text>
        {outcome.messages > 0
          ? t('retry.found', { count: outcome.messages })
          : t('retry.entries', { count: outcome.entries })}
        {outcome.skippedBytesAfter > 0
          ? ` · ${t('retry.left', { bytes: format.bytes(outcome.skippedBytesAfter) })}`
          : null}
      </Text>
      {outcome.preview.length > 0 ? (
        <div className={classes.preview}>
          {outcome.preview.map((one, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: previewed messages have no id and never move
            <p key={index}>
              <Text span c="dimmed" inherit>
                <WrittenTime text={one.sentAtText} /> {one.sender}
              </Text>{' '}
              {one.text || words.of('messageKind', one.kind)}
            </p>
          ))}
        </div>
      ) : null}
    </Stack>
  );
}
