import { Text } from '@mantine/core';
import { Trans, useTranslation } from 'react-i18next';
import { useCall } from '../api/hooks.ts';
import { CountLink } from './count-link.tsx';

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
      <Trans
        t={t}
        i18nKey="messageMedia"
        components={{
          named: <CountLink value={named} to="/messages/media" search={scope} />,
          missing: (
            <CountLink value={named - found} to="/messages/media" search={{ ...scope, state: 'missing' }} />
          ),
          unexamined: (
            <CountLink
              value={named - examined}
              to="/messages/media"
              search={{ ...scope, state: 'unexamined' }}
            />
          ),
        }}
      />
    </Text>
  );
}
