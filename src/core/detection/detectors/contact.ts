/**
 * Solicitation to get in contact elsewhere: an invitation (加, 联系, 私聊, 扫码), a channel and an
 * id. With an id near the invitation the finding is valid and its value is the id; without one
 * (加V私聊, 扫码进群) it is a finding that is not valid, which a rule may ask for.
 */
import { FEATURE } from '../features.ts';
import type { Detector, Finding } from '../finding.ts';
import {
  JOINT,
  looksLikeId,
  OTHER,
  QQ,
  QQ_SHORT,
  TELEGRAM,
  WECHAT,
  WECHAT_ID,
  WECHAT_SHORT,
} from './channels.ts';
import { finding, isBusiness } from './context.ts';
import { withoutOverlaps } from './overlaps.ts';

const ANY_CHANNEL = `(?:${WECHAT}|${QQ}|${TELEGRAM}|${OTHER}|${WECHAT_SHORT}|${QQ_SHORT})`;
const HANDLE = '(?:@[a-z][a-z0-9_]{4,31}|t\\.me/[a-z0-9_+]{5,32})';
const INVITE = `(?:[加➕+](?:一?[下个])?(?:我|俺|本人|老师|客服|助理)?的?\\s?${ANY_CHANNEL}|(?:联系|咨询|私聊?|滴滴?|戳|找|加)(?:我|俺|本人|客服|老师)的?\\s?${ANY_CHANNEL}?|(?:联系|咨询)\\s?${ANY_CHANNEL}|${ANY_CHANNEL}\\s?(?:联系|咨询|同号|同步|私聊|详聊|细聊|详谈))`;

const WITH_ID = new RegExp(
  `(?:${INVITE}${JOINT}(?:${ANY_CHANNEL}${JOINT})?(${HANDLE}|${WECHAT_ID})|(?<![a-z])(?:${TELEGRAM}|${OTHER})(?:号|群)?${JOINT}(${HANDLE}|\\d{5,12}))(?![a-z0-9_-])`,
  'gi',
);
const WITHOUT_ID = new RegExp(
  `[加➕+]\\s?(?:我|一?[下个])?\\s?(?:${WECHAT}|${QQ}|${TELEGRAM}|${WECHAT_SHORT}(?![a-z\\d]))|(?:私聊|私信|私|滴滴|戳)我|加我(?:看|领|拿|了解|咨询|详聊|详谈|报价|进群|好友)|扫(?:一?扫)?(?:下方|下面|上方|图中)?(?:二维码|码)(?:进群|加群|加我|加入|领取|关注|咨询|添加)?|(?:看|点)我?(?:主页|头像|简介)(?:联系|加|进|有)`,
  'gi',
);

export const contact: Detector = {
  name: 'contact',
  wants: (features, digits) =>
    (features & FEATURE.whisper) !== 0 ||
    ((features & FEATURE.channel) !== 0 &&
      (digits >= 5 || (features & (FEATURE.invitation | FEATURE.at)) !== 0)),
  find({ digits: form }) {
    const found: Finding[] = [];
    const claim = (from: number, to: number, value: string, valid: boolean): Finding =>
      finding('contact', form, from, to, {
        value,
        valid,
        business: isBusiness(form.text, from, to),
        self: /我|本人/.test(form.text.slice(from, to)),
      });
    for (const match of form.text.matchAll(WITH_ID)) {
      const id = (match[1] ?? match[2]) as string;
      if (/^[a-z]/i.test(id) && !looksLikeId(id) && !/[:：号]\s*$/.test(match[0].slice(0, -id.length)))
        continue;
      found.push(claim(match.index, match.index + match[0].length, id, true));
    }
    for (const match of form.text.matchAll(WITHOUT_ID)) {
      found.push(claim(match.index, match.index + match[0].length, match[0], false));
    }
    return withoutOverlaps(found);
  },
};
