/** Methods on tables and lists: mappings, what a list says, what its imports changed. */
import { z } from 'zod';
import { ListChanges, ListEntry, ListKind, ListKindInfo, ListSummary } from '../../core/domain/list.ts';
import { TableMapping } from '../../core/domain/mapping.ts';
import { PageInput, pageOf, Uid } from '../../core/domain/page.ts';
import {
  AccountClass,
  Entitlement,
  EntitlementGap,
  PublicAccount,
} from '../../core/domain/public-account.ts';
import { SavedMapping, TableInspection } from '../../core/domain/table.ts';
import { method, Nothing } from './method.ts';

export const listsMethods = {
  /** The first rows of a table, and how a mapping, or the one its headers suggest, would read it. */
  'tables.inspect': method(z.object({ path: z.string(), mapping: TableMapping.nullish() }), TableInspection),
  'mappings.list': method(Nothing, z.array(SavedMapping)),
  'mappings.save': method(z.object({ mapping: TableMapping }), SavedMapping),
  'mappings.remove': method(z.object({ mappingId: Uid }), Nothing),
  'lists.kinds': method(Nothing, z.array(ListKindInfo)),
  /** An empty CSV with the headers of a kind. */
  'lists.template': method(
    z.object({ kind: ListKind, language: z.enum(['zh', 'en']) }),
    z.object({ fileName: z.string(), text: z.string() }),
  ),
  'lists.list': method(Nothing, z.array(ListSummary)),
  'lists.entries': method(PageInput.extend({ listId: Uid, text: z.string().nullish() }), pageOf(ListEntry)),
  /** Public accounts of the imported registers with what each may publish on a day; those with gaps first. */
  'publicAccounts.list': method(
    PageInput.extend({
      /** `2026-03-01`. */
      day: z.iso.date(),
      class: AccountClass.nullish(),
      entitlement: Entitlement.nullish(),
      gap: EntitlementGap.nullish(),
      text: z.string().nullish(),
    }),
    pageOf(PublicAccount),
  ),
  'lists.changes': method(z.object({ listId: Uid, sourceId: Uid }), ListChanges),
} as const;
