import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Link } from '../../../core/domain/link.ts';
import { usePages } from '../../api/hooks.ts';
import { Fact } from '../../components/badges.tsx';
import { CopyIcon } from '../../components/copy.tsx';
import { FailureView } from '../../components/failure-view.tsx';
import { useFormat } from '../../components/format.ts';
import { findMarks, HitText } from '../../components/hit-text.tsx';
import { ScreenLink } from '../../components/link.tsx';
import { Loading } from '../../components/loading.tsx';
import { SidePanel } from '../../components/side-panel.tsx';
import { Time } from '../../components/time.tsx';

const PAGE = 50;
/** Characters of a message around which the list stays readable. */
const SHOWN = 400;

/** One link and the messages that show it, the latest first. */
export function LinkPanel({ link, onClose }: { link: Link; onClose: () => void }) {
  const { t } = useTranslation('links');
  const format = useFormat();
  const places = usePages('links.places', { linkId: link.id }, { limit: PAGE });
  return (
    <SidePanel name="link" title={link.domain} onClose={onClose}>
      <Stack gap="md">
        <Fact label={t('column.url')}>
          <Group gap={4} wrap="nowrap" align="flex-start">
            <span style={{ overflowWrap: 'anywhere' }}>{link.url}</span>
            <CopyIcon value={link.url} />
          </Group>
        </Fact>
        <Text size="xs" c="dimmed">
          {t('notOpened')}
        </Text>
        <Group gap="xl">
          <Fact label={t('column.status')}>{t(`status.${link.status}`)}</Fact>
          <Fact label={t('column.places')}>{format.number(link.places)}</Fact>
          <Fact label={t('column.senders')}>{format.number(link.senders)}</Fact>
          <Fact label={t('column.firstAt')}>
            <Time at={link.firstAt} />
          </Fact>
          <Fact label={t('column.lastAt')}>
            <Time at={link.lastAt} />
          </Fact>
        </Group>
        <Text fw={600}>{t('places')}</Text>
        {places.error ? (
          <FailureView error={places.error} onRetry={places.refresh} />
        ) : places.loading ? (
          <Loading lines={4} height={32} />
        ) : (
          places.rows.map((place) => (
            <div key={place.messageId}>
              <Group gap="xs" wrap="nowrap">
                <ScreenLink to="/messages" search={{ message: place.messageId }}>
                  <Time at={place.sentAt} />
                </ScreenLink>
                <Text size="xs" c="dimmed" truncate>
                  {[place.conversation, place.sender].filter(Boolean).join(' · ')}
                </Text>
                {place.origin === 'text' ? null : (
                  <Badge color="gray" variant="light" style={{ flex: 'none' }}>
                    {t(`origin.${place.origin}`)}
                  </Badge>
                )}
              </Group>
              <Text style={{ overflowWrap: 'anywhere' }}>
                <HitText
                  text={place.text.slice(0, SHOWN)}
                  marks={findMarks(place.text.slice(0, SHOWN), link.domain)}
                />
              </Text>
            </div>
          ))
        )}
        {places.more ? (
          <Button variant="subtle" loading={places.loadingMore} onClick={places.loadMore}>
            {t('more')}
          </Button>
        ) : null}
      </Stack>
    </SidePanel>
  );
}
