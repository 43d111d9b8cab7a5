export const detection = {
  version: 4,
  name: 'detection',
  sql: ``,
};
