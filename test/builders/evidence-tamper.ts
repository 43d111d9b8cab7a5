/** Takes evidence packs apart and puts them together again, as somebody with a tool and intent would. */
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { sha256 } from '../../src/core/audit/digest.ts';
import type { VerifyResult } from '../../src/core/domain/case.ts';
import {
  MANIFEST,
  manifestText,
  PUBLIC_KEY,
  payloadOxum,
  SIGNATURE,
  SIGNATURE_JSON,
  STAMP_REQUEST,
  signatureJson,
  TAG_FILES,
  TAG_MANIFEST,
} from '../../src/core/evidence/bag-tags.ts';
import { buildPack } from '../../src/core/evidence/build-pack.ts';
import type { PackInput } from '../../src/core/evidence/pack-content.ts';
import { timestampRequest } from '../../src/core/evidence/timestamp-request.ts';
import { verifyPack } from '../../src/core/evidence/verify-pack.ts';
import { openZip } from '../../src/core/evidence/zip-reader.ts';
import { SEAL_COMMENT, sealing } from '../../src/core/evidence/zip-seal.ts';
import { rewriteCopies } from './evidence-copies.ts';
import type { TestKey } from './evidence-messages.ts';

/** Files of a bag by path inside its folder. */
export type Files = Map<string, Buffer>;

export async function unpack(pack: string): Promise<{ folder: string; files: Files }> {
  const zip = openZip(pack);
  const files: Files = new Map();
  let folder = '';
  for (const entry of zip.entries) {
    const chunks: Buffer[] = [];
    for await (const chunk of zip.read(entry)) chunks.push(chunk);
    const at = entry.name.indexOf('/');
    folder = entry.name.slice(0, at);
    files.set(entry.name.slice(at + 1), Buffer.concat(chunks));
  }
  zip.close();
  return { folder, files };
}

/** Writes entries, named in full and in order, into a zip; with a seal that fits unless `comment` is given. */
export async function writeZip(
  entries: Iterable<readonly [string, Buffer]>,
  target: string,
  comment = SEAL_COMMENT,
): Promise<void> {
  const zip = new ZipFile();
  for (const [name, bytes] of entries) {
    zip.addReadStream(Readable.from([bytes], { objectMode: false }), name, { mtime: new Date(1980, 0, 1) });
  }
  zip.end({ forceZip64Format: false, comment });
  const output = zip.outputStream as Readable;
  if (comment === SEAL_COMMENT) await pipeline(output, sealing(), createWriteStream(target));
  else await pipeline(output, createWriteStream(target));
}

export async function repack(folder: string, files: Files, target: string): Promise<void> {
  await writeZip(
    [...files].map(([path, bytes]) => [`${folder}/${path}`, bytes] as const),
    target,
  );
}

function digests(files: Files, paths: Iterable<string>) {
  return [...paths].map((path) => {
    const bytes = files.get(path) ?? Buffer.alloc(0);
    return { path, sha256: sha256(bytes), bytes: bytes.length };
  });
}

function replaceField(files: Files, label: string, value: string): void {
  const info = (files.get('bag-info.txt') as Buffer).toString('utf8');
  const line = new RegExp(`^${label}: .*$`, 'm');
  files.set('bag-info.txt', Buffer.from(info.replace(line, `${label}: ${value}`)));
}

/** Makes the manifests fit whatever the files are now; the signature stays. */
export function rewriteManifests(files: Files): void {
  const payload = digests(
    files,
    [...files.keys()].filter((path) => path.startsWith('data/')),
  );
  replaceField(files, 'Payload-Oxum', payloadOxum(payload));
  files.set(MANIFEST, Buffer.from(manifestText(payload)));
  files.set(TAG_MANIFEST, Buffer.from(manifestText(digests(files, TAG_FILES))));
}

/** Signs the pack anew with another key and makes everything that names the key fit, the copies too unless `copies` is false. */
export function resign(files: Files, key: TestKey, copies = true): void {
  files.set(PUBLIC_KEY, Buffer.from(key.pem));
  replaceField(files, 'Docket-Key-Fingerprint', key.fingerprint);
  editJson(files, 'data/case.json', (document) => {
    (document.pack as { officer: { fingerprint: string } }).officer.fingerprint = key.fingerprint;
  });
  if (copies) rewriteCopies(files);
  rewriteManifests(files);
  const tagManifest = files.get(TAG_MANIFEST) as Buffer;
  const signature = key.signer.sign(tagManifest) as Uint8Array;
  files.set(SIGNATURE, Buffer.from(signature));
  files.set(STAMP_REQUEST, timestampRequest(Buffer.from(sha256(tagManifest), 'hex'), signature));
  files.set(SIGNATURE_JSON, Buffer.from(signatureJson(tagManifest, key.pem, signature)));
}

export type Json = Record<string, unknown>;

export function editJson(files: Files, path: string, edit: (document: Json) => void): void {
  const document = JSON.parse((files.get(path) as Buffer).toString('utf8')) as Json;
  edit(document);
  files.set(path, Buffer.from(`${JSON.stringify(document, null, 2)}\n`));
}

/** Edits the first element of a list in a JSON file. */
export function editFirst(files: Files, path: string, list: string, edit: (element: Json) => void): void {
  editJson(files, path, (document) => {
    const [first] = document[list] as Json[];
    if (first === undefined) throw new Error(`${path}: ${list} is empty`);
    edit(first);
  });
}

export function editLines(files: Files, path: string, edit: (lines: string[]) => string[]): void {
  const lines = (files.get(path) as Buffer).toString('utf8').split('\n');
  files.set(path, Buffer.from(edit(lines).join('\n')));
}

/** A built pack in a folder of its own, and copies of it that were tampered with. */
export interface TestPack {
  readonly folder: string;
  readonly pack: string;
  readonly bag: { folder: string; files: Files };
  /** Where tampered copies are written. */
  readonly tampered: string;
  /** Verifies a copy of the bag that `change` has been at, in a zip whose seal fits. */
  verifyChanged(change: (files: Files) => void, fingerprint?: string): Promise<VerifyResult>;
  remove(): Promise<void>;
}

export async function testPack(input: PackInput, key: TestKey): Promise<TestPack> {
  const folder = await mkdtemp(join(tmpdir(), 'docket-pack-'));
  const pack = join(folder, 'pack.zip');
  const tampered = join(folder, 'tampered.zip');
  await buildPack(input, key.signer, pack);
  const bag = await unpack(pack);
  return {
    folder,
    pack,
    bag,
    tampered,
    async verifyChanged(change, fingerprint) {
      const files: Files = new Map(bag.files);
      change(files);
      await repack(bag.folder, files, tampered);
      return verifyPack(tampered, fingerprint === undefined ? {} : { fingerprint });
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** A seeded generator of numbers in 0 … n−1 (xorshift32). */
export function dice(seed: number): (n: number) => number {
  let state = seed;
  return (n) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % n;
  };
}
