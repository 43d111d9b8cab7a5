/** Custody of what is viewed, and holds on single exhibits and sources. */
export const custody = { version: 13, name: 'custody', sql: '' };
