import { expect, test } from 'vitest';
import { signalBackupHtml } from '../../src/core/importers/chat/signal/signal-backup-html.ts';
import { signalBackupText } from '../../src/core/importers/chat/signal/signal-backup-text.ts';
import { fixture, importBytes, runImporter, sniffed, tally } from './helpers.ts';

test('text: notices, further lines, reactions, files, polls', async () => {
  const file = 'signal_backup_Jane (_id12).txt';
  expect(sniffed(file, fixture(file))).toBe(signalBackupText);
  const run = await importBytes('Jane Doe (_id12).txt', fixture(file));
  expect(run.messages.map(({ senderKey, kind, text }) => [senderKey, kind, text.split('\n')[0]])).toEqual([
    [null, 'system', 'You are now connected with Jane Doe.'],
    ['name:Jane Doe', 'text', 'first line'],
    ['name:Me', 'text', 'agreed'],
    ['name:Jane Doe', 'file', ''],
    ['name:Me', 'image', ''],
    ['name:Me', 'vote', 'Poll: When?'],
    [null, 'call', 'Missed voice call'],
  ]);
  expect(run.messages[1]).toMatchObject({
    text: 'first line\n\nthird line (with brackets: yes)',
    wallTime: Date.UTC(2026, 0, 5, 10, 0, 5),
    extra: { reactions: 'Me: ★; Ann Lee: ☆' },
  });
  expect(run.messages[3]?.attachments).toMatchObject([{ kind: 'file', name: '报价.xlsx' }]);
  expect(run.conversations.get('name:Jane Doe')).toMatchObject({ name: 'Jane Doe', type: 'direct' });
  expect(tally(run.ranges).skipped).toBe(0);
});

test('text: a damaged head is named, not put into the mouth of the one before', async () => {
  const bytes = fixture('signal_backup_Jane (_id12).txt')
    .toString('utf8')
    .replace('[Jan 05, 2026 10:01', '#Jan 05, 2026 10:01');
  const run = await runImporter(signalBackupText, 'a.txt', Buffer.from(bytes));
  expect(run.messages).toHaveLength(6);
  expect(tally(run.ranges).skips).toEqual({ 'bad-row': 1 });
});

test('page of a group: names, quotes, edits, reactions, files, deleted messages', async () => {
  const file = 'signal_backup_page.html';
  expect(sniffed(file, fixture(file))).toBe(signalBackupHtml);
  const run = await importBytes(file, fixture(file));
  expect(
    run.messages.map(({ platformId, senderKey, kind, text }) => [platformId, senderKey, kind, text]),
  ).toEqual([
    ['1', null, 'system', 'Jane Doe added Ann Lee.'],
    ['2', 'name:Jane Doe', 'text', 'first line\n★ <div class="msg msg-incoming">'],
    ['3', 'name:You', 'quote', 'agreed'],
    ['4', 'name:Ann Lee', 'image', ''],
    ['5', null, 'recall', 'This message was deleted.'],
  ]);
  expect(run.messages[2]).toMatchObject({
    carried: [{ act: 'quote', sender: 'Jane Doe', text: 'first line' }],
    extra: { edited: true },
  });
  expect(run.messages[3]?.attachments).toMatchObject([
    { kind: 'image', reference: 'media/Attachment_7_8.jpg' },
    { kind: 'file', name: '报价.xlsx', reference: 'media/Attachment_9_10.xlsx' },
  ]);
  expect(run.conversations.get('name:Deals & more')).toMatchObject({ type: 'group' });
  expect(tally(run.ranges).skipped).toBe(0);
});

test('page of a direct chat: the title is the other side, who also deleted', async () => {
  const page = fixture('signal_backup_page.html')
    .toString('utf8')
    .replace(/ *<span class="msg-name msg-name-\d">[^<]*<\/span>\n/g, '')
    .replace('Deals &amp; more</title>', 'Jane Doe</title>');
  const run = await runImporter(signalBackupHtml, 'Jane Doe.html', Buffer.from(page));
  expect(run.messages.map(({ senderKey }) => senderKey)).toEqual([
    null,
    'name:Jane Doe',
    'name:You',
    'name:Jane Doe',
    'name:Jane Doe',
  ]);
  expect(run.conversations.get('name:Jane Doe')?.type).toBe('direct');
});

test.each([
  ['one sign', 'yes (Ann Lee: 👍)', 'yes', 'Ann Lee: 👍'],
  ['a heart of two code points', 'yes (Ann Lee: ❤️; Me: 😂)', 'yes', 'Ann Lee: ❤️; Me: 😂'],
  ['own words in parentheses', 'yes (Ann: tomorrow)', 'yes (Ann: tomorrow)', undefined],
  ['a time in parentheses', 'call (at: 10)', 'call (at: 10)', undefined],
])('reactions: %s', async (_, body, text, reactions) => {
  const line = `[Jan 05, 2026 10:00:00] <Jane Doe> ${body}\n[Jan 05, 2026 10:00:01] <Me> ok\n`;
  const [message] = (await runImporter(signalBackupText, 'a.txt', Buffer.from(line))).messages;
  expect(message).toMatchObject({ text, extra: reactions === undefined ? null : { reactions } });
});
