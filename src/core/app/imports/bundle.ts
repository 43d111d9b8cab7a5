/**
 * Files that came together: a folder, or a zip or tar archive with archives inside. Members are found, judged
 * and opened one by one; an archive's content goes from its sealed bytes straight into the encrypted
 * store and never lies on the disk in the clear.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { ARCHIVE_LIMITS, isLitter, type MemberRefusal } from '../../importers/archive/member-rules.ts';
import { isTar, openTar } from '../../importers/archive/tar-archive.ts';
import {
  ArchiveError,
  type ArchiveMember,
  isOfficeDocument,
  isZip,
  openZip,
  type ZipArchive,
} from '../../importers/archive/zip-archive.ts';
import type { ByteSource, SourceHead } from '../../importers/importer.ts';
import { HEAD_SIZE, readHead } from '../../importers/sniff.ts';
import { memorySource } from '../../importers/source.ts';
import type { SealedBlob } from '../../storage/blob-store.ts';
import { newBlockUid, type Session } from '../session.ts';
import { nameOf, type OpenSource, openFile } from './origin.ts';

/** Bytes of a companion that an importer may ask for. */
const COMPANION_BYTES = 64 * 1024 * 1024;

export interface BundleMember {
  /** Below the folder or archive, with `/`. */
  readonly path: string;
  readonly label: string;
  readonly bytes: number;
  /** The beginning, to recognise it by. Throws `ArchiveError`. */
  head(): Promise<SourceHead>;
  /** Makes the bytes readable by `open`. Throws `ArchiveError`, and what `onChunk` throws. */
  fetch(onChunk: (done: number) => void): Promise<void>;
  open(): OpenSource;
  seal(onChunk: (done: number, total: number) => void): Promise<SealedBlob & { uid: string }>;
  /** Forgets what `fetch` put into the store. Not after the member became a source. */
  discard(): void;
  /** All bytes of a small member; null over 64 MiB. */
  small(): Promise<Uint8Array | null>;
}

export interface RefusedMember {
  readonly path: string;
  readonly code: MemberRefusal;
  readonly detail: string;
}

export interface Bundle {
  readonly kind: 'folder' | 'archive';
  readonly members: readonly BundleMember[];
  readonly refused: readonly RefusedMember[];
  /** Files of the system, such as `.DS_Store`, that nobody exported. */
  readonly litter: readonly { readonly path: string; readonly bytes: number }[];
  /** The archive's directory; null for a folder. */
  readonly archive: ZipArchive | null;
  /** Paths of members that importers asked for as companions. */
  readonly asked: Set<string>;
}

/** Bytes by which an archive is told. */
const ARCHIVE_HEAD = 512;

/** Whether a path is a folder, or an archive that is no Office document. */
export async function bundleKind(path: string): Promise<'folder' | 'archive' | null> {
  const info = statSync(path, { throwIfNoEntry: false });
  if (!info) return null;
  if (info.isDirectory()) return 'folder';
  const source = openFile(path);
  try {
    return (await isArchive(source)) ? 'archive' : null;
  } finally {
    source.close();
  }
}

/** Whether bytes begin as an archive, an Office document among them. */
export function beginsArchive(head: Uint8Array): boolean {
  return isZip(head) || isTar(head);
}

/** Whether a source is an archive and no Office document. A damaged archive is one. */
export async function isArchive(source: ByteSource): Promise<boolean> {
  const head = source.read(0, ARCHIVE_HEAD);
  if (!isZip(head)) return isTar(head);
  try {
    return !isOfficeDocument((await openZip(source)).members);
  } catch {
    return !/\.(?:xlsx|xlsm|docx|pptx)$/i.test(source.name);
  }
}

/** Adds what members need of each other: their path and their companions. */
function within(source: OpenSource, path: string, bundle: Bundle): OpenSource {
  return {
    ...source,
    name: nameOf(path),
    path,
    companion: async (relative) => {
      const target = companionPath(path, relative);
      const member = bundle.members.find((one) => one.path === target);
      if (!member || target === null) return null;
      bundle.asked.add(target);
      return member.small();
    },
  };
}

/** Path of a companion, given relative to a member's folder; null where it leads out of the bundle. */
export function companionPath(path: string, relative: string): string | null {
  const joined = posix.normalize(posix.join(posix.dirname(path), relative));
  return joined.startsWith('../') || joined.startsWith('/') ? null : joined;
}

