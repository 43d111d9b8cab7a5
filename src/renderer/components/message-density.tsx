import { Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCall } from '../api/hooks.ts';
import { localZone, useFormat } from './format.ts';
import classes from './message-density.module.css';

/** How dense a chat is in the week before and after one message; a quiet stretch beside it is seen at once. */
export function MessageDensity({ messageId }: { messageId: string }) {
  const { t } = useTranslation('material');
  const format = useFormat();
  const density = useCall('gaps.density', { messageId, zone: localZone() });
  if (!density.data) return null;
  const { days, sinceBefore, untilAfter, usual } = density.data;
  const most = Math.max(1, ...days.map(({ messages }) => messages));
  const own = Math.floor(days.length / 2);
  return (
    <Group gap="md" wrap="nowrap" align="flex-end" className={classes.density}>
      <div className={classes.bars} role="img" aria-label={t('density.title')}>
        {days.map(({ day, messages }, index) => (
          <i
            key={day}
            data-own={index === own || undefined}
            title={`${day}: ${t('gaps.day', { count: messages })}`}
            style={{ height: `${messages === 0 ? 2 : 6 + (messages / most) * 22}px` }}
          />
        ))}
      </div>
      <Text size="xs" c="dimmed">
        {[
          ...(sinceBefore === null
            ? []
            : [t('density.since', { time: format.duration(sinceBefore / 1000) })]),
          ...(untilAfter === null ? [] : [t('density.until', { time: format.duration(untilAfter / 1000) })]),
          t('density.usual', { messages: format.number(Math.round(usual * 10) / 10) }),
        ].join(' · ')}
      </Text>
    </Group>
  );
}
