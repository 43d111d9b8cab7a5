/** The name under which the imports of one list belong together. */
import { baseName } from '../text.ts';

/**
 * The file's name without what changes from one delivery to the next: dates, times, version and copy
 * numbers. `员工花名册_2026-11-03(2).xlsx` and `员工花名册 20261201.csv` are one list.
 */
export function listNameOf(file: string): string {
  const name = baseName(file.slice(file.lastIndexOf('/') + 1));
  const bare = name
    .normalize('NFKC')
    .replace(
      /\d{4}[-_.年]?\d{1,2}(?:[-_.月]?\d{1,2}日?)?(?:[-_ T]?\d{2}[:.-]?\d{2}(?:[:.-]?\d{2})?)?月?/g,
      ' ',
    )
    .replace(/\(\d+\)|[-_ ]v?\d+(?:\.\d+)*$|副本|[-_ ]copy$/gi, ' ')
    .replace(/[\s_-]+/g, ' ')
    .trim();
  return bare === '' ? name : bare;
}
