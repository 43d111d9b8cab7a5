/** Long work in slices: the same result as at once, with others let in between. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inSlices, orderOf } from '../../src/core/app/pace.ts';
import { compileRuleSet, compilingRules } from '../../src/core/rules/compile-rules.ts';
import { parsePack } from '../../src/core/rules/rule-pack.ts';
import { packOf } from '../detection/rules-fixture.ts';

describe('an order made in slices', () => {
  const sorted = (keys: readonly number[]): number[] =>
    keys.map((_, place) => place).sort((a, b) => (keys[a] as number) - (keys[b] as number) || a - b);

  it('is that of a stable sort', async () => {
    const keys = fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 300 });
    await fc.assert(
      fc.asyncProperty(keys, async (values) => {
        const order = await orderOf(
          values.length,
          (place) => values[place] as number,
          () => false,
        );
        expect([...(order ?? [])]).toEqual(sorted(values));
      }),
    );
  });

  it.each([8191, 8192, 8193, 16_384, 40_001])('merges its runs: %i keys', async (count) => {
    const keys = Array.from({ length: count }, (_, place) => (place * 7919) % 1009);
    const order = await orderOf(
      count,
      (place) => keys[place] as number,
      () => false,
    );
    expect([...(order ?? [])]).toEqual(sorted(keys));
  });

  it('ends where it is cancelled', async () => {
    expect(
      await orderOf(
        20_000,
        (place) => -place,
        () => true,
      ),
    ).toBeNull();
  });

  it('lets others in', async () => {
    let seen = 0;
    let over = false;
    const look = (): void => {
      seen += 1;
      if (!over) setImmediate(look);
    };
    setImmediate(look);
    await orderOf(
      300_000,
      (place) => (place * 7919) % 100_003,
      () => false,
    );
    over = true;
    expect(seen).toBeGreaterThan(1);
  });
});

describe('compiling in slices', () => {
  it('gives what compiling at once gives', async () => {
    const pack = packOf([
      { match: { terms: ['甲', '乙丙'] } },
      { match: { regex: '[0-9]+元' } },
      { match: { repeat: { terms: ['甲'] }, atLeast: 3, minutes: 5 } },
    ]);
    const parsed = parsePack(pack, 'organisation');
    if (!parsed.ok) throw new Error('the pack is good');
    const once = compileRuleSet([parsed.loaded]);
    const sliced = await inSlices(compilingRules([parsed.loaded]));
    if (!once.ok || !sliced.ok) throw new Error('the pack is good');
    expect(sliced.compiled.rules.map(({ rule }) => rule.id)).toEqual(
      once.compiled.rules.map(({ rule }) => rule.id),
    );
    expect(sliced.compiled.flows).toEqual(once.compiled.flows);
    expect(sliced.compiled.views.map(({ words }) => words.map(({ text, wakes }) => [text, wakes]))).toEqual(
      once.compiled.views.map(({ words }) => words.map(({ text, wakes }) => [text, wakes])),
    );
  });
});
