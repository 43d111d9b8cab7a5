/** The two lists of the sample: the WeCom directory and the account list. */
import { csvRow } from './csv.ts';
import { FIRM, outsiders, type Person, robots, rooms, staff, storeMembers } from './people.ts';

const DIRECTORY_HEADER = [
  '类型',
  'ID',
  '名称',
  '部门',
  '职务',
  '手机号',
  '群ID',
  '群内角色',
  '入群时间',
  '退群时间',
  '备注',
];

const ROOM_ADMINS: Readonly<Record<string, readonly string[]>> = {
  [rooms.project.name]: ['柯易', '高子航'],
  [rooms.department.name]: ['白晓慧', '周海波', '徐娟'],
  [rooms.external.name]: ['赵欣怡'],
};

function roleIn(room: (typeof rooms)[keyof typeof rooms], name: string): string {
  if (room.owner === name) return '群主';
  return ROOM_ADMINS[room.name]?.includes(name) ? '管理员' : '成员';
}

/** The directory of the archive's ids, without those that are left out on purpose. CRLF, no mark. */
export function directoryText(): string {
  const all = Object.values(rooms);
  const groups = all.map((room) => [
    '群',
    room.id,
    room.name,
    '',
    '',
    '',
    '',
    '',
    '',
    '',
    `群主 ${room.owner}`,
  ]);
  const kinds: readonly (readonly [string, readonly Person[]])[] = [
    ['人员', staff],
    ['外部联系人', outsiders],
    ['机器人', robots],
  ];
  const people = kinds.flatMap(([kind, persons]) =>
    persons
      .filter((person) => !person.unlisted)
      .flatMap((person) => {
        const own = [kind, person.id, person.name, person.department, person.title, person.mobile];
        const inside = all.filter((room) => room.members.includes(person.name));
        if (inside.length === 0) return [[...own, '', '', '', '', '']];
        return inside.map((room) => {
          const removed = room.removed[person.name];
          const to = removed === undefined ? '' : `2026-${removed}`;
          return [...own, room.id, roleIn(room, person.name), '2026-03-01', to, ''];
        });
      }),
  );
  return [DIRECTORY_HEADER, ...groups, ...people].map((row) => `${csvRow(row)}\r\n`).join('');
}

const ACCOUNT_HEADER = [
  '平台',
  '账号ID',
  '昵称',
  '备注',
  '账号类型',
  '实名状态',
  '实名',
  '主体',
  '部门',
  '手机号',
  '注册日期',
  '状态',
];

/** platform | id | nickname | remark | class | verified | real name or registrant | department | mobile | since | state */
const FURTHER_ACCOUNTS = `
微信公众号|gh_lz0000000001|栎舟供应链|官方服务号|服务号|已认证|${FIRM}|品牌部|13800003001|2021-06-18|正常
微信公众号|gh_lz0000000002|栎舟鲜选|门店会员号|服务号|已认证|${FIRM}|品牌部|13800003001|2022-03-02|正常
微信公众号|gh_lz0000000003|栎舟招聘|校招与社招|订阅号|已认证|${FIRM}|人力资源部|13800003012|2022-09-15|正常
微信公众号|gh_lz0000000004|文溪团购小助手|门店自建，待整改|订阅号|未认证||文澜店|13800003027|2023-11-01|限期整改
微信公众号|gh_lz0000000005|栎舟福利社|非官方，冒用名称|订阅号|未认证||||2025-10-10|已投诉
微信公众号|gh_lz0000000006|栎舟内刊|内部刊物|订阅号|已认证|${FIRM}|行政部|13800003033|2024-01-08|正常
视频号|sph_lz00000001|栎舟鲜选|门店直播|企业号|已认证|${FIRM}|品牌部|13800003001|2023-05-20|正常
视频号|sph_lz00000002|仓里的一天|员工自运营|个人号|未认证|马晓军|仓配运营部|13800003045|2025-02-11|正常
视频号|sph_lz00000003|栎舟好物清仓|来源不明|个人号|未认证||||2025-12-30|待核实
小程序|wx00000000lz0001|栎舟鲜选商城|线上订货|小程序|已认证|${FIRM}|品牌部|13800003001|2022-03-10|正常
小程序|wx00000000lz0002|仓配预约|供应商预约|小程序|已认证|${FIRM}|仓配运营部|13800003052|2024-07-01|正常
微博|lz_weibo_0001|栎舟供应链|官方|企业号|已认证|${FIRM}|品牌部|13800003001|2021-07-01|停更
短视频|dy_lz_0001|栎舟鲜选旗舰店|带货直播|企业号|已认证|${FIRM}|品牌部|13800003060|2024-04-12|正常
短视频|dy_lz_0002|晴川店小罗|店长个人号发店内内容|个人号|未认证|罗磊|晴川店|13800003061|2025-08-08|正常
WhatsApp|+44 7700 900555|Lizhou Export|外贸询盘|商业号|已认证|${FIRM}|大客户部|13800003070|2025-03-19|正常
WhatsApp|+44 7700 900142|unknown|交易群广告号|个人号|未认证||||2026-03-19|已举报
WhatsApp|+44 7700 900817|unknown|交易群广告号|个人号|未认证||||2026-03-06|已举报
WhatsApp|+1 202-555-0166|unknown|交易群广告号|个人号|未认证||||2026-04-28|已举报
QQ|100000001|栎舟客服小舟|售后值班|企业号|已认证|${FIRM}|客户服务部|13800003080|2022-01-05|正常
`;

