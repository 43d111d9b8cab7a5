/**
 * Kinds of lists: which fields a row has, under which column names they come, and by which fields two
 * imports know the same row again. Names are in the form `headerKey` gives.
 *
 * Public accounts: the registration fields of the 2021 public-account provisions, article 15. Licences:
 * the Internet News Information Service provisions, articles 5 to 8. Agreements: the platforms' and
 * organisations' signed rules of conduct.
 */
import type { Bilingual } from '../../domain/bilingual.ts';
import type { ListKind } from '../../domain/list.ts';

export interface ListField {
  readonly id: string;
  readonly title: Bilingual;
  readonly names: readonly string[];
  /** `date`: a day or time; what cannot be read as one is a named error of the row. */
  readonly type?: 'date';
  readonly required?: true;
}

export interface ListDefinition {
  readonly kind: ListKind;
  readonly title: Bilingual;
  readonly fields: readonly ListField[];
  /** Field sets of which the first that a row fills identifies it. */
  readonly keys: readonly (readonly string[])[];
  /** Fields of which a table must have all of one set to be taken for this list, unasked. */
  readonly tell: readonly (readonly string[])[];
  /** Column names of other tables: one that has any of them is not taken for this list. */
  readonly unlike?: readonly string[];
  /** How sure such a table can make us, 0 … 1: under chat formats where it could be one. */
  readonly surest: number;
}

/** A field; its column names parted by spaces. */
export const f = (
  id: string,
  zh: string,
  en: string,
  names: string,
  more: { type?: 'date'; required?: true } = {},
): ListField => ({
  id,
  title: { zh, en },
  names: names.split(' '),
  ...more,
});

export const PLATFORM = f('platform', '平台', 'Platform', '平台 所属平台 渠道 platform app');
export const NOTE = f('note', '备注', 'Note', '备注 说明 note notes remark');
