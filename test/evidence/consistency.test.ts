/** What verification finds although manifests and signature fit: a pack has to agree with itself. */
import { sign } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { approvalText } from '../../src/core/evidence/decision-signature.ts';
import { testKey, uid } from '../builders/evidence-messages.ts';
import { smallCase, testDecision } from '../builders/evidence-pack.ts';
import {
  editFirst,
  editJson,
  editLines,
  type Files,
  type Json,
  resign,
  type TestPack,
  testPack,
} from '../builders/evidence-tamper.ts';

const officer = testKey('officer');
const second = testKey('second');
const stranger = testKey('stranger');
let made: TestPack;
beforeAll(async () => {
  made = await testPack(smallCase(officer, second), officer);
});
afterAll(() => made.remove());

type Finding = { file: string; entry: string; reason: unknown };
type Case = [what: string, change: (files: Files) => void, finding: Finding];

const MESSAGES = 'data/messages.ndjson';

/** Replaces a text in one line of messages.ndjson. */
function inRow(what: string, index: number, from: string, to: string, reason: string): Case {
  const change = (files: Files) =>
    editLines(files, MESSAGES, (lines) =>
      lines.map((line, i) => (i === index ? line.replace(from, to) : line)),
    );
  return [what, change, { file: MESSAGES, entry: uid('message', index), reason }];
}

/** Edits the first element of a list of a JSON file. */
function inFirst(
  what: string,
  path: string,
  list: string,
  edit: (it: Json) => void,
  entry: string,
  reason: string,
): Case {
  return [what, (files) => editFirst(files, path, list, edit), { file: path, entry, reason }];
}

function inAudit(what: string, edit: (lines: string[]) => string[], entry: number, reason: unknown): Case {
  const change = (files: Files) => editLines(files, 'data/audit.json', edit);
  return [what, change, { file: 'data/audit.json', entry: String(entry), reason }];
}

