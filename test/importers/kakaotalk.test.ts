import { describe, expect, test } from 'vitest';
import { kakaoTalkCsv } from '../../src/core/importers/chat/kakaotalk/kakaotalk-csv.ts';
import { kakaoClock, kakaoDay, kakaoTime } from '../../src/core/importers/chat/kakaotalk/kakaotalk-dates.ts';
import {
  kakaoEvent,
  kakaoKind,
  kakaoTitle,
} from '../../src/core/importers/chat/kakaotalk/kakaotalk-notices.ts';
import { kakaoTalkText } from '../../src/core/importers/chat/kakaotalk/kakaotalk-text.ts';
import { fixture, importBytes, runImporter, sniffed, tally } from './helpers.ts';

const at = (text: string): number => Date.parse(`${text}Z`);

describe('fixtures', () => {
  test('Android, Korean: words with colons and empty lines, pictures by number, notices and members', async () => {
    const file = 'kakaotalk_android_ko.txt';
    expect(sniffed(file, fixture(file))).toBe(kakaoTalkText);
    const run = await importBytes(file, fixture(file));
    expect(
      run.messages.map(({ senderKey, kind, text, wallTime }) => [senderKey, kind, text, wallTime]),
    ).toEqual([
      [null, 'system', '민수님이 지우님과 하나님을 초대했습니다.', at('2026-01-05T10:00')],
      ['name:민수', 'text', '안녕하세요, 공지입니다 : 확인', at('2026-01-05T10:00')],
      ['name:회원님', 'text', '첫 줄\n\n셋째 줄', at('2026-01-05T12:05')],
      ['name:지우', 'image', '사진 2장', at('2026-01-05T12:06')],
      ['name:지우', 'file', '파일: 견적.xlsx', at('2026-01-05T12:07')],
      ['name:하나', 'recall', '삭제된 메시지입니다.', at('2026-01-06T00:01')],
      [null, 'system', '하나님이 나갔습니다.', at('2026-01-06T00:02')],
    ]);
    expect(run.messages[3]?.attachments).toHaveLength(2);
    expect(run.messages[4]?.attachments).toMatchObject([{ kind: 'file', name: '견적.xlsx' }]);
    expect(run.accounts.get('name:회원님')?.fields).toEqual({ self: 'true' });
    expect(
      run.memberships.map(({ accountKey, from, to }) => [accountKey, from !== null, to !== null]),
    ).toEqual([
      ['name:지우', true, false],
      ['name:하나', true, false],
      ['name:하나', false, true],
    ]);
    expect(run.conversations.get('name:공구방')).toMatchObject({ name: '공구방', type: 'group' });
    expect(run.facts.needsZone).toBe(true);
    expect(tally(run.ranges).skipped).toBe(0);
  });

  test('Windows: brackets in names and words, notices without a time, days', async () => {
    const file = 'kakaotalk_windows_ko.txt';
    const run = await importBytes(file, fixture(file));
    expect(
      run.messages.map(({ senderName, kind, text, wallTime }) => [senderName, kind, text, wallTime]),
    ).toEqual([
      [null, 'system', '민수님이 지우님을 초대했습니다.', null],
      ['민수', 'text', '안녕하세요', at('2026-01-05T10:00')],
      ['[부방장] 지우', 'text', '첫 줄\n둘째 줄\n\n넷째 줄', at('2026-01-05T12:05')],
      ['민수', 'video', '동영상', at('2026-01-05T12:06')],
      ['지우', 'text', '[공지] [오늘] 내용', at('2026-01-06T00:01')],
      [null, 'system', '지우님이 나갔습니다.', null],
    ]);
    expect(tally(run.ranges).skipped).toBe(0);
  });

  test.each([
    ['kakaotalk_android_en.txt', 4, 'name:Minsu,Jiwoo', 'group'],
    ['kakaotalk_iphone_ko.txt', 4, 'name:민수', 'group'],
    ['kakaotalk_windows_en.txt', 3, 'name:Minsu', 'group'],
  ])('%s: %i messages', async (file, count, key, type) => {
    expect(sniffed(file, fixture(file))).toBe(kakaoTalkText);
    const run = await importBytes(file, fixture(file));
    expect(run.messages).toHaveLength(count);
    expect(run.conversations.get(key)?.type).toBe(type);
    expect(tally(run.ranges).skipped).toBe(0);
  });

  test('CSV: seconds, quoted line breaks; a notice is one only under the name that it is about', async () => {
    const file = 'KakaoTalk_Chat_공구방_2026-01-06-15-21-22.csv';
    expect(sniffed(file, fixture(file))).toBe(kakaoTalkCsv);
    const run = await importBytes(file, fixture(file));
    expect(run.messages.map(({ senderKey, kind, text }) => [senderKey, kind, text])).toEqual([
      [null, 'system', '민수님이 지우님을 초대했습니다.'],
      ['name:지우', 'text', '첫 줄\n둘째 "줄"'],
      ['name:민수', 'image', '사진'],
      ['name:지우', 'text', '민수님이 나갔습니다.'],
    ]);
    expect(run.conversations.has('name:공구방')).toBe(true);
  });
});

