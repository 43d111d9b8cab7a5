import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCall } from '../api/hooks.ts';

/** What of the media in a chat or a source is missing and unexamined, beside its messages. */
export function MediaLine({
  sourceId,
  conversationId,
}: {
  sourceId?: string | undefined;
  conversationId?: string | undefined;
}) {
  const { t } = useTranslation('material');
  const scope = sourceId ? { sourceId } : conversationId ? { conversationId } : {};
  const counts = useCall('media.counts', scope);
  if (!counts.data || counts.data.named === 0) return null;
  const { named, found, examined } = counts.data;
  return (
    <Text size="xs" c="dimmed">
      {t('messageMedia', { named, missing: named - found, unexamined: named - examined })}
    </Text>
  );
}
