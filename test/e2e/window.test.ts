import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Launched, launchDocket } from './launch.ts';

describe('the window', () => {
  let docket: Launched;
  beforeAll(async () => {
    docket = await launchDocket();
  });
  afterAll(() => docket?.close());

  test('is the only one, visible, and carries its name', async () => {
    await expect
      .poll(() => docket.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible()))
      .toBe(true);
    const titles = await docket.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map((w) => w.getTitle()),
    );
    expect(titles).toEqual(['Docket 案卷']);
  });

  test('shows the page', async () => {
    await docket.window.locator('#root > *').first().waitFor({ state: 'attached' });
    expect(docket.window.url()).toMatch(/^app:\/\/docket\/index\.html/);
    await docket.screenshot('window');
  });

  test('gives the page three functions and nothing of Node', async () => {
    const seen = await docket.window.evaluate(() => ({
      bridge: Object.keys((globalThis as unknown as { docket: object }).docket).sort(),
      node: ['require', 'process', 'module', 'Buffer', 'ipcRenderer'].filter((name) => name in globalThis),
    }));
    expect(seen).toEqual({ bridge: ['invoke', 'pathOf', 'subscribe'], node: [] });
  });

  test('answers native.environment', async () => {
    const answer = await invoke(docket, 'native.environment', {});
    expect(answer).toMatchObject({ ok: true, value: { version: '0.1.0', packaged: false } });
  });

  test('reaches the host, which has no workspace yet', async () => {
    expect(await invoke(docket, 'workspace.status', {})).toMatchObject({
      ok: true,
      value: { state: 'missing' },
    });
  });

  test('answers a dialog that was closed with null, and one that was answered with the paths', async () => {
    await docket.app.evaluate(({ dialog }) => {
      dialog.showOpenDialog = async () => ({ canceled: true, filePaths: [] });
      dialog.showSaveDialog = async () => ({ canceled: false, filePath: '/tmp/pack.zip' });
    });
    expect(await invoke(docket, 'native.openFiles', {})).toEqual({ ok: true, value: null });
    expect(await invoke(docket, 'native.saveFile', { defaultName: 'pack.zip' })).toEqual({
      ok: true,
      value: '/tmp/pack.zip',
    });
  });

  test('refuses a native call with a wrong input, and names the field', async () => {
    expect(await invoke(docket, 'native.revealFile', { path: 'not/absolute' })).toMatchObject({
      ok: false,
      error: { code: 'invalid-input', subject: 'path' },
    });
  });

  test.for(['__proto__', 'constructor', 'native.nothing'])('refuses the method %s', async (method) => {
    expect(await invoke(docket, method, {})).toMatchObject({ ok: false });
  });
});

test('the menu speaks the language of the system', async () => {
  const docket = await launchDocket({ args: ['--lang=zh-CN'] });
  try {
    const labels = await docket.app.evaluate(({ Menu }) =>
      Menu.getApplicationMenu()?.items.map((item) => item.label),
    );
    expect(labels).toEqual(['文件', '编辑', '显示']);
  } finally {
    await docket.close();
  }
});

test('the window comes back where it was left', async () => {
  const bounds = { x: 40, y: 60, width: 1100, height: 700 };
  const first = await launchDocket();
  await expect.poll(() => isVisible(first)).toBe(true);
  await first.app.evaluate(
    ({ BrowserWindow }, to) => BrowserWindow.getAllWindows()[0]?.setBounds(to),
    bounds,
  );
  // A display server moves windows in its own time.
  await expect.poll(() => boundsOf(first)).toEqual(bounds);
  const { userData } = first;
  await first.app.close();
  expect(JSON.parse(await readFile(join(userData, 'window.json'), 'utf8'))).toEqual({
    bounds,
    maximized: false,
  });

  const second = await launchDocket({ userData });
  try {
    await expect.poll(() => boundsOf(second)).toEqual(bounds);
  } finally {
    await second.close();
    await rm(userData, { recursive: true });
  }
});

const isVisible = (docket: Launched) =>
  docket.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible());

const boundsOf = (docket: Launched) =>
  docket.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds());

function invoke(docket: Launched, method: string, input: unknown): Promise<unknown> {
  return docket.window.evaluate(
    ([name, value]) =>
      (
        globalThis as unknown as { docket: { invoke(method: unknown, input: unknown): Promise<unknown> } }
      ).docket.invoke(name, value),
    [method, input] as const,
  );
}
