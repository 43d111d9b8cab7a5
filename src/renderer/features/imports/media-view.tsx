import { Button, Group, Text } from '@mantine/core';
import { IconFolderSearch } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Source } from '../../../core/domain/source.ts';
import { useCall } from '../../api/hooks.ts';
import { useNative } from '../../api/native.ts';
import { useRunJob } from '../../api/use-job.ts';
import { Fact } from '../../components/badges.tsx';
import { useFormat } from '../../components/format.ts';
import { useNotify } from '../../components/notify.tsx';
import { useFilters } from '../../components/use-filters.ts';
import { MediaStates, MediaTable } from './media-table.tsx';
import classes from './source-detail.module.css';
import type { SourceSearch } from './source-route.ts';

const route = getRouteApi('/imports/$sourceId');

/** Media that a source names: which files they are, what is missing, and what nothing has looked into. */
export function MediaView({ source }: { source: Source }) {
  const { t } = useTranslation('material');
  const { media: state } = route.useSearch();
  const { set } = useFilters<SourceSearch>(route.useNavigate());
  const format = useFormat();
  const counts = useCall('media.counts', { sourceId: source.id });
  const { named, found, examined } = counts.data ?? { named: 0, found: 0, examined: 0 };
  return (
    <>
      <div className={classes.figures}>
        <Fact label={t('media.named')}>{format.number(named)}</Fact>
        <Fact label={t('media.missing')}>{format.number(named - found)}</Fact>
        <Fact label={t('media.unexamined')}>{format.number(named - examined)}</Fact>
        <Group gap="xs" ml="auto">
          <MediaStates value={state} onChange={(media) => set({ media })} />
          {named > 0 ? <MatchButton source={source} /> : null}
        </Group>
      </div>
      <Text size="xs" c="dimmed">
        {t('media.help')}
      </Text>
      <MediaTable scope={{ sourceId: source.id }} state={state} />
    </>
  );
}

function MatchButton({ source }: { source: Source }) {
  const { t } = useTranslation('material');
  const native = useNative();
  const notify = useNotify();
  const runJob = useRunJob();
  const match = async () => {
    try {
      const folders = await native.openFiles({ folder: true });
      const folder = folders?.[0];
      if (!folder) return;
      const outcome = await runJob(
        'media.match',
        { sourceId: source.id, folder },
        { kind: 'media', subject: source.file },
      );
      notify.done({
        title: t('media.matched', { count: outcome.matched }),
        message: t('media.outcome', {
          files: outcome.files,
          codes: outcome.codes,
          refused: outcome.refused.length,
        }),
      });
    } catch (error) {
      notify.failed(error);
    }
  };
  return (
    <Button
      variant="default"
      leftSection={<IconFolderSearch size={15} />}
      disabled={source.state === 'excluded'}
      onClick={() => void match()}
    >
      {t('media.match')}
    </Button>
  );
}
