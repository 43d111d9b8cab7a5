/** How exactly an export states its times: what two exports of one message can be compared by. */

export type Precision = 'millisecond' | 'second' | 'minute' | 'day';

/** Milliseconds of each precision's step. */
export const STEP: Record<Precision, number> = {
  millisecond: 1,
  second: 1000,
  minute: 60_000,
  day: 86_400_000,
};

const COARSENESS: readonly Precision[] = ['millisecond', 'second', 'minute', 'day'];

/** Hour, minute and second with colons, with 时分秒, or with dots behind a date (`05.01.24 9.15.22`). */
const WITH_SECONDS =
  /\d{1,2}[:：]\d{2}[:：]\d{2}|[时時]\s*\d{1,2}\s*分\s*\d{1,2}|[\s,T]\d{1,2}\.\d{2}\.\d{2}(?!\d)/;
const WITH_MINUTES = /\d{1,2}[:：]\d{2}|[时時]\s*\d{1,2}|[\s,T]\d{1,2}\.\d{2}(?!\d)/;
const EPOCH = /^\s*\d{9,19}(?:\.\d+)?\s*$/;

/**
 * Precision of one time, from its value (milliseconds) and, where the value has no seconds, from the
 * text that the export wrote: 9:15 is a minute, 9:15:00 a second.
 */
export function precisionOf(at: number, written: string): Precision {
  if (at % 1000 !== 0) return 'millisecond';
  if (at % 60_000 !== 0 || EPOCH.test(written) || WITH_SECONDS.test(written)) return 'second';
  return WITH_MINUTES.test(written) ? 'minute' : 'day';
}

export function coarser(a: Precision, b: Precision): Precision {
  return COARSENESS.indexOf(a) >= COARSENESS.indexOf(b) ? a : b;
}

/** The time as an export of this precision would have written it: apps cut, they do not round. */
export function cut(at: number, precision: Precision): number {
  return Math.floor(at / STEP[precision]) * STEP[precision];
}

/** Whether two times, each of its own precision, can be the same moment. */
export function sameMoment(a: number, precisionA: Precision, b: number, precisionB: Precision): boolean {
  const step = coarser(precisionA, precisionB);
  return cut(a, step) === cut(b, step);
}
