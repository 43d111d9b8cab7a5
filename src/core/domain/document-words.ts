/** Names that documents print in place of codes; the same as on the screens. */
import type { Bilingual } from './bilingual.ts';
import type { MeasureSubject } from './case.ts';
import type { Platform } from './message.ts';

const own = (name: string): Bilingual => ({ zh: name, en: name });

/** The name of a platform. */
export const PLATFORM_NAMES: Record<Platform, Bilingual> = {
  wechat: { zh: '微信', en: 'WeChat' },
  wecom: { zh: '企业微信', en: 'WeCom' },
  qq: own('QQ'),
  dingtalk: { zh: '钉钉', en: 'DingTalk' },
  feishu: { zh: '飞书', en: 'Feishu' },
  welink: own('WeLink'),
  whatsapp: own('WhatsApp'),
  telegram: own('Telegram'),
  line: own('LINE'),
  discord: own('Discord'),
  slack: own('Slack'),
  signal: own('Signal'),
  messenger: own('Messenger'),
  instagram: own('Instagram'),
  teams: own('Teams'),
  'google-chat': own('Google Chat'),
  skype: own('Skype'),
  kakaotalk: own('KakaoTalk'),
  other: { zh: '其他', en: 'Other' },
};

/** What a measure acts on. */
export const SUBJECT_NAMES: Record<MeasureSubject, Bilingual> = {
  'personal-account': { zh: '个人账号', en: 'Personal account' },
  'public-account': { zh: '公众号', en: 'Public account' },
  'mini-program': { zh: '小程序', en: 'Mini program' },
  'video-account': { zh: '视频号', en: 'Video account' },
  group: { zh: '群', en: 'Group' },
  link: { zh: '链接', en: 'Link' },
  'staff-member': { zh: '员工', en: 'Staff member' },
};

/** The role of a member in a conversation, as lists and exports give it. */
export const ROLE_NAMES: Record<'owner' | 'admin' | 'member', Bilingual> = {
  owner: { zh: '群主', en: 'Owner' },
  admin: { zh: '管理员', en: 'Admin' },
  member: { zh: '成员', en: 'Member' },
};
