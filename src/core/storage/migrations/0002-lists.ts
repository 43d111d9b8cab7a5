export const lists = {
  version: 2,
  name: 'lists',
  sql: ``,
};
