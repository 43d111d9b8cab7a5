import { foundation } from './0001-foundation.ts';

export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly sql: string;
}

/** Forward only, in order, never edited once released; each brings a workspace from version − 1 to version. */
export const MIGRATIONS: readonly Migration[] = [foundation];
