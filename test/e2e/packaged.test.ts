// The program as it ships, in a twin that a test driver can attach to (scripts/package.ts).
import { execFile, spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROOT } from '../../scripts/runtime/paths.ts';
import { type Launched, launchDocket } from './launch.ts';

const PACKAGE_MS = 300_000;

let program: string;
let docket: Launched;
beforeAll(async () => {
  const script = join(ROOT, 'scripts', 'package.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [script, '--twin'], {
    maxBuffer: 64 * 1024 * 1024,
  });
  program = stdout.trim().split('\n').at(-1) ?? '';
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

test('its host opens a database: the addon and the worker come from the archive', async () => {
  const created = await docket.window.evaluate(`docket.invoke('workspace.create', {
    profile: 'employer', officerName: 'Officer', passphrase: 'correct horse battery',
  })`);
  expect(created).toMatchObject({ ok: true });
});

test('with a command it opens no window, needs no display, and answers like the command line', async () => {
  const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ...env } = process.env;
  const switches = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const child = spawn(program, [...switches, 'scan'], { env, stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(`${JSON.stringify({ id: 'a', text: '你好' })}\n`);
  const answer = await text(child.stdout);
  expect(JSON.parse(answer)).toEqual({ id: 'a', hits: [] });
});
