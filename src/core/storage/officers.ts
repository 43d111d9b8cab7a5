import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import type { Officer, Role } from '../domain/workspace.ts';
import { all, type Database, get } from './database.ts';
import { unwrap, wrap } from './key-slots.ts';
import { insertRow, type Store, updateRow } from './rows.ts';

interface OfficerRow {
  id: string;
  name: string;
  role: Role;
  public_key: Buffer;
  private_key: Buffer;
  active: number;
  created_at: number;
}

/** SHA-256 over the 32 raw bytes of an Ed25519 public key, in hex. */
export function fingerprintOf(publicKey: Buffer): string {
  return createHash('sha256').update(publicKey).digest('hex');
}

function toOfficer(row: OfficerRow): Officer {
  return {
    id: row.id,
    name: row.name,
    role: row.role,
    fingerprint: fingerprintOf(row.public_key),
    active: row.active === 1,
    createdAt: row.created_at,
  };
}

export function listOfficers(db: Database): Officer[] {
  return all<OfficerRow>(db, 'SELECT * FROM officers ORDER BY id').map(toOfficer);
}

export function findOfficer(db: Database, id: string): Officer | null {
  const row = get<OfficerRow>(db, 'SELECT * FROM officers WHERE id = ?', id);
  return row ? toOfficer(row) : null;
}

/** DER prefix of an Ed25519 SubjectPublicKeyInfo (RFC 8410 §4); the raw key is what follows. */
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

/** Adds an officer with a fresh Ed25519 key pair; the private key is wrapped with the officer key. */
export function insertOfficer(
  store: Store,
  officer: { id: string; name: string; role: Role; createdAt: number },
  officerKey: Buffer,
): Officer {
  insertRow(store, 'officers', {
    id: officer.id,
    name: officer.name,
    role: officer.role,
    ...freshKeyPair(officerKey),
    active: 1,
    created_at: officer.createdAt,
  });
  return findOfficer(store.db, officer.id) as Officer;
}

function freshKeyPair(officerKey: Buffer): { public_key: Buffer; private_key: Buffer } {
  const pair = generateKeyPairSync('ed25519');
  const publicKey = pair.publicKey.export({ type: 'spki', format: 'der' }).subarray(SPKI_PREFIX.length);
  const { nonce, wrapped } = wrap(officerKey, pair.privateKey.export({ type: 'pkcs8', format: 'der' }));
  return { public_key: publicKey, private_key: Buffer.concat([nonce, wrapped]) };
}

/** After recovery the old officer key is out of reach: a new signing key begins. */
export function replaceKeyPair(store: Store, id: string, officerKey: Buffer): void {
  updateRow(store, 'officers', { id }, freshKeyPair(officerKey));
}

export function setOfficerActive(store: Store, id: string, active: boolean): void {
  updateRow(store, 'officers', { id }, { active: active ? 1 : 0 });
}

/** The 32 raw bytes of an officer's present public key. */
export function publicKeyOf(db: Database, id: string): Buffer {
  const row = get<{ public_key: Buffer }>(db, 'SELECT public_key FROM officers WHERE id = ?', id);
  if (!row) throw new Error(`no officer ${id}`);
  return row.public_key;
}

/** SubjectPublicKeyInfo PEM of a raw Ed25519 public key, as openssl reads it. */
export function pemOf(publicKey: Buffer): string {
  const key = createPublicKey({
    key: Buffer.concat([SPKI_PREFIX, publicKey]),
    type: 'spki',
    format: 'der',
  });
  return key.export({ type: 'spki', format: 'pem' }).toString();
}

export function publicKeyPem(db: Database, id: string): string {
  return pemOf(publicKeyOf(db, id));
}

/** Signs with an officer's key. Throws where `officerKey` is not that officer's. */
export function signAs(db: Database, id: string, officerKey: Buffer, content: Uint8Array): Buffer {
  const row = get<{ private_key: Buffer }>(db, 'SELECT private_key FROM officers WHERE id = ?', id);
  if (!row) throw new Error(`no officer ${id}`);
  const der = unwrap(officerKey, row.private_key.subarray(0, 12), row.private_key.subarray(12));
  return sign(null, content, createPrivateKey({ key: der, type: 'pkcs8', format: 'der' }));
}
