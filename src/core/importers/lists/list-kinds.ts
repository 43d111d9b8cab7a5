/** Every kind of list, in order of preference between equals. */
import { CONTENT_LISTS } from './content-lists.ts';
import type { ListDefinition } from './list-definition.ts';
import { PEOPLE_LISTS } from './people-lists.ts';
import { REGISTER_LISTS } from './register-lists.ts';

export type { ListDefinition } from './list-definition.ts';

export const LIST_KINDS: readonly ListDefinition[] = [...REGISTER_LISTS, ...CONTENT_LISTS, ...PEOPLE_LISTS];
