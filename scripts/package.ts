// `npm run package`: the packaged program as a folder, release/<system>-unpacked, checked by asking it
// for its version. `--twin` makes release/twin instead, which differs in one fuse: a test driver can
// attach to it.
import { copyFileSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { type AfterPackContext, build, type Configuration } from 'electron-builder';
import { buildIfNeeded } from './runtime/build.ts';
import { capture } from './runtime/command.ts';
import { prepareRuntime, type Runtime } from './runtime/index.ts';
import { ROOT } from './runtime/paths.ts';
import { runScript, say, Unavailable } from './runtime/report.ts';

await runScript(async () => {
  const isTwin = process.argv.includes('--twin');
  const runtime = await prepareRuntime();
  await buildIfNeeded();
  let program = '';
  const config: Configuration = {
    electronDist: runtime.electron.dist,
    electronVersion: runtime.electron.version,
    directories: { output: isTwin ? 'release/twin' : 'release' },
    electronFuses: isTwin ? { enableNodeCliInspectArguments: true } : {},
    afterPack: async (context) => {
      finishResources(context, runtime);
      program = programOf(context);
    },
  };
  await build({ projectDir: ROOT, dir: true, config });
  await checkProgram(program, isTwin, runtime);
  process.stdout.write(`${program}\n`);
  return 0;
});

/** Removes the development loader, and puts in the addon that this Electron needs. */
function finishResources(context: AfterPackContext, runtime: Runtime): void {
  const resources = context.packager.getResourcesDir(context.appOutDir);
  rmSync(join(resources, 'app'), { recursive: true, force: true });
  if (runtime.addon === undefined) return;
  const prebuilds = join(resources, 'app.asar.unpacked', 'node_modules', 'better-sqlite3', 'prebuilds');
  const packaged = join(prebuilds, `${process.platform}-${process.arch}.node`);
  if (!existsSync(packaged)) throw new Error(`the package holds no SQLite addon at ${packaged}`);
  copyFileSync(runtime.addon, packaged);
}

/** `executableName` of electron-builder.yml; macOS goes by the product's name. */
function programOf({ appOutDir, packager }: AfterPackContext): string {
  const product = packager.appInfo.productFilename;
  if (process.platform === 'darwin') return join(appOutDir, `${product}.app`, 'Contents', 'MacOS', product);
  return join(appOutDir, process.platform === 'win32' ? 'docket.exe' : 'docket');
}

/** The program answers without a display, and its fuses are as meant. */
async function checkProgram(program: string, isTwin: boolean, runtime: Runtime): Promise<void> {
  const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
  const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ...env } = process.env;
  const answer = await capture(program, [...runtime.switches, '--version'], { env, timeout: 30_000 });
  if (answer.code !== 0 || answer.stdout.trim() !== manifest.version) {
    throw new Unavailable(
      `the packaged program does not start (exit code ${answer.code}): ${answer.stdout}${answer.stderr}`,
    );
  }
  const wire = await getCurrentFuseWire(program);
  const expected = [
    [FuseV1Options.RunAsNode, FuseState.DISABLE],
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable, FuseState.DISABLE],
    [FuseV1Options.EnableNodeCliInspectArguments, isTwin ? FuseState.ENABLE : FuseState.DISABLE],
    [FuseV1Options.OnlyLoadAppFromAsar, FuseState.ENABLE],
  ] as const;
  for (const [fuse, state] of expected) {
    if (wire[fuse] !== state)
      throw new Unavailable(`fuse ${FuseV1Options[fuse]} of ${program} is not as meant`);
  }
  say(`the packaged program answers with version ${manifest.version}; its fuses are as meant`);
}
