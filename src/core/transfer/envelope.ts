/**
 * The signed content of a file in which a case goes to another workstation, and the files of version 1, which are
 * still read: encrypted under a passphrase that travels another way, all at once. Later ones are container.ts.
 *
 * First line (UTF-8, LF): `{"format":"docket-transfer/1","salt":…,"nonce":…}` in hex. The rest: AES-256-GCM of
 * the gzipped content, tag last, the first line as associated data; key = scrypt(passphrase, salt, N=2^15, r=8,
 * p=1). The content is one JSON object `{payload, publicKey, signature}`: the payload as a text, the raw Ed25519
 * key and the signature over the payload's UTF-8 bytes, both base64.
 */
import { createDecipheriv, createPublicKey, scrypt, verify } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { z } from 'zod';
import { sha256 } from '../audit/digest.ts';

const FORMAT = 'docket-transfer/1';
const SCRYPT = { N: 2 ** 15, r: 8, p: 1, maxmem: 128 * 1024 * 1024 } as const;
const TAG = 16;
/** DER prefix of an Ed25519 SubjectPublicKeyInfo (RFC 8410 §4). */
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');
/** Bytes of a payload, unpacked, and of a file of version 1. A larger one is refused before it fills the memory. */
export const MAX_PAYLOAD = 512 * 1024 * 1024;

const Head = z.object({
  format: z.literal(FORMAT),
  salt: z.string().regex(/^[0-9a-f]{32}$/),
  nonce: z.string().regex(/^[0-9a-f]{24}$/),
});
const Content = z.object({ payload: z.string(), publicKey: z.string(), signature: z.string() });

/** Why a file is none: `not-a-transfer`, `wrong-passphrase` (or changed bytes), `malformed`, `signature-invalid`, `too-large`. */
export class EnvelopeError extends Error {
  readonly code: 'not-a-transfer' | 'wrong-passphrase' | 'malformed' | 'signature-invalid' | 'too-large';
  constructor(code: EnvelopeError['code']) {
    super(code);
    this.code = code;
  }
}

export interface Signer {
  /** 32 raw bytes. */
  readonly publicKey: Buffer;
  sign(bytes: Uint8Array): Buffer;
}

/** The key of a file; stretched in a thread of its own, which takes some 100 ms. */
export function keyOf(passphrase: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(passphrase.normalize('NFC'), salt, 32, SCRYPT, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}

/** The gzipped content of a transfer: its payload, signed. */
export function packContent(payload: string, by: Signer): Buffer {
  const content = JSON.stringify({
    payload,
    publicKey: by.publicKey.toString('base64'),
    signature: by.sign(Buffer.from(payload, 'utf8')).toString('base64'),
  });
  return gzipSync(content, { level: 6 });
}

export interface OpenedContent {
  readonly payload: string;
  readonly fingerprint: string;
  readonly publicKey: Buffer;
}

/** Decrypts a transfer of version 1 and checks its signature; whose key it is, is for the caller to know. Throws `EnvelopeError`. */
export async function openTransfer(bytes: Buffer, passphrase: string): Promise<OpenedContent> {
  const end = bytes.indexOf(10);
  if (end < 0 || end > 400) throw new EnvelopeError('not-a-transfer');
  const head = Head.safeParse(jsonOf(bytes.subarray(0, end).toString('utf8'), 'not-a-transfer'));
  if (!head.success || bytes.length < end + 1 + TAG) throw new EnvelopeError('not-a-transfer');
  const decipher = createDecipheriv(
    'aes-256-gcm',
    await keyOf(passphrase, Buffer.from(head.data.salt, 'hex')),
    Buffer.from(head.data.nonce, 'hex'),
  );
  decipher.setAAD(bytes.subarray(0, end + 1));
  decipher.setAuthTag(bytes.subarray(-TAG));
  let packed: Buffer;
  try {
    packed = Buffer.concat([decipher.update(bytes.subarray(end + 1, -TAG)), decipher.final()]);
  } catch {
    throw new EnvelopeError('wrong-passphrase');
  }
  return contentOf(packed);
}

/** Unpacks a content and checks its signature. Throws `EnvelopeError`. */
export function contentOf(packed: Buffer): OpenedContent {
  const content = Content.safeParse(jsonOf(unpack(packed), 'malformed'));
  if (!content.success) throw new EnvelopeError('malformed');
  const { payload } = content.data;
  const publicKey = Buffer.from(content.data.publicKey, 'base64');
  if (publicKey.length !== 32) throw new EnvelopeError('malformed');
  const key = createPublicKey({
    key: Buffer.concat([SPKI_PREFIX, publicKey]),
    type: 'spki',
    format: 'der',
  });
  const signature = Buffer.from(content.data.signature, 'base64');
  if (!verify(null, Buffer.from(payload, 'utf8'), key, signature))
    throw new EnvelopeError('signature-invalid');
  return { payload, fingerprint: sha256(publicKey), publicKey };
}

function unpack(packed: Buffer): string {
  try {
    return gunzipSync(packed, { maxOutputLength: MAX_PAYLOAD }).toString('utf8');
  } catch (error) {
    const large = (error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE';
    throw new EnvelopeError(large ? 'too-large' : 'malformed');
  }
}

export function jsonOf(text: string, code: EnvelopeError['code']): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new EnvelopeError(code);
  }
}
