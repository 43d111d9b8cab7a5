import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** First of the candidates that exists; a checkout and a build lay the program out differently. */
function firstExisting(candidates: readonly string[]): string {
  const found = candidates.find((path) => existsSync(path));
  if (!found) throw new Error(`the program is incomplete: none of ${candidates.join(', ')} is there`);
  return found;
}

const here = dirname(fileURLToPath(import.meta.url));

/** Program of a worker thread: its source in a checkout, its bundle in a build. */
function workerEntry(name: string, folder: string): string {
  return firstExisting([
    join(here, '..', 'core', folder, `${name}.ts`),
    join(here, `${name}.js`),
    join(here, '..', `${name}.js`),
  ]);
}

export const detectionWorkerEntry = (): string => workerEntry('detection-worker', 'detection');
export const importWorkerEntry = (): string => workerEntry('import-worker', 'app/imports');
export const upkeepWorkerEntry = (): string => workerEntry('upkeep-worker', 'storage');

/** Folder of the data that ships beside the program. */
export function resourcesFolder(): string {
  const packaged = 'resourcesPath' in process ? [join(String(process.resourcesPath), 'resources')] : [];
  return firstExisting([
    ...packaged.filter((folder) => existsSync(join(folder, 'rule-packs'))),
    join(here, '..', '..', 'resources'),
    join(here, '..', '..', '..', 'resources'),
  ]);
}

/** The folder that the window uses too (Electron's userData of an application named Docket). */
export function userDataFolder(): string {
  const { DOCKET_USER_DATA, XDG_CONFIG_HOME, APPDATA } = process.env;
  if (DOCKET_USER_DATA) return DOCKET_USER_DATA;
  if (process.platform === 'win32') return join(APPDATA ?? homedir(), 'Docket');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Docket');
  return join(XDG_CONFIG_HOME || join(homedir(), '.config'), 'Docket');
}
