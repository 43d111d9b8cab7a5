/** Heads, notices and markers of WhatsApp in the languages and scripts of phones. */
import { describe, expect, test } from 'vitest';
import { headerTime, readHeader } from '../../src/core/importers/chat/whatsapp/whatsapp-header.ts';
import { importBytes } from './helpers.ts';

type Order = 'DMY' | 'MDY' | 'YMD';

describe('halves of the day, digits and calendars', () => {
  const cases: readonly (readonly [string, string, Order, string])[] = [
    ['Malay', '3/01/24, 12:05 PG - A: x', 'DMY', '2024-01-03T00:05:00'],
    ['Malay', '3/01/24, 6:05 PTG - A: x', 'DMY', '2024-01-03T18:05:00'],
    ['Persian', '۱۴۰۲/۱۰/۱۳, ۱۲:۰۵ ق.ظ. - A: x', 'YMD', '2024-01-03T00:05:00'],
    ['Persian', '۱۴۰۲/۱۰/۱۳، ۶:۰۵ ب.ظ. - A: x', 'YMD', '2024-01-03T18:05:00'],
    ['Pashto, with the era', 'AP ۱۴۰۲/۱۰/۱۳ ۱۸:۰۵ - A: x', 'YMD', '2024-01-03T18:05:00'],
    ['Pashto on the iPhone', '[AP ۱۴۰۲/۱۰/۱۳ ۱۸:۰۵:۰۷] A: x', 'YMD', '2024-01-03T18:05:07'],
    ['Amharic', '03/01/2024 6:05 ከሰዓት - A: x', 'DMY', '2024-01-03T18:05:00'],
    ['Assamese', '[৩-১-২০২৪ পূৰ্বাহ্ন ১২.০৫.০৭] A: x', 'DMY', '2024-01-03T00:05:07'],
    ['Finnish', '3.1.2024 klo 6.05 ip. - A: x', 'DMY', '2024-01-03T18:05:00'],
    ['Hungarian', '2024. 01. 03. du. 6:05 - A: x', 'YMD', '2024-01-03T18:05:00'],
    ['Turkish', '3.01.2024 ÖÖ 12:05 - A: x', 'DMY', '2024-01-03T00:05:00'],
    ['Bulgarian', '3.01.24 г., 6:05 ч. pm - A: x', 'DMY', '2024-01-03T18:05:00'],
    ['Hebrew', '[3.1.2024, 6:05:07 אחה"צ] א: x', 'DMY', '2024-01-03T18:05:07'],
    ['Uzbek', '03/01/24, 06:05 TK - A: x', 'DMY', '2024-01-03T18:05:00'],
    ['Chinese, at night', '2024/1/3 深夜11:05 - A: x', 'YMD', '2024-01-03T23:05:00'],
    ['Chinese, at noon', '2024/1/3 中午12:05 - A: x', 'YMD', '2024-01-03T12:05:00'],
    ['Chinese, without a space', '2024/1/3下午6:05 - A: x', 'YMD', '2024-01-03T18:05:00'],
    ['Hindi, at night', '3/1/24, रात 2:05 - A: x', 'DMY', '2024-01-03T02:05:00'],
    ['Burmese digits', '၃/၁/၂၄ ညနေ ၆:၀၅ - A: x', 'DMY', '2024-01-03T18:05:00'],
    ['Thai, a short Buddhist year', '3/1/67, 18:05 - A: x', 'DMY', '2024-01-03T18:05:00'],
    ['Canadian French', '[2024-01-03 18 h 05 min 07 s] A: x', 'YMD', '2024-01-03T18:05:07'],
    ['Canadian French, Android', '2024-01-03 18 h 05 - A: x', 'YMD', '2024-01-03T18:05:00'],
    ['Vietnamese, the time first', '18:05 3/1/24 - A: x', 'DMY', '2024-01-03T18:05:00'],
    ['copied from the web page', '[6:05 PM, 1/3/2024] A: x', 'MDY', '2024-01-03T18:05:00'],
  ];

  test.each(cases)('%s: %s', (_, line, order, iso) => {
    const header = readHeader(line);
    expect(header).not.toBeNull();
    if (header === null) return;
    expect(headerTime(header, order)).toBe(Date.parse(`${iso}Z`));
    expect(line.slice(header.restAt)).toMatch(/^[Aא]: x$/);
  });

  test('a short year far above, and one of today, are of our era', () => {
    const yearOf = (line: string) => {
      const header = readHeader(line);
      return header === null ? null : new Date(headerTime(header, 'DMY') ?? 0).getUTCFullYear();
    };
    expect([yearOf('3/1/24, 18:05 - A: x'), yearOf('3/1/99, 18:05 - A: x')]).toEqual([2024, 2099]);
  });

  test('words that are copied with the time first stay with the message above them', async () => {
    const run = await importBytes(
      '_chat.txt',
      Buffer.from(
        '[03.01.24, 18:05:07] Anna: see\n[17:00, 1/3/2024] Ben: copied\n[03.01.24, 18:06:00] Ben: yes\n',
      ),
    );
    expect(run.messages.map(({ text }) => text)).toEqual(['see\n[17:00, 1/3/2024] Ben: copied', 'yes']);
  });
});

