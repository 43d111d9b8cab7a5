/**
 * What an archive's member must be to be read: pure rules over names, attributes and stated sizes.
 *
 * Members are never written under their own names (they go into the encrypted store under ids), so a
 * path cannot escape anywhere; it is refused all the same, because it says that somebody tampered
 * with the archive, and because other programs will unpack it.
 */

/** Why a member of an archive, or the archive, is not read. */
export type MemberRefusal =
  | 'path-escapes'
  | 'path-absolute'
  | 'path-drive-letter'
  | 'path-invalid'
  | 'path-twice'
  | 'symbolic-link'
  | 'special-file'
  | 'encrypted'
  | 'compression-unknown'
  | 'overlaps'
  | 'too-large'
  | 'too-compressed'
  | 'too-many-members'
  | 'archive-too-large'
  | 'nested-too-deep'
  | 'damaged';

export interface ArchiveLimits {
  /** Members of one archive; further ones are refused. */
  readonly members: number;
  /** Uncompressed bytes of one member. */
  readonly memberBytes: number;
  /** Uncompressed bytes of all members, those of archives inside included. */
  readonly totalBytes: number;
  /** Uncompressed bytes for each compressed one, for members of more than `ratioFrom` bytes. */
  readonly ratio: number;
  readonly ratioFrom: number;
  /** Archives inside archives: 1 allows one level. */
  readonly nesting: number;
}

const MIB = 1024 * 1024;

/**
 * Limits that exports keep far away from and bombs do not: the largest exports of a chat run to some
 * GB, chat text packs 5 to 40 times, deflate's limit is 1,032.
 */
export const ARCHIVE_LIMITS: ArchiveLimits = {
  members: 100_000,
  memberBytes: 4096 * MIB,
  totalBytes: 16_384 * MIB,
  ratio: 250,
  ratioFrom: 16 * MIB,
  nesting: 2,
};

const MAX_PATH = 1024;
const MAX_DEPTH = 32;

/** A member's name as a path below the archive with `/`, or why it is refused. */
export function memberPath(name: string): { path: string; refusal: MemberRefusal | null } {
  // Archivers on Windows write backslashes against the format's rules.
  const path = name.replaceAll('\\', '/').replace(/^(?:\.\/)+/, '');
  const segments = path.split('/');
  let refusal: MemberRefusal | null = null;
  if (/^[A-Za-z]:/.test(path)) refusal = 'path-drive-letter';
  else if (path.startsWith('/')) refusal = 'path-absolute';
  else if (segments.includes('..')) refusal = 'path-escapes';
  else if (path === '' || path.length > MAX_PATH || segments.length > MAX_DEPTH || hasControl(path)) {
    refusal = 'path-invalid';
  }
  return { path, refusal };
}

function hasControl(path: string): boolean {
  for (let i = 0; i < path.length; i++) if (path.charCodeAt(i) < 0x20) return true;
  return false;
}

/** What the central directory states of a member. Sizes in bytes. */
export interface StatedMember {
  readonly flags: number;
  readonly method: number;
  /** Unix mode where the member was made on such a system, else 0. */
  readonly mode: number;
  readonly compressed: number;
  readonly bytes: number;
}

const TYPE_MASK = 0xf000;
const REGULAR = 0x8000;
const SYMBOLIC_LINK = 0xa000;
const ENCRYPTED_FLAGS = 0x0041;
const STORED = 0;
const DEFLATED = 8;

/** Why a member is refused by what the directory states of it; null where nothing speaks against it. */
export function statedRefusal(member: StatedMember, limits: ArchiveLimits): MemberRefusal | null {
  const type = member.mode & TYPE_MASK;
  if (type === SYMBOLIC_LINK) return 'symbolic-link';
  if (type !== 0 && type !== REGULAR) return 'special-file';
  if ((member.flags & ENCRYPTED_FLAGS) !== 0) return 'encrypted';
  if (member.method !== STORED && member.method !== DEFLATED) return 'compression-unknown';
  if (member.bytes > limits.memberBytes) return 'too-large';
  if (isTooCompressed(member.bytes, member.compressed, limits)) return 'too-compressed';
  return null;
}

export function isTooCompressed(bytes: number, compressed: number, limits: ArchiveLimits): boolean {
  return bytes > limits.ratioFrom && bytes > compressed * limits.ratio;
}

/** Files that systems and archivers leave behind and nobody exported. */
export function isLitter(path: string): boolean {
  return path
    .split('/')
    .some(
      (segment) =>
        segment.startsWith('.') || segment === '__MACOSX' || /^(?:Thumbs\.db|desktop\.ini)$/i.test(segment),
    );
}
