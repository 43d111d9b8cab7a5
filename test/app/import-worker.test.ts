/** A worker thread parses and prepares what the host stores: the same, to the byte, as without it. */
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type EventGroup,
  type ImportSetup,
  readGroups,
  readGroupsInWorker,
} from '../../src/core/app/imports/stored-events.ts';
import { startUpkeep } from '../../src/core/app/upkeep.ts';
import { wallToInstant } from '../../src/core/domain/zone.ts';
import { rankImporters, readHead } from '../../src/core/importers/sniff.ts';
import { BlobStore } from '../../src/core/storage/blob-store.ts';
import { all, type Database } from '../../src/core/storage/database.ts';
import { missingIndexes } from '../../src/core/storage/messages/bulk-load.ts';
import { MessagePreparer } from '../../src/core/storage/messages/message-batch.ts';
import { withoutIndex } from '../../src/core/storage/messages/search-index.ts';
import { ROOT, type TestBench, testBench } from '../builders/bench.ts';
import { wechatCsv } from '../cli/support.ts';

const IMPORT_WORKER = join(ROOT, 'src/core/app/imports/import-worker.ts');
const UPKEEP_WORKER = join(ROOT, 'src/core/storage/upkeep-worker.ts');
const EXPORTS = join(ROOT, 'test', 'fixtures', 'exports');
const ZONE = 'Asia/Shanghai';

let folder: string;
let blobs: BlobStore;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'docket-worker-'));
  blobs = new BlobStore(folder, randomBytes(32));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function collect(groups: AsyncIterable<EventGroup>): Promise<unknown[]> {
  const events: unknown[] = [];
  for await (const group of groups) {
    for (const event of group) {
      // Bytes that crossed a thread are no Buffers any more.
      if (event.type !== 'messages') events.push(event);
      else events.push({ ...event.batch, digests: Buffer.from(event.batch.digests).toString('hex') });
    }
  }
  return events;
}

async function bothWays(file: string, storedTo: (ends: readonly number[]) => number) {
  const id = `${basename(file)}-${randomBytes(4).toString('hex')}`;
  await blobs.seal(id, file, () => undefined);
  const { size } = statSync(file);
  const bytes = blobs.open(id, basename(file), size);
  const companion = async (path: string) => {
    const other = join(dirname(file), path);
    return existsSync(other) ? new Uint8Array(readFileSync(other)) : null;
  };
  const path = relative(EXPORTS, file).includes('/') ? relative(EXPORTS, file) : null;
  const source = path === null ? bytes : { ...bytes, path, companion };
  const head = readHead(source);
  const importer = rankImporters(head)[0]?.importer;
  if (!importer) throw new Error(`nothing reads ${file}`);
  const options = { zone: ZONE, head, conversations: 'all' as const };
  const ends: number[] = [];
  for await (const event of importer.read(source, options)) {
    if (event.type === 'ranges') ends.push(event.ranges.at(-1)?.end ?? 0);
  }
  const from = storedTo(ends);
  const preparer = new MessagePreparer({
    platform: importer.platform,
    toInstant: (wall) => wallToInstant(wall, ZONE),
  });
  const setup: ImportSetup = {
    blob: blobs.handle(id, basename(file), size),
    path,
    importer: importer.id,
    platform: importer.platform,
    zone: ZONE,
    conversations: 'all',
    table: null,
    storedTo: from,
  };
  const here = await collect(readGroups(importer, source, options, preparer, from));
  const there = await collect(readGroupsInWorker(IMPORT_WORKER, setup, companion));
  bytes.close();
  return { here, there };
}

