// Dropping files on the window, and what the import drawer shows of them.
import type { Locator, Page } from 'playwright';
import { choose } from './desk.ts';

/**
 * Drops files and folders as a person drags them in from a file manager. `beforeDrop` happens while they
 * are held over the window.
 */
export async function dropFiles(
  page: Page,
  paths: readonly string[],
  beforeDrop: () => Promise<void> = async () => undefined,
): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [...paths], dragOperationsMask: 1 };
  const drag = (type: 'dragEnter' | 'dragOver' | 'drop') =>
    session.send('Input.dispatchDragEvent', { type, x: 400, y: 300, data });
  await drag('dragEnter');
  await drag('dragOver');
  await beforeDrop();
  await drag('drop');
  await session.detach();
}

/** The drawer that a drop opens, and the card of one file in it. */
export function drawerOf(page: Page): Locator {
  return page.getByRole('dialog', { name: /准备导入/ });
}

export function cardOf(page: Page, file: string): Locator {
  return drawerOf(page).getByRole('region', { name: file, exact: true });
}

/** Imports what the drawer holds. */
export async function importDrawer(page: Page): Promise<void> {
  const drawer = drawerOf(page);
  await drawer.getByRole('button', { name: /^导入 \d+ 个文件$/ }).click();
  await drawer.waitFor({ state: 'hidden' });
}

/** Opens the wizard on a table; the dialog. */
export async function describeColumns(page: Page, file: string): Promise<Locator> {
  await cardOf(page, file).getByRole('button', { name: '说明表格各列' }).click();
  const wizard = page.getByRole('dialog', { name: '说明表格各列' });
  await wizard.getByRole('region', { name: '各列的含义' }).waitFor();
  return wizard;
}

/** Says in the wizard what a column is. */
export async function setColumn(page: Page, wizard: Locator, column: string, field: string): Promise<void> {
  const select = wizard.getByRole('combobox', { name: `列“${column}”是` });
  await choose(page, select, field);
}
