import { Button, Group, Stack, Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Campaign } from '../../../core/domain/bulletin.ts';
import { useCommand } from '../../api/hooks.ts';
import { useAskFields } from '../../components/ask-fields.tsx';
import { CategoryBadge, Fact } from '../../components/badges.tsx';
import { endOfDay, toDay } from '../../components/days.ts';
import { SidePanel } from '../../components/side-panel.tsx';
import { Time } from '../../components/time.tsx';
import { FiguresView } from './figures-view.tsx';
import { useWriteBulletin } from './use-write-bulletin.ts';

/** One campaign: what it rests on, what was announced, what came of it so far. */
export function CampaignPanel({ campaign, onClose }: { campaign: Campaign; onClose: () => void }) {
  const { t } = useTranslation('campaigns');
  const ask = useAskFields();
  const end = useCommand('campaigns.end');
  const update = useCommand('campaigns.update');
  const write = useWriteBulletin();
  const { startedAt, endedAt, categories } = campaign;
  // To the end of today, so that the question stays the same while the panel is open.
  const query = useMemo(
    () => ({ from: startedAt, to: endedAt ?? endOfDay(Date.now()), categories }),
    [startedAt, endedAt, categories],
  );
  return (
    <SidePanel
      name="campaign"
      width={560}
      title={`${campaign.number} ${campaign.title}`}
      onClose={onClose}
      actions={
        <Group gap="xs">
          <Button size="compact-sm" onClick={() => write({ query, campaign })}>
            {t('bulletin.write')}
          </Button>
          {endedAt === null ? (
            <>
              <Button
                size="compact-sm"
                variant="default"
                onClick={() =>
                  ask({
                    title: t('change'),
                    fields: [
                      {
                        name: 'title',
                        kind: 'text',
                        label: t('column.title'),
                        required: true,
                        initial: campaign.title,
                      },
                      {
                        name: 'basis',
                        kind: 'text',
                        label: t('basis'),
                        required: true,
                        initial: campaign.basis,
                      },
                      {
                        name: 'announcement',
                        kind: 'area',
                        label: t('announcement'),
                        initial: campaign.announcement,
                      },
                    ],
                    submit: async (values) =>
                      update.mutateAsync({
                        campaignId: campaign.id,
                        title: values.title ?? '',
                        basis: values.basis ?? '',
                        announcement: values.announcement ?? '',
                      }),
                  })
                }
              >
                {t('change')}
              </Button>
              <Button
                size="compact-sm"
                variant="default"
                onClick={() =>
                  ask({
                    title: t('end'),
                    fields: [
                      {
                        name: 'day',
                        kind: 'day',
                        label: t('lastDay'),
                        required: true,
                        initial: toDay(Date.now()),
                      },
                    ],
                    submit: async ({ day }) =>
                      end.mutateAsync({
                        campaignId: campaign.id,
                        endedAt: endOfDay(new Date(`${day}T12:00`).getTime()),
                      }),
                  })
                }
              >
                {t('end')}
              </Button>
            </>
          ) : null}
        </Group>
      }
    >
      <Stack gap="sm">
        <Fact label={t('basis')}>{campaign.basis}</Fact>
        <Fact label={t('column.categories')}>
          <Group gap={4}>
            {categories.map((id) => (
              <CategoryBadge key={id} category={id} />
            ))}
          </Group>
        </Fact>
        <Fact label={t('period')}>
          <Time at={startedAt} precision="day" /> –{' '}
          {endedAt === null ? t('running') : <Time at={endedAt - 1} precision="day" />}
        </Fact>
        {campaign.announcement ? (
          <Fact label={t('announcement')}>
            <Text style={{ whiteSpace: 'pre-wrap' }}>{campaign.announcement}</Text>
          </Fact>
        ) : null}
        <FiguresView query={query} />
      </Stack>
    </SidePanel>
  );
}
