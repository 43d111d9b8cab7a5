/** Heads, notices and markers of WhatsApp in the languages and scripts of phones. */
import { describe, expect, test } from 'vitest';
import { headerTime, readHeader } from '../../src/core/importers/chat/whatsapp-header.ts';
import { importBytes } from './helpers.ts';

type Order = 'DMY' | 'MDY' | 'YMD';

describe('halves of the day, digits and calendars', () => {
  const cases: readonly (readonly [string, string, Order, string])[] = [
    ['Malay', '3/01/24, 12:05 PG - A: x', 'DMY', '2024-01-03T00:05:00'],
    ['Malay', '3/01/24, 6:05 PTG - A: x', 'DMY', '2024-01-03T18:05:00'],
    ['Persian', '۱۴۰۲/۱۰/۱۳, ۱۲:۰۵ ق.ظ. - A: x', 'YMD', '2024-01-03T00:05:00'],
    ['Persian', '۱۴۰۲/۱۰/۱۳، ۶:۰۵ ب.ظ. - A: x', 'YMD', '2024-01-03T18:05:00'],
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
