import { Badge, Button, Center, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Skip, Source } from '../../../core/domain/source.ts';
import { usePages } from '../../api/hooks.ts';
import { CopyIcon } from '../../components/copy.tsx';
import { FailureView } from '../../components/failure-view.tsx';
import { Loading } from '../../components/loading.tsx';
import { useWords } from '../../components/words.ts';
import classes from './imports.module.css';

const PAGE = 50;

/** What could not be read: the place, the reason in words and the bytes themselves. */
export function SkipList({ source }: { source: Source }) {
  const { t } = useTranslation('imports');
  const skips = usePages('sources.skips', { sourceId: source.id }, { limit: PAGE });
  if (skips.error) return <FailureView error={skips.error} onRetry={skips.refresh} />;
  if (skips.loading) return <Loading lines={6} height={40} />;
  if (skips.rows.length === 0) return <Text c="dimmed">{t('skips.none')}</Text>;
  return (
    <Stack gap="md">
      <SkipSummary source={source} />
      {skips.rows.map((skip) => (
        <SkipCard key={skip.start} skip={skip} />
      ))}
      {skips.more ? (
        <Center>
          <Button variant="subtle" loading={skips.loadingMore} onClick={skips.loadMore}>
            {t('skips.more')}
          </Button>
        </Center>
      ) : null}
    </Stack>
  );
}

function SkipSummary({ source }: { source: Source }) {
  const { t } = useTranslation('imports');
  const words = useWords();
  return (
    <Group gap="xs">
      {source.skips.map((skip) => (
        <Badge key={skip.code} color="red">
          {words.of('rangeCode', skip.code)} {t('skips.count', { count: skip.count })}
        </Badge>
      ))}
    </Group>
  );
}

function SkipCard({ skip }: { skip: Skip }) {
  const { t } = useTranslation('imports');
  const words = useWords();
  return (
    <div>
      <Group justify="space-between" gap="xs" wrap="nowrap">
        <Text fw={600}>{t('skips.line', { line: skip.line })}</Text>
        <Group gap={4} wrap="nowrap">
          <Text size="xs" c="dimmed">
            {t('skips.bytes', { start: skip.start, end: skip.end })}
          </Text>
          <CopyIcon value={skip.text} />
        </Group>
      </Group>
      <Text>
        {words.of('rangeCode', skip.code)}
        {skip.count > 1 ? ` · ${t('skips.count', { count: skip.count })}` : ''}
      </Text>
      <pre className={classes.raw}>
        {skip.text}
        {skip.cut ? `\n${t('skips.cut')}` : ''}
      </pre>
    </div>
  );
}
