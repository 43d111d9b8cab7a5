/** What the verifiers that travel in a pack compute with, against Node's own. */
import { execFileSync } from 'node:child_process';
import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../src/core/audit/digest.ts';
import { viewerFunctions } from '../builders/evidence-verifiers.ts';

const viewer = viewerFunctions<{
  sha256hex(data: Uint8Array | string): string;
  sha512(data: Uint8Array): Uint8Array;
  ed25519(key: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean;
  canonical(value: unknown): string;
}>(['sha256hex', 'sha512', 'ed25519', 'canonical']);

const FOLDER = fileURLToPath(new URL('../../resources/evidence', import.meta.url));

/** Runs a program that has verify.py as `v` and its input as `data`; answers what it prints. */
function python(program: string, data: unknown): unknown {
  const script = `import json,sys;sys.path.insert(0,${JSON.stringify(FOLDER)});import verify as v;data=json.load(sys.stdin);${program}`;
  const env = { ...process.env, PYTHONDONTWRITEBYTECODE: '1', PYTHONIOENCODING: 'utf-8' };
  return JSON.parse(
    execFileSync('python3', ['-c', script], { input: JSON.stringify(data), encoding: 'utf8', env }),
  );
}

/** The first test of RFC 8032 §7.1, and the third. */
const RFC_8032 = [
  [
    'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    '',
    'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
  ],
  [
    'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
    'af82',
    '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
  ],
] as const;

describe('the viewer', () => {
  it('hashes as Node does, whatever the length', () => {
    for (let n = 0; n < 300; n++) {
      const data = Buffer.alloc(n, n);
      expect(viewer.sha256hex(data), `length ${n}`).toBe(createHash('sha256').update(data).digest('hex'));
      expect(Buffer.from(viewer.sha512(data)).toString('hex')).toBe(
        createHash('sha512').update(data).digest('hex'),
      );
    }
  });

  it('writes canonical JSON as Docket does', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(viewer.canonical(value)).toBe(canonicalJson(value));
      }),
    );
  });
});

describe('signatures', () => {
  const made = Array.from({ length: 6 }, (_, i) => {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const message = Buffer.from(`message ${i}`.repeat(i * 20));
    const key = publicKey.export({ type: 'spki', format: 'der' }).subarray(12).toString('hex');
    return [key, message.toString('hex'), sign(null, message, privateKey).toString('hex')] as const;
  });
  const good = [...RFC_8032, ...made];
  const flip = (text: string, at: number) => {
    const bytes = Buffer.from(text, 'hex');
    bytes[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ 1;
    return bytes.toString('hex');
  };
  const order = 2n ** 252n + 27742317777372353535851937790883648493n;
  const little = (value: bigint) => Buffer.from(value.toString(16).padStart(64, '0'), 'hex').reverse();
  const scalar = (text: string) =>
    BigInt(`0x${Buffer.from(text.slice(64), 'hex').reverse().toString('hex')}`);
  const bad = [
    ...good.map(([key, message, signature], i) => [key, message, flip(signature, i * 9)] as const),
    ...good.map(([key, message, signature], i) => [flip(key, i * 5), message, signature] as const),
    ...good.map(([key, message, signature]) => [key, `${message}00`, signature] as const),
    // The same signature with its scalar above the group's order: RFC 8032 §5.1.7 forbids it.
    ...good.map(
      ([key, message, signature]) =>
        [key, message, signature.slice(0, 64) + little(scalar(signature) + order).toString('hex')] as const,
    ),
    ['', '', ''] as const,
    [RFC_8032[0][0], '', RFC_8032[0][2].slice(2)] as const,
  ];

  it('are accepted and refused by the viewer', () => {
    const verdict = ([key, message, signature]: readonly [string, string, string]) =>
      viewer.ed25519(Buffer.from(key, 'hex'), Buffer.from(message, 'hex'), Buffer.from(signature, 'hex'));
    expect(good.map(verdict)).toEqual(good.map(() => true));
    expect(bad.map(verdict)).toEqual(bad.map(() => false));
  });

  it('are accepted and refused by the Python script', () => {
    const program = 'print(json.dumps([v.ed25519(*map(bytes.fromhex, one)) for one in data]))';
    expect(python(program, good)).toEqual(good.map(() => true));
    expect(python(program, bad)).toEqual(bad.map(() => false));
  });
});

describe('the Python script', () => {
  it('writes canonical JSON as Docket does', () => {
    const numbers = [
      0,
      -0,
      1,
      -1,
      0.1,
      1e21,
      1e-7,
      123456789012345680000,
      5e-324,
      1.7976931348623157e308,
      0.000001,
      1e20,
      4.5,
      2 ** 53,
      1e23,
    ];
    const sampled = fc.sample(fc.array(fc.double({ noNaN: true, noDefaultInfinity: true })), {
      numRuns: 200,
      seed: 7,
    });
    const values = [
      ...numbers,
      ...sampled,
      ...fc.sample(fc.jsonValue({ stringUnit: 'binary' }), { numRuns: 300, seed: 7 }),
      { '\u{1f600}': 1, '\ufffd': 2, a: '\u007f\u2028\u0001"\\' },
    ];
    const whole = JSON.parse(JSON.stringify(values)) as unknown[];
    expect(python('print(json.dumps([v.canonical(one) for one in data]))', whole)).toEqual(
      whole.map(canonicalJson),
    );
  });
});
