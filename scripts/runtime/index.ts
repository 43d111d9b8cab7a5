// The one door to a runtime: `npm start`, `npm run dev`, `npm test` and packaging go through it.
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { capture } from './command.ts';
import { ensureLibraries } from './display.ts';
import { type Electron, resolveElectron } from './electron.ts';
import { Unavailable } from './report.ts';
import { PREBUILT_NODE_API, rebuiltAddon } from './sqlite-addon.ts';

export interface Runtime {
  electron: Electron;
  /** Path of the SQLite addon to use in place of the prebuilt one, if this Electron needs that. */
  addon: string | undefined;
  /** Switches for the executable, before the app's folder. */
  switches: string[];
  /** Environment variables for the executable. */
  env: Record<string, string>;
}

/** Prepares everything a window needs but the display. Throws `Unavailable` with what to do. */
export async function prepareRuntime(): Promise<Runtime> {
  const electron = await resolveElectron();
  const addon = electron.nodeApi < PREBUILT_NODE_API ? await rebuiltAddon() : undefined;
  await ensureLibraries(electron.executable);
  return {
    electron,
    addon,
    switches: await sandboxSwitches(electron.dist),
    env: addon ? { DOCKET_SQLITE_BINDING: addon } : {},
  };
}

/**
 * Chromium refuses to run as root inside its sandbox. Anybody else keeps the sandbox, and is told
 * what to do where the kernel forbids it. Only for checkouts: a shipped build never gets the switch.
 */
async function sandboxSwitches(dist: string): Promise<string[]> {
  if (process.platform !== 'linux') return [];
  if (process.getuid?.() === 0) return ['--no-sandbox'];
  const helper = join(dist, 'chrome-sandbox');
  const helperIsRoots =
    existsSync(helper) && statSync(helper).uid === 0 && (statSync(helper).mode & 0o4000) !== 0;
  if (helperIsRoots || (await capture('unshare', ['--user', '--map-root-user', 'true'])).code === 0)
    return [];
  throw new Unavailable(
    "this machine lets no ordinary user make a sandbox. Give Chromium's helper the right to, and run this again:\n" +
      `  sudo chown root:root ${helper} && sudo chmod 4755 ${helper}`,
  );
}
