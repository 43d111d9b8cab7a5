/**
 * Addresses of crypto currencies: Bitcoin (Base58Check, and bech32 and bech32m after BIP 173 and
 * BIP 350), Tron (Base58Check, version 0x41) with their checksums; Ethereum, whose checksum
 * (EIP-55) is optional and not checked.
 */
import { createHash } from 'node:crypto';
import { FEATURE } from '../features.ts';
import type { Detector } from '../finding.ts';
import { finding } from './context.ts';

const SHAPE =
  /(?<![A-Za-z0-9])(?:[13T][1-9A-HJ-NP-Za-km-z]{25,34}|bc1[02-9ac-hj-np-z]{11,71}|BC1[02-9AC-HJ-NP-Z]{11,71}|0x[0-9A-Fa-f]{40})(?![A-Za-z0-9])/g;
const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const BECH32 = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
const GENERATOR = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];
const BECH32_CHECK = 1;
const BECH32M_CHECK = 0x2bc830a3;
const VERSIONS: Readonly<Record<string, number>> = { '1': 0x00, '3': 0x05, T: 0x41 };

const sha256 = (data: Uint8Array): Buffer => createHash('sha256').update(data).digest();

/** Whether a Base58 text is 21 bytes of this version and their checksum. */
export function passesBase58Check(text: string, version: number): boolean {
  const bytes = new Uint8Array(25);
  for (const char of text) {
    let carry = BASE58.indexOf(char);
    if (carry < 0) return false;
    for (let at = bytes.length - 1; at >= 0; at--) {
      carry += (bytes[at] as number) * 58;
      bytes[at] = carry & 255;
      carry >>= 8;
    }
    if (carry !== 0) return false;
  }
  if (bytes[0] !== version) return false;
  return sha256(sha256(bytes.subarray(0, 21)))
    .subarray(0, 4)
    .equals(bytes.subarray(21));
}

/** Whether the checksum of a bech32 or bech32m text in small letters holds. */
export function passesBech32(text: string): boolean {
  const split = text.lastIndexOf('1');
  const prefix = text.slice(0, split);
  const values = [
    ...Array.from(prefix, (char) => char.charCodeAt(0) >> 5),
    0,
    ...Array.from(prefix, (char) => char.charCodeAt(0) & 31),
    ...Array.from(text.slice(split + 1), (char) => BECH32.indexOf(char)),
  ];
  let check = 1;
  for (const value of values) {
    const top = check >>> 25;
    check = ((check & 0x1ffffff) << 5) ^ value;
    for (const [bit, term] of GENERATOR.entries()) if (((top >> bit) & 1) !== 0) check ^= term;
  }
  return check === BECH32_CHECK || check === BECH32M_CHECK;
}

function isWallet(text: string): boolean {
  if (text.startsWith('0x')) return true;
  if (/^bc1/i.test(text)) return passesBech32(text.toLowerCase());
  return passesBase58Check(text, VERSIONS[text[0] as string] ?? -1);
}

export const cryptoWallet: Detector = {
  name: 'crypto-wallet',
  wants: (features, digits) => digits >= 1 && (features & FEATURE.latin) !== 0,
  find({ plain }) {
    return Array.from(plain.text.matchAll(SHAPE)).map((match) => {
      const to = match.index + match[0].length;
      return finding('crypto-wallet', plain, match.index, to, { value: match[0], valid: isWallet(match[0]) });
    });
  },
};
