/** Media that messages name, and the links in messages. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { importDesk, WECHAT_HEADER, weChatRow } from '../builders/import-desk.ts';

const { made, job, importText, checked } = importDesk();
const AT = 1_767_578_400;

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
    const folder = join(made().root, 'media', 'sub');
    mkdirSync(folder, { recursive: true });
    const code = readFileSync(new URL('../fixtures/media/qr-two.png', import.meta.url));
    writeFileSync(join(folder, 'IMG-1.png'), code);
    writeFileSync(join(folder, 'PTT-2.opus'), 'OggS and so on');
    writeFileSync(join(folder, 'unnamed.txt'), 'x');
    const counts = () => made().call('media.counts', { sourceId: source.id });
    expect(await counts()).toEqual({ named: 3, found: 0, examined: 0 });
    const outcome = await made().call('media.match', {
      jobId: job(),
      sourceId: source.id,
      folder: join(made().root, 'media'),
    });
    expect(outcome).toMatchObject({ files: 3, unnamed: 1, matched: 2, codes: 2, refused: [] });
    expect(outcome.counts).toEqual({ named: 3, found: 2, examined: 1 });
    const { rows } = await made().call('media.list', { sourceId: source.id });
    expect(rows.map(({ name, file, basis }) => [name, file?.type, file?.examined, basis])).toEqual([
      ['IMG-1.png', 'image/png', 'qr', 'name'],
      ['PTT-2.opus', 'audio/ogg', '', 'name'],
      ['IMG-3.jpg', undefined, undefined, null],
    ]);
    expect(rows[0]?.file?.codes).toEqual(['https://example.com/pay?id=42', 'weixin://contact/test']);
    const missing = await made().call('media.list', { sourceId: source.id, state: 'missing' });
    expect(missing.rows.map(({ name }) => name)).toEqual(['IMG-3.jpg']);
    const { totals } = await made().call('statistics.dashboard', { zone: 'UTC' });
    expect(totals).toMatchObject({ unexaminedMedia: 2, missingMedia: 1 });
    const links = await made().call('links.list', {});
    expect(links.rows).toMatchObject([
      { url: 'https://example.com/pay?id=42', domain: 'example.com', places: 1 },
    ]);
    const pack = join(made().root, 'codes.json');
    const title = { zh: '码', en: 'Code' };
    const match = { any: [{ terms: ['example.com/pay'] }, { terms: ['weixin://contact'] }] };
    const rule = { id: 'code', category: 'fraud', title, match };
    writeFileSync(pack, JSON.stringify({ id: 'codes', version: '1.0.0', title, rules: [rule] }));
    await made().call('detection.start', { jobId: job(), packFiles: [pack] });
    const hits = (await made().call('hits.list', { filter: { rule: 'code' } })).rows;
    expect(hits.map(({ subject, act, sender, text }) => [subject.type, act, sender, text]).sort()).toEqual([
      ['attachment', 'own-post', 'Ann', 'https://example.com/pay?id=42'],
      ['attachment', 'own-post', 'Ann', 'weixin://contact/test'],
    ]);
    const again = await made().call('media.match', {
      jobId: job(),
      sourceId: source.id,
      folder: join(made().root, 'media'),
    });
    expect(again).toMatchObject({ matched: 0, counts: { named: 3, found: 2, examined: 1 } });
    await checked();
  });

  test('a folder that is not there is refused', async () => {
    const source = await importText('与项目群的 WhatsApp 聊天.txt', chat);
    await expect(
      made().call('media.match', { jobId: job(), sourceId: source.id, folder: join(made().root, 'none') }),
    ).rejects.toMatchObject({ failure: { code: 'file-unreadable' } });
    rmSync(join(made().root, 'none'), { force: true });
  });
});

test('links are registered once with every place, and an update adds only what came since', async () => {
  await importText(
    'a.csv',
    `${WECHAT_HEADER}\n${weChatRow(1, AT, '看 https://www.example.com/a 和 t.cn/abc')}\n${weChatRow(2, AT + 60, '再看 https://www.example.com/a')}\n${weChatRow(3, AT + 90, '3.5 元')}\n`,
  );
  expect((await made().call('links.domains', {})).behind).toBe(3);
  expect(await made().call('links.update', { jobId: job() })).toMatchObject({ added: 2, places: 3 });
  const { rows } = await made().call('links.list', {});
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
  const { rows: places } = await made().call('links.places', { linkId: rows[0]?.id ?? '' });
  expect(places).toHaveLength(2);
  await importText('b.csv', `${WECHAT_HEADER}\n${weChatRow(4, AT + 120, 'https://example.com/a?b=1')}\n`);
  expect(await made().call('links.update', { jobId: job() })).toMatchObject({ messages: 1, added: 1 });
  expect(await made().call('links.update', { jobId: job() })).toMatchObject({ messages: 0, added: 0 });
  expect((await made().call('links.domains', {})).domains).toMatchObject([
    { domain: 'example.com', links: 2, places: 3 },
    { domain: 't.cn' },
  ]);
  await checked();
});
