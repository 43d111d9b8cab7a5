import { uidInBlock } from '../../domain/uid.ts';
import { type Database, get } from '../database.ts';
import { CONVERSATION_LABEL, senderLabel } from './messages.ts';
import { isQuarantined } from './quarantine.ts';

/** What names a message to a person. */
export interface MessageLabel {
  readonly id: string;
  readonly sender: string | null;
  readonly conversation: string | null;
  readonly sentAt: number | null;
  readonly sentAtText: string;
  readonly text: string;
}

/** The label of a message by row id. */
export function messageLabel(db: Database, id: number): MessageLabel | null {
  const row = get<{
    source_uid: string;
    ordinal: number;
    sender_name: string | null;
    account_name: string | null;
    account_platform_id: string | null;
    conversation: string | null;
    sent_at: number | null;
    sent_text: string;
    text: string;
  }>(
    db,
    `SELECT s.uid AS source_uid, m.ordinal, m.sender_name, a.name AS account_name, a.platform_id AS account_platform_id,
       ${CONVERSATION_LABEL} AS conversation, m.sent_at, m.sent_text, m.text
     FROM messages m JOIN sources s ON s.id = m.source_id JOIN conversations c ON c.id = m.conversation_id
     LEFT JOIN accounts a ON a.id = m.sender_id WHERE m.id = ?`,
    id,
  );
  if (!row) return null;
  return {
    id: uidInBlock(row.source_uid, row.ordinal),
    sender: senderLabel(row),
    conversation: row.conversation,
    sentAt: row.sent_at,
    sentAtText: row.sent_text,
    // A sample or an example drawn before a message was quarantined still names it.
    text: isQuarantined(db, id) ? '' : row.text,
  };
}
