/** Rules and detection in the real window: a draft is written, tried, published; clusters; an audit sample. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Launched, launchDocket } from './launch.ts';

let docket: Launched;

beforeAll(async () => {
  docket = await launchDocket({ args: ['--lang=zh-CN'], env: { TZ: 'Asia/Shanghai' } });
  const { window } = docket;
  await window.getByRole('button', { name: '打开示例工作区' }).click();
  await window.getByRole('button', { name: '进入示例工作区' }).click({ timeout: 60_000 });
  await window.getByRole('heading', { level: 1, name: '概览' }).waitFor();
}, 120_000);

afterAll(() => docket?.close());

/** Shows a screen by its hash. */
const show = async (hash: string, heading: string): Promise<void> => {
  await docket.window.evaluate((to) => {
    (globalThis as unknown as { location: { hash: string } }).location.hash = to;
  }, hash);
  await docket.window.getByRole('heading', { level: 1, name: heading }).waitFor();
};

test('a draft shows a mistake at its place, is tried on all history, and published', async () => {
  const { window } = docket;
  await show('/rules?tab=drafts', '规则');
  await window.getByPlaceholder('新规则包编号').fill('own');
  await window.getByRole('button', { name: '新建规则包' }).click();
  await window.getByLabel('中文名称').fill('群内推广');
  await window.getByLabel('英文名称').fill('Promotion in the group');
  await window.getByText('/rules/0/match/terms', { exact: true }).waitFor();
  await docket.screenshot('rules-draft-problem');
  await window.getByLabel('词语（每行一个）', { exact: true }).fill('微信');
  await window.getByText('没有问题').waitFor();
  await window.getByRole('button', { name: '保存草稿' }).click();
  const publish = window.getByRole('button', { name: '发布', exact: true });
  await window.getByText('未回测').waitFor();
  expect(await publish.isDisabled()).toBe(true);
  await window.getByRole('button', { name: '回测', exact: true }).click();
  const result = window.getByRole('region', { name: '回测' });
  await result.waitFor({ timeout: 60_000 });
  expect(await result.innerText()).toContain('own 1.0.0');
  await result.scrollIntoViewIfNeeded();
  await docket.screenshot('rules-backtest');
  await publish.click();
  await window.getByText('已发布并启用').first().waitFor();
  await show('/rules?tab=packs', '规则');
  await window.getByRole('table', { name: '全部版本' }).getByText('own', { exact: true }).waitFor();
  await docket.screenshot('rules-versions');
});

test('a typed text shows each step of its normalisation', async () => {
  const { window } = docket;
  await show('/rules?tab=test', '规则');
  await window.getByLabel('输入一段文字').fill('加ＶⓍ聊，日·结·佣·金');
  const steps = window.getByRole('region', { name: '逐步归一' });
  await steps.getByText('全角').first().waitFor();
  await docket.screenshot('rules-steps');
});

test('similar hits take one verdict, but for exceptions', async () => {
  const { window } = docket;
  await show('/detection', '检测');
  await window.getByRole('button', { name: '开始检测' }).first().click();
  await window.getByText('检测完成').waitFor({ timeout: 60_000 });
  await show('/detection?tab=clusters', '检测');
  const members = window.getByRole('button', { name: '逐条查看' }).first();
  await members.waitFor();
  await members.click();
  await window.getByRole('checkbox').first().uncheck();
  await docket.screenshot('detection-clusters');
});

test('a sample of what was let pass is judged by keys and gives a rate', async () => {
  const { window } = docket;
  await show('/detection?tab=sample', '检测');
  await window.getByLabel('种子').fill('2026');
  await window.getByLabel('条数').fill('12');
  await window.getByRole('button', { name: '抽取样本' }).click();
  await window.getByText('第 1 条，共 12 条').first().waitFor();
  await window.locator('h1').click();
  await window.keyboard.press('k');
  await window.getByText('第 2 条，共 12 条').first().waitFor();
  await window.keyboard.press('u');
  await window.getByText('第 3 条，共 12 条').first().waitFor();
  await docket.screenshot('detection-sample');
});

test('a hit says why it is one', async () => {
  const { window } = docket;
  await show('/review?tier=illegal', '研判');
  await window.locator('[role="grid"] [aria-rowindex="2"]').first().click();
  await window.getByText('为什么命中').click();
  await window.getByText('分数：').waitFor();
  await docket.screenshot('review-why');
});
