// Importing through the Imports screen.
import { basename } from 'node:path';
import type { Locator, Page } from 'playwright';
import type { Launched } from '../../../scripts/runtime/window.ts';
import { answerOpenDialog, goTo, jobsDone, notice } from './desk.ts';

export interface Authorisation {
  authorisedBy: string;
  purpose: string;
  scope: string;
  basis: string;
}

/** Chooses files, keeps every conversation, direct chats too, fills the authority record and imports. */
export async function importFiles(docket: Launched, files: string[], why: Authorisation): Promise<void> {
  const page = docket.window;
  await goTo(page, '导入');
  await answerOpenDialog(docket, files);
  await page.getByRole('button', { name: '选择文件', exact: true }).first().click();
  const drawer = page.getByRole('dialog', { name: /准备导入/ });
  for (const file of files) await keepEverything(drawer.getByRole('region', { name: basename(file) }));
  await authorise(drawer, why);
  await drawer.getByRole('button', { name: `导入 ${files.length} 个文件` }).click();
  await drawer.waitFor({ state: 'hidden' });
  await notice(page, `已导入 ${files.length} 个来源`);
  await jobsDone(page);
}

async function keepEverything(file: Locator): Promise<void> {
  await file.getByLabel('格式').first().waitFor();
  const all = file.getByRole('button', { name: '全选' });
  if ((await all.count()) > 0) await all.click();
}

async function authorise(drawer: Locator, why: Authorisation): Promise<void> {
  const record = drawer.getByRole('region', { name: '授权记录' });
  await record.getByRole('button', { name: '新建' }).click();
  await record.getByLabel('授权人').fill(why.authorisedBy);
  await record.getByLabel('目的').fill(why.purpose);
  await record.getByLabel('范围').fill(why.scope);
  await record.getByRole('combobox', { name: '依据' }).fill(why.basis);
  await record.getByRole('button', { name: '保存授权记录' }).click();
  await record.getByRole('button', { name: '新建' }).waitFor();
}

/** Opens a source's panel and reads there whether its ledger balances, and who authorised it. */
export async function ledgerOf(page: Page, file: string): Promise<{ balance: string; authority: string }> {
  await page.getByRole('grid', { name: '导入' }).getByText(file).click();
  const panel = page.getByRole('complementary');
  await panel.getByRole('heading', { name: file }).waitFor();
  const balance = panel.getByRole('row', { name: /^合计/ }).getByRole('cell').last();
  const authority = panel.getByText('授权记录').locator('xpath=following-sibling::*[1]/div[1]');
  return { balance: await balance.innerText(), authority: await authority.innerText() };
}
