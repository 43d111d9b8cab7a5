/**
 * Fixed-line numbers of mainland China with area code, numbers of the 400 and 800 services (always
 * a business's own), and bare seven or eight digits after a word that names a telephone.
 */
import type { Detector } from '../finding.ts';
import { digitsOf, finding, isBusiness, isSelf, near } from './context.ts';

const SHAPE =
  /(?<![\d.-])(?:(?:(?:\+|00)86[ -]?)?\(?(?:010|02\d|0[3-9]\d{2})\)?[ -]{0,3}[2-9]\d{2,3}[ -]?\d{4}(?:[ -]{0,2}(?:转|ext\.?|#)[ -]?\d{1,5})?|[48]00[ -]?\d{3}[ -]?\d{4}|[2-9]\d{6,7})(?![\d]|[.-]\d)/gi;
const LABEL = /电话|座机|固话|总机|热线|传真|tel|phone|fax/i;
const LABEL_BEFORE = 8;

export const landline: Detector = {
  name: 'landline',
  wants: (_, digits) => digits >= 7,
  find({ plain }) {
    return Array.from(plain.text.matchAll(SHAPE)).flatMap((match) => {
      const from = match.index;
      const to = from + match[0].length;
      const value = digitsOf(match[0]);
      const labelled = near(plain.text, from, to, LABEL, LABEL_BEFORE);
      const bare = /^[2-9]\d{6,7}$/.test(match[0]);
      const service = /^[48]00/.test(value) && value.length === 10;
      if (bare && !labelled) return [];
      return [
        finding('landline', plain, from, to, {
          value,
          business: service || isBusiness(plain.text, from, to),
          self: isSelf(plain.text, from, to),
          labelled,
        }),
      ];
    });
  },
};
