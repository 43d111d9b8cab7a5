/**
 * Key slots: who can open the workspace.
 *
 * A random data key (32 bytes) encrypts the database and the blobs. It lies wrapped in slots of
 * `keys.json`, the only clear file of a workspace:
 * - passphrase: secret = scrypt(passphrase, salt); one per officer;
 * - device: a random secret kept outside the workspace in the user's own key folder (command line
 *   without a passphrase) or in the OS keychain (window);
 * - recovery: a random secret printed once for people to keep on paper.
 * Officers' slots also carry the officer key, which unwraps that officer's signing key.
 * Wrapping is AES-256-GCM under HKDF-SHA-256(secret); scrypt follows RFC 7914 with N=2^15, r=8, p=1
 * (about 100 ms and 32 MiB on this class of machine).
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes, scrypt, scryptSync } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { DocketError } from '../../contract/errors.ts';
import { Uid } from '../domain/page.ts';

const SCRYPT = { N: 2 ** 15, r: 8, p: 1 } as const;
const SCRYPT_MEMORY = 128 * 1024 * 1024;

const Slot = z.object({
  kind: z.enum(['passphrase', 'device', 'recovery']),
  /** Null for the recovery slot: it opens the workspace, it is nobody's signature. */
  officerId: Uid.nullable(),
  officerName: z.string().nullable(),
  salt: z.string(),
  nonce: z.string(),
  wrapped: z.string(),
});
type Slot = z.infer<typeof Slot>;

const KeyFile = z.object({
  format: z.literal(1),
  workspaceId: Uid,
  sample: z.boolean(),
  slots: z.array(Slot),
});
export type KeyFile = z.infer<typeof KeyFile>;

/** What a slot gives. `officerKey` is null when opened by the recovery key. */
export interface Unlocked {
  readonly dataKey: Buffer;
  readonly officerId: string | null;
  readonly officerKey: Buffer | null;
}

/** How someone proves who they are. */
export type Credential =
  | { readonly kind: 'passphrase'; readonly officerId: string; readonly passphrase: string }
  | { readonly kind: 'device'; readonly secret: Buffer }
  | { readonly kind: 'recovery'; readonly key: string };

const path = (folder: string) => join(folder, 'keys.json');

export function hasKeyFile(folder: string): boolean {
  return existsSync(path(folder));
}

/** Throws `workspace-missing` or, for a file that is no key file, `workspace-damaged`. */
export function readKeyFile(folder: string): KeyFile {
  if (!hasKeyFile(folder)) throw new DocketError('workspace-missing', 'no workspace here', folder);
  try {
    return KeyFile.parse(JSON.parse(readFileSync(path(folder), 'utf8')));
  } catch (error) {
    throw new DocketError(
      'workspace-damaged',
      `keys.json cannot be read: ${(error as Error).message}`,
      path(folder),
    );
  }
}

