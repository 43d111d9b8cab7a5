import { describe, expect, test } from 'vitest';
import { wecomArchiveJsonl } from '../../src/core/importers/chat/wecom/wecom-archive-jsonl.ts';
import { fixture, importBytes, previews, runImporter, tally } from './helpers.ts';

const FILE = 'wecom_archive_all_types.jsonl';

function record(more: Record<string, unknown>): string {
  return JSON.stringify({
    msgid: 'm1',
    action: 'send',
    from: 'zhangsan',
    tolist: ['lisi'],
    roomid: '',
    msgtime: 1767578400000,
    msgtype: 'text',
    text: { content: '你好' },
    ...more,
  });
}

const read = (text: string, options = {}) => importBytes('archive.jsonl', Buffer.from(text), options);

describe('the fixture of all types', () => {
  test('every record is a message with its kind', async () => {
    const run = await importBytes(FILE, fixture(FILE));
    expect(run.messages.map(({ kind, text }) => [kind, text])).toEqual([
      ['text', '现货充足，加微信 abc_12345'],
      ['text', '单聊消息'],
      ['image', ''],
      ['recall', ''],
      ['consent', 'agree: wmErxtDgAAtest0001'],
      ['consent', 'disagree: wmErxtDgAAtest0001'],
      ['voice', ''],
      ['video', ''],
      ['contact', '测试公司\nwmErxtDgAAtest0001'],
      ['location', 'xxx管理中心\n北京市xxx路'],
      ['sticker', ''],
      ['file', '报价单.xlsx'],
      [
        'link',
        '邀请你加入群聊\n技术支持群，进入可查看详情\nhttps://work.weixin.qq.com/wework_admin/external_room/join/x',
      ],
      ['mini-program', '服务须知\n服务须知\n客户需同意存档聊天记录'],
      ['forward', '群聊'],
      ['task', '给客户报价\n周五前'],
      ['vote', '团建去哪\n- A\n- B'],
      ['task', '信息收集\n- 姓名'],
      ['red-packet', '恭喜发财，大吉大利'],
      ['meeting', '周会'],
      ['document', '在线表格\nhttps://doc.weixin.qq.com/x'],
      ['text', '# 标题\n**加粗**'],
      ['link', 't\nd\nhttps://example.com'],
      ['meeting', '培训\n会议室\n李四'],
      ['text', '你好[微笑]'],
      ['call', ''],
      ['red-packet', '恭喜发财'],
      ['link', '云游天地\n瑞士旅游'],
      ['system', 'switch: zhangsan'],
    ]);
    expect(tally(run.ranges)).toEqual({ parsed: 8975, skipped: 0, ignored: 0, skips: {} });
    const [first, , image, recall] = run.messages;
    expect(first).toMatchObject({
      conversationKey: 'wrTestRoom0001',
      platformId: '15000000000000000001_1767578401_external',
      senderKey: 'zhangsan',
      senderName: null,
      instant: 1767578401000,
      extra: null,
    });
    expect(image?.attachments).toEqual([
      {
        kind: 'image',
        name: null,
        reference: 'CtYBMzA2OQ',
        size: 70961,
        md5: '50de8e5ae8ffe4f1df7a93841f71993a',
      },
    ]);
    expect(recall?.refersTo).toBe('15000000000000000001_1767578401_external');
    expect(run.messages[14]).toMatchObject({
      forwarded: true,
      carried: [
        { act: 'forward', sender: null, text: 'test', sentAtText: '1767578400' },
        { act: 'forward', sender: null, text: 'test2', sentAtText: '1767578410' },
      ],
    });
    expect(run.messages[24]?.attachments).toMatchObject([{ kind: 'image', reference: 'I1' }]);
    expect(run.messages[28]?.senderKey).toBeNull();
  });

  test('people and rooms are known by id only; members of rooms are announced', async () => {
    const run = await importBytes(FILE, fixture(FILE));
    expect([...run.accounts.values()].map(({ key, name }) => [key, name])).toEqual([
      ['zhangsan', null],
      ['lisi', null],
      ['wmErxtDgAAtest0001', null],
    ]);
    expect(
      [...run.conversations.values()].map(({ key, platformId, name, type }) => [key, platformId, name, type]),
    ).toEqual([
      ['wrTestRoom0001', 'wrTestRoom0001', null, 'group'],
      ['lisi|zhangsan', null, null, 'direct'],
      ['name:switch', null, 'switch', 'unknown'],
    ]);
    expect(run.memberships.map(({ conversationKey, accountKey }) => [conversationKey, accountKey])).toEqual([
      ['wrTestRoom0001', 'zhangsan'],
      ['wrTestRoom0001', 'lisi'],
      ['wrTestRoom0001', 'wmErxtDgAAtest0001'],
    ]);
  });

  test('conversations are listed and chosen', async () => {
    expect(
      (await previews(wecomArchiveJsonl, FILE, fixture(FILE))).map(({ key, type, messages }) => [
        key,
        type,
        messages,
      ]),
    ).toEqual([
      ['wrTestRoom0001', 'group', 27],
      ['lisi|zhangsan', 'direct', 1],
      ['name:switch', 'unknown', 1],
    ]);
    const run = await runImporter(wecomArchiveJsonl, FILE, fixture(FILE), {
      conversations: new Set(['lisi|zhangsan']),
    });
    expect(run.messages.map(({ ordinal }) => ordinal)).toEqual([1]);
    expect([...run.accounts.keys()]).toEqual(['zhangsan', 'lisi']);
  });
});

