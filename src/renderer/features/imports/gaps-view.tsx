import { Alert, Group, SegmentedControl, Select, Stack, Text } from '@mantine/core';
import { IconCircleCheck, IconInfoCircle, IconMessageOff } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Source } from '../../../core/domain/source.ts';
import { useCall } from '../../api/hooks.ts';
import { Fact } from '../../components/badges.tsx';
import { Empty } from '../../components/empty.tsx';
import { FailureView } from '../../components/failure-view.tsx';
import { localZone, useFormat } from '../../components/format.ts';
import { Loading } from '../../components/loading.tsx';
import { useFilters } from '../../components/use-filters.ts';
import { DayStrip } from './day-strip.tsx';
import { GapList } from './gap-list.tsx';
import classes from './source-detail.module.css';
import type { SourceSearch } from './source-route.ts';

const route = getRouteApi('/imports/$sourceId');
const ALL = 'all';

/** What is missing or odd in a source, or in one chat over all sources. */
export function GapsView({ source }: { source: Source }) {
  const { t } = useTranslation('material');
  const { conversation, everywhere = false } = route.useSearch();
  const { set } = useFilters<SourceSearch>(route.useNavigate());
  const sides = useCall('reconciliation.sides', { sourceId: source.id });
  const wide = everywhere && conversation !== undefined;
  const report = useCall(
    'gaps.find',
    {
      zone: localZone(),
      ...(wide ? {} : { sourceId: source.id }),
      ...(conversation === undefined ? {} : { conversationId: conversation }),
    },
    { keep: true },
  );
  const several = (sides.data?.length ?? 0) > 1;
  return (
    <div className={classes.scroll}>
      <Stack gap="md" pb="md">
        <Group gap="md" align="flex-end">
          <Select
            label={t('gaps.conversation')}
            w={300}
            allowDeselect={false}
            searchable
            value={conversation ?? ALL}
            onChange={(value) =>
              set(
                value === ALL || value === null
                  ? { conversation: undefined, everywhere: undefined }
                  : { conversation: value },
              )
            }
            data={[
              ...(several || !conversation ? [{ value: ALL, label: t('gaps.allConversations') }] : []),
              ...(sides.data ?? []).map(({ conversationId, name }) => ({
                value: conversationId,
                label: name ?? conversationId,
              })),
            ]}
          />
          <SegmentedControl
            aria-label={t('gaps.scope')}
            disabled={conversation === undefined}
            value={wide ? 'all' : 'one'}
            onChange={(value) => set({ everywhere: value === 'all' ? true : undefined })}
            data={[
              { value: 'one', label: t('gaps.thisSource') },
              { value: 'all', label: t('gaps.everySource') },
            ]}
          />
        </Group>
        <Alert icon={<IconInfoCircle size={16} />} color="gray" variant="light" py={6}>
          {t(wide ? 'gaps.relativeAll' : 'gaps.relative')}
        </Alert>
        {report.error ? (
          <FailureView error={report.error} onRetry={() => void report.refetch()} />
        ) : report.data ? (
          <Findings report={report.data} />
        ) : (
          <Loading lines={8} height={24} />
        )}
      </Stack>
    </div>
  );
}

function Findings({ report }: { report: NonNullable<ReturnType<typeof useCall<'gaps.find'>>['data']> }) {
  const { t } = useTranslation('material');
  const format = useFormat();
  const { counts } = report;
  return (
    <>
      <div className={classes.figures}>
        <Fact label={t('gaps.messages')}>{format.number(report.messages)}</Fact>
        <Fact label={t('gaps.days')}>{format.number(report.days.length)}</Fact>
        <Fact label={t('gaps.kind.missing-days')}>{format.number(counts['missing-days'] ?? 0)}</Fact>
        <Fact label={t('gaps.kind.backwards')}>{format.number(counts.backwards ?? 0)}</Fact>
        <Fact label={t('gaps.kind.sequence-hole')}>
          {report.sequence === 'consecutive' ? (
            format.number(counts['sequence-hole'] ?? 0)
          ) : (
            <Text span inherit c="dimmed">
              {t(`gaps.sequence.${report.sequence}`)}
            </Text>
          )}
        </Fact>
        <Fact label={t('gaps.kind.damage')}>{format.number(counts.damage ?? 0)}</Fact>
        <Fact label={t('gaps.untimed')}>{format.number(report.untimed)}</Fact>
        {report.skipped === null ? null : (
          <Fact label={t('gaps.skipped')}>{format.number(report.skipped)}</Fact>
        )}
      </div>
      <DayStrip days={report.days} gaps={report.gaps} />
      {report.messages === 0 ? (
        <Empty
          icon={IconMessageOff}
          title={t('gaps.noMessages.title')}
          description={t('gaps.noMessages.help')}
        />
      ) : report.gaps.length === 0 ? (
        <Empty icon={IconCircleCheck} title={t('gaps.none.title')} description={t('gaps.none.help')} />
      ) : (
        <GapList gaps={report.gaps} />
      )}
    </>
  );
}
