/**
 * Secrecy markings as documents carry them (Provisions on State Secret Markings: level, ★, period)
 * and document numbers of party and government offices (GB/T 9704-2012). The words 秘密 and 机密
 * in ordinary talk are no markings. A document number alone is flagged `document`.
 */
import { FEATURE } from '../features.ts';
import type { Detector, Finding } from '../finding.ts';
import { finding } from './context.ts';
import { withoutOverlaps } from './overlaps.ts';

const STARRED = /(绝密|机密|秘密)\s{0,2}[★☆✩*]\s{0,2}(?:\d{1,2}\s?(?:年|个月)|长期|启用前)?/g;
const BRACKETED = /[[(【〔<《「]\s{0,2}(绝密|机密|秘密)(?:级|文件)?\s{0,2}[\])】〕>》」]/g;
const LEADING = /(?<=^|\n)[ \t]{0,4}(绝密|机密|秘密)(?:级)?(?=[ \t]{0,4}(?:\n|$|特急|加急|[:：]))/g;
const LEVELLED = /(?:密级\s{0,2}[:：]?\s{0,2}(绝密|机密|秘密))|(绝密|机密)(?:级)?(?:文件|件|资料|档案)/g;
const NUMBER = /[\u4e00-\u9fa5]{1,12}[〔[(]\s?(?:19|20)\d{2}\s?[〕\])]\s?(?:第\s?)?\d{1,5}\s?号/g;

export const secrecyMarking: Detector = {
  name: 'secrecy-marking',
  wants: (features, digits) =>
    (features & FEATURE.secret) !== 0 ||
    (digits >= 5 && (features & FEATURE.bracket) !== 0 && (features & FEATURE.houseNumber) !== 0),
  find({ plain }) {
    const found: Finding[] = [];
    for (const shape of [STARRED, BRACKETED, LEADING, LEVELLED]) {
      for (const match of plain.text.matchAll(shape)) {
        const lead = /^\s*/.exec(match[0])?.[0].length ?? 0;
        const value = match[1] ?? match[2] ?? '';
        const text = match[0].trim();
        found.push(
          finding('secrecy-marking', plain, match.index + lead, match.index + lead + text.length, { value }),
        );
      }
    }
    for (const match of plain.text.matchAll(NUMBER)) {
      const to = match.index + match[0].length;
      found.push(finding('secrecy-marking', plain, match.index, to, { value: match[0], document: true }));
    }
    return withoutOverlaps(found);
  },
};
