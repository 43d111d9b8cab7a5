/** What the schema of a pack says against it, as faults at their places. */
import type { z } from 'zod';
import { type Fault, type FaultKey, fault, type PlacedFault } from './fault.ts';

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

const TYPES: Readonly<Record<string, FaultKey>> = {
  string: 'not-a-text',
  number: 'not-a-number',
  int: 'not-a-whole-number',
  array: 'not-a-list',
  tuple: 'not-a-list',
  object: 'not-an-object',
  record: 'not-an-object',
  boolean: 'not-true-or-false',
};

/** Marks an issue that is a fault of its own; given as `params` of a custom issue. */
export function asIssue(key: FaultKey, values: Fault['values'] = {}, path: PropertyKey[] = []) {
  const one = fault(key, values);
  return { code: 'custom' as const, path, message: one.detail, params: { fault: one } };
}

function valueAt(json: unknown, path: Path): unknown {
  let value = json;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  return value;
}

/** Faults of one issue; `path` leads to where its own path begins. */
function faultsOf(issue: Issue, path: Path, json: unknown): PlacedFault[] {
  const place = [...path, ...issue.path];
  const one = (key: FaultKey, values: Fault['values'] = {}): PlacedFault[] => [
    { path: place, fault: fault(key, values) },
  ];
  if (issue.code !== 'custom' && issue.code !== 'unrecognized_keys' && valueAt(json, place) === undefined) {
    return one('missing');
  }
  switch (issue.code) {
    case 'invalid_type':
      return one(TYPES[issue.expected] ?? 'wrong-form');
    case 'too_small':
      if (issue.origin === 'string') return one('empty');
      if (issue.origin === 'array')
        return issue.minimum === 1 ? one('empty') : one('too-few', { least: Number(issue.minimum) });
      return one(issue.inclusive === false ? 'not-above' : 'too-small', { least: Number(issue.minimum) });
    case 'too_big':
      return one(issue.origin === 'number' || issue.origin === 'int' ? 'too-large' : 'too-many', {
        most: Number(issue.maximum),
      });
    case 'invalid_format':
      return one(place.at(-1) === 'id' ? 'bad-id' : 'bad-time');
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({ path: [...place, key], fault: fault('unknown-key') }));
    case 'invalid_key':
      return one('unknown-key');
    case 'invalid_value':
      return one('not-one-of', { choices: issue.values.map(String).join(', ') });
    case 'invalid_union':
      return ofBranches(issue.errors, place, json);
    case 'custom': {
      const own = issue.params?.fault as Fault | undefined;
      return [{ path: place, fault: own ?? fault('wrong-form') }];
    }
    default:
      return one('wrong-form');
  }
}

/** Of a value that may have several forms: what the form says that it was meant to have. */
function ofBranches(branches: readonly (readonly Issue[])[], place: Path, json: unknown): PlacedFault[] {
  const meant = branches.find((issues) =>
    issues.every(
      ({ code, path }) => path.length > 0 || (code !== 'invalid_type' && code !== 'invalid_value'),
    ),
  );
  if (meant !== undefined) return meant.flatMap((issue) => faultsOf(issue, place, json));
  return [{ path: place, fault: fault('wrong-form') }];
}

/** Everything that is wrong, in the order of the schema. */
export function shapeFaults(error: z.ZodError, json: unknown): PlacedFault[] {
  return error.issues.flatMap((issue) => faultsOf(issue, [], json));
}
