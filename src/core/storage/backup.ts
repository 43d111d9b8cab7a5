/**
 * Backup of a workspace: a zip of what lies in its folder, as it lies there, that is encrypted, plus
 * `backup.json` with the SHA-256 of every file and the head of the audit chain. It opens with the same
 * passphrases and recovery key. Restoring checks every digest before anything counts as a workspace.
 */
import { createHash } from 'node:crypto';
import {
  closeSync,
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import yazl from 'yazl';
import { z } from 'zod';
import { DocketError } from '../../contract/errors.ts';
import { Count, Sha256, Uid } from '../domain/page.ts';
import { openZip, type ZipArchive, ZipError } from '../evidence/zip-reader.ts';
import { openDatabase } from './database.ts';
import { auditHead } from './events.ts';
import { DATABASE_FILE, type OpenWorkspace } from './workspace-folder.ts';

const Manifest = z.object({
  format: z.literal('docket-backup/1'),
  workspaceId: Uid,
  createdAt: z.number(),
  auditHead: z.object({ sequence: Count, hash: z.string() }),
  files: z.array(z.object({ path: z.string(), bytes: Count, sha256: Sha256 })),
});
type Manifest = z.infer<typeof Manifest>;

const MANIFEST = 'backup.json';

function filesBelow(folder: string, prefix: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) =>
      entry.isDirectory()
        ? filesBelow(join(folder, entry.name), `${prefix}${entry.name}/`)
        : entry.name.endsWith('.blob')
          ? [`${prefix}${entry.name}`]
          : [],
    );
}

async function digestOf(file: string, onBytes: (bytes: number) => void): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) {
    hash.update(chunk as Buffer);
    onBytes((chunk as Buffer).length);
  }
  return hash.digest('hex');
}

async function* readCounted(file: string, onBytes: (bytes: number) => void): AsyncGenerator<Buffer> {
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) {
    onBytes((chunk as Buffer).length);
    yield chunk as Buffer;
  }
}

/**
 * Writes a backup. `onBytes` is told bytes as they are read (each file twice: digest, then copy) and
 * may throw to cancel; no file is left then.
 */
export async function writeBackup(
  workspace: OpenWorkspace,
  file: string,
  now: number,
  onBytes: (done: number, total: number) => void,
): Promise<{ sha256: string; bytes: number }> {
  const { folder, store, keyFile } = workspace;
  store.db.pragma('wal_checkpoint(TRUNCATE)');
  // A reader of this moment keeps later changes in the log: the database file stands still while it is copied.
  const still = openDatabase(join(folder, DATABASE_FILE), workspace.databaseKey, { readonly: true });
  const temporary = `${file}.new`;
  try {
    still.exec('BEGIN');
    const head = auditHead(still);
    const paths = [DATABASE_FILE, 'keys.json', ...filesBelow(join(folder, 'store'), 'store/')];
    const sizes = paths.map((path) => statSync(join(folder, path)).size);
    const total = 2 * sizes.reduce((sum, size) => sum + size, 0);
    let done = 0;
    const advance = (bytes: number) => {
      done += bytes;
      onBytes(done, total);
    };
    const files: Manifest['files'] = [];
    for (const [index, path] of paths.entries()) {
      files.push({ path, bytes: sizes[index] ?? 0, sha256: await digestOf(join(folder, path), advance) });
    }
    const manifest: Manifest = {
      format: 'docket-backup/1',
      workspaceId: keyFile.workspaceId,
      createdAt: now,
      auditHead: head,
      files,
    };
    const zip = new yazl.ZipFile();
    const mtime = new Date(now);
    zip.addBuffer(Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`), MANIFEST, {
      mtime,
      compress: false,
    });
    for (const path of paths) {
      zip.addReadStreamLazy(path, { mtime, compress: false }, (use) =>
        use(null, Readable.from(readCounted(join(folder, path), advance))),
      );
    }
    zip.on('error', (error) => (zip.outputStream as Readable).destroy(error as Error));
    zip.end();
    await pipeline(zip.outputStream, createWriteStream(temporary, { mode: 0o600 }));
    renameSync(temporary, file);
    return { sha256: await digestOf(file, () => undefined), bytes: statSync(file).size };
  } finally {
    still.close();
    rmSync(temporary, { force: true });
  }
}

/** A path that a backup may hold: nothing else is ever written. */
const ALLOWED = /^(docket\.db|keys\.json|store\/[0-9a-f]{2}\/[0-9a-f-]{36}\.blob)$/;

/**
 * Restores a backup into a folder that holds no workspace. Every file is checked against its digest;
 * on any difference nothing stays. Throws `workspace-exists` and `workspace-damaged`, naming the file.
 */
export async function restoreBackup(
  file: string,
  folder: string,
  onBytes: (done: number, total: number) => void,
): Promise<void> {
  if (existsSync(join(folder, 'keys.json'))) {
    throw new DocketError('workspace-exists', 'there is a workspace already', folder);
  }
  const target = `${folder}.restoring`;
  rmSync(target, { recursive: true, force: true });
  const zip = openArchive(file);
  try {
    const manifest = await readManifest(zip, file);
    const total = manifest.files.reduce((sum, entry) => sum + entry.bytes, 0);
    let done = 0;
    for (const entry of manifest.files) {
      if (!ALLOWED.test(entry.path)) throw damaged(entry.path, 'no file of a workspace');
      await extract(zip, entry, join(target, entry.path), (bytes) => {
        done += bytes;
        onBytes(done, total);
      });
    }
    if (existsSync(folder) && readdirSync(folder).length > 0) {
      throw new DocketError('file-exists', 'the folder is not empty', folder);
    }
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(dirname(folder), { recursive: true });
    renameSync(target, folder);
  } catch (error) {
    rmSync(target, { recursive: true, force: true });
    throw error instanceof ZipError ? damaged(file, error.reason) : error;
  } finally {
    zip.close();
  }
}

function damaged(name: string, reason: string): DocketError {
  return new DocketError('workspace-damaged', `the backup is damaged: ${reason}`, name);
}

function openArchive(file: string): ZipArchive {
  try {
    return openZip(file);
  } catch (error) {
    throw error instanceof ZipError ? damaged(file, error.reason) : error;
  }
}

async function readManifest(zip: ZipArchive, file: string): Promise<Manifest> {
  const entry = zip.entries.find(({ name }) => name === MANIFEST);
  if (!entry) throw damaged(file, `${MANIFEST} is missing`);
  const chunks: Buffer[] = [];
  for await (const chunk of zip.read(entry)) chunks.push(chunk);
  try {
    return Manifest.parse(JSON.parse(Buffer.concat(chunks).toString('utf8')));
  } catch (error) {
    throw damaged(MANIFEST, (error as Error).message);
  }
}

async function extract(
  zip: ZipArchive,
  listed: Manifest['files'][number],
  path: string,
  onBytes: (bytes: number) => void,
): Promise<void> {
  const entry = zip.entries.find(({ name }) => name === listed.path);
  if (!entry) throw damaged(listed.path, 'the file is missing');
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const output = openSync(path, 'w', 0o600);
  const hash = createHash('sha256');
  try {
    for await (const chunk of zip.read(entry)) {
      hash.update(chunk);
      writeSync(output, chunk);
      onBytes(chunk.length);
    }
  } finally {
    closeSync(output);
  }
  if (hash.digest('hex') !== listed.sha256) throw damaged(listed.path, 'its bytes were changed');
}
