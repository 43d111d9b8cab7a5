import { describe, expect, test } from 'vitest';
import { wechatMsgCsv } from '../../src/core/importers/chat/wechat/wechat-wechatmsg-csv.ts';
import { readWechatXml, unescapeXml } from '../../src/core/importers/chat/wechat/wechat-xml.ts';
import { encodeAs, fixture, importBytes, previews, runImporter, tally } from './helpers.ts';

const HEADER =
  'localId,TalkerId,Type,SubType,IsSender,CreateTime,Status,StrContent,StrTime,Remark,NickName,Sender';

const read = (text: string, name = '项目群_utf8.csv', options = {}) =>
  importBytes(name, Buffer.from(text), options);

describe('the fixture', () => {
  test('every row is a message, with sender, instant, kind and text', async () => {
    const run = await importBytes('wechatmsg_group_utf8.csv', fixture('wechatmsg_group_utf8.csv'));
    expect(
      run.messages.map(({ senderKey, instant, kind, text }) => [senderKey, instant, kind, text]),
    ).toEqual([
      ['wxid_alpha0000001', 1767578400000, 'text', '大家早上好，今天下午三点开会。'],
      ['wxid_bravo0000002', 1767578465000, 'text', '收到👌'],
      ['wxid_charlie00003', 1767578530000, 'image', ''],
      ['wxid_alpha0000001', 1767578590000, 'text', '第一行\n第二行，含逗号,和"引号"'],
      [
        'wxid_bravo0000002',
        1767578660000,
        'text',
        '加微信 ｖｘ：abc_12345 领福利，点击 hxxp://example.invalid/x',
      ],
      ['wxid_self00000000', 1767578730000, 'text', '请不要在群里发广告。'],
      ['wxid_charlie00003', 1767578800000, 'quote', ''],
      [null, 1767578860000, 'recall', '"林二"撤回了一条消息'],
      [
        'wxid_alpha0000001',
        1767578920000,
        'text',
        '联系人电话 13812345678，身份证 110101199003077475（测试号）',
      ],
      ['wxid_self00000000', 1767664830000, 'link', ''],
    ]);
    expect(run.messages[3]?.locator).toEqual({ start: 507, end: 645, line: 5 });
    expect(run.messages[2]?.attachments).toEqual([
      { kind: 'image', name: null, reference: null, size: 10240, md5: null },
    ]);
    expect(run.messages[2]?.extra).toMatchObject({ localId: '1854663', Type: '3' });
    expect(run.messages[0]?.platformId).toBeNull();
    expect(run.accounts.get('wxid_alpha0000001')).toMatchObject({
      name: '陈一',
      fields: { remark: '陈一(产品)' },
    });
    expect(run.accounts.get('wxid_self00000000')?.fields).toEqual({ self: 'true' });
    expect([...run.conversations.values()]).toEqual([
      {
        key: 'name:wechatmsg_group',
        platformId: null,
        name: 'wechatmsg_group',
        type: 'group',
        fields: { talkerId: '217' },
      },
    ]);
    expect(run.facts).toMatchObject({ needsZone: false });
    expect(tally(run.ranges)).toEqual({ parsed: 1274, skipped: 0, ignored: 103, skips: {} });
  });
});

