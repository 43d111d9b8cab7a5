/**
 * Invitations into groups, and what a chat program writes when somebody came in: links that join a
 * group, and the system's own sentences about joining and inviting. The value is the link, or who
 * came in.
 */
import { FEATURE } from '../features.ts';
import type { Detector, Finding } from '../finding.ts';
import { finding } from './context.ts';
import { withoutOverlaps } from './overlaps.ts';

const LINK =
  /(?:https?:\/\/)?(?:weixin\.qq\.com\/g\/|u\.wechat\.com\/|qm\.qq\.com\/(?:cgi-bin\/qm\/qr|q\/)|jq\.qq\.com\/|t\.me\/(?:joinchat\/|\+)|chat\.whatsapp\.com\/|discord\.gg\/|line\.me\/(?:R\/)?ti\/g\/|join\.slack\.com\/)[\w\-+=?&/%.]{2,200}/gi;
const EVENT =
  /["“”「」]?([^"“”「」\n]{1,40}?)["“”「」]?\s?(?:邀请|invited)\s?["“”「」]?([^"“”「」\n]{1,200}?)["“”「」]?\s?(?:加入了?群聊|进群|入群|to (?:join )?the group)|["“”「」]?([^"“”「」\n]{1,40}?)["“”「」]?\s?通过扫描["“”「」]?[^"“”「」\n]{0,40}["“”「」]?分享的二维码加入群聊|([^\n]{1,40}?)\s?(?:joined using this group's invite link|通过群二维码加入群聊)/g;

export const groupInvite: Detector = {
  name: 'group-invite',
  wants: (features) =>
    (features & FEATURE.channel) !== 0 ||
    ((features & FEATURE.dot) !== 0 && (features & FEATURE.latin) !== 0),
  find({ plain }) {
    const found: Finding[] = [];
    for (const match of plain.text.matchAll(LINK)) {
      found.push(
        finding('group-invite', plain, match.index, match.index + match[0].length, { value: match[0] }),
      );
    }
    for (const match of plain.text.matchAll(EVENT)) {
      const value = (match[2] ?? match[3] ?? match[4] ?? '').trim();
      found.push(
        finding('group-invite', plain, match.index, match.index + match[0].length, { value, event: true }),
      );
    }
    return withoutOverlaps(found);
  },
};
