/**
 * Mobile numbers of mainland China: eleven digits in a prefix that the ministry's numbering plan
 * gives to mobile networks, with or without +86, spaces or dashes; Chinese and circled digits too.
 */
import type { Detector } from '../finding.ts';
import { digitsOf, finding, isBusiness, isSelf, near } from './context.ts';

const PREFIX = /^1(?:3\d|4[014-9]|5[0-35-9]|6[2567]|7[0-8]|8\d|9[0-35-9])/;
const SHAPE =
  /(?<![\d.])(?:(?:\+|00)86[ -]{0,2})?1(?:\d{2}[ -]{0,2}\d{4}[ -]{0,2}\d{4}|\d{3}[ -]\d{3}[ -]\d{4}|(?:[ .·_*-]\d){10})(?!\d|\.\d)/g;
const LABEL = /手机|电话|号码|联系方式|联系人|微信|(?:tel|phone|mobile|call|wechat|vx|wx)\W{0,3}$/i;
const LABEL_BEFORE = 10;
/** A Latin letter just before makes it part of a code, unless it is a label. */
const CODE_BEFORE = /(?:^|[^a-z])(?!(?:tel|phone|mobile|call|wechat|weixin|vx|wx|v|q|qq)$)[a-z]{1,12}$/i;

/** A mobile number that follows an office's fixed line is the office's. */
const AFTER_LANDLINE = /0\d{2,3}-?\d{7,8}\s?[;,、/]\s?(?:1\d{10}\s?[;,、/]\s?)?$/;

/** Eleven digits, without country code, in a known prefix. */
export function isMobile(digits: string): boolean {
  return digits.length === 11 && PREFIX.test(digits);
}

export const mobile: Detector = {
  name: 'mobile',
  wants: (_, digits) => digits >= 11,
  find({ digits: form }) {
    return Array.from(form.text.matchAll(SHAPE)).flatMap((match) => {
      const from = match.index;
      const to = from + match[0].length;
      const value = digitsOf(match[0]).slice(-11);
      if (!isMobile(value) || CODE_BEFORE.test(form.text.slice(Math.max(0, from - 14), from))) return [];
      return [
        finding('mobile', form, from, to, {
          value,
          business:
            isBusiness(form.text, from, to) ||
            AFTER_LANDLINE.test(form.text.slice(Math.max(0, from - 30), from)),
          self: isSelf(form.text, from, to),
          labelled: near(form.text, from, to, LABEL, LABEL_BEFORE),
        }),
      ];
    });
  },
};
