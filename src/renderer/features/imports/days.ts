/** Days of a report as bars of a strip: every day where there is room, else equal stretches of days. */

const DAY = 86_400_000;

export interface DayBar {
  /** First day of the bar, UTC milliseconds of its midnight. */
  day: number;
  days: number;
  messages: number;
}

const dayNumber = (day: string) => Date.parse(`${day}T00:00:00Z`) / DAY;

/** Bars from the first day to the last, empty ones too, at most `most`. */
export function dayBars(days: readonly { day: string; messages: number }[], most: number): DayBar[] {
  const first = days[0];
  const last = days.at(-1);
  if (!first || !last) return [];
  const from = dayNumber(first.day);
  const span = dayNumber(last.day) - from + 1;
  const width = Math.max(1, Math.ceil(span / most));
  const bars: DayBar[] = [];
  for (let at = 0; at < span; at += width) {
    bars.push({ day: (from + at) * DAY, days: Math.min(width, span - at), messages: 0 });
  }
  for (const { day, messages } of days) {
    const bar = bars[Math.floor((dayNumber(day) - from) / width)];
    if (bar) bar.messages += messages;
  }
  return bars;
}
