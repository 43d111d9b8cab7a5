// The program as it ships, in a twin that a test driver can attach to (scripts/package.ts).
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROOT } from '../../scripts/runtime/paths.ts';
import { type Launched, launchDocket } from './launch.ts';

const PACKAGE_MS = 300_000;

let docket: Launched;
beforeAll(async () => {
  const script = join(ROOT, 'scripts', 'package.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [script, '--twin'], {
    maxBuffer: 64 * 1024 * 1024,
  });
  const program = stdout.trim().split('\n').at(-1) ?? '';
  // Without the environment that a checkout's runtime passes on: a shipped program stands alone.
  docket = await launchDocket({ packaged: program, env: { DOCKET_SQLITE_BINDING: '' } });
}, PACKAGE_MS);
afterAll(() => docket?.close());

test('opens its window from the archive', async () => {
  await docket.window.locator('#root > *').first().waitFor({ state: 'attached' });
  expect(
    await docket.app.evaluate(({ app }) => [app.isPackaged, app.getAppPath().endsWith('app.asar')]),
  ).toEqual([true, true]);
});

test('has no developer tools and no item of a menu that opens them', async () => {
  const roles = await docket.app.evaluate(({ Menu }) =>
    Menu.getApplicationMenu()?.items.flatMap((item) =>
      item.submenu?.items.map(({ role }) => role?.toLowerCase()),
    ),
  );
  expect(roles).toContain('copy');
  expect(roles).not.toContain('toggledevtools');
  expect(roles).not.toContain('reload');
});