describe("the app's own words", () => {
  const LRM = '\u200e';
  const kinds: readonly (readonly [string, string, string | null])[] = [
    ['تم حذف هذه الرسالة', 'recall', null],
    ['הודעה זו נמחקה', 'recall', null],
    ['यह मैसेज डिलीट कर दिया गया है', 'recall', null],
    ['Anda telah menghapus pesan ini', 'recall', null],
    ['이 메시지는 삭제되었습니다', 'recall', null],
    ['Вы удалили данное сообщение.', 'recall', null],
    ['このメッセージを削除しました。', 'recall', null],
    ['<Bỏ qua Media>', 'other', null],
    ['<मीडिया के बिना>', 'other', null],
    [`${LRM}görüntü dahil edilmedi`, 'image', null],
    [`${LRM}видео отсутствует`, 'video', null],
    [`${LRM}لم يتم إدراج المقاطع الصوتية`, 'voice', null],
    [`${LRM}聯絡人卡片已略去`, 'contact', null],
    [`plan.pdf • ${LRM}22 pages ${LRM}document omitted`, 'file', null],
    [`plan.pdf • ${LRM}2 pages ${LRM}<attached: 00000013-plan.pdf>`, 'file', '00000013-plan.pdf'],
    ['IMG-20240710-WA0000.jpg (附件檔案)', 'image', 'IMG-20240710-WA0000.jpg'],
    ['photo.jpg (الملف مرفق)', 'image', 'photo.jpg'],
    ['PTT-20240710-WA0007.opus (words of a language that is not known here)', 'text', null],
    ['PTT-20240710-WA0007.opus (word)', 'voice', 'PTT-20240710-WA0007.opus'],
    ['ตำแหน่งที่ตั้ง: https://maps.google.com/?q=1.5,2.5', 'location', null],
    ['Verpasster Sprachanruf', 'call', null],
    ['plan.pdf (the second one)', 'text', null],
    ['this message was deleted by me, I think', 'text', null],
  ];

  test.each(kinds)('%s is %s', async (text, kind, file) => {
    const run = await importBytes('_chat.txt', Buffer.from(`[03.01.24, 18:05:07] Anna: ${text}\n`));
    expect(run.messages[0]).toMatchObject({ kind, text, senderKey: 'name:Anna' });
    expect(run.messages[0]?.attachments.map(({ reference }) => reference)).toEqual(
      file === null ? [] : [file],
    );
  });

  test.each([
    'الرسائل والمكالمات مشفرة تمامًا بين الطرفين.',
    'ההודעות והשיחות מוצפנות מקצה-לקצה.',
    'Tin nhắn và cuộc gọi được mã hóa đầu cuối.',
    'Zprávy a hovory jsou opatřeny koncovým šifrováním.',
    '訊息和通話經端對端加密。',
    'Ana añadió a Luis',
    'Анна добавил(-а) Луис',
  ])('below a name, behind a direction mark: %s is a notice', async (text) => {
    const run = await importBytes(
      '_chat.txt',
      Buffer.from(
        `[03.01.24, 18:05:07] Team: \u200f${text}\n[03.01.24, 18:05:09] Anna: hi\n[03.01.24, 18:06:07] Ben: ho\n`,
      ),
    );
    expect(run.messages.map(({ kind }) => kind)).toEqual(['system', 'text', 'text']);
    expect(run.messages[0]?.senderKey).toBeNull();
  });
});
