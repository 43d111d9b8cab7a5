/**
 * Writes an evidence pack: a BagIt 1.0 folder in a zip, in the layout of docs/evidence-pack.md. Streams;
 * memory does not grow with the messages. The same content, key and zlib give the same bytes. Nothing is
 * left in the clear but the pack itself: what is kept on disk meanwhile is encrypted (scratch.ts).
 */
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { sha256 } from '../audit/digest.ts';
import type { PackResult } from '../domain/case.ts';
import {
  BAG_DECLARATION,
  bagFolder,
  bagInfo,
  type FileDigest,
  MANIFEST,
  manifestText,
  SIGNATURE,
  SIGNATURE_JSON,
  STAMP_REQUEST,
  signatureJson,
  TAG_FILES,
  TAG_MANIFEST,
} from './bag-tags.ts';
import { type PackInput, PackInputError, type PackSigner } from './pack-content.ts';
import { canonicalPem, fingerprintOf, verifySignature } from './pack-key.ts';
import { type Frame, payloadWriter } from './pack-payload.ts';
import type { PackTexts } from './pack-texts.ts';
import { Scratch } from './scratch.ts';
import { timestampRequest } from './timestamp-request.ts';
import { SEAL_COMMENT, sealing } from './zip-seal.ts';
import { zonedTime } from './zoned-time.ts';

export interface BuildOptions {
  readonly signal?: AbortSignal;
  /** Where what is remembered of rows may lie meanwhile, encrypted; the system's folder for such files by default. */
  readonly scratchFolder?: string;
  /** Called about once for each 64 KiB of messages; `total` counts every row once for each of its forms. */
  onProgress?(done: number, total: number): void;
}

/** Joins small texts into chunks of about 64 KiB. Asks for them only when read, so that what they throw is the stream's error. */
async function* chunked(
  texts: () => PackTexts,
  hash: FileHash,
  signal: AbortSignal | undefined,
): AsyncGenerator<Buffer> {
  let waiting = '';
  const chunk = () => {
    signal?.throwIfAborted();
    const bytes = Buffer.from(waiting, 'utf8');
    waiting = '';
    hash.update(bytes);
    return bytes;
  };
  for await (const text of texts()) {
    if (typeof text !== 'string') {
      signal?.throwIfAborted();
      hash.update(text);
      yield Buffer.from(text.buffer, text.byteOffset, text.length);
      continue;
    }
    waiting += text;
    if (waiting.length >= 32_768) yield chunk();
  }
  if (waiting !== '') yield chunk();
}

class FileHash {
  readonly #hash = createHash('sha256');
  #bytes = 0;

  update(chunk: Uint8Array): void {
    this.#hash.update(chunk);
    this.#bytes += chunk.length;
  }

