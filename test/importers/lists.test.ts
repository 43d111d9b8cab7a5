import { describe, expect, test } from 'vitest';
import { accountListCsv } from '../../src/core/importers/accounts/account-list-csv.ts';
import { directoryCsv } from '../../src/core/importers/accounts/directory-csv.ts';
import { readHead } from '../../src/core/importers/sniff.ts';
import { memorySource } from '../../src/core/importers/source.ts';
import { headerKey } from '../../src/core/importers/table.ts';
import { encodeAs, fixture, importBytes, runImporter, sniffed, tally } from './helpers.ts';

const read = (text: string, name = '清单.csv') => importBytes(name, Buffer.from(text));

describe('account lists', () => {
  test("WeChatMsg's contacts, groups among them", async () => {
    const run = await importBytes('wechatmsg_contacts.csv', fixture('wechatmsg_contacts.csv'));
    expect(
      [...run.accounts.values()].map(({ key, name, fields }) => [
        key,
        name,
        fields?.alias,
        fields?.remark,
        fields?.city,
      ]),
    ).toEqual([
      ['wxid_alpha0000001', '陈一', 'alias_a', '陈一(产品)', '北京'],
      ['wxid_bravo0000002', '林二', 'alias_b', undefined, '北京'],
      ['wxid_charlie00003', 'Carol·测试', 'alias_c', undefined, '北京'],
    ]);
    expect([...run.conversations.values()]).toMatchObject([
      { key: '48123456789@chatroom', name: '测试项目群', type: 'group' },
    ]);
    expect(tally(run.ranges)).toMatchObject({ skipped: 0 });
  });

  test("WeFlow's contacts", async () => {
    const run = await importBytes('weflow_contacts.csv', fixture('weflow_contacts.csv'));
    expect(run.accounts.get('wxid_alpha0000001')).toMatchObject({
      name: '陈一',
      fields: {
        alias: 'alias_a',
        remark: '陈一(产品)',
        region: '北京',
        label: '同事 | 产品',
        显示名称: '陈一(产品)',
      },
    });
  });

  test('semicolons; unknown columns stay under their own name; empty rows are blank', async () => {
    const run = await importBytes('account_list_semicolon.csv', fixture('account_list_semicolon.csv'));
    expect([...run.accounts.values()].map(({ key, name, fields }) => [key, name, fields])).toEqual([
      ['acc-1', '张;三', { phone: '13800000001', registrant: '甲公司', 等级: 'A' }],
      ['acc-2', '李四', { registrant: '乙公司', 等级: 'B' }],
    ]);
    expect(run.ranges.at(-1)?.code).toBe('blank');
  });

  test.each([
    ['English', 'Account ID,Display Name,Phone,Status\na1,Ann,123,open\n'],
    ['with marks people add', '*账号 ID（必填）,昵称:,手机号码\na1,Ann,123\n'],
    ["under a title and Excel's hint", 'sep=,\n2024 年账号清单\n\n账号ID,昵称,电话\na1,Ann,123\n'],
    ['tabs', '账号ID\t昵称\t电话\na1\tAnn\t123\n'],
  ])('%s', async (_name, text) => {
    const run = await read(text);
    expect(run.accounts.get('a1')).toMatchObject({ name: 'Ann', fields: { phone: '123' } });
    expect(tally(run.ranges).skipped).toBe(0);
  });

  test('GB18030 from a spreadsheet program', async () => {
    const bytes = encodeAs('账号ID,昵称,实名,备注\r\nwxid_x,微笑,张三,老客户\r\n', 'gb18030');
    const run = await importBytes('账号.csv', bytes);
    expect(run.accounts.get('wxid_x')).toMatchObject({
      name: '微笑',
      fields: { realName: '张三', remark: '老客户' },
    });
  });

  test('a row that names nobody is named', async () => {
    const run = await read('账号ID,昵称,电话\n,,123\na1,Ann,\n');
    expect(run.accounts.size).toBe(1);
    expect(tally(run.ranges).skips).toEqual({ 'missing-field': 1 });
  });

  test('a mapping says what unknown headers are', async () => {
    const bytes = Buffer.from('编码,称呼,电话\na1,Ann,123\n');
    const run = await runImporter(accountListCsv, 'x.csv', bytes, { mapping: { 编码: 'id', 称呼: 'name' } });
    expect(run.accounts.get('a1')).toMatchObject({ name: 'Ann' });
  });

  test('people with a real name beside the name shown', async () => {
    const run = await read('账号ID,昵称,姓名\na1,微笑,张三\n');
    expect(run.accounts.get('a1')).toMatchObject({ name: '微笑', fields: { realName: '张三' } });
  });
});

