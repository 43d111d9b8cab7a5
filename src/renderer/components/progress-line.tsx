import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type Progress, pace } from '../api/jobs.ts';
import { useFormat } from './format.ts';

/** How far a job is: step, item, share, rate and time left. */
export function ProgressLine({ progress }: { progress: Progress }) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const { rate, left } = pace(progress);
  const share = progress.total ? Math.min(1, progress.done / progress.total) : null;
  const amount = (value: number) =>
    progress.unit === 'bytes'
      ? format.bytes(value)
      : `${format.number(Math.round(value))} ${t(`unit.${progress.unit}`)}`;
  const step = `jobs.step.${progress.step}`;
  const parts = [
    i18n.exists(step) ? t(step as never) : progress.step,
    progress.item,
    share === null ? amount(progress.done) : format.percent(share),
    progress.unit === 'bytes' && progress.records !== null
      ? t('jobs.records', { count: progress.records })
      : null,
    rate === null ? null : t('jobs.rate', { rate: amount(rate) }),
    left === null ? null : t('jobs.left', { time: format.duration(left) }),
  ];
  return (
    <Text size="xs" c="dimmed">
      {parts.filter(Boolean).join(' · ')}
    </Text>
  );
}