  digest(path: string): FileDigest {
    return { path, sha256: this.#hash.digest('hex'), bytes: this.#bytes };
  }
}

/** Zip has no way to say "no time": the earliest it can write stands for that, and keeps packs reproducible. */
const NO_TIME = new Date(1980, 0, 1);
const ENTRY = { mtime: NO_TIME, mode: 0o100644, forceDosTimestamp: true } as const;

/** Compressed content is stored or barely compressed again: level 6 would take seconds and win nothing. */
function compression(path: string): { compress: boolean } | { compressionLevel: number } {
  if (/\.(xlsx|docx|pdf|png|jpg|gif|webp|heic|mp3|m4a|ogg|mp4|mov|webm)$/.test(path))
    return { compress: false };
  return { compressionLevel: path === 'data/viewer.html' ? 1 : 5 };
}

/**
 * Builds the pack at `file`, replacing what is there; on failure or abort nothing is left behind. Throws
 * a PackInputError where the content contradicts itself (a digest, a count, a signature, the audit
 * chain): no pack is made that would not verify.
 */
export async function buildPack(
  input: PackInput,
  signer: PackSigner,
  file: string,
  options: BuildOptions = {},
): Promise<PackResult> {
  const publicKey = canonicalPem(signer.publicKey);
  const frame = {
    folder: bagFolder(input.case.number, input.id),
    fingerprint: fingerprintOf(publicKey),
    publicKey,
    time: zonedTime(input.zone),
  };
  const progress = (done: number, total: number) => {
    options.signal?.throwIfAborted();
    options.onProgress?.(done, total);
  };
  const scratch = new Scratch(options.scratchFolder ?? tmpdir());
  try {
    const payload = payloadWriter(input, frame, scratch, progress);
    await payload.prepare();
    options.signal?.throwIfAborted();
    return await writeZip(input, signer, file, frame, payload, options);
  } finally {
    scratch.close();
  }
}

async function writeZip(
  input: PackInput,
  signer: PackSigner,
  file: string,
  { folder, fingerprint, publicKey, time }: Frame,
  payload: ReturnType<typeof payloadWriter>,
  options: BuildOptions,
): Promise<PackResult> {
  const zip = new ZipFile();
  const output = zip.outputStream as Transform;
  const files = new Map<string, FileDigest>();
  let writing: Readable | null = null;
  const add = (path: string, texts: () => PackTexts) => {
    zip.addReadStreamLazy(`${folder}/${path}`, { ...ENTRY, ...compression(path) }, (give) => {
      const hash = new FileHash();
      writing = Readable.from(chunked(texts, hash, options.signal), { objectMode: false });
      // The library pipes, and a pipe does not carry errors on.
      writing.on('error', (error) => output.destroy(error));
      writing.on('end', () => files.set(path, hash.digest(path)));
      give(null, writing);
    });
  };
  const listed = (paths: readonly string[]) => paths.map((path) => files.get(path) as FileDigest);

  add('bagit.txt', () => [BAG_DECLARATION]);
  const everyPayload = payload.paths();
  for (const path of everyPayload) add(path, () => payload.texts(path));
  add('bag-info.txt', () => [bagInfo(input, fingerprint, listed(everyPayload), payload.totals(), time)]);
  add(MANIFEST, () => [manifestText(listed(everyPayload))]);
  const tagManifest = () => Buffer.from(manifestText(listed(TAG_FILES)), 'utf8');
  add(TAG_MANIFEST, () => [manifestText(listed(TAG_FILES))]);
  let signature: Uint8Array = Buffer.alloc(0);
  add(SIGNATURE_JSON, async function* () {
    signature = await signer.sign(tagManifest());
    if (!verifySignature(publicKey, tagManifest(), signature)) {
      throw new PackInputError(SIGNATURE, 'signature-invalid');
    }
    yield signatureJson(tagManifest(), publicKey, signature);
  });
  zip.addReadStreamLazy(`${folder}/${SIGNATURE}`, { ...ENTRY, compress: false }, (give) => {
    give(null, Readable.from([Buffer.from(signature)], { objectMode: false }));
  });
  zip.addReadStreamLazy(`${folder}/${STAMP_REQUEST}`, { ...ENTRY, compress: false }, (give) => {
    const root = createHash('sha256').update(tagManifest()).digest();
    give(null, Readable.from([timestampRequest(root, signature)], { objectMode: false }));
  });
  zip.on('error', (error: Error) => output.destroy(error));
  zip.end({ forceZip64Format: false, comment: SEAL_COMMENT });

  const partial = `${file}.partial`;
  const whole = new FileHash();
  const counting = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      whole.update(chunk);
      done(null, chunk);
    },
  });
  try {
    const target = createWriteStream(partial, { flush: true });
    await pipeline(output, sealing(), counting, target, { signal: options.signal as AbortSignal });
    await rename(partial, file);
  } catch (error) {
    (writing as Readable | null)?.destroy();
    await rm(partial, { force: true });
    throw error;
  }
  const { sha256: packSha256, bytes } = whole.digest(file);
  return {
    file,
    sha256: packSha256,
    root: sha256(tagManifest()),
    exhibits: input.exhibits.length,
    messages: payload.totals().messages,
    bytes,
    leftOut: [...input.leftOut],
  };
}
