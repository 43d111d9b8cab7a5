/**
 * The ways in which people write WeChat, QQ and other channels when they invite to talk
 * elsewhere. Shared by `qq`, `wechat` and `contact`.
 */

/** 微 as it is disguised; 威 and 薇 are the common ones. */
const WEI = '[微薇威葳徽]';
const XIN = '[信芯新心❤♥伈]';

export const WECHAT = `(?:${WEI}\\s?${XIN}(?:号|群)?|wechat|weixin|${WEI}号|v\\s?${XIN}|vx|wx)`;
/** A bare V or 微 names WeChat only after an invitation. */
export const WECHAT_SHORT = `(?:[vw∨√]|${WEI})`;
/** 微：and v： before an id need no invitation. */
export const WECHAT_LABEL = `(?:v|${WEI})(?=\\s?[:：])`;
export const QQ = '(?:q[\\s._*-]?q|扣\\s?扣|企鹅|🐧|q\\s?号|群\\s?号)\\s?(?:号码?|群)?';
export const QQ_SHORT = '[q扣]';
export const TELEGRAM = '(?:telegram|电报|纸飞机|飞机|✈️?|tg)';
export const OTHER = '(?:whats\\s?app|飞机号|纸飞机号|skype|line|蝙蝠|陌陌|探探|soul|钉钉)';
/** Signs between a channel and its id. */
export const JOINT = '[\\s:：=号是为➕+,，、\\-—~()（）【】]{0,5}';

/** A WeChat id: 6 to 20 characters, a letter or underscore first; or a phone or QQ number. */
export const WECHAT_ID = '(?:[a-z_][-_a-z0-9]{5,19}|1[3-9]\\d{9}|[1-9]\\d{4,10})';
export const QQ_ID = '[1-9]\\d{4,10}';

/** An id of letters only is as likely an ordinary word; a digit, dash or underscore decides. */
export function looksLikeId(id: string): boolean {
  return /[\d_-]/.test(id);
}