describe('shapes of the file', () => {
  const lines = [record({}), record({ msgid: 'm2' }), record({ msgid: 'm3' })];
  test.each([
    ['lines', lines.join('\n')],
    ['an array', `[${lines.join(',\n')}]`],
    ['an array inside an object', `{"errcode":0,"chatdata":[${lines.join(',')}]}`],
    [
      'records beside their sequence number',
      lines.map((line, seq) => `{"seq":${seq},"decrypted":${line}}`).join('\n'),
    ],
    ['records as text beside it', lines.map((line, seq) => JSON.stringify({ seq, msg: line })).join('\n')],
    [
      'one pretty-printed array',
      JSON.stringify(
        lines.map((line) => JSON.parse(line)),
        null,
        2,
      ),
    ],
    ['a single line', lines[0] as string],
  ])('%s', async (name, text) => {
    const run = await read(text);
    expect(run.messages.map(({ platformId }) => platformId)).toEqual(
      name === 'a single line' ? ['m1'] : ['m1', 'm2', 'm3'],
    );
    expect(tally(run.ranges).skipped).toBe(0);
  });
});

describe('records', () => {
  test('both sides of a direct chat share its key', async () => {
    const run = await read(`${record({})}\n${record({ msgid: 'm2', from: 'lisi', tolist: ['zhangsan'] })}\n`);
    expect(run.messages.map(({ conversationKey }) => conversationKey)).toEqual([
      'lisi|zhangsan',
      'lisi|zhangsan',
    ]);
  });

  test('a forwarded record inside a forwarded record', async () => {
    const inner = {
      title: '里层',
      item: [{ type: 'ChatRecordText', msgtime: 2, content: '{"content":"最里面"}' }],
    };
    const body = {
      title: '外层',
      item: [
        { type: 'ChatRecordFile', msgtime: 1, content: '{"filename":"a.pdf"}' },
        { type: 'chatrecord', msgtime: 2, content: JSON.stringify(inner) },
        {
          type: 'ChatRecordMixed',
          msgtime: 3,
          content: '{"item":[{"type":"text","content":"{\\"content\\":\\"混合\\"}"}]}',
        },
      ],
    };
    const run = await read(record({ msgtype: 'chatrecord', chatrecord: body }));
    expect(run.messages[0]?.carried).toEqual([
      { act: 'forward', sender: null, text: 'a.pdf', sentAtText: '1' },
      {
        act: 'forward',
        sender: null,
        text: '里层',
        sentAtText: '2',
        items: [{ act: 'forward', sender: null, text: '最里面', sentAtText: '2' }],
      },
      { act: 'forward', sender: null, text: '混合', sentAtText: '3' },
    ]);
  });

  test('a type that nobody knows keeps its words and its body', async () => {
    const run = await read(
      record({ msgtype: 'hologram', text: undefined, hologram: { title: '新类型', secret: 1 } }),
    );
    expect(run.messages).toMatchObject([
      { kind: 'other', text: '新类型', extra: { msgtype: 'hologram', hologram: { secret: 1 } } },
    ]);
  });

  test('a time in seconds is understood, an unreadable one is flagged', async () => {
    const run = await read(
      `${record({ msgtime: 1767578400 })}\n${record({ msgid: 'm2', msgtime: 'soon' })}\n`,
    );
    expect(run.messages.map(({ instant, flags }) => [instant, flags])).toEqual([
      [1767578400000, []],
      [null, ['time-unparsed']],
    ]);
  });

  test('members of a room are announced as they appear', async () => {
    const room = { roomid: 'wrA' };
    const run = await read(
      `${record(room)}\n${record({ ...room, msgid: 'm2', tolist: ['lisi', 'wangwu'] })}\n${record({ ...room, msgid: 'm3', tolist: ['lisi'] })}\n`,
    );
    expect(run.memberships.map(({ accountKey }) => accountKey)).toEqual(['zhangsan', 'lisi', 'wangwu']);
  });
});

