/** A local time stamp authority (RFC 3161), made by openssl. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

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

export interface TimeStampAuthority {
  readonly folder: string;
  openssl(...args: string[]): Buffer;
  /** An answer by an authority with a fresh key of this kind, as `openssl req -newkey` takes it. */
  answer(kind: readonly string[], request: Buffer): Buffer;
  remove(): void;
}

export function timeStampAuthority(): TimeStampAuthority {
  const folder = mkdtempSync(join(tmpdir(), 'docket-tsa-'));
  writeFileSync(join(folder, 'tsa.cnf'), CONFIG);
  const openssl = (...args: string[]) =>
    execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  return {
    folder,
    openssl,
    answer: (kind, request) => answer(folder, openssl, kind, request),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function answer(
  folder: string,
  openssl: TimeStampAuthority['openssl'],
  kind: readonly string[],
  request: Buffer,
): Buffer {
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
