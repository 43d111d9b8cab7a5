/**
 * The people of the sample. The firm, its staff, its customers and its stores are invented; mobile
 * numbers are of the form 1380000xxxx and belong to nobody here.
 */
import { seeded } from './random.ts';

export const FIRM = '栎舟供应链科技（杭州）有限公司';

export interface Person {
  readonly name: string;
  readonly id: string;
  readonly department: string;
  readonly title: string;
  readonly mobile: string;
  /** Whether the directory leaves the person out, so that the id stays without a name. */
  readonly unlisted: boolean;
}

const STAFF = `
沈语霏 shenyufei 产品与项目部 项目经理
柯易 keyi 产品与项目部 产品实习生
高子航 gaozihang 研发部 后端负责人
谭嘉铭 tanjiaming 研发部 后端工程师
陆欣然 luxinran 研发部 前端工程师
方雅婷 fangyating 研发部 测试工程师
骆锦鹏 luojinpeng 研发部 运维工程师
邓可 dengke 研发部 数据工程师
魏国栋 weiguodong 仓配运营部 总监
周海波 zhouhaibo 仓配运营部 北仓经理
徐娟 xujuan 仓配运营部 南仓主管
庞亮 pangliang 仓配运营部 北仓收货组长
何桂兰 heguilan 仓配运营部 北仓质检
马晓军 maxiaojun 仓配运营部 北仓叉车班长
姜涛 jiangtao 仓配运营部 南仓拣货组长
石勇 shiyong 仓配运营部 夜班主管
丛辉 conghui 仓配运营部 夜班理货员
任鹏 renpeng 仓配运营部 仓管员
吴芊羽 wuqianyu 仓配运营部 计划调度
董飞 dongfei 仓配运营部 运输调度
闫军 yanjun 仓配运营部 司机
田野 tianye 仓配运营部 运营专员
梁雪 liangxue 客户服务部 客服主管
蔡文静 caiwenjing 客户服务部 客服专员
杜博 dubo 采购部 采购专员
贾征 jiazheng 行政部 资质专员
白晓慧 baixiaohui 行政部 行政主管
黄坤 huangkun 行政部 安全保卫
宋琳 songlin 人力资源部 HRBP
袁梦洁 yuanmengjie 财务部 会计
潘睿 panrui 法务合规部 法务专员
宁晨 ningchen 法务合规部 合规经理
林奕辰 linyichen 大客户部 大客户经理
赵欣怡 zhaoxinyi 大客户部 商务助理
实施小张 lz_tmp_0317 外协 实施顾问
`;

const OUTSIDERS = `
殷悦 青禾生活 采购经理
汪立群 青禾生活 物流主管
车晓雨 青禾生活 财务
孙兆丰 柏岭包装 销售经理
葛大伟 衡驰运输 车队调度
小夏财税 未认证 财税顾问
极速周转小何 未认证 信贷顾问
老魏新号 未知 未知
`;

const UNLISTED = new Set(['实施小张', '老魏新号']);

function rows(text: string): string[][] {
  return text
    .trim()
    .split('\n')
    .map((row) => row.split(' '));
}

/** An external contact's id: `wm` and 30 characters, always the same for the same name. */
function externalId(name: string): string {
  return `wmLZ0DEQAA${seeded(`external ${name}`).base62(22)}`;
}

export const staff: readonly Person[] = rows(STAFF).map(
  ([name = '', id = '', department = '', title = ''], i) => ({
    name,
    id,
    department,
    title,
    mobile: `1380000${String(1101 + i * 7)}`,
    unlisted: UNLISTED.has(name),
  }),
);

export const outsiders: readonly Person[] = rows(OUTSIDERS).map(
  ([name = '', department = '', title = '']) => ({
    name,
    id: externalId(name),
    department,
    title,
    mobile: '',
    unlisted: UNLISTED.has(name),
  }),
);

export const robots: readonly Person[] = [
  {
    name: '巡检机器人',
    id: `wbLZ0DEQAA${seeded('robot').base62(22)}`,
    department: '研发部',
    title: '告警机器人',
    mobile: '',
    unlisted: false,
  },
];

export interface Room {
  readonly name: string;
  /** Empty for a direct chat, as in the archive. */
  readonly id: string;
  readonly owner: string;
  readonly members: readonly string[];
  /** Members who were removed, and when (month-day hour:minute in Beijing). */
  readonly removed: Readonly<Record<string, string>>;
}

function room(name: string, owner: string, members: string, removed: Record<string, string> = {}): Room {
  return {
    name,
    id: `wrLZ0DEQAA${seeded(`room ${name}`).base62(22)}`,
    owner,
    members: members.split(' '),
    removed,
  };
}