describe('damage', () => {
  test('lines that are no record are named, each with its reason', async () => {
    const run = await read(
      `${record({})}\n{"msgid":"x","act\n{"a":1}\nnull\n\n${record({ msgid: 'm2', from: '', tolist: [] })}\n${record({ msgid: 'm3' })}`,
    );
    expect(run.messages.map(({ platformId }) => platformId)).toEqual(['m1', 'm3']);
    expect(tally(run.ranges).skips).toEqual({ 'bad-json': 2, 'unknown-record': 1, 'missing-field': 1 });
    expect(run.ranges.find(({ code }) => code === 'bad-json')?.line).toBe(2);
  });

  test('two records glued into one line are both kept; half a one before another is named', async () => {
    const glued = await read(`${record({})}${record({ msgid: 'm2' })}\n${record({ msgid: 'm3' })}\n`);
    expect(glued.messages.map(({ platformId }) => platformId)).toEqual(['m1', 'm2', 'm3']);
    expect(tally(glued.ranges).skipped).toBe(0);
    const half = await read(
      `${record({}).slice(0, 40)}${record({ msgid: 'm2' })}\n${record({ msgid: 'm3' })}\n`,
    );
    expect(half.messages.map(({ platformId }) => platformId)).toEqual(['m2', 'm3']);
    expect(tally(half.ranges).skips).toEqual({ 'bad-json': 1 });
  });

  test('a record inside the words of a damaged record is not taken for one', async () => {
    const quoted = record({ text: { content: record({ msgid: 'forged' }) } });
    const run = await read(`${record({})}\n${quoted.slice(0, -1)}\n`);
    expect(run.messages.map(({ platformId }) => platformId)).toEqual(['m1']);
  });

  test('lone surrogates are replaced and flagged', async () => {
    const run = await read(`${record({ text: { content: 'X' } }).replace('X', 'a\\ud83d b')}\n`);
    expect(run.messages).toMatchObject([{ text: 'a\ufffd b', flags: ['lone-surrogate-replaced'] }]);
  });
});

describe('bodies', () => {
  const body = async (msgtype: string, more: Record<string, unknown>) =>
    (await read(record({ text: undefined, msgtype, ...more }))).messages[0];

  test('forwarded records keep the order, authors and times of what they hold, nested ones too', async () => {
    const inner = {
      title: '内层',
      item: [{ type: 'ChatRecordText', msgtime: 3, content: '{"content":"深"}', sender: '王五' }],
    };
    const message = await body('chatrecord', {
      chatrecord: {
        title: '外层',
        item: [
          {
            type: 'ChatRecordFile',
            msgtime: 1,
            content: '{"filename":"a.pdf","filesize":"7","sdkfileid":"F"}',
          },
          { type: 'chatrecord', msgtime: 2, content: JSON.stringify(inner) },
          { type: 'ChatRecordImage', msgtime: 4, content: '{"sdkfileid":"I"}' },
          {
            type: 'ChatRecordMixed',
            msgtime: 5,
            content: '{"item":[{"type":"text","content":"{\\"content\\":\\"混\\"}"}]}',
          },
        ],
      },
    });
    expect(message).toMatchObject({ kind: 'forward', text: '外层', forwarded: true });
    expect(message?.carried).toEqual([
      { act: 'forward', sender: null, text: 'a.pdf', sentAtText: '1' },
      {
        act: 'forward',
        sender: null,
        text: '内层',
        sentAtText: '2',
        items: [{ act: 'forward', sender: '王五', text: '深', sentAtText: '3' }],
      },
      { act: 'forward', sender: null, text: '[image]', sentAtText: '4' },
      { act: 'forward', sender: null, text: '混', sentAtText: '5' },
    ]);
    expect(message?.attachments).toMatchObject([
      { kind: 'file', name: 'a.pdf', size: 7, reference: 'F' },
      { kind: 'image', reference: 'I' },
    ]);
  });

  test.each([
    ['voiptext', { info: { callduration: 10, invitetype: 2 } }, 'call', ''],
    ['qydiskfile', { info: { filename: '报价.xlsx' } }, 'file', '报价.xlsx'],
    ['meeting_notification', { info: { meeting_id: 1, content: '会议开始' } }, 'meeting', '会议开始'],
    [
      'voip_doc_share',
      { voip_doc_share: { filename: 'a.pptx', sdkfileid: 'D' }, voipid: 'v' },
      'document',
      'a.pptx',
    ],
    ['later', { later_body: { title: '新类型', content: '内容' } }, 'other', '新类型\n内容'],
    ['later', { info: { text: '在 info 里' } }, 'other', '在 info 里'],
  ])('%s %j', async (msgtype, more, kind, text) => {
    expect(await body(msgtype, more)).toMatchObject({ kind, text });
  });

  test('a call names its recording and what was shown in it', async () => {
    const message = await body('meeting_voice_call', {
      voiceid: 'v',
      meeting_voice_call: { sdkfileid: 'R', demofiledata: [{ filename: 'a.pdf', demooperator: 'lisi' }] },
    });
    expect(message?.attachments).toMatchObject([
      { kind: 'voice', reference: 'R' },
      { kind: 'file', name: 'a.pdf' },
    ]);
  });

  test('people outside the company and robots are marked, and so are the chats with them', async () => {
    const run = await read(
      record({ msgid: 'm_external', from: 'wmErxtDgAAtest0001', tolist: ['wbRobot0000000001'] }),
    );
    expect([...run.accounts.values()].map(({ fields }) => fields)).toEqual([
      { external: 'true' },
      { bot: 'true' },
    ]);
    expect([...run.conversations.values()]).toMatchObject([{ fields: { external: 'true' } }]);
  });
});