describe('layouts', () => {
  test('columns in another order, in other case, with unknown ones', async () => {
    const run = await read(
      'STRCONTENT,Sender,type,createtime,IsSender,TalkerId,Mood\n你好,wxid_a,1,1767578400,0,217,happy\n',
    );
    expect(run.messages).toMatchObject([
      { text: '你好', senderKey: 'wxid_a', instant: 1767578400000, extra: { Mood: 'happy' } },
    ]);
  });

  test('the layout with Chinese headers: words for types, local times', async () => {
    const run = await read(
      '消息ID,类型,发送人,时间,内容,备注,昵称,更多信息\n1,文本,张三,2024-01-05 09:15:00,你好,老张,张三,\n2,图片,李四,2024-01-05 09:16:00,,,李四,x.jpg\n',
    );
    expect(run.facts.needsZone).toBe(true);
    expect(run.messages).toMatchObject([
      { kind: 'text', senderKey: 'name:张三', instant: null, wallTime: Date.UTC(2024, 0, 5, 9, 15) },
      { kind: 'image', senderKey: 'name:李四', extra: { 更多信息: 'x.jpg' } },
    ]);
  });

  test('a lost header line: the usual order is assumed', async () => {
    const rows =
      '1,217,1,0,0,1767578400,3,甲,2026-01-05 10:00:00,甲甲,甲甲,wxid_a\n2,217,1,0,0,1767578401,3,乙,2026-01-05 10:00:01,甲甲,甲甲,wxid_a\n';
    expect((await read(rows)).messages.map(({ text }) => text)).toEqual(['甲', '乙']);
    const damaged = await read(`local#d,TalkerId,Type\n${rows}`);
    expect(damaged.messages.length).toBe(2);
    expect(tally(damaged.ranges).skips).toEqual({ 'bad-row': 1 });
  });

  test.each([
    ['of a group', ',甲,甲,wxid_a'],
    ['of a direct chat', ''],
  ])('a header that lost its line end: its line is a bad row, all others are kept: %s', async (_, who) => {
    const row = (i: number) =>
      `${i},98@chatroom,1,0,0,${1767578400 + i},3,第${i}条,2026-01-05 10:00:0${i}${who}`;
    const run = await read(`${HEADER}${row(1)}\n${row(2)}\n${row(3)}\n`);
    expect(run.messages.map(({ text }) => text)).toEqual(['第2条', '第3条']);
    expect(tally(run.ranges).skips).toEqual({ 'bad-row': 1 });
    expect(run.facts).toMatchObject({ assumptions: { header: 'joined-with-first-row' } });
  });

  test('rows of a direct chat end before the columns that name the sender', async () => {
    const rows = [
      '1,3,1,0,0,1767578400,,在吗,2026-01-05 10:00:00',
      '2,3,1,0,1,1767578460,,"第一行\n第二行,""引号""",2026-01-05 10:01:00',
      '3,3,10000,0,0,1767578520,,"""小明"" 撤回了一条消息",2026-01-05 10:02:00',
    ];
    const run = await read(`${HEADER}\n${rows.join('\n')}\n`, '小明_utf8.csv');
    expect(run.messages.map(({ senderKey, kind, text }) => [senderKey, kind, text])).toEqual([
      ['name:小明', 'text', '在吗'],
      ['name:我', 'text', '第一行\n第二行,"引号"'],
      [null, 'recall', '"小明" 撤回了一条消息'],
    ]);
    expect(run.accounts.get('name:我')?.fields).toEqual({ self: 'true' });
    expect(run.conversations.get('name:小明')).toMatchObject({ name: '小明', type: 'direct' });
    expect(tally(run.ranges).skips).toEqual({});
    const nameless = await read(`${HEADER}\n${rows[0]}\n`, 'messages.csv');
    expect(nameless.messages[0]).toMatchObject({ senderKey: null, flags: ['sender-unknown'] });
  });

  test('a header repeated in the middle is no record', async () => {
    const run = await read(
      `${HEADER}\n1,217,1,0,0,1767578400,3,a,,,n,wxid_a\n${HEADER}\n2,217,1,0,0,1767578401,3,b,,,n,wxid_a\n`,
    );
    expect(run.messages.length).toBe(2);
    expect(run.ranges.map(({ code }) => code)).toEqual(['header', 'message', 'duplicate-header', 'message']);
  });
});

describe('times', () => {
  const row = (createTime: string, timeText: string): string =>
    `${HEADER}\n1,217,1,0,0,${createTime},3,a,${timeText},,n,wxid_a\n`;
  test.each([
    ['seconds', '1767578400', '2026-01-05 10:00:00', 1767578400000, null],
    ['milliseconds', '1767578400123', '', 1767578400123, null],
    ['text only', '', '2026-01-05 10:00:00', null, Date.UTC(2026, 0, 5, 10)],
    ['a day that does not exist', '', '2026-02-30 10:00:00', null, null],
    ['nothing', '', '', null, null],
  ])('%s', async (_name, createTime, timeText, instant, wallTime) => {
    const run = await read(row(createTime, timeText));
    expect(run.messages).toMatchObject([{ text: 'a', instant, wallTime }]);
    expect(run.facts.needsZone).toBe(wallTime !== null);
  });
});

