/**
 * Import of a million messages into an empty, encrypted workspace, with digests and indexes, as the window
 * does it: a thread parses, the host stores, a third builds indexes. Against the sqlite3 shell's plain
 * `.import` of the CSV (one table of text: no digests, no ledger, no encryption) and against papaparse
 * reading it (nothing stored); both before and after, because other work on the machine comes and goes.
 * Each import runs in a process of its own, so that its memory is its own. Then a second file, half of it
 * known, into the full workspace; cancelling; and searches without and with the text index.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withoutIndex } from '../../src/core/storage/messages/search-index.ts';
import { ROOT, testBench } from '../builders/bench.ts';
import { chatLabJsonl, type Shape, weComJsonl, wechatMsgCsv, writeChats } from './chat-files.ts';

const MESSAGES = Number(process.env.DOCKET_BENCH_MESSAGES ?? 1_000_000);

interface Measured {
  readonly seconds: number;
  /** Peak resident memory of the process, in MB. */
  readonly memory: number;
  readonly second?: number;
  readonly cancelled?: number;
  readonly scan?: number;
  readonly common?: number;
  readonly indexed?: number;
}

async function seconds(work: () => unknown): Promise<number> {
  const before = performance.now();
  await work();
  return (performance.now() - before) / 1000;
}

const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** In a process of its own: imports a file, and the rest where a second file is given. */
async function measure(file: string, second: string | undefined): Promise<Measured> {
  const made = testBench({
    importWorker: join(ROOT, 'src/core/app/imports/import-worker.ts'),
    upkeepWorker: join(ROOT, 'src/core/storage/upkeep-worker.ts'),
  });
  try {
    await made.call('workspace.create', { profile: 'employer', officerName: 'B', passphrase: 'long enough' });
    const importing = (path: string, jobId = 'i') =>
      made.call('sources.import', { jobId, files: [{ path, conversations: 'all' }] });
    const first = await seconds(async () => {
      const [source] = (await importing(file)).sources;
      if (source?.messages !== MESSAGES) throw new Error(`${source?.messages} of ${MESSAGES} messages`);
    });
    const memory = process.resourceUsage().maxRSS / 1024;
    if (second === undefined) return { seconds: first, memory };
    const { db } = made.bench.session.workspace.store;
    const search = () => made.call('messages.search', { filter: { text: '绝无此词' } });
    const scan = await seconds(search);
    const common = await seconds(() => made.call('messages.search', { filter: { text: '今天' } }));
    for (let before = -1; withoutIndex(db) !== before; await wait(1000)) before = withoutIndex(db);
    // Something is written, so that the answer before is not taken again.
    await made.call('authorities.create', { authorisedBy: 'A', purpose: 'P', scope: 'S', basis: 'B' });
    const indexed = await seconds(search);
    const began = performance.now();
    const running = importing(second, 'cancelled');
    const stored = () =>
      made.call('sources.list', {}).then((rows) => rows.find((row) => row.state === 'importing'));
    while (((await stored())?.messages ?? 0) < MESSAGES / 10) await wait(20);
    const cancelled = await seconds(async () => {
      await made.call('jobs.cancel', { jobId: 'cancelled' });
      await running;
    });
    await importing(second);
    const both = (performance.now() - began) / 1000;
    return { seconds: first, memory, second: both, cancelled, scan, common, indexed };
  } finally {
    made.remove();
  }
}

const folder = mkdtempSync(join(tmpdir(), 'docket-import-'));

/** Throws where there is no sqlite3. */
function plainImport(file: string): void {
  const database = join(folder, 'plain.db');
  execFileSync('sqlite3', [database, '.mode csv', `.import '${file}' rows`], { stdio: 'ignore' });
  rmSync(database);
}

function papaparse(file: string): void {
  const { parse } = createRequire(import.meta.url)('papaparse') as {
    parse(text: string): { data: unknown[] };
  };
  if (parse(readFileSync(file, 'utf8')).data.length < MESSAGES) throw new Error('papaparse lost rows');
}

function inOwnProcess(...files: string[]): Measured {
  const args = [fileURLToPath(import.meta.url), '--measure', ...files];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as Measured;
}

const report = (row: {
  what: string;
  figure: number;
  unit: string;
  ratio?: number;
  budget?: string;
  ok?: boolean;
}): void => console.log(JSON.stringify(row));

function reportImport(what: string, taken: number, peer: number, most: number, bytes: number): void {
  const ratio = taken / peer;
  report({
    what: `${what}, ${Math.round(bytes / 1e6)} MB`,
    figure: Math.round(taken * 10) / 10,
    unit: 's',
    ratio: Math.round(ratio * 10) / 10,
    budget: `<= ${most}x sqlite3 .import of the CSV`,
    ok: ratio <= most,
  });
}

const [mode, ...files] = process.argv.slice(2);
if (mode === '--measure') {
  process.stdout.write(JSON.stringify(await measure(files[0] as string, files[1])));
} else {
  try {
    const file = writeChats(folder, wechatMsgCsv(MESSAGES));
    const { size } = statSync(file);
    const later: Shape = { ...wechatMsgCsv(MESSAGES), file: 'later_utf8.csv' };
    const second = writeChats(folder, later, MESSAGES / 2);
    const before = await seconds(() => plainImport(file));
    const papa = await seconds(() => papaparse(file));
    const csv = inOwnProcess(file, second);
    rmSync(second);
    const others: [string, Measured, number][] = [];
    for (const shape of [chatLabJsonl(MESSAGES), weComJsonl(MESSAGES)]) {
      const path = writeChats(folder, shape);
      others.push([shape.file, inOwnProcess(path), statSync(path).size]);
      rmSync(path);
    }
    const peer = (before + (await seconds(() => plainImport(file)))) / 2;
    report({ what: 'sqlite3 shell, .import of the CSV', figure: Math.round(peer * 10) / 10, unit: 's' });
    report({ what: 'papaparse, the CSV as one string', figure: Math.round(papa * 10) / 10, unit: 's' });
    reportImport(`import of a WeChatMsg CSV of ${MESSAGES} messages`, csv.seconds, peer, 6, size);
    for (const [name, { seconds: taken }, bytes] of others) {
      reportImport(`import of ${name}, as many`, taken, peer, 8, bytes);
    }
    reportImport(
      'a second CSV, half of it known, into the full workspace, cancelled once and continued',
      csv.second ?? 0,
      peer,
      12,
      size,
    );
    const memory = Math.max(csv.memory, ...others.map(([, one]) => one.memory));
    report({
      what: 'the same, peak memory (from sources: 90 MB of it strip types)',
      figure: Math.round(memory),
      unit: 'MB',
    });
    const milliseconds = (value = 0) => Math.round(value * 1000);
    report({
      what: 'from cancelling an import to its end',
      figure: milliseconds(csv.cancelled),
      unit: 'ms',
      budget: '<= 200 ms',
      ok: milliseconds(csv.cancelled) <= 200,
    });
    report({
      what: 'search of four characters that are not there, without index',
      figure: milliseconds(csv.scan),
      unit: 'ms',
      budget: '<= 200 ms',
      ok: milliseconds(csv.scan) <= 200,
    });
    report({
      what: 'search of a word that a quarter of the messages hold, with their number, without index',
      figure: milliseconds(csv.common),
      unit: 'ms',
    });
    report({
      what: 'search of the four characters with the index',
      figure: milliseconds(csv.indexed),
      unit: 'ms',
      budget: '<= 20 ms',
      ok: milliseconds(csv.indexed) <= 20,
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
