import { describe, expect, test } from 'vitest';
import { repairText, repairValue } from '../../src/core/importers/chat/meta/mojibake.ts';
import { rankImporters, readHead } from '../../src/core/importers/sniff.ts';
import { memorySource } from '../../src/core/importers/source.ts';
import { fixture, importBytes, sniffed, tally } from './helpers.ts';

describe.each([
  ['messenger_message_1.json', 'messenger-download-json', 'wangfang_1'],
  ['instagram_message_1.json', 'instagram-download-json', 'wangfang_17841'],
])('%s', (file, importer, key) => {
  test('order restored, mojibake repaired and flagged', async () => {
    expect(sniffed(file, fixture(file)).id).toBe(importer);
    const run = await importBytes(file, fixture(file));
    expect(
      run.messages.map(({ senderKey, instant, kind, text }) => [senderKey, instant, kind, text]),
    ).toEqual([
      [null, 1700000000000, 'text', 'nobody'],
      ['name:José', 1700000001000, 'voice', ''],
      ['name:José', 1700000001000, 'call', 'missed'],
      ['name:王芳', 1700000002000, 'image', '看图'],
      ['name:王芳', 1700000003000, 'link', 'https://example.com/x'],
      ['name:王芳', 1700000004000, 'recall', ''],
      ['name:José', 1700000005000, 'text', '再见 👋'],
    ]);
    expect(run.messages[0]?.flags).toEqual(['sender-unknown']);
    expect(run.messages[3]?.flags).toEqual(['mojibake-repaired']);
    expect(run.messages[4]?.carried).toEqual([
      { act: 'forward', sender: 'someone', text: '别人的话', sentAtText: null },
    ]);
    expect(run.messages[6]?.extra).toEqual({ reactions: [{ reaction: '❤', actor: '王芳' }] });
    expect(run.facts.assumptions).toEqual({ order: 'newest-first' });
    expect([...run.conversations.values()]).toMatchObject([{ key, name: '王芳', type: 'direct' }]);
    expect(tally(run.ranges).skipped).toBe(0);
  });
});

test('the encrypted chats of Messenger, which are oldest first and no mojibake', async () => {
  const run = await importBytes('messenger_e2ee.json', fixture('messenger_e2ee.json'));
  expect(run.messages.map(({ senderKey, kind, text, flags }) => [senderKey, kind, text, flags])).toEqual([
    ['name:王芳', 'text', '加密的话', []],
    ['name:José', 'image', '', []],
    ['name:José', 'recall', '', []],
  ]);
  expect(run.facts.assumptions).toEqual({});
});

test('a file that mentions neither app is offered as both', () => {
  const file = {
    participants: [{ name: 'A' }],
    messages: [{ sender_name: 'A', timestamp_ms: 1, content: 'x' }],
  };
  const head = readHead(memorySource('message_1.json', Buffer.from(JSON.stringify(file))));
  expect(rankImporters(head).map(({ importer }) => importer.id)).toEqual([
    'messenger-download-json',
    'instagram-download-json',
  ]);
});

test.each([
  ['Ã©', 'é'],
  ['\u00e4\u00bd\u00a0\u00e5\u00a5\u00bd', '你好'],
  ['é', 'é'],
  ['plain', 'plain'],
  ['你好 Ã©', '你好 Ã©'],
  ['\u00f0\u009f\u0091\u008b', '👋'],
])('%s reads %s', (written, meant) => {
  expect(repairText(written)).toBe(meant);
});

test('names of members are repaired too, and nothing else changes', () => {
  const value = { a: [1, null, 'x'] };
  expect(repairValue(value)).toBe(value);
  expect(repairValue({ 'Ã©': ['Ã©'] })).toEqual({ é: ['é'] });
});
