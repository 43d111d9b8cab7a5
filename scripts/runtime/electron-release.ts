// The `electron` package's own binary: it downloads one from its release host when first asked.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { locked } from './cache.ts';
import { capture } from './command.ts';
import { packageFolder, packageVersion } from './paths.ts';
import { say } from './report.ts';

export interface Release {
  dist: string;
  executable: string;
}

/** A download that moves no byte for so long has failed; a slow one that moves may take its time. */
const STALL_MS = 20_000;

/** The part of @electron/get (which comes with the electron package) that is used here. */
interface ElectronGet {
  downloadArtifact(details: {
    version: string;
    artifactName: string;
    platform: string;
    arch: string;
    checksums?: Record<string, string>;
    cacheRoot?: string;
    downloadOptions: {
      quiet: boolean;
      signal: AbortSignal;
      getProgressCallback(progress: { transferred: number; total: number | null }): void;
    };
  }): Promise<string>;
  getHostArch(): string;
}

/** The binary in the electron package's folder, if it is there and of the package's version. */
export function installedRelease(): Release | undefined {
  const folder = packageFolder('electron');
  const dist = join(folder, 'dist');
  try {
    const executable = join(dist, readFileSync(join(folder, 'path.txt'), 'utf8'));
    const version = readFileSync(join(dist, 'version'), 'utf8').replace(/^v/, '').trim();
    return version === packageVersion('electron') && existsSync(executable)
      ? { dist, executable }
      : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Downloads the binary by the electron package's own means and settings (ELECTRON_MIRROR and the
 * rest), bounded by {@link STALL_MS} without progress. A failure is a value: its reason.
 */
export function downloadRelease(version: string): Promise<Release | { failure: string }> {
  return locked(`electron-${version}-release`, async () => {
    const there = installedRelease();
    if (there) return there;
    say(`asking Electron's release host for Electron ${version} (about 110 MB)`);
    try {
      await fillDownloadCache(version);
    } catch (error) {
      return { failure: reasonOf(error) };
    }
    // Unpacks what is in the download cache now.
    const unpacked = await capture(process.execPath, [join(packageFolder('electron'), 'install.js')]);
    const installed = installedRelease();
    return (
      installed ?? { failure: unpacked.stderr.trim().split('\n')[0] || 'the download could not be unpacked' }
    );
  });
}

async function fillDownloadCache(version: string): Promise<void> {
  const require = createRequire(join(packageFolder('electron'), 'install.js'));
  const get: ElectronGet = await import(pathToFileURL(require.resolve('@electron/get')).href);
  const stalled = new AbortController();
  const abort = () => stalled.abort(new Error(`no data for ${STALL_MS / 1000} seconds`));
  const watchdog = setTimeout(abort, STALL_MS);
  let told = Date.now();
  const remoteChecksums =
    process.env.electron_use_remote_checksums || process.env.npm_config_electron_use_remote_checksums;
  try {
    await get.downloadArtifact({
      version,
      artifactName: 'electron',
      platform: process.env.npm_config_platform || process.platform,
      arch: process.env.npm_config_arch || get.getHostArch(),
      ...(remoteChecksums ? {} : { checksums: require('./checksums.json') as Record<string, string> }),
      ...(process.env.electron_config_cache ? { cacheRoot: process.env.electron_config_cache } : {}),
      downloadOptions: {
        quiet: true,
        signal: stalled.signal,
        getProgressCallback({ transferred, total }) {
          watchdog.refresh();
          if (Date.now() - told < 5000) return;
          told = Date.now();
          const ofTotal = total ? ` of ${Math.round(total / 1e6)}` : '';
          say(`downloading Electron ${version}: ${Math.round(transferred / 1e6)}${ofTotal} MB`);
        },
      },
    });
  } finally {
    clearTimeout(watchdog);
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? error.cause.message : '';
  return cause ? `${error.message}: ${cause}` : error.message;
}
