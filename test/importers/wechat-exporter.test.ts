/** WechatExporter's files as its templates lay them out: times of its versions, forwarded records, lists of further messages. */
import { describe, expect, test } from 'vitest';
import { wechatExporterHtml } from '../../src/core/importers/chat/wechat/wechat-exporter-html.ts';
import { exporterTime } from '../../src/core/importers/chat/wechat/wechat-exporter-parts.ts';
import { wechatExporterText } from '../../src/core/importers/chat/wechat/wechat-exporter-text.ts';
import type { ImportedMessage } from '../../src/core/importers/importer.ts';
import { rankImporters, readHead } from '../../src/core/importers/sniff.ts';
import { memorySource } from '../../src/core/importers/source.ts';
import { runImporter, tally } from './helpers.ts';

const message = (id: string, name: string, time: string, text: string, extra = '', side = 'left'): string =>
  `\t\t\t\t<div class="msg chat ${side} ${extra}" msgid="${id}" msgtype="1">\n\t\t\t\t\t<div class="avatar-box">\n\t\t\t\t\t\t<img src="Portrait/x.jpg" class="avatar">\n\t\t\t\t\t</div>\n\t\t\t\t\t<div class="nt-box"><span class="dspname ${side}" wxId="wxid_${name}">${name}</span> ${time}</div>\n\t\t\t\t\t<div class="content-box">\n\t\t\t\t\t\t<div class="triangle"></div>\n\t\t\t\t\t\t<span class="dont-break-out msg-text"><pre>${text}</pre></span>\n\t\t\t\t\t</div>\n\t\t\t\t</div>\n`;
const notice = (text: string, extra = ''): string =>
  `\t\t\t\t<div class="msg chat-notice ${extra}" msgid="%%MSGID%%">\n\t\t\t\t\t<div class="content-box">\n\t\t\t\t\t\t<span class="dont-break-out msg-text">${text}</span>\n\t\t\t\t\t</div>\n\t\t\t\t</div>\n`;
const record = (title: string, ...inner: string[]): string =>
  [notice(`&lt;&lt; ${title}`, 'fmsgtag'), ...inner, notice(`${title} 结束 &gt;&gt;`, 'fmsgtag')].join('');
const page = (body: string, scripts = ''): string =>
  `<!doctype html>\n<html>\n\t<head>\n\t\t<meta charset="utf-8">\n\t\t<title>项目群 - 微信聊天记录</title>\n\t</head>\n\t<body>\n${body}\n  </body>\n  ${scripts}\n</html>\n`;

const FORWARD = `${message('7', '甲', '2024-01-05 10:00:00', '群聊的聊天记录')}${record(
  '群聊的聊天记录',
  message('7_a', '丙', '2023-12-01 08:00:00', '外面说的话', 'fmsg'),
  message('7_b', '丁', '2023-12-01 08:01:00', '里面的记录', 'fmsg'),
  record('里面的记录', message('7_c', '戊', '2023-11-01 08:00:00', '更早的话', 'fmsg')),
  message('7_d', '丙', '2023-12-01 08:02:00', '又一句', 'fmsg'),
)}`;
const CARRIED = [
  {
    act: 'forward',
    sender: null,
    text: '群聊的聊天记录',
    sentAtText: null,
    items: [
      { act: 'forward', sender: '丙', text: '外面说的话', sentAtText: '2023-12-01 08:00:00' },
      {
        act: 'forward',
        sender: '丁',
        text: '里面的记录',
        sentAtText: '2023-12-01 08:01:00',
        items: [{ act: 'forward', sender: '戊', text: '更早的话', sentAtText: '2023-11-01 08:00:00' }],
      },
      { act: 'forward', sender: '丙', text: '又一句', sentAtText: '2023-12-01 08:02:00' },
    ],
  },
];

const said = ({ senderName, kind, text }: ImportedMessage): unknown => [senderName, kind, text];

