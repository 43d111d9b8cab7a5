/** Lists as address books and back offices of platforms give them; people and words are made up. */
import { describe, expect, test } from 'vitest';
import { readHead } from '../../src/core/importers/sniff.ts';
import { memorySource } from '../../src/core/importers/source.ts';
import { entriesOf, importBytes, sniffed, tally } from './helpers.ts';

const read = (name: string, text: string) => importBytes(name, Buffer.from(text));
const errorsOf = ({ events }: Awaited<ReturnType<typeof read>>) =>
  events.flatMap((event) => (event.type === 'list-rows' ? [...event.errors] : []));

describe('what is taken for which list', () => {
  test.each([
    [
      'WeCom address book',
      'list-roster',
      '填写须知：1、不能增加列,,,,,,,\n姓名,账号,别名,职务,部门,性别,手机,企业邮箱,激活状态,禁用状态\n张三,zhangsan,,经理,公司/销售部,男,13800138000,z@x.cn,已激活,未禁用\n',
    ],
    [
      'DingTalk address book',
      'list-roster',
      '员工UserID（请勿修改）,手机号*,姓名*,部门*,职位,工号,入职时间\nmanager1,+86-13800138000,张三,公司-销售部,经理,A001,2023-01-01\n',
    ],
    [
      'articles of the WeChat back office',
      'list-published-items',
      '内容标题,发表时间,总阅读人数,总阅读次数,送达人数,内容url\n新品上市,20240305,100,120,1000,http://mp.weixin.qq.com/s?mid=2\n',
    ],
    [
      'comments',
      'list-published-items',
      '评论ID,评论内容,评论时间,用户昵称,用户ID,作品标题,作品链接\n7301,真好看,2024-01-02 10:00,小明,MS4w,视频1,https://v.example/x\n',
    ],
    [
      'links',
      'list-links',
      '序号,链接地址,发现时间,处置状态,来源群\n1,https://a.example/x,2024-01-02,已封禁,项目群\n',
    ],
    [
      'agreements',
      'list-agreements',
      '签署人,账号,协议名称,签署时间,有效期\n张三,zhangsan,用户承诺书,2024-01-02,长期\n',
    ],
    [
      'licences',
      'list-licences',
      '序号,证书名称,证书编号,持有人,发证机关,有效期\n1,互联网新闻信息服务许可证,101,某公司,网信办,2026-01-01\n',
    ],
  ])('%s', async (_name, id, text) => {
    expect(sniffed('表.csv', Buffer.from(text)).id).toBe(id);
    const run = await read('表.csv', text);
    expect(entriesOf(run)).toHaveLength(1);
    expect(errorsOf(run)).toEqual([]);
  });

  test('a table of a chat is no list of published items', () => {
    const text = 'id,author,timestamp,text\n1,Ann,2024-05-16T06:54:16Z,hello\n';
    expect(() => sniffed('chat.csv', Buffer.from(text))).toThrow('no importer');
  });
});

describe('rows', () => {
  const ROSTER = [
    'XX公司员工花名册,,,,,,',
    '序号,姓　名,部　门,职　务,入职时间,离职时间,手机号码',
    '1,张三,销售部,经理,2020/1/5,,13800138000',
    '2,李四,客服部,专员,44927,45352.5,1.39001E+10',
    '3,王五,客服部,专员,20210305,不详,1.39001E+10',
    '合计,3人,,,,,',
    '',
  ].join('\n');

  test('dates as numbers are dates, totals are no entry, row numbers are no fact', async () => {
    const run = await read('花名册.csv', ROSTER);
    expect(entriesOf(run).map(({ fields }) => fields)).toMatchObject([
      { name: '张三', joinedAt: '2020/1/5' },
      { name: '李四', joinedAt: '2023-01-01', leftAt: '2024-03-01 12:00:00' },
      { name: '王五', joinedAt: '2021-03-05' },
    ]);
    expect(entriesOf(run).every(({ fields }) => !('序号' in fields))).toBe(true);
    expect(run.ranges.at(-1)).toMatchObject({ code: 'structure', line: 6 });
    expect(tally(run.ranges).skipped).toBe(0);
  });

  test('a phone number that a program rounded identifies nobody, and is named', async () => {
    const run = await read('花名册.csv', ROSTER);
    expect(entriesOf(run).map(({ key }) => key)).toEqual([
      'phone=13800138000',
      'name=李四\u0001department=客服部',
      'name=王五\u0001department=客服部',
    ]);
    expect(errorsOf(run)).toEqual([
      { line: 4, code: 'bad-value', field: 'phone', value: '1.39001E+10' },
      { line: 5, code: 'bad-value', field: 'phone', value: '1.39001E+10' },
      { line: 5, code: 'bad-value', field: 'leftAt', value: '不详' },
    ]);
  });

  test.each([
    ['an account list', '账号ID,昵称,电话\na1,Ann,1\n合计：,1,\n'],
    ['a list of groups', '群名称,群主,群人数\n项目群,张三,5\n总计,,5\n'],
    ['a person of that name is an entry', '姓名,部门,职务,入职日期\n总计,销售部,经理,2020-01-01\n'],
  ])('totals: %s', async (_name, text) => {
    const run = await read('表.csv', text);
    expect(entriesOf(run)).toHaveLength(1);
  });
});

describe('the platform of a list', () => {
  test.each([
    ['企业微信通讯录.csv', '姓名,账号,部门,手机\n张三,zhangsan,销售部,1380\n', 'wecom'],
    ['成员.csv', '姓名,账号,部门,手机,禁用状态\n张三,zhangsan,销售部,1380,否\n', 'wecom'],
    ['成员.csv', '员工UserID,姓名,部门,工号,手机号\nu1,张三,销售部,1,1380\n', 'dingtalk'],
    ['飞书成员.csv', '用户ID,姓名,部门,工号,手机号\nou_1,张三,销售部,1,1380\n', 'feishu'],
    ['群.csv', '群名称,群主,群人数,群ID\n群,张三,5,wrAAAAbbbbCCCC\n', 'wecom'],
    ['成员.csv', '姓名,账号,部门,手机\n张三,zhangsan,销售部,1380\n', 'other'],
  ])('%s: %s', (name, text, platform) => {
    const bytes = Buffer.from(text);
    const importer = sniffed(name, bytes);
    expect(importer.platformOf?.(readHead(memorySource(name, bytes)))).toBe(platform);
  });
});
