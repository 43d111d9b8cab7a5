/**
 * Passports and travel permits of China. E and G with eight digits are recognised by themselves;
 * every other form (diplomatic and service passports, permits for Hong Kong, Macao and Taiwan,
 * foreign numbers of one or two letters) only after a word that names the document.
 */
import { FEATURE } from '../features.ts';
import type { Detector } from '../finding.ts';
import { finding, isSelf, near } from './context.ts';

const SHAPE =
  /(?<![\dA-Za-z])(?:[A-Za-z]\d{8}|[EeCc][A-HJ-NP-Za-hj-np-z]\d{7}|[HhMm]\d{10}|[A-Za-z]{2}\d{6,7})(?![\dA-Za-z])/g;
const LABEL = /护照|通行证|回乡证|台胞证|签证|passport|travel permit/i;
const LABEL_BEFORE = 14;
const ALONE = /^[EG]\d{8}$/;

export const passport: Detector = {
  name: 'passport',
  wants: (features, digits) => digits >= 6 && (features & FEATURE.latin) !== 0,
  find({ plain }) {
    return Array.from(plain.text.matchAll(SHAPE)).flatMap((match) => {
      const from = match.index;
      const to = from + match[0].length;
      const value = match[0].toUpperCase();
      const labelled = near(plain.text, from, to, LABEL, LABEL_BEFORE);
      if (!labelled && !ALONE.test(match[0])) return [];
      return [finding('passport', plain, from, to, { value, labelled, self: isSelf(plain.text, from, to) })];
    });
  },
};
