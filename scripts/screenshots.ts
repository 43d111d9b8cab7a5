// `node scripts/with-node.mjs scripts/screenshots.ts`: every screen of the sample workspace, in both
// languages, light and dark, wide and narrow, into test-results/screens/ for people to look at; and the
// README's picture, docs/images/review.png.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { SAMPLE_OFFICERS } from '../src/core/app/imports/sample.ts';
import { approve, decide } from '../test/e2e/steps/case.ts';
import { answerOpenDialog, notice } from '../test/e2e/steps/desk.ts';
import { beginReview, decideByKey, openCase, queueOf, showVerdict } from '../test/e2e/steps/review.ts';
import { ROOT } from './runtime/paths.ts';
import { runScript } from './runtime/report.ts';
import { type Launched, openWindow, prepareWindow } from './runtime/window.ts';

const FOLDER = join(ROOT, 'test-results', 'screens');
const README_PICTURE = join(ROOT, 'docs', 'images', 'review.png');
const WIDE = { width: 1440, height: 900 };
const NARROW = { width: 1000, height: 700 };
const LOOKS = ['zh-CN', 'en'].flatMap((language) => ['light', 'dark'].map((theme) => ({ language, theme })));
const [, SECOND] = SAMPLE_OFFICERS;

/** Hash of each screen, and what is opened there: the first row of its table, or a tab. */
const SCREENS: Record<string, { hash: string; row?: boolean }> = {
  dashboard: { hash: '/' },
  review: { hash: '/review', row: true },
  'review-table': { hash: '/review' },
  cases: { hash: '/cases' },
  duties: { hash: '/duties?state=unclosed', row: true },
  imports: { hash: '/imports', row: true },
  messages: { hash: '/messages?text=免税', row: true },
  'messages-table': { hash: '/messages' },
  accounts: { hash: '/accounts', row: true },
  rules: { hash: '/rules', row: true },
  detection: { hash: '/detection', row: true },
  audit: { hash: '/audit', row: true },
  settings: { hash: '/settings' },
  'second-review': { hash: '/second-review', row: true },
  leads: { hash: '/leads' },
  measures: { hash: '/measures', row: true },
  lists: { hash: '/lists', row: true },
  links: { hash: '/links', row: true },
  reconciliation: { hash: '/reconciliation' },
  'house-rules': { hash: '/house-rules' },
  law: { hash: '/law', row: true },
  'public-accounts': { hash: '/lists?view=public-accounts' },
  clusters: { hash: '/detection?tab=clusters' },
  'audit-sample': { hash: '/detection?tab=sample' },
  backtests: { hash: '/rules?tab=backtests' },
  'duty-board': { hash: '/duties?view=board' },
  'duty-requests': { hash: '/duties?view=register' },
  'watch-list': { hash: '/measures?tab=watch' },
  campaigns: { hash: '/campaigns' },
  transfers: { hash: '/transfers' },
  retention: { hash: '/retention' },
};
const CASE_TABS = ['overview', 'evidence', 'decision', 'measures', 'duties', 'timeline'];
/** What opens over a screen by its keys. */
const OVER: Record<string, string> = { find: 'Control+k', shortcuts: 'Shift+?' };

await runScript(async () => {
  const { runtime, stop } = await prepareWindow();
  const userData = await mkdtemp(join(tmpdir(), 'docket-screens-'));
  await mkdir(FOLDER, { recursive: true });
  await mkdir(join(README_PICTURE, '..'), { recursive: true });
  const docket = await openWindow(runtime, {
    userData,
    args: ['--lang=zh-CN'],
    env: { DOCKET_KEYS: join(userData, 'keys'), TZ: 'Asia/Shanghai' },
  });
  try {
    await takeAll(docket);
    return 0;
  } finally {
    await docket.close();
    await stop();
    await rm(userData, { recursive: true, force: true });
  }
});

