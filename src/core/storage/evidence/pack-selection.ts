/**
 * What a pack shows of a case, as tables of the connection's own (gone with the connection): the rows of every
 * exhibit that was chosen, with so much of its context as was asked for.
 */
import { DocketError } from '../../../contract/errors.ts';
import { type Database, get, run } from '../database.ts';
import { fillScratch } from '../scratch-database.ts';
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
 * Fills three tables of the schema `scratch` (scratch-database.ts): `pack_exhibits`, the number of each exhibit;
 * `pack_shown`, the rows of the chosen exhibits in the order in which a pack shows them, so that no pass over them
 * has to sort; `pack_messages`, each message once, `subject` where some exhibit is about it. Throws `invalid-input`
 * for an exhibit that is not one of the case.
 */
export function selectRows(db: Database, caseId: string, selection: PackSelection): SelectedExhibit[] {
  const known = exhibitRows(db, caseId).map(({ id }) => id);
  const foreign = selection.exhibitIds?.find((id) => !known.includes(id));
  if (foreign !== undefined) throw new DocketError('invalid-input', 'no such exhibit in this case', foreign);
  const chosen = known.filter((id) => selection.exhibitIds?.includes(id) ?? true);
  return fillScratch(db, () => {
    db.exec(`DROP TABLE IF EXISTS scratch.pack_shown;
      DROP TABLE IF EXISTS scratch.pack_messages;
      DROP TABLE IF EXISTS scratch.pack_exhibits;
      CREATE TABLE scratch.pack_exhibits (exhibit INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE);
      CREATE TABLE scratch.pack_messages (message_id INTEGER PRIMARY KEY, subject INTEGER NOT NULL);
      CREATE TABLE scratch.pack_shown (
        exhibit INTEGER NOT NULL, at INTEGER NOT NULL, message_id INTEGER NOT NULL, is_subject INTEGER NOT NULL,
        PRIMARY KEY (exhibit, at, message_id)) WITHOUT ROWID;`);
    return chosen.map((id, exhibit) => fill(db, id, exhibit, selection.context));
  });
}

/** A place in the order of time. */
interface Place {
  readonly at: number;
  readonly id: number;
}

const EARLIEST: Place = { at: Number.MIN_SAFE_INTEGER, id: 0 };
const LATEST: Place = { at: Number.MAX_SAFE_INTEGER, id: 0 };

const ROWS = 'exhibit_messages e CROSS JOIN messages m ON m.id = e.message_id';

function fill(db: Database, exhibitId: string, exhibit: number, context: number | null): SelectedExhibit {
  const place = (where: string, order: string, offset: number, ...values: number[]) =>
    get<Place>(
      db,
      `SELECT m.sort_at AS at, m.id FROM ${ROWS} WHERE e.exhibit_id = ? AND ${where}
       ORDER BY m.sort_at ${order}, m.id ${order} LIMIT 1 OFFSET ?`,
      exhibitId,
      ...values,
      offset,
    );
  run(db, 'INSERT INTO scratch.pack_exhibits VALUES (?, ?)', exhibit, exhibitId);
  const subject = place('e.is_subject = 1', 'ASC', 0);
  let [from, to] = [EARLIEST, LATEST];
  if (subject && context !== null) {
    const { at, id } = subject;
    from = place('(m.sort_at, m.id) <= (?, ?)', 'DESC', context, at, id) ?? EARLIEST;
    to = place('(m.sort_at, m.id) >= (?, ?)', 'ASC', context, at, id) ?? LATEST;
  }
  const rows = run(
    db,
    `INSERT INTO scratch.pack_shown SELECT ?, m.sort_at, m.id, e.is_subject FROM ${ROWS}
     WHERE e.exhibit_id = ? AND (m.sort_at, m.id) >= (?, ?) AND (m.sort_at, m.id) <= (?, ?)`,
    exhibit,
    exhibitId,
    from.at,
    from.id,
    to.at,
    to.id,
  ).changes;
  run(
    db,
    `INSERT INTO scratch.pack_messages SELECT message_id, is_subject FROM scratch.pack_shown WHERE exhibit = ?
     ON CONFLICT (message_id) DO UPDATE SET subject = max(subject, excluded.subject)`,
    exhibit,
  );
  const { kept } = get<{ kept: number }>(
    db,
    'SELECT count(*) AS kept FROM exhibit_messages WHERE exhibit_id = ?',
    exhibitId,
  ) ?? { kept: 0 };
  return { id: exhibitId, rows, trimmed: rows < kept, isPeriod: subject === undefined };
}