const LISTED_STAFF =
  '沈语霏 高子航 魏国栋 周海波 徐娟 庞亮 石勇 丛辉 任鹏 吴芊羽 闫军 白晓慧 宋琳 袁梦洁 赵欣怡 林奕辰';
const UNVERIFIED_STORES = new Set(['美丽小倩', '夏日微风', '宋玉芬', '阮军']);

/** The account list: personal accounts of the store group, some of WeCom, public accounts. CRLF. */
export function accountText(): string {
  const store = [...storeMembers].map(([name, member], index) => {
    const verified = !UNVERIFIED_STORES.has(name);
    const outside = name === '美丽小倩' || name === '夏日微风';
    const [place = ''] = member.remark.split('-');
    const day = String(1 + ((index * 11) % 28)).padStart(2, '0');
    return [
      '微信',
      member.wxid,
      // Outside the two-byte part of GB18030: a reader that takes the file for GBK loses it.
      name === '卢佳' ? `${member.nickname}🌾` : member.nickname,
      member.remark,
      '个人号',
      verified ? '已核验' : '未核验',
      verified ? name : '',
      '',
      outside ? '' : place,
      outside ? '' : `1380000${2101 + index * 9}`,
      `20${17 + (index % 8)}-0${1 + (index % 9)}-${day}`,
      outside ? '已移出' : '正常',
    ];
  });
  const wecom = LISTED_STAFF.split(' ').map((name) => {
    const person = staff.find((one) => one.name === name);
    if (person === undefined) throw new Error(`nobody is called ${name}`);
    const state = name === '丛辉' || name === '任鹏' ? '停用' : '正常';
    return [
      '企业微信',
      person.id,
      person.name,
      person.title,
      '企业成员',
      '已核验',
      person.name,
      FIRM,
      person.department,
      person.mobile,
      '2023-03-01',
      state,
    ];
  });
  const further = FURTHER_ACCOUNTS.trim()
    .split('\n')
    .map((row) => {
      const [platform = '', id = '', nickname = '', remark = '', kind = '', verified = '', registrant = ''] =
        row.split('|');
      const [department = '', mobile = '', since = '', state = ''] = row.split('|').slice(7);
      const isFirm = registrant === FIRM;
      return [
        platform,
        id,
        nickname,
        remark,
        kind,
        verified,
        isFirm ? '' : registrant,
        isFirm ? FIRM : '',
        department,
        mobile,
        since,
        state,
      ];
    });
  return [ACCOUNT_HEADER, ...store, ...wecom, ...further].map((row) => `${csvRow(row)}\r\n`).join('');
}