export const rooms = {
  project: room(
    'WMS3.0上线项目群',
    '沈语霏',
    '沈语霏 柯易 高子航 谭嘉铭 陆欣然 方雅婷 骆锦鹏 邓可 魏国栋 周海波 徐娟 庞亮 吴芊羽 实施小张 巡检机器人',
    { 实施小张: '04-11 10:55' },
  ),
  department: room(
    '仓配运营部工作群',
    '魏国栋',
    '魏国栋 周海波 徐娟 庞亮 何桂兰 马晓军 姜涛 石勇 丛辉 任鹏 吴芊羽 董飞 闫军 田野 梁雪 蔡文静 杜博 贾征 白晓慧 黄坤 宋琳 潘睿 柯易',
    { 丛辉: '04-18 21:45', 任鹏: '05-03 20:05' },
  ),
  external: room(
    '栎舟×青禾生活 履约对接群',
    '林奕辰',
    '林奕辰 赵欣怡 梁雪 蔡文静 董飞 周海波 吴芊羽 殷悦 汪立群 车晓雨 葛大伟 小夏财税',
    { 小夏财税: '04-16 09:30' },
  ),
} as const satisfies Record<string, Room>;

/** The store group on WeChat: remark (store and name), nickname, wxid. */
interface StoreMember {
  readonly remark: string;
  readonly nickname: string;
  readonly wxid: string;
}

const STORE_MEMBERS = `
叶佳宁|运营-叶佳宁|佳宁|yejianing
丁海燕|督导-丁海燕|海燕|dinghaiyan
陈佳怡|文澜店-陈佳怡|佳怡不加糖|chenjiayi
周晓彤|文澜店-周晓彤|晓彤|zhouxiaotong
许国强|桂语店-许国强|老许|xuguoqiang
汤敏|桂语店-汤敏|敏敏子|tangmin
曾小燕|柳岸店-曾小燕|燕子|zengxiaoyan
阮军|柳岸店-阮军|军哥|ruanjun
罗磊|晴川店-罗磊|三块石头|luolei
俞静|晴川店-俞静|静待花开|yujing
钱程|望塔店-钱程|前程似锦|qiancheng
宋玉芬|望塔店-宋玉芬|玉芬|songyufen
毕胜|松鸣店-毕胜|毕胜|bisheng
雷婷|松鸣店-雷婷|雷小婷|leiting
蒋文斌|星河店-蒋文斌|文斌|jiangwenbin
卢佳|星河店-卢佳|小卢|lujia
尹丽华|竹里店-尹丽华|丽华|yinlihua
范大成|竹里店-范大成|大成|fandacheng
郭建平|配送-郭建平|平安是福|guojianping
唐师傅|冷柜维修-唐师傅|老唐制冷|tangshifu
杜博|采购-杜博|DB|dubo
美丽小倩|A~美丽人生小倩|A~美丽人生小倩|meilixq
夏日微风|夏日微风|夏日微风|xrwf
`;

export const storeMembers: ReadonlyMap<string, StoreMember> = new Map(
  STORE_MEMBERS.trim()
    .split('\n')
    .map((row) => {
      const [name = '', remark = '', nickname = '', alias = ''] = row.split('|');
      return [name, { remark, nickname, wxid: `wxid_lz${alias.padEnd(12, '0')}` }];
    }),
);

/** The trade group on WhatsApp: the names a phone shows; numbers from ranges reserved for fiction. */
export const tradeMembers: ReadonlyMap<string, string> = new Map(
  [
    'Nico (admin)',
    'Amy L.',
    'Kelvin Wong',
    '阿May',
    '陈生',
    'David B.',
    'Sarah K',
    'Jason 杰',
    'Mei',
    '老王头',
    'Priya',
    'Tom H.',
    '小鱼🐟',
    'Ken仔',
    'Grace Ho',
    'Rosa',
    '林太',
    'Ivan P.',
    '豆豆妈',
    'Uncle Fai',
    'UK142=+44 7700 900142',
    'UK817=+44 7700 900817',
    'US143=+1 202-555-0143',
    'US166=+1 202-555-0166',
    'US188=+1 202-555-0188',
    'UK211=+44 7700 900211',
    'UK305=+44 7700 900305',
    'UK618=+44 7700 900618',
    'UK733=+44 7700 900733',
    'system',
  ].map((entry) => {
    const [key = '', shown = key] = entry.split('=');
    return [key, shown];
  }),
);

/** A direct chat of the archive: two people, and their conversation's source text. */
export interface DirectChat {
  readonly between: readonly [string, string];
  readonly text: string;
}
