import {
  Badge,
  Button,
  Group,
  Kbd,
  NumberInput,
  Progress,
  Select,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { IconDice5 } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditItem, AuditSample, AuditVerdict } from '../../../core/domain/backtest.ts';
import { CATEGORY_IDS, type CategoryId } from '../../../core/domain/category.ts';
import { useCall, useCommand } from '../../api/hooks.ts';
import { Fact } from '../../components/badges.tsx';
import { Empty } from '../../components/empty.tsx';
import { FailureView } from '../../components/failure-view.tsx';
import { useFormat } from '../../components/format.ts';
import { ScreenLink } from '../../components/link.tsx';
import { Loading } from '../../components/loading.tsx';
import { useNotify } from '../../components/notify.tsx';
import { useShortcuts } from '../../components/shortcuts.tsx';
import { Time } from '../../components/time.tsx';
import { useWords } from '../../components/words.ts';
import classes from './detection.module.css';

/** A random sample of what detection let pass: how much is missed, with its interval. */
export function AuditTab() {
  const { t } = useTranslation('detection');
  const samples = useCall('samples.list', {});
  const [chosen, setChosen] = useState<string | null>(null);
  if (samples.error) return <FailureView error={samples.error} onRetry={() => void samples.refetch()} />;
  if (!samples.data) return <Loading lines={5} height={50} />;
  const sample = samples.data.find(({ id }) => id === chosen) ?? samples.data[0];
  return (
    <Stack gap="md" maw={1000}>
      <Group justify="space-between" align="end">
        <Select
          label={t('sample.choose')}
          w={340}
          value={sample?.id ?? null}
          data={samples.data.map((one) => ({
            value: one.id,
            label: t('sample.name', { size: one.size, labelled: one.labelled, seed: one.seed }),
          }))}
          onChange={setChosen}
        />
        <Draw onDrawn={(id) => setChosen(id)} />
      </Group>
      {sample ? (
        <SampleView key={sample.id} sample={sample} />
      ) : samples.isFetching ? (
        <Loading lines={5} height={50} />
      ) : (
        <Empty icon={IconDice5} title={t('sample.empty')} description={t('sample.emptyHelp')} />
      )}
    </Stack>
  );
}

function Draw({ onDrawn }: { onDrawn: (id: string) => void }) {
  const { t } = useTranslation('detection');
  const notify = useNotify();
  const draw = useCommand('samples.draw');
  const [size, setSize] = useState<number | string>(100);
  const [seed, setSeed] = useState('');
  return (
    <Group gap="xs" align="end">
      <NumberInput label={t('sample.size')} w={100} min={1} max={2000} value={size} onChange={setSize} />
      <TextInput
        label={t('sample.seed')}
        placeholder={t('sample.random')}
        w={130}
        value={seed}
        onChange={(event) => setSeed(event.currentTarget.value)}
      />
      <Button
        loading={draw.isPending}
        disabled={typeof size !== 'number'}
        onClick={() =>
          draw.mutate(
            { size: Number(size), ...(seed === '' ? {} : { seed }) },
            { onSuccess: ({ id }) => onDrawn(id), onError: notify.failed },
          )
        }
      >
        {t('sample.draw')}
      </Button>
    </Group>
  );
}

function SampleView({ sample }: { sample: AuditSample }) {
  const { t } = useTranslation('detection');
  const format = useFormat();
  const items = useCall('samples.items', { sampleId: sample.id }, { keep: true });
  const { missRate } = sample;
  return (
    <Stack gap="md">
      <Group gap="xl">
        <Fact label={t('sample.population')}>{format.number(sample.population)}</Fact>
        <Fact label={t('sample.labelled')}>
          {format.number(sample.labelled)} / {format.number(sample.size)}
        </Fact>
        <Fact label={t('sample.violations')}>{format.number(sample.violations)}</Fact>
        <Fact label={t('sample.missRate')}>
          <b>{missRate.value === null ? '—' : format.percent(missRate.value)}</b>{' '}
          <Text span size="xs" c="dimmed">
            {t('sample.interval', {
              low: format.percent(missRate.low),
              high: format.percent(missRate.high),
              n: missRate.n,
            })}
          </Text>
        </Fact>
      </Group>
      <Progress
        value={(100 * sample.labelled) / Math.max(1, sample.size)}
        aria-label={t('sample.labelled')}
      />
      {items.data ? <Labelling sample={sample} items={items.data} /> : <Loading lines={4} height={40} />}
    </Stack>
  );
}

const COLORS: Record<AuditVerdict, string> = { clean: 'teal', violation: 'red', unsure: 'yellow' };

