export const truth = {
  version: 3,
  name: 'truth',
  sql: ``,
};
