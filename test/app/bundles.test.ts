/** Folders, archives, tables and lists through the workbench, as the window and the command line call it. */
import { createWriteStream, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import yazl from 'yazl';
import type { ImportFile } from '../../src/core/domain/source.ts';
import { CHECKS, runCheck } from '../../src/core/storage/check/check.ts';
import { publishedTexts } from '../../src/core/storage/people/published-items.ts';
import { type TestBench, testBench } from '../builders/bench.ts';
import { tarOf } from '../builders/tar.ts';
import { workbookOf } from '../builders/workbook.ts';

let made: TestBench;

beforeEach(async () => {
  made = testBench();
  await made.call('workspace.create', {
    profile: 'platform',
    officerName: 'A',
    passphrase: 'lantern orchard 41',
  });
});
afterEach(() => {
  expect(made.reported).toEqual([]);
  expect(failures()).toEqual([]);
  made.remove();
});

function failures() {
  return CHECKS.flatMap((check) => {
    const steps = runCheck(check, made.bench.session.workspace.store);
    let step = steps.next();
    while (!step.done) step = steps.next();
    return step.value.failures;
  });
}

function write(name: string, content: string | Buffer): string {
  const path = join(made.root, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
}

async function zip(
  name: string,
  members: Record<string, string | Buffer>,
  mode?: Record<string, number>,
): Promise<string> {
  const file = new yazl.ZipFile();
  for (const [path, content] of Object.entries(members)) {
    file.addBuffer(Buffer.from(content as string), path, mode?.[path] ? { mode: mode[path] } : {});
  }
  file.end();
  const path = join(made.root, name);
  await pipeline(file.outputStream, createWriteStream(path));
  return path;
}

const load = (...files: (string | Partial<ImportFile>)[]) =>
  made.call('sources.import', {
    jobId: 'import',
    files: files.map((file) => (typeof file === 'string' ? { path: file } : (file as ImportFile))),
  });

const chat = (who: string) =>
  `12/31/20, 23:58 - Alice: see you at midnight, ${who}\n1/1/21, 00:01 - ${who}: happy new year\n1/1/21, 00:03 - Alice: thanks\n`;

describe('folders and archives', () => {
  test('members are sources with their paths; the archive has none of its own; every byte is accounted for', async () => {
    const path = await zip(
      'chats.zip',
      {
        'a/_chat.txt': chat('Bob'),
        'b/_chat.txt': chat('Bob'),
        'photo.jpg': 'x'.repeat(500),
        '__MACOSX/._a': 'x',
        link: 'y',
        'notes.bin': '\u0000\u0001',
      },
      { link: 0o120777 },
    );
    const outcome = await load(path);
    expect(outcome.sources.map(({ file, holds, messages, state }) => [file, holds, messages, state])).toEqual(
      [
        ['chats.zip', 'archive', 0, 'complete'],
        ['a/_chat.txt', 'chat', 3, 'complete'],
        ['b/_chat.txt', 'chat', 3, 'complete'],
      ],
    );
    const [archive, member] = outcome.sources;
    expect(member?.parentId).toBe(archive?.id);
    const ledger = archive?.ledger;
    expect((ledger?.parsedBytes ?? 0) + (ledger?.skippedBytes ?? 0) + (ledger?.ignoredBytes ?? 0)).toBe(
      archive?.bytes,
    );
    expect(archive?.skips).toMatchObject([{ code: 'member-refused', count: 1 }]);
    expect(outcome.refused.map(({ path: at, code }) => [at.split('!')[1], code])).toEqual([
      ['/link', 'symbolic-link'],
    ]);
    expect(outcome.ignored.map(({ kind, files }) => [kind, files]).sort()).toEqual([
      ['media', 1],
      ['other', 1],
      ['system', 1],
    ]);
    const again = await load(path);
    expect(again.already).toHaveLength(3);
    expect(again.sources.reduce((sum, { messages }) => sum + messages, 0)).toBe(6);
  });

  test('a tar archive, also one in a zip archive, is read as a zip archive is', async () => {
    const tar = tarOf([
      { name: 'a/_chat.txt', content: chat('Bob') },
      { name: 'link', type: '2', content: '' },
    ]);
    const outcome = await load(write('chats.tar', tar), await zip('outer.zip', { 'inner.tar': tar }));
    const shown = outcome.sources.map(({ file, messages, ledger, bytes }) => [
      file,
      messages,
      ledger.parsedBytes + ledger.skippedBytes + ledger.ignoredBytes === bytes,
    ]);
    expect(shown).toContainEqual(['chats.tar', 0, true]);
    expect(shown.filter(([, messages]) => messages === 3).map(([file]) => file)).toContain('a/_chat.txt');
    expect(outcome.refused.map(({ code }) => code)).toContain('symbolic-link');
  });

  test('an archive in an archive is read, a third level is refused', async () => {
    const inner = await zip('inner.zip', { '_chat.txt': chat('Eve') });
    const { readFileSync } = await import('node:fs');
    const middle = await zip('middle.zip', { 'inner.zip': readFileSync(inner), '_chat.txt': chat('Dan') });
    const outer = await zip('outer.zip', { 'middle.zip': readFileSync(middle) });
    const outcome = await load(outer);
    expect(outcome.sources.map(({ file, holds }) => [file, holds])).toEqual([
      ['outer.zip', 'archive'],
      ['middle.zip', 'archive'],
      ['_chat.txt', 'chat'],
    ]);
    expect(outcome.refused.map(({ code }) => code)).toEqual(['nested-too-deep']);
  });

  test('a folder: links are not followed, the rest is imported; excluding an archive takes its members along', async () => {
    write('exports/chat.txt', chat('Bob'));
    symlinkSync('/etc', join(made.root, 'exports', 'etc'));
    const outcome = await load(join(made.root, 'exports'));
    expect(outcome.sources.map(({ file }) => file)).toEqual(['chat.txt']);
    expect(outcome.refused).toMatchObject([{ code: 'symbolic-link' }]);
    const archive = await load(await zip('c.zip', { 'x/_chat.txt': chat('Carol') }));
    await made.call('sources.exclude', { sourceId: archive.sources[0]?.id ?? '', reason: 'wrong' });
    const states = (await made.call('sources.list', {})).map(({ file, state }) => [file, state]);
    expect(states).toEqual([
      ['x/_chat.txt', 'excluded'],
      ['c.zip', 'excluded'],
      ['chat.txt', 'complete'],
    ]);
  });

  test('only chosen members; a damaged archive is refused and nothing of it kept', async () => {
    const path = await zip('two.zip', { 'a.txt': chat('Bob'), 'b.txt': chat('Carol') });
    const seen = (await made.call('sources.inspect', { paths: [path] }))[0];
    expect(seen?.bundle?.members.map((member) => [member.path, member.format])).toEqual([
      ['a.txt', 'whatsapp-export-text'],
      ['b.txt', 'whatsapp-export-text'],
    ]);
    expect(await made.call('sources.list', {})).toEqual([]);
    const outcome = await load({ path, members: ['b.txt'] });
    expect(outcome.sources.map(({ file }) => file)).toEqual(['two.zip', 'b.txt']);
    const { readFileSync } = await import('node:fs');
    const cut = write('cut.zip', readFileSync(path).subarray(0, 300));
    expect((await load(cut)).refused).toMatchObject([{ code: 'archive-damaged' }]);
  });

  test('names in GB18030', async () => {
    const path = await zip('gbk.zip', { 'aaaa.txt': chat('Bob') });
    const { readFileSync } = await import('node:fs');
    const bytes = readFileSync(path);
    const gbk = Buffer.from([0xb9, 0xa4, 0xd7, 0xf7]);
    for (let at = bytes.indexOf('aaaa'); at >= 0; at = bytes.indexOf('aaaa')) gbk.copy(bytes, at);
    for (const [signature, flags] of [
      [0x04034b50, 6],
      [0x02014b50, 8],
    ] as const) {
      for (let at = 0; at < bytes.length - 30; at++) {
        if (bytes.readUInt32LE(at) === signature)
          bytes.writeUInt16LE(bytes.readUInt16LE(at + flags) & ~0x800, at + flags);
      }
    }
    writeFileSync(path, bytes);
    expect((await load(path)).sources.map(({ file }) => file)).toEqual(['gbk.zip', '工作.txt']);
  });
});

describe('tables', () => {
  const table = '批次 3\n序,时刻,谁,说了什么\n1,2026/3/1 9:05,王五,早\n2,2026/3/1 9:06,赵六,到了吗\n';

  test('a saved mapping recognises the next such file', async () => {
    const first = write('他家 1.csv', table);
    const looked = await made.call('tables.inspect', { path: first });
    expect(looked.mapping.table.headerRow).toBe(2);
    const mapping = {
      ...looked.mapping,
      name: '他家',
      columns: { text: '说了什么', sentAt: '时刻', senderName: '谁' },
    };
    const described = await made.call('tables.inspect', { path: first, mapping });
    expect(described).toMatchObject({
      headers: ['序', '时刻', '谁', '说了什么'],
      times: { total: 2, unread: [] },
    });
    expect((await made.call('sources.inspect', { paths: [first] }))[0]?.format).toBeNull();
    const saved = await made.call('mappings.save', { mapping: described.mapping });
    const next = write('他家 2.csv', table.replaceAll('早', '晚'));
    const outcome = await load(first, next);
    expect(
      outcome.sources.map(({ format, messages, assumptions }) => [format, messages, assumptions.mapping]),
    ).toEqual([
      ['other-mapped-table', 2, '他家'],
      ['other-mapped-table', 2, '他家'],
    ]);
    await made.call('mappings.remove', { mappingId: saved.id });
    expect((await load(write('他家 3.csv', table.replaceAll('早', '午')))).refused).toMatchObject([
      { code: 'format-unknown' },
    ]);
  });

  test('a table of messages that nobody described is read by its column names, which is reported', async () => {
    const guessed =
      '群名,发送者,时间,内容\n甲群,张三,2026-01-05 10:00:00,早\n乙群,李四,2026-01-05 10:01:00,好\n';
    const path = write('导出.csv', guessed);
    const [seen] = await made.call('sources.inspect', { paths: [path] });
    expect(seen).toMatchObject({ format: 'mapping:guess', isTable: true, needsZone: true });
    expect(seen?.conversations.map(({ name, messages }) => [name, messages])).toEqual([
      ['甲群', 1],
      ['乙群', 1],
    ]);
    const { sources } = await load(path);
    expect(sources).toMatchObject([
      {
        messages: 2,
        skipped: 0,
        assumptions: { columns: 'text=内容, sentAt=时间, senderName=发送者, conversationName=群名' },
      },
    ]);
    const one = await load({
      path: write('又一.csv', guessed.replaceAll('早', '晚')),
      conversations: ['name:乙群'],
    });
    expect(one.sources).toMatchObject([{ messages: 1, conversations: 1 }]);
  });

  test.each([
    ['mapping:guess', '群ID,群名称,发言人,发言时间,发言内容', 'wr1,群,张三,2026-01-05 10:00:00,早'],
    ['mapping:guess', 'id,date,from_name,from_id,text,reply_to', '1,2026-01-05T10:00:00,Ann,user1,hi,'],
    ['mapping:guess', '工号,姓名,时间,内容', 'E1,张三,2026-01-05 10:00:00,早'],
    [
      'wechat-wechatmsg-csv',
      '消息ID,类型,发送人,时间,内容,备注,昵称',
      '1,文本,wxid_a,2026-01-05 10:00:00,早,,a',
    ],
    ['list-roster', '工号,姓名,部门,职务,入职日期', 'E1,张三,采购,专员,2026-01-05'],
    ['list-published-items', '内容ID,类型,作者,发布时间,标题,正文', 'p1,评论,张三,2026-01-05 10:00:00,,好'],
    ['list-user-reports', '举报编号,举报时间,举报人,被举报对象,举报内容', 'R1,2026-01-05,张三,李四,刷单'],
  ])('%s reads %s', async (format, header, row) => {
    const path = write('表.csv', `${header}\n${row}\n${row.replace('1', '2')}\n`);
    expect((await made.call('sources.inspect', { paths: [path] }))[0]?.format).toBe(format);
  });

  test('a mapping that cannot be used is refused before anything is kept', async () => {
    const path = write('t.csv', table);
    const mapping = {
      docketMapping: 1 as const,
      name: 'M',
      target: 'messages' as const,
      columns: { text: '说了什么' },
      timeFormat: 'hello',
    };
    expect((await load({ path, mapping } as unknown as Partial<ImportFile>)).refused).toMatchObject([
      { code: 'mapping-unfit' },
    ]);
  });
});

describe('lists', () => {
  const roster = (rows: string) => `工号,姓名,部门,手机,离职日期\n${rows}`;

  test('the difference is shown before, applied by the import, and kept as history', async () => {
    await load(write('花名册2026-10.csv', roster('E1,张三,采购,13800000001,\nE2,李四,仓储,13800000002,\n')));
    const next = write(
      '花名册2026-11.csv',
      roster('E1,张三,采购,13800000001,2026-10-31\nE3,王五,仓储,,下周\n,,,,2026-01-01\nE3,王六,仓储,,\n'),
    );
    const [seen] = await made.call('sources.inspect', { paths: [next] });
    expect(seen).toMatchObject({ format: 'list-roster', listName: '花名册' });
    expect(seen?.lists[0]).toMatchObject({
      added: 1,
      changed: 1,
      removed: 1,
      unchanged: 0,
      errorCount: 3,
      previous: { file: '花名册2026-10.csv' },
    });
    expect(seen?.lists[0]?.errors.map(({ line, code, field }) => [line, code, field])).toEqual([
      [3, 'bad-value', 'leftAt'],
      [4, 'missing-field', 'name'],
      [5, 'duplicate-key', null],
    ]);
    const outcome = await load(next);
    expect(outcome.lists).toMatchObject([
      { kind: 'roster', name: '花名册', rows: 2, added: 1, changed: 1, removed: 1, errors: 3 },
    ]);
    const [list] = await made.call('lists.list', {});
    expect(list).toMatchObject({ entries: 2, imports: [{ added: 1 }, { added: 2 }] });
    const entries = await made.call('lists.entries', { listId: list?.id ?? '' });
    expect(entries.rows.map(({ fields }) => [fields.employeeId, fields.leftAt, fields.phone])).toEqual([
      ['E1', '2026-10-31', '13•••••••01'],
      ['E3', '下周', undefined],
    ]);
    const changes = await made.call('lists.changes', {
      listId: list?.id ?? '',
      sourceId: list?.imports[0]?.sourceId ?? '',
    });
    expect(changes.changes.map(({ change, after }) => [change, after?.employeeId])).toEqual([
      ['added', 'E3'],
      ['changed', 'E1'],
      ['removed', undefined],
    ]);
  });

  test('another name makes another list; the same bytes again change nothing', async () => {
    const path = write('花名册.csv', roster('E1,张三,采购,,\n'));
    await load(path);
    expect((await load(path)).lists).toEqual([]);
    const other = write('花名册2.csv', roster('E9,赵九,采购,,\n'));
    await load({ path: other, list: '分公司' });
    expect((await made.call('lists.list', {})).map(({ name, entries }) => [name, entries])).toEqual([
      ['分公司', 1],
      ['花名册', 1],
    ]);
  });

  test.each([
    [
      'public-accounts',
      '账号名称,账号ID,主体名称,主体性质,注册地,内容类别,备案状态\n今日要闻,gh_1,甲公司,企业,上海,时政,已备案\n',
    ],
    ['licences', '许可证编号,持证主体,许可类型,许可范围,有效期至\n沪 1,甲公司,转载服务,网站,2027-01-01\n'],
    ['agreements', '账号,协议名称,版本,签署日期\n今日要闻,七条底线承诺书,2,2026-01-01\n'],
    [
      'user-reports',
      '举报编号,举报时间,被举报账号,举报类型,举报内容,处理状态\nJ1,2026-01-01,某号,谣言,转发不实消息,待处理\n',
    ],
    ['links', '链接,状态,发现时间\nhttp://a.example,已封禁,2026-01-01\n'],
    ['groups', '群ID,群名称,群主,成员数,群类别\n1@chatroom,采购群,张三,20,工作\n'],
    [
      'published-items',
      '内容ID,内容类型,发布账号,发布时间,标题,正文,链接\nP1,文章,今日要闻,2026-01-01,标题,正文,http://a.example\n',
    ],
  ])('%s are recognised by their headers, as text and as a workbook', async (kind, text) => {
    const outcome = await load(write(`${kind}.csv`, text));
    expect(outcome.lists.map((list) => [list.kind, list.added])).toContainEqual([kind, 1]);
    const cells = text
      .trim()
      .split('\n')
      .map((line) => line.split(','));
    const book = write(`${kind}-book.xlsx`, await workbookOf({ 表: [['说明'], ...cells] }));
    const [seen] = await made.call('sources.inspect', { paths: [book] });
    expect(seen?.format).toBe(`list-${kind}`);
    expect(seen?.lists[0]).toMatchObject({ kind, added: 1, errorCount: 0 });
  });

  test('published items are read as texts with their act', async () => {
    const text =
      '内容ID,内容类型,发布账号,账号ID,发布时间,标题,正文\nP1,文章,甲,a1,2026-01-01,题,文\nP2,账号简介,甲,a1,2026-01-01,,介绍\n';
    await load(write('发布内容.csv', text));
    const { db } = made.bench.session.workspace.store;
    expect(
      publishedTexts(db, 0, 10).map(({ field, text: said, act, accountId }) => [field, said, act, accountId]),
    ).toEqual([
      ['title', '题', 'own-post', 'a1'],
      ['text', '文', 'own-post', 'a1'],
      ['text', '介绍', 'display', 'a1'],
    ]);
  });

  test('every template is recognised as its own kind, in both languages', async () => {
    for (const { kind, fields } of await made.call('lists.kinds', {})) {
      for (const language of ['zh', 'en'] as const) {
        const { fileName, text } = await made.call('lists.template', { kind, language });
        const row = fields.map(({ id }) => (/At$|^from$|^to$/.test(id) ? '2026-01-01' : `${id}1`)).join(',');
        const path = write(`${language}-${fileName.replaceAll(' ', '-')}`, `${text}${row}\r\n`);
        const [seen] = await made.call('sources.inspect', { paths: [path] });
        expect([language, seen?.lists.some((list) => list.kind === kind && list.added === 1)]).toEqual([
          language,
          true,
        ]);
      }
    }
  });
});