/** Replaces the key file as a whole: a crash leaves the old one or the new one. */
export function writeKeyFile(folder: string, content: KeyFile): void {
  const temporary = `${path(folder)}.new`;
  const file = openSync(temporary, 'w', 0o600);
  try {
    writeSync(file, `${JSON.stringify(content, null, 2)}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(temporary, path(folder));
}

function subkey(secret: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, Buffer.alloc(0), `docket/${purpose}`, 32));
}

/** Encrypts a short secret: nonce (12 bytes), ciphertext, tag (16 bytes). `bound` must be given again to unwrap. */
export function wrap(key: Buffer, plain: Buffer, bound = ''): { nonce: Buffer; wrapped: Buffer } {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(bound));
  return { nonce, wrapped: Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]) };
}

/** Throws where the key or what the secret is bound to is another, or the bytes were changed. */
export function unwrap(key: Buffer, nonce: Buffer, wrapped: Buffer, bound = ''): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, nonce);
  decipher.setAAD(Buffer.from(bound));
  decipher.setAuthTag(wrapped.subarray(-16));
  return Buffer.concat([decipher.update(wrapped.subarray(0, -16)), decipher.final()]);
}

function stretch(passphrase: string, salt: Buffer): Buffer {
  return scryptSync(passphrase.normalize('NFC'), salt, 32, { ...SCRYPT, maxmem: SCRYPT_MEMORY });
}

/** The same in a thread of its own: it takes some 100 ms. */
function stretchAside(passphrase: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const options = { ...SCRYPT, maxmem: SCRYPT_MEMORY };
    scrypt(passphrase.normalize('NFC'), salt, 32, options, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}

function makeSlot(
  kind: Slot['kind'],
  secret: Buffer,
  salt: Buffer,
  keys: { dataKey: Buffer; officer: { id: string; name: string; key: Buffer } | null },
): Slot {
  const payload = Buffer.concat([keys.dataKey, keys.officer?.key ?? Buffer.alloc(0)]);
  const { nonce, wrapped } = wrap(subkey(secret, 'slot'), payload, boundTo(kind, keys.officer?.id ?? null));
  return {
    kind,
    officerId: keys.officer?.id ?? null,
    officerName: keys.officer?.name ?? null,
    salt: salt.toString('hex'),
    nonce: nonce.toString('hex'),
    wrapped: wrapped.toString('hex'),
  };
}

/** A slot is its officer's: swapping names in the clear file opens nothing. */
const boundTo = (kind: Slot['kind'], officerId: string | null) => `${kind} ${officerId ?? ''}`;

type SlotKeys = Parameters<typeof makeSlot>[3];

export function passphraseSlot(passphrase: string, keys: SlotKeys): Slot {
  const salt = randomBytes(16);
  return makeSlot('passphrase', stretch(passphrase, salt), salt, keys);
}

/** A slot for this machine; the secret goes to the key folder or the keychain. */
export function deviceSlot(keys: SlotKeys): { slot: Slot; secret: Buffer } {
  const secret = randomBytes(32);
  return { slot: makeSlot('device', secret, Buffer.alloc(0), keys), secret };
}

/** Letters and digits that are not mistaken for each other on paper (Crockford base 32). */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A slot for paper: 160 random bits as eight groups of four. */
export function recoverySlot(keys: SlotKeys): { slot: Slot; key: string } {
  const secret = randomBytes(20);
  let bits = BigInt(`0x${secret.toString('hex')}`);
  let text = '';
  for (let index = 0; index < 32; index++) {
    text = ALPHABET[Number(bits & 31n)] + text;
    bits >>= 5n;
  }
  const slot = makeSlot('recovery', secret, Buffer.alloc(0), keys);
  return { slot, key: (text.match(/.{4}/g) ?? []).join('-') };
}

function readRecoveryKey(typed: string): Buffer {
  let bits = 0n;
  const letters = typed.toUpperCase().replace(/O/g, '0').replace(/[IL]/g, '1').replace(/[\s-]/g, '');
  for (const letter of letters) {
    const value = ALPHABET.indexOf(letter);
    if (value < 0) throw new DocketError('wrong-key', `the recovery key has no letter ${letter}`);
    bits = (bits << 5n) | BigInt(value);
  }
  return Buffer.from(bits.toString(16).padStart(40, '0'), 'hex');
}

/** What a secret opens of a slot; null where it is another's. */
function openSlot(slot: Slot, secret: Buffer): Unlocked | null {
  try {
    const payload = unwrap(
      subkey(secret, 'slot'),
      Buffer.from(slot.nonce, 'hex'),
      Buffer.from(slot.wrapped, 'hex'),
      boundTo(slot.kind, slot.officerId),
    );
    return {
      dataKey: payload.subarray(0, 32),
      officerId: slot.officerId,
      officerKey: payload.length > 32 ? payload.subarray(32) : null,
    };
  } catch {
    return null;
  }
}

const noKey = () => new DocketError('wrong-key', 'this key does not open the workspace');

/** Opens a slot. Throws `wrong-key` where none fits. */
export function unlockSlot(file: KeyFile, credential: Credential): Unlocked {
  for (const slot of file.slots) {
    if (slot.kind !== credential.kind) continue;
    if (credential.kind === 'passphrase' && slot.officerId !== credential.officerId) continue;
    const secret =
      credential.kind === 'passphrase'
        ? stretch(credential.passphrase, Buffer.from(slot.salt, 'hex'))
        : credential.kind === 'device'
          ? credential.secret
          : readRecoveryKey(credential.key);
    const unlocked = openSlot(slot, secret);
    if (unlocked) return unlocked;
  }
  throw noKey();
}

/** As `unlockSlot` with an officer's passphrase, stretched beside the caller's thread. */
export async function unlockSlotAside(
  file: KeyFile,
  { officerId, passphrase }: { readonly officerId: string; readonly passphrase: string },
): Promise<Unlocked> {
  for (const slot of file.slots) {
    if (slot.kind !== 'passphrase' || slot.officerId !== officerId) continue;
    const unlocked = openSlot(slot, await stretchAside(passphrase, Buffer.from(slot.salt, 'hex')));
    if (unlocked) return unlocked;
  }
  throw noKey();
}

/** Keys for one purpose each, out of the data key. */
export function derivedKey(dataKey: Buffer, purpose: 'database' | 'blobs' | 'seal' | 'backup'): Buffer {
  return subkey(dataKey, purpose);
}
