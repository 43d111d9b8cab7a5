/**
 * Postal addresses in Chinese: at least two levels, one of them a road, village or estate or
 * finer, ending in a number (号, 栋, 室 …). A city and district alone are nobody's address.
 *
 * Not one regular expression but a walk: each house number is found, the unbroken run of words
 * before it is cut at words such as 住在, and the levels in what remains are counted.
 */
import { FEATURE } from '../features.ts';
import type { Detector, Finding } from '../finding.ts';
import { finding, isBusiness, isSelf, near } from './context.ts';
import { withoutOverlaps } from './overlaps.ts';

/** A number and its unit, and further ones that follow it (3号楼2单元501室). */
const NUMBER =
  /(?:[甲乙丙丁]?[\dA-Za-z一二三四五六七八九十百零〇]{1,5}(?:[-–之][\dA-Za-z]{1,5}){0,3}\s?(?:号院|号楼|号|弄|栋|幢|座|单元|楼|层|室|户)(?:内|旁|附近)?){1,6}(?:\s?\d{3,4}(?!\d))?/g;
/** What an address may consist of, before its number. */
const RUN = /[\u4e00-\u9fa5\dA-Za-z()·,，、 -]{2,40}$/;
const CUT =
  /.*(?:地址|住址|住在|家住|位于|寄到|寄往|送到|送往|发到|搬到|住|在|到|是|去|来|我家|[:,，、])\s*/s;
const REGION =
  /(?:北京|上海|天津|重庆|香港|澳门|内蒙古|广西|西藏|宁夏|新疆|[\u4e00-\u9fa5]{2,3}省)|[\u4e00-\u9fa5]{2,7}?(?:自治区|自治州|市|县|旗)|[\u4e00-\u9fa5]{1,6}?(?:新区|区)/g;
const STREET =
  /[\u4e00-\u9fa5\dA-Za-z]{1,10}?(?:街道|大道|大街|公路|路|街|巷|胡同|弄|镇|乡|新村|村|庄|屯|小区|社区|花园|家园|公寓|苑|园区|科技园|产业园|大厦|广场)/g;
const LABEL = /地址|住址|住在|家住|寄到|收货|快递|address/i;
const LABEL_BEFORE = 16;

/** Words that may stand between a street and its number (科技园路 软件大厦 1号). */
const MAX_BETWEEN = 8;

/** Where the first of a kind of level begins and the last ends; -1: there is none. */
function levels(text: string, shape: RegExp): { first: number; end: number } {
  const found = Array.from(text.matchAll(shape));
  const last = found.at(-1);
  return { first: found[0]?.index ?? -1, end: last === undefined ? -1 : last.index + last[0].length };
}

export const address: Detector = {
  name: 'address',
  wants: (features, digits) =>
    digits >= 1 && (features & FEATURE.road) !== 0 && (features & FEATURE.houseNumber) !== 0,
  find({ plain }) {
    const found: Finding[] = [];
    for (const match of plain.text.matchAll(NUMBER)) {
      const run = RUN.exec(plain.text.slice(Math.max(0, match.index - 40), match.index))?.[0] ?? '';
      const words = run.replace(CUT, '');
      const streets = levels(words, STREET);
      // 建国路88号, but also 一栋 and 五层 in talk of houses, and 六月一号.
      const between = match[0].includes('号') ? MAX_BETWEEN : 0;
      if (streets.end < 0 || words.length - streets.end > between || words.endsWith('月')) continue;
      const regions = levels(words, REGION);
      const first = regions.first >= 0 ? Math.min(regions.first, streets.first) : streets.first;
      const from = match.index - words.length + first;
      const to = match.index + match[0].trimEnd().length;
      const before = plain.text.slice(0, from);
      found.push(
        finding('address', plain, from, to, {
          value: plain.text.slice(from, to),
          business: isBusiness(plain.text, from, to),
          self: isSelf(plain.text, from, to) || /我(?:家|住)[^,，。]{0,6}$/.test(before.slice(-12)),
          labelled: near(plain.text, from, to, LABEL, LABEL_BEFORE),
        }),
      );
    }
    return withoutOverlaps(found);
  },
};
