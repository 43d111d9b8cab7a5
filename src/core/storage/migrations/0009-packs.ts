export const packs = {
  version: 9,
  name: 'packs',
  sql: ``,
};
