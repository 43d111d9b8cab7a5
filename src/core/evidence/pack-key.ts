import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { sha256 } from '../audit/digest.ts';

/** DER of an Ed25519 SubjectPublicKeyInfo up to the key (RFC 8410 §4); the 32 raw bytes follow. */
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

/** The 32 raw bytes of an Ed25519 public key given as PEM. Throws where it is anything else. */
export function rawPublicKey(pem: string): Buffer {
  const der = createPublicKey(pem).export({ type: 'spki', format: 'der' });
  if (der.length !== 44 || !der.subarray(0, 12).equals(SPKI_PREFIX)) {
    throw new TypeError('not an Ed25519 public key');
  }
  return der.subarray(12);
}

/** The same key as every pack writes it: 64 columns, line feeds. Throws where it is no Ed25519 key. */
export function canonicalPem(pem: string): string {
  return keyFromRaw(rawPublicKey(pem)).export({ type: 'spki', format: 'pem' }).toString();
}

/** SHA-256 in hex over the raw key: what is written down outside the pack. */
export function fingerprintOf(pem: string): string {
  return sha256(rawPublicKey(pem));
}

function keyFromRaw(raw: Uint8Array): KeyObject {
  return createPublicKey({ key: Buffer.concat([SPKI_PREFIX, raw]), type: 'spki', format: 'der' });
}

/** Whether `signature` is that key's Ed25519 signature of the bytes. False for anything malformed. */
export function verifySignature(pem: string, bytes: Uint8Array, signature: Uint8Array): boolean {
  try {
    return verify(null, bytes, keyFromRaw(rawPublicKey(pem)), signature);
  } catch {
    return false;
  }
}
