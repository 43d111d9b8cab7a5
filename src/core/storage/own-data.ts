/** What is kept about one person, for that person to see. */
import type { Decision } from '../domain/case.ts';
import type { Platform } from '../domain/message.ts';
import { all, type Database, get } from './database.ts';
import { visibleOnly } from './messages/messages.ts';

export interface OwnMessage {
  id: number;
  conversation: string;
  conversation_id: number;
  sent_at: number | null;
  sent_at_text: string;
  text: string;
}

export interface OwnData {
  readonly account: {
    platform: Platform;
    platform_id: string | null;
    name: string | null;
    fields: Record<string, string>;
  };
  readonly names: readonly { name: string; source: string }[];
  readonly memberships: readonly { conversation: string; role: string | null }[];
  readonly messages: readonly OwnMessage[];
  readonly total: number;
  readonly findings: readonly {
    category: string;
    rule: string;
    verdict: string | null;
    sent_at: number | null;
    sent_at_text: string;
  }[];
  readonly decisions: readonly {
    id: string;
    case_no: number;
    at: number;
    measure: string;
    state: Decision['state'];
    proposal: string;
  }[];
  readonly receipts: readonly { title: string; version: string; on: string }[];
  readonly sources: readonly { file: string; imported_at: number }[];
}

/** Everything about an account by its row id; at most `limit` messages, the newest. */
export function ownData(db: Database, accountId: number, limit: number): OwnData {
  const account = get<{
    platform: Platform;
    platform_id: string | null;
    name: string | null;
    fields: string;
  }>(db, 'SELECT platform, platform_id, name, fields FROM accounts WHERE id = ?', accountId);
  if (!account) throw new Error(`no account ${accountId}`);
  return {
    account: { ...account, fields: JSON.parse(account.fields) as Record<string, string> },
    names: all(
      db,
      `SELECT DISTINCT n.name, s.file AS source FROM account_names n JOIN sources s ON s.id = n.source_id
       WHERE n.account_id = ? ORDER BY n.name`,
      accountId,
    ),
    memberships: all(
      db,
      `SELECT DISTINCT coalesce(c.name, c.platform_id, '') AS conversation, m.role FROM memberships m
       JOIN conversations c ON c.id = m.conversation_id WHERE m.account_id = ? ORDER BY 1`,
      accountId,
    ),
    messages: all<OwnMessage>(
      db,
      `SELECT m.id, coalesce(c.name, c.platform_id, '') AS conversation, m.conversation_id, m.sent_at,
         m.sent_text AS sent_at_text, m.text
       FROM messages m JOIN conversations c ON c.id = m.conversation_id
       WHERE m.sender_id = ? ${visibleOnly(db)} ORDER BY m.sort_at DESC, m.id DESC LIMIT ?`,
      accountId,
      limit,
    ),
    total:
      get<{ n: number }>(
        db,
        `SELECT count(*) AS n FROM messages m WHERE m.sender_id = ? ${visibleOnly(db)}`,
        accountId,
      )?.n ?? 0,
    findings: all(
      db,
      `SELECT h.category, h.rule, h.verdict, m.sent_at, m.sent_text AS sent_at_text FROM hits h JOIN messages m ON m.id = h.message_id
       WHERE h.sender_id = ? AND h.status = 'hit' ${visibleOnly(db)} ORDER BY h.sort_at DESC LIMIT 1000`,
      accountId,
    ),
    decisions: all(
      db,
      `SELECT d.id, k.number AS case_no, d.at, d.measure, d.state, d.proposal FROM decisions d
       JOIN parties p ON p.id = d.party_id JOIN cases k ON k.id = d.case_id WHERE p.account_id = ? ORDER BY d.at`,
      accountId,
    ),
    receipts: all(
      db,
      `SELECT r.title, r.version, h.received_on AS "on" FROM house_receipts h JOIN house_rules r ON r.id = h.rules_id
       WHERE h.account_id = ? ORDER BY h.received_on`,
      accountId,
    ),
    sources: all(
      db,
      `SELECT DISTINCT s.file, s.imported_at FROM messages m JOIN sources s ON s.id = m.source_id
       WHERE m.sender_id = ? ORDER BY s.imported_at`,
      accountId,
    ),
  };
}

/** What the other people of a conversation are called, the longest names first. */
export function otherNames(db: Database, conversationId: number, accountId: number): string[] {
  return all<{ name: string }>(
    db,
    `SELECT DISTINCT name FROM (
       SELECT n.name FROM account_names n WHERE n.account_id IN (
         SELECT account_id FROM memberships WHERE conversation_id = ?
         UNION SELECT DISTINCT sender_id FROM messages WHERE conversation_id = ?)
         AND n.account_id <> ?
       UNION SELECT a.name FROM accounts a WHERE a.name IS NOT NULL AND a.id IN (
         SELECT account_id FROM memberships WHERE conversation_id = ?
         UNION SELECT DISTINCT sender_id FROM messages WHERE conversation_id = ?) AND a.id <> ?)
     WHERE length(name) > 1 ORDER BY length(name) DESC`,
    conversationId,
    conversationId,
    accountId,
    conversationId,
    conversationId,
    accountId,
  ).map(({ name }) => name);
}
