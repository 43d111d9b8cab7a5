/**
 * What a pack shows of a case, as a table of the connection's own (in memory, gone with the connection):
 * the rows of every exhibit that was chosen, with so much of its context as was asked for.
 */
import { DocketError } from '../../../contract/errors.ts';
import { all, type Database, run } from '../database.ts';
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

/** Fills `temp.pack_shown`. Throws `invalid-input` for an exhibit that is not one of the case. */
export function selectRows(db: Database, caseId: string, selection: PackSelection): SelectedExhibit[] {
  const known = exhibitRows(db, caseId).map(({ id }) => id);
  const foreign = selection.exhibitIds?.find((id) => !known.includes(id));
  if (foreign !== undefined) throw new DocketError('invalid-input', 'no such exhibit in this case', foreign);
  const chosen = known.filter((id) => selection.exhibitIds?.includes(id) ?? true);
  db.exec(`CREATE TEMP TABLE IF NOT EXISTS pack_shown (
    exhibit_id TEXT NOT NULL, message_id INTEGER NOT NULL, is_subject INTEGER NOT NULL,
    PRIMARY KEY (exhibit_id, message_id)) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS temp.pack_shown_by_message ON pack_shown (message_id);
    DELETE FROM temp.pack_shown;`);
  return chosen.map((id) => fill(db, id, selection.context));
}

function fill(db: Database, exhibitId: string, context: number | null): SelectedExhibit {
  const kept = all<{ id: number; subject: number }>(
    db,
    `SELECT e.message_id AS id, e.is_subject AS subject FROM exhibit_messages e
     JOIN messages m ON m.id = e.message_id WHERE e.exhibit_id = ? ORDER BY m.sort_at, m.id`,
    exhibitId,
  );
  const at = kept.findIndex(({ subject }) => subject === 1);
  const shown = at < 0 || context === null ? kept : kept.slice(Math.max(0, at - context), at + context + 1);
  if (shown.length === kept.length) {
    run(
      db,
      `INSERT INTO temp.pack_shown SELECT exhibit_id, message_id, is_subject FROM exhibit_messages WHERE exhibit_id = ?`,
      exhibitId,
    );
  } else {
    const insert = db.prepare('INSERT INTO temp.pack_shown VALUES (?, ?, ?)');
    for (const { id, subject } of shown) insert.run(exhibitId, id, subject);
  }
  return { id: exhibitId, rows: shown.length, trimmed: shown.length < kept.length, isPeriod: at < 0 };
}
