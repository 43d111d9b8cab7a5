import type { Platform } from '../../domain/message.ts';
import type { ImportedAccount, ImportedConversation, ImportedMembership } from '../../importers/importer.ts';
import { get, run } from '../database.ts';
import { insertRow, type Store, updateRow } from '../rows.ts';

/** What storing an account or conversation needs beside its content. */
export interface StoringContext {
  readonly store: Store;
  readonly platform: Platform;
  readonly sourceId: number;
  /** A list states names on purpose; a chat only shows them. */
  readonly authoritative: boolean;
  newUid(): string;
}

interface KnownRow {
  id: number;
  name: string | null;
  fields: string;
}

/** Adds what is new to what is known; a list's values win over earlier ones. */
function mergeFields(
  known: string,
  added: Readonly<Record<string, string>> | undefined,
  wins: boolean,
): string {
  if (!added) return known;
  const fields = JSON.parse(known) as Record<string, string>;
  return JSON.stringify(wins ? { ...fields, ...added } : { ...added, ...fields });
}

/** Finds or adds an account by platform and key; answers its row id. */
export function storeAccount(context: StoringContext, account: ImportedAccount): number {
  const { store } = context;
  const platform = account.platform ?? context.platform;
  const known = get<KnownRow>(
    store.db,
    'SELECT id, name, fields FROM accounts WHERE platform = ? AND key = ?',
    platform,
    account.key,
  );
  let id: number;
  if (!known) {
    id = insertRow(store, 'accounts', {
      uid: context.newUid(),
      platform,
      key: account.key,
      platform_id: account.platformId,
      name: account.name,
      fields: JSON.stringify(account.fields ?? {}),
    });
    run(store.db, 'INSERT INTO account_totals (account_id, messages) VALUES (?, 0)', id);
  } else {
    id = known.id;
    const name = account.name && (context.authoritative || !known.name) ? account.name : known.name;
    const fields = mergeFields(known.fields, account.fields, context.authoritative);
    if (name !== known.name || fields !== known.fields) {
      updateRow(store, 'accounts', { id }, { name, fields });
    }
  }
  if (account.name) storeAccountName(context, id, account.name);
  return id;
}

/** Keeps every name an account was seen under. */
export function storeAccountName(context: StoringContext, accountId: number, name: string): void {
  const known = get(
    context.store.db,
    'SELECT 1 FROM account_names WHERE account_id = ? AND name = ?',
    accountId,
    name,
  );
  if (known) return;
  const seen = get<{ n: number }>(
    context.store.db,
    'SELECT count(*) AS n FROM account_names WHERE account_id = ?',
    accountId,
  );
  insertRow(context.store, 'account_names', {
    account_id: accountId,
    name,
    source_id: context.sourceId,
    seen: seen?.n ?? 0,
  });
}

export function storeConversation(context: StoringContext, conversation: ImportedConversation): number {
  const { store } = context;
  const known = get<KnownRow & { type: string }>(
    store.db,
    'SELECT id, name, type, fields FROM conversations WHERE platform = ? AND key = ?',
    context.platform,
    conversation.key,
  );
  if (!known) {
    const id = insertRow(store, 'conversations', {
      uid: context.newUid(),
      platform: context.platform,
      key: conversation.key,
      platform_id: conversation.platformId,
      name: conversation.name,
      type: conversation.type,
      fields: JSON.stringify(conversation.fields ?? {}),
    });
    run(store.db, 'INSERT INTO conversation_totals (conversation_id, messages) VALUES (?, 0)', id);
    return id;
  }
  const name = conversation.name && (context.authoritative || !known.name) ? conversation.name : known.name;
  const type = known.type === 'unknown' ? conversation.type : known.type;
  const fields = mergeFields(known.fields, conversation.fields, context.authoritative);
  if (name !== known.name || fields !== known.fields || type !== known.type) {
    updateRow(store, 'conversations', { id: known.id }, { name, fields, type });
  }
  return known.id;
}

export function storeMembership(
  context: StoringContext,
  conversationId: number,
  accountId: number,
  membership: ImportedMembership,
): void {
  const { store } = context;
  const same = get(
    store.db,
    `SELECT 1 FROM memberships WHERE conversation_id = ? AND account_id = ? AND role IS ? AND display_name IS ?
       AND from_text IS ? AND to_text IS ?`,
    conversationId,
    accountId,
    membership.role,
    membership.displayName,
    membership.from,
    membership.to,
  );
  if (same) return;
  insertRow(store, 'memberships', {
    id: context.newUid(),
    conversation_id: conversationId,
    account_id: accountId,
    role: membership.role,
    display_name: membership.displayName,
    from_text: membership.from,
    to_text: membership.to,
    source_id: context.sourceId,
  });
  if (membership.displayName) storeAccountName(context, accountId, membership.displayName);
}
