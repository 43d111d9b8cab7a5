import { foundation } from './0001-foundation.ts';
import { lists } from './0002-lists.ts';
import { truth } from './0003-truth.ts';
import { detection } from './0004-detection.ts';
import { cases } from './0005-cases.ts';
import { evidence } from './0006-evidence.ts';
import { search } from './0007-search.ts';
import { law } from './0008-law.ts';
import { packs } from './0009-packs.ts';
import { retention } from './0010-retention.ts';
import { playbooks } from './0011-playbooks.ts';
import { speed } from './0012-speed.ts';
import { custody } from './0013-custody.ts';
import { transfers } from './0014-transfers.ts';
import { hitCounts } from './0015-hit-counts.ts';

export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly sql: string;
}

/** Forward only, in order, never edited once released; each brings a workspace from version − 1 to version. */
export const MIGRATIONS: readonly Migration[] = [
  foundation,
  lists,
  truth,
  detection,
  cases,
  evidence,
  search,
  law,
  packs,
  retention,
  playbooks,
  speed,
  custody,
  transfers,
  hitCounts,
];
