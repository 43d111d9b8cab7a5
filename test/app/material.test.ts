/** What officers do with imported material: skips, overlaps, two sides, gaps, zones, people. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { all } from '../../src/core/storage/database.ts';
import { importDesk, WECHAT_HEADER, weChatRow } from '../builders/import-desk.ts';

const { made, job, importText, checked } = importDesk();
const db = () => made().bench.session.workspace.store.db;
const AT = 1_767_578_400;

const texts = async (filter: object = {}) =>
  (
    await made().call('messages.search', { filter, sort: { by: 'sentAt', descending: false }, limit: 500 })
  ).rows.map(({ text }) => text);

describe('skips', () => {
  const lost = Buffer.from(
    ['5/1/26, 10:05 - Ben: first lost', '5/1/26, 10:06 - Ben: second lost', ''].join('\n'),
  );
  const file = () =>
    Buffer.concat([
      Buffer.from(`${WECHAT_HEADER}\n${weChatRow(1, AT, 'one')}\n${weChatRow(2, AT + 60, 'two')}\n`),
      lost,
      Buffer.from(`${weChatRow(3, AT + 120, 'three')}\n`),
    ]);

  test('show their bytes decoded and in hex', async () => {
    const source = await importText('chat.csv', file());
    expect(source).toMatchObject({ messages: 3, skipped: 2 });
    const { rows } = await made().call('sources.skips', { sourceId: source.id });
    expect(rows.map(({ text }) => text).join('')).toBe(lost.toString());
    expect(rows.map(({ hex }) => hex).join('')).toBe(lost.toString('hex'));
  });

  test('are read again under another format, into the same source', async () => {
    const source = await importText('chat.csv', file());
    const { rows } = await made().call('sources.skips', { sourceId: source.id });
    const starts = rows.map(({ start }) => start);
    const input = {
      sourceId: source.id,
      starts,
      format: 'whatsapp-export-text',
      mapping: { dateOrder: 'DMY' },
    };
    const tried = await made().call('sources.retry', { jobId: job(), ...input });
    expect(tried).toMatchObject({
      kept: false,
      messages: 2,
      skippedBytesBefore: lost.length,
      skippedBytesAfter: 0,
    });
    expect(await texts()).toHaveLength(3);
    const kept = await made().call('sources.retry', { jobId: job(), ...input, keep: true });
    expect(kept).toMatchObject({ kept: true, messages: 2, added: 2 });
    expect(kept.source).toMatchObject({ messages: 5, skipped: 0 });
    expect(kept.source.ledger.skippedBytes).toBe(0);
    expect(kept.source.ledger.parsedBytes + kept.source.ledger.ignoredBytes).toBe(source.bytes);
    expect(kept.source.digest).not.toBe(source.digest);
    const ranges = await made().call('sources.ranges', { sourceId: source.id, limit: 500 });
    expect(ranges.rows.map(({ start }) => start).slice(1)).toEqual(
      ranges.rows.map(({ end }) => end).slice(0, -1),
    );
    const found = (await made().call('messages.search', { filter: { text: 'second lost' } })).rows[0];
    const bytes = file().subarray(found?.locator.start, found?.locator.end).toString();
    expect(bytes).toContain('second lost');
    expect(found?.locator.line).toBe(5);
    const { rows: events } = await made().call('audit.list', { type: 'source.skip-recovered' });
    expect(events).toHaveLength(1);
    await checked();
    await expect(made().call('sources.retry', { jobId: job(), ...input, keep: true })).rejects.toThrow();
  });

  test('that still cannot be read leave everything as it was', async () => {
    const source = await importText('chat.csv', file());
    const { rows } = await made().call('sources.skips', { sourceId: source.id });
    const starts = rows.map(({ start }) => start);
    await expect(
      made().call('sources.retry', { jobId: job(), sourceId: source.id, starts, keep: true }),
    ).rejects.toMatchObject({ failure: { code: 'nothing-kept' } });
    expect((await made().call('sources.list', {}))[0]).toEqual(source);
    await checked();
  });

  test('of another encoding are read in it, with places of the original bytes', async () => {
    const utf16 = Buffer.from(`${weChatRow(99, AT + 300, '被跳过的一行')}\n`, 'utf16le');
    const sound = Array.from({ length: 400 }, (_, i) => weChatRow(i, AT + i, `sound ${i}`)).join('\n');
    const bytes = Buffer.concat([Buffer.from(`${WECHAT_HEADER}\n${sound}\n`), utf16]);
    const source = await importText('chat.csv', bytes, { format: 'wechat-wechatmsg-csv' });
    const { rows } = await made().call('sources.skips', { sourceId: source.id });
    const first = rows[0]?.start ?? 0;
    expect(first).toBe(bytes.length - utf16.length);
    const outcome = await made().call('sources.retry', {
      jobId: job(),
      sourceId: source.id,
      starts: [first],
      encoding: 'utf-16le',
      keep: true,
    });
    expect(outcome).toMatchObject({ messages: 1, added: 1, preview: [{ text: '被跳过的一行' }] });
    const found = (await made().call('messages.search', { filter: { text: '被跳过' } })).rows[0];
    expect(bytes.subarray(found?.locator.start, found?.locator.end).toString('utf16le')).toContain(
      '被跳过的一行',
    );
    await checked();
  });
});

describe('overlapping exports', () => {
  test('add only what is new; both stay as places', async () => {
    const one = [
      weChatRow(1, AT, 'one'),
      weChatRow(2, AT + 1, '收到'),
      weChatRow(3, AT + 1, '收到'),
      weChatRow(4, AT + 2, 'four'),
    ];
    const two = [...one.slice(1), weChatRow(5, AT + 3, 'five')];
    await importText('a.csv', `${WECHAT_HEADER}\n${one.join('\n')}\n`);
    const second = await importText('b.csv', `${WECHAT_HEADER}\n${two.join('\n')}\n`);
    expect(second).toMatchObject({ messages: 4, duplicates: 3 });
    expect(await texts()).toEqual(['one', '收到', '收到', 'four', 'five']);
    const places = all<{ n: number }>(
      db(),
      'SELECT count(*) AS n FROM message_occurrences GROUP BY message_id ORDER BY message_id',
    );
    expect(places.map(({ n }) => n)).toEqual([1, 2, 2, 2, 1]);
    await checked();
  });

  const android = [
    '2024/1/5 09:15 - Ann: 早上好',
    '2024/1/5 09:15 - Ann: 早上好',
    '2024/1/5 09:16 - Ben: 合同发了',
    '',
  ].join('\n');
  const ios = [
    '[2024/1/5 09:15:20] Ann: 早上好',
    '[2024/1/5 09:15:41] Ann: 早上好',
    '[2024/1/5 09:16:02] Ben: 合同发了',
    '[2024/1/5 09:17:00] Ben: 合同发了',
    '',
  ].join('\n');

  test('of minutes and of seconds meet where the minute is the same', async () => {
    await importText('与项目群的 WhatsApp 聊天.txt', android);
    const second = await importText('与项目群的 WhatsApp 聊天.txt', ios, { format: 'whatsapp-export-text' });
    const names = (await made().call('conversations.list', {})).rows.map(({ name }) => name);
    expect(names).toEqual(['项目群']);
    expect(second).toMatchObject({ messages: 4, duplicates: 3 });
    expect(await texts()).toEqual(['早上好', '早上好', '合同发了', '合同发了']);
    await checked();
  });

  test('of an instant and of a wall-clock time meet under the right zone only', async () => {
    const wall = `消息ID,类型,发送人,时间,内容,备注,昵称\n1,文本,wxid_alpha0000001,2026-01-05 10:00:00,大家早上好,,alpha\n2,文本,wxid_alpha0000001,2026-01-05 10:00:09,没有别的,,alpha\n`;
    const instants = `${WECHAT_HEADER}\n${weChatRow(1, AT, '大家早上好')}\n`;
    const first = await importText('group.csv', wall);
    const names = (await made().call('conversations.list', {})).rows;
    expect(names).toHaveLength(1);
    expect(first.messages).toBe(2);
    const second = await importText('group2.csv', instants);
    // The conversation of the first file is named after the file: another key, so nothing is merged.
    expect(second.duplicates).toBe(0);
  });

  test('of two people in one group meet, whoever is self', async () => {
    const mine = [
      weChatRow(1, AT, 'one'),
      weChatRow(2, AT + 5, 'two', 'wxid_bravo0000002').replace(',1,0,0,', ',1,0,1,'),
    ];
    const theirs = [
      weChatRow(9, AT, 'one').replace(',1,0,0,', ',1,0,1,'),
      weChatRow(10, AT + 5, 'two', 'wxid_bravo0000002'),
    ];
    await importText('a.csv', `${WECHAT_HEADER}\n${mine.join('\n')}\n`);
    const second = await importText('b.csv', `${WECHAT_HEADER}\n${theirs.join('\n')}\n`);
    expect(second).toMatchObject({ messages: 2, duplicates: 2 });
  });
});

describe('two sides', () => {
  const said = (minute: number, who: string, text: string) =>
    `2026/3/1 ${String(9 + Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')} - ${who}: ${text}`;
  const chat = [
    said(1, 'Ann', '早上好，今天的会几点'),
    said(4, 'Ben', '十点，三楼会议室'),
    said(7, 'Ann', '合同我发你邮箱了'),
    said(9, 'Ben', '价格能不能再低一点'),
    said(12, 'Ann', '最低就是这个数'),
    said(15, 'Ben', '那我再问问领导'),
  ];

  test('a recalled, an edited and a missing message are exactly those three differences', async () => {
    const a = await importText('与Ben的 WhatsApp 聊天.txt', `${chat.join('\n')}\n`);
    const other = [
      chat[0],
      chat[1],
      said(7, 'Ann', '这条消息已删除'),
      said(9, 'Ben', '价格能不能再低两点 <此消息已编辑>'),
      chat[5],
    ];
    const b = await importText('与Ann的 WhatsApp 聊天.txt', `${other.join('\n')}\n`);
    const between = { a: { sourceId: a.id }, b: { sourceId: b.id } };
    const summary = await made().call('reconciliation.compare', { jobId: job(), ...between });
    expect(summary).toMatchObject({
      matched: 3,
      differs: 2,
      recalled: 1,
      edited: 1,
      clock: 0,
      onlyA: 1,
      onlyB: 0,
      offset: { milliseconds: 0 },
    });
    const { rows } = await made().call('reconciliation.rows', { between });
    const differing = rows.filter(({ kind }) => kind !== 'matched');
    expect(differing.map((one) => [one.kind, one.differences.join(), one.a?.text, one.b?.text])).toEqual([
      ['differs', 'recall', '合同我发你邮箱了', '这条消息已删除'],
      ['differs', 'edit', '价格能不能再低一点', '价格能不能再低两点 <此消息已编辑>'],
      ['only-a', '', '最低就是这个数', undefined],
    ]);
    const { rows: onlyA } = await made().call('reconciliation.rows', { between, kind: 'only-a' });
    expect(onlyA).toHaveLength(1);
    const { rows: events } = await made().call('audit.list', { type: 'source.reconciled' });
    expect(events[0]?.event.after).toMatchObject({ recalled: 1, edited: 1, onlyA: 1 });
    expect(JSON.stringify(events)).not.toContain('合同');
  });

  test('a CSV holds every row, and no cell that runs', async () => {
    const a = await importText(
      '与Ben的 WhatsApp 聊天.txt',
      `${chat.join('\n')}\n${said(20, 'Ann', '=HYPERLINK("http://x")')}\n`,
    );
    const b = await importText('与Ann的 WhatsApp 聊天.txt', `${chat.join('\n')}\n`);
    const file = join(made().root, 'out.csv');
    const between = { a: { sourceId: a.id }, b: { sourceId: b.id } };
    const written = await made().call('reconciliation.export', { jobId: job(), ...between, file });
    expect(written.rows).toBe(7);
    const text = readFileSync(file, 'utf8');
    expect(text.split('\r\n')).toHaveLength(9);
    expect(text).toContain(`"'=HYPERLINK(""http://x"")"`);
  });

  test('one side twice is refused', async () => {
    const a = await importText('与Ben的 WhatsApp 聊天.txt', `${chat.join('\n')}\n`);
    const side = { sourceId: a.id };
    await expect(
      made().call('reconciliation.compare', { jobId: job(), a: side, b: side }),
    ).rejects.toMatchObject({
      failure: { code: 'conflict' },
    });
  });
});

test('gaps of a source: missing days, time backwards, and the density around a message', async () => {
  const day = 86_400;
  const rows = [0, 60, day, day + 60, 5 * day, 5 * day - 7200, 6 * day].map((at, i) =>
    weChatRow(i + 1, AT + at, `t${i}`),
  );
  const source = await importText('a.csv', `${WECHAT_HEADER}\n${rows.join('\n')}\n`);
  const report = await made().call('gaps.find', { sourceId: source.id, zone: 'Asia/Shanghai' });
  expect(report.days).toHaveLength(4);
  expect(report.counts).toMatchObject({ 'missing-days': 1, backwards: 1, damage: 0 });
  expect(report.gaps[0]).toMatchObject({
    kind: 'missing-days',
    fromDay: '2026-01-07',
    toDay: '2026-01-09',
    size: 3,
  });
  const messageId = report.gaps[0]?.after ?? '';
  const context = await made().call('messages.context', { messageId, before: 0, after: 0 });
  expect(context.messages[0]?.text).toBe('t5');
  const density = await made().call('gaps.density', { messageId, zone: 'Asia/Shanghai' });
  expect(density.days.map(({ messages }) => messages).join('')).toBe('002200021000000');
});

test('a corrected zone moves times, order, gaps and untimed messages', async () => {
  const text = [
    '2024/1/5 23:15 - Ann: late',
    '2024/1/5 23:16 - Ann: later',
    '2024/1/6 09:00 - Ben: early',
    '',
  ].join('\n');
  const source = await importText('与项目群的 WhatsApp 聊天.txt', text);
  const days = async () =>
    (await made().call('gaps.find', { sourceId: source.id, zone: 'Asia/Shanghai' })).days.map(
      ({ day }) => day,
    );
  expect(await days()).toEqual(['2024-01-05', '2024-01-06']);
  const moved = await made().call('sources.setZone', { sourceId: source.id, zone: 'Europe/London' });
  expect(moved.zone).toMatchObject({ id: 'Europe/London', assumed: false });
  expect(await days()).toEqual(['2024-01-06']);
  const { rows } = await made().call('conversations.list', {});
  expect(rows[0]?.firstAt).toBe(Date.UTC(2024, 0, 5, 23, 15));
  await checked();
});

test('an account keeps its names, and a link to a person can be taken back', async () => {
  await importText(
    'a.csv',
    `${WECHAT_HEADER}\n${weChatRow(1, AT, 'one')}\n${weChatRow(2, AT + 9, 'two').replace(',alpha,', ',renamed,')}\n${weChatRow(3, AT + 20, 'x', 'wxid_bravo0000002')}\n`,
  );
  const accounts = (await made().call('accounts.list', {})).rows;
  const ann = accounts.find(({ platformId }) => platformId === 'wxid_alpha0000001')?.id ?? '';
  const ben = accounts.find(({ platformId }) => platformId === 'wxid_bravo0000002')?.id ?? '';
  const { names, person } = await made().call('people.ofAccount', { accountId: ann });
  expect(person).toBeNull();
  expect(names.map(({ name, messages, firstAt }) => [name, messages, firstAt])).toEqual([
    ['renamed', 1, (AT + 9) * 1000],
    ['alpha', 1, AT * 1000],
  ]);
  await expect(
    made().call('people.link', { accountId: ann, name: '王安', reason: ' ' }),
  ).rejects.toMatchObject({
    failure: { code: 'invalid-input' },
  });
  const made1 = await made().call('people.link', { accountId: ann, name: '王安', reason: '人事名册' });
  const both = await made().call('people.link', { accountId: ben, personId: made1.id, reason: '本人承认' });
  expect(both.accounts.map(({ reason }) => reason)).toEqual(['人事名册', '本人承认']);
  await expect(
    made().call('people.link', { accountId: ann, name: '另一人', reason: 'x' }),
  ).rejects.toMatchObject({ failure: { code: 'conflict' } });
  expect((await made().call('accounts.list', {})).rows).toHaveLength(accounts.length);
  const linkId = both.accounts[1]?.linkId ?? '';
  const after = await made().call('people.unlink', { linkId, reason: '认错人' });
  expect(after.accounts.map(({ undone }) => undone?.reason ?? null)).toEqual([null, '认错人']);
  const identity = await made().call('people.ofAccount', { accountId: ben });
  expect(identity.person).toBeNull();
  expect(identity.undone).toMatchObject([{ person: '王安', link: { reason: '本人承认' } }]);
  const { rows: events } = await made().call('audit.list', { type: 'person.account-unlinked' });
  expect(events[0]?.event.supersedes).not.toBeNull();
  expect((await made().call('people.list', { text: '王' })).rows).toHaveLength(1);
  await checked();
});
