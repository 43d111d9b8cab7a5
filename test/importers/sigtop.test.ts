import { expect, test } from 'vitest';
import { signalSigtopText } from '../../src/core/importers/chat/signal/signal-sigtop-text.ts';
import { fixture, importBytes, sniffed, tally } from './helpers.ts';

test('text: fields, quotes, files, versions of an edited message, notices', async () => {
  const file = 'sigtop_jane.txt';
  expect(sniffed(file, fixture(file))).toBe(signalSigtopText);
  const run = await importBytes(file, fixture(file));
  expect(run.messages.map(({ senderKey, kind, text }) => [senderKey, kind, text])).toEqual([
    ['+15550100123', 'text', 'first line\n\nFrom: nobody\nsaid so'],
    ['name:You', 'quote', 'agreed'],
    ['+15550100123', 'file', ''],
    ['name:You', 'text', 'new words'],
    [null, 'system', '[keychange]'],
  ]);
  expect(run.messages[0]).toMatchObject({
    instant: Date.UTC(2026, 0, 5, 2),
    extra: { received: 'Mon, 5 Jan 2026 10:00:02 +0800', reactions: ['👍 from You'] },
  });
  expect(run.messages[1]?.carried).toEqual([
    {
      act: 'quote',
      sender: 'Jane Doe',
      text: 'first line\n\nthird line',
      sentAtText: 'Mon, 5 Jan 2026 10:00:00 +0800',
    },
  ]);
  expect(run.messages[2]?.attachments).toMatchObject([
    { kind: 'file', name: '报价.xlsx', size: 3112 },
    { kind: 'image', name: null, size: 99 },
  ]);
  expect(run.messages[3]).toMatchObject({
    editedAtText: 'Mon, 5 Jan 2026 10:04:00 +0800',
    extra: { versions: 'Version: 1\nSent: Mon, 5 Jan 2026 10:03:00 +0800\n\nold words' },
  });
  expect(run.conversations.get('+15550100123')).toMatchObject({ name: 'Jane Doe', type: 'direct' });
  expect(tally(run.ranges).skipped).toBe(0);
});

test('a file that ends with a sender alone: cut off, not put into the mouth of the one before', async () => {
  const file = 'sigtop_jane.txt';
  const bytes = fixture(file);
  const end = bytes.indexOf('From: nobody\n') + 'From: nobody\n'.length;
  const run = await importBytes(file, bytes.subarray(0, end));
  expect(run.messages.map(({ text }) => text)).toEqual(['first line']);
  expect(tally(run.ranges).skipped).toBeGreaterThan(0);
});

test('short text: details before the words, notices, further lines', async () => {
  const file = 'sigtop_short.txt';
  expect(sniffed(file, fixture(file))).toBe(signalSigtopText);
  const run = await importBytes(file, fixture(file));
  expect(run.messages.map(({ senderKey, kind, text }) => [senderKey, kind, text])).toEqual([
    ['name:Jane Doe', 'text', 'first line\nsecond line'],
    ['name:You', 'quote', 'agreed: yes'],
    ['name:Jane Doe', 'file', ''],
    [null, 'system', '[keychange message]'],
    ['name:You', 'text', '[draft] not a detail'],
  ]);
  expect(run.messages[1]?.attachments).toHaveLength(1);
  expect(run.messages[0]?.wallTime).toBe(Date.UTC(2026, 0, 5, 10));
  expect(tally(run.ranges).skipped).toBe(0);
});
