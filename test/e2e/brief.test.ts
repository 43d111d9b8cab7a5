// Forty hits from the queue to a printed brief, in the real window, counted in keys and clicks.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Launched, launchDocket } from './launch.ts';
import { answerSaveDialog, goTo, noticeOf } from './steps/desk.ts';
import { beginReview } from './steps/review.ts';

const HITS = 40;
const MOST_INPUTS = 200;

let folder: string;
let docket: Launched;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docket-brief-'));
  docket = await launchDocket({
    userData: folder,
    args: ['--lang=zh-CN'],
    env: { DOCKET_KEYS: join(folder, 'keys') },
  });
});
afterAll(async () => {
  await docket?.close();
  await rm(folder, { recursive: true, force: true });
});

test('forty hits are decided by key and printed', async () => {
  const page = docket.window;
  const file = join(folder, 'brief.pdf');
  await page.getByRole('button', { name: '打开示例工作区' }).click();
  await page.getByRole('button', { name: '进入示例工作区' }).click();
  await page.getByRole('heading', { level: 1, name: '概览' }).waitFor();
  await page.evaluate(`
    window.inputs = 0;
    for (const type of ['keydown', 'pointerdown']) addEventListener(type, () => { window.inputs += 1; }, true);
  `);
  await goTo(page, '研判');
  await beginReview(page);
  for (let decided = 1; decided <= HITS; decided += 1) {
    await page.keyboard.press('c');
    await page.getByRole('button', { name: `汇报（${decided}）` }).waitFor();
  }
  await answerSaveDialog(docket, file);
  await page.keyboard.press('b');
  const dialog = page.getByRole('dialog', { name: `${HITS} 条命中的研判汇报` });
  await dialog.waitFor();
  await dialog.getByRole('button', { name: '选择保存位置' }).click();
  await noticeOf(page, `${HITS} 条命中已写入`);
  const pdf = await readFile(file);
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
  expect(await page.evaluate<number>('window.inputs')).toBeLessThanOrEqual(MOST_INPUTS);
}, 120_000);
