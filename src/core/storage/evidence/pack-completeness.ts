/** How what a pack shows stands to everything that complete sources hold of its conversations. */
import type { ConversationType, Platform } from '../../domain/message.ts';
import type { PackCompleteness, PackProfilePanel } from '../../evidence/pack-content.ts';
import { ACCOUNT_NAME } from '../cases/cases.ts';
import { all, type Database, get } from '../database.ts';
import { mediaOfConversation } from '../messages/media-totals.ts';
import { maskPersonal } from '../people/accounts.ts';

/** Messages of a pack: `message_id`, and 1 in `subject` where some exhibit is about it. */
const SHOWN = `(SELECT message_id, max(is_subject) AS subject FROM temp.pack_shown GROUP BY message_id)`;
const QUARANTINED =
  'EXISTS (SELECT 1 FROM quarantined q WHERE q.message_id = m.id AND q.released_at IS NULL)';

interface Shown {
  readonly id: number;
  readonly uid: string;
  readonly platform: Platform;
  readonly name: string | null;
  readonly type: ConversationType;
  readonly from: number;
  readonly to: number;
  readonly selected: number;
  readonly context: number;
}

/** What the conversation's own messages show to be missing, by its row id. */
export type GapSummary = (conversationId: number) => PackCompleteness['gaps'];

/** How the pack names people: a text without the names of those under aliases, and the alias of an account. */
export interface Naming {
  readonly mask: { text(text: string): string };
  alias(accountId: number): string | null;
}

export function packCompleteness(
  db: Database,
  caseId: string,
  gaps: GapSummary,
  naming: Naming,
): PackCompleteness[] {
  const lost = all<{ id: number }>(db, "SELECT id FROM sources WHERE state <> 'complete'");
  const ids = lost.map(({ id }) => id).join(', ');
  const held = ids
    ? ` AND (m.source_id NOT IN (${ids}) OR EXISTS (SELECT 1 FROM message_occurrences o
        WHERE o.message_id = m.id AND o.source_id NOT IN (${ids})))`
    : '';
  const count = (sql: string, ...values: number[]) =>
    get<{ n: number }>(db, `SELECT count(*) AS n FROM messages m WHERE ${sql}${held}`, ...values)?.n ?? 0;
  const conversations = all<Shown>(
    db,
    `SELECT c.id, c.uid, c.platform, c.name, c.type, min(m.sort_at) AS "from", max(m.sort_at) AS "to",
       sum(t.subject) AS selected, sum(1 - t.subject) AS context
     FROM ${SHOWN} t
     JOIN messages m ON m.id = t.message_id JOIN conversations c ON c.id = m.conversation_id
     GROUP BY c.id ORDER BY c.id`,
  );
  return conversations.map(({ id, uid, ...shown }) => {
    const { from, to } = shown;
    const inPeriod = count('m.conversation_id = ? AND m.sort_at BETWEEN ? AND ?', id, from, to);
    const apart = count(
      `m.conversation_id = ? AND m.sort_at BETWEEN ? AND ? AND ${QUARANTINED}`,
      id,
      from,
      to,
    );
    const ends = get<{ first: number | null; last: number | null }>(
      db,
      'SELECT min(sent_at) AS first, max(sent_at) AS last FROM messages WHERE conversation_id = ?',
      id,
    );
    return {
      conversationId: uid,
      ...shown,
      name: shown.name === null ? null : naming.mask.text(shown.name),
      total: count('m.conversation_id = ?', id),
      inPeriod,
      leftOut: [
        { reason: 'not-selected', count: inPeriod - shown.selected - shown.context - apart },
        ...(apart > 0 ? [{ reason: 'quarantined', count: apart }] : []),
      ],
      first: ends?.first ?? null,
      last: ends?.last ?? null,
      before: count('m.conversation_id = ? AND m.sort_at < ?', id, from),
      after: count('m.conversation_id = ? AND m.sort_at > ?', id, to),
      recalls: count(
        "m.conversation_id = ? AND m.kind = 'recall' AND m.sort_at BETWEEN ? AND ?",
        id,
        from,
        to,
      ),
      media: mediaOfConversation(db, id),
      gaps: gaps(id),
      profiles: profilePanels(db, caseId, id, naming),
    };
  });
}

interface PanelRow {
  id: number;
  uid: string;
  name: string | null;
  platform_id: string | null;
  fields: string;
  shown: number;
  party: number;
}

/** The accounts that speak in the pack's part of a conversation, the most talkative first. */
function profilePanels(
  db: Database,
  caseId: string,
  conversationId: number,
  naming: Naming,
): PackProfilePanel[] {
  return all<PanelRow>(
    db,
    `SELECT a.id, a.uid, ${ACCOUNT_NAME} AS name, a.platform_id, a.fields, count(*) AS shown,
       EXISTS (SELECT 1 FROM parties p WHERE p.case_id = ? AND p.account_id = a.id) AS party
     FROM ${SHOWN} t
     JOIN messages m ON m.id = t.message_id JOIN accounts a ON a.id = m.sender_id
     WHERE m.conversation_id = ? GROUP BY a.id ORDER BY party DESC, shown DESC, a.id`,
    caseId,
    conversationId,
  ).map(({ id, uid, name, platform_id, fields, shown, party }) => {
    const alias = naming.alias(id);
    if (alias !== null) {
      return { id: '', name: alias, names: [], platformId: null, fields: {}, shown, isParty: false };
    }
    return {
      id: uid,
      name,
      names: all<{ name: string }>(
        db,
        'SELECT name FROM account_names WHERE account_id = ? ORDER BY seen DESC, name',
        id,
      ).map((row) => row.name),
      platformId: platform_id,
      fields: maskPersonal(JSON.parse(fields) as Record<string, string>),
      shown,
      isParty: party === 1,
    };
  });
}
