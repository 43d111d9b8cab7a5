/**
 * Shapes of exports of LINE, Messenger, Google Chat, Feishu, Telegram and WhatsApp as published parsers and
 * samples show them; people and words are made up.
 */
import { describe, expect, test } from 'vitest';
import { importBytes, sniffed, tally } from './helpers.ts';

const read = async (name: string, text: string) => {
  const run = await importBytes(name, Buffer.from(text));
  expect(tally(run.ranges).skips).toEqual({});
  return run;
};

describe('LINE in Thai', () => {
  const GROUP = [
    '[LINE] ประวัติการแชทในกลุ่ม "กลุ่มทดสอบ"',
    'บันทึกเมื่อ 04/09/2569 07:48',
    '',
    'ศ. 08/11/2568',
    '08:54\t\tสมชาย เพิ่ม สมหญิง เข้ากลุ่ม',
    '08:55\tสมชาย\tสวัสดี',
    '09:00\tสมหญิง\t[รูป]',
    '09:02\tสมชาย\t"บรรทัดแรก',
    'บรรทัดสอง"',
    '09:05\t\tสมหญิง ออกจากกลุ่ม',
    '',
  ].join('\n');

  test('the group, who came and left, years of the Buddhist calendar with the day first', async () => {
    const run = await read('chat.txt', GROUP);
    expect([...run.conversations.values()]).toMatchObject([{ name: 'กลุ่มทดสอบ', type: 'group' }]);
    expect(run.messages.map(({ kind, senderName }) => [kind, senderName])).toEqual([
      ['system', null],
      ['text', 'สมชาย'],
      ['image', 'สมหญิง'],
      ['text', 'สมชาย'],
      ['system', null],
    ]);
    expect(run.messages[0]?.wallTime).toBe(Date.UTC(2025, 10, 8, 8, 54));
    expect(run.memberships.map(({ accountKey, from, to }) => [accountKey, from, to])).toEqual([
      ['name:สมหญิง', 'ศ. 08/11/2568', null],
      ['name:สมหญิง', null, 'ศ. 08/11/2568'],
    ]);
  });

  test('with weekdays in another language than English the day stands first', async () => {
    const run = await read('chat.txt', GROUP.replaceAll('2568', '2025').replaceAll('2569', '2026'));
    expect(run.messages[0]?.wallTime).toBe(Date.UTC(2025, 10, 8, 8, 54));
  });

  test('without brackets and tabs; a message taken back has no sender', async () => {
    const text = [
      '2025.05.15 วันพฤหัสบดี',
      '08:35 สมหญิง สวัสดี',
      '08:36 สมชาย ครับ',
      '08:37 สมหญิง รูป',
      '08:40 ยกเลิกข้อความแล้ว',
      '08:41 สมชาย ไม่ได้รับสาย',
      '',
    ].join('\n');
    const run = await read('[LINE]สมหญิง.txt', text);
    expect(run.messages.map(({ kind, senderName, text }) => [kind, senderName, text])).toEqual([
      ['text', 'สมหญิง', 'สวัสดี'],
      ['text', 'สมชาย', 'ครับ'],
      ['image', 'สมหญิง', 'รูป'],
      ['recall', null, 'ยกเลิกข้อความแล้ว'],
      ['call', 'สมชาย', 'ไม่ได้รับสาย'],
    ]);
    expect([...run.accounts.keys()]).toEqual(['name:สมหญิง', 'name:สมชาย']);
  });
});

test('LINE in Korean: a message taken back belongs to whoever took it back', async () => {
  const run = await read(
    'chat.txt',
    '2026.07.10 금요일\n13:21 영희 사진\n13:24 영희님이 메시지 전송을 취소했습니다.\n',
  );
  expect(run.messages.map(({ kind, senderName }) => [kind, senderName])).toEqual([
    ['image', '영희'],
    ['recall', '영희'],
  ]);
});

describe('Messenger pages', () => {
  const page = (box: string, name: string, at: string) =>
    `<html><head><title>Bo</title></head><body><main class="_a706">${['Bo|second|10:01', 'Alice|first|10:00']
      .map((message) => message.split('|'))
      .map(
        ([who, words, clock]) =>
          `<${box} class="_3-95 _a6-g"><${name} class="_2ph_ _a6-h _a6-i">${who}</${name}><div class="_2ph_ _a6-p"><div><div></div><div>${words}</div><div><ul class="_a6-q"><li><span>❤Bo</span></li></ul></div></div></div><${at} class="_3-94 _a6-o"><div class="_a72d">Jan 05, 2026 ${clock}:00 am</div></${at}></${box}>`,
      )
      .join('')}</main></body></html>`;

  test.each([
    ['of 2022 and later', page('div', 'div', 'div')],
    ['of 2025', page('section', 'h2', 'footer')],
  ])('%s', async (_name, html) => {
    expect(sniffed('message_1.html', Buffer.from(html)).id).toBe('messenger-download-html');
    const run = await read('message_1.html', html);
    expect(run.messages.map(({ senderName, text, wallTime }) => [senderName, text, wallTime])).toEqual([
      ['Alice', 'first', Date.UTC(2026, 0, 5, 10)],
      ['Bo', 'second', Date.UTC(2026, 0, 5, 10, 1)],
    ]);
    expect(run.messages[0]?.extra).toEqual({ reactions: ['❤Bo'] });
  });

  test.each([
    ['sty 05, 2026 3:04:05 pm', 0],
    ['Oca 05, 2026 3:04:05 pm', 0],
    ['5 marraskuu 2026, 15:04:05', 10],
    ['5 červenec 2026 15:04:05', 6],
    ['5 червня 2026 15:04:05', 5],
    ['5 ноября 2026, 15:04:05', 10],
    ['05 mars 2026 15:04:05', 2],
  ])('%s', async (at, month) => {
    const run = await read('message_1.html', page('div', 'div', 'div').replaceAll(/Jan 05[^<]*/g, at));
    expect(run.messages[0]?.wallTime).toBe(Date.UTC(2026, month, 5, 15, 4, 5));
  });
});