async function takeAll(docket: Launched): Promise<void> {
  const { window } = docket;
  await inEveryLook(docket, 'start', async () => {});
  await window.getByRole('button', { name: '打开示例工作区' }).click();
  await window.getByRole('button', { name: '进入示例工作区' }).waitFor();
  await docket.screenshot('sample-passphrases');
  await window.getByRole('button', { name: '进入示例工作区' }).click();
  await window.getByRole('heading', { level: 1, name: '概览' }).waitFor();

  await resize(docket, WIDE);
  await pictureForReadme(window);
  const caseHash = await work(docket);
  for (const [name, { hash, row }] of Object.entries(SCREENS)) {
    await inEveryLook(docket, name, async () => {
      await show(window, hash);
      const first = window.locator('[role="grid"] [aria-rowindex="2"]').first();
      if (row && (await first.count()) > 0) await first.click();
    });
  }
  for (const [name, keys] of Object.entries(OVER)) {
    await inEveryLook(docket, name, async () => {
      await show(window, '/');
      await window.keyboard.press(keys);
    });
  }
  for (const tab of CASE_TABS) {
    await inEveryLook(docket, `case-${tab}`, () => show(window, `${caseHash}?tab=${tab}`));
  }
  await inEveryLook(docket, 'case-export', async () => {
    await show(window, caseHash);
    await window
      .getByRole('link', { name: /导出证据包|Export/ })
      .first()
      .click();
  });
  await inEveryLook(docket, 'import-preview', async () => {
    await show(window, '/imports');
    await answerOpenDialog(docket, [
      join(ROOT, 'resources', 'sample', 'wecom-archive.jsonl'),
      join(ROOT, 'package.json'),
    ]);
    await window
      .locator('main button')
      .filter({ hasText: /^选择文件$|^Choose files$/ })
      .first()
      .click();
  });
  await printedTimeline(docket, caseHash);
  await window.getByRole('button', { name: '沈知微' }).click();
  await window.getByRole('menuitem').last().click();
  await inEveryLook(docket, 'unlock', async () => {});
}

/** The review queue with a disguised hit in its conversation, before anything is judged. */
async function pictureForReadme(window: Page): Promise<void> {
  await show(window, '/review?status=hit&disposition=open&severity=4');
  const row = window.getByRole('grid', { name: '研判' }).getByRole('row').filter({ hasText: '兼*职' });
  await row.first().click();
  await window.getByRole('region', { name: '上下文' }).locator('mark').first().waitFor();
  await settle(window);
  await window.screenshot({ path: README_PICTURE });
}

/** Judges one sender's hits and opens a case with a decision, so that no screen is empty; the case's hash. */
async function work({ window }: Launched): Promise<string> {
  await queueOf(window, '丛辉');
  await beginReview(window);
  for (let hit = 0; hit < 7; hit += 1) await decideByKey(window, 'c', '属实');
  await showVerdict(window, '属实');
  await openCase(window, '兼职诈骗与赌博推广');
  const hash = (await window.evaluate<string>('location.hash')).slice(1).split('?')[0] ?? '';
  await decide(window, '丛辉', '永久封禁账号', '多类违法内容，多次伪装规避，影响恶劣');
  await approve(window, SECOND);
  await notice(window, '复核通过，决定生效');
  return hash;
}

/** The timeline as the printer gets it, on paper: test-results/screens/case-timeline.pdf. */
async function printedTimeline(docket: Launched, caseHash: string): Promise<void> {
  const { window, app } = docket;
  await look(window, 'zh-CN', 'dark');
  await show(window, `${caseHash}?tab=timeline`);
  // Without a printer dialog nothing ends the printing, so the sheet stands until the page is loaded again.
  await window.evaluate('window.print = () => {}');
  await window.getByRole('button', { name: '打印' }).click();
  const pdf = await app.evaluate(async ({ BrowserWindow }) => {
    const pages = await BrowserWindow.getAllWindows()[0]?.webContents.printToPDF({ pageSize: 'A4' });
    return pages?.toString('base64') ?? '';
  });
  await writeFile(join(FOLDER, 'case-timeline.pdf'), Buffer.from(pdf, 'base64'));
  await look(window, 'zh-CN', 'light');
}

/** One picture in each language and theme, and one in a narrow window. */
async function inEveryLook(docket: Launched, name: string, arrange: () => Promise<void>): Promise<void> {
  const { window } = docket;
  for (const { language, theme } of LOOKS) {
    await resize(docket, WIDE);
    await look(window, language, theme);
    await arrange();
    await settle(window);
    await docket.screenshot(`${name}.${language}.${theme}`);
  }
  await resize(docket, NARROW);
  await look(window, 'zh-CN', 'light');
  await arrange();
  await settle(window);
  await docket.screenshot(`${name}.narrow`);
  await resize(docket, WIDE);
}

async function look(window: Page, language: string, theme: string): Promise<void> {
  await window.evaluate(
    `localStorage.setItem('docket.language', '${language}'); localStorage.setItem('docket.scheme', '${theme}')`,
  );
  await window.reload();
  await window.locator('#root h1, #root h2').first().waitFor();
}

async function show(window: Page, hash: string): Promise<void> {
  await window.evaluate(`location.hash = ${JSON.stringify(hash)}`);
  await settle(window);
}

/** Lists load and charts draw in some tenths of a second; nothing tells from outside when they have. */
function settle(window: Page): Promise<void> {
  return window.waitForTimeout(900);
}

async function resize({ app }: Launched, size: { width: number; height: number }): Promise<void> {
  await app.evaluate(({ BrowserWindow }, { width, height }) => {
    BrowserWindow.getAllWindows()[0]?.setContentSize(width, height);
  }, size);
}
