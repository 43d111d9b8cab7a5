/** Published items as detection reads them: subjects of type `published-item`. */
import type { Act } from '../../domain/message.ts';
import { all, type Database } from '../database.ts';

/** A text of an item that is judged by itself. */
export interface PublishedText {
  /** Row id, to continue from. */
  readonly id: number;
  /** UUID of the item: a hit's subject id is `uid/field`. */
  readonly uid: string;
  readonly field: 'title' | 'text';
  readonly text: string;
  /** Profile texts are shown, everything else is posted. */
  readonly act: Extract<Act, 'own-post' | 'display'>;
  readonly account: string | null;
  readonly accountId: string | null;
  /** As the list wrote it. */
  readonly publishedAt: string | null;
}

interface Row {
  id: number;
  uid: string;
  fields: string;
}

/** Words for a text that an account shows about itself, in the lists' column 内容类型. */
const PROFILE = /简介|签名|资料|昵称|头像|主页|profile|bio|signature|display/i;

/** Act of an item by the type that the list gives it. */
export function actOfItem(type: string | undefined): PublishedText['act'] {
  return type !== undefined && PROFILE.test(type) ? 'display' : 'own-post';
}

/**
 * Texts of the published items that the last import of their list has, from row id `after` on, at most
 * `limit` items. Items of lists whose source was excluded are left out.
 */
export function publishedTexts(db: Database, after: number, limit: number): PublishedText[] {
  const rows = all<Row>(
    db,
    `SELECT r.id, r.uid, r.fields FROM list_rows r JOIN lists l ON l.id = r.list_id JOIN sources s ON s.id = r.source_id
     WHERE l.kind = 'published-items' AND r.present = 1 AND s.state = 'complete' AND r.id > ? ORDER BY r.id LIMIT ?`,
    after,
    limit,
  );
  return rows.flatMap(({ id, uid, fields: json }) => {
    const fields = JSON.parse(json) as Record<string, string>;
    const common = {
      id,
      uid,
      act: actOfItem(fields.type),
      account: fields.account ?? null,
      accountId: fields.accountId ?? null,
      publishedAt: fields.publishedAt ?? null,
    };
    return (['title', 'text'] as const).flatMap((field) => {
      const text = fields[field];
      return text === undefined ? [] : [{ ...common, field, text }];
    });
  });
}
