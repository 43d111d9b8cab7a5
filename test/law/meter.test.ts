import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lastDayOfYears } from '../../src/core/law/civil-day.ts';
import { type LawArticle, loadLawLibrary } from '../../src/core/law/law-library.ts';
import { loadMeters, type Meter } from '../../src/core/meter/meter-data.ts';
import {
  type MeterFigure,
  type MeterInput,
  type MeterItem,
  type MeterReading,
  readMeter,
} from '../../src/core/meter/read-meter.ts';

const json = (path: string) =>
  JSON.parse(readFileSync(new URL(`../../resources/law/${path}`, import.meta.url), 'utf8'));
const law = loadLawLibrary(json('articles.json'));
const meters = new Map(loadMeters(json('meters.json')).map((meter) => [meter.id, meter]));
const meterOf = (id: string) => meters.get(id) as Meter;

let texts = 0;
const items = (count: number, change: Partial<MeterItem> = {}): MeterItem[] =>
  Array.from({ length: count }, () => ({
    day: '2025-06-01',
    media: 'other' as const,
    under14: false,
    group: null,
    conversation: 'c',
    text: `t${texts++}`,
    forwarded: false,
    ...change,
  }));
const figure = (counter: string, value: number, change: Partial<MeterFigure> = {}): MeterFigure => ({
  counter,
  variant: 'all',
  value,
  day: '2025-06-01',
  ...change,
});
const accounts = (from: number, count: number) => Array.from({ length: count }, (_, i) => from + i);
const read = (id: string, input: Partial<MeterInput>, meter = meterOf(id)) =>
  readMeter(meter, { items: [], conversations: new Map(), figures: [], ...input }, law);
const one = (id: string, input: Partial<MeterInput>, variant = 'all') =>
  read(id, input).readings.find((reading) => reading.variant === variant) as MeterReading;
const counter = (reading: MeterReading, id: string) => reading.counters.find((c) => c.id === id);

