/** What a destruction does, stage by stage, in steps of some milliseconds (destruction-run.ts). */
import { existsSync, rmSync } from 'node:fs';
import type { DestructionCounts, DestructionOrder, Retained } from '../../domain/retention.ts';
import { all } from '../../storage/database.ts';
import { packRow } from '../../storage/evidence/exhibits.ts';
import { emptyCase, emptyExhibits } from '../../storage/retention/destruction.ts';
import {
  emptyNext,
  type MessagePlace,
  type TouchedHits,
} from '../../storage/retention/destruction-messages.ts';
import {
  emptyNextNamed,
  type RegisterPlace,
  type RegisterStep,
  takeNextName,
  takeNextRows,
} from '../../storage/retention/destruction-registers.ts';
import type { Store } from '../../storage/rows.ts';
import { updateSource } from '../../storage/sources/sources.ts';
import { type CaseDesk, dbOf } from '../cases/case-desk.ts';
import { hashFile } from '../imports/import-source.ts';
import { openFile } from '../imports/origin.ts';

/** Rows of a case's exhibits that one step takes apart. */
const EXHIBIT_STEP = 500;

export type Counts = { -readonly [K in keyof DestructionCounts]: number };

interface Step {
  readonly counts?: Partial<Counts>;
  /** Messages looked at. */
  readonly done?: number;
  /** Where the next step begins; null where the stage is done. */
  readonly place: unknown;
}

export interface Work {
  readonly desk: CaseDesk;
  readonly store: Store;
  readonly order: DestructionOrder;
  readonly sources: readonly number[];
  /** Noted in a piece, sealed at its end. */
  readonly hits: TouchedHits;
}

export type Stage = (work: Work, place: unknown) => Step;

const registers =
  (take: (store: Store, place: RegisterPlace | null) => RegisterStep): Stage =>
  ({ store }, at) => {
    const { rows, accounts, place } = take(store, at as RegisterPlace | null);
    return { counts: { rows, accounts }, place };
  };

export const STAGES: Readonly<Record<string, Stage>> = {
  messages: ({ store, sources, hits }, place) =>
    emptyNext(store, sources, (place as MessagePlace | null) ?? { source: 0, after: -1 }, hits),
  // Before the rows that name them: a row without its file is found again, a file without its row is not.
  files: removeNextFiles,
  registers: registers(takeNextRows),
  names: registers(takeNextName),
  accounts: registers(emptyNextNamed),
  exhibits: ({ store, order }) => {
    const rows = emptyExhibits(store, order.subject, EXHIBIT_STEP);
    return { counts: { rows }, place: rows === 0 ? null : true };
  },
  case: ({ store, order }) => ({ counts: { rows: emptyCase(store, order.subject) }, place: null }),
  pack: ({ desk, order }) => ({ counts: { files: removePack(desk, order.subject) }, place: null }),
};

/** What is done in which order; `rewrite` follows. */
export const COURSE: Readonly<Record<Retained['kind'], readonly string[]>> = {
  source: ['messages', 'files', 'registers', 'names', 'accounts'],
  case: ['exhibits', 'case'],
  export: ['pack'],
};

/** Sealed files of sources: media page by page, then the sources' own bytes and their secrets. */
function removeNextFiles({ desk, store, sources }: Work, place: unknown): Step {
  const { blobs } = desk.session.workspace;
  const media = all<{ id: string }>(
    store.db,
    `SELECT id FROM media_files WHERE source_id IN (SELECT id FROM temp.going_sources) AND id > ?
     ORDER BY id LIMIT 50`,
    (place as string | null) ?? '',
  );
  for (const { id } of media) blobs.remove(id);
  const last = media.at(-1);
  if (last) return { place: last.id };
  for (const { id, blob } of all<{ id: number; blob: string }>(
    store.db,
    'SELECT id, blob FROM sources WHERE id IN (SELECT id FROM temp.going_sources)',
  )) {
    blobs.remove(blob);
    // Without it the source's salted commitments tell nothing any more.
    updateSource(store, id, { secret: Buffer.alloc(0) });
  }
  return { counts: { files: sources.length }, place: null };
}

/** Removes a pack where it lies and is still the file that was written; a changed file is somebody else's. */
function removePack(desk: CaseDesk, id: string): number {
  const pack = packRow(dbOf(desk), id);
  if (!existsSync(pack.file)) return 0;
  const file = openFile(pack.file);
  let same = false;
  try {
    same = hashFile(file, null) === pack.sha256;
  } finally {
    file.close();
  }
  if (same) rmSync(pack.file, { force: true });
  return 1;
}
