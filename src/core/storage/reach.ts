/** How many people could see what a party did. */
import { type Database, get } from './database.ts';

/**
 * Members, counted once in each conversation: the cumulative number that interpretations of the law count
 * by (SPC/SPP 2019, art. 10). Where a conversation has no member list, the people who spoke in it; null
 * where nothing tells. `conversations` are UUIDs, each taken once.
 */
export function reachOf(db: Database, conversations: readonly string[]): number | null {
  let reach = 0;
  for (const uid of new Set(conversations)) {
    reach +=
      get<{ members: number }>(
        db,
        `SELECT max((SELECT count(DISTINCT account_id) FROM memberships WHERE conversation_id = c.id),
           (SELECT count(DISTINCT sender_id) FROM messages WHERE conversation_id = c.id)) AS members
         FROM conversations c WHERE c.uid = ?`,
        uid,
      )?.members ?? 0;
  }
  return reach === 0 ? null : reach;
}
