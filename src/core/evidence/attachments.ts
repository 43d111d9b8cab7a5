/**
 * Media of a pack: data/attachments.json names every medium of every message shown, and the files are under
 * data/attachments/, each once, named after its SHA-256. The builder runs the checks here over what it is
 * about to write, the verifier over what it read.
 */
import { z } from 'zod';
import type { AttachmentCounts } from '../domain/pack.ts';
import type { Problem } from './document-checks.ts';
import { PACK_FORMAT } from './pack-format.ts';

export const ATTACHMENTS = 'data/attachments.json';
export const ATTACHMENT_FOLDER = 'data/attachments/';

/**
 * `missing`: the message names it and no file was found. `withheld`: a bystander's. `quarantined`: its bytes
 * stay closed. `not-chosen`: found, and the officer left it out.
 */
export const AttachmentState = z.enum(['included', 'missing', 'withheld', 'quarantined', 'not-chosen']);
export type AttachmentState = z.infer<typeof AttachmentState>;

export interface PackAttachment {
  /** Message id, and the medium's place among those that the message names, from 0. */
  readonly message: string;
  readonly position: number;
  readonly kind: string;
  readonly state: AttachmentState;
  /** Why the file is this medium: its path, its MD5 or its name; null without a file. */
  readonly basis: string | null;
  /** Why it is withheld; null in other states. */
  readonly reason: string | null;
  /** `type` is by content. Null where there is no file, or nothing may be told of it. */
  readonly file: { readonly sha256: string; readonly bytes: number; readonly type: string } | null;
}

/** Bytes of a sealed file by its SHA-256, from the start. */
export type AttachmentContent = (sha256: string) => Iterable<Uint8Array>;

/**
 * Extensions that a file may have in a pack, by type. What a program would run or lay out when it is
 * opened has none of its own, whatever its name was.
 */
const EXTENSIONS: Readonly<Record<string, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'image/bmp': 'bmp',
  'image/heic': 'heic',
  'audio/amr': 'amr',
  'audio/mpeg': 'mp3',
  'audio/mp4': 'm4a',
  'audio/ogg': 'ogg',
  'audio/silk': 'silk',
  'audio/wav': 'wav',
  'video/mp4': 'mp4',
  'video/quicktime': 'mov',
  'video/webm': 'webm',
};

/** Pictures that a browser only draws. */
export const INLINE_TYPES: ReadonlySet<string> = new Set([
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
]);

/** Where a file lies in the bag. */
export function attachmentPath({ sha256, type }: { sha256: string; type: string }): string {
  return `${ATTACHMENT_FOLDER}${sha256}.${EXTENSIONS[type] ?? 'bin'}`;
}

const Hex = z.string().regex(/^[0-9a-f]{64}$/);
const Count = z.number().int().nonnegative();

/** An entry of attachments.json as a verifier reads it. */
export const AttachmentEntry = z.object({
  message: z.string(),
  position: Count,
  kind: z.string(),
  state: AttachmentState,
  file: z.string().nullable(),
  sha256: Hex.nullable(),
  bytes: Count.nullable(),
});
export type AttachmentEntry = z.infer<typeof AttachmentEntry>;

export const AttachmentsFile = z.object({
  format: z.literal(PACK_FORMAT),
  attachments: z.array(AttachmentEntry),
});

export function attachmentCounts(entries: readonly { readonly state: AttachmentState }[]): AttachmentCounts {
  const counts = { included: 0, missing: 0, withheld: 0, quarantined: 0, notChosen: 0 };
  for (const { state } of entries) counts[state === 'not-chosen' ? 'notChosen' : state]++;
  return { named: entries.length, ...counts };
}

