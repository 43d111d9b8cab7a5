/** What stands around a finding, and the making of findings. */
import { appliedMask, type NormalizedText, originalSpan } from '../../normalization/normalize-text.ts';
import type { DetectorName, FindingFlag } from '../detector-names.ts';
import type { Finding } from '../finding.ts';

/** Numbers that shops, hotels, offices and hotlines publish themselves. */
const BUSINESS =
  /酒店|宾馆|旅馆|民宿|饭店|餐厅|餐馆|前台|客服|热线|总机|预[订定约]|订[房座餐]|售后|门店|店铺|商家|景[区点]|博物馆|公园|医院|学校|招生|官方|官网|物业|(?:咨询|服务|公司|投诉|举报|报警|救援|值班|办公)(?:电话|专线)|hotline|reception|customer service|front desk/i;
const BUSINESS_BEFORE = 16;
const BUSINESS_AFTER = 10;

/** The writer's own datum, offered by the writer. */
const SELF =
  /我的?(?:新|私人|个人)?(?:手机|电话|号码?|微信|邮箱|地址|住址|qq|扣扣|身份证|证件|银行卡|卡号|账号|护照|车牌)|本人|(?:打给|联系|加|找|搜)我|我是|my |call me/i;
const SELF_BEFORE = 10;
const SELF_AFTER_WORDS = /^[^\p{L}\p{N}]{0,2}(?:找我|打给我|联系我|加我)/u;

/** Whether `words` stands within so many units before or after [from, to). */
export function near(
  text: string,
  from: number,
  to: number,
  words: RegExp,
  before: number,
  after = 0,
): boolean {
  if (words.test(text.slice(Math.max(0, from - before), from))) return true;
  return after > 0 && words.test(text.slice(to, to + after));
}

export function isBusiness(text: string, from: number, to: number): boolean {
  return near(text, from, to, BUSINESS, BUSINESS_BEFORE, BUSINESS_AFTER);
}

export function isSelf(text: string, from: number, to: number): boolean {
  return near(text, from, to, SELF, SELF_BEFORE) || SELF_AFTER_WORDS.test(text.slice(to, to + 8));
}

export interface Claim {
  readonly value: string;
  readonly valid?: boolean;
  readonly business?: boolean;
  readonly self?: boolean;
  readonly labelled?: boolean;
  readonly document?: boolean;
  readonly disguised?: boolean;
  readonly event?: boolean;
}

/** A finding over the units [from, to) of a normalised form. */
export function finding(
  detector: DetectorName,
  form: NormalizedText,
  from: number,
  to: number,
  claim: Claim,
): Finding {
  const flags: FindingFlag[] = [];
  if (claim.business) flags.push('business');
  if (claim.self) flags.push('self');
  if (claim.labelled) flags.push('labelled');
  if (claim.document) flags.push('document');
  if (claim.disguised) flags.push('disguised');
  if (claim.event) flags.push('event');
  return {
    detector,
    ...originalSpan(form, from, to),
    value: claim.value,
    valid: claim.valid ?? true,
    flags,
    mask: appliedMask(form, from, to),
  };
}

export const digitsOf = (text: string): string => text.replace(/\D/g, '');
