// First start, officers and unlocking.
import type { Page } from 'playwright';
import { choose, goTo, notice } from './desk.ts';

export interface Person {
  name: string;
  passphrase: string;
}

/** Fills the first screen as an officer of a platform would; ends at the recovery key. */
export async function createWorkspace(page: Page, { name, passphrase }: Person): Promise<string> {
  await page.getByRole('radio', { name: /^平台/ }).click();
  await page.getByLabel('经办人姓名').fill(name);
  await page.getByLabel('口令', { exact: true }).fill(passphrase);
  await page.getByLabel('再次输入口令').fill(passphrase);
  await page.getByRole('button', { name: '创建工作区' }).click();
  await page.getByRole('heading', { name: '恢复密钥' }).waitFor();
  return page.getByTestId('recovery-key').innerText();
}

export async function confirmRecoveryKey(page: Page): Promise<void> {
  await page.getByLabel('我已妥善保管恢复密钥').check();
  await page.getByRole('button', { name: '进入工作区' }).click();
  await page.getByRole('heading', { level: 1, name: '概览' }).waitFor();
}

/** Settings: a further officer types their own passphrase. */
export async function addOfficer(page: Page, { name, passphrase }: Person, role: string): Promise<void> {
  await goTo(page, '设置');
  await page.getByRole('button', { name: '添加人员' }).click();
  const dialog = page.getByRole('dialog', { name: '添加人员' });
  await dialog.getByLabel('姓名').fill(name);
  await choose(page, dialog.getByRole('combobox', { name: '角色' }), role);
  await dialog.getByLabel('口令', { exact: true }).fill(passphrase);
  await dialog.getByLabel('再次输入口令').fill(passphrase);
  await dialog.getByRole('button', { name: '添加人员' }).click();
  await notice(page, `已添加 ${name}`);
}

/** Tries to unlock; the caller looks at what came of it. */
export async function tryUnlock(page: Page, { name, passphrase }: Person): Promise<void> {
  await page.getByRole('heading', { name: '解锁工作区' }).waitFor();
  await choose(page, page.getByRole('combobox', { name: '经办人姓名' }), name);
  await page.getByLabel('口令', { exact: true }).fill(passphrase);
  await page.getByRole('button', { name: '解锁' }).click();
}
