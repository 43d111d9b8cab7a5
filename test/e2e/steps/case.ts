// The case: decision, second officer, report, evidence pack.
import type { Locator, Page } from 'playwright';
import type { Launched } from '../../../scripts/runtime/window.ts';
import { answerSaveDialog, choose, notice } from './desk.ts';
import type { Person } from './start.ts';

/** A tab of the open case, by its name without the count. */
export async function openTab(page: Page, name: string): Promise<Locator> {
  await page.getByRole('tab', { name: new RegExp(`^${name}`) }).click();
  return page.getByRole('tabpanel', { name: new RegExp(`^${name}`) });
}

/** Chooses a measure, says why where it is not the proposed one, lets the facts be drafted, and records. */
export async function decide(page: Page, party: string, measure: string, why: string): Promise<void> {
  const tab = await openTab(page, '处置决定');
  const form = tab.getByRole('form', { name: `对${party}的处置决定` });
  await form.getByRole('radio', { name: measure }).click();
  await form.getByLabel('偏离建议的理由').fill(why);
  await form.getByRole('button', { name: '根据命中起草' }).click();
  await form.getByRole('button', { name: '作出决定' }).click();
  await notice(page, `已作出决定：${measure}，等待第二人复核`);
}

/** The second officer types their own passphrase; the caller looks at what came of it. */
export async function approve(page: Page, { name, passphrase }: Person): Promise<Locator> {
  const form = page.getByRole('form', { name: '第二人复核' });
  const officer = form.getByRole('combobox', { name: '复核人' });
  if (!(await officer.inputValue()).startsWith(name)) await choose(page, officer, new RegExp(`^${name}`));
  await form.getByLabel('复核人口令').fill(passphrase);
  await form.getByRole('button', { name: '通过', exact: true }).click();
  return form;
}

/** Proves the disposal and files every report of the open case, each with a receipt number; answers how many. */
export async function fileReports(page: Page): Promise<number> {
  const tab = await openTab(page, '法定义务');
  const proof = tab.getByRole('form', { name: '登记处置证明' });
  await proof.getByLabel('做了什么').fill('已删除相关内容');
  await proof.getByRole('button', { name: '登记证明' }).click();
  await notice(page, '已登记证明，该义务已办结');
  const forms = tab.getByRole('form', { name: '登记报送' });
  let filed = 0;
  for (let left = await forms.count(); left > 0; left -= 1) {
    const form = forms.first();
    filed += 1;
    const report = tab.getByRole('form', { name: '报告文书' }).first();
    await report.getByLabel('报告单位').fill('示例平台');
    await report.getByLabel('联系方式').fill('400-000-0000');
    await report.getByRole('button', { name: '保存报告' }).click();
    await notice(page, '已保存报告');
    await form.getByLabel('回执编号').fill(`WX-2026-${filed}`);
    await form.getByRole('button', { name: '登记为已报送' }).click();
    await notice(page, '已登记报送，该义务已办结');
    await tab.getByText(`WX-2026-${filed}`).first().waitFor();
  }
  return filed;
}

/** Exports the pack to a file; answers the root that the window shows. */
export async function exportPack(docket: Launched, file: string): Promise<string> {
  const page = docket.window;
  await answerSaveDialog(docket, file);
  await page.getByRole('link', { name: '导出证据包' }).first().click();
  await choose(page, page.getByRole('combobox', { name: '提交给' }), '公安机关');
  await page.getByLabel('接收方').fill('本市公安局');
  await page.getByRole('textbox', { name: '目的', exact: true }).fill('报案');
  await page.getByRole('button', { name: '制作并保存' }).click();
  const dialog = page.getByRole('dialog', { name: /的证据包$/ });
  await dialog.getByText('证据包已生成并签名').waitFor({ timeout: 60_000 });
  const text = await dialog.innerText();
  await dialog.getByRole('button', { name: '关闭' }).last().click();
  await page.getByRole('link', { name: '返回案卷' }).click();
  return /证据包的根\s+([0-9a-f]{64})/.exec(text)?.[1] ?? text;
}