describe('Google Chat', () => {
  const creator = { name: 'Bob', email: 'bob@example.com', user_type: 'Human' };
  const read1 = async (message: object) => {
    const text = JSON.stringify({
      messages: [{ creator, topic_id: 't', message_id: 'space/t/t', ...message }],
    });
    return (await read('messages.json', text)).messages[0];
  };

  test('an edited message has its time in its first version', async () => {
    const message = await read1({
      updated_date: 'Tuesday, January 2, 2024 at 5:09:02 PM UTC',
      text: 'new',
      previous_message_versions: [
        { created_date: 'Tuesday, January 2, 2024 at 5:06:02\u202fPM UTC', text: 'old' },
      ],
    });
    expect(message).toMatchObject({ text: 'new', instant: Date.UTC(2024, 0, 2, 17, 6, 2), flags: [] });
    expect(message?.editedAtText).toBe('Tuesday, January 2, 2024 at 5:09:02 PM UTC');
  });

  test.each([
    ['a file of Drive', { drive_metadata: { id: '1', title: 'plan.doc' } }, 'text', 'plan.doc'],
    [
      'a page',
      {
        url_metadata: {
          title: 'T',
          snippet: '',
          url: { private_do_not_access_or_else_safe_url_wrapped_value: 'https://a.example' },
        },
      },
      'text',
      'T\nhttps://a.example',
    ],
    [
      'an appointment',
      { gsuite_integration_metadata: { calendar_event_data: { calendar_event: { title: 'Sales' } } } },
      'text',
      'Sales',
    ],
    [
      'a call',
      { gsuite_integration_metadata: { call_data: { call_status: 'CALL_ENDED' } } },
      'call',
      'CALL_ENDED',
    ],
  ])('without words: %s', async (_name, note, kind, text) => {
    const created_date = 'Tuesday, January 2, 2024 at 5:06:02 PM UTC';
    const message = await read1({ created_date, annotations: [{ start_index: 0, length: 0, ...note }] });
    expect(message).toMatchObject({ kind, text });
  });

  test('a quote in a list; a file whose name the disk could not hold', async () => {
    const message = await read1({
      created_date: 'Tuesday, January 2, 2024 at 5:06:02 PM UTC',
      text: 'yes',
      quoted_message_metadata: [{ creator: { name: 'Ann' }, text: 'no?' }],
      attached_files: [{ original_name: 'a.jpg', export_name: 'File-28?account_id=3.jpg' }],
    });
    expect(message?.carried).toMatchObject([{ act: 'quote', sender: 'Ann', text: 'no?' }]);
    expect(message?.attachments).toMatchObject([{ reference: 'File-28_account_id=3.jpg' }]);
  });
});

test('Feishu: times in words, newest first', async () => {
  const message = (id: string, create_time: string) => ({
    message_id: `om_${id}`,
    chat_id: 'oc_1',
    msg_type: 'text',
    create_time,
    sender: { id: 'ou_a', id_type: 'open_id', name: 'Ann', sender_type: 'user' },
    content: id,
  });
  const list = [message('2', '2024-03-04 09:16'), message('1', '2024-03-04 09:15')];
  const run = await read('m.json', JSON.stringify({ ok: true, data: { messages: list, has_more: false } }));
  expect(run.facts).toMatchObject({ needsZone: true, assumptions: { order: 'newest-first' } });
  expect(run.messages.map(({ text, wallTime }) => [text, wallTime])).toEqual([
    ['1', Date.UTC(2024, 2, 4, 9, 15)],
    ['2', Date.UTC(2024, 2, 4, 9, 16)],
  ]);
});

test('Telegram: words of a gift and of a game', async () => {
  const base = { date: '2024-03-01T10:11:00', date_unixtime: '1709287860', text: '', text_entities: [] };
  const chat = {
    name: 'c',
    type: 'private_group',
    id: 1,
    messages: [
      {
        id: 1,
        type: 'service',
        ...base,
        actor: 'Ann',
        actor_id: 'user1',
        action: 'send_star_gift',
        gift_text: [{ type: 'plain', text: 'write to me' }],
      },
      {
        id: 2,
        type: 'message',
        ...base,
        from: 'Ann',
        from_id: 'user1',
        game_title: 'Slots',
        game_description: 'play now',
      },
    ],
  };
  const run = await read('result.json', JSON.stringify(chat));
  expect(run.messages.map(({ text }) => text)).toEqual(['Ann send star gift write to me', 'Slots\nplay now']);
});

test('WhatsApp: what stands in place of media to be seen once is its sender’s, and nobody was added', async () => {
  const text =
    '[2024/1/5, 9:18:00 PM] Bob: \u200eYou received a view once message. For added privacy, you can only open it on your phone.\n[2024/1/5, 9:19:00 PM] Ann: ok\n';
  const run = await read('_chat.txt', text);
  expect(run.messages[0]).toMatchObject({ kind: 'other', senderName: 'Bob', extra: null });
});