describe('a single limit', () => {
  it.each<[string, Partial<MeterInput>, Partial<MeterInput>]>([
    [
      'obscene-for-profit',
      { items: items(19, { media: 'video' }) },
      { items: items(20, { media: 'video' }) },
    ],
    [
      'obscene-for-profit',
      { items: items(99, { media: 'audio' }) },
      { items: items(100, { media: 'audio' }) },
    ],
    ['obscene-for-profit', { items: items(199) }, { items: items(200) }],
    ['obscene-for-profit', { figures: [figure('clicks', 9_999)] }, { figures: [figure('clicks', 10_000)] }],
    [
      'obscene-for-profit',
      { figures: [figure('proceeds', 9_999)] },
      { figures: [figure('proceeds', 10_000)] },
    ],
    // Without intent to profit one limit alone is twice as high.
    [
      'obscene-not-for-profit',
      { items: items(39, { media: 'video' }) },
      { items: items(40, { media: 'video' }) },
    ],
    [
      'illegal-network-use',
      { figures: [figure('followers', 29_999)] },
      { figures: [figure('followers', 30_000)] },
    ],
    [
      'illegal-network-use',
      { figures: [figure('prior-penalties', 0)] },
      { figures: [figure('prior-penalties', 1)] },
    ],
    ['refused-duties', { items: items(199, { media: 'video' }) }, { items: items(200, { media: 'video' }) }],
    ['refused-duties', { items: items(1_999) }, { items: items(2_000) }],
    ['defamation', { figures: [figure('views', 4_999)] }, { figures: [figure('views', 5_000)] }],
    [
      'defamation',
      { items: items(499, { text: 'same', forwarded: true }) },
      { items: items(500, { text: 'same', forwarded: true }) },
    ],
    [
      'personal-information',
      { figures: [figure('communication-content', 49)] },
      { figures: [figure('communication-content', 50)] },
    ],
    ['personal-information', { items: items(4_999) }, { items: items(5_000) }],
  ])('%s: one below is not reached, the limit is', (id, below, at) => {
    expect(one(id, below).state).not.toBe('reached');
    expect(one(id, at).state).toBe('reached');
  });

  it.each([
    ['members of an obscene group', 'obscene-group', 29, 30],
    ['accounts sent to', 'illegal-network-use', 1_999, 2_000],
  ] as const)('%s', (_, id, below, at) => {
    for (const [count, reached] of [
      [below, false],
      [at, true],
    ] as const) {
      const conversations = new Map([['g', { accounts: accounts(1, count), listed: true, owned: false }]]);
      const reading = one(id, { items: items(1, { group: 'g', conversation: 'g' }), conversations });
      expect(reading.state === 'reached').toBe(reached);
    }
  });

  it('groups set up for it: five, or a thousand members in all', () => {
    const groups = (count: number, members: number, owned: boolean | null) =>
      new Map(
        accounts(1, count).map((id) => [
          `g${id}`,
          { accounts: accounts(id * 10_000, members), listed: true, owned },
        ]),
      );
    const posts = (count: number) =>
      accounts(1, count).flatMap((id) => items(1, { group: `g${id}`, conversation: `g${id}` }));
    const state = (count: number, members: number, owned: boolean | null) =>
      one('illegal-network-use', { items: posts(count), conversations: groups(count, members, owned) });
    expect(state(4, 10, true).state).not.toBe('reached');
    expect(state(5, 10, true).state).toBe('reached');
    expect(counter(state(2, 499, true), 'group-accounts')?.value).toBe(998);
    expect(state(2, 500, true).state).toBe('reached');
    // Somebody else's groups are not groups this person set up.
    expect(counter(state(5, 10, false), 'groups')?.value).toBe(0);
    expect(counter(state(5, 10, null), 'groups')?.missing).toEqual(['owner-unknown']);
  });

  it('different texts are not forwards of the same message', () => {
    const reading = one('defamation', { items: items(600, { forwarded: true }) });
    expect(counter(reading, 'forwards')?.value).toBe(1);
    expect(reading.state).toBe('below');
  });
});

describe('limits together', () => {
  it.each([
    [10, 50, 'reached'],
    [9, 50, 'half'],
    [10, 49, 'half'],
    [19, 0, 'half'],
  ] as const)('for profit, %i videos and %i audio files: half and half is %s', (videos, audio, state) => {
    const reading = one('obscene-for-profit', {
      items: [...items(videos, { media: 'video' }), ...items(audio, { media: 'audio' })],
    });
    expect(reading.state).toBe(state);
  });

  it.each([
    [20, 100, 'reached'],
    [19, 100, 'half'],
    [10, 50, 'half'],
  ] as const)(
    'not for profit, %i videos and %i audio files: two limits reached is %s',
    (videos, audio, state) => {
      const reading = one('obscene-not-for-profit', {
        items: [...items(videos, { media: 'video' }), ...items(audio, { media: 'audio' })],
      });
      expect(reading.state).toBe(state);
    },
  );

  it.each([
    [100, 1_000, 'reached'],
    [100, 999, 'half'],
    [199, 10, 'reached'],
    [199, 9, 'half'],
  ] as const)(
    'refused duties, %i videos and %i other items convert in proportion: %s',
    (videos, other, state) => {
      const reading = one('refused-duties', {
        items: [...items(videos, { media: 'video' }), ...items(other)],
      });
      expect(reading.state).toBe(state);
    },
  );

  it('thirds that add up to one reach it, whatever the rounding', () => {
    const meter: Meter = {
      ...meterOf('refused-duties'),
      versions: [
        {
          article: 'law:net-2019-3',
          limits: {
            videos: 3,
            'other-items': 3,
            accounts: 9e9,
            'group-members': 9e9,
            followers: 9e9,
            clicks: 9e9,
          },
        },
      ],
      rules: [{ kind: 'convert', of: ['videos', 'other-items'] }],
    };
    const input = { items: [...items(1, { media: 'video' as const }), ...items(2)] };
    expect(read('', input, meter).readings[0]?.state).toBe('reached');
  });
});