describe('words of the exporter', () => {
  test.each([
    ['2026년 1월 5일 오후 12:05', '2026-01-05T12:05'],
    ['2026년 1월 5일 오전 12:05', '2026-01-05T00:05'],
    ['2026년 1월 5일 15:20', '2026-01-05T15:20'],
    ['2026. 1. 5. 오후 3:20', '2026-01-05T15:20'],
    ['2026. 1. 5. 15:20', '2026-01-05T15:20'],
    ['8:34pm, July 9, 2015', '2015-07-09T20:34'],
    ['July 9, 2015, 8:34 PM', '2015-07-09T20:34'],
    ['July 9, 2015 at 8:34\u202fPM', '2015-07-09T20:34'],
    ['Jul 9, 2015 at 12:34 a.m.', '2015-07-09T00:34'],
    ['9 July 2015 at 20:34', '2015-07-09T20:34'],
    ['2026年1月5日 午後3:20', '2026-01-05T15:20'],
  ])('the time %s', (text, iso) => {
    expect(kakaoTime(`${text}, A : b`)).toEqual({ text, wallTime: at(iso), end: text.length });
  });

  test.each(['오늘 오후 3:20', '2026. 1. 5', '12:30', 'May I come at 3:00'])('no time: %s', (text) => {
    expect(kakaoTime(text)).toBeNull();
  });

  test.each([
    ['2026년 1월 5일 월요일', '2026-01-05'],
    ['Monday, January 5, 2026', '2026-01-05'],
    ['2026年1月5日 月曜日', '2026-01-05'],
    ['2026년 1월 5일 월요일에 만나요', null],
  ])('the day %s', (text, iso) => {
    expect(kakaoDay(text)).toBe(iso === null ? null : at(`${iso}T00:00`));
  });

  test.each([
    ['오후 3:20', 15 * 60 + 20],
    ['12:05 AM', 5],
    ['23:59', 23 * 60 + 59],
    ['25:10', null],
    ['공지', null],
  ])('the clock %s', (text, minutes) => {
    expect(kakaoClock(text)).toBe(minutes === null ? null : minutes * 60_000);
  });

  test.each([
    ['민수 님과 카카오톡 대화', '민수', null],
    ['민수님과의 카카오톡 대화', '민수', null],
    ['공구방 카카오톡 대화', '공구방', null],
    ['KakaoTalk Chats with A,B (4)', 'A,B', '4'],
    ['A with KakaoTalk Chats', 'A', null],
    ['A Talk Chats', 'A', null],
  ])('the title %s', (text, name, people) => {
    expect(kakaoTitle(text)).toEqual({ name, people });
  });

  test.each([
    ['민수님이 지우님, 하나님과 두리님을 초대했습니다.', 'invite', ['지우', '하나', '두리']],
    ['민수님이 들어왔습니다.', 'join', []],
    ['민수님을 내보냈습니다.', 'remove', ['민수']],
    ['민수님이 방장이 되었습니다.', 'promote', ['민수']],
    ['A invited B, C and D.', 'invite', ['B', 'C', 'D']],
    ['A left this chatroom.', 'leave', []],
  ])('the notice %s', (text, act, targets) => {
    expect(kakaoEvent(text)).toMatchObject({ act, targets });
  });

  test.each(['nobody left.', '다 나갔습니다', 'we invited them all'])('no notice: %s', (text) => {
    expect(kakaoEvent(text)).toBeNull();
  });

  test.each([
    ['이모티콘', 'sticker'],
    ['Sticker shop is open', 'text'],
    ['보이스톡 3:02', 'call'],
    ['보이스톡으로 이야기해요', 'text'],
    ['This message was deleted.', 'recall'],
    ['사진 12장', 'image'],
    ['사진 12장 보냈어', 'text'],
  ])('the kind of %s', (text, kind) => {
    expect(kakaoKind(text)).toBe(kind);
  });
});

test('a line of many lines that looks like a day or a head of another layout stays words', async () => {
  const text =
    '민수 님과 카카오톡 대화\n저장한 날짜 : 2026-01-06 15:21:22\n\n--------------- 2026년 1월 5일 월요일 ---------------\n[민수] [오전 10:00] 일정\n2026년 1월 7일 수요일\n[지우] 님 [참석]\n[지우] [오전 10:01] 네\n';
  const run = await runImporter(kakaoTalkText, 'KakaoTalk_20260106.txt', Buffer.from(text));
  expect(run.messages.map(({ text: words }) => words)).toEqual([
    '일정\n2026년 1월 7일 수요일\n[지우] 님 [참석]',
    '네',
  ]);
});

test('a day that damage made unreadable: what follows is not of the day before', async () => {
  const rule = '-'.repeat(15);
  const text = [
    'Minsu with KakaoTalk Chats',
    'Date Saved : 2026-01-06 01:00:19',
    '',
    `${rule} Monday, January 5, 2026 ${rule}`,
    '[Minsu] [8:34 PM] hello',
    `${rule.slice(3)}?-- Tuesday, Jan?ary 6, 2026 ${rule}`,
    '[Jiwoo] [9:00 AM] morning',
    `----- 3 or 4 -----`,
    `${rule} Wednesday, January 7, 2026 ${rule}`,
    '[Minsu] [9:00 AM] bye',
    '',
  ].join('\r\n');
  const run = await runImporter(kakaoTalkText, 'KakaoTalk_20260106.txt', Buffer.from(text));
  expect(run.messages.map((message) => [message.text, message.wallTime, message.flags])).toEqual([
    ['hello', at('2026-01-05T20:34'), []],
    ['morning\n----- 3 or 4 -----', null, ['time-unparsed']],
    ['bye', at('2026-01-07T09:00'), []],
  ]);
  expect(tally(run.ranges).skips).toEqual({ 'bad-row': 0 });
});
