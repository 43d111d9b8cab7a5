import type { Migration } from './index.ts';

export const speed: Migration = {
  version: 12,
  name: 'speed',
  sql: ``,
};
