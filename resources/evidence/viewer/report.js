/* What every check of docs/evidence-pack.md shares: names, texts, the report, keys. */

const FORMAT = 'docket-evidence-pack/2';
const DECLARATION = 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n';
const TAG_FILES = ['bagit.txt', 'bag-info.txt', 'manifest-sha256.txt'];
const TOP_FILES = [...TAG_FILES, 'tagmanifest-sha256.txt', 'signature.bin', 'signature.json', 'root.tsq'];
const PAYLOAD_FILES = (
  'README.txt messages.ndjson attachments.json viewer.html verify.py case.json sources.json proofs.json ' +
  'completeness.json completeness.html decisions.json duties.json proceedings.json custody.json audit.json ' +
  'public-key.pem'
)
  .split(' ')
  .map((name) => `data/${name}`);
const PARTS = ['attachments', 'carried', 'envelope', 'extra', 'place', 'sender', 'text', 'time'];
const RECORD =
  'attachments carried conversation editedAtText extra forwarded instant kind platformId refersTo sender ' +
  'senderName sentAtText text wallTime';
const MAX_DOCUMENT = 64 * 2 ** 20;

/** Strict UTF-8; a byte order mark is a character like others. */
const strictText = (bytes) => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
const fromBase64 = (text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
const toBase64 = (bytes) => btoa(latin1(bytes));

class Report {
  static names =
    'container declaration tag-manifest signature key manifest bag-info messages proofs attachments exhibits completeness sources decisions custody audit pages copies originals'.split(
      ' ',
    );

  constructor() {
    this.details = new Map();
    this.failed = new Set();
    this.failures = [];
    this.known = new Set();
  }

  fail(check, file, reason, entry) {
    this.failed.add(check);
    const finding = { ...(file ? { file } : {}), ...(entry ? { entry } : {}), reason };
    const key = JSON.stringify(finding);
    if (this.known.has(key) || this.failures.length >= 1000) return;
    this.known.add(key);
    this.failures.push(finding);
  }

  done(check, detail) {
    this.details.set(check, detail);
  }

  result(names = Report.names) {
    const checks = names.map((name) => ({
      name,
      ok: this.details.has(name) && !this.failed.has(name),
      detail: this.details.get(name) ?? 'not checked',
    }));
    return {
      ok: checks.every(({ ok }) => ok) && this.failures.length === 0,
      checks,
      failures: this.failures,
    };
  }
}

function rawKey(pem) {
  const body = /^-----BEGIN PUBLIC KEY-----\n([A-Za-z0-9+/=\n]+)-----END PUBLIC KEY-----\n$/.exec(pem);
  const der = body ? fromBase64(body[1].replaceAll('\n', '')) : new Uint8Array();
  if (der.length !== 44 || hex(der.subarray(0, 12)) !== '302a300506032b6570032100')
    throw new TypeError('no key');
  return der.subarray(12);
}