describe('conversations', () => {
  const rows = [
    '1,111@chatroom,1,0,0,1767578400,3,群里,2026-01-05 10:00:00,,甲,wxid_a',
    '2,wxid_b,1,0,0,1767578401,3,单聊,2026-01-05 10:00:01,,乙,wxid_b',
    '3,gh_news,49,5,0,1767578402,3,,2026-01-05 10:00:02,,号,gh_news',
    '4,111@chatroom,1,0,0,1767578403,3,群里又说,2026-01-05 10:00:03,,甲,wxid_a',
  ];
  const file = Buffer.from(`${HEADER}\n${rows.join('\n')}\n`);

  test('several in one file: each by its id, none named after the file', async () => {
    const run = await runImporter(wechatMsgCsv, '导出.csv', file);
    expect([...run.conversations.values()]).toEqual([
      { key: '111@chatroom', platformId: '111@chatroom', name: null, type: 'group' },
      { key: 'wxid_b', platformId: 'wxid_b', name: null, type: 'direct' },
      { key: 'gh_news', platformId: 'gh_news', name: null, type: 'channel' },
    ]);
  });

  test('are listed with counts and times', async () => {
    expect(await previews(wechatMsgCsv, '导出.csv', file)).toEqual([
      {
        key: '111@chatroom',
        name: null,
        type: 'group',
        messages: 2,
        firstAtText: '2026-01-05 10:00:00',
        lastAtText: '2026-01-05 10:00:03',
      },
      {
        key: 'wxid_b',
        name: null,
        type: 'direct',
        messages: 1,
        firstAtText: '2026-01-05 10:00:01',
        lastAtText: '2026-01-05 10:00:01',
      },
      {
        key: 'gh_news',
        name: null,
        type: 'channel',
        messages: 1,
        firstAtText: '2026-01-05 10:00:02',
        lastAtText: '2026-01-05 10:00:02',
      },
    ]);
  });

  test('those not chosen leave their byte ranges and nothing else; ordinals count them', async () => {
    const run = await runImporter(wechatMsgCsv, '导出.csv', file, {
      conversations: new Set(['111@chatroom']),
    });
    expect(run.messages.map(({ ordinal, text }) => [ordinal, text])).toEqual([
      [0, '群里'],
      [3, '群里又说'],
    ]);
    expect([...run.accounts.keys()]).toEqual(['wxid_a']);
    expect([...run.conversations.keys()]).toEqual(['111@chatroom']);
    const left = run.ranges.filter(({ code }) => code === 'conversation-not-selected');
    expect(left.map(({ start, end, count }) => [file.toString('utf8', start, end), count])).toEqual([
      [`${rows[1]}\n`, 1],
      [`${rows[2]}\n`, 1],
    ]);
  });

  test('a single one with a local number is named after the file, and direct where its name is the other side', async () => {
    const run = await read(
      `${HEADER}\n1,9,1,0,0,1767578400,3,a,,老张,张三,wxid_a\n2,9,1,0,1,1767578401,2,b,,,我,wxid_me\n`,
      '老张.csv',
    );
    expect([...run.conversations.values()]).toMatchObject([
      { key: 'name:老张', name: '老张', type: 'direct' },
    ]);
  });
});

describe('damage', () => {
  test('stray bytes are replaced and flagged, where they are', async () => {
    const bytes = Buffer.concat([
      Buffer.from(`${HEADER}\n1,217,1,0,0,1767578400,3,好`),
      Buffer.from([0xff, 0xe4]),
      Buffer.from(`,,,n,wxid_a\n2,217,1,0,0,1767578401,3,written \ufffd here,,,n,wxid_a\n`),
    ]);
    const run = await importBytes('x_utf8.csv', bytes);
    expect(run.messages.map(({ flags }) => flags)).toEqual([['invalid-bytes-replaced'], []]);
    expect(run.messages[0]?.text).toBe('好\ufffd\ufffd');
  });

  test('a last row whose sender is cut is named, not given to a sender that does not exist', async () => {
    const text = `${HEADER}\n1,217,1,0,0,1767578400,3,a,,,n,wxid_alpha\n2,217,1,0,0,1767578401,3,b,,,n,wxid_al`;
    const run = await read(text);
    expect(run.messages.length).toBe(1);
    expect(tally(run.ranges).skips).toEqual({ truncated: 1 });
  });

  test('a message without a sender is kept and flagged', async () => {
    const run = await read(`${HEADER}\n1,217,1,0,0,1767578400,3,a,,,,\n`);
    expect(run.messages).toMatchObject([{ text: 'a', senderKey: null, flags: ['sender-unknown'] }]);
  });

  test('field names that are dangerous in JavaScript are data', async () => {
    const run = await read(
      'StrContent,Type,CreateTime,TalkerId,IsSender,Sender,__proto__\na,1,1767578400,2,0,wxid_a,x\n',
    );
    expect(Object.getOwnPropertyNames(run.messages[0]?.extra)).toEqual(['__proto__']);
    expect(Object.getPrototypeOf(run.messages[0]?.extra)).toBe(Object.prototype);
  });

  test('GB18030', async () => {
    const run = await importBytes(
      'x_gbk.csv',
      encodeAs(`${HEADER}\r\n1,217,1,0,0,1767578400,3,现货僜,,,张三,wxid_a\r\n`, 'gb18030'),
    );
    expect(run.messages).toMatchObject([{ text: '现货僜', flags: [] }]);
  });
});

