/** What the checks of a pack remember of rows in typed arrays says the same as maps and lists would. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exhibitDigest } from '../../src/core/evidence/exhibit-digest.ts';
import { Digests, Numbering, Records, Texts } from '../../src/core/evidence/packed-rows.ts';
import { proofChecks } from '../../src/core/evidence/proof-checks.ts';

const sha = (text: string) => createHash('sha256').update(text).digest('hex');

describe('numbering', () => {
  it('gives every distinct text one number, in the order in which they came', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 4 }), { maxLength: 600 }), (texts) => {
        const numbering = new Numbering();
        const known = new Map<string, number>();
        for (const text of texts) {
          if (!known.has(text)) known.set(text, known.size);
          expect(numbering.add(text)).toBe(known.get(text));
        }
        expect(numbering.count).toBe(known.size);
      }),
    );
  });

  it('keeps numbers while it grows', () => {
    const numbering = new Numbering();
    const texts = Array.from({ length: 5000 }, (_, i) => `message ${i}`);
    for (const [i, text] of texts.entries()) expect(numbering.add(text)).toBe(i);
    for (const [i, text] of texts.entries()) expect(numbering.add(text)).toBe(i);
  });
});

describe('records, texts and digests', () => {
  it('records keep what was written while they grow', () => {
    const records = new Records(3);
    for (let i = 0; i < 1000; i++) records.at(records.add()).writeUInt16LE(i);
    for (let i = 0; i < 1000; i++) expect(records.at(i).readUInt16LE()).toBe(i);
  });

  it('texts are found where they were put', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 200 }), { maxLength: 200 }), (given) => {
        const texts = new Texts();
        const places = given.map((text) => texts.add(text));
        expect(places.map((at) => texts.get(at))).toEqual(given);
      }),
    );
  });

  it('the digest of digests is that of an exhibit', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { maxLength: 100 }), (texts) => {
        const digests = new Digests();
        for (const text of texts) digests.add(Buffer.from(sha(text), 'hex'));
        expect(digests.sortedDigest()).toBe(exhibitDigest(texts.map(sha)));
      }),
    );
  });
});

describe('places of messages in a tree', () => {
  const proof = (index: number, commitment: string) =>
    ({ index, commitment, ordinal: index, salts: {}, twin: null, withheld: {} }) as const;
  const source = (runs: [number, number][]) => ({
    source: 's',
    sha256: sha('s'),
    root: sha('r'),
    messages: 500,
    conversations: 1,
    trees: [{ conversation: 'c', position: 0, messages: 500, root: sha('t'), runs, nodes: [] }],
    nodes: [],
  });

  it('are known whatever the order, and each is one message', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(400), { minLength: 1 }), fc.nat(), (indices, pick) => {
        const checks = proofChecks([source([])]);
        const add = (id: string, index: number) =>
          checks.add({ id, sourceId: 's', conversationId: 'c', proof: proof(index, sha(`${index}`)) });
        for (const index of indices) expect(add(`m${index}`, index)).toEqual([]);
        const index = indices[pick % indices.length] as number;
        expect(add(`m${index}`, index)).toEqual([]);
        expect(add('other', index)).toEqual([{ entry: 'other', reason: `place-taken: by m${index}` }]);
      }),
    );
  });

  it('runs are those of the places, whatever the order', () => {
    const runs: [number, number][] = [
      [2, 4],
      [9, 9],
    ];
    for (const order of [
      [2, 3, 4, 9],
      [9, 4, 3, 2],
      [3, 4, 2, 9],
    ]) {
      const checks = proofChecks([source(runs)]);
      for (const index of order)
        checks.add({ id: `${index}`, sourceId: 's', conversationId: 'c', proof: proof(index, sha('x')) });
      const reasons = checks.finish(new Map()).map(({ reason }) => reason);
      expect(reasons).toContain('proof-does-not-lead-to-root');
      expect(reasons).not.toContain('runs-differ');
    }
  });
});