/** A folder's files in a stable order. Links are not followed out of it: they are refused by name. */
export function openFolder(session: Session, folder: string): Bundle {
  const members: BundleMember[] = [];
  const refused: RefusedMember[] = [];
  const litter: { path: string; bytes: number }[] = [];
  const bundle: Bundle = { kind: 'folder', members, refused, litter, archive: null, asked: new Set() };
  const walk = (below: string): void => {
    const entries = readdirSync(join(folder, below), { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = below === '' ? entry.name : `${below}/${entry.name}`;
      if (entry.isSymbolicLink()) {
        refused.push({ path, code: 'symbolic-link', detail: 'links are not followed' });
      } else if (entry.isDirectory()) {
        if (!isLitter(entry.name)) walk(path);
      } else if (!entry.isFile()) {
        refused.push({ path, code: 'special-file', detail: 'not a regular file' });
      } else {
        const bytes = statSync(join(folder, path)).size;
        if (isLitter(path)) litter.push({ path, bytes });
        else members.push(diskMember(session, folder, path, bytes, bundle));
      }
    }
  };
  walk('');
  return bundle;
}

function diskMember(
  session: Session,
  folder: string,
  path: string,
  bytes: number,
  bundle: Bundle,
): BundleMember {
  const file = join(folder, path);
  const open = () => within(openFile(file), path, bundle);
  return {
    path,
    label: file,
    bytes,
    async head() {
      const source = open();
      try {
        return readHead(source);
      } finally {
        source.close();
      }
    },
    fetch: async () => undefined,
    open,
    async seal(onChunk) {
      const uid = newBlockUid(session);
      return { uid, ...(await session.workspace.blobs.seal(uid, file, onChunk)) };
    },
    discard: () => undefined,
    small: async () => (bytes > COMPANION_BYTES ? null : readFileSync(file)),
  };
}

/** Uncompressed bytes that an archive and those inside it may still have. */
export interface ArchiveBudget {
  bytes: number;
}

/** An archive's members. Throws `ArchiveError` where its directory cannot be read. */
export async function openArchive(
  session: Session,
  source: ByteSource,
  label: string,
  budget: ArchiveBudget = { bytes: ARCHIVE_LIMITS.totalBytes },
): Promise<Bundle> {
  const limits = { ...ARCHIVE_LIMITS, totalBytes: budget.bytes };
  const tar = isTar(source.read(0, ARCHIVE_HEAD));
  const archive = tar ? openTar(source, limits) : await openZip(source, limits);
  const members: BundleMember[] = [];
  const refused: RefusedMember[] = [];
  const litter: { path: string; bytes: number }[] = [];
  const bundle: Bundle = { kind: 'archive', members, refused, litter, archive, asked: new Set() };
  for (const member of archive.members) {
    if (member.refusal) {
      refused.push({ path: member.path, code: member.refusal, detail: `${member.bytes} bytes stated` });
    } else if (isLitter(member.path)) {
      litter.push({ path: member.path, bytes: member.bytes });
    } else {
      budget.bytes -= member.bytes;
      members.push(archiveMember(session, archive, member, label, bundle));
    }
  }
  if (archive.damage !== null) refused.push({ path: '', code: 'damaged', detail: archive.damage });
  members.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  return bundle;
}

function archiveMember(
  session: Session,
  archive: ZipArchive,
  member: ArchiveMember,
  label: string,
  bundle: Bundle,
): BundleMember {
  const { blobs } = session.workspace;
  const { path, bytes } = member;
  let fetched: (SealedBlob & { uid: string }) | null = null;
  const fetch = async (onChunk: (done: number) => void) => {
    if (fetched) return fetched;
    const uid = newBlockUid(session);
    fetched = { uid, ...(await blobs.sealStream(uid, archive.read(member), onChunk)) };
    return fetched;
  };
  return {
    path,
    label: `${label}!/${path}`,
    bytes,
    async head() {
      const parts: Uint8Array[] = [];
      let length = 0;
      for await (const chunk of archive.read(member)) {
        parts.push(Buffer.from(chunk));
        length += chunk.length;
        if (length >= HEAD_SIZE) break;
      }
      const beginning = memorySource(nameOf(path), Buffer.concat(parts));
      return readHead({ ...beginning, path, size: bytes });
    },
    fetch: async (onChunk) => void (await fetch(onChunk)),
    open() {
      if (!fetched) throw new Error(`${path} is opened before it is fetched`);
      return within(blobs.open(fetched.uid, nameOf(path), fetched.bytes), path, bundle);
    },
    seal: (onChunk) => fetch((done) => onChunk(done, bytes)),
    discard() {
      if (fetched) blobs.remove(fetched.uid);
      fetched = null;
    },
    async small() {
      if (bytes > COMPANION_BYTES) return null;
      const parts: Uint8Array[] = [];
      try {
        for await (const chunk of archive.read(member)) parts.push(Buffer.from(chunk));
      } catch (error) {
        if (error instanceof ArchiveError) return null;
        throw error;
      }
      return Buffer.concat(parts);
    },
  };
}

/** What a file that no importer reads is to a person, by the end of its name. */
export function ignoredKind(path: string): 'media' | 'document' | 'other' {
  if (
    /\.(?:jpe?g|png|gif|webp|heic|bmp|tiff?|svg|mp4|mov|m4v|avi|mkv|webm|3gp|mp3|m4a|aac|amr|silk|slk|opus|ogg|oga|wav|tgs|webm)$/i.test(
      path,
    )
  )
    return 'media';
  return /\.(?:pdf|docx?|xlsx?|pptx?|rtf|odt|ods|vcf|zip|tar|gz|tgz|rar|7z|apk|exe)$/i.test(path)
    ? 'document'
    : 'other';
}
