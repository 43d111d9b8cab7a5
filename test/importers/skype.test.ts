import { expect, test } from 'vitest';
import { skypeBody, skypeKind, threadActivity } from '../../src/core/importers/chat/skype/skype-body.ts';
import { skypeJson } from '../../src/core/importers/chat/skype/skype-json.ts';
import { fixture, importBytes, runImporter, sniffed, tally } from './helpers.ts';

const FILE = 'skype_messages.json';

test('two chats, newest first in the file: quotes, edits, files, calls, notices, members', async () => {
  expect(sniffed(FILE, fixture(FILE))).toBe(skypeJson);
  const run = await importBytes(FILE, fixture(FILE));
  expect(run.facts.assumptions).toEqual({ order: 'newest-first' });
  expect(
    run.messages.map(({ conversationKey, senderKey, kind, text }) => [
      conversationKey,
      senderKey,
      kind,
      text,
    ]),
  ).toEqual([
    ['19:abc@thread.skype', null, 'system', 'add member: 8:live:.cid.bob, 8:live:alice (by 8:live:me)'],
    ['19:abc@thread.skype', null, 'system', 'topic update: Team (by 8:live:me)'],
    ['19:abc@thread.skype', '8:live:.cid.bob', 'image', ''],
    ['19:abc@thread.skype', '8:live:.cid.bob', 'vote', 'lunch?'],
    ['8:live:alice', '8:live:alice', 'text', 'see & buy\nMe  now'],
    ['8:live:alice', '8:live:me', 'quote', 'no thanks :)'],
    ['8:live:alice', '8:live:alice', 'file', ''],
    ['8:live:alice', '8:live:alice', 'recall', ''],
    ['8:live:alice', '8:live:me', 'call', 'call ended: Alice 65 s, Me 65 s'],
  ]);
  expect(run.messages[4]).toMatchObject({
    platformId: '1767600005000',
    instant: Date.UTC(2026, 0, 5, 10, 5),
    extra: { links: [{ text: 'buy', href: 'https://example.com/x' }] },
  });
  expect(run.messages[5]).toMatchObject({
    refersTo: '1767600005000',
    editedAtText: '1767600066000',
    carried: [{ act: 'quote', sender: 'Alice', text: 'see & buy' }],
  });
  expect(run.messages[6]?.attachments).toMatchObject([{ kind: 'file', name: '报价.xlsx', size: 311_296 }]);
  expect(run.accounts.get('8:live:me')?.fields).toEqual({ self: 'true' });
  expect(run.conversations.get('19:abc@thread.skype')).toMatchObject({ name: 'Team', type: 'group' });
  expect(run.memberships.filter(({ from }) => from !== null).map(({ accountKey }) => accountKey)).toEqual([
    '8:live:.cid.bob',
    '8:live:alice',
  ]);
  expect(tally(run.ranges).skipped).toBe(0);
});

test('only the chosen chat is kept, and the list names both', async () => {
  const run = await runImporter(skypeJson, FILE, fixture(FILE), { conversations: new Set(['8:live:alice']) });
  expect(run.messages).toHaveLength(5);
});

test.each([
  ['Text', 'a <b> & c', 'a <b> & c'],
  ['RichText', 'a &lt;b&gt; <b raw_pre="*" raw_post="*">c</b>', 'a <b> c'],
  ['RichText', '<ss type="laugh">:D</ss> <at id="8:x">Bo</at>', ':D Bo'],
  ['RichText', 'one\n  two', 'one\n  two'],
])('words of %s: %s', (type, content, text) => {
  expect(skypeBody(content, type).text).toBe(text);
});

test.each([
  ['ThreadActivity/PictureUpdate', 'system'],
  ['RichText/Media_AudioMsg', 'voice'],
  ['RichText/Media_Invented', 'other'],
  ['Notice', 'system'],
])('the kind of %s', (type, kind) => {
  expect(skypeKind(type)).toBe(kind);
});

test('who removes himself leaves', () => {
  const content =
    '<deletemember><eventtime>1</eventtime><initiator>8:bo</initiator><target>8:bo</target></deletemember>';
  expect(threadActivity(content, 'ThreadActivity/DeleteMember')).toMatchObject({
    act: 'leave',
    targets: ['8:bo'],
  });
});
