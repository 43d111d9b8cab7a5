import { Alert, Group, Stack, Text, Textarea } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../api/hooks.ts';
import { CategoryBadge, StatusBadge, Transforms } from '../../components/badges.tsx';
import { FailureView } from '../../components/failure-view.tsx';
import { useFormat } from '../../components/format.ts';
import { HitText } from '../../components/hit-text.tsx';
import { ScreenLink } from '../../components/link.tsx';
import { useWords } from '../../components/words.ts';
import { idOfRule } from './filter-rules.ts';
import { NormalizeSteps } from './normalize-steps.tsx';
import classes from './rules.module.css';

const MOST = 20_000;

/** A typed text judged by the packs that are on; nothing of it is stored. */
export function RuleTest() {
  const { t } = useTranslation(['rules', 'common']);
  const words = useWords();
  const format = useFormat();
  const [typed, setTyped] = useState('');
  const [text] = useDebouncedValue(typed, 250);
  const result = useCall('rules.test', { text }, { enabled: text.trim().length > 0, keep: true });
  const hits = text.trim() && result.data && !result.isPlaceholderData ? result.data.hits : [];
  const marks = hits.flatMap((hit) =>
    hit.spans.map(({ start, end }) => ({
      start,
      end,
      kind: 'hit' as const,
      title: `${words.category(hit.category)} · ${words.text(hit.ruleTitle)}`,
    })),
  );
  return (
    <Stack gap="md" maw={820}>
      <Textarea
        label={t('test.label')}
        description={t('test.help')}
        placeholder={t('test.placeholder')}
        minRows={4}
        maxLength={MOST}
        size="sm"
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      {result.error ? <FailureView error={result.error} onRetry={() => void result.refetch()} /> : null}
      {text.trim() && result.data && !result.isPlaceholderData ? (
        hits.length === 0 ? (
          <Alert color="teal" variant="light">
            {t('test.clean')}
          </Alert>
        ) : (
          <>
            <div className={classes.tested}>
              <HitText text={text} marks={marks} />
            </div>
            <Stack gap="xs" role="list" aria-label={t('test.found', { count: hits.length })}>
              <Text fw={600}>{t('test.found', { count: hits.length })}</Text>
              {hits.map((hit) => (
                <Group
                  key={`${idOfRule({ pack: hit.pack, id: hit.rule })} ${hit.spans[0]?.start}`}
                  gap="xs"
                  role="listitem"
                >
                  <StatusBadge status={hit.status} />
                  <CategoryBadge category={hit.category} />
                  <ScreenLink to="/rules" search={{ rule: idOfRule({ pack: hit.pack, id: hit.rule }) }}>
                    {words.text(hit.ruleTitle)}
                  </ScreenLink>
                  <Text span>“{hit.spans.map((span) => span.text).join('…')}”</Text>
                  {hit.transforms.length > 0 ? (
                    <Text span c="dimmed">
                      {t('test.read', { text: hit.normalized })}
                    </Text>
                  ) : null}
                  <Text span size="xs" c="dimmed">
                    {format.percent(hit.score)}
                  </Text>
                  <Transforms names={hit.transforms} />
                </Group>
              ))}
            </Stack>
          </>
        )
      ) : null}
      {result.isFetching ? (
        <Text c="dimmed" role="status">
          {t('test.judging')}
        </Text>
      ) : null}
      {text.trim() ? <NormalizeSteps text={text} /> : <Text c="dimmed">{t('test.emptyHelp')}</Text>}
    </Stack>
  );
}
