import { expect, test } from 'vitest';
import { takeoutTime } from '../../src/core/importers/chat/google-chat/google-chat-dates.ts';
import { googleChatJson, takeoutFolder } from '../../src/core/importers/chat/google-chat/google-chat-json.ts';
import type { ImportEvent } from '../../src/core/importers/importer.ts';
import { readHead } from '../../src/core/importers/sniff.ts';
import { memorySource } from '../../src/core/importers/source.ts';
import { fixture, importBytes, sniffed, tally } from './helpers.ts';

const FILE = 'google-chat/Space AAAAx1/messages.json';

test('messages, quotes, files, deletions, a time that cannot be read', async () => {
  expect(sniffed('messages.json', fixture(FILE))).toBe(googleChatJson);
  const run = await importBytes('messages.json', fixture(FILE));
  expect(run.messages.map(({ senderKey, instant, kind, text }) => [senderKey, instant, kind, text])).toEqual([
    ['alice@example.com', Date.UTC(2026, 0, 5, 10), 'text', '你好'],
    ['bob@example.com', Date.UTC(2026, 0, 5, 12, 1), 'text', '回复'],
    ['bob@example.com', Date.UTC(2026, 0, 6, 0, 1), 'file', ''],
    ['bob@example.com', Date.UTC(2026, 0, 6, 0, 2), 'recall', ''],
    ['name:Meet', null, 'text', 'no time'],
  ]);
  expect(run.messages[1]).toMatchObject({
    refersTo: 'AAAAx1/t1/t1',
    carried: [{ act: 'quote', sender: 'Alice', text: '你好' }],
    editedAtText: 'Monday, January 5, 2026 at 12:02:00 PM UTC',
  });
  expect(run.messages[2]?.attachments).toMatchObject([{ name: '报价.xlsx', reference: 'File-报价.xlsx' }]);
  expect([...run.conversations.keys()]).toEqual(['AAAAx1']);
  expect(tally(run.ranges).skipped).toBe(0);
});

test('group_info.json beside it names the conversation and its members', async () => {
  const source = {
    ...memorySource('messages.json', fixture(FILE)),
    path: 'Groups/Space AAAAx1/messages.json',
    companion: async (path: string) =>
      path === 'group_info.json' ? fixture('google-chat/Space AAAAx1/group_info.json') : null,
  };
  const events: ImportEvent[] = [];
  const options = { zone: 'UTC', head: readHead(source), conversations: 'all' as const };
  for await (const event of googleChatJson.read(source, options)) events.push(event);
  expect(events.find(({ type }) => type === 'conversations')).toMatchObject({
    conversations: [{ key: 'AAAAx1', name: '采购', type: 'group' }],
  });
  const members = events.flatMap((event) => (event.type === 'memberships' ? event.memberships : []));
  expect(members.map(({ accountKey }) => accountKey)).toContain('carol@example.com');
});

test.each([
  ['Monday, January 5, 2026 at 10:00:00\u202fAM UTC', Date.UTC(2026, 0, 5, 10), null],
  ['Monday, January 5, 2026 at 12:00:00 AM UTC', Date.UTC(2026, 0, 5), null],
  ['Monday, January 5, 2026 at 12:00:00 PM', null, Date.UTC(2026, 0, 5, 12)],
  ['January 5, 2026, 10:00', null, Date.UTC(2026, 0, 5, 10)],
  ['2026-01-05T10:00:00Z', Date.UTC(2026, 0, 5, 10), null],
  ['Monday, January 35, 2026 at 10:00:00 AM UTC', null, null],
  ['Monday, January 5, 2026 at 13:00:00 PM UTC', null, null],
  [undefined, null, null],
])('the time %s', (text, instant, wallTime) => {
  expect(takeoutTime(text)).toEqual({ instant, wallTime });
});

test.each([
  ['DM AbC-1', { id: 'AbC-1', direct: true }],
  ['Space AAAA', { id: 'AAAA', direct: false }],
  ['Photos', null],
  [null, null],
])('the folder %s', (name, expected) => {
  expect(takeoutFolder(name)).toEqual(expected);
});
