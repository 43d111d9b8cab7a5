export const speed = {
  version: 12,
  name: 'speed',
  sql: ``,
};
