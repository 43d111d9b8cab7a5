import { Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import {
  Bar,
  BarChart,
  CartesianGrid,
  ReferenceArea,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import type { Gap, GapReport } from '../../../core/domain/gap.ts';
import { dayBars } from './days.ts';
import classes from './source-detail.module.css';

/** Bars that can still be told apart. */
const MOST_BARS = 400;
/** Stretches without messages that are shaded; the list below has all. */
const MOST_SHADED = 60;
const DAY = 86_400_000;

/** Messages a day over the whole scope, with missing days shaded. */
export function DayStrip({ days, gaps }: { days: GapReport['days']; gaps: readonly Gap[] }) {
  const { t } = useTranslation('material');
  const bars = useMemo(() => dayBars(days, MOST_BARS), [days]);
  if (bars.length < 2) return null;
  const missing = gaps.filter(({ kind }) => kind === 'missing-days').slice(0, MOST_SHADED);
  const barOf = (day: string | null) => {
    const at = Date.parse(`${day}T00:00:00Z`);
    return bars.find((bar) => at >= bar.day && at < bar.day + bar.days * DAY)?.day ?? at;
  };
  // Days are counted in the viewer's zone but written as UTC midnights, so that no clock change moves them.
  const date = (day: number) => new Date(day).toISOString().slice(0, 10);
  return (
    <figure style={{ margin: 0 }}>
      <Text component="figcaption" size="xs" c="dimmed" mb={4}>
        {t('gaps.chart')}
      </Text>
      <div className={classes.chart}>
        <ResponsiveContainer width="100%" height="100%">
          <BarChart data={bars} margin={{ top: 4, right: 4, bottom: 0, left: -12 }} barCategoryGap={0}>
            <CartesianGrid vertical={false} stroke="var(--docket-line-soft)" />
            <XAxis
              dataKey="day"
              tickFormatter={date}
              tick={{ fontSize: 12, fill: 'var(--mantine-color-dimmed)' }}
              tickLine={false}
              axisLine={{ stroke: 'var(--docket-line)' }}
              minTickGap={40}
            />
            <YAxis
              allowDecimals={false}
              tick={{ fontSize: 12, fill: 'var(--mantine-color-dimmed)' }}
              tickLine={false}
              axisLine={false}
            />
            {missing.map((gap) => (
              <ReferenceArea
                key={gap.fromDay}
                x1={barOf(gap.fromDay)}
                x2={barOf(gap.toDay)}
                fill="var(--mantine-color-red-5)"
                fillOpacity={0.22}
                ifOverflow="hidden"
              />
            ))}
            <Tooltip
              cursor={{ fill: 'var(--docket-hover)' }}
              labelFormatter={(day) => date(Number(day))}
              formatter={(value) => [t('gaps.day', { count: Number(value) }), '']}
              separator=""
              contentStyle={{
                background: 'var(--docket-surface)',
                border: '1px solid var(--docket-line)',
                borderRadius: 4,
                fontSize: 12,
              }}
            />
            <Bar dataKey="messages" fill="#4f86b5" isAnimationActive={false} />
          </BarChart>
        </ResponsiveContainer>
      </div>
    </figure>
  );
}
