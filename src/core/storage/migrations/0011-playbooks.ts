export const playbooks = {
  version: 11,
  name: 'playbooks',
  sql: ``,
};
