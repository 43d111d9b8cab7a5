/** WeChat ids after a word for WeChat, however it is disguised (薇信, v信, vx). */
import { FEATURE } from '../features.ts';
import type { Detector } from '../finding.ts';
import { JOINT, looksLikeId, WECHAT, WECHAT_ID, WECHAT_LABEL, WECHAT_SHORT } from './channels.ts';
import { finding, isBusiness, isSelf } from './context.ts';

const SHAPE = new RegExp(
  `(?:(?<![a-z])${WECHAT}|[加➕+]\\s?(?:我的?)?\\s?${WECHAT_SHORT}|(?<![a-z])${WECHAT_LABEL})${JOINT}(${WECHAT_ID})(?![a-z0-9_-])`,
  'gi',
);
/** Said outright, letters alone will do: 微信号 lilyabc. */
const OUTRIGHT = /(?:号|是|为|[:：])\s*$/;

export const wechat: Detector = {
  name: 'wechat',
  wants: (features, digits) =>
    (features & FEATURE.channel) !== 0 && (digits >= 5 || (features & FEATURE.latin) !== 0),
  find({ digits: form }) {
    return Array.from(form.text.matchAll(SHAPE)).flatMap((match) => {
      const value = match[1] as string;
      const to = match.index + match[0].length;
      const from = to - value.length;
      if (!looksLikeId(value) && !OUTRIGHT.test(form.text.slice(match.index, from))) return [];
      return [
        finding('wechat', form, from, to, {
          value,
          labelled: true,
          business: isBusiness(form.text, from, to),
          self: isSelf(form.text, match.index, to),
        }),
      ];
    });
  },
};
