import { describe, expect, test } from 'vitest';
import { telegramHtml } from '../../src/core/importers/chat/telegram-html.ts';
import { pageTime } from '../../src/core/importers/chat/telegram-html-message.ts';
import { fixture, importBytes, runImporter, sniffed, tally } from './helpers.ts';

const FILE = 'telegram_messages.html';

test('names, joined messages, replies, media, forwards, polls, notices, days', async () => {
  expect(sniffed(FILE, fixture(FILE))).toBe(telegramHtml);
  const run = await importBytes(FILE, fixture(FILE));
  expect(
    run.messages.map(({ platformId, senderKey, kind, text, refersTo }) => [
      platformId,
      senderKey,
      kind,
      text,
      refersTo,
    ]),
  ).toEqual([
    ['10', null, 'system', 'Mei created group «采购»', null],
    ['11', 'name:Mei', 'text', '现货充足，加 这里\n第二行 <b>', null],
    ['12', 'name:Mei', 'text', '还是我', null],
    ['13', 'name:Bo', 'text', '多少钱', '11'],
    ['14', 'name:Bo', 'image', '看图', null],
    ['15', 'name:Mei', 'file', '', null],
    ['16', 'name:Mei', 'text', '转来的话', null],
    ['17', 'name:Deleted Account', 'vote', '团建去哪\nAnonymous poll\n- 山\n- 海', null],
    ['18', 'name:Mei', 'text', '旧版没有时区', null],
    ['19', null, 'system', 'Bo pinned this message', '11'],
  ]);
  expect(run.messages[1]).toMatchObject({
    instant: Date.UTC(2024, 2, 1, 1, 15),
    extra: { links: [{ text: '这里', href: 'https://example.com/x' }] },
  });
  expect(run.messages[2]?.extra).toEqual({ reactions: ['👍 2'] });
  expect(run.messages[3]?.extra).toEqual({ via: '@pricebot' });
  expect(run.messages[4]?.attachments).toMatchObject([{ kind: 'image', reference: 'photos/photo_1.jpg' }]);
  expect(run.messages[5]?.attachments).toMatchObject([
    { kind: 'file', name: '报价.xlsx', reference: 'files/报价.xlsx' },
  ]);
  expect(run.messages[6]).toMatchObject({ forwarded: true, extra: { forwarded_from: '远方频道' } });
  expect(run.messages[8]).toMatchObject({ instant: null, wallTime: Date.UTC(2024, 2, 2, 0, 0, 1) });
  expect([...run.conversations.values()]).toMatchObject([{ key: 'name:采购 & 销售', name: '采购 & 销售' }]);
  expect(run.facts.needsZone).toBe(true);
  expect(tally(run.ranges).skipped).toBe(0);
});

describe('damage', () => {
  const page = fixture(FILE).toString('utf8');

  test('whoever follows a broken message is not given the sender above it', async () => {
    const broken = page.replace(
      '<div class="message default clearfix" id="message13">',
      '<div class="mxssage">',
    );
    const run = await runImporter(telegramHtml, FILE, Buffer.from(broken));
    expect(run.messages.find(({ platformId }) => platformId === '14')).toMatchObject({
      senderKey: null,
      flags: ['sender-unknown'],
    });
    expect(run.messages.find(({ platformId }) => platformId === '15')).toMatchObject({
      senderKey: 'name:Mei',
    });
    expect(tally(run.ranges).skips).toEqual({ 'unattached-text': 1 });
  });

  test('a message that the end cuts is named, not half read', async () => {
    const cut = page.slice(0, page.indexOf('第二行'));
    const run = await runImporter(telegramHtml, FILE, Buffer.from(cut));
    expect(run.messages.map(({ platformId }) => platformId)).toEqual(['10']);
    expect(tally(run.ranges).skips).toEqual({ truncated: 1 });
  });
});

test.each([
  ['02.07.2020 12:13:14', null, Date.UTC(2020, 6, 2, 12, 13, 14)],
  ['02.07.2020 12:13:14 UTC+03:00', Date.UTC(2020, 6, 2, 9, 13, 14), null],
  ['02.07.2020 12:13:14 UTC-03:30', Date.UTC(2020, 6, 2, 15, 43, 14), null],
  ['31.02.2020 12:13:14', null, null],
  ['12:13', null, null],
])('the time %s', (text, instant, wallTime) => {
  expect(pageTime(text)).toEqual({ instant, wallTime });
});
