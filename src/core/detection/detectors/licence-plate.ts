/**
 * Vehicle plates of mainland China (GA 36-2018): province, letter of the issuing office, five
 * characters, or six for new energy vehicles; police, driving school, trailer and border plates.
 */
import { FEATURE } from '../features.ts';
import type { Detector } from '../finding.ts';
import { finding, isSelf, near } from './context.ts';

const SHAPE =
  /[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Za-hj-np-z][ ·•.-]?(?:[DFABCEGHJKdfabceghjk][A-HJ-NP-Za-hj-np-z0-9]\d{4}|\d{5}[DFdf]|[A-HJ-NP-Za-hj-np-z0-9]{4}[A-HJ-NP-Za-hj-np-z0-9挂学警港澳])(?![A-Za-z0-9])/g;
const LABEL = /车牌|车号|牌照|plate/i;
const LABEL_BEFORE = 10;
/** Fewer digits are a word after a province's character (粤ABCDEF). */
const MIN_DIGITS = 2;

export const licencePlate: Detector = {
  name: 'licence-plate',
  wants: (features, digits) =>
    digits >= MIN_DIGITS && (features & FEATURE.plate) !== 0 && (features & FEATURE.latin) !== 0,
  find({ plain }) {
    return Array.from(plain.text.matchAll(SHAPE)).flatMap((match) => {
      const from = match.index;
      const to = from + match[0].length;
      const value = match[0].replace(/[ ·•.-]/g, '').toUpperCase();
      if (value.replace(/\D/g, '').length < MIN_DIGITS) return [];
      return [
        finding('licence-plate', plain, from, to, {
          value,
          self: isSelf(plain.text, from, to),
          labelled: near(plain.text, from, to, LABEL, LABEL_BEFORE),
        }),
      ];
    });
  },
};
