/** Rules and detection in the real window: a draft is written, tried, published; clusters; an audit sample. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SAMPLE_OFFICERS } from '../../src/core/app/imports/sample.ts';
import { type Launched, launchDocket } from './launch.ts';

const [, SECOND] = SAMPLE_OFFICERS;

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
  await window.getByRole('button', { name: '第 1 条规则的“词语（每行一个）”' }).waitFor();
  expect(await window.getByRole('alert').first().innerText()).toContain('不能为空');
  await docket.screenshot('rules-draft-problem');
  await window.getByLabel('词语（每行一个）', { exact: true }).fill('微信');
  await window.getByLabel('发布需要第二人复核').check();
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
  await window.getByRole('button', { name: '丢弃' }).click();
  await window.getByRole('button', { name: '撤销' }).click();
  await publish.click();
  const second = window.getByRole('dialog', { name: '由第二人复核后发布' });
  await second.getByLabel('复核人', { exact: true }).click();
  await window.getByRole('option', { name: SECOND.name }).click();
  await second.locator('input[type="password"]').fill(SECOND.passphrase);
  await second.getByRole('button', { name: '发布' }).click();
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
  await window.keyboard.press('v');
  await window.getByRole('option', { name: '诈骗' }).click();
  await window.getByText('第 4 条，共 12 条').first().waitFor();
  await docket.screenshot('detection-sample');
  await window.locator('h1').click();
  await window.keyboard.press('Control+z');
  await window.getByText('第 3 条，共 12 条').first().waitFor();
});

/** A call of the page's own bridge. */
const call = (method: string, input: object): Promise<{ ok: boolean; value: { rows: { id: string }[] } }> =>
  docket.window.evaluate(
    ([name, given]) =>
      (globalThis as unknown as { docket: { invoke(name: unknown, given: unknown): never } }).docket.invoke(
        name,
        given,
      ),
    [method, input] as const,
  );

test('a hit of a rule over several messages marks each of them', async () => {
  const { window } = docket;
  const title = { zh: '连发数字', en: 'Runs of numbers' };
  const match = { repeat: { regex: '[0-9]+' }, atLeast: 3, minutes: 60 };
  const rules = [{ id: 'run', category: 'off-topic', title, match }];
  await call('rules.saveDraft', { text: JSON.stringify({ id: 'runs', version: '1', title, rules }) });
  await call('rules.backtest', { jobId: 'runs', pack: 'runs' });
  expect(await call('rules.publish', { pack: 'runs' })).toMatchObject({ ok: true });
  await call('detection.start', { jobId: 'runs' });
  await show('/review?rule=run', '研判');
  await window.locator('[role="grid"] [aria-rowindex="2"]').first().click();
  await window.getByText(/由 \d+ 条消息共同构成/).waitFor();
  expect(await window.getByRole('region', { name: '上下文' }).locator('mark').count()).toBeGreaterThan(1);
  await docket.screenshot('review-members');
});

test('dismissed hits propose an exclusion, which goes into a draft', async () => {
  const { window } = docket;
  const { value } = await call('hits.list', { filter: { rule: 'rule-1' }, limit: 10 });
  const hitIds = value.rows.map(({ id }) => id);
  await call('hits.dispose', { hitIds, verdict: 'dismissed', reason: 'rule-too-broad' });
  await show('/rules?rule=own/rule-1', '规则');
  const feedback = window.getByRole('region', { name: '误报反馈' });
  await feedback.scrollIntoViewIfNeeded();
  const take = feedback.getByRole('button', { name: '写入草稿', disabled: false }).first();
  await docket.screenshot('rules-feedback');
  await take.click();
  await window.getByText('没有问题').waitFor();
});

test('a hit says why it is one', async () => {
  const { window } = docket;
  await show('/review?tier=illegal', '研判');
  await window.locator('[role="grid"] [aria-rowindex="2"]').first().click();
  await window.getByText('为什么命中').click();
  await window.getByText('分数：').waitFor();
  await docket.screenshot('review-why');
});