/** The entry as it is written, one to a line. */
export function attachmentEntry({ file, ...medium }: PackAttachment): Record<string, unknown> {
  return {
    message: medium.message,
    position: medium.position,
    kind: medium.kind,
    state: medium.state,
    file: medium.state === 'included' && file !== null ? attachmentPath(file) : null,
    sha256: file?.sha256 ?? null,
    bytes: file?.bytes ?? null,
    type: file?.type ?? null,
    basis: medium.basis,
    reason: medium.reason,
  };
}

export function attachmentsDocument(entries: readonly PackAttachment[]): string {
  const head = JSON.stringify({
    zh: '消息所提及的每份媒体：收录的文件以其 SHA-256 命名，位于 attachments 文件夹；未找到、隐去、隔离或未选的也列出。basis 为文件与该媒体对应的理由（路径、MD5 或文件名）。',
    en: 'Every medium that the messages name: files that are included are named after their SHA-256 in the folder attachments; missing, withheld, quarantined and not chosen ones are listed too. `basis` is why the file is that medium (path, MD5 or name).',
  });
  const lines = entries.map((entry) => JSON.stringify(attachmentEntry(entry)));
  return `{"description":${head},"format":"${PACK_FORMAT}","attachments":[\n${lines.join(',\n')}\n]}\n`;
}

/** Holds the entries against the rows: each row's media are listed, in order, and nothing else is. */
export function attachmentChecks(entries: readonly AttachmentEntry[]) {
  const listed = new Map<string, AttachmentEntry[]>();
  for (const entry of entries) {
    const known = listed.get(entry.message);
    if (known) known.push(entry);
    else listed.set(entry.message, [entry]);
  }
  const seen = new Set<string>();
  return {
    /** `kinds`: of the media that a row shows, in order. */
    add(id: string, kinds: readonly string[]): Problem[] {
      const own = listed.get(id);
      if (own === undefined && kinds.length === 0) return [];
      if (seen.has(id)) return [];
      seen.add(id);
      const found = own ?? [];
      if (found.length !== kinds.length) {
        return [{ entry: id, reason: `attachments-differ: ${kinds.length} named, ${found.length} listed` }];
      }
      const wrong = found.some(({ kind, position }, i) => kind !== kinds[i] || position !== i);
      return wrong ? [{ entry: id, reason: 'kind-differs' }] : [];
    },
    /** After the last row. */
    finish(): Problem[] {
      return [...listed.keys()]
        .filter((id) => !seen.has(id))
        .map((id) => ({ entry: id, reason: 'message-not-shown' }));
    },
  };
}

export interface FileProblem {
  readonly file: string;
  readonly entry?: string;
  readonly reason: string;
}

const NAMED = /^data\/attachments\/([0-9a-f]{64})\.[a-z0-9]+$/;

/** Holds the entries against the files of the bag, given by path. */
export function attachmentFileProblems(
  entries: readonly AttachmentEntry[],
  files: ReadonlyMap<string, { readonly sha256: string; readonly bytes: number }>,
  paths: readonly string[],
): FileProblem[] {
  const problems: FileProblem[] = [];
  const named = new Set<string>();
  for (const { message, position, state, file, sha256, bytes } of entries) {
    const entry = `${message} ${position}`;
    if ((state === 'included') !== (file !== null)) {
      problems.push({ file: ATTACHMENTS, entry, reason: 'state-differs' });
    }
    if (file === null) continue;
    named.add(file);
    const found = files.get(file);
    if (found === undefined) problems.push({ file, entry, reason: 'missing' });
    else if (NAMED.exec(file)?.[1] !== sha256) problems.push({ file, entry, reason: 'name-differs' });
    else if (found.sha256 !== sha256) problems.push({ file, entry, reason: 'digest-differs' });
    else if (found.bytes !== bytes) problems.push({ file: ATTACHMENTS, entry, reason: 'size-differs' });
  }
  for (const path of paths) {
    if (path.startsWith(ATTACHMENT_FOLDER) && !named.has(path)) {
      problems.push({ file: path, reason: 'no-message-names-this' });
    }
  }
  return problems;
}
