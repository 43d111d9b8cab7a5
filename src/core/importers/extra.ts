/**
 * JSON may hold what no canonical JSON can: `1e999` reads as infinity, and brackets by the thousand
 * exhaust the stack of whoever writes them again. Neither may end an import.
 */

const MAX_DEPTH = 100;

function plain(value: unknown, depth: number): unknown {
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= MAX_DEPTH) return '…';
  if (Object.values(value).every((member) => typeof member === 'string')) return value;
  let changed = false;
  const entries: [string, unknown][] = [];
  for (const name of Object.keys(value)) {
    const member: unknown = (value as Record<string, unknown>)[name];
    const clean = plain(member, depth + 1);
    changed ||= clean !== member;
    entries.push([name, clean]);
  }
  if (!changed) return value;
  return Array.isArray(value) ? entries.map(([, member]) => member) : Object.fromEntries(entries);
}

/** The fields with infinite numbers as text and nothing below the hundredth level; mostly the same object. */
export function plainExtra(extra: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return plain(extra, 0) as Record<string, unknown>;
}
