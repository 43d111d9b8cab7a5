// The page can show itself and nothing else: no other page, window, download, permission or file.
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROOT } from '../../scripts/runtime/paths.ts';
import { type Launched, launchDocket } from '../e2e/launch.ts';

let docket: Launched;
beforeAll(async () => {
  docket = await launchDocket();
});
afterAll(() => docket?.close());

/** Runs page code. As text, since it is not this program's. */
const inPage = (code: string): Promise<unknown> => docket.window.evaluate(code);

test('the window is made with every protection', async () => {
  const preferences = await docket.app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    return (
      contents as unknown as { getLastWebPreferences(): Record<string, unknown> }
    ).getLastWebPreferences();
  });
  expect(preferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webviewTag: false,
    webSecurity: true,
  });
});

describe('navigation', () => {
  const STAYS = {
    'to the web': `location.href = 'https://example.com/'`,
    'to a file': `location.href = 'file:///etc/passwd'`,
    'to a data page': `location.href = 'data:text/html,<h1>x</h1>'`,
    'to another page of the app': `location.href = 'app://docket/other.html'`,
    'by a link': `const a = document.createElement('a'); a.href = 'https://example.com/'; document.body.append(a); a.click()`,
    'by replacing': `location.replace('https://example.com/')`,
  };
  test.for(Object.entries(STAYS))('%s is refused', async ([, code]) => {
    await inPage(`globalThis.before = 'still here'`);
    await inPage(`${code}; new Promise((resolve) => setTimeout(resolve, 300))`);
    expect(await inPage('globalThis.before')).toBe('still here');
    expect(docket.window.url()).toMatch(/^app:\/\/docket\/index\.html/);
  });

  test.for(['https://example.com/', 'app://docket/index.html', 'about:blank'])(
    'opening a window on %s is refused',
    async (url) => {
      expect(await inPage(`window.open(${JSON.stringify(url)})`)).toBeNull();
      expect(docket.app.windows()).toHaveLength(1);
    },
  );

  test('the page may load itself again', async () => {
    await inPage(`globalThis.before = 'gone after loading'`);
    await docket.window.reload();
    expect(await inPage('globalThis.before')).toBeUndefined();
  });
});

describe('scripts', () => {
  test('an inline script does not run', async () => {
    await inPage(
      `const s = document.createElement('script'); s.textContent = 'globalThis.ran = 1'; document.body.append(s)`,
    );
    await inPage(
      `const d = document.createElement('div'); d.innerHTML = '<img src="app://docket/none.png" onerror="globalThis.ran = 2">'; document.body.append(d)`,
    );
    await inPage('new Promise((resolve) => setTimeout(resolve, 300))');
    expect(await inPage('globalThis.ran')).toBeUndefined();
  });

  test('a blob does not become a script', async () => {
    const code = `import(URL.createObjectURL(new Blob(['globalThis.ran = 3'], { type: 'text/javascript' }))).then(() => 'ran', () => 'refused')`;
    expect(await inPage(code)).toBe('refused');
  });
});

describe('permissions', () => {
  test.for(['notifications', 'geolocation', 'camera', 'microphone', 'clipboard-read', 'midi'])(
    '%s is denied',
    async (name) => {
      expect(await inPage(`navigator.permissions.query({ name: '${name}' }).then((s) => s.state)`)).toBe(
        'denied',
      );
    },
  );

  test('a request for one is denied', async () => {
    expect(await inPage('Notification.requestPermission()')).toBe('denied');
  });
});

test('a download is refused', async () => {
  const started = docket.app.evaluate(
    ({ session }) =>
      new Promise((resolve) => {
        session.defaultSession.once('will-download', (event, item) =>
          resolve({ prevented: event.defaultPrevented, path: item.getSavePath() }),
        );
      }),
  );
  await inPage(
    `const a = document.createElement('a'); a.href = URL.createObjectURL(new Blob(['x'])); a.download = 'x.txt'; document.body.append(a); a.click()`,
  );
  expect(await started).toEqual({ prevented: true, path: '' });
});

describe('the app protocol', () => {
  const status = (url: string) =>
    inPage(`fetch(${JSON.stringify(url)}).then((r) => r.status, () => 'refused')`);

  test('serves the page under its policy', async () => {
    const policy = await inPage(
      `fetch('app://docket/index.html').then((r) => r.headers.get('content-security-policy'))`,
    );
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
  });

  test.for([
    'app://docket/../../package.json',
    'app://docket/%2e%2e/%2e%2e/package.json',
    'app://docket/..%2f..%2fpackage.json',
    'app://docket/..%5c..%5cpackage.json',
    'app://docket/%00index.html',
    `app://docket/${encodeURIComponent(join(ROOT, 'package.json'))}`,
    'app://docket/',
    'app://docket/none.js',
    'app://docket/%',
  ])('%s is not found', async (url) => {
    expect(await status(url)).toBe(404);
  });

  test.for(['app://other/index.html', 'file:///etc/passwd', 'chrome://version'])(
    '%s is refused',
    async (url) => {
      expect(await status(url)).toBe('refused');
    },
  );
});

test('only the page may call: another page with the same preload is refused', async () => {
  const answer = await docket.app.evaluate(async ({ BrowserWindow, app }) => {
    const other = new BrowserWindow({
      show: false,
      webPreferences: { preload: `${app.getAppPath()}/out/preload/index.cjs`, sandbox: true },
    });
    await other.loadURL('data:text/html,<h1>other</h1>');
    const result: unknown = await other.webContents.executeJavaScript(
      `docket.invoke('native.environment', {})`,
    );
    other.destroy();
    return result;
  });
  expect(answer).toMatchObject({ ok: false, error: { code: 'not-allowed' } });
});
