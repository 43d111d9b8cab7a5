/** How what a pack shows stands to everything that complete sources hold of its conversations. */
import type { ConversationType, Platform } from '../../domain/message.ts';
import type { PackCompleteness, PackProfilePanel } from '../../evidence/pack-content.ts';
import { ACCOUNT_NAME } from '../cases/cases.ts';
import { all, type Database, get } from '../database.ts';
import { mediaOfConversation } from '../messages/media-totals.ts';
import { maskPersonal } from '../people/accounts.ts';

const QUARANTINED =
  'EXISTS (SELECT 1 FROM quarantined q WHERE q.message_id = m.id AND q.released_at IS NULL)';

/** What a pack shows of a conversation. */
interface Shown {
  from: number;
  to: number;
  selected: number;
  context: number;
  /** Messages by the row id of their sender. */
  readonly senders: Map<number, number>;
}

/** By the row id of the conversation. Counted here: SQLite would put all rows in order, in memory. */
function shownByConversation(db: Database): Map<number, Shown> {
  const shown = new Map<number, Shown>();
  const rows = db
    .prepare(
      `SELECT m.conversation_id, m.sort_at, t.subject, m.sender_id
       FROM scratch.pack_messages t CROSS JOIN messages m ON m.id = t.message_id`,
    )
    .raw()
    .iterate() as Iterable<[number, number, number, number | null]>;
  for (const [conversation, at, subject, sender] of rows) {
    let one = shown.get(conversation);
    if (!one) {
      one = { from: at, to: at, selected: 0, context: 0, senders: new Map() };
      shown.set(conversation, one);
    }
    one.from = Math.min(one.from, at);
    one.to = Math.max(one.to, at);
    if (subject === 1) one.selected++;
    else one.context++;
    if (sender !== null) one.senders.set(sender, (one.senders.get(sender) ?? 0) + 1);
  }
  return shown;
}

interface ConversationRow {
  readonly uid: string;
  readonly platform: Platform;
  readonly name: string | null;
  readonly type: ConversationType;
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
  const conversations = [...shownByConversation(db)].sort(([a], [b]) => a - b);
  return conversations.map(([id, { senders, ...shown }]) => {
    const { uid, platform, name, type } = get<ConversationRow>(
      db,
      'SELECT uid, platform, name, type FROM conversations WHERE id = ?',
      id,
    ) as ConversationRow;
    const { from, to, selected, context } = shown;
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
      platform,
      name: name === null ? null : naming.mask.text(name),
      type,
      from,
      to,
      selected,
      context,
      total: count('m.conversation_id = ?', id),
      inPeriod,
      leftOut: [
        { reason: 'not-selected', count: inPeriod - selected - context - apart },
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
      profiles: profilePanels(db, caseId, senders, naming),
    };
  });
}

interface PanelRow {
  id: number;
  uid: string;
  name: string | null;
  platform_id: string | null;
  fields: string;
  party: number;
}

/** The accounts that speak in the pack's part of a conversation, the most talkative first. */
function profilePanels(
  db: Database,
  caseId: string,
  senders: ReadonlyMap<number, number>,
  naming: Naming,
): PackProfilePanel[] {
  const rows = [...senders].flatMap(([sender, shown]) => {
    const row = get<PanelRow>(
      db,
      `SELECT a.id, a.uid, ${ACCOUNT_NAME} AS name, a.platform_id, a.fields,
         EXISTS (SELECT 1 FROM parties p WHERE p.case_id = ? AND p.account_id = a.id) AS party
       FROM accounts a WHERE a.id = ?`,
      caseId,
      sender,
    );
    return row ? [{ ...row, shown }] : [];
  });
  rows.sort((a, b) => b.party - a.party || b.shown - a.shown || a.id - b.id);
  return rows.map(({ id, uid, name, platform_id, fields, shown, party }) => {
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
