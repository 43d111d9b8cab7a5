/** Transfers of cases. */
export const transfers = { version: 14, name: 'transfers', sql: '' };
