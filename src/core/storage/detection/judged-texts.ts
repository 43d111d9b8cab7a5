/** Stored messages as detection takes them: their own texts, and those that they carry. */
import type { Act, ConversationType, MessageKind, SubjectType } from '../../domain/message.ts';
import { all, type Database, get, prepare } from '../database.ts';

/** Where a text stands, and what is known of it beside its words. */
export interface TextPlace {
  /** Null for another subject than a message. */
  readonly messageId: number | null;
  readonly subject?: { readonly type: SubjectType; readonly uid: string };
  readonly part: number;
  readonly act: Act;
  readonly kind: MessageKind;
  readonly conversationType: ConversationType;
  readonly conversationId: number | null;
  readonly senderId: number | null;
  readonly sortAt: number;
}

/** A text to be judged: a message's own (part 0), one that it carries, or one of another subject. */
export interface JudgedText extends TextPlace {
  readonly text: string;
}

/** Where a judged text stands, without its words. */
export const placeOf = (text: JudgedText): TextPlace => ({
  messageId: text.messageId,
  part: text.part,
  act: text.act,
  kind: text.kind,
  conversationType: text.conversationType,
  conversationId: text.conversationId,
  senderId: text.senderId,
  sortAt: text.sortAt,
});

/** Row id, text, forwarded, kind, parts, kind of conversation, conversation, sender, time. */
type TextRow = readonly [
  number,
  string,
  number,
  MessageKind,
  number,
  ConversationType,
  number,
  number | null,
  number,
];

/** Texts of messages, and how many messages that were. */
interface Texts {
  readonly texts: JudgedText[];
  readonly messages: number;
}

/** Messages that detection looks at: of complete sources that nobody took back. */
const JUDGED = `SELECT m.id, m.text, m.forwarded, m.kind, m.parts, c.type, m.conversation_id, m.sender_id, m.sort_at
  FROM messages m JOIN sources s ON s.id = m.source_id AND s.state = 'complete'
  JOIN conversations c ON c.id = m.conversation_id`;

/** How many messages that is, from what each source counted: counting a million rows takes half a second. */
export function countJudged(db: Database): number {
  const sql = `SELECT sum(messages - duplicates) AS n FROM sources WHERE state = 'complete'`;
  return get<{ n: number | null }>(db, sql)?.n ?? 0;
}

function textsOf(db: Database, sql: string, ...values: number[]): Texts {
  const rows = prepare(db, sql)
    .raw()
    .all(...values) as unknown as TextRow[];
  const texts: JudgedText[] = [];
  for (const [messageId, text, forwarded, kind, parts, type, conversationId, senderId, sortAt] of rows) {
    const act = forwarded ? 'forward' : 'own-post';
    const own = {
      messageId,
      kind,
      conversationType: type,
      conversationId,
      senderId,
      sortAt,
      part: 0,
      text,
      act,
    } as const;
    texts.push(own);
    if (parts === 0) continue;
    for (const carried of all<{ part: number; act: Act; text: string }>(
      db,
      'SELECT part, act, text FROM carried_texts WHERE message_id = ? ORDER BY part',
      messageId,
    )) {
      texts.push({ ...own, part: carried.part, text: carried.text, act: carried.act });
    }
  }
  return { texts, messages: rows.length };
}

/** The next messages after a row id, as texts to judge, with the row id to go on from; null at the end. */
export function textsAfter(
  db: Database,
  after: number,
  limit: number,
): (Texts & { readonly last: number }) | null {
  const read = textsOf(db, `${JUDGED} WHERE m.id > ? ORDER BY m.id LIMIT ?`, after, limit);
  const last = read.texts.at(-1)?.messageId;
  return last == null ? null : { ...read, last };
}

/** Messages whose row ids are neighbours. */
export interface Stretch {
  readonly from: number;
  /** The last of them. */
  readonly to: number;
}

/** The texts of a stretch, in the order of the row ids. */
export function textsOfStretch(db: Database, { from, to }: Stretch): Texts {
  return textsOf(db, `${JUDGED} WHERE m.id BETWEEN ? AND ? ORDER BY m.id`, from, to);
}

/** The first stretch behind a row id that has a message, `size` row ids long; null behind the last message. */
export function stretchAfter(db: Database, after: number, size: number): Stretch | null {
  const from = get<{ id: number | null }>(db, 'SELECT min(id) AS id FROM messages WHERE id > ?', after)?.id;
  return from == null ? null : { from, to: from + size - 1 };
}
