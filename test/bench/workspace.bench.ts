/**
 * Import and detection of 200,000 messages into an empty, encrypted workspace, against the sqlite3
 * shell's plain `.import` of the same file where that program is there. One JSON row a line.
 */
import { execFileSync } from 'node:child_process';
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { testBench } from '../builders/bench.ts';
import { wechatCsv } from '../cli/support.ts';

const ROWS = 200_000;

interface Row {
  what: string;
  figure: number;
  unit: string;
  ratio?: number;
}

function print(row: Row): void {
  process.stdout.write(`${JSON.stringify(row)}\n`);
}

async function seconds(work: () => unknown): Promise<number> {
  const before = performance.now();
  await work();
  return (performance.now() - before) / 1000;
}

const made = testBench();
try {
  const file = join(made.root, 'chats.csv');
  writeFileSync(file, wechatCsv(ROWS));
  await made.call('workspace.create', {
    profile: 'employer',
    officerName: 'Bench',
    passphrase: 'long enough',
  });
  const shell = await seconds(() => plainImport(file)).catch(() => null);
  const imported = await seconds(() => made.call('sources.import', { jobId: 'i', files: [{ path: file }] }));
  print({
    what: 'import of a WeChatMsg CSV, against the sqlite3 shell’s .import',
    figure: Math.round(ROWS / imported),
    unit: 'messages/s',
    ...(shell === null ? {} : { ratio: Math.round((imported / shell) * 10) / 10 }),
  });
  print({ what: 'the same, bytes', figure: Math.round(statSync(file).size / imported / 1e6), unit: 'MB/s' });
  const detected = await seconds(() => made.call('detection.start', { jobId: 'd' }));
  print({
    what: 'detection with all shipped packs, hits stored',
    figure: Math.round(ROWS / detected),
    unit: 'messages/s',
  });
  const checked = await seconds(() => made.call('workspace.check', { jobId: 'c' }));
  print({ what: 'check of the whole workspace', figure: Math.round(ROWS / checked), unit: 'messages/s' });
  const searched = await seconds(() => made.call('messages.search', { filter: { text: '绝无此词' } }));
  print({
    what: 'search of a word of four characters that is not there',
    figure: Math.round(searched * 1000),
    unit: 'ms',
  });
  const listed = await seconds(() =>
    made.call('hits.list', { filter: { status: 'hit', disposition: 'open' } }),
  );
  print({ what: 'first page of the review queue', figure: Math.round(listed * 1000), unit: 'ms' });
} finally {
  made.remove();
}

/** The peer: one table of text, no keys, no digests, no encryption. Throws where there is no sqlite3. */
function plainImport(file: string): void {
  execFileSync('sqlite3', [join(made.root, 'plain.db'), '.mode csv', `.import ${file} rows`], {
    stdio: 'ignore',
  });
}
