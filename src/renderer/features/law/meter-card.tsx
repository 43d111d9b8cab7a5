import { ActionIcon, Badge, Button, Group, List, Progress, Stack, Text, Tooltip } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MeterReadingView, MeterSubject, MeterView } from '../../../core/domain/meter.ts';
import { useCommand } from '../../api/hooks.ts';
import { useFormat } from '../../components/format.ts';
import { ScreenLink } from '../../components/link.tsx';
import { useNotify } from '../../components/notify.tsx';
import { useWords } from '../../components/words.ts';
import { EnterFigure } from './enter-figure.tsx';
import classes from './meter.module.css';

const COLORS = { below: 'gray', half: 'orange', reached: 'red' } as const;

interface MeterCardProps {
  subject: MeterSubject;
  meter: MeterView;
}

/** One meter: its readings with limits, window and article, what is missing, and what no number tells. */
export function MeterCard({ subject, meter }: MeterCardProps) {
  const { t } = useTranslation('meter');
  const words = useWords();
  const notify = useNotify();
  const [entering, setEntering] = useState(false);
  const withdraw = useCommand('meter.withdrawFigure');
  const states = meter.readings.map(({ state }) => state);
  const state = states.includes('reached') ? 'reached' : states.includes('half') ? 'half' : 'below';
  const left = meter.left.undated + meter.left.notInForce + meter.left.noLimits;
  return (
    <article className={classes.meter} data-state={state}>
      <Group justify="space-between" align="flex-start">
        <div>
          <Text fw={600}>{words.text(meter.title)}</Text>
          <Text size="xs" c="dimmed">
            {t('inputs', { items: meter.items, undecided: meter.undecided })}
          </Text>
        </div>
        <Button size="compact-xs" variant="default" onClick={() => setEntering(!entering)}>
          {t('figure.add')}
        </Button>
      </Group>
      {entering ? <EnterFigure subject={subject} meter={meter} onDone={() => setEntering(false)} /> : null}
      {meter.readings.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('nothing')}
        </Text>
      ) : null}
      {meter.readings.map((reading) => (
        <Reading
          key={`${reading.variant.id} ${reading.article.reference}`}
          meter={meter}
          reading={reading}
          named={meter.readings.length > 1}
        />
      ))}
      {left > 0 ? (
        <Text size="xs" c="orange">
          {t('left', meter.left)}
        </Text>
      ) : null}
      {meter.figures.map((figure) => (
        <Group key={figure.id} gap={6} wrap="nowrap">
          <Text size="xs">
            {t('figure.line', {
              counter: words.text(
                meter.counters.find(({ id }) => id === figure.counter)?.title ?? {
                  zh: figure.counter,
                  en: figure.counter,
                },
              ),
              value: figure.value,
              day: figure.day,
              source: figure.source,
              officer: figure.officer,
            })}
          </Text>
          <ActionIcon
            size="xs"
            variant="subtle"
            color="gray"
            aria-label={t('figure.withdraw')}
            onClick={() => withdraw.mutate({ subject, figureId: figure.id }, { onError: notify.failed })}
          >
            <IconX size={12} />
          </ActionIcon>
        </Group>
      ))}
      <Text size="xs" c="dimmed" mt={6}>
        {t('unknowns')}
      </Text>
      <List size="xs" c="dimmed">
        {meter.unknowns.map((unknown) => (
          <List.Item key={unknown.en}>{words.text(unknown)}</List.Item>
        ))}
      </List>
    </article>
  );
}

function Reading({ meter, reading, named }: { meter: MeterView; reading: MeterReadingView; named: boolean }) {
  const { t } = useTranslation('meter');
  const words = useWords();
  const format = useFormat();
  const article = reading.variant.factor === 1 ? reading.article : reading.variantArticle;
  return (
    <Stack gap={2} mt={8}>
      <Group gap={6}>
        <Badge color={COLORS[reading.state]} variant={reading.state === 'reached' ? 'filled' : 'light'}>
          {t(`state.${reading.state}`)}
        </Badge>
        {named ? <Badge variant="outline">{words.text(reading.variant.title)}</Badge> : null}
        <ScreenLink to="/law" search={{ article: article.reference.replace('law:', '') }}>
          {words.text(article.citation)}
        </ScreenLink>
        <Tooltip label={t('marks')}>
          <Text span size="xs" c="dimmed">
            {article.marks}
          </Text>
        </Tooltip>
      </Group>
      <Text size="xs" c="dimmed">
        {reading.window && meter.window
          ? t('window', {
              from: reading.window.from,
              to: reading.window.to,
              years: meter.window.years,
              outside: reading.outside,
            })
          : t('noWindow')}
        {reading.variant.factor === 1 ? '' : ` ${t('factor', { factor: reading.variant.factor })}`}
      </Text>
      {reading.counters.map((counter) => (
        <div key={counter.id} className={classes.counter}>
          <Text size="sm">
            {words.text(counter.title)}
            {counter.missing.length > 0 ? (
              <Text span size="xs" c="dimmed">
                {' '}
                ({counter.missing.map((code) => t(`missing.${code}`)).join(', ')})
              </Text>
            ) : null}
          </Text>
          <Progress
            className={classes.bar}
            size="sm"
            value={Math.min(100, (counter.share ?? 0) * 100)}
            color={(counter.share ?? 0) >= 1 ? 'red' : (counter.share ?? 0) >= 0.5 ? 'orange' : 'ink'}
            aria-label={words.text(counter.title)}
          />
          <Text size="sm" className={classes.numbers}>
            {counter.value === null ? '?' : format.number(counter.value)} / {format.number(counter.limit)}
          </Text>
        </div>
      ))}
      {reading.rules
        .filter((rule) => rule.kind === 'convert' || rule.needed !== 1 || rule.share !== 1)
        .map((rule) => (
          <Text
            key={`${rule.kind} ${rule.needed} ${rule.share}`}
            size="xs"
            c={rule.reached ? 'red' : 'dimmed'}
          >
            {rule.kind === 'convert'
              ? t('rule.convert', { sum: format.percent(rule.met) })
              : rule.needed === 1
                ? t('rule.alone', { share: rule.share })
                : t('rule.reach', {
                    needed: rule.needed,
                    share: format.percent(rule.share ?? 1),
                    met: rule.met,
                  })}
          </Text>
        ))}
    </Stack>
  );
}
