import { Badge, Card, Group, SegmentedControl, Stack, Table, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Backtest, BacktestSample, Share } from '../../../core/domain/backtest.ts';
import { CategoryBadge, Fact, StatusBadge } from '../../components/badges.tsx';
import { useFormat } from '../../components/format.ts';
import { HitText } from '../../components/hit-text.tsx';
import { ScreenLink } from '../../components/link.tsx';
import { Time } from '../../components/time.tsx';
import classes from './rules.module.css';

const COLORS = { added: 'teal', lost: 'red', changed: 'yellow' } as const;
const KINDS = ['added', 'lost', 'changed'] as const;

/** What a draft would change: numbers, quality against reviewed verdicts, the cost of review, samples. */
export function BacktestView({ backtest }: { backtest: Backtest }) {
  const { t } = useTranslation('rules');
  const format = useFormat();
  const { quality, baseQuality, review } = backtest;
  const share = ({ value, low, high, n }: Share) =>
    value === null
      ? t('backtest.unknown')
      : t('backtest.share', {
          value: format.percent(value),
          low: format.percent(low),
          high: format.percent(high),
          n: format.number(n),
        });
  return (
    <Card withBorder p="md" component="section" aria-label={t('backtest.title')}>
      <Stack gap="md">
        <Group justify="space-between">
          <Text fw={600}>
            {t('backtest.of', { pack: backtest.pack, version: backtest.version })}{' '}
            {backtest.kind === 'shadow' ? <Badge color="grape">{t('backtest.shadow')}</Badge> : null}
          </Text>
          <Text size="xs" c="dimmed">
            {t('backtest.against', {
              base: backtest.baseVersion ?? t('backtest.nothing'),
              messages: format.number(backtest.messages),
            })}{' '}
            · {format.duration(backtest.seconds)} · <Time at={backtest.at} /> · {backtest.officer}
          </Text>
        </Group>
        <Group gap="xl">
          <Fact label={t('backtest.hits')}>
            {format.number(backtest.before)} → <b>{format.number(backtest.after)}</b>
          </Fact>
          {KINDS.map((kind) => (
            <Fact key={kind} label={t(`backtest.${kind}`)}>
              <Text span fw={600} c={COLORS[kind]}>
                {format.number(backtest[kind])}
              </Text>
            </Fact>
          ))}
          <Fact label={t('backtest.hours')}>
            {t('backtest.hoursOf', {
              hours: format.number(Math.round(review.hours * 10) / 10),
              seconds: format.number(Math.round(review.secondsPerHit)),
              how: t(review.measured ? 'backtest.measured' : 'backtest.assumed'),
            })}
          </Fact>
        </Group>
        <Group gap="xl">
          <Fact label={t('backtest.precision')}>
            {share(quality.precision)}
            {baseQuality ? (
              <Text size="xs" c="dimmed">
                {t('backtest.before')} {share(baseQuality.precision)}
              </Text>
            ) : null}
          </Fact>
          <Fact label={t('backtest.recall')}>
            {share(quality.recall)}
            {baseQuality ? (
              <Text size="xs" c="dimmed">
                {t('backtest.before')} {share(baseQuality.recall)}
              </Text>
            ) : null}
          </Fact>
        </Group>
        <Rules backtest={backtest} />
        <Samples samples={backtest.samples} />
      </Stack>
    </Card>
  );
}

function Rules({ backtest }: { backtest: Backtest }) {
  const { t } = useTranslation('rules');
  const format = useFormat();
  const moved = backtest.rules.filter(({ added, lost, changed }) => added + lost + changed > 0);
  if (moved.length === 0) return <Text c="dimmed">{t('backtest.same')}</Text>;
  return (
    <Table>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('column.title')}</Table.Th>
          {[...KINDS, 'unchanged' as const].map((kind) => (
            <Table.Th key={kind} ta="end">
              {t(`backtest.${kind}`)}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {moved.slice(0, 50).map((rule) => (
          <Table.Tr key={rule.rule}>
            <Table.Td>{rule.rule}</Table.Td>
            {([...KINDS, 'same'] as const).map((kind) => (
              <Table.Td key={kind} ta="end">
                {format.number(rule[kind])}
              </Table.Td>
            ))}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Samples({ samples }: { samples: readonly BacktestSample[] }) {
  const { t } = useTranslation('rules');
  const first = KINDS.find((kind) => samples.some(({ change }) => change === kind)) ?? 'added';
  const [kind, setKind] = useState<(typeof KINDS)[number]>(first);
  const shown = samples.filter(({ change }) => change === kind);
  if (samples.length === 0) return null;
  return (
    <div>
      <SegmentedControl
        mb="xs"
        value={kind}
        onChange={(next) => setKind(next as typeof kind)}
        data={KINDS.map((one) => ({
          value: one,
          label: `${t(`backtest.${one}`)} ${samples.filter(({ change }) => change === one).length}`,
        }))}
      />
      <ul className={classes.samples} aria-label={t('backtest.samples')}>
        {shown.map((sample, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: samples of a finished backtest never move
          <li key={index} className={classes.sample}>
            <Group gap={6} mb={2}>
              <StatusBadge status={sample.status} />
              <CategoryBadge category={sample.category} />
              <Text span size="xs" c="dimmed">
                {sample.rule} · {sample.sender ?? ''}
              </Text>
              {sample.sentAt === null ? null : <Time at={sample.sentAt} />}
              {sample.messageId === null ? null : (
                <ScreenLink to="/messages" search={{ message: sample.messageId }}>
                  {t('backtest.open')}
                </ScreenLink>
              )}
            </Group>
            <HitText
              text={sample.text.slice(0, 400)}
              marks={sample.spans.map((span) => ({ ...span, kind: 'hit' as const }))}
            />
          </li>
        ))}
      </ul>
    </div>
  );
}