describe('directories', () => {
  test('people, rooms, roles and times', async () => {
    const run = await importBytes('wecom_directory.csv', fixture('wecom_directory.csv'));
    expect(
      [...run.accounts.values()].map(({ key, name, fields }) => [
        key,
        name,
        fields?.department,
        fields?.title,
      ]),
    ).toEqual([
      ['zhangsan', '张三', '销售一部', '经理'],
      ['lisi', '李四', '销售一部', '专员'],
      ['wmErxtDgAAtest0001', '客户王', undefined, undefined],
    ]);
    expect([...run.conversations.values()].map(({ key, name }) => [key, name])).toEqual([
      ['wrTestRoom0001', '测试项目群'],
      ['wrTestRoom0002', '第二个群'],
    ]);
    expect(
      run.memberships.map(({ accountKey, conversationKey, role, from, to }) => [
        accountKey,
        conversationKey,
        role,
        from,
        to,
      ]),
    ).toEqual([
      ['zhangsan', 'wrTestRoom0001', 'owner', '2026-01-01', null],
      ['lisi', 'wrTestRoom0001', 'member', '2026-01-01', '2026-02-01'],
      ['wmErxtDgAAtest0001', 'wrTestRoom0001', 'admin', '2026-01-02', null],
    ]);
    expect(tally(run.ranges).skips).toEqual({ 'missing-field': 1 });
    expect(run.ranges.map(({ code }) => code)).toEqual([
      'header',
      'account',
      'blank',
      'conversation',
      'missing-field',
    ]);
  });

  test('a type column tells groups from people', async () => {
    const run = await read(
      '类型,ID,名称,部门,群ID,群内角色\n群,g-1,甲群,,,\n人员,u-1,张三,销售,g-1,群主\n外部联系人,u-2,李四,,g-1,观察员\n',
    );
    expect([...run.conversations.values()].map(({ key, name }) => [key, name])).toEqual([['g-1', '甲群']]);
    expect(run.memberships.map(({ accountKey, role }) => [accountKey, role])).toEqual([
      ['u-1', 'owner'],
      ['u-2', null],
    ]);
    expect(run.accounts.get('u-2')?.fields).toEqual({ type: '外部联系人', role: '观察员' });
  });

  test('rooms only', async () => {
    const run = await read('roomid,群名称,备注\nwrAbcdefgh,甲群,x\n');
    expect(run.conversations.get('wrAbcdefgh')).toMatchObject({ name: '甲群', fields: { remark: 'x' } });
    expect(run.accounts.size).toBe(0);
  });

  test('ids only: a membership without a name', async () => {
    const run = await read('userid,roomid,role\nzhangsan,wrA,member\n');
    expect(run.accounts.get('zhangsan')?.name).toBeNull();
    expect(run.ranges.map(({ code }) => code)).toEqual(['header', 'membership']);
  });
});

describe('which list is it', () => {
  test.each([
    ['wecom_directory.csv', 'other-directory-csv', 'wecom'],
    ['wechatmsg_contacts.csv', 'other-account-list-csv', 'wechat'],
    ['weflow_contacts.csv', 'other-account-list-csv', 'wechat'],
    ['account_list_semicolon.csv', 'other-account-list-csv', 'other'],
  ])('%s', (name, id, platform) => {
    const importer = sniffed(name, fixture(name));
    expect(importer.id).toBe(id);
    expect(importer.platformOf?.(readHead(memorySource(name, fixture(name))))).toBe(platform);
  });

  test.each([
    ['平台,账号ID,昵称\n微信,a,b\n微信,c,d\n', 'wechat'],
    ['平台,账号ID,昵称\n微信,a,b\nQQ,c,d\n', 'other'],
    ['平台,账号ID,昵称\n企业微信,a,b\n', 'wecom'],
    ['userid,name\na,b\n', 'wecom'],
    ['ID,名称\nwxid_a,b\n', 'wechat'],
    ['ID,名称\nx,b\n', 'other'],
  ])('the platform of %j', (text, platform) => {
    const head = readHead(memorySource('x.csv', Buffer.from(text)));
    expect(accountListCsv.platformOf?.(head)).toBe(platform);
    expect(sniffed('x.csv', Buffer.from(text)).platformOf?.(head)).toBe(platform);
  });

  test('a table of messages is no list', () => {
    const head = readHead(memorySource('x.csv', Buffer.from('id,name,msg,CreateTime\n1,a,b,2\n')));
    expect([accountListCsv.sniff(head), directoryCsv.sniff(head)]).toEqual([0, 0]);
  });
});

test.each([
  ['*用户 ID（必填）', '用户id'],
  ['User_ID', 'userid'],
  ['ＮＡＭＥ：', 'name'],
  ['CreateTime(s)', 'createtime'],
])('header %s is %s', (header, key) => {
  expect(headerKey(header)).toBe(key);
});
