import { Group, Modal, Table, Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { CategoryId } from '../../../core/domain/category.ts';
import type { Dashboard } from '../../../core/domain/statistics.ts';
import { CountLink } from '../../components/count-link.tsx';
import { useFormat } from '../../components/format.ts';
import { useWords } from '../../components/words.ts';
import classes from './dashboard.module.css';
import { Panel } from './panel.tsx';
import { nextWeek, REST, restOf, toSeries } from './series.ts';

/** Told apart by lightness as well as hue, on light and dark ground. */
const COLOURS = ['#c0392b', '#2e6fb7', '#d98a1f', '#4a9a6b', '#8659b0', '#2a9d9d', '#b8567f', '#8a6d3b'];
const REST_COLOUR = '#9aa3ad';

const colourOf = (category: string, index: number) =>
  category === REST ? REST_COLOUR : (COLOURS[index] ?? REST_COLOUR);

/** The rows behind a piece: proposals are not among these numbers. */
const rowsOf = (category: CategoryId, week: number | undefined) => ({
  status: 'hit' as const,
  category,
  ...(week === undefined ? {} : { from: week, to: nextWeek(week) }),
});

/** Hits by week, stacked by category. A press on a piece opens its rows. */
export function HitsByWeek({ entries }: { entries: Dashboard['hitsByWeek'] }) {
  const { t } = useTranslation('dashboard');
  const format = useFormat();
  const words = useWords();
  const navigate = useNavigate();
  const { categories, weeks } = useMemo(() => toSeries(entries), [entries]);
  const nameOf = (category: string) => (category === REST ? t('weeks.rest') : words.category(category));
  const [rest, setRest] = useState<{ week: number | undefined } | null>(null);
  const open = (category: string, week: number | undefined) => {
    const known = CategoryId.safeParse(category);
    if (known.success) void navigate({ to: '/review', search: rowsOf(known.data, week) });
    else setRest({ week });
  };
  return (
    <Panel
      title={t('weeks.title')}
      aside={
        <Text size="xs" c="dimmed">
          {t('weeks.help')}
        </Text>
      }
    >
      {weeks.length === 0 ? (
        <Text c="dimmed">{t('weeks.none')}</Text>
      ) : (
        <>
          <div className={classes.chart}>
            <ResponsiveContainer width="100%" height="100%">
              <BarChart data={weeks} margin={{ top: 4, right: 4, bottom: 0, left: -12 }}>
                <CartesianGrid vertical={false} stroke="var(--docket-line-soft)" />
                <XAxis
                  dataKey="week"
                  tickFormatter={(week: number) => format.monthDay(week)}
                  tick={{ fontSize: 12, fill: 'var(--mantine-color-dimmed)' }}
                  tickLine={false}
                  axisLine={{ stroke: 'var(--docket-line)' }}
                  minTickGap={16}
                />
                <YAxis
                  allowDecimals={false}
                  tick={{ fontSize: 12, fill: 'var(--mantine-color-dimmed)' }}
                  tickLine={false}
                  axisLine={false}
                />
                <Tooltip
                  cursor={{ fill: 'var(--docket-hover)' }}
                  isAnimationActive={false}
                  content={({ active, label, payload }) =>
                    active && payload.length > 0 ? (
                      <div className={classes.tip}>
                        <strong>{t('weeks.week', { date: format.date(Number(label)) })}</strong>
                        {[...payload]
                          .filter((item) => Number(item.value) > 0)
                          .sort((a, b) => Number(b.value) - Number(a.value))
                          .map((item) => (
                            <span key={String(item.dataKey)} className={classes.tipLine}>
                              <i style={{ background: item.color }} />
                              {nameOf(String(item.dataKey))}
                              <b>{format.number(Number(item.value))}</b>
                            </span>
                          ))}
                      </div>
                    ) : null
                  }
                />
                {categories.map((category, index) => (
                  <Bar
                    key={category}
                    dataKey={category}
                    stackId="hits"
                    fill={colourOf(category, index)}
                    maxBarSize={36}
                    isAnimationActive={false}
                    cursor="pointer"
                    onClick={(bar) => open(category, (bar.payload as { week?: number } | undefined)?.week)}
                  />
                ))}
              </BarChart>
            </ResponsiveContainer>
          </div>
          <Group gap="md" mt="xs">
            {categories.map((category, index) => (
              <button
                key={category}
                type="button"
                className={classes.legend}
                onClick={() => open(category, undefined)}
              >
                <i style={{ background: colourOf(category, index) }} />
                {nameOf(category)}
              </button>
            ))}
          </Group>
          <Modal
            opened={rest !== null}
            onClose={() => setRest(null)}
            title={
              rest?.week === undefined
                ? t('weeks.rest')
                : `${t('weeks.rest')} · ${t('weeks.week', { date: format.date(rest.week) })}`
            }
          >
            <Table>
              <Table.Tbody>
                {restOf(entries, categories, rest?.week).map(([category, hits]) => (
                  <Table.Tr key={category}>
                    <Table.Td>{words.category(category)}</Table.Td>
                    <Table.Td ta="end">
                      <CountLink value={hits} to="/review" search={rowsOf(category, rest?.week)} />
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Modal>
        </>
      )}
    </Panel>
  );
}
