/**
 * Detection end to end, as the window and the command line run it: two worker threads read messages from an
 * encrypted workspace and judge them with all shipped packs, and the host stores their hits. A million messages
 * (`DOCKET_BENCH_MESSAGES` for another number: the start of the workers is then scaled with the rest). Time on the
 * clock depends on what else the machine does; processor time of all threads hardly does. One JSON row a line.
 */
import { writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { testBench } from '../builders/bench.ts';
import { matchCorpus } from './match-corpus.ts';

const MILLION = 1_000_000;
const MESSAGES = Number(process.env.DOCKET_BENCH_MESSAGES ?? MILLION);
const THREADS = 2;
const BUDGET = 10;

/** The columns of a WeChatMsg export; every message has a time of its own. */
function csvOf(texts: readonly string[]): string {
  const head =
    'localId,TalkerId,Type,SubType,IsSender,CreateTime,Status,StrContent,StrTime,Remark,NickName,Sender';
  const rows = texts.map((text, row) => {
    const who = row % 300;
    const said = `"${text.replaceAll('"', '""')}"`;
    return `${row + 1},${row % 40},1,0,0,${1767578400 + row * 7},3,${said},2026-01-05 10:00:00,员工${who},员工${who},wxid_${who}`;
  });
  return `\ufeff${[head, ...rows].join('\r\n')}\r\n`;
}

const entry = fileURLToPath(new URL('../../src/core/detection/detection-worker.ts', import.meta.url));
const made = testBench({ workers: { entry, threads: THREADS } });
try {
  const { texts, real } = matchCorpus(MESSAGES);
  console.error(
    `${texts.length} messages, ${new Set(texts).size} different, ${real ? 'real data' : 'the sample'}`,
  );
  const file = join(made.root, 'chats.csv');
  writeFileSync(file, csvOf(texts));
  await made.call('workspace.create', {
    profile: 'employer',
    officerName: 'Bench',
    passphrase: 'long enough',
  });
  await made.call('sources.import', { jobId: 'i', files: [{ path: file }] });
  const before = performance.now();
  const used = process.cpuUsage();
  const run = await made.call('detection.start', { jobId: 'd' });
  const seconds = (performance.now() - before) / 1000;
  const { user, system } = process.cpuUsage(used);
  const processor = (user + system) / 1e6;
  console.error(
    `${run.messages} messages judged, ${run.hits} hits, ${seconds.toFixed(2)} s, load ${loadavg()[0]?.toFixed(1)}`,
  );
  const perMillion = (seconds * MILLION) / run.messages;
  console.log(
    JSON.stringify({
      what: `read, detect and store hits, ${THREADS} workers: a million messages, from ${run.messages}`,
      figure: perMillion,
      unit: 's',
      budget: `<= ${BUDGET} s`,
      ok: perMillion <= BUDGET,
    }),
  );
  console.log(
    JSON.stringify({
      what: 'the same, processor time of all threads',
      figure: (processor * MILLION) / run.messages,
      unit: 's',
    }),
  );
} finally {
  made.remove();
}
