export const cases = {
  version: 5,
  name: 'cases',
  sql: ``,
};
