// `npm start`: prepares the runtime, builds if needed, opens the window. `--dev`: electron-vite's dev
// server with reloading instead of the build. Further arguments go to the program.
import { join } from 'node:path';
import { buildIfNeeded } from './runtime/build.ts';
import { passThrough } from './runtime/command.ts';
import { type Display, hasDisplay, startVirtualDisplay } from './runtime/display.ts';
import { prepareRuntime } from './runtime/index.ts';
import { packageFolder, ROOT } from './runtime/paths.ts';
import { runScript, Unavailable } from './runtime/report.ts';

const PERSONS_DISPLAY: Display = { env: {}, switches: [], stop: async () => {} };

await runScript(async () => {
  const args = process.argv.slice(2);
  const isDev = args.includes('--dev');
  const isVirtual = !hasDisplay();
  if (isVirtual) refuseUnlessAsked();
  const runtime = await prepareRuntime();
  if (!isDev) await buildIfNeeded();
  const display = isVirtual ? await startVirtualDisplay() : PERSONS_DISPLAY;
  try {
    const env = { ...process.env, ...runtime.env, ...display.env };
    const switches = [...runtime.switches, ...display.switches];
    if (isDev) {
      const cli = join(packageFolder('electron-vite'), 'bin', 'electron-vite.js');
      return await passThrough(process.execPath, [cli, 'dev', '--', ...switches], {
        cwd: ROOT,
        env: { ...env, ELECTRON_EXEC_PATH: runtime.electron.executable },
      });
    }
    return await passThrough(runtime.electron.executable, [...switches, ROOT, ...args], { env });
  } finally {
    await display.stop();
  }
});

/** A window that nobody can see opens only where DOCKET_HEADLESS=1 asks for it. */
function refuseUnlessAsked(): void {
  if (process.env.DOCKET_HEADLESS === '1') return;
  throw new Unavailable(
    'there is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set), so nobody would see the window. ' +
      'Start it in a desktop session, or over "ssh -X"; "npm test" needs no display, "npm run docket" no window. ' +
      'DOCKET_HEADLESS=1 opens it on a virtual display all the same.',
  );
}
