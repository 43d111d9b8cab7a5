// Opens Docket's real window for a test, in the runtime that global-setup.ts prepared.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright';
import { inject } from 'vitest';
import { ROOT } from '../../scripts/runtime/paths.ts';

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

/** Starts the program and waits for its window's first page. Fails where there is no runtime, saying why. */
export async function launchDocket(options: LaunchOptions = {}): Promise<Launched> {
  const runtime = inject('windowRuntime');
  if ('unavailable' in runtime) throw new Error(`no window can be opened: ${runtime.unavailable}`);
  const userData = options.userData ?? (await mkdtemp(join(tmpdir(), 'docket-user-data-')));
  const folder = options.packaged ? [] : [ROOT];
  const app = await _electron.launch({
    executablePath: options.packaged ?? runtime.executable,
    args: [...runtime.switches, ...folder, ...(options.args ?? [])],
    env: { ...inherited(), ...runtime.env, DOCKET_USER_DATA: userData, ...options.env },
  });
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

function inherited(): Record<string, string> {
  const entries = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return Object.fromEntries(entries);
}
