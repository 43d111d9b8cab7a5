import { describe, expect, test } from 'vitest';
import { telegramHtml } from '../../src/core/importers/chat/telegram/telegram-html.ts';
import { pageTime } from '../../src/core/importers/chat/telegram/telegram-html-message.ts';
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
    ['17', null, 'vote', '团建去哪\nAnonymous poll\n- 山\n- 海', null],
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

/** A page as the exporter lays it out: a chat's heading, then messages. */
function page(title: string, messages: readonly string[]): Buffer {
  return Buffer.from(
    `<!DOCTYPE html>\n<html>\n\n <body onload="CheckLocation();">\n\n  <div class="page_wrap">\n\n   <div class="page_header">\n\n    <div class="content">\n\n     <div class="text bold">\n${title} \n     </div>\n\n    </div>\n\n   </div>\n\n   <div class="page_body chat_page">\n\n    <div class="history">\n${messages.join('')}\n    </div>\n\n   </div>\n\n  </div>\n\n </body>\n\n</html>\n`,
  );
}

const service = (id: number, text: string): string =>
  `\n     <div class="message service" id="message${id}">\n\n      <div class="body details">\n${text}\n      </div>\n\n     </div>\n`;
const block = (name: string, inner: string): string =>
  `\n       <div class="${name}">\n${inner}\n       </div>\n`;
const message = (id: number, name: string | null, inner: string): string =>
  `\n     <div class="message default clearfix${name === null ? ' joined' : ''}" id="message${id}">\n\n      <div class="body">\n\n       <div class="pull_right date details" title="01.03.2024 09:15:00 UTC+08:00">\n09:15\n       </div>\n${name === null ? '' : block('from_name', name)}${inner}\n      </div>\n\n     </div>\n`;
const generic = (classes: string, title: string, status: string, description = ''): string =>
  `\n       <div class="media_wrap clearfix">\n\n        <div class="media clearfix pull_left ${classes}">\n\n         <div class="fill pull_left">\n\n         </div>\n\n         <div class="body">\n${block('title bold', title)}${description === '' ? '' : block('description', description)}${block('status details', status)}\n         </div>\n\n        </div>\n\n       </div>\n`;

