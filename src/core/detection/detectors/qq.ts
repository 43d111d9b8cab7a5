/** QQ numbers: five to eleven digits after a word for QQ. */
import { FEATURE } from '../features.ts';
import type { Detector } from '../finding.ts';
import { JOINT, QQ, QQ_ID } from './channels.ts';
import { finding, isBusiness, isSelf } from './context.ts';

const SHAPE = new RegExp(`(?<![a-z])${QQ}${JOINT}(${QQ_ID})(?!\\d)`, 'gi');

export const qq: Detector = {
  name: 'qq',
  wants: (features, digits) => digits >= 5 && (features & FEATURE.channel) !== 0,
  find({ digits: form }) {
    return Array.from(form.text.matchAll(SHAPE)).map((match) => {
      const value = match[1] as string;
      const to = match.index + match[0].length;
      const from = to - value.length;
      return finding('qq', form, from, to, {
        value,
        labelled: true,
        business: isBusiness(form.text, from, to),
        self: isSelf(form.text, match.index, to),
      });
    });
  },
};
