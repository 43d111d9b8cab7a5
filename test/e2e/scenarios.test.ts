// Cases carried to their end in the real window: a closure by two officers, carried out, appealed and
// reduced; a batch of links under one approval; a report that becomes a case. Each goes on from the one before.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SAMPLE_OFFICERS } from '../../src/core/app/imports/sample.ts';
import { type Launched, launchDocket } from './launch.ts';
import { approve, decide, openTab } from './steps/case.ts';
import { answerSaveDialog, choose, goTo, notice } from './steps/desk.ts';
import { beginReview, decideByKey, openCase, queueOf, showVerdict } from './steps/review.ts';
import { addOfficer } from './steps/start.ts';

const [, SECOND] = SAMPLE_OFFICERS;
const THIRD = { name: '何平', passphrase: 'willow copper 93' };

let folder: string;
let docket: Launched;
let page: Page;
let caseHash: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docket-scenarios-'));
  docket = await launchDocket({
    userData: folder,
    args: ['--lang=zh-CN'],
    env: { DOCKET_KEYS: join(folder, 'keys') },
  });
  page = docket.window;
  await page.getByRole('button', { name: '打开示例工作区' }).click();
  await page.getByRole('button', { name: '进入示例工作区' }).click();
  await page.getByRole('heading', { level: 1, name: '概览' }).waitFor();
  await addOfficer(page, THIRD, '法务');
}, 120_000);
afterAll(async () => {
  await docket?.close();
  await rm(folder, { recursive: true, force: true });
});

const show = (hash: string) => page.evaluate(`location.hash = ${JSON.stringify(hash)}`);

/** Chooses every measure of the open table and takes the next step with the dialog's fields. */
async function stepAll(step: string, fields: Record<string, string>): Promise<void> {
  const tab = await openTab(page, '执行');
  await tab.getByRole('grid').focus();
  await page.keyboard.press('Control+a');
  await tab.getByRole('button', { name: step, exact: true }).click();
  const dialog = page.getByRole('dialog', { name: step });
  for (const [label, value] of Object.entries(fields)) await dialog.getByLabel(label).fill(value);
  await dialog.getByRole('button', { name: '确定' }).click();
  await dialog.waitFor({ state: 'detached' });
}

test('a closure by two officers is carried out with its proof', async () => {
  await queueOf(page, '丛辉');
  await beginReview(page);
  for (let hit = 0; hit < 3; hit += 1) await decideByKey(page, 'c', '属实');
  await showVerdict(page, '属实');
  await openCase(page, '永久处置与申诉');
  caseHash = (await page.evaluate<string>('location.hash')).slice(1).split('?')[0] ?? '';
  await decide(page, '丛辉', '永久封禁账号', '多次伪装规避');
  await approve(page, SECOND);
  await notice(page, '复核通过，决定生效');
  await stepAll('下达', { 下达给: '平台运营部' });
  await stepAll('登记执行', { 执行人: '王工', 证明: '封禁截图 1' });
  const tab = await openTab(page, '执行');
  await tab.getByText('已执行').first().waitFor();
}, 180_000);

test('the person is told by letter and their appeal is decided by a third officer', async () => {
  const file = join(folder, 'letter.pdf');
  await answerSaveDialog(docket, file);
  const tab = await openTab(page, '处置决定');
  await tab.getByRole('button', { name: '出具文书' }).click();
  const letter = page.getByRole('dialog', { name: '出具文书' });
  await choose(page, letter.getByRole('combobox', { name: '格式' }), 'PDF');
  await letter.getByLabel('落款单位').fill('示例平台合规部');
  await letter.getByLabel('联系方式').fill('appeal@example.test');
  await letter.getByRole('button', { name: '选择保存位置' }).click();
  await notice(page, '文书已保存');
  expect((await readFile(file)).subarray(0, 5).toString()).toBe('%PDF-');

  await tab.getByRole('button', { name: '登记申诉' }).click();
  const lodge = page.getByRole('dialog', { name: '登记申诉' });
  await lodge.getByLabel('申诉理由').fill('系初犯');
  await lodge.getByRole('button', { name: '确定' }).click();
  await tab.getByRole('button', { name: '处理申诉' }).click();
  const decideDialog = page.getByRole('dialog', { name: '处理申诉' });
  await choose(page, decideDialog.getByRole('combobox', { name: '结果' }), '减轻');
  await choose(page, decideDialog.getByRole('combobox', { name: '减轻为' }), '警告');
  await decideDialog.getByLabel('处理理由').fill('数量认定有误');
  await choose(page, decideDialog.getByRole('combobox', { name: '处理人' }), THIRD.name);
  await decideDialog.getByLabel('复核人口令').fill(THIRD.passphrase);
  await decideDialog.getByRole('button', { name: '确定' }).click();
  await decideDialog.waitFor({ state: 'detached' });
  const measures = await openTab(page, '执行');
  await measures.getByText('已到期').first().waitFor();
  expect(await measures.getByText('警告').count()).toBeGreaterThan(0);
}, 120_000);

test('a batch of links waits for one approval and then stands link by link', async () => {
  const tab = await openTab(page, '执行');
  await tab.getByRole('button', { name: '批量处置' }).click();
  const form = page.getByRole('form', { name: '批量处置' });
  await form
    .getByLabel(/^对象/)
    .fill(Array.from({ length: 30 }, (_, n) => `https://shop-${n}.test`).join('\n'));
  await form.getByLabel('认定的事实').fill('同一商城的镜像链接');
  await form.getByRole('button', { name: '登记，等待复核' }).click();
  await notice(page, '已登记 30 个对象，等待复核');
  await tab.getByRole('button', { name: '通过', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: '通过' });
  await choose(page, dialog.getByRole('combobox', { name: '复核人' }), SECOND.name);
  await dialog.getByLabel('复核人口令').fill(SECOND.passphrase);
  await dialog.getByRole('button', { name: '确定' }).click();
  await tab.getByText('https://shop-29.test').waitFor();
  await show(`${caseHash}?tab=timeline`);
  await page.getByText('批准批量处置').first().waitFor();
}, 120_000);

test('a report is recorded, taken up and closed with a reply owed', async () => {
  await goTo(page, '线索');
  await page.getByRole('button', { name: '登记线索' }).first().click();
  const dialog = page.getByRole('dialog', { name: '登记线索' });
  await dialog.getByLabel('举报人').fill('热心用户');
  await dialog.getByRole('textbox', { name: '内容' }).fill('群里有人发赌博广告');
  await dialog.getByRole('button', { name: '确定' }).click();
  await page.getByRole('button', { name: '受理' }).click();
  await page.getByRole('button', { name: '不立案' }).click();
  const close = page.getByRole('dialog', { name: '不立案' });
  await choose(page, close.getByRole('combobox', { name: '处理结果' }), '不处理');
  await close.getByLabel('理由').fill('内容不违规');
  await close.getByRole('button', { name: '确定' }).click();
  await close.waitFor({ state: 'detached' });
  await choose(page, page.getByRole('combobox', { name: '状态' }), '待答复举报人');
  await page
    .getByRole('grid')
    .getByText('热心用户')
    .or(page.getByText('群里有人发赌博广告'))
    .first()
    .waitFor();
}, 120_000);
