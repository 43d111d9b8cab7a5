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

/** Fields of accounts, by the names that importers and lists give them. */
export const FIELD_NAMES: Readonly<Record<string, Bilingual>> = {
  alias: { zh: '别名', en: 'Alias' },
  remark: { zh: '备注', en: 'Remark' },
  phone: { zh: '电话', en: 'Phone' },
  email: { zh: '邮箱', en: 'E-mail' },
  department: { zh: '部门', en: 'Department' },
  title: { zh: '职务', en: 'Title' },
  avatar: { zh: '头像', en: 'Avatar' },
  bio: { zh: '个性签名', en: 'Bio' },
  region: { zh: '地区', en: 'Region' },
  accountClass: { zh: '账号类别', en: 'Account class' },
  registrant: { zh: '注册主体', en: 'Registrant' },
  group: { zh: '所在群', en: 'Group' },
  role: { zh: '群内身份', en: 'Role in group' },
  idNumber: { zh: '证件号码', en: 'ID number' },
  employeeId: { zh: '工号', en: 'Employee number' },
  extensions: { zh: '分机', en: 'Extension' },
  gender: { zh: '性别', en: 'Gender' },
  realName: { zh: '真实姓名', en: 'Real name' },
  registeredAt: { zh: '注册时间', en: 'Registered' },
  roomNickname: { zh: '群昵称', en: 'Name in the group' },
  status: { zh: '账号状态', en: 'Status' },
  verified: { zh: '核验状态', en: 'Verified' },
  platform: { zh: '平台', en: 'Platform' },
  kind: { zh: '类型', en: 'Kind' },
  label: { zh: '标签', en: 'Label' },
  name: { zh: '名称', en: 'Name' },
  id: { zh: '账号 ID', en: 'Account id' },
  external: { zh: '外部人员', en: 'External' },
  self: { zh: '导出者本人', en: 'The exporter' },
  otherPhones: { zh: '其他电话', en: 'Other phones' },
};

/** What a field of an account is called; fields that only one export has keep that export's name. */
export const fieldName = (id: string): Bilingual =>
  Object.hasOwn(FIELD_NAMES, id) ? (FIELD_NAMES[id] as Bilingual) : own(id);

/** What a field says: marks are stored as `true`. */
export const fieldValue = (value: string): Bilingual =>
  value === 'true' ? { zh: '是', en: 'yes' } : own(value);
