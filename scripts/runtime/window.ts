// Opens Docket's real window under Playwright: for the tests, and for the scripts that measure and picture it.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, errors, type Page } from 'playwright';
import { buildIfNeeded } from './build.ts';
import { hasDisplay, startVirtualDisplay } from './display.ts';
import { prepareRuntime } from './index.ts';
import { ROOT } from './paths.ts';

/** What launches the window. */
export interface WindowRuntime {
  executable: string;
  switches: string[];
  env: Record<string, string>;
}

export interface Launched {
  app: ElectronApplication;
  window: Page;
  /** The program's data folder: the one given, else a fresh one that `close` removes. */
  userData: string;
  /** Writes test-results/screens/<name>.png and returns its path. */
  screenshot(name: string): Promise<string>;
  /** Quits the program as a person would; kills it if it has not ended after ten seconds. */
  close(): Promise<void>;
}

export interface LaunchOptions {
  userData?: string;
  env?: Record<string, string>;
  /** Further arguments of the program, such as `--lang=zh-CN`. */
  args?: string[];
  /** A packaged program in place of the checkout's build. */
  packaged?: string;
}

const CLOSE_MS = 10_000;
const LAUNCH_MS = 20_000;
const PACKAGED_ATTEMPTS = 3;
const PLAYWRIGHT_LOADER = join(ROOT, 'node_modules/playwright-core/lib/server/electron/loader.js');

/** Prepares the runtime, the build and, where nobody has one, a display. `stop` ends the display. */
export async function prepareWindow(): Promise<{ runtime: WindowRuntime; stop(): Promise<void> }> {
  const runtime = await prepareRuntime();
  await buildIfNeeded();
  const display = hasDisplay() ? undefined : await startVirtualDisplay();
  return {
    runtime: {
      executable: runtime.electron.executable,
      switches: [...runtime.switches, ...(display?.switches ?? [])],
      env: { ...runtime.env, ...display?.env },
    },
    stop: async () => display?.stop(),
  };
}

/** Starts the program and waits for its window's first page. */
export async function openWindow(runtime: WindowRuntime, options: LaunchOptions = {}): Promise<Launched> {
  const userData = options.userData ?? (await mkdtemp(join(tmpdir(), 'docket-user-data-')));
  const env = { ...inherited(), ...runtime.env, DOCKET_USER_DATA: userData, ...options.env };
  const app = await launch(runtime, options, env);
  const window = await app.firstWindow();
  await window.waitForLoadState();
  return {
    app,
    window,
    userData,
    async screenshot(name) {
      const path = join(ROOT, 'test-results', 'screens', `${name}.png`);
      await window.screenshot({ path });
      return path;
    },
    async close() {
      const kill = setTimeout(() => app.process().kill('SIGKILL'), CLOSE_MS);
      await app.close().finally(() => clearTimeout(kill));
      if (options.userData === undefined) await rm(userData, { recursive: true, force: true });
    },
  };
}

/**
 * Playwright attaches while the program starts, and a window that opens in that moment can hang it. Its
 * own loader holds the program back until it has attached, but `-r` reaches only an unpackaged one; a
 * packaged one is started again.
 */
async function launch(
  { executable, switches }: WindowRuntime,
  { packaged, args = [] }: LaunchOptions,
  env: Record<string, string>,
): Promise<ElectronApplication> {
  // Playwright would add --no-sandbox by itself.
  const chromiumSandbox = !switches.includes('--no-sandbox');
  const start = (executablePath: string, own: string[]) =>
    _electron.launch({ executablePath, args: [...own, ...args], env, chromiumSandbox, timeout: LAUNCH_MS });

  if (packaged === undefined) return start(executable, ['-r', PLAYWRIGHT_LOADER, ...switches, ROOT]);
  for (let left = PACKAGED_ATTEMPTS - 1; ; left -= 1) {
    try {
      return await start(packaged, switches);
    } catch (error) {
      if (left === 0 || !(error instanceof errors.TimeoutError)) throw error;
    }
  }
}

function inherited(): Record<string, string> {
  const entries = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return Object.fromEntries(entries);
}
