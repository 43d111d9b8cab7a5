/**
 * All terms of a view as one trie in flat typed arrays, numbered breadth first, so that the
 * children of a node lie side by side in rising order of their unit.
 *
 * Node 0 is the root. Children of node `n` are `childFrom[n]` up to `childFrom[n + 1]`. Terms that
 * end at node `n` are `order[endFrom[n]]` up to `order[endTo[n]]`.
 * Building sorts once and cuts ranges: 60,000 terms take about 0.15 s.
 */
import type { Beginning } from './beginning-table.ts';

export interface TermTrie {
  readonly nodes: number;
  readonly unit: Uint16Array;
  readonly childFrom: Int32Array;
  readonly endFrom: Int32Array;
  readonly endTo: Int32Array;
  readonly order: Int32Array;
  /** Terms of exactly two units. */
  readonly pairs: readonly Beginning[];
  /** All beginnings of three units. */
  readonly triples: readonly Beginning[];
}

/** `keys[i]` holds the unit ids of term `i` as UTF-16 units; none is empty. */
export function buildTermTrie(keys: readonly string[]): TermTrie {
  const order = Int32Array.from(
    keys
      .map((key, index) => ({ key, index }))
      .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.index - b.index))
      .map(({ index }) => index),
  );
  let capacity = 1;
  for (const key of keys) capacity += key.length;
  const unit = new Uint16Array(capacity);
  const childFrom = new Int32Array(capacity + 1);
  const endFrom = new Int32Array(capacity);
  const endTo = new Int32Array(capacity);
  /** The terms below each node, as a range of `order`. */
  const rangeFrom = new Int32Array(capacity);
  const rangeTo = new Int32Array(capacity);
  const pairs: Beginning[] = [];
  const triples: Beginning[] = [];
  const parent = new Int32Array(capacity);
  rangeTo[0] = order.length;
  let nodes = 1;
  let depth = 0;
  for (let levelFrom = 0; levelFrom < nodes; depth++) {
    const levelTo = nodes;
    for (let node = levelFrom; node < levelTo; node++) {
      let at = rangeFrom[node] as number;
      const to = rangeTo[node] as number;
      endFrom[node] = at;
      while (at < to && (keys[order[at] as number] as string).length === depth) at += 1;
      endTo[node] = at;
      if (depth === 2 && at > (rangeFrom[node] as number)) {
        const second = unit[parent[node] as number] as number;
        pairs.push({ window: second, last: unit[node] as number, node });
      }
      childFrom[node] = nodes;
      while (at < to) {
        const next = (keys[order[at] as number] as string).charCodeAt(depth);
        const child = nodes++;
        unit[child] = next;
        rangeFrom[child] = at;
        while (at < to && (keys[order[at] as number] as string).charCodeAt(depth) === next) at += 1;
        rangeTo[child] = at;
        parent[child] = node;
        if (depth === 2) {
          const window = ((unit[parent[node] as number] as number) << 16) | (unit[node] as number);
          triples.push({ window, last: next, node: child });
        }
      }
    }
    childFrom[levelTo] = nodes;
    levelFrom = levelTo;
  }
  return {
    nodes,
    unit: unit.slice(0, nodes),
    childFrom: childFrom.slice(0, nodes + 1),
    endFrom: endFrom.slice(0, nodes),
    endTo: endTo.slice(0, nodes),
    order,
    pairs,
    triples,
  };
}
