/** Salted commitments: every part is bound, a withheld one gives nothing away, and the rule is the documented one. */
import { createHash, createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../src/core/audit/digest.ts';
import {
  commitmentOf,
  messageCommitment,
  PARTS,
  partCommitment,
  recordParts,
  Salts,
  twinParts,
} from '../../src/core/evidence/commitment.ts';
import { canonicalMessage, type MessageRecord } from '../../src/core/evidence/message-digest.ts';
import { subjectMessage, testMessage } from '../builders/evidence-messages.ts';

const sha = (text: string) => createHash('sha256').update(text).digest('hex');
const secret = Buffer.alloc(32, 7);
const place = { start: 10, end: 20, line: 3 };

describe('salts', () => {
  it('are HMAC-SHA-256 (RFC 2104) of ordinal and part, cut to 16 bytes, for secrets of any length up to a block', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 64 }),
        fc.nat(),
        fc.constantFrom(...PARTS),
        (key, ordinal, part) => {
          const expected = createHmac('sha256', key).update(`${ordinal}:${part}`).digest('hex').slice(0, 32);
          expect(new Salts(key).salt(ordinal, part)).toBe(expected);
        },
      ),
    );
  });

  it('refuse a secret that HMAC would hash first', () => {
    expect(() => new Salts(Buffer.alloc(65))).toThrow(RangeError);
  });

  it('differ by message, part and source', () => {
    const own = new Salts(secret);
    const seen = new Set([0, 1, 11].flatMap((ordinal) => PARTS.map((part) => own.salt(ordinal, part))));
    expect(seen.size).toBe(3 * PARTS.length);
    expect(new Salts(Buffer.alloc(32, 8)).salt(0, 'text')).not.toBe(own.salt(0, 'text'));
  });
});

describe('parts of a record', () => {
  const record = subjectMessage(3).record;

  it('are canonical JSON, in the order of their names', () => {
    const parts = recordParts(record, place, 3);
    expect(parts.map(([part]) => part)).toEqual([...PARTS]);
    for (const [part, text] of parts) expect(canonicalJson(JSON.parse(text)), part).toBe(text);
  });

  it('together say what the record says', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.option(fc.dictionary(fc.string(), fc.jsonValue())),
        (text, extra) => {
          const whole: MessageRecord = {
            ...record,
            text,
            extra: extra === null ? null : (JSON.parse(JSON.stringify(extra)) as Record<string, unknown>),
          };
          const parts = recordParts(whole, place, 3);
          const of = Object.fromEntries(parts.map(([part, json]) => [part, JSON.parse(json)]));
          const rebuilt = {
            ...of.envelope,
            ...of.sender,
            ...of.time,
            attachments: of.attachments,
            carried: of.carried,
            extra: of.extra,
            text: of.text,
          };
          expect(canonicalJson(rebuilt)).toBe(canonicalMessage(whole));
          expect(of.place).toEqual({ ...place, ordinal: 3 });
        },
      ),
    );
  });

  it.each<[string, Partial<MessageRecord>]>([
    ['attachments', { attachments: [] }],
    ['carried', { carried: [] }],
    ['envelope', { kind: 'image' }],
    ['envelope', { platformId: 'other' }],
    ['envelope', { refersTo: 'other' }],
    ['envelope', { forwarded: true }],
    ['envelope', { conversation: { platform: 'wechat', key: 'wr-0001' } }],
    ['extra', { extra: { a: 1 } }],
    ['sender', { sender: 'other' }],
    ['sender', { senderName: null }],
    ['text', { text: '' }],
    ['time', { instant: null }],
    ['time', { sentAtText: '' }],
    ['time', { wallTime: 0 }],
    ['time', { editedAtText: '' }],
  ])('%s alone changes with %j', (part, change) => {
    const before = recordParts(record, place, 3);
    const after = recordParts({ ...record, ...change }, place, 3);
    const differ = before.filter(([, text], i) => text !== after[i]?.[1]).map(([name]) => name);
    expect(differ).toEqual([part]);
  });
});

describe('commitments', () => {
  it('follow the documented rule', () => {
    const parts = recordParts(testMessage(5).record, place, 9);
    const lines = parts.map(([part, text]) => {
      const salt = createHmac('sha256', secret).update(`9:${part}`).digest('hex').slice(0, 32);
      return `${part}:${sha(`${salt}:${part}:${text}`)}\n`;
    });
    expect(commitmentOf(parts, 9, new Salts(secret))).toBe(sha(lines.join('')));
  });

  it('hold with any parts withheld', () => {
    fc.assert(
      fc.property(fc.subarray([...PARTS]), (withheld) => {
        const salts = new Salts(secret);
        const parts = recordParts(testMessage(5).record, place, 9);
        const shown = parts.map(([part, text]): [string, string] => {
          const commitment = partCommitment(salts.salt(9, part), part, text);
          // A verifier has the commitment of a withheld part, and salt and value of the others.
          return [
            part,
            withheld.includes(part as (typeof PARTS)[number])
              ? commitment
              : partCommitment(salts.salt(9, part), part, text),
          ];
        });
        expect(messageCommitment(shown)).toBe(commitmentOf(parts, 9, salts));
      }),
    );
  });

  it('of the same text at two places cannot be told to be of the same text', () => {
    const salts = new Salts(secret);
    const at = (ordinal: number) => partCommitment(salts.salt(ordinal, 'text'), 'text', '"好的"');
    expect(at(1)).not.toBe(at(2));
    expect(at(1)).not.toBe(sha('"好的"'));
  });

  it('of a twin are of its digest and place', () => {
    const parts = twinParts('a'.repeat(64), place, 4);
    expect(parts.map(([part]) => part)).toEqual(['digest', 'place']);
    for (const [part, text] of parts) expect(canonicalJson(JSON.parse(text)), part).toBe(text);
  });
});
