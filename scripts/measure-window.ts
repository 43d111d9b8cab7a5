// `node scripts/with-node.mjs scripts/measure-window.ts FILE`: imports a chat export in the real window,
// detects, opens Review, gives ten verdicts, opens Messages, and prints as JSON how long each took and how long the window and
// its main process ever failed to answer meanwhile. The workspace is a fresh one and is removed.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright';
import { importFiles } from '../test/e2e/steps/import.ts';
import { detect } from '../test/e2e/steps/review.ts';
import { confirmRecoveryKey, createWorkspace } from '../test/e2e/steps/start.ts';
import { runScript, Unavailable } from './runtime/report.ts';
import { type Launched, openWindow, prepareWindow } from './runtime/window.ts';

/** A file of millions takes its time. */
const STEP_MS = 900_000;
const IDLE_MS = 5000;
const VERDICTS = 10;
const OFFICER = { name: '周明', passphrase: 'measured in the window' };
const AUTHORISATION = { authorisedBy: '合规部', purpose: '测量', scope: '全部', basis: '合同约定' };

/** Source, for it runs in two places that share nothing: a timer of 5 ms notes the most it was late. */
const WATCH = `
  globalThis.docketLag = 0;
  let last = performance.now();
  setInterval(() => {
    const now = performance.now();
    globalThis.docketLag = Math.max(globalThis.docketLag, now - last - 5);
    last = now;
  }, 5);
`;

/** The longest wait beyond its time of a timer that runs all along, milliseconds. */
interface Lag {
  renderer: number;
  main: number;
}

await runScript(async () => {
  const [file] = process.argv.slice(2);
  if (file === undefined) throw new Unavailable('name the file to import.');
  const { runtime, stop } = await prepareWindow();
  const userData = await mkdtemp(join(tmpdir(), 'docket-measure-'));
  const docket = await openWindow(runtime, {
    userData,
    args: ['--lang=zh-CN'],
    env: { DOCKET_KEYS: join(userData, 'keys') },
  });
  try {
    process.stdout.write(`${JSON.stringify(await measure(docket, resolve(file)))}\n`);
    return 0;
  } finally {
    await docket.close();
    await stop();
    await rm(userData, { recursive: true, force: true });
  }
});

async function measure(docket: Launched, file: string): Promise<object> {
  const { window } = docket;
  window.setDefaultTimeout(STEP_MS);
  await createWorkspace(window, OFFICER);
  await confirmRecoveryKey(window);
  await startTimers(docket);

  // What the machine itself adds, with whatever else it runs.
  const idle = await timed(docket, () => window.waitForTimeout(IDLE_MS));
  const imported = await timed(docket, () => importFiles(docket, [file], AUTHORISATION));
  const detected = await timed(docket, () => detect(window));
  const reviewed = await timed(docket, () => opened(window, '研判'));
  const judged = await timed(docket, () => verdicts(window));
  const listed = await timed(docket, () => opened(window, '消息'));
  const searched = await timed(docket, () => found(window, '兼职'));
  const steps = { imported, detected, reviewed, judged, listed, searched };
  const most = (of: keyof Lag) => Math.max(...Object.values(steps).map(({ lag }) => lag[of]));
  return {
    importSeconds: imported.seconds,
    detectSeconds: detected.seconds,
    maxRendererLagMs: most('renderer'),
    maxMainLagMs: most('main'),
    reviewOpenMs: reviewed.answer,
    verdictMs: judged.answer,
    messagesOpenMs: listed.answer,
    searchMs: searched.answer,
    lagsMs: Object.fromEntries(Object.entries({ idle, ...steps }).map(([step, { lag }]) => [step, lag])),
    detection: detected.answer.split('\n').find((line) => line.includes('共检查')),
  };
}

/** Runs one step; its seconds, its answer, and the lags of the time it took. */
async function timed<T>(
  docket: Launched,
  step: () => Promise<T>,
): Promise<{ seconds: number; answer: T; lag: Lag }> {
  await takeLags(docket);
  const start = performance.now();
  const answer = await step();
  const seconds = Math.round((performance.now() - start) / 100) / 10;
  return { seconds, answer, lag: await takeLags(docket) };
}

interface Watched {
  docketLag: number;
}

async function startTimers({ app, window }: Launched): Promise<void> {
  await window.evaluate(WATCH);
  await app.evaluate((_, watch) => new Function(watch)(), WATCH);
}

async function takeLags({ app, window }: Launched): Promise<Lag> {
  const take = () => {
    const watched = globalThis as unknown as Watched;
    const lag = Math.round(watched.docketLag);
    watched.docketLag = 0;
    return lag;
  };
  return { renderer: await window.evaluate(take), main: await app.evaluate(take) };
}

/** Follows the navigation inside the page; milliseconds until the first row of the screen's table stands. */
function opened(page: Page, screen: string): Promise<number> {
  return page.evaluate<number>(`new Promise((resolve) => {
    const start = performance.now();
    document.querySelector('nav a[aria-label="${screen}"]').click();
    const look = () => {
      const row = document.querySelector('[role="grid"][aria-label="${screen}"] [aria-rowindex="2"]');
      if (row) resolve(Math.round(performance.now() - start));
      else requestAnimationFrame(look);
    };
    look();
  })`);
}

/** Opens the first hit of Review and confirms ten by key; milliseconds of each until the next one's message is marked. */
async function verdicts(page: Page): Promise<number[]> {
  await page.locator('[role="grid"][aria-label="研判"] [aria-rowindex="2"] [data-column="0"]').click();
  await page.locator('[data-subject]').waitFor();
  const taken: number[] = [];
  for (let at = 0; at < VERDICTS; at++) {
    const before = await page.evaluate<string>('location.hash');
    const start = performance.now();
    await page.keyboard.press('c');
    await page.evaluate(`new Promise((resolve) => {
      const look = () => {
        const next = location.hash !== ${JSON.stringify(before)} && document.querySelector('[data-subject]');
        if (next) resolve();
        else requestAnimationFrame(look);
      };
      look();
    })`);
    taken.push(Math.round(performance.now() - start));
  }
  return taken;
}

/** Types a word into the search of Messages; milliseconds until every row on screen holds it. */
async function found(page: Page, word: string): Promise<number> {
  const start = performance.now();
  await page.getByPlaceholder('搜索消息内容').fill(word);
  await page.evaluate(`new Promise((resolve) => {
    const look = () => {
      const rows = [...document.querySelectorAll('[role="grid"] [aria-rowindex]:not([aria-rowindex="1"])')];
      if (rows.length > 0 && rows.every((row) => row.textContent.includes('${word}'))) resolve();
      else requestAnimationFrame(look);
    };
    look();
  })`);
  return Math.round(performance.now() - start);
}
