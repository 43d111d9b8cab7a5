/**
 * Resident identity numbers. 18 characters with the check character of GB 11643-1999 (ISO 7064
 * MOD 11-2), or the 15 digits of cards before 1999, which have none and count only where a word
 * nearby names them. Region code after GB/T 2260, date of birth as a real date.
 */
import type { Detector } from '../finding.ts';
import { finding, isSelf, near } from './context.ts';

const REGIONS = new Set(
  '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83 91'.split(
    ' ',
  ),
);
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK = '10X98765432';
const LABEL = /身份证|证件|身份号|公民身份|\bID\b|id card/i;
const LABEL_BEFORE = 14;

const SHAPE =
  /(?<![\dA-Za-z])(?:\d(?:[ -]{0,2}\d){16}[ -]{0,2}[\dXx]|\d{6}[ -]{0,2}\d{6}[ -]{0,2}\d{3})(?![\dA-Za-z])/g;

/** Whether the parts name a day that exists. */
export function isDate(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1) return false;
  return day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** Region and date of an 18-character number are possible. */
function isPlausible(number: string): boolean {
  const year = Number(number.slice(6, 10));
  return (
    REGIONS.has(number.slice(0, 2)) &&
    year >= 1880 &&
    year <= 2100 &&
    isDate(year, Number(number.slice(10, 12)), Number(number.slice(12, 14)))
  );
}

/** Checks an 18-character number without separators: region, date and check character. */
export function isResidentId(number: string): boolean {
  if (!/^\d{17}[\dX]$/.test(number) || !isPlausible(number)) return false;
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(number[index]), 0);
  return CHECK[sum % 11] === number[17];
}

export const residentId: Detector = {
  name: 'resident-id',
  wants: (_, digits) => digits >= 15,
  find({ plain }) {
    return Array.from(plain.text.matchAll(SHAPE)).flatMap((match) => {
      const from = match.index;
      const to = from + match[0].length;
      const value = match[0].replace(/[ -]/g, '').toUpperCase();
      const labelled = near(plain.text, from, to, LABEL, LABEL_BEFORE);
      const self = isSelf(plain.text, from, to);
      if (value.length === 15) {
        const date = isDate(
          1900 + Number(value.slice(6, 8)),
          Number(value.slice(8, 10)),
          Number(value.slice(10, 12)),
        );
        if (!labelled || !date || !REGIONS.has(value.slice(0, 2))) return [];
        return [finding('resident-id', plain, from, to, { value, self, labelled })];
      }
      if (!isPlausible(value)) return [];
      return [finding('resident-id', plain, from, to, { value, valid: isResidentId(value), self, labelled })];
    });
  },
};
