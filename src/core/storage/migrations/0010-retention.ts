export const retention = {
  version: 10,
  name: 'retention',
  sql: ``,
};
