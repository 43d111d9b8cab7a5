export const evidence = {
  version: 6,
  name: 'evidence',
  sql: ``,
};