const cases: Case[] = [
  [
    'a message dropped, counts as they were',
    (files) => editLines(files, MESSAGES, (lines) => lines.filter((_line, i) => i !== 3)),
    { file: 'data/case.json', entry: 'E-A7-0042-01', reason: 'messages-missing: 12 stated, 11 found' },
  ],
  [
    'a message put in twice',
    (files) => editLines(files, MESSAGES, (lines) => [...lines.slice(0, 1), ...lines]),
    { file: MESSAGES, entry: uid('message', 0), reason: 'twice-in-one-exhibit' },
  ],
  [
    'rows of an exhibit apart from each other',
    (files) => editLines(files, MESSAGES, ([first, ...rest]) => [...rest.slice(0, -1), first as string, '']),
    { file: MESSAGES, entry: 'E-A7-0042-01', reason: 'rows-scattered' },
  ],
  [
    'a message exchanged for another one with a true digest',
    (files) =>
      editLines(files, MESSAGES, (lines) => {
        const other = (lines[20] as string).replace('E-A7-0042-02', 'E-A7-0042-01');
        return lines.map((line, i) => (i === 1 ? other : line));
      }),
    { file: 'data/case.json', entry: 'E-A7-0042-01', reason: 'digest-differs' },
  ],
  [
    'a line that is no JSON',
    (files) => editLines(files, MESSAGES, (lines) => ['{', ...lines]),
    { file: MESSAGES, entry: 'line 1', reason: 'malformed' },
  ],
  [
    'a line that is no UTF-8',
    (files) => files.set(MESSAGES, Buffer.concat([Buffer.of(0xff, 10), files.get(MESSAGES) as Buffer])),
    { file: MESSAGES, entry: 'line 1', reason: 'not-utf-8' },
  ],
  inRow('the text of a message changed', 7, '明天九点', '明天十点', 'digest-differs'),
  inRow('a name changed', 3, '"senderName":"陈晓"', '"senderName":"陈小"', 'digest-differs'),
  inRow('a time changed', 3, '"instant":1767574980000', '"instant":1767574980001', 'digest-differs'),
  inRow('another canonical form', 7, '"forwarded":false', '"forwarded": false', 'message-not-canonical'),
  inRow('a place outside the source', 2, '"end":600', '"end":600000', 'range-outside-source'),
  [
    'the source file replaced',
    (files) =>
      editFirst(files, 'data/sources.json', 'sources', (source) => {
        source.sha256 = 'a'.repeat(64);
      }),
    { file: MESSAGES, entry: uid('message', 0), reason: 'source-hash-differs' },
  ],
  inFirst(
    'a ledger that does not add up',
    'data/sources.json',
    'sources',
    (source) => {
      source.ledger = { parsedBytes: 4000, skippedBytes: 0, ignoredBytes: 3 };
    },
    uid('source', 1),
    'ledger-does-not-add-up',
  ),
  inFirst(
    'left-out messages hidden',
    'data/completeness.json',
    'conversations',
    (conversation) => {
      conversation.leftOut = [];
    },
    uid('conversation', 1),
    'sums-do-not-add-up',
  ),
  inFirst(
    'context passed off as selected',
    'data/completeness.json',
    'conversations',
    (conversation) => {
      conversation.selected = 3;
      conversation.context = 17;
    },
    uid('conversation', 1),
    'counts-differ: 3+17 stated, 2+18 found',
  ),
  [
    'totals changed',
    (files) =>
      editJson(files, 'data/case.json', (document) => {
        document.totals = { exhibits: 2, rows: 22, messages: 22 };
      }),
    { file: 'data/case.json', entry: 'totals', reason: 'counts-differ: 2 22 20 found' },
  ],
  inFirst(
    'the measure of a decision changed',
    'data/decisions.json',
    'decisions',
    (decision) => {
      decision.measure = 'warning';
    },
    uid('decision', 1),
    'signed-text-differs',
  ),
  inFirst(
    'a refusal made an approval',
    'data/decisions.json',
    'decisions',
    (decision) => {
      decision.approval = { ...(decision.approval as Json), approved: false };
    },
    uid('decision', 1),
    'signed-text-differs',
  ),
  inFirst(
    'a decision without its second signature',
    'data/decisions.json',
    'decisions',
    (decision) => {
      decision.signatures = (decision.signatures as Json[]).slice(0, 1);
    },
    uid('decision', 1),
    'signatures-missing: 2 needed, 1 found',
  ),
  inFirst(
    'a second signature by the first officer',
    'data/decisions.json',
    'decisions',
    (decision) => {
      const [first] = decision.signatures as Json[];
      const made = testDecision(officer, second);
      const signed = approvalText(made, made.approval as NonNullable<typeof made.approval>);
      const signature = sign(null, Buffer.from(signed), officer.key).toString('base64');
      decision.signatures = [first, { ...first, signed, signature }];
    },
    uid('decision', 1),
    'second-review-by-the-same-key',
  ),
  inFirst(
    "a decision's key exchanged",
    'data/decisions.json',
    'keys',
    (key) => {
      key.publicKey = stranger.pem;
    },
    officer.fingerprint,
    'fingerprint-differs',
  ),
  inFirst(
    'an unknown exhibit in the custody log',
    'data/custody.json',
    'custody',
    (event) => {
      event.exhibit = 'E-A7-0042-09';
    },
    uid('custody', 1),
    'exhibit-unknown: E-A7-0042-09',
  ),
  ...[2, 3, 4, 5, 6, 7].map((sequence) =>
    inAudit(
      `audit entry ${sequence} removed`,
      (lines) => lines.filter((_line, i) => i !== sequence),
      sequence + 1,
      'not-in-sequence',
    ),
  ),
  ...[2, 3, 4, 5].map((sequence) =>
    inAudit(
      `audit entries ${sequence} and ${sequence + 1} swapped`,
      (lines) =>
        lines.map((line, i) => lines[i === sequence ? i + 1 : i === sequence + 1 ? i - 1 : i] ?? line),
      sequence + 1,
      'not-in-sequence',
    ),
  ),
  inAudit(
    'an audit event reworded',
    (lines) => lines.map((line) => line.replace('记录 3', '记录 4')),
    3,
    'payload-differs',
  ),
  inAudit(
    'the last audit entry cut off',
    (lines) => [...lines.slice(0, 7), (lines[7] as string).slice(0, -1), ...lines.slice(9)],
    8,
    expect.stringContaining('head-not-reached'),
  ),
];

it.each(cases)('%s is named', async (_what, change, finding) => {
  const result = await made.verifyChanged((files) => {
    change(files);
    resign(files, stranger);
  });
  expect(result.ok).toBe(false);
  expect(result.failures).toContainEqual(finding);
});