describe('content that shows children under fourteen', () => {
  it.each([
    [9, 'half'],
    [10, 'reached'],
  ] as const)('halves the limits for itself: %i videos are %s', (count, state) => {
    const shown = items(count, { media: 'video', under14: true });
    expect(one('obscene-for-profit', { items: shown }, 'under-14')).toMatchObject({
      state,
      variantArticle: 'law:obs-2010-1',
    });
    expect(one('obscene-for-profit', { items: shown }).state).not.toBe('reached');
  });

  it.each([
    [19, 'half'],
    [20, 'reached'],
  ] as const)('not for profit, twice the halved limit: %i videos are %s', (count, state) => {
    const reading = one(
      'obscene-not-for-profit',
      { items: items(count, { media: 'video', under14: true }) },
      'under-14',
    );
    expect(reading.state).toBe(state);
  });

  it('does not count other content, and has no reading without such content', () => {
    const mixed = [...items(9, { media: 'video', under14: true }), ...items(5, { media: 'video' })];
    expect(counter(one('obscene-for-profit', { items: mixed }, 'under-14'), 'videos')).toMatchObject({
      value: 9,
      limit: 10,
    });
    expect(read('obscene-for-profit', { items: items(5) }).readings).toHaveLength(1);
  });

  it('halved nothing before the interpretation of 2010', () => {
    const early = items(10, { media: 'video', under14: true, day: '2010-02-03' });
    expect(read('obscene-for-profit', { items: early }).readings.map(({ variant }) => variant)).toEqual([
      'all',
    ]);
    const late = items(10, { media: 'video', under14: true, day: '2010-02-04' });
    expect(one('obscene-for-profit', { items: late }, 'under-14').state).toBe('reached');
  });
});

