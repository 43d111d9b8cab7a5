import { type Database, get } from '../database.ts';

/** The texts of messages by row id. */
export function messageTexts(db: Database, ids: readonly number[]): Map<number, string> {
  return new Map(
    [...new Set(ids)].map((id) => [
      id,
      get<{ text: string }>(db, 'SELECT text FROM messages WHERE id = ?', id)?.text ?? '',
    ]),
  );
}
