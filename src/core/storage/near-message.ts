/**
 * Finding a message again that another export states less, or more, exactly: one writes 9:15, the other
 * 9:15:32; one an instant, the other wall-clock time. Two times are one where they are equal once both
 * are cut to the coarser precision. Sender, kind and text must be equal, and neither may have
 * a platform id that contradicts the other's.
 */
import { coarser, cut, precisionOf, STEP, sameMoment } from '../domain/time-shape.ts';
import type { ImportedMessage } from '../importers/importer.ts';
import { all, type Database, get, prepare } from './database.ts';
import { insertRow, type Store } from './rows.ts';

interface Candidate {
  id: number;
  platform_id: string | null;
  sent_at: number;
  sent_text: string;
}

/** `instant` or `wall`, and the precision; two exports of one shape are compared by equality alone. */
type Shape = string;

export class NearMessages {
  readonly #store: Store;
  readonly #sourceId: number;
  /** Shapes of the platform's other sources; null stands for one whose shapes nobody noted. */
  readonly #others: ReadonlySet<Shape | null>;
  readonly #own = new Set<Shape>();

  constructor(store: Store, sourceId: number) {
    this.#store = store;
    this.#sourceId = sourceId;
    this.#others = otherShapes(store.db, sourceId);
    for (const { shape } of all<{ shape: Shape }>(
      store.db,
      'SELECT shape FROM source_times WHERE source_id = ?',
      sourceId,
    )) {
      this.#own.add(shape);
    }
  }

  /**
   * Row id of the same message as another export told it; null where there is none. Notes the shape of
   * the message's time for later sources. `sentAt` in UTC milliseconds. Call inside a transaction.
   */
  find(message: ImportedMessage, conversationId: number, senderId: number | null, sentAt: number | null) {
    if (sentAt === null) return null;
    const value = message.instant ?? message.wallTime ?? sentAt;
    const precision = precisionOf(value, message.sentAtText);
    const shape = `${message.instant === null ? 'wall' : 'instant'}-${precision}`;
    this.#note(shape);
    if (message.text === '' || !this.#differs(shape)) return null;
    const step = coarser(precision, 'minute');
    const from = cut(sentAt, step);
    const rows = prepare(
      this.#store.db,
      `SELECT m.id, m.platform_id, m.sent_at, m.sent_text FROM messages m
       WHERE m.conversation_id = ? AND m.sort_at >= ? AND m.sort_at < ? AND m.sent_at IS NOT NULL
         AND m.sender_id IS ? AND m.kind = ? AND m.text = ?
         AND NOT EXISTS (SELECT 1 FROM message_occurrences o WHERE o.message_id = m.id AND o.source_id = ?)
       ORDER BY m.sort_at, m.id`,
    ).all(
      conversationId,
      from,
      from + STEP[step],
      senderId,
      message.kind,
      message.text,
      this.#sourceId,
    ) as unknown as Candidate[];
    const same = rows.find(
      (row) =>
        (row.platform_id === null || message.platformId === null || row.platform_id === message.platformId) &&
        sameMoment(sentAt, precision, row.sent_at, precisionOf(row.sent_at, row.sent_text)),
    );
    return same?.id ?? null;
  }

  #differs(shape: Shape): boolean {
    for (const other of this.#others) if (other !== shape) return true;
    return false;
  }

  #note(shape: Shape): void {
    if (this.#own.has(shape)) return;
    this.#own.add(shape);
    insertRow(this.#store, 'source_times', { source_id: this.#sourceId, shape });
  }
}

function otherShapes(db: Database, sourceId: number): Set<Shape | null> {
  const own = get<{ platform: string }>(db, 'SELECT platform FROM sources WHERE id = ?', sourceId);
  const rows = all<{ shape: Shape | null }>(
    db,
    `SELECT DISTINCT t.shape FROM sources s LEFT JOIN source_times t ON t.source_id = s.id
     WHERE s.platform = ? AND s.id <> ? AND s.holds = 'chat' AND s.messages > 0`,
    own?.platform ?? '',
    sourceId,
  );
  return new Set(rows.map(({ shape }) => shape));
}
