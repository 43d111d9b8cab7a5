// What only Electron's main process can do for the window. Same envelope as every other call.
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, isAbsolute, join } from 'node:path';
import { app, type BrowserWindow, dialog, nativeTheme, safeStorage, shell } from 'electron';
import { z } from 'zod';
import type { Envelope } from '../contract/dispatch.ts';

type Handler = (input: unknown, window: BrowserWindow) => Promise<Envelope>;

const Filters = z.array(z.object({ name: z.string(), extensions: z.array(z.string()) })).default([]);
const Path = z.string().refine(isAbsolute, 'not an absolute path');
const Slot = z.string().regex(/^[0-9a-zA-Z-]{1,64}$/);

/** A handler whose input is validated first. */
function handler<I extends z.ZodType>(
  input: I,
  run: (input: z.output<I>, window: BrowserWindow) => Promise<unknown>,
): Handler {
  return async (raw, window) => {
    const parsed = input.safeParse(raw ?? {});
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      const subject = issue?.path.map(String).join('.') || null;
      return { ok: false, error: { code: 'invalid-input', detail: issue?.message ?? '', subject } };
    }
    try {
      return { ok: true, value: await run(parsed.data, window) };
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      return { ok: false, error: { code: 'internal', detail, subject: null } };
    }
  };
}

/** Handlers by method name. */
export const native: Record<string, Handler> = {
  /** Asks for files, or for a folder; an array of paths, null where the person cancelled. */
  'native.openFiles': handler(
    z.object({ folder: z.boolean().default(false), filters: Filters }),
    async ({ folder, filters }, window) => {
      const { canceled, filePaths } = await dialog.showOpenDialog(window, {
        properties: folder ? ['openDirectory'] : ['openFile', 'multiSelections'],
        filters,
      });
      return canceled ? null : filePaths;
    },
  ),

  /** Asks where to save; the path, null where the person cancelled. */
  'native.saveFile': handler(
    z.object({ defaultName: z.string(), filters: Filters }),
    async ({ defaultName, filters }, window) => {
      const { canceled, filePath } = await dialog.showSaveDialog(window, {
        defaultPath: join(app.getPath('documents'), defaultName),
        filters,
      });
      return canceled || !filePath ? null : filePath;
    },
  ),

  /** Asks where and writes a small text there, the recovery key above all; the path, null where cancelled. */
  'native.saveText': handler(
    z.object({ defaultName: z.string(), text: z.string().max(100_000) }),
    async ({ defaultName, text }, window) => {
      const { canceled, filePath } = await dialog.showSaveDialog(window, {
        defaultPath: join(app.getPath('documents'), defaultName),
      });
      if (canceled || !filePath) return null;
      await writeFile(filePath, text, { mode: 0o600 });
      return filePath;
    },
  ),

  /** Shows a file in the system's file manager; `{shown}`. */
  'native.revealFile': handler(z.object({ path: Path }), async ({ path }) => {
    const shown = existsSync(path);
    if (shown) shell.showItemInFolder(path);
    return { shown };
  }),

  /** Keeps a secret in the system's keychain, or forgets it (null); `{stored}`, false where there is no keychain. */
  'native.keychainStore': handler(
    z.object({ slot: Slot, secret: z.string().nullable() }),
    async ({ slot, secret }) => {
      const file = slotFile(slot);
      if (secret === null) {
        await rm(file, { force: true });
        return { stored: false };
      }
      if (!hasKeychain()) return { stored: false };
      await mkdir(dirname(file), { recursive: true, mode: 0o700 });
      await writeFile(file, safeStorage.encryptString(secret), { mode: 0o600 });
      return { stored: true };
    },
  ),

  /** The secret kept in a slot; `{secret}`, null where there is none. */
  'native.keychainLoad': handler(z.object({ slot: Slot }), async ({ slot }) => {
    const file = slotFile(slot);
    if (!hasKeychain() || !existsSync(file)) return { secret: null };
    return { secret: safeStorage.decryptString(await readFile(file)) };
  }),

  /** Facts about the program and the machine. `locale` is BCP 47. */
  'native.environment': handler(z.object({}), async () => ({
    version: app.getVersion(),
    electron: process.versions.electron,
    platform: process.platform,
    locale: app.getLocale(),
    dark: nativeTheme.shouldUseDarkColors,
    packaged: app.isPackaged,
    documents: app.getPath('documents'),
    hasKeychain: hasKeychain(),
  })),
};

function slotFile(slot: string): string {
  return join(app.getPath('userData'), 'keychain', slot);
}

/** Without a keyring Linux "encrypts" with a key that everybody knows; that is not one. */
function hasKeychain(): boolean {
  if (!safeStorage.isEncryptionAvailable()) return false;
  return process.platform !== 'linux' || safeStorage.getSelectedStorageBackend() !== 'basic_text';
}
