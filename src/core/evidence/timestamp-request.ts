/**
 * The request for a trusted time stamp (RFC 3161 §2.4.1) of a pack's root: SHA-256, a nonce, and the
 * authority's certificate asked for. Written beside the signature, so that anybody can send it; the answer
 * is no part of the pack, because a pack is not changed after it was signed.
 */
import { createHash } from 'node:crypto';

/** TimeStampReq up to the hash: version 1, SHA-256 (2.16.840.1.101.3.4.2.1), OCTET STRING of 32 bytes. */
const HEAD = Buffer.from('30430201013031300d060960864801650304020105000420', 'hex');
/** INTEGER of 8 bytes. */
const NONCE = Buffer.from('0208', 'hex');
/** certReq TRUE. */
const TAIL = Buffer.from('0101ff', 'hex');

/**
 * The nonce follows from the signature, so that a verifier can tell a changed request: SHA-256 of
 * "docket-timestamp-nonce" and the signature's bytes, the first 8 bytes, the top bits set to 01.
 */
function nonceOf(signature: Uint8Array): Buffer {
  const nonce = createHash('sha256')
    .update('docket-timestamp-nonce')
    .update(signature)
    .digest()
    .subarray(0, 8);
  nonce[0] = ((nonce[0] as number) & 0x3f) | 0x40;
  return nonce;
}

/** The request's DER, 69 bytes; `root` is 32 bytes. */
export function timestampRequest(root: Uint8Array, signature: Uint8Array): Buffer {
  return Buffer.concat([HEAD, root, NONCE, nonceOf(signature), TAIL]);
}