describe('a worker gives the events that the thread itself would', () => {
  test.each([
    'wechatmsg_group_utf8.csv',
    'docket_interchange.ndjson',
    'whatsapp_ios_zh_chat.txt',
    'chatlog_two_chats.json',
    'slack/deals/2024-03-01.json',
  ])('%s', async (name) => {
    const { here, there } = await bothWays(join(EXPORTS, name), () => 0);
    expect(here.length).toBeGreaterThan(1);
    expect(there).toEqual(here);
  });

  test('and leaves out what is stored, while repeats count on', async () => {
    const file = join(folder, 'long_utf8.csv');
    writeFileSync(file, wechatCsv(9000).replaceAll(/第\d+条/g, '又一条'));
    const whole = await bothWays(file, () => 0);
    const rest = await bothWays(file, (ends) => ends[1] ?? 0);
    expect(rest.there).toEqual(rest.here);
    const batches = (events: unknown[]) => events.filter((event) => 'digests' in (event as object));
    expect(batches(rest.there)).toEqual(batches(whole.here).slice(2));
  });

  test('a blob that was changed ends the reading with its code', async () => {
    const file = join(EXPORTS, 'wechatmsg_group_utf8.csv');
    await blobs.seal('changed', file, () => undefined);
    const { size } = statSync(file);
    const sealed = readFileSync(blobs.pathOf('changed'));
    sealed[10] = (sealed[10] as number) ^ 1;
    writeFileSync(blobs.pathOf('changed'), sealed);
    const setup: ImportSetup = {
      blob: blobs.handle('changed', 'a.csv', size),
      path: null,
      importer: 'wechat-wechatmsg-csv',
      platform: 'wechat',
      zone: ZONE,
      conversations: 'all',
      table: null,
      storedTo: 0,
    };
    await expect(collect(readGroupsInWorker(IMPORT_WORKER, setup, undefined))).rejects.toMatchObject({
      code: 'workspace-damaged',
    });
  });
});

describe('a large import', () => {
  let made: TestBench;
  let db: Database;
  const ROWS = 70_000;
  const file = () => join(made.root, '大群_utf8.csv');

  beforeAll(async () => {
    made = testBench({ importWorker: IMPORT_WORKER, upkeepWorker: UPKEEP_WORKER });
    await made.call('workspace.create', { profile: 'employer', officerName: 'O', passphrase: 'long enough' });
    writeFileSync(file(), wechatCsv(ROWS));
    db = made.bench.session.workspace.store.db;
  });
  afterAll(() => made.remove());

  const missing = () => missingIndexes(db);

  test('cancelled in the middle keeps whole batches, and calls are answered at once', async () => {
    const running = made.call('sources.import', { jobId: 'one', files: [{ path: file() }] });
    await until(() => storedIn(db) > 0);
    await expect(
      made.call('sources.import', { jobId: 'again', files: [{ path: file() }] }),
    ).resolves.toMatchObject({ sources: [], refused: [{ code: 'conflict' }] });
    expect(await made.call('jobs.cancel', { jobId: 'one' })).toMatchObject({ found: true });
    const [source] = (await running).sources;
    expect(source?.state).toBe('partial');
    expect(source?.messages).toBeGreaterThan(0);
    expect(source?.messages).toBeLessThan(ROWS);
    expect(storedIn(db)).toBe(source?.messages);
    // What the load took down is not built before the answer.
    expect(missing()).not.toEqual([]);
    const { total } = await made.call('messages.search', { filter: { text: '库存' } });
    expect(total).toBeGreaterThan(0);
    const checked = await made.call('workspace.check', { jobId: 'check' });
    expect(checked.failures).toEqual([]);
  }, 240_000);

  test('goes on where it stopped, ends as an undisturbed one, and its indexes stand', async () => {
    const resumed = await made.call('sources.import', { jobId: 'two', files: [{ path: file() }] });
    const other = testBench();
    await other.call('workspace.create', {
      profile: 'employer',
      officerName: 'O',
      passphrase: 'long enough',
    });
    const whole = await other.call('sources.import', { jobId: 'one', files: [{ path: file() }] });
    expect(resumed.sources[0]?.digest).toBe(whole.sources[0]?.digest);
    const facts = (from: Database) =>
      all(from, 'SELECT ordinal, identity, sort_at, sender_name, text FROM messages ORDER BY ordinal');
    expect(facts(db)).toEqual(facts(other.bench.session.workspace.store.db));
    other.remove();
    expect(missing()).toEqual([]);
    expect((await made.call('workspace.check', { jobId: 'check' })).failures).toEqual([]);
    expect(made.reported).toEqual([]);
  }, 240_000);

  test('opening builds nothing of what a crash left down; upkeep does, and tells of it', async () => {
    for (const name of ['messages_by_time', 'messages_by_sender']) db.exec(`DROP INDEX ${name}`);
    const { officer } = await made.call('workspace.status', {});
    await made.call('workspace.lock', {});
    made.events.length = 0;
    await made.call('workspace.unlock', { officerId: officer?.id ?? '', passphrase: 'long enough' });
    db = made.bench.session.workspace.store.db;
    expect(missing()).toEqual(['messages_by_time', 'messages_by_sender']);
    expect((await made.call('messages.search', { filter: { text: '库存' }, limit: 5 })).rows).toHaveLength(5);
    const told = () =>
      made.events.flatMap((event) =>
        event.type === 'job.progress' && event.jobId === 'upkeep'
          ? [`${event.step} ${event.done}/${event.total}`]
          : [],
      );
    await until(() => told().includes('indexing 2/2'));
    expect(told()[0]).toBe('indexing 0/2');
    expect(missing()).toEqual([]);
    expect((await made.call('workspace.check', { jobId: 'check' })).failures).toEqual([]);
    expect(made.reported).toEqual([]);
  }, 240_000);
});