describe('pages', () => {
  const read = (text: string, name = '项目群.html') =>
    runImporter(wechatExporterHtml, name, Buffer.from(text));

  test('the messages of a forwarded record are carried by the one that passed it on, nobody here says them', async () => {
    const run = await read(page(`${FORWARD}${message('8', '乙', '2024-01-05 10:01:00', '看到了')}`));
    expect(run.messages.map(said)).toEqual([
      ['甲', 'forward', '群聊的聊天记录'],
      ['乙', 'text', '看到了'],
    ]);
    expect(run.messages[0]?.carried).toEqual(CARRIED);
    expect([...run.accounts.keys()]).toEqual(['wxid_甲', 'wxid_乙']);
    expect(tally(run.ranges).skipped).toBe(0);
  });

  test('the mark of a record without messages is no message, and a message called so is', async () => {
    const run = await read(
      page(`${message('1', '甲', '2024-01-05 10:00:00', '&lt;&lt; 题')}${notice('你撤回了一条消息')}`),
    );
    expect(run.messages.map(said)).toEqual([
      ['甲', 'text', '<< 题'],
      [null, 'recall', '你撤回了一条消息'],
    ]);
  });

  test('a part of a record whose message is lost belongs to nobody here', async () => {
    const run = await read(page(message('7_a', '丙', '2023-12-01 08:00:00', '外面说的话', 'fmsg')));
    expect(run.messages).toMatchObject([
      { senderKey: null, kind: 'forward', text: '', carried: [{ sender: '丙', text: '外面说的话' }] },
    ]);
    expect(run.accounts.size).toBe(0);
  });

  const more = [
    message('9', '甲', '2024-01-06 10:00:00', '第二页&quot;'),
    FORWARD,
    notice('“乙”撤回了一条消息'),
  ];

  test('further messages in the list of the page’s own script', async () => {
    const list = `<script type="text/javascript">\n    window.moreWechatMsgs = ${JSON.stringify(more)};\n    function load() { return "]"; }\n  </script>`;
    const run = await read(page(message('1', '甲', '2024-01-05 09:00:00', '第一页'), list));
    expect(run.messages.map(said)).toEqual([
      ['甲', 'text', '第一页'],
      ['甲', 'text', '第二页"'],
      ['甲', 'forward', '群聊的聊天记录'],
      [null, 'recall', '“乙”撤回了一条消息'],
    ]);
    expect(run.messages[2]?.carried).toEqual(CARRIED);
    expect(run.facts.assumptions).toEqual({});
    expect(tally(run.ranges).skipped).toBe(0);
  });

  const script = `    (function() {\n        var msgArray = ${JSON.stringify(more)};\n        for (var idx = 0; idx < msgArray.length; idx++)\n        {\n          window.moreWechatMsgs.push(msgArray[idx]);\n        }\n        msgArray = null;\n        loadMsgsForNextPage();\n    })();\n\n\n`;

  test('further messages in a script beside the page, called after the folder above', async () => {
    const source = {
      ...memorySource('msg-1.js', Buffer.from(script)),
      path: '导出/项目群_files/Data/msg-1.js',
    };
    const head = readHead(source);
    expect(rankImporters(head)[0]?.importer).toBe(wechatExporterHtml);
    const keys = new Set<string>();
    let count = 0;
    for await (const event of wechatExporterHtml.read(source, { zone: 'UTC', conversations: 'all', head })) {
      if (event.type !== 'messages') continue;
      count += event.messages.length;
      for (const { conversationKey } of event.messages) keys.add(conversationKey);
    }
    expect([...keys]).toEqual(['name:项目群']);
    expect(count).toBe(3);
  });

  test('damage in the list costs what it hits', async () => {
    const many = Array.from({ length: 6 }, (_, i) =>
      message(String(i), '甲', '2024-01-06 10:00:00', `第${i}条`),
    );
    const whole = `(function() {\n        var msgArray = ${JSON.stringify(many)};\n        window.moreWechatMsgs.push(msgArray[idx]);\n    })();\n`;
    const broken = whole.replace(
      '第1条</pre></span>\\n\\t\\t\\t\\t\\t</div>\\n\\t\\t\\t\\t</div>\\n"',
      '第1条"',
    );
    const lost = whole.replace(
      '第3条</pre></span>\\n\\t\\t\\t\\t\\t</div>\\n\\t\\t\\t\\t</div>\\n",',
      '第3条',
    );
    for (const text of [broken, lost, whole.slice(0, -300)]) {
      const run = await read(text, 'msg-1.js');
      expect(run.messages.length).toBeGreaterThanOrEqual(4);
    }
    expect((await read(whole, 'msg-1.js')).messages).toHaveLength(6);
  });
});