/** One message after another, judged by keys. */
function Labelling({ sample, items }: { sample: AuditSample; items: readonly AuditItem[] }) {
  const { t } = useTranslation('detection');
  const words = useWords();
  const notify = useNotify();
  const judge = useCommand('samples.judge');
  const [at, setAt] = useState(() =>
    Math.max(
      0,
      items.findIndex(({ verdict }) => verdict === null),
    ),
  );
  const [category, setCategory] = useState<CategoryId | null>(null);
  const [last, setLast] = useState<number | null>(null);
  const [asking, setAsking] = useState(false);
  const item = items[at];
  // biome-ignore lint/correctness/useExhaustiveDependencies: each message begins with its own category
  useEffect(() => {
    setCategory(item?.category ?? null);
    setAsking(false);
  }, [item?.position, item?.category]);
  const move = (step: number) => setAt((now) => Math.min(items.length - 1, Math.max(0, now + step)));
  const say = (verdict: AuditVerdict, named = category) => {
    if (!item || judge.isPending) return;
    if (verdict === 'violation' && named === null) {
      // The category is chosen next, and completes the verdict.
      setAsking(true);
      return;
    }
    setAsking(false);
    judge.mutate(
      { sampleId: sample.id, position: item.position, verdict, category: named },
      {
        onSuccess: () => {
          setLast(at);
          move(1);
        },
        onError: notify.failed,
      },
    );
  };
  const takeBack = () => {
    const place = item?.verdict ? at : last;
    const judged = place === null ? undefined : items[place];
    if (!judged || judge.isPending || place === null) return;
    judge.mutate(
      { sampleId: sample.id, position: judged.position, verdict: null },
      {
        onSuccess: () => {
          setLast(null);
          setAt(place);
        },
        onError: notify.failed,
      },
    );
  };
  useShortcuts([
    { keys: 'k', label: t('sample.clean'), run: () => say('clean') },
    { keys: 'v', label: t('sample.violation'), run: () => say('violation') },
    { keys: 'u', label: t('sample.unsure'), run: () => say('unsure') },
    { keys: 'mod+Z', label: t('sample.takeBack'), run: takeBack },
    { keys: 'ArrowRight', label: t('sample.next'), run: () => move(1) },
    { keys: 'ArrowLeft', label: t('sample.previous'), run: () => move(-1) },
  ]);
  if (!item) return null;
  return (
    <section className={classes.cluster} aria-label={t('sample.item', { at: at + 1, size: items.length })}>
      <Group justify="space-between" mb="xs">
        <Text size="sm" c="dimmed">
          {t('sample.item', { at: at + 1, size: items.length })} · {item.sender ?? '—'} · {item.stratum} ·{' '}
          {item.sentAt === null ? item.sentAtText : <Time at={item.sentAt} />}{' '}
          <ScreenLink to="/messages" search={{ message: item.messageId }}>
            {t('cluster.open')}
          </ScreenLink>
        </Text>
        {item.verdict ? (
          <Badge color={COLORS[item.verdict]}>
            {t(`sample.${item.verdict}`)}
            {item.category ? ` · ${words.category(item.category)}` : ''}
          </Badge>
        ) : null}
      </Group>
      <div className={classes.sampleText}>{item.text}</div>
      <Group mt="md" gap="xs" align="end">
        <Button variant="default" onClick={() => say('clean')}>
          {t('sample.clean')} <Kbd ml={6}>K</Kbd>
        </Button>
        <Select
          aria-label={t('sample.category')}
          placeholder={asking ? t('sample.needsCategory') : t('sample.category')}
          key={asking ? 'asking' : 'waiting'}
          autoFocus={asking}
          defaultDropdownOpened={asking}
          searchable
          w={220}
          value={category}
          data={CATEGORY_IDS.map((id) => ({ value: id, label: words.category(id) }))}
          onChange={(value) => {
            setCategory(value as CategoryId | null);
            if (asking && value !== null) say('violation', value as CategoryId);
          }}
        />
        <Button color="red" variant="light" onClick={() => say('violation')}>
          {t('sample.violation')} <Kbd ml={6}>V</Kbd>
        </Button>
        <Button variant="default" onClick={() => say('unsure')}>
          {t('sample.unsure')} <Kbd ml={6}>U</Kbd>
        </Button>
        <Button variant="subtle" aria-label={t('sample.previous')} onClick={() => move(-1)}>
          ←
        </Button>
        <Button variant="subtle" aria-label={t('sample.next')} onClick={() => move(1)}>
          →
        </Button>
        <Button
          variant="subtle"
          disabled={!item.verdict && last === null}
          aria-keyshortcuts="Control+Z"
          onClick={takeBack}
        >
          {t('sample.takeBack')}
        </Button>
      </Group>
    </section>
  );
}
