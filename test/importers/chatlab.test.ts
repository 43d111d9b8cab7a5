import { describe, expect, test } from 'vitest';
import { chatLabJson } from '../../src/core/importers/chat/chatlab/chatlab-json.ts';
import { chatLabJsonl } from '../../src/core/importers/chat/chatlab/chatlab-jsonl.ts';
import { chatLabPlatform } from '../../src/core/importers/chat/chatlab/chatlab-record.ts';
import { readHead } from '../../src/core/importers/sniff.ts';
import { memorySource } from '../../src/core/importers/source.ts';
import { fixture, importBytes, tally } from './helpers.ts';

describe('JSON', () => {
  test('messages, members and their places, though the file gives the header last', async () => {
    const run = await importBytes('chatlab_group.json', fixture('chatlab_group.json'));
    expect(run.facts).toMatchObject({ formatVersion: '0.0.2', needsZone: false });
    expect(
      run.messages.map(({ senderKey, senderName, instant, kind, text }) => [
        senderKey,
        senderName,
        instant,
        kind,
        text,
      ]),
    ).toEqual([
      ['10001', '三哥', 1703001600000, 'text', '大家好'],
      ['10002', '李四', 1703001610000, 'quote', '收到！'],
      [null, null, 1703001620000, 'system', '王五加入了群聊'],
      ['10003', '王五', null, 'image', ''],
      ['10001', '三叔', 1703001640000, 'forward', '[聊天记录]'],
    ]);
    expect(run.messages[1]).toMatchObject({ platformId: 'm2', refersTo: 'm1' });
    expect(run.messages[3]?.flags).toEqual(['time-unparsed']);
    expect(run.messages[4]).toMatchObject({ forwarded: true, extra: { custom: { a: 1 } } });
    expect([...run.conversations.values()]).toEqual([
      { key: '800100200', platformId: '800100200', name: '技术群', type: 'group' },
    ]);
    expect(
      run.memberships.map(({ accountKey, role, displayName }) => [accountKey, role, displayName]),
    ).toEqual([
      ['10001', null, '三哥'],
      ['10001', null, '三叔'],
      ['10001', 'owner', '三哥'],
      ['10004', 'admin', null],
    ]);
    expect(run.accounts.get('10001')?.fields).toEqual({ aliases: '["老张"]' });
    expect(tally(run.ranges).skips).toEqual({ 'unknown-record': 1 });
  });

  test('the owner may be named by the group', async () => {
    const file = {
      chatlab: { version: '0.0.2' },
      meta: { name: 'g', type: 'group', ownerId: '1' },
      members: [{ platformId: '1', accountName: 'a' }],
      messages: [],
    };
    const run = await importBytes('x.json', Buffer.from(JSON.stringify(file)));
    expect(run.memberships).toMatchObject([{ accountKey: '1', role: 'owner' }]);
    expect(run.conversations.size).toBe(1);
  });
});

describe('JSON lines', () => {
  test('header, members, messages, comments and blank lines', async () => {
    const run = await importBytes('chatlab_private.jsonl', fixture('chatlab_private.jsonl'));
    expect(run.messages.map(({ senderKey, kind, text }) => [senderKey, kind, text])).toEqual([
      ['1', 'text', '在吗？\u2028行分隔符不是换行'],
      ['2', 'sticker', '[微笑]'],
      ['2', 'recall', '小明撤回了一条消息'],
    ]);
    expect([...run.conversations.values()]).toMatchObject([{ key: 'name:与小明的对话', type: 'direct' }]);
    expect(run.ranges.map(({ code }) => code)).toEqual([
      'comment',
      'metadata',
      'account',
      'blank',
      'message',
    ]);
  });

  test('without its header the file gives the name', async () => {
    const lines = fixture('chatlab_private.jsonl').toString('utf8').split('\n').slice(2).join('\n');
    const run = await importBytes('小明.jsonl', Buffer.from(lines));
    expect(run.messages.length).toBe(3);
    expect([...run.conversations.keys()]).toEqual(['name:小明']);
  });

  test('unknown types are kept as other, with their number', async () => {
    const run = await importBytes(
      'x.jsonl',
      Buffer.from('{"_type":"message","sender":"1","timestamp":1,"type":77,"content":"?"}\n'),
    );
    expect(run.messages).toMatchObject([{ kind: 'other', text: '?', extra: { type: 77 } }]);
  });
});

describe('the platform is the one that the file states', () => {
  test.each([
    ['qq', 'qq'],
    ['WeChat', 'wechat'],
    ['weixin', 'wechat'],
    ['google chat', 'google-chat'],
    ['myspace', 'other'],
    ['', 'other'],
  ])('%s', (name, platform) => {
    expect(chatLabPlatform({ platform: name })).toBe(platform);
  });

  test('in both shapes, wherever the header stands', () => {
    const head = (name: string) => readHead(memorySource(name, fixture(name)));
    expect(chatLabJson.platformOf?.(head('chatlab_group.json'))).toBe('qq');
    expect(chatLabJsonl.platformOf?.(head('chatlab_private.jsonl'))).toBe('telegram');
  });
});

describe('every type, by number and by name', () => {
  test.each([
    [0, 'text'],
    [1, 'image'],
    [2, 'voice'],
    [3, 'video'],
    [4, 'file'],
    [5, 'sticker'],
    [7, 'link'],
    [8, 'location'],
    [20, 'red-packet'],
    [21, 'transfer'],
    [22, 'poke'],
    [23, 'call'],
    [24, 'link'],
    [25, 'quote'],
    [26, 'forward'],
    [27, 'contact'],
    [80, 'system'],
    [81, 'recall'],
    [99, 'other'],
    ['4', 'file'],
    ['RED_PACKET', 'red-packet'],
    ['later', 'other'],
    [undefined, 'text'],
  ])('%s is %s', async (type, kind) => {
    const line = JSON.stringify({ _type: 'message', sender: '1', timestamp: 1, type, content: 'x' });
    expect((await importBytes('x.jsonl', Buffer.from(`${line}\n`))).messages).toMatchObject([{ kind }]);
  });
});

test("names that change, roles of the platform's own, files that media name", async () => {
  const lines = [
    {
      _type: 'header',
      chatlab: { version: '0.0.2' },
      meta: { name: 'g', platform: 'discord', type: 'group' },
    },
    {
      _type: 'member',
      platformId: '1',
      accountName: 'a',
      roles: [{ id: 'admin' }, { id: '77', name: '鉴定师' }],
    },
    { _type: 'message', sender: '1', accountName: 'a', timestamp: 1, type: 0, content: 'x' },
    {
      _type: 'message',
      sender: '1',
      accountName: 'b',
      groupNickname: 'n',
      timestamp: 2,
      type: 1,
      content: 'media/1.jpg',
    },
    { _type: 'message', sender: '1', accountName: 'b', timestamp: 3, type: 1, content: '[图片]' },
  ];
  const run = await importBytes('x.jsonl', Buffer.from(lines.map((line) => JSON.stringify(line)).join('\n')));
  const names = run.events.flatMap((event) => (event.type === 'accounts' ? event.accounts : []));
  expect(names.map(({ name, fields }) => [name, fields])).toEqual([
    ['a', { otherRoles: '鉴定师' }],
    ['b', undefined],
  ]);
  expect(run.memberships).toMatchObject([{ role: 'admin' }, { displayName: 'n' }]);
  expect(run.messages.map(({ attachments }) => attachments.map(({ reference }) => reference))).toEqual([
    [],
    ['media/1.jpg'],
    [],
  ]);
});
