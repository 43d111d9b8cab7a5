import { resources } from '../../locales/resources.ts';

type Tree = { readonly [key: string]: string | Tree };

const flatten = (tree: Tree, path: string): string[] =>
  Object.entries(tree).flatMap(([key, value]) => {
    const at = path ? `${path}.${key}` : key;
    return typeof value === 'string' ? [at] : flatten(value, at);
  });

/** Types of events that have words, for the choice in the filter. */
export const EVENT_TYPES: readonly string[] = flatten(resources.en.domain.eventType, '');
