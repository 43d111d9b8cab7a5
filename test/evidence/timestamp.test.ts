/** Answers of a local time stamp authority, made by openssl. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { timestampRequest } from '../../src/core/evidence/timestamp-request.ts';
import { readStamp, StampError } from '../../src/core/evidence/timestamp-response.ts';
import { dice } from '../builders/evidence-tamper.ts';

let folder: string;
const root = Buffer.alloc(32, 5);

const CONFIG = `
[tsa]
default_tsa = tsa1
[tsa1]
serial = serial
crypto_device = builtin
signer_cert = tsa.pem
certs = ca.pem
signer_key = tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ess_cert_id_alg = sha256
[usage]
extendedKeyUsage = critical,timeStamping
[req]
distinguished_name = name
[name]
`;

function openssl(...args: string[]): Buffer {
  return execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
}

/** An answer by an authority with a key of this kind. */
function answer(kind: readonly string[], request: Buffer): Buffer {
  writeFileSync(join(folder, 'request.tsq'), request);
  writeFileSync(join(folder, 'serial'), '01\n');
  const subject = ['-subj', '/CN=Local time stamps', '-days', '30'];
  openssl(
    'req',
    '-x509',
    '-config',
    'tsa.cnf',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    'ca.key',
    '-out',
    'ca.pem',
    '-subj',
    '/CN=Local CA',
    '-days',
    '30',
  );
  openssl(
    'req',
    '-new',
    '-config',
    'tsa.cnf',
    '-newkey',
    ...kind,
    '-nodes',
    '-keyout',
    'tsa.key',
    '-out',
    'tsa.csr',
    ...subject.slice(0, 2),
  );
  openssl(
    'x509',
    '-req',
    '-in',
    'tsa.csr',
    '-CA',
    'ca.pem',
    '-CAkey',
    'ca.key',
    '-CAcreateserial',
    '-out',
    'tsa.pem',
    '-extfile',
    'tsa.cnf',
    '-extensions',
    'usage',
    '-days',
    '30',
  );
  openssl('ts', '-reply', '-config', 'tsa.cnf', '-queryfile', 'request.tsq', '-out', 'answer.tsr');
  return readFileSync(join(folder, 'answer.tsr'));
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'docket-tsa-'));
  writeFileSync(join(folder, 'tsa.cnf'), CONFIG);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const request = timestampRequest(root, Buffer.alloc(64, 9));

describe('the answer of an authority', () => {
  it.each([
    ['RSA', ['rsa:2048']],
    ['ECDSA', ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256']],
  ])('that signs with %s is read, and agrees with openssl', (_kind, key) => {
    const before = Date.now();
    const stamp = readStamp(answer(key, request), root);
    expect(stamp.authority).toContain('Local time stamps');
    expect(Math.abs(stamp.at - before)).toBeLessThan(60_000);
    const text = openssl('ts', '-reply', '-in', 'answer.tsr', '-text').toString();
    expect(text).toContain(`Serial number: 0x${stamp.serial.toUpperCase()}`);
    expect(
      openssl(
        'ts',
        '-verify',
        '-queryfile',
        'request.tsq',
        '-in',
        'answer.tsr',
        '-CAfile',
        'ca.pem',
      ).toString(),
    ).toContain('Verification: OK');
  });

  it('for another root, or of a refusal, is refused and says so', () => {
    const given = answer(['rsa:2048'], request);
    expect(() => readStamp(given, Buffer.alloc(32, 6))).toThrow(
      expect.objectContaining({ code: 'another-digest' }),
    );
    const refusal = Buffer.from('30053003020102', 'hex');
    expect(() => readStamp(refusal, root)).toThrow(expect.objectContaining({ code: 'refused' }));
  });

  it('with any byte of what is signed changed is refused, and never throws anything else', () => {
    const given = answer(['rsa:2048'], request);
    const imprint = given.indexOf(root);
    const next = dice(31);
    for (let i = 0; i < 200; i++) {
      const changed = Buffer.from(given);
      // The stamped content lies around the root; the rest is certificates and signature.
      const at = i < 60 ? imprint - 20 + i : next(changed.length);
      changed[at] = (changed[at] as number) ^ (1 + next(255));
      try {
        readStamp(changed, root);
        // Bytes that no signature covers (a certificate not used, the status text) may differ.
        expect(i, `byte ${at}`).toBeGreaterThanOrEqual(60);
      } catch (error) {
        expect(error, `byte ${at}`).toBeInstanceOf(StampError);
      }
    }
  });

  it('that is no DER is refused', () => {
    const next = dice(5);
    for (let i = 0; i < 300; i++) {
      const noise = Buffer.from(Array.from({ length: next(80) }, () => next(256)));
      expect(() => readStamp(noise, root)).toThrow(StampError);
    }
  });
});
