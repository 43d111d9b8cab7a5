import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadLawLibrary } from '../../src/core/law/law-library.ts';
import { loadMeters, type Meter } from '../../src/core/meter/meter-data.ts';

const json = (path: string) =>
  JSON.parse(readFileSync(new URL(`../../resources/law/${path}`, import.meta.url), 'utf8'));
const law = loadLawLibrary(json('articles.json'));
const meters = new Map(loadMeters(json('meters.json')).map((meter) => [meter.id, meter]));
const meterOf = (id: string) => meters.get(id) as Meter;

describe('the shipped meters', () => {
  it('rest on articles of the library and name what no number tells', () => {
    for (const meter of meters.values()) {
      expect(meter.unknowns.length).toBeGreaterThan(0);
      for (const { article } of [...meter.versions, ...meter.variants])
        expect(law.articles.has(article.slice(4)), article).toBe(true);
    }
  });

  it.each([
    ['a limit for nothing', (meter: Meter) => ({ ...meter, counters: meter.counters.slice(1) }), 'unknown'],
    [
      'a counter without limit',
      (meter: Meter) => ({ ...meter, versions: [{ article: 'law:def-2013-2', limits: {} }] }),
      'no limit',
    ],
  ])('a meter with %s is refused', (_, change, message) => {
    expect(() => loadMeters({ version: '1', meters: [change(meterOf('defamation'))] })).toThrow(message);
  });
});
