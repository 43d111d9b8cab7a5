/**
 * Payment card numbers: 13 to 19 digits with the Luhn check (ISO/IEC 7812-1), beginning with an
 * issuer range in use. Where the check fails the finding is not valid, and is made only beside a
 * word that names a card.
 */
import type { Detector } from '../finding.ts';
import { digitsOf, finding, isSelf, near } from './context.ts';
import { isResidentId } from './resident-id.ts';

/** First digits and the lengths issued under them. */
const ISSUERS: readonly (readonly [RegExp, readonly number[]])[] = [
  [/^62|^81/, [16, 17, 18, 19]],
  [/^4/, [13, 16, 19]],
  [/^5[1-5]|^2(?:22[1-9]|2[3-9]|[3-6]|7[01]|720)/, [16]],
  [/^3[47]/, [15]],
  [/^35(?:2[89]|[3-8])/, [16]],
  [/^6011|^64[4-9]|^65/, [16, 17, 18, 19]],
  [/^3(?:0[0-5]|[689])/, [14, 16]],
  // Chinese debit cards from before the 62 range.
  [/^(?:9558|955[0-9]|103|6013|60138|4367|5324|84)/, [16, 18, 19]],
];
const LABEL = /银行卡|储蓄卡|信用卡|借记卡|卡号|账号|帐号|账户|帐户|收款|打款|转账|card/i;
const LABEL_BEFORE = 14;
const SHAPE =
  /(?<![\dA-Za-z.-])(?:\d{13,19}|\d{4}(?:[ -]{1,2}\d{4}){2,3}(?:[ -]{1,2}\d{1,4})?)(?![\dA-Za-z]|[.-]\d)/g;

/** Luhn check of a string of digits. */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let place = 0; place < digits.length; place++) {
    const digit = Number(digits[digits.length - 1 - place]);
    const doubled = place % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return digits.length > 0 && sum % 10 === 0;
}

export const bankCard: Detector = {
  name: 'bank-card',
  wants: (_, digits) => digits >= 13,
  find({ plain }) {
    return Array.from(plain.text.matchAll(SHAPE)).flatMap((match) => {
      const from = match.index;
      const to = from + match[0].length;
      const value = digitsOf(match[0]);
      const known = ISSUERS.some(([first, lengths]) => first.test(value) && lengths.includes(value.length));
      if (!known || isResidentId(value) || /^(\d)\1+$/.test(value)) return [];
      const labelled = near(plain.text, from, to, LABEL, LABEL_BEFORE);
      const valid = passesLuhn(value);
      if (!valid && !labelled) return [];
      return [
        finding('bank-card', plain, from, to, {
          value,
          valid,
          labelled,
          self: isSelf(plain.text, from, to),
        }),
      ];
    });
  },
};
