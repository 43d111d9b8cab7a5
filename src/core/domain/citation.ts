import type { Bilingual } from './bilingual.ts';

/** A law and the place in it, as the law library numbers it: `287`, `287-1` for an inserted article, `12–14` for a run. */
interface Citable {
  readonly law: Bilingual;
  readonly article: string | null;
}

/** The article as it is cited: 《刑法》第287条之一 / Criminal Law art. 287-1. */
export function citeArticle({ law, article }: Citable): Bilingual {
  if (article === null) return { zh: `《${law.zh}》`, en: law.en };
  const [run, last] = article.split('–');
  if (last !== undefined)
    return { zh: `《${law.zh}》第${run}条至第${last}条`, en: `${law.en} arts. ${article}` };
  const [number, inserted] = article.split('-');
  const zh =
    inserted === undefined ? `第${number}条` : `第${number}条之${CHINESE_NUMERALS[Number(inserted)]}`;
  return { zh: `《${law.zh}》${zh}`, en: `${law.en} art. ${article}` };
}

/** Inserted articles are numbered 之一, 之二 …; no law cited here goes past nine. */
const CHINESE_NUMERALS = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
