import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { passThrough } from './command.ts';
import { packageFolder, ROOT } from './paths.ts';
import { say, Unavailable } from './report.ts';

const INPUTS = ['src', 'electron.vite.config.ts', 'package.json', 'package-lock.json'];
const STAMP = join(ROOT, 'out', '.inputs');

/** Builds, if anything that goes into the build has changed since the last one. */
export async function buildIfNeeded(): Promise<void> {
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === fingerprint()) return;
  await buildNow();
}

/** Builds with electron-vite. Throws `Unavailable` where the sources do not build; the errors are on the terminal. */
export async function buildNow(): Promise<void> {
  say('building');
  // Taken before the build: a file that changes meanwhile asks for another.
  const inputs = fingerprint();
  rmSync(STAMP, { force: true });
  const cli = join(packageFolder('electron-vite'), 'bin', 'electron-vite.js');
  const code = await passThrough(process.execPath, [cli, 'build', '--logLevel', 'warn'], { cwd: ROOT });
  if (code !== 0) throw new Unavailable('the build failed.');
  writeFileSync(STAMP, inputs);
}

/** Names, sizes and times of all inputs: enough to see a change, without reading them. */
function fingerprint(): string {
  const hash = createHash('sha256');
  for (const input of INPUTS) {
    const path = join(ROOT, input);
    const files = statSync(path).isDirectory()
      ? readdirSync(path, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) => join(entry.parentPath, entry.name))
          .sort()
      : [path];
    for (const file of files) {
      const { size, mtimeMs } = statSync(file);
      hash.update(`${file}\0${size}\0${mtimeMs}\n`);
    }
  }
  return hash.digest('hex');
}
