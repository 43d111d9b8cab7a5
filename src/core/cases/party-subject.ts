import type { MeasureSubject } from '../domain/case.ts';
import type { Platform } from '../domain/message.ts';
import type { Profile } from '../domain/workspace.ts';

export interface AccountFacts {
  readonly platform: Platform;
  readonly platformId: string | null;
  /** Named by a directory or account list of the organisation, not only by a chat. */
  readonly listed: boolean;
}

/**
 * WeCom gives people outside the firm (`wm…`, `wo…`) and robots (`wb…`) ids of 32 characters; everybody
 * else is a member (developer.work.weixin.qq.com, message archive, field `from`).
 */
const WECOM_OUTSIDER = /^w[mob][\w-]{30}$/;

function isInternal({ platform, platformId, listed }: AccountFacts): boolean {
  if (platform === 'wecom' && platformId !== null) return !WECOM_OUTSIDER.test(platformId);
  return listed;
}

/**
 * As what an account is proceeded against when it becomes a party. An employer or group owner has
 * measures against its own people and others against outsiders; a platform or the operator of an
 * account sees accounts. The officer can add the party as something else.
 */
export function partySubject(profile: Profile, account: AccountFacts): MeasureSubject {
  const knowsStaff = profile === 'employer' || profile === 'group-owner';
  return knowsStaff && isInternal(account) ? 'staff-member' : 'personal-account';
}
