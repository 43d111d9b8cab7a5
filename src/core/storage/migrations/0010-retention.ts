import type { Migration } from './index.ts';

export const retention: Migration = {
  version: 10,
  name: 'retention',
  sql: ``,
};
