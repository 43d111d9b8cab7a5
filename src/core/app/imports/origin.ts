/** Where the bytes of a source come from before they are sealed: a file, or a member of an archive. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import { DocketError } from '../../../contract/errors.ts';
import type { ByteSource } from '../../importers/importer.ts';
import type { SealedBlob } from '../../storage/blob-store.ts';
import type { MemberPlace } from '../../storage/sources/source-members.ts';
import { newBlockUid, type Session } from '../session.ts';

export type OpenSource = ByteSource & { close(): void };

export interface Origin {
  /** How messages name it: the path, or archive and member as `chats.zip!/a/b.txt`. */
  readonly label: string;
  /** What the source is called: the file's name, or its path below the folder or archive. */
  readonly file: string;
  readonly place: MemberPlace | null;
  /** Row of the archive that it lies in. */
  readonly parentId: number | null;
  /** Bytes to look at before anything is sealed. */
  open(): OpenSource;
  /** Puts the bytes into the store, if they are not there yet. Throws what `onChunk` throws. */
  seal(onChunk: (done: number, total: number) => void): Promise<SealedBlob & { uid: string }>;
}

/** Opens a plain file for reading at offsets. */
export function openFile(path: string): OpenSource {
  const file = openSync(path, 'r');
  const info = fstatSync(file);
  if (!info.isFile()) {
    closeSync(file);
    throw new DocketError('file-unreadable', 'not a regular file', path);
  }
  return {
    name: basename(path),
    size: info.size,
    read(offset, length) {
      const buffer = Buffer.allocUnsafe(Math.max(0, Math.min(length, info.size - offset)));
      let got = 0;
      while (got < buffer.length) {
        const read = readSync(file, buffer, got, buffer.length - got, offset + got);
        if (read === 0) break;
        got += read;
      }
      return buffer.subarray(0, got);
    },
    close: () => closeSync(file),
  };
}

/** A file by itself. */
export function fileOrigin(session: Session, path: string): Origin {
  return {
    label: path,
    file: basename(path),
    place: null,
    parentId: null,
    open: () => openFile(path),
    async seal(onChunk) {
      const uid = newBlockUid(session);
      return { uid, ...(await session.workspace.blobs.seal(uid, path, onChunk)) };
    },
  };
}

/** The last segment of a path with `/`: what importers see as the file's name. */
export function nameOf(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1);
}
