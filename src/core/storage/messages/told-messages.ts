/** Messages of one source as it tells them: for comparing two sources, and for finding gaps. */

import type { MessageKind } from '../../domain/message.ts';
import type { SourceConversation } from '../../domain/reconciliation.ts';
import { all, type Database, get, prepare } from '../database.ts';
import { CONVERSATION_LABEL } from './messages.ts';
import { unquarantinedOnly } from './quarantine.ts';

export interface ToldRow {
  id: number;
  ordinal: number;
  sender_uid: string | null;
  platform_id: string | null;
  sent_at: number | null;
  sent_text: string;
  kind: MessageKind;
  text: string;
  refers_to: string | null;
  edited: number;
}

/** Messages of a source, or of one conversation in it, in the order of the file, one at a time. */
export function toldMessages(
  db: Database,
  sourceId: number,
  conversationId: number | null,
): Iterable<ToldRow> {
  return prepare(
    db,
    `SELECT m.id, o.ordinal, a.uid AS sender_uid, m.platform_id, m.sent_at, m.sent_text, m.kind, m.text, m.refers_to,
       m.edited_text IS NOT NULL OR coalesce(json_extract(m.extra, '$.edited'), 0) = 1 AS edited
     FROM message_occurrences o JOIN messages m ON m.id = o.message_id LEFT JOIN accounts a ON a.id = m.sender_id
     WHERE o.source_id = ? AND (? IS NULL OR m.conversation_id = ?)${unquarantinedOnly(db)} ORDER BY o.start, o.ordinal`,
  ).iterate(sourceId, conversationId, conversationId) as Iterable<ToldRow>;
}

/** The conversations that a source holds, the largest first. */
export function conversationsOfSource(db: Database, sourceId: number): SourceConversation[] {
  return all<{ uid: string; label: string | null; n: number; first: number | null; last: number | null }>(
    db,
    `SELECT c.uid, ${CONVERSATION_LABEL} AS label, x.n, x.first, x.last FROM (
       SELECT m.conversation_id AS id, count(*) AS n, min(m.sent_at) AS first, max(m.sent_at) AS last
       FROM message_occurrences o JOIN messages m ON m.id = o.message_id WHERE o.source_id = ? GROUP BY 1) x
     JOIN conversations c ON c.id = x.id ORDER BY x.n DESC, c.id`,
    sourceId,
  ).map((row) => ({
    conversationId: row.uid,
    name: row.label,
    messages: row.n,
    firstAt: row.first,
    lastAt: row.last,
  }));
}

export function conversationRow(db: Database, uid: string): { id: number; label: string | null } | undefined {
  return get(db, `SELECT c.id, ${CONVERSATION_LABEL} AS label FROM conversations c WHERE c.uid = ?`, uid);
}

/** Where a message stands in a source. */
export function placeInSource(db: Database, sourceId: number, ordinal: number) {
  return get<{ start: number; end: number; line: number }>(
    db,
    'SELECT start, end, line FROM message_occurrences WHERE source_id = ? AND ordinal = ?',
    sourceId,
    ordinal,
  );
}
