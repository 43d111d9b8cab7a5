import { Badge, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Duty } from '../../../core/domain/case.ts';
import { Time } from '../../components/time.tsx';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** `in 5 hours`, `3 days ago`: the distance in the unit a person would use. */
export function distance(to: number, now: number, language: string): string {
  const words = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const away = to - now;
  const [size, unit] =
    Math.abs(away) >= 2 * DAY
      ? ([DAY, 'day'] as const)
      : Math.abs(away) >= HOUR
        ? ([HOUR, 'hour'] as const)
        : ([60_000, 'minute'] as const);
  return words.format(Math.trunc(away / size), unit);
}

/** When a duty is due, and whether that is past or near. */
export function Due({ duty }: { duty: Duty }) {
  const { t, i18n } = useTranslation('duties');
  if (duty.dueAt === null)
    return (
      <Text span c="dimmed" inherit>
        {t('noDue')}
      </Text>
    );
  if (duty.state === 'closed') return <Time at={duty.dueAt} />;
  const now = Date.now();
  const near = !duty.overdue && duty.dueAt - now < DAY;
  return (
    <Group gap={6} wrap="nowrap">
      <Time at={duty.dueAt} />
      {duty.state === 'open' && (duty.overdue || near) ? (
        <Badge color={duty.overdue ? 'red' : 'yellow'} variant={duty.overdue ? 'filled' : 'light'}>
          {duty.overdue ? t('overdue') : distance(duty.dueAt, now, i18n.language)}
        </Badge>
      ) : null}
    </Group>
  );
}
