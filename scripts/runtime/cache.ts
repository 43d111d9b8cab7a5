// The cache of runtimes: outside node_modules, so that a clean clone does not fetch 200 MB again.
// An entry appears whole or not at all: it is made in a temporary folder and renamed into place.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { say } from './report.ts';

/** `$DOCKET_CACHE`, else the platform's folder for caches. Made where it is missing. */
export function cacheFolder(): string {
  const folder = process.env.DOCKET_CACHE || join(platformCache(), 'docket');
  mkdirSync(folder, { recursive: true });
  return folder;
}

/**
 * The folder of a cache entry, made by `make` (which fills an empty folder) where it is missing.
 * Two processes that want the same entry make it once: the second waits for the first.
 */
export async function cached(name: string, make: (folder: string) => Promise<void>): Promise<string> {
  const entry = join(cacheFolder(), name);
  if (existsSync(entry)) return entry;
  await locked(name, async () => {
    if (existsSync(entry)) return;
    removeDrafts(name);
    const draft = mkdtempSync(join(cacheFolder(), `making-${name}-`));
    try {
      await make(draft);
      publish(draft, entry);
    } finally {
      rmSync(draft, { recursive: true, force: true });
    }
  });
  return entry;
}

/**
 * Runs `body` while holding the named lock. A lock whose process is gone is taken over; two
 * processes doing so at once may both go on, which costs time and nothing else, since an entry
 * is renamed into place.
 */
export async function locked<T>(name: string, body: () => Promise<T>): Promise<T> {
  const lock = join(cacheFolder(), `${name}.lock`);
  for (let told = false; !take(lock); told = true) {
    const holder = Number(readIfThere(lock));
    if (holder > 0 && !isAlive(holder)) rmSync(lock, { force: true });
    else if (!told) say(`waiting for process ${holder || '?'}, which prepares ${name}`);
    await sleep(500);
  }
  try {
    return await body();
  } finally {
    rmSync(lock, { force: true });
  }
}

/** Two that took over the same stale lock may both come here; the second finds the entry made. */
function publish(draft: string, entry: string): void {
  try {
    renameSync(draft, entry);
  } catch (error) {
    if (!existsSync(entry)) throw error;
  }
}

/** Removes what killed processes left. */
function removeDrafts(name: string): void {
  for (const file of readdirSync(cacheFolder())) {
    if (file.startsWith(`making-${name}-`))
      rmSync(join(cacheFolder(), file), { recursive: true, force: true });
  }
}

function take(lock: string): boolean {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function platformCache(): string {
  if (process.platform === 'win32') return process.env.LOCALAPPDATA || join(homedir(), 'AppData', 'Local');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches');
  return process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
}
