/**
 * Dates of birth (a field of the Civil Code's list, article 1034): a date beside a word that says it is one. Year, month and
 * day where they are given; a day of the year alone counts after 生日.
 */
import type { Detector, Finding } from '../finding.ts';
import { finding, isBusiness, isSelf } from './context.ts';
import { isDate } from './resident-id.ts';

const WORD = '(?:生日|出生(?:日期|年月日?|时间)?|生于|诞辰|birthday|date of birth|d\\.?o\\.?b\\.?)';
const JOINT = '[\\s:：是在为,，]{0,4}';
const DATE =
  '((?:19|20)?\\d{2})\\s?[年./-]\\s?(\\d{1,2})\\s?[月./-]\\s?(\\d{1,2})(?:\\s?[日号])?|((?:19|20)\\d{2})(\\d{2})(\\d{2})|(\\d{1,2})月(\\d{1,2})[日号]';
const SHAPE = new RegExp(
  `${WORD}${JOINT}(?:${DATE})(?!\\d)|(?<!\\d)(?:${DATE})(?:\\s?(?:是|为)?(?:我|他|她)?(?:的)?生日|\\s?(?:出生|生人?)(?![成产活意效]))`,
  'gi',
);
const QUICK = /生|birth|d\.?o\.?b/i;
/** Public figures' birthdays are talk of films and history, not of people in the chat. */
const PUBLIC = /演员|歌手|导演|明星|作家|皇帝|总统|主席|选手|球员|主演|偶像|出道/;

const two = (text: string): string => text.padStart(2, '0');

export const birthday: Detector = {
  name: 'birthday',
  wants: (_, digits) => digits >= 2,
  find({ original, plain }) {
    if (!QUICK.test(original)) return [];
    const found: Finding[] = [];
    for (const match of plain.text.matchAll(SHAPE)) {
      const groups = match.slice(1).filter((group) => group !== undefined);
      const hasYear = groups.length === 3;
      const [month, day] = (hasYear ? groups.slice(1) : groups) as [string, string];
      const short = hasYear ? (groups[0] as string) : '2000';
      const year = short.length === 4 ? Number(short) : Number(short) + (Number(short) > 30 ? 1900 : 2000);
      if (!isDate(year, Number(month), Number(day))) continue;
      const from = match.index;
      const to = from + match[0].length;
      found.push(
        finding('birthday', plain, from, to, {
          value: `${hasYear ? `${year}-` : '--'}${two(month)}-${two(day)}`,
          labelled: true,
          business: isBusiness(plain.text, from, to) || PUBLIC.test(plain.text),
          self: isSelf(plain.text, from, to) || /我(?:的)?$/.test(plain.text.slice(0, from)),
        }),
      );
    }
    return found;
  },
};
