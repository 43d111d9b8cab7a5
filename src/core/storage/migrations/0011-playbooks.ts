import type { Migration } from './index.ts';

export const playbooks: Migration = {
  version: 11,
  name: 'playbooks',
  sql: ``,
};
