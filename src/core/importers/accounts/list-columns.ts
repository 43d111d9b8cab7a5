/** Column names of account lists and directories, Chinese and English, in the form `headerKey` gives. */
import type { Synonyms } from '../table.ts';

export type ListField =
  | 'id'
  | 'name'
  | 'realName'
  | 'kind'
  | 'roomId'
  | 'roomName'
  | 'role'
  | 'roomNickname'
  | 'from'
  | 'to'
  | FactField;

/** Facts that go into an account's fields under these names; other columns under their own. */
export type FactField =
  | 'alias'
  | 'remark'
  | 'phone'
  | 'email'
  | 'department'
  | 'title'
  | 'employeeId'
  | 'avatar'
  | 'bio'
  | 'region'
  | 'gender'
  | 'label'
  | 'accountClass'
  | 'registrant'
  | 'verified'
  | 'registeredAt'
  | 'status'
  | 'platform';

export const LIST_SYNONYMS: Synonyms<ListField> = {
  roomId: [
    'roomid',
    'chatroomid',
    'groupid',
    'chatid',
    '群id',
    '群聊id',
    '会话id',
    '群号',
    '群编号',
    '群账号',
  ],
  roomName: ['roomname', 'groupname', 'chatname', '群名', '群名称', '群聊名称', '群聊名', '所在群'],
  role: [
    'role',
    'roleinroom',
    'memberrole',
    '群内角色',
    '群角色',
    '角色',
    '群身份',
    '群内身份',
    '群成员角色',
  ],
  roomNickname: ['roomnickname', 'groupnickname', '群昵称', '群名片', '群内昵称'],
  from: [
    'from',
    'joinedat',
    'jointime',
    'joined',
    '入群时间',
    '加入时间',
    '进群时间',
    '入群日期',
    '开始时间',
    '起始时间',
    '开始日期',
  ],
  to: [
    'to',
    'leftat',
    'lefttime',
    'left',
    '退群时间',
    '离群时间',
    '退出时间',
    '退群日期',
    '结束时间',
    '截止时间',
    '结束日期',
  ],
  id: [
    'userid',
    'username',
    'accountid',
    'memberid',
    'wxid',
    'openid',
    'uid',
    '账号id',
    '帐号id',
    '用户id',
    '成员id',
    '人员id',
    '微信id',
    '成员账号',
    '用户名',
    '账号',
    '帐号',
    'account',
    'qq号',
    'qq号码',
    'qq',
    'id',
    '微信号',
    '原始id',
  ],
  name: [
    'nickname',
    '昵称',
    '网名',
    '账号名称',
    '公众号名称',
    '账号昵称',
    '名称',
    '显示名称',
    'displayname',
    'name',
    'fullname',
    '姓名',
    '成员姓名',
    '员工姓名',
  ],
  realName: ['realname', '真实姓名', '实名', '实名姓名', '姓名', '员工姓名'],
  kind: ['kind', '类型', 'type', '对象类型', '对象', '成员类型'],
  alias: ['alias', '微信号', '别名', '英文名'],
  remark: ['remark', '备注', '备注名', '说明', 'note', 'notes'],
  phone: [
    'phone',
    'mobile',
    'telephone',
    'tel',
    'phonenumber',
    'mobilephone',
    'cellphone',
    '手机',
    '手机号',
    '手机号码',
    '电话',
    '联系电话',
    '电话号码',
    '联系方式',
  ],
  email: ['email', 'mail', 'emailaddress', '邮箱', '电子邮箱', '企业邮箱', '电子邮件'],
  department: ['department', 'dept', 'departmentname', '部门', '所属部门', '所在部门', '部门名称'],
  title: ['title', 'position', 'jobtitle', '职务', '职位', '岗位'],
  employeeId: ['employeeid', 'staffid', 'employeeno', '工号', '员工编号', '员工号'],
  avatar: ['avatar', '头像', 'bigheadimgurl'],
  bio: ['bio', 'signature', '签名', '个性签名', '简介', '个人简介', '功能介绍'],
  region: ['region', 'area', '地区', '所在地区', '注册地'],
  gender: ['gender', 'sex', '性别'],
  label: ['label', 'labels', 'tags', '标签'],
  accountClass: ['accounttype', 'accountclass', '账号类型', '帐号类型', '账号类别', '公众号类型'],
  registrant: ['registrant', '主体', '注册主体', '账号主体', '主体名称', '运营主体', '所属主体'],
  verified: ['verified', '认证状态', '实名状态', '是否实名', '实名认证', '认证情况'],
  registeredAt: ['registeredat', 'registrationdate', '注册日期', '注册时间'],
  status: ['status', '状态', '账号状态', '帐号状态'],
  platform: ['platform', '平台', '所属平台', '渠道', 'app'],
};

export const FACT_FIELDS: readonly FactField[] = [
  'alias',
  'remark',
  'phone',
  'email',
  'department',
  'title',
  'employeeId',
  'avatar',
  'bio',
  'region',
  'gender',
  'label',
  'accountClass',
  'registrant',
  'verified',
  'registeredAt',
  'status',
  'platform',
];

export type ListColumns = Readonly<Partial<Record<ListField, number>>>;

/** Columns that only a table of messages has. */
const MESSAGE_COLUMN =
  /^(?:strcontent|content|msg|message|text|msgtype|createtime|strtime|timestamp|内容|消息内容|消息类型|发送时间|聊天内容)$/;

/** Whether the header belongs to a table of messages, not of people. */
export function isMessageHeader(keys: readonly string[]): boolean {
  return keys.some((key) => MESSAGE_COLUMN.test(key));
}
