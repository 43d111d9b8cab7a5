/** Answers of a local time stamp authority, made by openssl. */
import { afterAll, describe, expect, it } from 'vitest';
import { timestampRequest } from '../../src/core/evidence/timestamp-request.ts';
import { readStamp, StampError } from '../../src/core/evidence/timestamp-response.ts';
import { dice } from '../builders/evidence-tamper.ts';
import { timeStampAuthority } from '../builders/tsa.ts';

const { openssl, answer, remove } = timeStampAuthority();
afterAll(remove);
const root = Buffer.alloc(32, 5);

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
