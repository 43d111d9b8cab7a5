/** Spellings of other countries, versions and phones: each is the same few messages. */
import { describe, expect, test } from 'vitest';
import { takeoutTime } from '../../src/core/importers/chat/google-chat/google-chat-dates.ts';
import { fixture, importBytes, runImporter, sniffed } from './helpers.ts';

const shown = async (name: string, text: string) =>
  (await importBytes(name, Buffer.from(text))).messages.map(
    ({ instant, wallTime, senderKey, kind, text }) => [
      new Date(instant ?? wallTime ?? Number.NaN).toISOString().slice(0, 16),
      senderKey?.replace('name:', '') ?? null,
      kind,
      text,
    ],
  );

describe('WhatsApp', () => {
  const first = '2021-06-13T21:25';
  const second = '2021-06-14T09:26';
  test.each([
    ['Arabic digits', '١٣‏/٠٦‏/٢٠٢١، ٩:٢٥ م - A: x\n١٤‏/٠٦‏/٢٠٢١، ٩:٢٦ ص - B: y\n'],
    ['Bengali digits', '১৩/৬/২১, ৯:২৫ PM - A: x\n১৪/৬/২১, ৯:২৬ AM - B: y\n'],
    ['the Persian calendar', '۱۴۰۰/۳/۲۳، ۲۱:۲۵ - A: x\n۱۴۰۰/۳/۲۴، ۹:۲۶ - B: y\n'],
    ['the Buddhist calendar', '13/6/2564 21:25 - A: x\n14/6/2564 09:26 - B: y\n'],
    ['Spanish halves of the day', '13/6/2021, 9:25 p. m. - A: x\n14/6/2021, 9:26 a. m. - B: y\n'],
    ['Chinese halves of the day', '2021/6/13 晚上9:25 - A: x\n2021/6/14 上午9:26 - B: y\n'],
    ['Japanese halves of the day', '2021/06/13 午後9:25 - A: x\n2021/06/14 午前9:26 - B: y\n'],
    ['Korean', '2021. 6. 13. 오후 9:25 - A: x\n2021. 6. 14. 오전 9:26 - B: y\n'],
    ['Bulgarian', '13.06.21 г., 21:25 ч. - A: x\n14.06.21 г., 09:26 ч. - B: y\n'],
    ['Finnish', '13.6.2021 klo 21.25 - A: x\n14.6.2021 klo 9.26 - B: y\n'],
    ['Indonesian', '13/06/21 21.25 - A: x\n14/06/21 09.26 - B: y\n'],
    ['French', '13/06/2021 à 21:25 - A: x\n14/06/2021 à 09:26 - B: y\n'],
    ['no space after the name', '[2021/6/13 21:25:00] A:x\n[2021/6/14 09:26:00] B:y\n'],
    ['a narrow space before PM', '6/13/21, 9:25\u202fPM - A: x\n6/14/21, 9:26\u202fAM - B: y\n'],
  ])('%s', async (_, text) => {
    expect(await shown('WhatsApp Chat with B.txt', text)).toEqual([
      [first, 'A', 'text', 'x'],
      [second, 'B', 'text', 'y'],
    ]);
  });

  test('a name before a colon without a space wins over a colon in the words', async () => {
    expect(await shown('_chat.txt', '[2021/6/13 21:25:00] A:see https://a.example: x\n')).toEqual([
      [first, 'A', 'text', 'see https://a.example: x'],
    ]);
  });

  test.each([
    ['‎이미지 생략됨', 'image'],
    ['‎görüntü dahil edilmedi', 'image'],
    ['<המדיה לא נכללה>', 'other'],
    ['IMG.jpg（文件附件）', 'image'],
    ['此消息已被删除', 'recall'],
  ])('%s is %s', async (text, kind) => {
    const [, message] = await shown('_chat.txt', `13.06.21, 21:25 - A: x\n13.06.21, 21:26 - B: ${text}\n`);
    expect(message?.[2]).toBe(kind);
  });
});

