/** Hits by week as the chart stacks them. */
import type { CategoryId } from '../../../core/domain/category.ts';
import type { Dashboard } from '../../../core/domain/statistics.ts';

/** Categories that get a colour of their own; the rest share one. */
const OWN_COLOURS = 7;
export const REST = 'rest';

export interface WeekRow {
  week: number;
  [category: string]: number;
}

export interface Series {
  /** Largest first; `REST` last where there is one. */
  categories: (CategoryId | typeof REST)[];
  /** Every week from the first to the last, empty ones too. */
  weeks: WeekRow[];
}

/** The Monday after; by calendar days, because a week across a clock change is no 168 hours. */
export function nextWeek(week: number): number {
  const day = new Date(week);
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + 7).getTime();
}

export function toSeries(entries: Dashboard['hitsByWeek']): Series {
  const totals = new Map<CategoryId, number>();
  for (const { category, hits } of entries) totals.set(category, (totals.get(category) ?? 0) + hits);
  const ranked = [...totals].sort((a, b) => b[1] - a[1]).map(([category]) => category);
  const own = new Set(ranked.length <= OWN_COLOURS + 1 ? ranked : ranked.slice(0, OWN_COLOURS));
  const categories: Series['categories'] = [
    ...ranked.filter((category) => own.has(category)),
    ...(own.size < ranked.length ? ([REST] as const) : []),
  ];
  const byWeek = new Map<number, WeekRow>();
  for (const { week, category, hits } of entries) {
    const row = byWeek.get(week) ?? { week };
    const key = own.has(category) ? category : REST;
    row[key] = (row[key] ?? 0) + hits;
    byWeek.set(week, row);
  }
  const known = [...byWeek.keys()];
  const last = Math.max(...known);
  const all = new Set(known);
  for (let week = Math.min(...known); week < last; week = nextWeek(week)) all.add(week);
  const weeks = [...all].sort((a, b) => a - b).map((week) => byWeek.get(week) ?? { week });
  return { categories, weeks: known.length === 0 ? [] : weeks };
}

/** Hits of the categories without a colour of their own, of one week or of all; most first. */
export function restOf(
  entries: Dashboard['hitsByWeek'],
  coloured: Series['categories'],
  week: number | undefined,
): [CategoryId, number][] {
  const totals = new Map<CategoryId, number>();
  for (const entry of entries) {
    if (coloured.includes(entry.category) || (week !== undefined && entry.week !== week)) continue;
    totals.set(entry.category, (totals.get(entry.category) ?? 0) + entry.hits);
  }
  return [...totals].sort((a, b) => b[1] - a[1]);
}
