import { Text, Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { localZone, offsetAt, useFormat } from './format.ts';

interface TimeProps {
  /** UTC milliseconds; null where the export's time could not be understood. */
  at: number | null;
  /** The time as the export wrote it. */
  written?: string;
  precision?: 'minute' | 'second' | 'day';
}

/** An instant in the viewer's zone; the tooltip states the zone and the export's own words. */
export function Time({ at, written, precision = 'minute' }: TimeProps) {
  const { t } = useTranslation();
  const format = useFormat();
  if (at === null) {
    return (
      <Tooltip label={t('time.unparsed')}>
        <Text span c="dimmed" inherit>
          {written || t('state.unknown')}
        </Text>
      </Tooltip>
    );
  }
  const shown =
    precision === 'second'
      ? format.dateTime(at)
      : precision === 'day'
        ? format.date(at)
        : format.shortTime(at);
  const zone = t('time.zone', { zone: localZone(), offset: offsetAt(at) });
  const label = [format.dateTime(at), zone, written ? t('time.asWritten', { text: written }) : null]
    .filter(Boolean)
    .join('\n');
  return (
    <Tooltip label={label} style={{ whiteSpace: 'pre-line' }}>
      <time dateTime={new Date(at).toISOString()}>{shown}</time>
    </Tooltip>
  );
}