describe('the text index', () => {
  test('is told of when an import has answered, and waits for the next opening when it was cancelled', async () => {
    const made = testBench({ importWorker: IMPORT_WORKER, upkeepWorker: UPKEEP_WORKER });
    await made.call('workspace.create', { profile: 'employer', officerName: 'O', passphrase: 'long enough' });
    const path = join(made.root, '大群_utf8.csv');
    writeFileSync(path, wechatCsv(210_000));
    await made.call('sources.import', { jobId: 'one', files: [{ path }] });
    const { db } = made.bench.session.workspace.store;
    startUpkeep(made.bench.session, made.bench.options);
    const told = () =>
      made.events.filter((event) => event.type === 'job.progress' && event.jobId === 'upkeep');
    await until(() => told().length > 0);
    expect(told()[0]).toMatchObject({ step: 'search', unit: 'messages' });
    expect(await made.call('jobs.cancel', { jobId: 'upkeep' })).toEqual({ found: true });
    await until(() => {
      const last = told().at(-1);
      return last?.type === 'job.progress' && last.done === last.total;
    });
    const left = withoutIndex(db);
    expect(left).toBeGreaterThan(0);
    startUpkeep(made.bench.session, made.bench.options);
    expect(await made.call('jobs.cancel', { jobId: 'upkeep' })).toEqual({ found: false });
    const { officer } = await made.call('workspace.status', {});
    await made.call('workspace.lock', {});
    await made.call('workspace.unlock', { officerId: officer?.id ?? '', passphrase: 'long enough' });
    await until(() => withoutIndex(made.bench.session.workspace.store.db) < left);
    expect(made.reported).toEqual([]);
    made.remove();
  }, 240_000);
});

test('a program that does nothing else waits for indexes, and does not end before they stand', () => {
  const program = join(ROOT, 'test', 'builders', 'waiting-program.ts');
  const { status, stdout } = spawnSync(process.execPath, [program, UPKEEP_WORKER], { encoding: 'utf8' });
  expect({ status, stdout }).toEqual({ status: 0, stdout: 'missing: 0\n' });
}, 60_000);

const storedIn = (db: Database) => all<{ n: number }>(db, 'SELECT count(*) AS n FROM messages')[0]?.n ?? 0;

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
}
