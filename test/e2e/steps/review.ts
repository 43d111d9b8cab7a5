// Detection and the review queue, by keyboard.
import type { Page } from 'playwright';
import { choose, goTo, jobsDone, notice, noticeOf } from './desk.ts';

/** Runs detection from its screen and answers the notice's text. */
export async function detect(page: Page): Promise<string> {
  await goTo(page, '检测');
  await page.getByRole('button', { name: '开始检测' }).first().click();
  const text = await notice(page, '检测完成');
  await jobsDone(page);
  return text;
}

/** Leaves only the open hits of one sender in the queue. */
export async function queueOf(page: Page, sender: string): Promise<void> {
  await goTo(page, '研判');
  await page.getByRole('button', { name: '更多条件' }).click();
  const field = page.getByRole('combobox', { name: '发送者' });
  await field.fill(sender);
  await page.getByRole('option', { name: sender }).click();
  await page.getByRole('grid', { name: '研判' }).getByText(sender).first().waitFor();
}

export async function showVerdict(page: Page, verdict: string): Promise<void> {
  await choose(page, page.getByRole('combobox', { name: '研判' }), verdict);
}

/** Opens the first hit of the queue from the button beside it. */
export async function beginReview(page: Page): Promise<void> {
  await page.getByRole('button', { name: '从第一条开始' }).click();
  await page.getByRole('region', { name: '研判' }).waitFor();
}

/** Presses a verdict's key, and the number of its reason where it asks for one; waits for the notice. */
export async function decideByKey(page: Page, key: string, verdict: string, reason?: number): Promise<void> {
  await page.keyboard.press(key);
  if (reason !== undefined) {
    await page.getByRole('group', { name: `判为“${verdict}”的理由` }).waitFor();
    await page.keyboard.press(String(reason));
  }
  await notice(page, `1 条命中判为“${verdict}”`);
}

/** Words that are marked in the message shown in its context. */
export async function markedInContext(page: Page): Promise<string[]> {
  const context = page.getByRole('region', { name: '上下文' });
  await context.locator('mark').first().waitFor();
  return context.locator('mark').allInnerTexts();
}

/** Opens a case from every row of the queue. */
export async function openCase(page: Page, title: string): Promise<string> {
  await page.getByRole('grid', { name: '研判' }).focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('o');
  const dialog = page.getByRole('dialog', { name: '将命中归入案卷' });
  await dialog.getByLabel('案卷名称').fill(title);
  await dialog.getByRole('button', { name: '立案' }).click();
  const opened = await noticeOf(page, /^已立案/);
  const number = /已立案 (\S+)/.exec(await opened.innerText())?.[1] ?? '';
  await opened.getByRole('button', { name: '查看案卷' }).click();
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
  return number;
}
