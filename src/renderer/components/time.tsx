import { useTranslation } from 'react-i18next';
import { localZone, offsetAt, useFormat } from './format.ts';
import classes from './time.module.css';

interface TimeProps {
  /** UTC milliseconds; null where the export's time could not be understood. */
  at: number | null;
  /** The time as the export wrote it. */
  written?: string;
  precision?: 'minute' | 'second' | 'day';
}

/**
 * An instant in the viewer's zone; on hover the zone and the export's own words. A plain title, because
 * a table shows dozens of these and draws them anew at every turn of the wheel.
 */
export function Time({ at, written, precision = 'minute' }: TimeProps) {
  const { t } = useTranslation();
  const format = useFormat();
  if (at === null)
    return (
      <span className={classes.unknown} title={t('time.unparsed')}>
        {written || t('state.unknown')}
      </span>
    );
  const shown =
    precision === 'second'
      ? format.dateTime(at)
      : precision === 'day'
        ? format.date(at)
        : format.shortTime(at);
  const title = [
    format.dateTime(at),
    t('time.zone', { zone: localZone(), offset: offsetAt(at) }),
    ...(written ? [t('time.asWritten', { text: written })] : []),
  ].join('\n');
  return (
    <time dateTime={new Date(at).toISOString()} title={title}>
      {shown}
    </time>
  );
}
