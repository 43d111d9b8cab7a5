/** Tag files of the bag (RFC 8493) and the signature beside them. */
import { canonicalJson, sha256 } from '../audit/digest.ts';
import type { PackInput } from './pack-content.ts';
import { PACK_FORMAT } from './pack-format.ts';
import { rawPublicKey } from './pack-key.ts';
import { visibleLine } from './visible-text.ts';

export const MANIFEST = 'manifest-sha256.txt';
export const TAG_MANIFEST = 'tagmanifest-sha256.txt';
export const SIGNATURE = 'signature.bin';
export const SIGNATURE_JSON = 'signature.json';
/** The request for a time stamp of the root (timestamp-request.ts). */
export const STAMP_REQUEST = 'root.tsq';
export const PUBLIC_KEY = 'data/public-key.pem';

/** RFC 8493 §2.1.1: exactly this, without byte order mark. */
export const BAG_DECLARATION = 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n';

/** Files at the top of the bag. RFC 8493 §2.2.1 forbids a tag manifest to list itself; it cannot list its signature. */
export const TAG_FILES = ['bagit.txt', 'bag-info.txt', MANIFEST] as const;
export const TOP_FILES: ReadonlySet<string> = new Set([
  ...TAG_FILES,
  TAG_MANIFEST,
  SIGNATURE,
  SIGNATURE_JSON,
  STAMP_REQUEST,
]);

/** Payload files that every pack of this format has; others may be added and are listed in the manifest. */
export const PAYLOAD_FILES = [
  'data/README.txt',
  'data/messages.ndjson',
  'data/attachments.json',
  'data/viewer.html',
  'data/verify.py',
  'data/case.json',
  'data/sources.json',
  'data/proofs.json',
  'data/completeness.json',
  'data/completeness.html',
  'data/decisions.json',
  'data/duties.json',
  'data/proceedings.json',
  'data/custody.json',
  'data/audit.json',
  PUBLIC_KEY,
] as const;

export interface FileDigest {
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
}

/** Top folder of the bag: ASCII, so that every tool writes it alike. */
export function bagFolder(caseNumber: string, packId: string): string {
  return `docket-${caseNumber}-${packId}`.replace(/[^A-Za-z0-9._-]/g, '_');
}

/** Manifest lines as `sha256sum` writes and reads them, in order of path. */
export function manifestText(files: readonly FileDigest[]): string {
  const sorted = [...files].sort((a, b) => (a.path < b.path ? -1 : 1));
  return sorted.map(({ path, sha256 }) => `${sha256}  ${path}\n`).join('');
}

/** Digests of a manifest by path; null where it is not written exactly as `manifestText` writes it. */
export function parseManifest(text: string): Map<string, string> | null {
  const files: FileDigest[] = [];
  for (const line of text.split('\n')) {
    const match = /^([0-9a-f]{64}) {2}([A-Za-z0-9._/-]+)$/.exec(line);
    if (match !== null) files.push({ sha256: match[1] as string, path: match[2] as string, bytes: 0 });
  }
  const digests = new Map(files.map(({ path, sha256 }) => [path, sha256]));
  return digests.size === files.length && manifestText(files) === text ? digests : null;
}

/** `octets.files` of the payload (RFC 8493 §2.2.2). */
export function payloadOxum(files: readonly FileDigest[]): string {
  return `${files.reduce((sum, { bytes }) => sum + bytes, 0)}.${files.length}`;
}

export function bagInfo(
  input: PackInput,
  fingerprint: string,
  payload: readonly FileDigest[],
  totals: { rows: number; messages: number },
  time: (instant: number) => string,
): string {
  const { auditHead } = input.workspace;
  const fields: readonly (readonly [string, string])[] = [
    ['Bag-Software-Agent', input.software],
    ['Bagging-Date', time(input.createdAt).slice(0, 10)],
    ['Contact-Name', input.officer.name],
    ['External-Identifier', input.id],
    ['External-Description', `证据包 Evidence pack ${input.case.number}`],
    ['Payload-Oxum', payloadOxum(payload)],
    ['Docket-Format', PACK_FORMAT],
    ['Docket-Case', input.case.number],
    ['Docket-Profile', input.profile],
    ['Docket-Recipient', input.recipient],
    ['Docket-Purpose', input.purpose],
    ['Docket-Created', time(input.createdAt)],
    ['Docket-Workspace', input.workspace.id],
    ['Docket-Audit-Head', `${auditHead.sequence} ${auditHead.hash}`],
    ['Docket-Exhibits', String(input.exhibits.length)],
    ['Docket-Messages', String(totals.messages)],
    ['Docket-Key-Fingerprint', fingerprint],
  ];
  return fields.map(([label, value]) => `${label}: ${visibleLine(value).trim()}\n`).join('');
}

/**
 * The fields of bag-info.txt by lower-case label; folded lines are joined (RFC 8493 §2.2.2). Null where a
 * line is neither a field nor a continuation, or a label stands twice: this format repeats none.
 */
export function parseBagInfo(text: string): Map<string, string> | null {
  const fields = new Map<string, string>();
  let label: string | null = null;
  for (const line of text.split(/\r\n|\r|\n/)) {
    if (line === '') continue;
    const field = /^([^\s:][^:]*):[ \t]*(.*)$/.exec(line);
    if (field !== null) {
      label = (field[1] as string).toLowerCase();
      if (fields.has(label)) return null;
      fields.set(label, field[2] as string);
    } else if (label !== null && /^[ \t]/.test(line)) {
      fields.set(label, `${fields.get(label)} ${line.trim()}`);
    } else return null;
  }
  return fields;
}

/** What the signature stands for, in one line; every value follows from the tag manifest, the key and the signature. */
export function signatureJson(tagManifest: Uint8Array, publicKey: string, signature: Uint8Array): string {
  const raw = rawPublicKey(publicKey);
  return `${canonicalJson({
    algorithm: 'Ed25519',
    description: {
      en: 'Signature over the bytes of tagmanifest-sha256.txt. The root is the SHA-256 of that file, the fingerprint the SHA-256 of the raw public key.',
      zh: '对 tagmanifest-sha256.txt 全部字节的签名。root 为该文件的 SHA-256，fingerprint 为公钥原始字节的 SHA-256。',
    },
    fingerprint: sha256(raw),
    format: PACK_FORMAT,
    publicKey: raw.toString('base64'),
    root: sha256(tagManifest),
    signature: Buffer.from(signature).toString('base64'),
    signed: TAG_MANIFEST,
  })}\n`;
}
