/** Pages of hits: totals from kept counts, pages in the order of any sort, whatever is excluded or quarantined. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setQuarantine } from '../../src/core/app/cases/quarantine.ts';
import { disposeHits, undoDisposition } from '../../src/core/app/review/review.ts';
import type { Hit, HitFilter } from '../../src/core/domain/hit.ts';
import { DERIVED } from '../../src/core/storage/check/check-derived.ts';
import { get } from '../../src/core/storage/database.ts';
import { type HitSort, listHits } from '../../src/core/storage/detection/hit-listing.ts';
import { updateSource } from '../../src/core/storage/sources/sources.ts';
import { type CaseWorkspace, caseWorkspace } from '../builders/case-workspace.ts';

const CATEGORIES = ['gambling', 'fraud', 'abuse', 'off-topic', 'drugs'] as const;
const DAY = 86_400_000;
let w: CaseWorkspace;
let all: Hit[];
const now = async () => undefined;

beforeAll(async () => {
  w = caseWorkspace();
  for (const conversation of ['甲群', '乙群', '丙群']) {
    w.tell(
      Array.from({ length: 40 }, (_, n) => ({
        by: ['张伟', '李娜', '王强'][n % 3] ?? '张伟',
        text: n % 4 === 0 ? `出货${n}` : `闲谈${n}`,
        daysAgo: 1 + (n % 20),
      })),
      { conversation },
    );
    const ids = w.find(
      Array.from({ length: 40 }, (_, n) => ({
        on: n,
        category: CATEGORIES[n % CATEGORIES.length] ?? 'gambling',
        severity: 1 + (n % 5),
      })),
    );
    w.confirm(ids.filter((_, n) => n % 3 === 0));
    disposeHits(w.session, w.desk.reading, {
      hitIds: ids.filter((_, n) => n % 3 === 1),
      verdict: conversation === '甲群' ? 'unsure' : 'dismissed',
      reason: 'quotation',
      note: '',
    });
  }
  all = await everyPage({}, 'priority', true, 1000);
});
afterAll(() => w.close());

async function everyPage(filter: HitFilter, by: HitSort, descending: boolean, limit: number): Promise<Hit[]> {
  const rows: Hit[] = [];
  for (let cursor: string | null = null; ; ) {
    const page = await listHits(w.desk.reading, filter, { by, descending }, cursor, limit, now);
    if (cursor === null) expect(page.total).not.toBeNull();
    rows.push(...page.rows);
    if (page.next === null) return rows;
    cursor = page.next;
  }
}

/** The filter as one would read it off a hit. */
const fits = (hit: Hit, filter: HitFilter): boolean =>
  (!filter.category || hit.category === filter.category) &&
  (!filter.tier || hit.tier === filter.tier) &&
  (filter.severity == null || hit.severity === filter.severity) &&
  (!filter.rule || hit.rule === filter.rule) &&
  (!filter.disposition ||
    (filter.disposition === 'open'
      ? hit.disposition === null || hit.disposition.verdict === 'unsure'
      : hit.disposition?.verdict === filter.disposition)) &&
  (!filter.conversationId || hit.conversationId === filter.conversationId) &&
  (!filter.senderId || hit.senderId === filter.senderId) &&
  (filter.from == null || (hit.sentAt ?? 0) >= filter.from) &&
  (filter.to == null || (hit.sentAt ?? 0) < filter.to) &&
  (!filter.text || hit.text.includes(filter.text));

const filters = (): fc.Arbitrary<HitFilter> => {
  const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null, freq: 2 });
  const times = all.map(({ sentAt }) => sentAt ?? 0);
  return fc.record({
    category: maybe(fc.constantFrom(...CATEGORIES)),
    severity: maybe(fc.integer({ min: 1, max: 5 })),
    disposition: maybe(fc.constantFrom('open', 'confirmed', 'dismissed', 'unsure')),
    conversationId: maybe(fc.constantFrom(...new Set(all.map((hit) => hit.conversationId ?? '')))),
    senderId: maybe(fc.constantFrom(...new Set(all.map((hit) => hit.senderId ?? '')))),
    from: maybe(fc.constantFrom(...times, Math.floor((times[0] ?? 0) / DAY) * DAY)),
    to: maybe(fc.constantFrom(...times, Math.floor((times[9] ?? 0) / DAY) * DAY)),
    text: maybe(fc.constantFrom('出货', '闲谈1', '没有')),
  });
};

const VALUE: Record<HitSort, (hit: Hit) => number> = {
  priority: (hit) => hit.severity * hit.score,
  sentAt: (hit) => hit.sentAt ?? 0,
  score: (hit) => hit.score,
  severity: (hit) => hit.severity,
};

async function agree(among: readonly Hit[]): Promise<void> {
  await fc.assert(
    fc.asyncProperty(
      filters(),
      fc.constantFrom<HitSort>('priority', 'sentAt', 'score', 'severity'),
      fc.boolean(),
      fc.integer({ min: 1, max: 40 }),
      async (filter, by, descending, limit) => {
        const expected = among.filter((hit) => fits(hit, filter));
        const first = await listHits(w.desk.reading, filter, { by, descending }, null, limit, now);
        expect(first.total).toBe(expected.length);
        const rows = await everyPage(filter, by, descending, limit);
        expect(new Set(rows.map(({ id }) => id))).toEqual(new Set(expected.map(({ id }) => id)));
        expect(rows).toHaveLength(expected.length);
        const values = rows.map(VALUE[by]);
        expect(values).toEqual([...values].sort((a, b) => (descending ? b - a : a - b)));
      },
    ),
    { numRuns: 60 },
  );
}

describe('a page of hits', () => {
  it('holds what the filter asks, in the order asked, with its total', async () => {
    expect(all).toHaveLength(120);
    await agree(all);
  });

  it('leaves out what is quarantined, and counts without it', async () => {
    const hidden = all.filter((_, n) => n % 17 === 0);
    for (const hit of hidden)
      setQuarantine(w.session, { messageIds: [hit.subject.id], reason: 'other', note: '' });
    all = all.filter((hit) => !hidden.includes(hit));
    await agree(all);
  });

  it('follows verdicts and their undoing', async () => {
    const open = all.filter(({ disposition }) => disposition === null).slice(0, 5);
    const count = async () =>
      (
        await listHits(
          w.desk.reading,
          { disposition: 'open' },
          { by: 'priority', descending: true },
          null,
          1,
          now,
        )
      ).total ?? 0;
    const before = await count();
    const { batchId } = disposeHits(w.session, w.desk.reading, {
      hitIds: open.map(({ id }) => id),
      verdict: 'confirmed',
      note: '',
    });
    expect(await count()).toBe(before - 5);
    undoDisposition(w.session, w.desk.reading, batchId);
    expect(await count()).toBe(before);
  });

  it('leaves out the hits of an excluded source', async () => {
    const { store } = w.session.workspace;
    const source = get<{ id: number; uid: string }>(
      store.db,
      'SELECT id, uid FROM sources ORDER BY id LIMIT 1',
    );
    updateSource(store, source?.id ?? 0, { state: 'excluded' });
    await agree(all.filter((hit) => hit.source.sourceId !== source?.uid));
  });

  it('rests on counts that a check finds right', () => {
    const steps = DERIVED.run(w.session.workspace.store);
    let step = steps.next();
    while (!step.done) step = steps.next();
    const found = step.value.failures.filter(({ table }) => table.startsWith('hit'));
    expect(found).toEqual([]);
  });
});
