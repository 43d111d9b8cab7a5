/**
 * Driving licences of China: the number on the card is the holder's resident identity number, the
 * file number has twelve digits. Both count only after a word that names the licence.
 */
import type { Detector } from '../finding.ts';
import { finding, isSelf } from './context.ts';
import { isResidentId } from './resident-id.ts';

const SHAPE =
  /(?:驾驶证|驾照|行驶证|档案编号|driving licen[cs]e)[^\d\n。!?]{0,10}?(\d{17}[\dXx]|\d{12})(?![\dA-Za-z])/gi;

export const drivingLicence: Detector = {
  name: 'driving-licence',
  wants: (_, digits) => digits >= 12,
  find({ plain }) {
    return Array.from(plain.text.matchAll(SHAPE)).map((match) => {
      const value = (match[1] as string).toUpperCase();
      const to = match.index + match[0].length;
      return finding('driving-licence', plain, to - value.length, to, {
        value,
        valid: value.length === 12 || isResidentId(value),
        labelled: true,
        self: isSelf(plain.text, match.index, to),
      });
    });
  },
};
