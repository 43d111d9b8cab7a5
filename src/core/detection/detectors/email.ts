/** E-mail addresses (the common subset of RFC 5321 that mail services give out). */
import { FEATURE } from '../features.ts';
import type { Detector } from '../finding.ts';
import { finding, isSelf, near } from './context.ts';

const SHAPE =
  /(?<![A-Za-z0-9._%+@-])[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,5}[A-Za-z]{2,24}(?![A-Za-z0-9@-])/g;
/** Addresses of a function, not of a person. */
const ROLE =
  /^(?:service|support|info|admin|hr|jobs|sales|finance|legal|office|press|marketing|contact|kefu|jubao|caiwu|fapiao|feedback|webmaster|no-?reply|help)@/i;
const LABEL = /邮箱|邮件|e-?mail/i;
const LABEL_BEFORE = 10;

export const email: Detector = {
  name: 'email',
  wants: (features) => (features & FEATURE.at) !== 0,
  find({ plain }) {
    return Array.from(plain.text.matchAll(SHAPE)).flatMap((match) => {
      if (/\.\.|\.@/.test(match[0])) return [];
      const from = match.index;
      const to = from + match[0].length;
      return [
        finding('email', plain, from, to, {
          value: match[0].toLowerCase(),
          business: ROLE.test(match[0]),
          self: isSelf(plain.text, from, to),
          labelled: near(plain.text, from, to, LABEL, LABEL_BEFORE),
        }),
      ];
    });
  },
};
