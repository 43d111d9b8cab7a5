/** The register of public accounts with what each may publish on a day (S1-9, S1-10, S1-15). */
import type { Parsed } from '../../../contract/api.ts';
import { entitlementOf, Licences } from '../../accounts/entitlement.ts';
import type { Page } from '../../domain/page.ts';
import type { PublicAccount } from '../../domain/public-account.ts';
import { decodeCursor, encodeCursor } from '../../storage/cursor.ts';
import { registerRows } from '../../storage/sources/lists.ts';
import type { Session } from '../session.ts';

/** Accounts of the imported registers, those with gaps first, then by name; the total comes with the first page. */
export function listPublicAccounts(
  session: Session,
  input: Parsed<'publicAccounts.list'>,
): Page<PublicAccount> {
  const { db } = session.workspace.store;
  const licences = new Licences(registerRows(db, 'licences').map(({ fields }) => fields));
  const text = input.text?.trim().toLowerCase() ?? '';
  const accounts = registerRows(db, 'public-accounts')
    .map(
      ({ uid, list, listUid, fields }): PublicAccount => ({
        id: uid,
        listId: listUid,
        list,
        name: fields.name ?? '',
        accountId: fields.accountId ?? '',
        registrant: fields.registrant ?? '',
        registrantNature: fields.registrantNature ?? '',
        ...entitlementOf(fields, licences, input.day),
      }),
    )
    .filter(
      (one) =>
        (!input.class || one.class === input.class) &&
        (!input.entitlement || one.entitlement === input.entitlement) &&
        (!input.gap || one.gaps.includes(input.gap)) &&
        (text === '' || `${one.name}\n${one.accountId}\n${one.registrant}`.toLowerCase().includes(text)),
    )
    .sort((a, b) => b.gaps.length - a.gaps.length || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  const [from = 0] = (decodeCursor(input.cursor, 'number') ?? []) as number[];
  const to = from + input.limit;
  return {
    rows: accounts.slice(from, to),
    next: to < accounts.length ? encodeCursor([to]) : null,
    total: input.cursor ? null : accounts.length,
  };
}
