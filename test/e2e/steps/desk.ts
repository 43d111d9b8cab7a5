// What a person does everywhere in the window: going to a screen, choosing, answering a file dialog.
import type { Locator, Page } from 'playwright';
import type { Launched } from '../../../scripts/runtime/window.ts';

/** Makes the next "open files" dialogs answer with these paths. */
export async function answerOpenDialog({ app }: Launched, filePaths: string[]): Promise<void> {
  await app.evaluate(({ dialog }, paths) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: paths });
  }, filePaths);
}

/** Makes the next "save" dialogs answer with this path. */
export async function answerSaveDialog({ app }: Launched, filePath: string): Promise<void> {
  await app.evaluate(({ dialog }, path) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath: path });
  }, filePath);
}

/** Follows the navigation to a screen and waits for its heading. */
export async function goTo(page: Page, screen: string): Promise<void> {
  await page.getByRole('navigation').getByRole('link', { name: screen, exact: true }).click();
  await page.getByRole('heading', { level: 1, name: screen }).waitFor();
}

/** Opens a choice by its label and takes the option of this name. */
export async function choose(page: Page, field: Locator, option: string | RegExp): Promise<void> {
  await field.click();
  await page.getByRole('option', { name: option }).first().click();
}

/** Waits for a notice with this title. */
export async function noticeOf(page: Page, title: string | RegExp): Promise<Locator> {
  const found = page.getByRole('alert').filter({ hasText: title }).first();
  await found.waitFor();
  return found;
}

/** Waits for a notice with this title, reads it and closes it. */
export async function notice(page: Page, title: string | RegExp): Promise<string> {
  const found = await noticeOf(page, title);
  const text = await found.innerText();
  await found.getByRole('button', { name: '关闭' }).click();
  await found.waitFor({ state: 'detached' });
  return text;
}

/** Waits until the tray shows no running job. */
export async function jobsDone(page: Page): Promise<void> {
  await page.getByText(/个任务进行中/).waitFor({ state: 'hidden' });
}

/** The number that a tile of the dashboard shows. */
export async function tile(page: Page, label: string): Promise<number> {
  const box = page
    .locator('div:has(> p)')
    .filter({ has: page.getByText(label, { exact: true }) })
    .last();
  return Number((await box.getByRole('link').first().innerText()).replaceAll(',', ''));
}
