import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Message } from '../../../core/domain/conversation.ts';
import { useCall } from '../../api/hooks.ts';
import { offsetAt, useFormat } from '../format.ts';

/**
 * A message with where it can be found again: who, when, in which conversation, at which bytes of which
 * file. The function stays the same between renders.
 */
export function useCitation(): (message: Message) => string {
  const { t } = useTranslation();
  const format = useFormat();
  const { data: sources } = useCall('sources.list', {});
  return useCallback(
    (message) =>
      t('chat.citation', {
        text: message.text,
        sender: message.sender ?? t('chat.noSender'),
        time:
          message.sentAt === null
            ? message.sentAtText
            : `${format.dateTime(message.sentAt)} ${offsetAt(message.sentAt)}`,
        conversation: message.conversation ?? t('state.unnamed'),
        source: sources?.find((source) => source.id === message.sourceId)?.file ?? message.sourceId,
        line: message.locator.line,
        start: message.locator.start,
        end: message.locator.end,
      }),
    [t, format, sources],
  );
}