describe('as the exporter writes', () => {
  const read = async (messages: readonly string[], title = '采购群') =>
    runImporter(telegramHtml, 'messages.html', page(title, messages));

  test('a bot behind the name is not part of it, in the message and in a forwarded body', async () => {
    const run = await read([
      message(5, 'Bo via @gif', block('text', '看')),
      message(
        6,
        'Bo ',
        block(
          'forwarded body',
          `${block('from_name', 'News via @feed<span class="date details" title="29.02.2024 08:00:00 UTC+08:00"> 29.02.2024 08:00:00</span>')}${block('reply_to details', 'In reply to <a href="messages2.html#go_to_message3">this message</a>')}${block('text', '转来')}${block('signature details', '编辑部')}`,
        ),
      ),
    ]);
    expect(run.messages.map(({ senderKey, extra, refersTo }) => [senderKey, extra, refersTo])).toEqual([
      ['name:Bo', { via: '@gif' }, null],
      ['name:Bo', { forwarded_from: 'News', via: '@feed', author: '编辑部' }, '3'],
    ]);
  });

  test('messages from before a group became a supergroup have ids below -900,000,000 and are no headings', async () => {
    const run = await read([
      service(-1, '1 March 2024'),
      service(-999_999_990, 'Mei created group &laquo;采购&raquo;'),
      message(-999_999_989, 'Mei', block('text', '旧群')),
      message(
        -999_999_988,
        null,
        `${block('reply_to details', 'In reply to <a href="#go_to_message-999999989" onclick="return GoToMessage(-999999989)">this message</a>')}${block('text', '答')}`,
      ),
    ]);
    expect(run.messages.map(({ platformId, kind, refersTo }) => [platformId, kind, refersTo])).toEqual([
      ['-999999990', 'system', null],
      ['-999999989', 'text', null],
      ['-999999988', 'text', '-999999989'],
    ]);
  });

  test('words are kept as written: spaces, code, quotes and line breaks', async () => {
    const text =
      '一  二<br><pre>  if (x)<br>    y</pre><br>后 <blockquote>引</blockquote>完<br><span class="spoiler hidden" onclick="ShowSpoiler(this)"><span aria-hidden="true">密</span></span>';
    const run = await read([message(1, 'Bo', block('text', text))]);
    expect(run.messages[0]?.text).toBe('一  二\n  if (x)\n    y\n后 引完\n密');
  });

  test('people whose accounts are gone are not made one person, except in a chat with one', async () => {
    const messages = [
      message(1, 'Deleted Account', block('text', '一')),
      message(2, null, block('text', '二')),
    ];
    const group = await read(messages);
    expect(group.messages.map(({ senderKey, senderName, flags }) => [senderKey, senderName, flags])).toEqual([
      [null, 'Deleted Account', ['sender-unknown']],
      [null, 'Deleted Account', ['sender-unknown']],
    ]);
    const direct = await read(messages, 'Deleted Account');
    expect(direct.messages.map(({ senderKey }) => senderKey)).toEqual([
      'name:Deleted Account',
      'name:Deleted Account',
    ]);
  });

  test.each([
    ['media_photo', 'Sticker', 'sticker', null],
    ['media_photo', 'Photo', 'image', null],
    ['media_photo', 'Self-destructing photo', 'image', null],
    ['media_video', 'Video message', 'video', null],
    ['media_video', 'Animation', 'video', null],
    ['media_voice_message', 'Voice message', 'voice', null],
    ['media_audio_file', 'Mei – Song', 'file', 'Mei – Song'],
    ['media_file', '报价.xlsx', 'file', '报价.xlsx'],
  ])('media left out of the export: %s %s', async (classes, title, kind, name) => {
    const run = await read([
      message(
        1,
        'Bo',
        generic(classes, title, '00:05, 1.0 MB', 'Not included, change data exporting settings to download.'),
      ),
    ]);
    expect(run.messages[0]).toMatchObject({ kind, attachments: [{ kind, name, reference: null }] });
  });

  test('buttons of a bot and who reacted are kept', async () => {
    const buttons =
      '\n<table class="bot_buttons_table">\n<tbody>\n<tr>\n<td class="bot_button_row">\n<div class="bot_button">\n<a href="https://example.com/join" =""><div>\n进群\n</div>\n</a>\n</div>\n<div class="bot_button_column_separator">\n</div>\n<div class="bot_button">\n<a ="" onclick="return ShowTextCopied(&apos;Data: buy | Type: callback&apos;);"><div>\n买\n</div>\n</a>\n</div>\n</td>\n</tr>\n</tbody>\n</table>\n';
    const reactions =
      '\n<span class="reactions">\n<span class="reaction active">\n<span class="emoji">\n👍\n</span>\n<span class="userpics">\n<div class="userpic userpic2" style="width: 20px; height: 20px">\n<div class="initials" style="line-height: 20px" title="Mei Li">\nML\n</div>\n</div>\n</span>\n<span class="count">\n3\n</span>\n</span>\n</span>\n';
    const run = await read([message(1, 'Bot', `${block('text', '入口')}${buttons}${reactions}`)]);
    expect(run.messages[0]?.text).toBe('入口');
    expect(run.messages[0]?.extra).toEqual({
      buttons: [
        { text: '进群', target: 'https://example.com/join' },
        { text: '买', target: 'Data: buy | Type: callback' },
      ],
      reactions: ['👍 Mei Li 3'],
    });
  });

  test('a chat without messages has none', async () => {
    const run = await read([service(-1, 'No exported messages')]);
    expect(run.messages).toEqual([]);
    expect(tally(run.ranges).skipped).toBe(0);
  });
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
