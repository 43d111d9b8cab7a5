/** What the checks of a pack remember of rows in typed arrays and on disk says the same as maps and lists would. */
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exhibitDigest } from '../../src/core/evidence/exhibit-digest.ts';
import { Numbering, Records, Texts } from '../../src/core/evidence/packed-rows.ts';
import { proofChecks } from '../../src/core/evidence/proof-checks.ts';
import { rowChecks } from '../../src/core/evidence/row-checks.ts';
import { Scratch } from '../../src/core/evidence/scratch.ts';

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

describe('records and texts', () => {
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
        const checks = proofChecks([source([])], new Scratch(tmpdir()));
        const add = (id: string, index: number) =>
          checks.add({ id, sourceId: 's', conversationId: 'c', proof: proof(index, sha(`${index}`)) });
        for (const index of indices) expect(add(`m${index}`, index)).toEqual([]);
        const index = indices[pick % indices.length] as number;
        expect(add(`m${index}`, index)).toEqual([]);
        expect(add('other', index)).toEqual([]);
        const taken = checks.finish(new Map()).filter(({ reason }) => reason.startsWith('place-taken'));
        expect(taken).toEqual([{ entry: 'other', reason: `place-taken: by m${index}` }]);
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
      const checks = proofChecks([source(runs)], new Scratch(tmpdir()));
      for (const index of order)
        checks.add({ id: `${index}`, sourceId: 's', conversationId: 'c', proof: proof(index, sha('x')) });
      const reasons = checks.finish(new Map()).map(({ reason }) => reason);
      expect(reasons).toContain('proof-does-not-lead-to-root');
      expect(reasons).not.toContain('runs-differ');
    }
  });
});

describe('rows together', () => {
  interface Given {
    readonly id: number;
    readonly exhibit: number;
    readonly subject: boolean;
    readonly conversation: number;
    readonly differs: boolean;
    readonly withheld: boolean;
    readonly sender: number;
  }
  const given = fc.record({
    id: fc.nat(12),
    exhibit: fc.nat(2),
    subject: fc.boolean(),
    conversation: fc.nat(2),
    differs: fc.boolean(),
    withheld: fc.boolean(),
    sender: fc.nat(3),
  });

  /** The same with maps: what is told of rows that show a message again, and the counts. */
  function model(rows: readonly Given[]) {
    const known = new Map<number, { row: Given; exhibit: number; wasSubject: boolean }>();
    const told: string[] = [];
    const counts = [0, 0, 0].map(() => ({ selected: 0, context: 0 }));
    let [run, last] = [0, -1];
    for (const row of rows) {
      if (row.exhibit !== last) run++;
      last = row.exhibit;
      const before = known.get(row.id);
      const count = counts[row.conversation];
      if (!before) {
        known.set(row.id, { row, exhibit: run, wasSubject: row.subject });
        if (count) count[row.subject ? 'selected' : 'context']++;
        continue;
      }
      if (before.exhibit === run) told.push(`m${row.id} twice-in-one-exhibit`);
      before.exhibit = run;
      if (row.conversation !== 2) {
        if (before.row.differs !== row.differs || before.row.conversation !== row.conversation)
          told.push(`m${row.id} differs-between-exhibits`);
        else if (row.subject && !before.wasSubject && count) {
          count.selected++;
          count.context--;
        }
      }
      before.wasSubject ||= row.subject;
    }
    const firsts = [...known.values()].map(({ row }) => row);
    const named = firsts.filter(({ sender }) => sender > 1);
    return {
      told: told.sort(),
      counts: counts.slice(0, 2),
      messages: known.size,
      withheld: firsts.filter(({ withheld }) => withheld).length,
      disclosed: { people: new Set(named.map(({ sender }) => sender)).size, messages: named.length },
    };
  }

  it('are what maps of all of them would say', () => {
    fc.assert(
      fc.property(fc.array(given, { maxLength: 60 }), (rows) => {
        const expected = model(rows);
        const exhibits = [0, 1, 2].map((i) => {
          const own = rows.filter(({ exhibit }) => exhibit === i);
          const isWhole = own.every(({ withheld }) => !withheld);
          return {
            number: `E${i}`,
            messages: own.length,
            sha256: isWhole ? exhibitDigest(own.map(({ id }) => sha(`${id}`))) : null,
          };
        });
        const checks = rowChecks(
          {
            parties: [{ accountId: 'a1' }],
            exhibits,
            sources: [{ id: 's', sha256: sha('s'), bytes: 10 }],
            completeness: expected.counts.map((count, i) => {
              const all = count.selected + count.context;
              return { conversationId: `c${i}`, total: all, inPeriod: all, ...count, leftOut: [] };
            }),
          },
          new Scratch(tmpdir()),
        );
        for (const row of rows)
          checks.add({
            id: `m${row.id}`,
            exhibit: `E${row.exhibit}`,
            subject: row.subject,
            conversationId: `c${row.conversation}`,
            digest: row.withheld ? null : sha(`${row.id}`),
            identity: sha(`${row.id} ${row.differs}`),
            withheld: row.withheld ? ['a reason'] : [],
            senderId: row.sender === 0 ? null : `a${row.sender}`,
            sourceId: 's',
            sourceSha256: sha('s'),
            start: 0,
            end: 1,
          });
        expect(checks.counts).toEqual({ rows: rows.length, messages: expected.messages });
        const problems = checks.finish();
        const told = problems.filter(({ check }) => check === 'messages');
        expect(told.map(({ entry, reason }) => `${entry} ${reason}`).sort()).toEqual(expected.told);
        // Every exhibit and every count is as it was stated.
        expect(problems.length).toBe(told.length);
        expect(checks.withheld.messages).toBe(expected.withheld);
        expect(checks.disclosed).toEqual(expected.disclosed);
      }),
    );
  });
});
