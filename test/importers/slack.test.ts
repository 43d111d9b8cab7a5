import { expect, test } from 'vitest';
import { slackDirectoryJson } from '../../src/core/importers/accounts/slack-directory-json.ts';
import { slackDayJson } from '../../src/core/importers/chat/slack/slack-day-json.ts';
import { slackText } from '../../src/core/importers/chat/slack/slack-text.ts';
import type { ImportEvent } from '../../src/core/importers/importer.ts';
import { readHead } from '../../src/core/importers/sniff.ts';
import { memorySource } from '../../src/core/importers/source.ts';
import { fixture, importBytes, runImporter, sniffed, tally } from './helpers.ts';

const DAY = 'slack/deals/2024-03-01.json';

test('a day by itself: ids only', async () => {
  expect(sniffed('2024-03-01.json', fixture(DAY))).toBe(slackDayJson);
  const run = await importBytes('2024-03-01.json', fixture(DAY));
  expect(
    run.messages.map(({ senderKey, kind, text, refersTo }) => [senderKey, kind, text, refersTo]),
  ).toEqual([
    [null, 'system', '@U0AAAAAA2 has joined the channel', null],
    ['U0AAAAAA1', 'text', '@U0AAAAAA2 see 报价 (https://example.com/x) & #deals @here 1 < 2', null],
    ['U0AAAAAA2', 'text', '在帖子里回复', '1709254801.000200'],
    ['U0AAAAAA1', 'file', '', null],
    ['B0AAAAAA7', 'text', '', null],
    ['U0AAAAAA2', 'text', '看看', null],
    [null, 'recall', '', '1709254803.000400'],
    ['U0AAAAAA2', 'text', '只有块：@U0AAAAAA1:wave:', null],
    ['U0AAAAAA2', 'other', 'new subtype', null],
    ['U0AAAAAA2', 'text', 'a number for a time', null],
  ]);
  expect(run.messages[1]).toMatchObject({
    platformId: '1709254801.000200',
    instant: 1709254801000,
    editedAtText: '1709254900.000000',
    extra: { text: expect.stringContaining('<https://example.com/x|报价>') },
  });
  expect(run.messages[4]?.carried).toMatchObject([{ act: 'quote', text: expect.stringContaining('failed') }]);
  expect(run.messages[5]).toMatchObject({
    forwarded: true,
    carried: [{ act: 'forward', sender: 'Mei Lin', text: '转来的话', sentAtText: '1709254700.000000' }],
  });
  expect(run.memberships).toMatchObject([{ accountKey: 'U0AAAAAA2', from: '1709254800.000100', to: null }]);
  expect(tally(run.ranges).skipped).toBe(0);
});

test('a day inside an export: the lists beside it name people and channel', async () => {
  const source = {
    ...memorySource('2024-03-01.json', fixture(DAY)),
    path: 'deals/2024-03-01.json',
    companion: async (path: string) =>
      path === '../users.json' || path === '../channels.json' ? fixture(`slack/${path.slice(3)}`) : null,
  };
  const events: ImportEvent[] = [];
  const options = { zone: 'UTC', head: readHead(source), conversations: 'all' as const };
  for await (const event of slackDayJson.read(source, options)) events.push(event);
  const accounts = events.flatMap((event) => (event.type === 'accounts' ? event.accounts : []));
  expect(accounts.map(({ key, name }) => [key, name])).toEqual([
    ['U0AAAAAA1', '小梅'],
    ['U0AAAAAA2', 'Bo'],
    ['B0AAAAAA7', 'travis'],
  ]);
  expect(events.find((event) => event.type === 'conversations')).toMatchObject({
    conversations: [{ key: 'C0AAAAAA9', name: 'deals', type: 'group', fields: { topic: '二手' } }],
  });
  const messages = events.flatMap((event) => (event.type === 'messages' ? event.messages : []));
  expect(messages[0]?.text).toBe('@Bo has joined the channel');
});

test('people and channels as lists', async () => {
  expect(sniffed('users.json', fixture('slack/users.json'))).toBe(slackDirectoryJson);
  const users = await runImporter(slackDirectoryJson, 'users.json', fixture('slack/users.json'));
  expect([...users.accounts.values()]).toMatchObject([
    { key: 'U0AAAAAA1', name: '小梅', fields: { email: 'mei@example.com', title: '销售', admin: 'true' } },
    { key: 'U0AAAAAA2', name: 'Bo', fields: { deleted: 'true' } },
  ]);
  const channels = await importBytes('channels.json', fixture('slack/channels.json'));
  expect([...channels.conversations.values()].map(({ key, name, type }) => [key, name, type])).toEqual([
    ['C0AAAAAA9', 'deals', 'group'],
    ['D0AAAAAA8', null, 'direct'],
  ]);
  expect(channels.memberships.map(({ accountKey, role }) => [accountKey, role]).slice(0, 2)).toEqual([
    ['U0AAAAAA1', 'owner'],
    ['U0AAAAAA2', 'member'],
  ]);
});

test.each([
  ['<@U1>', '@Ann'],
  ['<@U9|bo>', '@bo'],
  ['<mailto:a@b.c|a@b.c>', 'a@b.c'],
  ['<http://x.y>', 'http://x.y'],
  ['<http://x.y|x>', 'x (http://x.y)'],
  ['<!subteam^S1|@sales>', '@sales'],
  ['<!date^1^{date}|1970>', '1970'],
  ['a &lt;b&gt; &amp;amp;', 'a <b> &amp;'],
  ['1 < 2 > 0', '1 < 2 > 0'],
])('%s is shown as %s', (written, shown) => {
  expect(slackText(written, new Map([['U1', 'Ann']]))).toBe(shown);
});
