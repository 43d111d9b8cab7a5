/**
 * Device keys: secrets that open a workspace on this machine without a passphrase, kept outside the
 * workspace in the user's own configuration folder (mode 0600), one file a workspace. Whoever can read
 * that folder can open the workspace; whoever only has the workspace cannot.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Folder of the device keys, by the platform's convention; `DOCKET_KEYS` names another. */
export function deviceKeyFolder(): string {
  const { DOCKET_KEYS, XDG_CONFIG_HOME, APPDATA } = process.env;
  if (DOCKET_KEYS) return DOCKET_KEYS;
  if (process.platform === 'win32') return join(APPDATA ?? homedir(), 'Docket', 'keys');
  if (process.platform === 'darwin')
    return join(homedir(), 'Library', 'Application Support', 'Docket', 'keys');
  return join(XDG_CONFIG_HOME || join(homedir(), '.config'), 'docket', 'keys');
}

const pathOf = (folder: string, workspaceId: string) => join(folder, `${workspaceId}.key`);

/** Stores a secret; answers the file it lies in. */
export function storeDeviceKey(folder: string, workspaceId: string, secret: Buffer): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = pathOf(folder, workspaceId);
  writeFileSync(file, `${secret.toString('hex')}\n`, { mode: 0o600 });
  return file;
}

export function loadDeviceKey(folder: string, workspaceId: string): Buffer | null {
  const file = pathOf(folder, workspaceId);
  if (!existsSync(file)) return null;
  const secret = Buffer.from(readFileSync(file, 'utf8').trim(), 'hex');
  return secret.length === 32 ? secret : null;
}
