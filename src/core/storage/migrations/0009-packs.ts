import type { Migration } from './index.ts';

export const packs: Migration = {
  version: 9,
  name: 'packs',
  sql: ``,
};