describe('text', () => {
  const read = (text: string) =>
    runImporter(wechatExporterText, '项目群.txt', Buffer.from(`项目群 - 微信聊天记录\n\n${text}`));

  test('a forwarded record between its marks is carried', async () => {
    const run = await read(
      '甲 (2024-01-05 10:00:00):群聊的聊天记录\n系统消息： << 群聊的聊天记录\n丙 (2023-12-01 08:00:00):外面说的话\n丁 (2023-12-01 08:01:00):里面的记录\n<< 里面的记录\n戊 (2023-11-01 08:00:00):更早的话\n里面的记录 结束 >>\n丙 (2023-12-01 08:02:00):又一句\n系统消息： 群聊的聊天记录 结束 >>\n乙 (2024-01-05 10:01:00):看到了\n',
    );
    expect(run.messages.map(said)).toEqual([
      ['甲', 'forward', '群聊的聊天记录'],
      ['乙', 'text', '看到了'],
    ]);
    expect(run.messages[0]?.carried).toEqual(CARRIED);
    expect([...run.accounts.keys()]).toEqual(['name:甲', 'name:乙']);
    expect(tally(run.ranges).skipped).toBe(0);
  });

  test('a mark that nothing closes, or that does not repeat the message above, is words', async () => {
    const run = await read(
      '甲 (2024-01-05 10:00:00):看\n<< 看\n乙 (2024-01-05 10:01:00):什么\n<< 别的\n甲 (2024-01-05 10:02:00):完\n',
    );
    expect(run.messages.map(said)).toEqual([
      ['甲', 'text', '看\n<< 看'],
      ['乙', 'text', '什么\n<< 别的'],
      ['甲', 'text', '完'],
    ]);
  });

  test('times of the first versions, with 12 hours', async () => {
    const run = await read('甲 (2020-01-05 12:10:01 AM):早\n乙 (2020-01-05 03:00:00 PM):晚\n');
    expect(run.messages.map(({ text, sentAtText, wallTime }) => [text, sentAtText, wallTime])).toEqual([
      ['早', '2020-01-05 12:10:01 AM', Date.UTC(2020, 0, 5, 0, 10, 1)],
      ['晚', '2020-01-05 03:00:00 PM', Date.UTC(2020, 0, 5, 15)],
    ]);
  });
});

test.each([
  ['2023-11-13 12:10:01 PM', Date.UTC(2023, 10, 13, 12, 10, 1)],
  ['2023-11-13 12:10:01 AM', Date.UTC(2023, 10, 13, 0, 10, 1)],
  ['2023-11-13 01:10:01 下午', Date.UTC(2023, 10, 13, 13, 10, 1)],
  ['2023-11-13 23:10:01', Date.UTC(2023, 10, 13, 23, 10, 1)],
  ['2023-02-30 01:10:01', null],
])('the time %s', (text, wallTime) => {
  expect(exporterTime(text)).toEqual({ instant: null, wallTime });
});

test('a page of the first versions has its times with 12 hours, too', async () => {
  const run = await runImporter(
    wechatExporterHtml,
    '甲.html',
    Buffer.from(page(message('1', '甲', '2023-11-13 01:10:01 PM', '午后'))),
  );
  expect(run.messages[0]).toMatchObject({
    sentAtText: '2023-11-13 01:10:01 PM',
    wallTime: Date.UTC(2023, 10, 13, 13, 10, 1),
  });
});
