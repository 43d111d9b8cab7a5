/**
 * Finding a message again that another export states less, or more, exactly: one writes 9:15, the other
 * 9:15:32; one an instant, the other wall-clock time. Two times are one where they are equal once both
 * are cut to the coarser precision. Sender, kind and text must be equal, and neither may have
 * a platform id that contradicts the other's.
 */
import { coarser, cut, type Precision, precisionOf, STEP, sameMoment } from '../../domain/time-shape.ts';
import { all, type Database, get, prepare } from '../database.ts';
import { insertRow, type Store } from '../rows.ts';

interface Candidate {
  id: number;
  platform_id: string | null;
  sent_at: number;
  sent_text: string;
}

/** What of a message with a time is compared. */
export interface TimedMessage {
  /** UTC milliseconds. */
  readonly sentAt: number;
  readonly precision: Precision;
  /** The export gives an instant, not wall-clock time. */
  readonly hasInstant: boolean;
  readonly kind: string;
  readonly text: string;
  readonly platformId: string | null;
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
   * the message's time for later sources; `beforeReading` is called before rows are asked for. Call inside
   * a transaction.
   */
  find(
    message: TimedMessage,
    conversationId: number,
    senderId: number | null,
    beforeReading: () => void,
  ): number | null {
    const { sentAt, precision } = message;
    const shape = `${message.hasInstant ? 'instant' : 'wall'}-${precision}`;
    this.#note(shape);
    if (message.text === '' || !this.#differs(shape)) return null;
    beforeReading();
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

  /** Whether another source of the platform states times otherwise, so that `find` has to look. */
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
