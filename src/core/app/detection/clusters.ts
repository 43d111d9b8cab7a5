/** Open hits whose texts are near-duplicates: one decision can be given to all, with exceptions. */

import { TextGroups } from '../../detection/text-groups.ts';
import { sketchOf } from '../../detection/text-sketch.ts';
import type { Cluster } from '../../domain/backtest.ts';
import type { CategoryId } from '../../domain/category.ts';
import type { HitStatus } from '../../domain/hit.ts';
import { type OpenHit, openHits } from '../../storage/detection/rule-hits.ts';
import { orderOf, Pace } from '../pace.ts';
import type { Session } from '../session.ts';

const SHOWN = 500;
const IDS = 1000;
/** The earliest open hits that are compared. */
const MOST = 200_000;

/** Clusters of at least two hits of one category, the largest first; at most 500. */
export async function clusters(
  session: Session,
  filter: { category: CategoryId | null; status: HitStatus | null },
): Promise<Cluster[]> {
  const groups = new TextGroups();
  const found = new Map<string, OpenHit[]>();
  const exact = new Map<string, number>();
  let short = 0;
  const pace = new Pace();
  const open: OpenHit[] = [];
  for (const page of openHits(session.workspace.store.db, filter)) {
    for (const hit of page) open.push(hit);
    if (pace.due) await pace.rest();
  }
  const order = (await orderOf(
    open.length,
    (place) => (open[place] as OpenHit).at,
    () => false,
  )) as Uint32Array;
  for (const place of order.subarray(0, MOST)) {
    const hit = open[place] as OpenHit;
    if (pace.due) await pace.rest();
    const sketch = sketchOf(hit.text);
    let group: number;
    if (sketch) group = groups.groupOf(sketch, hit.at, Number.NEGATIVE_INFINITY);
    else {
      // Texts of a few letters are the same only where they are equal.
      group = exact.get(hit.text) ?? --short;
      exact.set(hit.text, group);
    }
    const key = `${hit.category} ${group}`;
    const list = found.get(key);
    if (list) list.push(hit);
    else found.set(key, [hit]);
  }
  return [...found.values()]
    .filter((hits) => hits.length > 1)
    .sort((a, b) => b.length - a.length || (a[0]?.at ?? 0) - (b[0]?.at ?? 0))
    .slice(0, SHOWN)
    .map((hits) => {
      const first = hits[0] as OpenHit;
      return {
        id: first.uid,
        category: first.category,
        rule: first.rule,
        text: first.text,
        hits: hits.length,
        senders: new Set(hits.map(({ sender }) => sender)).size,
        conversations: new Set(hits.map(({ conversation }) => conversation)).size,
        firstAt: first.at || null,
        lastAt: hits.at(-1)?.at || null,
        hitIds: hits.slice(0, IDS).map(({ uid }) => uid),
      };
    });
}