describe('the window in which acts add up', () => {
  const split = (first: string, second: string) => [
    ...items(10, { media: 'video', day: first }),
    ...items(10, { media: 'video', day: second }),
  ];
  it.each([
    ['2024-06-01', '2025-06-01', 'reached', 0],
    ['2024-06-01', '2025-06-02', 'half', 10],
    ['2024-02-29', '2025-02-28', 'reached', 0],
    ['2024-02-29', '2025-03-01', 'half', 10],
  ])('one year for obscene content: %s and %s are %s', (first, second, state, outside) => {
    expect(one('obscene-for-profit', { items: split(first, second) })).toMatchObject({ state, outside });
  });

  it.each([
    ['2023-06-01', '2025-06-01', 'reached'],
    ['2023-06-01', '2025-06-02', 'half'],
  ])('two years for refused duties: %s and %s are %s', (first, second, state) => {
    const both = [...items(1_000, { day: first }), ...items(1_000, { day: second })];
    expect(one('refused-duties', { items: both }).state).toBe(state);
  });

  it('is the one with the highest reading, not the last one', () => {
    const reading = one('obscene-for-profit', {
      items: [...items(25, { media: 'video', day: '2021-03-01' }), ...items(1, { media: 'video' })],
    });
    expect(reading).toMatchObject({
      state: 'reached',
      window: { from: '2021-03-01', to: '2021-03-01' },
      items: 25,
      outside: 1,
    });
  });

  it('never holds days that are further apart than the years allow', () => {
    const day = fc
      .date({ min: new Date('2019-11-01'), max: new Date('2026-01-01'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10));
    fc.assert(
      fc.property(fc.array(day, { minLength: 1, maxLength: 30 }), (days) => {
        const reading = one('obscene-for-profit', {
          items: days.flatMap((at) => items(1, { media: 'video', day: at })),
        });
        const window = reading.window as { from: string; to: string };
        expect(lastDayOfYears(window.from, 1) >= window.to).toBe(true);
        expect(reading.items + reading.outside).toBe(days.length);
        // No other window of a year holds more.
        for (const to of days) {
          const within = days.filter((at) => at <= to && lastDayOfYears(at, 1) >= to).length;
          expect(within).toBeLessThanOrEqual(reading.items);
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe('the day of the act picks the article', () => {
  it('an act of the day before an article took effect is not counted, one of that day is', () => {
    const before = read('illegal-network-use', {
      items: items(1, { day: '2019-10-31' }),
      figures: [figure('proceeds', 20_000, { day: '2019-10-31' })],
    });
    expect(before).toMatchObject({ readings: [], left: { notInForce: 1 } });
    const after = read('illegal-network-use', {
      figures: [figure('proceeds', 20_000, { day: '2019-11-01' })],
    });
    expect(after.readings[0]).toMatchObject({ state: 'reached', article: 'law:net-2019-10' });
  });

  it('a revision splits the reading: each version has its own acts and its own limits', () => {
    const article = (id: string, from: string, ended: LawArticle['ended']): LawArticle => ({
      id,
      law: { zh: '法', en: 'Law' },
      article: '1',
      summary: { zh: '文', en: 'text' },
      effectiveFrom: from,
      ended,
      verification: 'V',
      numberVerification: 'V',
      datesVerification: 'V',
    });
    const revised = loadLawLibrary({
      version: '1',
      articles: [
        article('old', '2020-01-01', { on: '2026-01-01', how: 'revised', successor: 'new' }),
        article('new', '2026-01-01', null),
      ],
    });
    const meter: Meter = {
      ...meterOf('defamation'),
      counters: [
        { id: 'n', title: { zh: '数', en: 'n' }, unit: 'item', from: { kind: 'items', media: ['other'] } },
      ],
      versions: [
        { article: 'law:old', limits: { n: 10 } },
        { article: 'law:new', limits: { n: 5 } },
      ],
      variants: [{ id: 'all', title: { zh: '全', en: 'all' }, article: 'law:old', only: null, factor: 1 }],
      rules: [{ kind: 'reach', needed: 1, share: 1, of: ['n'] }],
    };
    const acts = [...items(5, { day: '2025-12-31' }), ...items(5, { day: '2026-01-01' })];
    const input = { items: acts, conversations: new Map(), figures: [] };
    expect(readMeter(meter, input, revised).readings).toMatchObject([
      { article: 'law:old', items: 5, state: 'half' },
      { article: 'law:new', items: 5, state: 'reached' },
    ]);
    const old = { ...meter, versions: meter.versions.slice(0, 1) };
    expect(readMeter(old, input, revised)).toMatchObject({ readings: [{ items: 5 }], left: { noLimits: 5 } });
  });

  it('acts without a day are told, not counted', () => {
    expect(read('obscene-for-profit', { items: items(30, { media: 'video', day: null }) })).toEqual({
      meter: 'obscene-for-profit',
      readings: [],
      left: { undated: 30, notInForce: 0, noLimits: 0 },
    });
  });
});

describe('what is missing', () => {
  it('is told beside the value: nothing in exports says clicks; members of an unlisted group are a lower bound', () => {
    const conversations = new Map([['g', { accounts: accounts(1, 7), listed: false, owned: null }]]);
    const reading = one('refused-duties', {
      items: items(3, { group: 'g', conversation: 'g' }),
      conversations,
    });
    expect(counter(reading, 'clicks')).toMatchObject({
      value: null,
      share: null,
      missing: ['not-in-exports'],
    });
    expect(counter(reading, 'group-members')).toMatchObject({ value: 7, missing: ['members-unlisted'] });
  });

  it('goes once an officer enters a figure, which then stands for what was counted', () => {
    const reading = one('obscene-for-profit', {
      items: items(3, { media: 'video' }),
      figures: [figure('videos', 21), figure('videos', 20, { day: '2025-05-01' })],
    });
    expect(counter(reading, 'videos')).toMatchObject({ counted: 3, entered: 21, value: 21, missing: [] });
  });
});
