/**
 * Reading the answer of a time stamp authority (RFC 3161 §2.4.2): what it stamped, when, and whether its own
 * signature holds. Whether the authority is one to trust is not decided here: its certificate is named, and
 * `openssl ts -verify` with the authority's root checks the chain.
 */
import { createHash, verify, X509Certificate } from 'node:crypto';
import { type Der, derAt, derItems, oidText } from './der.ts';

const SEQUENCE = 0x30;
const SET = 0x31;
const INTEGER = 0x02;
const OCTETS = 0x04;
const OID = 0x06;
const GENERALIZED_TIME = 0x18;
const CONTEXT_0 = 0xa0;

const SIGNED_DATA = '1.2.840.113549.1.7.2';
const TST_INFO = '1.2.840.113549.1.9.16.1.4';
const CONTENT_TYPE = '1.2.840.113549.1.9.3';
const MESSAGE_DIGEST = '1.2.840.113549.1.9.4';
/** Extended key usage of time stamp authorities. */
const TIME_STAMPING = '1.3.6.1.5.5.7.3.8';
const HASHES: Readonly<Record<string, string>> = {
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};

export interface TimeStamp {
  /** UTC milliseconds. */
  readonly at: number;
  /** Subject of the certificate that signed. */
  readonly authority: string;
  /** Hex. */
  readonly serial: string;
}

/** The answer does not stamp this root; `code` says why. */
export class StampError extends Error {
  readonly code:
    | 'malformed'
    | 'refused'
    | 'another-digest'
    | 'another-hash'
    | 'signature-invalid'
    | 'no-certificate';

  constructor(code: StampError['code']) {
    super(`time stamp: ${code}`);
    this.name = 'StampError';
    this.code = code;
  }
}

/** Reads an answer for `root` (32 bytes). Throws a StampError. */
export function readStamp(response: Buffer, root: Uint8Array): TimeStamp {
  try {
    return read(response, root);
  } catch (error) {
    throw error instanceof StampError ? error : new StampError('malformed');
  }
}

function read(response: Buffer, root: Uint8Array): TimeStamp {
  const answer = derItems(derAt(derItems(response), 0, SEQUENCE).body);
  const status = derAt(derItems(derAt(answer, 0, SEQUENCE).body), 0, INTEGER).body;
  // 0 granted, 1 granted with modifications.
  if (status.length !== 1 || (status[0] as number) > 1) throw new StampError('refused');
  const token = derItems(derAt(answer, 1, SEQUENCE).body);
  if (oidText(derAt(token, 0, OID)) !== SIGNED_DATA) throw new StampError('malformed');
  const signed = derItems(derAt(derItems(derAt(token, 1, CONTEXT_0).body), 0, SEQUENCE).body);
  const content = derItems(derAt(signed, 2, SEQUENCE).body);
  if (oidText(derAt(content, 0, OID)) !== TST_INFO) throw new StampError('malformed');
  const info = derAt(derItems(derAt(content, 1, CONTEXT_0).body), 0, OCTETS).body;
  const stamp = stampOf(info, root);
  const certificates = signed
    .filter(({ tag }) => tag === CONTEXT_0)
    .flatMap(({ body }) => derItems(body))
    .map(({ whole }) => new X509Certificate(whole));
  if (certificates.length === 0) throw new StampError('no-certificate');
  const signers = derItems(
    (signed.at(-1) as Der).tag === SET ? (signed.at(-1) as Der).body : Buffer.alloc(0),
  );
  for (const signer of signers) {
    const by = signerOf(derItems(signer.body), info, certificates);
    if (by) return { ...stamp, authority: by.subject.replaceAll('\n', ', ') };
  }
  throw new StampError('signature-invalid');
}

/** What is stamped: version, policy, imprint, serial number, time. */
function stampOf(info: Buffer, root: Uint8Array): Omit<TimeStamp, 'authority'> {
  const items = derItems(derAt(derItems(info), 0, SEQUENCE).body);
  const imprint = derItems(derAt(items, 2, SEQUENCE).body);
  const algorithm = oidText(derAt(derItems(derAt(imprint, 0, SEQUENCE).body), 0, OID));
  if (HASHES[algorithm] !== 'sha256') throw new StampError('another-hash');
  if (!derAt(imprint, 1, OCTETS).body.equals(root)) throw new StampError('another-digest');
  const time = derAt(items, 4, GENERALIZED_TIME).body.toString('latin1');
  const match = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\.\d+)?Z$/.exec(time);
  if (!match) throw new StampError('malformed');
  const [, year, month, day, hour, minute, second, fraction] = match;
  const at = Date.UTC(
    +(year ?? 0),
    +(month ?? 1) - 1,
    +(day ?? 1),
    +(hour ?? 0),
    +(minute ?? 0),
    +(second ?? 0),
  );
  return {
    at: at + Math.floor(Number(fraction ?? 0) * 1000),
    serial: derAt(items, 3, INTEGER).body.toString('hex'),
  };
}

/** The certificate by which a SignerInfo is signed, if its attributes are about `info`. */
function signerOf(
  signer: readonly Der[],
  info: Buffer,
  certificates: readonly X509Certificate[],
): X509Certificate | null {
  const hash = HASHES[oidText(derAt(derItems(derAt(signer, 2, SEQUENCE).body), 0, OID))];
  const attributes = derAt(signer, 3, CONTEXT_0);
  const signature = derAt(signer, 5, OCTETS).body;
  if (hash === undefined) return null;
  const values = new Map(
    derItems(attributes.body).map(({ body }) => {
      const [type, set] = derItems(body);
      return [oidText(type as Der), derItems((set as Der).body)[0]];
    }),
  );
  const type = values.get(CONTENT_TYPE);
  if (!type || oidText(type) !== TST_INFO) return null;
  if (!values.get(MESSAGE_DIGEST)?.body.equals(createHash(hash).update(info).digest())) return null;
  // RFC 5652 §5.4: the signature is over the attributes as a SET, not under their tag in the message.
  const signedBytes = Buffer.concat([Buffer.of(SET), attributes.whole.subarray(1)]);
  const found = certificates.find(
    (certificate) =>
      (certificate.keyUsage as readonly string[] | undefined)?.includes(TIME_STAMPING) === true &&
      verify(hash, signedBytes, certificate.publicKey, signature),
  );
  return found ?? null;
}
