/**
 * What a pack shows of a case, as a table of the connection's own (in memory, gone with the connection):
 * the rows of every exhibit that was chosen, with so much of its context as was asked for.
 */
import { DocketError } from '../../../contract/errors.ts';
import { type Database, get, run } from '../database.ts';
import { exhibitRows } from './exhibits.ts';

export interface PackSelection {
  /** Null for all exhibits of the case. */
  readonly exhibitIds: readonly string[] | null;
  /** Messages on either side of an exhibit's subject; null for all that the exhibit keeps. */
  readonly context: number | null;
}

/** Exhibits of the selection, in order; `trimmed` where some of what the exhibit keeps is not shown. */
export interface SelectedExhibit {
  readonly id: string;
  readonly rows: number;
  readonly trimmed: boolean;
  /** A whole period: no message is its subject. */
  readonly isPeriod: boolean;
}

/**
 * Fills `temp.pack_shown`: the rows of the chosen exhibits, each numbered within its exhibit in the order in which
 * a pack shows them, so that no pass over them has to sort; some 30 bytes of memory for a row. `temp.pack_exhibits`
 * has the number of each exhibit. Throws `invalid-input` for an exhibit that is not one of the case.
 */
export function selectRows(db: Database, caseId: string, selection: PackSelection): SelectedExhibit[] {
  const known = exhibitRows(db, caseId).map(({ id }) => id);
  const foreign = selection.exhibitIds?.find((id) => !known.includes(id));
  if (foreign !== undefined) throw new DocketError('invalid-input', 'no such exhibit in this case', foreign);
  const chosen = known.filter((id) => selection.exhibitIds?.includes(id) ?? true);
  db.exec(`DROP TABLE IF EXISTS temp.pack_shown;
    DROP TABLE IF EXISTS temp.pack_exhibits;
    CREATE TEMP TABLE pack_exhibits (exhibit INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE);
    CREATE TEMP TABLE pack_shown (
      exhibit INTEGER NOT NULL, position INTEGER NOT NULL, message_id INTEGER NOT NULL, is_subject INTEGER NOT NULL,
      PRIMARY KEY (exhibit, position)) WITHOUT ROWID;`);
  const exhibits = chosen.map((id, exhibit) => fill(db, id, exhibit, selection.context));
  db.exec('CREATE INDEX temp.pack_shown_by_message ON pack_shown (message_id, is_subject)');
  return exhibits;
}

function fill(db: Database, exhibitId: string, exhibit: number, context: number | null): SelectedExhibit {
  run(db, 'INSERT INTO temp.pack_exhibits VALUES (?, ?)', exhibit, exhibitId);
  const kept = run(
    db,
    `INSERT INTO temp.pack_shown
     SELECT ?, row_number() OVER (ORDER BY m.sort_at, m.id), e.message_id, e.is_subject
     FROM exhibit_messages e JOIN messages m ON m.id = e.message_id WHERE e.exhibit_id = ?`,
    exhibit,
    exhibitId,
  ).changes;
  const subject = get<{ at: number | null }>(
    db,
    'SELECT min(position) AS at FROM temp.pack_shown WHERE exhibit = ? AND is_subject = 1',
    exhibit,
  );
  const at = subject?.at ?? null;
  const left =
    at === null || context === null
      ? 0
      : run(
          db,
          'DELETE FROM temp.pack_shown WHERE exhibit = ? AND position NOT BETWEEN ? AND ?',
          exhibit,
          at - context,
          at + context,
        ).changes;
  return { id: exhibitId, rows: kept - left, trimmed: left > 0, isPeriod: at === null };
}