describe('LINE', () => {
  test.each([
    ['Thai, day first', '[LINE] ประวัติการแชทกับ B\nบันทึกเมื่อ 05/02/2567 10:00\n\nศ., 05/02/2567\n09:15\tA\tx\n'],
    ['Korean', '[LINE] B님과의 대화\n저장한 날짜 : 2024.02.05 10:00\n\n2024.02.05 월요일\n오전 9:15\tA\tx\n'],
    ['Japanese era', '[LINE] Bとのトーク履歴\n保存日時：2024/02/05 10:00\n\nR6/02/05(月)\n9:15\tA\tx\n'],
  ])('%s', async (_, text) => {
    const run = await importBytes('line.txt', Buffer.from(text));
    expect([...run.conversations.values()][0]).toMatchObject({ name: 'B', type: 'direct' });
    expect(run.ranges.filter(({ kind }) => kind === 'skipped')).toEqual([]);
    expect(await shown('line.txt', text)).toEqual([['2024-02-05T09:15', 'A', 'text', 'x']]);
  });

  test('the order of day and month is the one in which time does not run backwards', async () => {
    const text = ['12/01/2024', '01/02/2024', '02/02/2024']
      .map((day) => `ven, ${day}\n09:15\tA\tx\n`)
      .join('\n');
    const run = await importBytes(
      '[LINE] Chat with A.txt',
      Buffer.from(`[LINE] Chat history with A\n\n${text}`),
    );
    expect(run.facts.assumptions).toMatchObject({ dateOrder: 'DMY', dateOrderBasis: 'sequence' });
  });
});

test('a notice on the head line of a QQ export is nobody’s message', async () => {
  const text = [
    '消息对象:群',
    '================================================================',
    '',
    '2021-06-13 21:25:10 张三(12345678)\r\n你好\r\n',
    '2021-06-13 21:26:10 张三撤回了一条消息\r\n\r\n',
  ].join('\r\n');
  expect(await shown('群.txt', text)).toEqual([
    ['2021-06-13T21:25', '12345678', 'text', '你好'],
    ['2021-06-13T21:26', '12345678', 'recall', '张三撤回了一条消息'],
  ]);
});

test.each([
  'Monday, January 5, 2026 at 10:00:00\u202fAM UTC',
  'Montag, 5. Januar 2026 um 10:00:00 UTC',
  'lundi 5 janvier 2026 à 10:00:00 UTC',
  'lunes, 5 de enero de 2026, 10:00:00 UTC',
  '2026年1月5日月曜日 10時00分00秒 UTC',
  '2026年1月5日星期一 UTC 上午10:00:00',
  '2026년 1월 5일 월요일 오전 10시 00분 00초 UTC',
  'Monday, January 5, 2026 at 6:00:00 PM GMT+8',
])('Takeout: %s is one moment', (text) => {
  expect(takeoutTime(text)).toEqual({ instant: Date.UTC(2026, 0, 5, 10), wallTime: null });
});

test.each(['Monday, January 35, 2026 at 10:00:00 AM UTC', 'Monday, January 5, 2026 at 13:00 AM', 'soon', ''])(
  'Takeout: %s is no time',
  (text) => {
    expect(takeoutTime(text)).toEqual({ instant: null, wallTime: null });
  },
);

test('Signal with seconds is told from WhatsApp by its Markdown', async () => {
  const text = '[2024-01-05 10:00:00] Jane: hello\n[2024-01-05 10:00:10] Me: ok ![a.jpg](./media/a.jpg)\n';
  expect(sniffed('chat.txt', Buffer.from(text)).id).toBe('signal-desktop-text');
  expect(sniffed('chat.txt', Buffer.from(text.replace('![a.jpg](./media/a.jpg)', ''))).id).toBe(
    'whatsapp-export-text',
  );
  expect((await shown('chat.txt', text)).map(([at, who]) => [at, who])).toEqual([
    ['2024-01-05T10:00', 'Jane'],
    ['2024-01-05T10:00', 'Me'],
  ]);
});

test('a page of Feishu in one line is a document', async () => {
  const item = {
    message_id: 'om_1',
    msg_type: 'text',
    create_time: '1700000000000',
    chat_id: 'oc_1',
    sender: { id: 'ou_1', id_type: 'open_id', sender_type: 'user' },
    body: { content: '{"text":"hi"}' },
  };
  const page = JSON.stringify({ code: 0, msg: 'success', data: { has_more: false, items: [item] } });
  expect(await shown('page.json', page)).toEqual([['2023-11-14T22:13', 'ou_1', 'text', 'hi']]);
});

describe('a damaged header of a table', () => {
  const files = [
    'wechatmsg_group_utf8.csv',
    'pywxdump_48123456789@chatroom_0_5000.csv',
    'pywxdump_old.csv',
    'chatlog_2026-01-05.csv',
    'weclone_项目群.csv',
  ];
  const of = async (file: string, bytes: Buffer) =>
    (await runImporter(sniffed(file, bytes), file, bytes)).messages.map(({ senderKey, text }) => [
      senderKey,
      text,
    ]);

  test.each(files)('%s with a name that nobody can read keeps every message', async (file) => {
    const bytes = fixture(file);
    const damaged = Buffer.from(bytes);
    damaged[bytes.indexOf(',') + 2] = 0x11;
    expect(await of(file, damaged)).toEqual(await of(file, bytes));
  });
});