describe('XML of messages that are no text', () => {
  test('a quote carries the quoted message, and its own text is the reply', () => {
    const xml =
      '<msg><appmsg><title>不行，太贵</title><type>57</type><refermsg><type>1</type><displayname>张三</displayname><content>一斤 300</content><createtime>1767578400</createtime></refermsg></appmsg></msg>';
    expect(readWechatXml(xml, 49, 57)).toEqual({
      text: '不行，太贵',
      carried: [{ act: 'quote', sender: '张三', text: '一斤 300', sentAtText: '1767578400' }],
      attachments: [],
    });
  });

  test('a forwarded record carries its messages, with nested ones', () => {
    const inner =
      '<recordinfo><datalist><dataitem><sourcename>丙</sourcename><datadesc>最里面</datadesc></dataitem></datalist></recordinfo>';
    const record = `<recordinfo><datalist><dataitem datatype="1"><sourcename>甲</sourcename><sourcetime>2026-01-05 10:00</sourcetime><datadesc>第一条</datadesc></dataitem><dataitem datatype="17"><sourcename>乙</sourcename><datatitle>聊天记录</datatitle><recordxml><![CDATA[${inner}]]></recordxml></dataitem></datalist></recordinfo>`;
    const xml = `<msg><appmsg><title>群聊的聊天记录</title><recorditem>${record.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')}</recorditem></appmsg></msg>`;
    expect(readWechatXml(xml, 49, 19)).toEqual({
      text: '群聊的聊天记录',
      attachments: [],
      carried: [
        { act: 'forward', sender: '甲', text: '第一条', sentAtText: '2026-01-05 10:00' },
        {
          act: 'forward',
          sender: '乙',
          text: '聊天记录',
          sentAtText: null,
          items: [{ act: 'forward', sender: '丙', text: '最里面', sentAtText: null }],
        },
      ],
    });
  });

  const cases: readonly (readonly [string, string, number, number, string])[] = [
    [
      'a link',
      '<appmsg><title>标题</title><des>说明</des><url>https://example.com/?a=1&amp;b=2</url></appmsg>',
      49,
      5,
      '标题\n说明\nhttps://example.com/?a=1&b=2',
    ],
    [
      'a transfer',
      '<wcpayinfo><feedesc><![CDATA[￥5000.00]]></feedesc><pay_memo>货款</pay_memo></wcpayinfo>',
      49,
      2000,
      '￥5000.00\n货款',
    ],
    ['a name card', '<msg nickname="李四" username="wxid_x"/>', 42, 0, '李四\nwxid_x'],
    ['a place', '<msg><location poiname="茶楼" label="某路 1 号"/></msg>', 48, 0, '茶楼\n某路 1 号'],
    [
      'a recall notice',
      '<sysmsg type="revokemsg"><revokemsg><replacemsg><![CDATA["张三" 撤回了一条消息]]></replacemsg></revokemsg></sysmsg>',
      10002,
      0,
      '"张三" 撤回了一条消息',
    ],
    ['XML cut in the middle', '<appmsg><title>标题</title><des>说', 49, 5, '标题'],
    ['an image', '<msg><img length="10"/></msg>', 3, 0, ''],
  ];
  test.each(cases)('%s', (_name, xml, type, subType, text) => {
    expect(readWechatXml(xml, type, subType).text).toBe(text);
  });

  test('a file has name, size and digest', () => {
    const xml =
      '<appmsg><title>报价.xlsx</title><appattach><totallen>18181</totallen></appattach><md5>50DE8E5AE8FFE4F1DF7A93841F71993A</md5></appmsg>';
    expect(readWechatXml(xml, 49, 6).attachments).toEqual([
      {
        kind: 'file',
        name: '报价.xlsx',
        reference: null,
        size: 18181,
        md5: '50de8e5ae8ffe4f1df7a93841f71993a',
      },
    ]);
  });

  test('entities are resolved once, and impossible ones stay', () => {
    expect(unescapeXml('&lt;&amp;lt;&#20320;&#x597d;&#xd800;&nbsp;')).toBe('<&lt;你好&#xd800;&nbsp;');
  });

  test('the raw XML stays with the message', async () => {
    const xml = '<msg><appmsg><title>标题</title></appmsg></msg>';
    const run = await read(`${HEADER}\n1,217,49,5,0,1767578400,3,${xml},,,n,wxid_a\n`);
    expect(run.messages).toMatchObject([
      { kind: 'link', text: '标题', extra: { StrContent: xml, Type: '49', SubType: '5' } },
    ]);
  });
});
