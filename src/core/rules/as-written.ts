/** A pack in the order in which people write its keys: what is kept is canonical JSON, which sorts them. */
import { MatchNodeShape } from './match-node.ts';
import { Rule, RulePack } from './rule-pack.ts';

const ORDER = new Map(
  ['$schema', 'id', 'version', 'category', 'severity', 'status', 'title', 'zh', 'en', 'approval', 'parts']
    .concat(Object.keys(RulePack.shape), Object.keys(Rule.shape), Object.keys(MatchNodeShape.shape))
    .map((key, place): [string, number] => [key, place])
    .reverse(),
);

const placeOf = (key: string): number => ORDER.get(key) ?? ORDER.size;

/** The same JSON; keys that no pack knows, such as names of parts, keep their order. */
export function asWritten(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(asWritten);
  if (typeof json !== 'object' || json === null) return json;
  return Object.fromEntries(
    Object.entries(json)
      .sort(([a], [b]) => placeOf(a) - placeOf(b))
      .map(([key, value]) => [key, asWritten(value)]),
  );
}
