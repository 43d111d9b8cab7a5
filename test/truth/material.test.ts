/** What officers do with imported material: skips, overlaps, two sides, gaps, zones, people, media, links. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Output } from '../../src/contract/api.ts';
import { SAMPLE_OFFICERS } from '../../src/core/app/sample.ts';
import { all } from '../../src/core/storage/database.ts';
import { type TestBench, testBench } from '../builders/bench.ts';

let made: TestBench;
let jobs = 0;

beforeEach(async () => {
  made = testBench();
  const [{ name, passphrase }] = SAMPLE_OFFICERS;
  await made.call('workspace.create', { profile: 'employer', officerName: name, passphrase });
});
afterEach(() => {
  const { reported } = made;
  made.remove();
  expect(reported).toEqual([]);
});

const job = () => `job-${++jobs}`;
const db = () => made.bench.session.workspace.store.db;

async function importText(
  file: string,
  text: string | Uint8Array,
  more: { zone?: string; format?: string; minimumKept?: number } = {},
): Promise<Output<'sources.list'>[number]> {
  const folder = mkdtempSync(join(made.root, 'in-'));
  const path = join(folder, file);
  writeFileSync(path, text);
  const { minimumKept = 0.1, ...choice } = more;
  const outcome = await made.call('sources.import', {
    jobId: job(),
    files: [{ path, zone: 'Asia/Shanghai', conversations: 'all', ...choice }],
    minimumKept,
  });
  expect(outcome.refused).toEqual([]);
  return outcome.sources[0] as Output<'sources.list'>[number];
}

const HEADER =
  'localId,TalkerId,Type,SubType,IsSender,CreateTime,Status,StrContent,StrTime,Remark,NickName,Sender';
const row = (id: number, at: number, text: string, sender = 'wxid_alpha0000001') =>
  `${id},48123456789@chatroom,1,0,0,${at},3,${text},2026-01-05 10:00:00,,${sender.slice(5, 10)},${sender}`;
const AT = 1_767_578_400;

async function checked(): Promise<void> {
  const result = await made.call('workspace.check', { jobId: job() });
  expect(result.failures).toEqual([]);
}

const texts = async (filter: object = {}) =>
  (
    await made.call('messages.search', { filter, sort: { by: 'sentAt', descending: false }, limit: 500 })
  ).rows.map(({ text }) => text);

describe('skips', () => {
  const lost = Buffer.from(
    ['5/1/26, 10:05 - Ben: first lost', '5/1/26, 10:06 - Ben: second lost', ''].join('\n'),
  );
  const file = () =>
    Buffer.concat([
      Buffer.from(`${HEADER}\n${row(1, AT, 'one')}\n${row(2, AT + 60, 'two')}\n`),
      lost,
      Buffer.from(`${row(3, AT + 120, 'three')}\n`),
    ]);

  test('show their bytes decoded and in hex', async () => {
    const source = await importText('chat.csv', file());
    expect(source).toMatchObject({ messages: 3, skipped: 2 });
    const { rows } = await made.call('sources.skips', { sourceId: source.id });
    expect(rows.map(({ text }) => text).join('')).toBe(lost.toString());
    expect(rows.map(({ hex }) => hex).join('')).toBe(lost.toString('hex'));
  });

  test('are read again under another format, into the same source', async () => {
    const source = await importText('chat.csv', file());
    const { rows } = await made.call('sources.skips', { sourceId: source.id });
    const starts = rows.map(({ start }) => start);
    const input = {
      sourceId: source.id,
      starts,
      format: 'whatsapp-export-text',
      mapping: { dateOrder: 'DMY' },
    };
    const tried = await made.call('sources.retry', { jobId: job(), ...input });
    expect(tried).toMatchObject({
      kept: false,
      messages: 2,
      skippedBytesBefore: lost.length,
      skippedBytesAfter: 0,
    });
    expect(await texts()).toHaveLength(3);
    const kept = await made.call('sources.retry', { jobId: job(), ...input, keep: true });
    expect(kept).toMatchObject({ kept: true, messages: 2, added: 2 });
    expect(kept.source).toMatchObject({ messages: 5, skipped: 0 });
    expect(kept.source.ledger.skippedBytes).toBe(0);
    expect(kept.source.ledger.parsedBytes + kept.source.ledger.ignoredBytes).toBe(source.bytes);
    expect(kept.source.digest).not.toBe(source.digest);
    const ranges = await made.call('sources.ranges', { sourceId: source.id, limit: 500 });
    expect(ranges.rows.map(({ start }) => start).slice(1)).toEqual(
      ranges.rows.map(({ end }) => end).slice(0, -1),
    );
    const found = (await made.call('messages.search', { filter: { text: 'second lost' } })).rows[0];
    const bytes = file().subarray(found?.locator.start, found?.locator.end).toString();
    expect(bytes).toContain('second lost');
    expect(found?.locator.line).toBe(5);
    const { rows: events } = await made.call('audit.list', { type: 'source.skip-recovered' });
    expect(events).toHaveLength(1);
    await checked();
    await expect(made.call('sources.retry', { jobId: job(), ...input, keep: true })).rejects.toThrow();
  });

  test('that still cannot be read leave everything as it was', async () => {
    const source = await importText('chat.csv', file());
    const { rows } = await made.call('sources.skips', { sourceId: source.id });
    const starts = rows.map(({ start }) => start);
    await expect(
      made.call('sources.retry', { jobId: job(), sourceId: source.id, starts, keep: true }),
    ).rejects.toMatchObject({ failure: { code: 'nothing-kept' } });
    expect((await made.call('sources.list', {}))[0]).toEqual(source);
    await checked();
  });

  test('of another encoding are read in it, with places of the original bytes', async () => {
    const utf16 = Buffer.from(`${row(99, AT + 300, '被跳过的一行')}\n`, 'utf16le');
    const sound = Array.from({ length: 400 }, (_, i) => row(i, AT + i, `sound ${i}`)).join('\n');
    const bytes = Buffer.concat([Buffer.from(`${HEADER}\n${sound}\n`), utf16]);
    const source = await importText('chat.csv', bytes, { format: 'wechat-wechatmsg-csv' });
    const { rows } = await made.call('sources.skips', { sourceId: source.id });
    const first = rows[0]?.start ?? 0;
    expect(first).toBe(bytes.length - utf16.length);
    const outcome = await made.call('sources.retry', {
      jobId: job(),
      sourceId: source.id,
      starts: [first],
      encoding: 'utf-16le',
      keep: true,
    });
    expect(outcome).toMatchObject({ messages: 1, added: 1, preview: [{ text: '被跳过的一行' }] });
    const found = (await made.call('messages.search', { filter: { text: '被跳过' } })).rows[0];
    expect(bytes.subarray(found?.locator.start, found?.locator.end).toString('utf16le')).toContain(
      '被跳过的一行',
    );
    await checked();
  });
});

describe('overlapping exports', () => {
  test('add only what is new; both stay as places', async () => {
    const one = [row(1, AT, 'one'), row(2, AT + 1, '收到'), row(3, AT + 1, '收到'), row(4, AT + 2, 'four')];
    const two = [...one.slice(1), row(5, AT + 3, 'five')];
    await importText('a.csv', `${HEADER}\n${one.join('\n')}\n`);
    const second = await importText('b.csv', `${HEADER}\n${two.join('\n')}\n`);
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
    const names = (await made.call('conversations.list', {})).rows.map(({ name }) => name);
    expect(names).toEqual(['项目群']);
    expect(second).toMatchObject({ messages: 4, duplicates: 3 });
    expect(await texts()).toEqual(['早上好', '早上好', '合同发了', '合同发了']);
    await checked();
  });

  test('of an instant and of a wall-clock time meet under the right zone only', async () => {
    const wall = `消息ID,类型,发送人,时间,内容,备注,昵称\n1,文本,wxid_alpha0000001,2026-01-05 10:00:00,大家早上好,,alpha\n2,文本,wxid_alpha0000001,2026-01-05 10:00:09,没有别的,,alpha\n`;
    const instants = `${HEADER}\n${row(1, AT, '大家早上好')}\n`;
    const first = await importText('group.csv', wall);
    const names = (await made.call('conversations.list', {})).rows;
    expect(names).toHaveLength(1);
    expect(first.messages).toBe(2);
    const second = await importText('group2.csv', instants);
    // The conversation of the first file is named after the file: another key, so nothing is merged.
    expect(second.duplicates).toBe(0);
  });

  test('of two people in one group meet, whoever is self', async () => {
    const mine = [
      row(1, AT, 'one'),
      row(2, AT + 5, 'two', 'wxid_bravo0000002').replace(',1,0,0,', ',1,0,1,'),
    ];
    const theirs = [
      row(9, AT, 'one').replace(',1,0,0,', ',1,0,1,'),
      row(10, AT + 5, 'two', 'wxid_bravo0000002'),
    ];
    await importText('a.csv', `${HEADER}\n${mine.join('\n')}\n`);
    const second = await importText('b.csv', `${HEADER}\n${theirs.join('\n')}\n`);
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
    const summary = await made.call('reconciliation.compare', { jobId: job(), ...between });
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
    const { rows } = await made.call('reconciliation.rows', { between });
    const differing = rows.filter(({ kind }) => kind !== 'matched');
    expect(differing.map((one) => [one.kind, one.differences.join(), one.a?.text, one.b?.text])).toEqual([
      ['differs', 'recall', '合同我发你邮箱了', '这条消息已删除'],
      ['differs', 'edit', '价格能不能再低一点', '价格能不能再低两点 <此消息已编辑>'],
      ['only-a', '', '最低就是这个数', undefined],
    ]);
    const { rows: onlyA } = await made.call('reconciliation.rows', { between, kind: 'only-a' });
    expect(onlyA).toHaveLength(1);
    const { rows: events } = await made.call('audit.list', { type: 'source.reconciled' });
    expect(events[0]?.event.after).toMatchObject({ recalled: 1, edited: 1, onlyA: 1 });
    expect(JSON.stringify(events)).not.toContain('合同');
  });

  test('a CSV holds every row, and no cell that runs', async () => {
    const a = await importText(
      '与Ben的 WhatsApp 聊天.txt',
      `${chat.join('\n')}\n${said(20, 'Ann', '=HYPERLINK("http://x")')}\n`,
    );
    const b = await importText('与Ann的 WhatsApp 聊天.txt', `${chat.join('\n')}\n`);
    const file = join(made.root, 'out.csv');
    const between = { a: { sourceId: a.id }, b: { sourceId: b.id } };
    const written = await made.call('reconciliation.export', { jobId: job(), ...between, file });
    expect(written.rows).toBe(7);
    const text = readFileSync(file, 'utf8');
    expect(text.split('\r\n')).toHaveLength(9);
    expect(text).toContain(`"'=HYPERLINK(""http://x"")"`);
  });

  test('one side twice is refused', async () => {
    const a = await importText('与Ben的 WhatsApp 聊天.txt', `${chat.join('\n')}\n`);
    const side = { sourceId: a.id };
    await expect(
      made.call('reconciliation.compare', { jobId: job(), a: side, b: side }),
    ).rejects.toMatchObject({
      failure: { code: 'conflict' },
    });
  });
});

test('gaps of a source: missing days, time backwards, and the density around a message', async () => {
  const day = 86_400;
  const rows = [0, 60, day, day + 60, 5 * day, 5 * day - 7200, 6 * day].map((at, i) =>
    row(i + 1, AT + at, `t${i}`),
  );
  const source = await importText('a.csv', `${HEADER}\n${rows.join('\n')}\n`);
  const report = await made.call('gaps.find', { sourceId: source.id, zone: 'Asia/Shanghai' });
  expect(report.days).toHaveLength(4);
  expect(report.counts).toMatchObject({ 'missing-days': 1, backwards: 1, damage: 0 });
  expect(report.gaps[0]).toMatchObject({
    kind: 'missing-days',
    fromDay: '2026-01-07',
    toDay: '2026-01-09',
    size: 3,
  });
  const messageId = report.gaps[0]?.after ?? '';
  const context = await made.call('messages.context', { messageId, before: 0, after: 0 });
  expect(context.messages[0]?.text).toBe('t5');
  const density = await made.call('gaps.density', { messageId, zone: 'Asia/Shanghai' });
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
    (await made.call('gaps.find', { sourceId: source.id, zone: 'Asia/Shanghai' })).days.map(({ day }) => day);
  expect(await days()).toEqual(['2024-01-05', '2024-01-06']);
  const moved = await made.call('sources.setZone', { sourceId: source.id, zone: 'Europe/London' });
  expect(moved.zone).toMatchObject({ id: 'Europe/London', assumed: false });
  expect(await days()).toEqual(['2024-01-06']);
  const { rows } = await made.call('conversations.list', {});
  expect(rows[0]?.firstAt).toBe(Date.UTC(2024, 0, 5, 23, 15));
  await checked();
});

test('an account keeps its names, and a link to a person can be taken back', async () => {
  await importText(
    'a.csv',
    `${HEADER}\n${row(1, AT, 'one')}\n${row(2, AT + 9, 'two').replace(',alpha,', ',renamed,')}\n${row(3, AT + 20, 'x', 'wxid_bravo0000002')}\n`,
  );
  const accounts = (await made.call('accounts.list', {})).rows;
  const ann = accounts.find(({ platformId }) => platformId === 'wxid_alpha0000001')?.id ?? '';
  const ben = accounts.find(({ platformId }) => platformId === 'wxid_bravo0000002')?.id ?? '';
  const { names, person } = await made.call('people.ofAccount', { accountId: ann });
  expect(person).toBeNull();
  expect(names.map(({ name, messages, firstAt }) => [name, messages, firstAt])).toEqual([
    ['renamed', 1, (AT + 9) * 1000],
    ['alpha', 1, AT * 1000],
  ]);
  await expect(made.call('people.link', { accountId: ann, name: '王安', reason: ' ' })).rejects.toMatchObject(
    {
      failure: { code: 'invalid-input' },
    },
  );
  const made1 = await made.call('people.link', { accountId: ann, name: '王安', reason: '人事名册' });
  const both = await made.call('people.link', { accountId: ben, personId: made1.id, reason: '本人承认' });
  expect(both.accounts.map(({ reason }) => reason)).toEqual(['人事名册', '本人承认']);
  await expect(
    made.call('people.link', { accountId: ann, name: '另一人', reason: 'x' }),
  ).rejects.toMatchObject({ failure: { code: 'conflict' } });
  expect((await made.call('accounts.list', {})).rows).toHaveLength(accounts.length);
  const linkId = both.accounts[1]?.linkId ?? '';
  const after = await made.call('people.unlink', { linkId, reason: '认错人' });
  expect(after.accounts.map(({ undone }) => undone?.reason ?? null)).toEqual([null, '认错人']);
  const identity = await made.call('people.ofAccount', { accountId: ben });
  expect(identity.person).toBeNull();
  expect(identity.undone).toMatchObject([{ person: '王安', link: { reason: '本人承认' } }]);
  const { rows: events } = await made.call('audit.list', { type: 'person.account-unlinked' });
  expect(events[0]?.event.supersedes).not.toBeNull();
  expect((await made.call('people.list', { text: '王' })).rows).toHaveLength(1);
  await checked();
});

describe('media', () => {
  const chat = [
    '2024/1/5 09:15 - Ann: IMG-1.png (文件附件)',
    '2024/1/5 09:16 - Ann: PTT-2.opus (文件附件)',
    '2024/1/5 09:17 - Ben: IMG-3.jpg (文件附件)',
    '2024/1/5 09:18 - Ben: 好的',
    '',
  ].join('\n');

  test('named, found, examined and missing are counted; codes are read and their links registered', async () => {
    const source = await importText('与项目群的 WhatsApp 聊天.txt', chat);
    const folder = join(made.root, 'media', 'sub');
    mkdirSync(folder, { recursive: true });
    const code = readFileSync(new URL('../fixtures/media/qr-two.png', import.meta.url));
    writeFileSync(join(folder, 'IMG-1.png'), code);
    writeFileSync(join(folder, 'PTT-2.opus'), 'OggS and so on');
    writeFileSync(join(folder, 'unnamed.txt'), 'x');
    const counts = () => made.call('media.counts', { sourceId: source.id });
    expect(await counts()).toEqual({ named: 3, found: 0, examined: 0 });
    const outcome = await made.call('media.match', {
      jobId: job(),
      sourceId: source.id,
      folder: join(made.root, 'media'),
    });
    expect(outcome).toMatchObject({ files: 3, unnamed: 1, matched: 2, codes: 2, refused: [] });
    expect(outcome.counts).toEqual({ named: 3, found: 2, examined: 1 });
    const { rows } = await made.call('media.list', { sourceId: source.id });
    expect(rows.map(({ name, file, basis }) => [name, file?.type, file?.examined, basis])).toEqual([
      ['IMG-1.png', 'image/png', 'qr', 'name'],
      ['PTT-2.opus', 'audio/ogg', '', 'name'],
      ['IMG-3.jpg', undefined, undefined, null],
    ]);
    expect(rows[0]?.file?.codes).toEqual(['https://example.com/pay?id=42', 'weixin://contact/test']);
    const missing = await made.call('media.list', { sourceId: source.id, state: 'missing' });
    expect(missing.rows.map(({ name }) => name)).toEqual(['IMG-3.jpg']);
    const { totals } = await made.call('statistics.dashboard', { zone: 'UTC' });
    expect(totals).toMatchObject({ unexaminedMedia: 2, missingMedia: 1 });
    const links = await made.call('links.list', {});
    expect(links.rows).toMatchObject([
      { url: 'https://example.com/pay?id=42', domain: 'example.com', places: 1 },
    ]);
    const again = await made.call('media.match', {
      jobId: job(),
      sourceId: source.id,
      folder: join(made.root, 'media'),
    });
    expect(again).toMatchObject({ matched: 0, counts: { named: 3, found: 2, examined: 1 } });
    await checked();
  });

  test('a folder that is not there is refused', async () => {
    const source = await importText('与项目群的 WhatsApp 聊天.txt', chat);
    await expect(
      made.call('media.match', { jobId: job(), sourceId: source.id, folder: join(made.root, 'none') }),
    ).rejects.toMatchObject({ failure: { code: 'file-unreadable' } });
    rmSync(join(made.root, 'none'), { force: true });
  });
});

test('links are registered once with every place, and an update adds only what came since', async () => {
  await importText(
    'a.csv',
    `${HEADER}\n${row(1, AT, '看 https://www.example.com/a 和 t.cn/abc')}\n${row(2, AT + 60, '再看 https://www.example.com/a')}\n${row(3, AT + 90, '3.5 元')}\n`,
  );
  expect((await made.call('links.domains', {})).behind).toBe(3);
  expect(await made.call('links.update', { jobId: job() })).toMatchObject({ added: 2, places: 3 });
  const { rows } = await made.call('links.list', {});
  expect(rows.map(({ url, domain, places, short, status }) => [url, domain, places, short, status])).toEqual([
    ['https://www.example.com/a', 'example.com', 2, false, 'seen'],
    ['http://t.cn/abc', 't.cn', 1, true, 'seen'],
  ]);
  expect(rows[0]).toMatchObject({
    firstAt: AT * 1000,
    lastAt: (AT + 60) * 1000,
    conversations: 1,
    senders: 1,
  });
  const { rows: places } = await made.call('links.places', { linkId: rows[0]?.id ?? '' });
  expect(places).toHaveLength(2);
  await importText('b.csv', `${HEADER}\n${row(4, AT + 120, 'https://example.com/a?b=1')}\n`);
  expect(await made.call('links.update', { jobId: job() })).toMatchObject({ messages: 1, added: 1 });
  expect(await made.call('links.update', { jobId: job() })).toMatchObject({ messages: 0, added: 0 });
  expect((await made.call('links.domains', {})).domains).toMatchObject([
    { domain: 'example.com', links: 2, places: 3 },
    { domain: 't.cn' },
  ]);
  await checked();
});
