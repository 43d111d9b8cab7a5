/**
 * Unified social credit codes of organisations: 18 characters with the check character of
 * GB 32100-2015 (weights are the powers of 3 modulo 31).
 */
import { FEATURE } from '../features.ts';
import type { Detector } from '../finding.ts';
import { finding, near } from './context.ts';
import { isResidentId } from './resident-id.ts';

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const SHAPE =
  /(?<![\dA-Za-z])[1-9A-HJ-NP-RTUWXYa-hj-np-rtuwxy][\dA-Ga-g][\d]{6}[\dA-HJ-NP-RTUWXYa-hj-np-rtuwxy]{10}(?![\dA-Za-z])/g;
const LABEL = /信用代码|税号|纳税人识别号/;
const LABEL_BEFORE = 14;

/** Checks an 18-character code in capitals. */
export function isSocialCreditCode(code: string): boolean {
  let sum = 0;
  let weight = 1;
  for (const char of code.slice(0, 17)) {
    sum += ALPHABET.indexOf(char) * weight;
    weight = (weight * 3) % 31;
  }
  return code.length === 18 && ALPHABET[(31 - (sum % 31)) % 31] === code[17];
}

export const socialCreditCode: Detector = {
  name: 'social-credit-code',
  wants: (features, digits) => digits >= 8 && (digits >= 17 || (features & FEATURE.latin) !== 0),
  find({ plain }) {
    return Array.from(plain.text.matchAll(SHAPE)).flatMap((match) => {
      const from = match.index;
      const to = from + match[0].length;
      const value = match[0].toUpperCase();
      if (isResidentId(value)) return [];
      const valid = isSocialCreditCode(value);
      const labelled = near(plain.text, from, to, LABEL, LABEL_BEFORE);
      if (!valid && !labelled) return [];
      return [finding('social-credit-code', plain, from, to, { value, valid, labelled, business: true })];
    });
  },
};
