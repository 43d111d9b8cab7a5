/** A pack as it is written in the editor: any JSON, right or wrong. */
export type Json = Record<string, unknown>;

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The pack of a text; null where it is no JSON object. */
export function readPack(text: string): Json | null {
  try {
    const json: unknown = JSON.parse(text);
    return isObject(json) ? json : null;
  } catch {
    return null;
  }
}

export const writePack = (pack: Json): string => `${JSON.stringify(pack, null, 2)}\n`;

export function rulesOf(pack: Json): Json[] {
  return Array.isArray(pack.rules) ? pack.rules.filter(isObject) : [];
}

/** The pack with one of its rules replaced. */
export function withRule(pack: Json, index: number, change: Json): Json {
  const rules = rulesOf(pack).map((rule, place) =>
    place === index ? without({ ...rule, ...change }) : rule,
  );
  return { ...pack, rules };
}

/** The pack with or without the demand of a second officer. */
export function withApproval(pack: Json, asked: boolean): Json {
  const { approval: _, rules, ...rest } = pack;
  return { ...rest, ...(asked ? { approval: 'second-officer' } : {}), rules };
}

/** The pack with an exclusion of one of its rules; null where the rule has no place for it. */
export function withExclusion(
  pack: Json,
  ruleId: string,
  kind: 'allow' | 'exclude',
  word: string,
): Json | null {
  const index = rulesOf(pack).findIndex(({ id }) => id === ruleId);
  const rule = rulesOf(pack)[index];
  if (!rule) return null;
  if (kind === 'allow') {
    const { match } = rule;
    if (!isObject(match) || !Array.isArray(match.terms)) return null;
    const allow = Array.isArray(match.allow) ? match.allow : [];
    return withRule(pack, index, { match: { ...match, allow: [...allow, word] } });
  }
  const { exclude } = rule;
  if (exclude === undefined) return withRule(pack, index, { exclude: { terms: [word] } });
  const widened =
    isObject(exclude) && Array.isArray(exclude.terms)
      ? { ...exclude, terms: [...exclude.terms, word] }
      : { any: [exclude, { terms: [word] }] };
  return withRule(pack, index, { exclude: widened });
}

const without = (record: Json): Json =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));

/** The next version: its last number raised. */
export function nextVersion(version: string): string {
  const match = /^(.*?)(\d+)$/.exec(version);
  return match ? `${match[1]}${Number(match[2]) + 1}` : `${version}-1`;
}

/** A pack with one rule to begin with. */
export const newPack = (id: string): Json => ({
  id,
  version: '1.0.0',
  title: { zh: id, en: id },
  rules: [newRule('rule-1')],
});

export const newRule = (id: string): Json => ({
  id,
  category: 'marketing-spam',
  status: 'proposal',
  title: { zh: '', en: '' },
  match: { terms: [] },
  examples: { hit: [], clean: [] },
});

/** Lines of a list field, and back. */
export const linesOf = (value: unknown): string =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string').join('\n') : '';
export const listOf = (text: string): string[] => text.split('\n').filter((line) => line.trim() !== '');
