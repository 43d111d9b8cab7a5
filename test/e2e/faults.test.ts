/** Every screen of the sample, light and dark: contrast, names of controls, heads of tables, order of headings. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Launched, launchDocket } from './launch.ts';
import { faultsOf } from './steps/faults.ts';

const SCREENS = [
  '/',
  '/review',
  '/second-review',
  '/leads',
  '/cases',
  '/measures',
  '/measures?tab=watch',
  '/duties',
  '/duties?view=board',
  '/imports',
  '/messages',
  '/messages/conversations',
  '/accounts',
  '/lists',
  '/links',
  '/reconciliation',
  '/campaigns',
  '/house-rules',
  '/rules',
  '/rules?tab=packs',
  '/rules?tab=drafts',
  '/rules?tab=test',
  '/law',
  '/detection',
  '/detection?tab=clusters',
  '/detection?tab=sample',
  '/detection?tab=classifier',
  '/transfers',
  '/retention',
  '/audit',
  '/settings',
];

let docket: Launched;

beforeAll(async () => {
  docket = await launchDocket({ args: ['--lang=zh-CN'], env: { TZ: 'Asia/Shanghai' } });
  const { window } = docket;
  await window.getByRole('button', { name: '打开示例工作区' }).click();
  await window.getByRole('button', { name: '进入示例工作区' }).click({ timeout: 60_000 });
  await window.getByRole('heading', { level: 1, name: '概览' }).waitFor();
}, 120_000);

afterAll(() => docket?.close());

test.each(['light', 'dark'])(
  'no screen is hard to read or nameless: %s',
  async (scheme) => {
    const { window } = docket;
    await window.evaluate(`localStorage.setItem('docket.scheme', '${scheme}')`);
    await window.reload();
    await window.locator('h1').waitFor();
    const faults: Record<string, string[]> = {};
    for (const screen of SCREENS) {
      await window.evaluate(`location.hash = ${JSON.stringify(screen)}`);
      await window.locator('h1').waitFor();
      // What is drawn late, a table's rows or a chart, is looked at too; nothing tells when it has been drawn.
      await window.waitForTimeout(400);
      const row = window.locator('[role="grid"] [aria-rowindex="2"] [data-column="0"]').first();
      if ((await row.count()) > 0) {
        await row.click();
        await window.waitForTimeout(300);
      }
      const found = await faultsOf(window);
      if (found.length > 0) faults[screen] = found;
    }
    expect(faults).toEqual({});
  },
  120_000,
);
