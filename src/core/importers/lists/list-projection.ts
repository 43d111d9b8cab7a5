/** What rows of some lists say about accounts, groups and memberships, beside being entries of a list. */
import type { ListKind } from '../../domain/list.ts';
import type { Platform } from '../../domain/message.ts';
import { platformOfWord, roleOfWord } from '../accounts/list-reader.ts';
import type { EventBatch } from '../batch.ts';
import type { ImportedListRow } from '../importer.ts';
import { cleanName } from '../text.ts';

const keyOf = (id: string | undefined, name: string | undefined): string =>
  id || (name ? `name:${cleanName(name)}` : '');

/** Fields without those that an account or group has as properties, and without empty ones. */
function rest(fields: Readonly<Record<string, string>>, ...without: string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !without.includes(name)));
}

function platformIn(
  fields: Readonly<Record<string, string>>,
  book: Platform | null,
): { platform?: Platform } {
  const platform = platformOfWord(fields.platform ?? '');
  if (platform !== null) return { platform };
  if (/^gh_/.test(fields.accountId ?? '')) return { platform: 'wechat' };
  return book === null ? {} : { platform: book };
}

/** Adds to the batch what the row says of people and groups. `book` is the platform of the whole list. */
export function projectRow(
  kind: ListKind,
  row: ImportedListRow,
  book: Platform | null,
  batch: EventBatch,
): void {
  const { fields, locator } = row;
  const account = (
    id: string | undefined,
    name: string | undefined,
    more: Record<string, string>,
  ): string => {
    const key = keyOf(id, name);
    if (key !== '') {
      batch.account({
        key,
        platformId: id || null,
        name: name || null,
        ...platformIn(fields, book),
        ...(Object.keys(more).length > 0 ? { fields: more } : {}),
        locator,
      });
    }
    return key;
  };
  const group = (id: string | undefined, name: string | undefined, more: Record<string, string>): string => {
    const key = keyOf(id, name);
    if (key !== '') {
      const own = Object.keys(more).length > 0 ? { fields: more } : {};
      batch.conversation({ key, platformId: id || null, name: name || null, type: 'group', ...own, locator });
    }
    return key;
  };
  switch (kind) {
    case 'accounts':
      account(fields.id, fields.name ?? fields.realName, rest(fields, 'id', 'name', 'platform'));
      break;
    case 'public-accounts':
      account(fields.accountId, fields.name, {
        ...rest(fields, 'accountId', 'name', 'platform', 'accountType', 'note'),
        accountClass: fields.accountType ?? 'public-account',
      });
      break;
    case 'roster':
      // A person without an account is an entry of the roster only: names alone make no account.
      if (fields.userId) account(fields.userId, fields.name, rest(fields, 'userId', 'name', 'note'));
      break;
    case 'groups': {
      const key = group(fields.groupId, fields.name, rest(fields, 'groupId', 'name', 'platform'));
      const owner = fields.ownerId ? account(fields.ownerId, fields.owner, {}) : '';
      if (key !== '' && owner !== '') {
        batch.membership({
          conversationKey: key,
          accountKey: owner,
          role: 'owner',
          displayName: null,
          from: null,
          to: null,
          locator,
        });
      }
      break;
    }
    case 'members': {
      const key = group(fields.groupId, fields.groupName, {});
      const member = account(fields.userId, fields.name, {});
      if (key !== '' && member !== '') {
        batch.membership({
          conversationKey: key,
          accountKey: member,
          role: roleOfWord(fields.role ?? ''),
          displayName: fields.displayName ?? null,
          from: fields.from ?? null,
          to: fields.to ?? null,
          locator,
        });
      }
      break;
    }
    default:
      break;
  }
}
