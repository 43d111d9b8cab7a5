// The viewer of a pack in Chromium with the network off, in both languages: it asks for nothing, shows, searches,
// draws the pack's picture, checks what it holds and the pack that is given to it.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testKey } from '../builders/evidence-messages.ts';
import { smallCase } from '../builders/evidence-pack.ts';
import { type TestPack, testPack } from '../builders/evidence-tamper.ts';
import { type Launched, launchDocket } from './launch.ts';

const officer = testKey('officer');
const WORDS = {
  'zh-CN': {
    language: '中文',
    good: '本页所含内容相符',
    intact: '证据包完好',
    none: '没有匹配',
    search: '搜索正文、姓名',
  },
  en: {
    language: 'English',
    good: 'What this page holds agrees',
    intact: 'The pack is intact',
    none: 'No match',
    search: 'Search texts and names',
  },
} as const;

describe('the viewer in Chromium without network', () => {
  let docket: Launched;
  let made: TestPack;
  let folder: string;
  beforeAll(async () => {
    docket = await launchDocket();
    made = await testPack(smallCase(officer, testKey('second')), officer);
    folder = await mkdtemp(join(tmpdir(), 'docket-viewer-'));
    await writeFile(join(folder, 'viewer.html'), made.bag.files.get('data/viewer.html') as Buffer);
  });
  afterAll(async () => {
    await docket?.close();
    await made?.remove();
    if (folder) await rm(folder, { recursive: true, force: true });
  });

  /** Opens the page in a window of its own, whose session is offline and tells what was asked for. */
  async function open(name: string): Promise<Page> {
    const opened = docket.app.waitForEvent('window');
    await docket.app.evaluate(
      async ({ BrowserWindow, session }, [file, partition]) => {
        const own = session.fromPartition(partition as string);
        own.enableNetworkEmulation({ offline: true });
        const asked: string[] = [];
        Object.assign(globalThis, { asked });
        own.webRequest.onBeforeRequest((details, answer) => {
          asked.push(details.url);
          answer({});
        });
        const window = new BrowserWindow({
          show: false,
          width: 1200,
          height: 900,
          webPreferences: { session: own, sandbox: true, contextIsolation: true },
        });
        await window.loadFile(file as string);
      },
      [join(folder, 'viewer.html'), name],
    );
    return opened;
  }

  test.each(['zh-CN', 'en'] as const)('%s', async (language) => {
    const words = WORDS[language];
    const page = await open(`viewer-${language}`);
    await page.locator('html[data-ready="yes"]').waitFor({ timeout: 20_000 });
    if ((await page.locator('html').getAttribute('lang')) !== language)
      await page.locator('#language').click();
    expect(await page.locator('html').getAttribute('lang')).toBe(language);
    await page.getByText('日结三百', { exact: false }).first().waitFor();
    await page.locator('.badge.good', { hasText: words.good }).waitFor({ timeout: 20_000 });
    // The picture that message 5 names, from what the page holds, as a picture of one pixel.
    const picture = page.locator('img.picture').first();
    await picture.waitFor({ state: 'attached' });
    expect(await picture.getAttribute('src')).toMatch(/^blob:/);
    await expect
      .poll(() => picture.evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth))
      .toBe(1);
    await page.getByPlaceholder(words.search).fill('九点');
    await page.locator('#results li').first().waitFor();
    expect(await page.locator('#results li').count()).toBeGreaterThan(10);
    await page.getByPlaceholder(words.search).fill('没有这样的话');
    await page.getByText(words.none).waitFor();
    await page.getByPlaceholder(words.search).fill('');
    await page.locator('#file').setInputFiles(made.pack);
    await page.locator('.badge.good', { hasText: words.intact }).waitFor({ timeout: 30_000 });
    await page.screenshot({ path: `test-results/screens/viewer-${language}.png` });
    const asked = await docket.app.evaluate(() => (globalThis as unknown as { asked: string[] }).asked);
    for (const url of asked) expect(url).toMatch(/^(file:.*\/viewer\.html|blob:)/);
    await page.close();
  });
});
