/** How many people could see what a party did. */
import { type Database, get } from '../database.ts';

/** Members of a conversation by its list; where it has none, the people who spoke in it; 0 where nothing tells. */
export function reachOfRow(db: Database, conversationId: number): number {
  return (
    get<{ members: number }>(
      db,
      `SELECT max((SELECT count(DISTINCT account_id) FROM memberships WHERE conversation_id = c.id),
         (SELECT count(DISTINCT sender_id) FROM messages WHERE conversation_id = c.id)) AS members
       FROM conversations c WHERE c.id = ?`,
      conversationId,
    )?.members ?? 0
  );
}

/**
 * Members, counted once in each conversation: the cumulative number that interpretations of the law count
 * by (SPC/SPP 2019, art. 10); null where nothing tells. `conversations` are UUIDs, each taken once.
 */
export function reachOf(db: Database, conversations: readonly string[]): number | null {
  let reach = 0;
  for (const uid of new Set(conversations)) {
    const row = get<{ id: number }>(db, 'SELECT id FROM conversations WHERE uid = ?', uid);
    if (row) reach += reachOfRow(db, row.id);
  }
  return reach === 0 ? null : reach;
}
