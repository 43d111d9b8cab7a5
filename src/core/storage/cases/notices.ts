/** What notices of the app and member lists tell about who came into a group, by whom, and who acted on it. */
import { all, type Database } from '../database.ts';

interface Notice {
  readonly at: number | null;
  readonly act: string;
  readonly actor: string | null;
  readonly targets: readonly string[];
}

function notices(db: Database, conversationId: number, sortAt: number, side: 'before' | 'after'): Notice[] {
  const [op, order] = side === 'before' ? ['<=', 'DESC'] : ['>', 'ASC'];
  return all<{ at: number | null; event: string }>(
    db,
    `SELECT m.sent_at AS at, json_extract(m.extra, '$.event') AS event FROM messages m INDEXED BY messages_of_notices
     WHERE m.conversation_id = ? AND m.sort_at ${op} ? AND m.kind IN ('system', 'recall')
       AND m.extra IS NOT NULL AND json_extract(m.extra, '$.event') IS NOT NULL ORDER BY m.sort_at ${order}`,
    conversationId,
    sortAt,
  ).map(({ at, event }) => ({ at, ...(JSON.parse(event) as Omit<Notice, 'at'>) }));
}

/** All names that an account was seen under. */
function namesOfAccount(db: Database, accountId: number): string[] {
  return all<{ name: string }>(
    db,
    `SELECT name FROM account_names WHERE account_id = ? UNION SELECT name FROM accounts WHERE id = ? AND name IS NOT NULL
     UNION SELECT display_name FROM memberships WHERE account_id = ? AND display_name IS NOT NULL`,
    accountId,
    accountId,
    accountId,
  ).map(({ name }) => name);
}

interface Invitation {
  readonly inviter: string;
  readonly at: number | null;
  /** Where it is told: a notice in the chat, or a list of members. */
  readonly told: 'notice' | 'list';
}

/** Who brought somebody into a conversation before a time, by the latest notice, else by a member list; null where nothing tells. */
export function invitationOf(
  db: Database,
  conversation: { id: number; name: string; platformId: string | null },
  account: { id: number; platformId: string | null },
  sortAt: number,
): Invitation | null {
  const names = new Set(namesOfAccount(db, account.id));
  const notice = notices(db, conversation.id, sortAt, 'before').find(
    ({ act, actor, targets }) =>
      act === 'invite' && actor !== null && targets.some((name) => names.has(name)),
  );
  if (notice?.actor) return { inviter: notice.actor, at: notice.at, told: 'notice' };
  const listed = all<{ inviter: string }>(
    db,
    `SELECT json_extract(r.fields, '$.invitedBy') AS inviter FROM list_rows r JOIN lists l ON l.id = r.list_id
     WHERE l.kind = 'group-members' AND r.present = 1 AND json_extract(r.fields, '$.invitedBy') IS NOT NULL
       AND (json_extract(r.fields, '$.groupId') = ? OR json_extract(r.fields, '$.groupName') = ?)
       AND (json_extract(r.fields, '$.userId') = ? OR json_extract(r.fields, '$.name') IN (SELECT value FROM json_each(?)))
     LIMIT 1`,
    conversation.platformId,
    conversation.name,
    account.platformId,
    JSON.stringify([...names]),
  )[0];
  return listed ? { inviter: listed.inviter, at: null, told: 'list' } : null;
}

interface Reaction {
  readonly act: 'remove' | 'mute' | 'recall';
  readonly at: number;
}

/** The first time after a hit that somebody with one of these names removed or muted a member or recalled a message. */
export function reactionOf(
  db: Database,
  conversationId: number,
  accountId: number,
  sortAt: number,
): Reaction | null {
  const names = new Set(namesOfAccount(db, accountId));
  for (const { act, actor, at } of notices(db, conversationId, sortAt, 'after')) {
    if (at === null || actor === null || !names.has(actor)) continue;
    if (act === 'remove' || act === 'mute' || act === 'recall') return { act, at };
  }
  return null;
}
