/** Single changes to the contents of a pack, each with what a verifier must name. */
import { uid } from '../builders/evidence-messages.ts';
import { editFirst, editJson, type Json } from '../builders/evidence-tamper.ts';
import {
  audit,
  type Change,
  certificate,
  digit,
  inRows,
  lines,
  MESSAGES,
  own,
  row,
  swap,
  texts,
  tree,
} from './change-steps.ts';

export const CHANGES: readonly Change[] = [
  ...inRows,
  ...texts,
  swap(
    'proofs swapped between two messages',
    (a, b) => {
      [a.proof, b.proof] = [b.proof, a.proof];
    },
    own(1),
  ),
  swap(
    'salts swapped between two messages',
    (a, b) => {
      [a.proof.salts, b.proof.salts] = [b.proof.salts as Json, a.proof.salts as Json];
    },
    own(7),
  ),
  swap(
    'commitments swapped between two messages',
    (a, b) => {
      [a.proof.commitment, b.proof.commitment] = [b.proof.commitment, a.proof.commitment];
    },
    own(1),
  ),
  swap(
    'messages swapped, proofs left',
    (a, b) => {
      [a.message, b.message] = [b.message, a.message];
      [a.digest, b.digest] = [b.digest, a.digest];
    },
    own(7),
  ),
  ['a message twice', lines((rows) => [rows[0] as string, ...rows]), own(0)],
  ['rows of an exhibit apart', lines(([first, ...rest]) => [...rest, first as string]), /rows-scattered/],
  ['a line that is no JSON', lines((rows) => ['{', ...rows]), /line 1/],
  [
    'a line that is no UTF-8',
    (files) => files.set(MESSAGES, Buffer.concat([Buffer.of(0xff, 10), files.get(MESSAGES) as Buffer])),
    /line 1/,
  ],
  [
    'the last line not ended',
    (files) => files.set(MESSAGES, (files.get(MESSAGES) as Buffer).subarray(0, -1)),
    /last line/,
  ],
  [
    'subject passed off as context',
    row(5, (it) => {
      it.role = 'context';
    }),
    /counts-differ/,
  ],

  [
    'a node of a proof changed',
    tree((it) => {
      (it.nodes as string[])[0] = 'a'.repeat(64);
    }),
    /proof-does-not-lead-to-root/,
  ],
  [
    'a node of a proof dropped',
    tree((it) => {
      (it.nodes as string[]).pop();
    }),
    /proof-does-not-lead-to-root/,
  ],
  [
    'a node added to a proof',
    tree((it) => {
      (it.nodes as string[]).push('a'.repeat(64));
    }),
    /proof-does-not-lead-to-root/,
  ],
  [
    'the root of a tree changed',
    tree((it) => {
      it.root = digit(it.root);
    }),
    /data\/proofs\.json/,
  ],
  [
    'the size of a tree changed',
    tree((it) => {
      it.messages = Number(it.messages) + 1;
    }),
    /data\/proofs\.json/,
  ],
  [
    'the runs of a tree changed',
    tree((it) => {
      it.runs = [[0, 18]];
    }),
    /runs-differ/,
  ],
  [
    'a tree moved',
    tree((it) => {
      it.position = 0;
    }),
    /trees-do-not-lead-to-root/,
  ],
  [
    'a tree of another conversation',
    tree((it) => {
      it.conversation = uid('conversation', 9);
    }),
    /no-tree-proves-this/,
  ],
  [
    'the root of a source changed',
    tree((_it, source) => {
      source.root = digit(source.root);
    }),
    /data\/proofs\.json/,
  ],
  [
    'the size of a source changed',
    tree((_it, source) => {
      source.messages = 9;
    }),
    /root-differs-from-audit-log/,
  ],
  [
    'the hash of a source changed',
    tree((_it, source) => {
      source.sha256 = digit(source.sha256);
    }),
    /source-hash-differs/,
  ],
  [
    'the proofs of a source dropped',
    (files) =>
      editJson(files, 'data/proofs.json', (it) => {
        it.sources = [];
      }),
    /no-tree-proves-this/,
  ],

  [
    'total raised',
    certificate((it) => {
      it.total = 10;
    }),
    /sums-do-not-add-up/,
  ],
  [
    'left out hidden',
    certificate((it) => {
      it.leftOut = [];
    }),
    /sums-do-not-add-up/,
  ],
  [
    'context passed off as selected',
    certificate((it) => {
      it.selected = Number(it.selected) + 1;
      it.context = Number(it.context) - 1;
    }),
    /counts-differ/,
  ],
  [
    'an excerpt that says it is whole',
    certificate((it) => {
      it.selective = false;
    }),
    /selective-not-stated/,
  ],
  [
    'a pack that says it is whole',
    (files) =>
      editJson(files, 'data/completeness.json', (it) => {
        it.selective = false;
      }),
    /selective-not-stated/,
  ],
  [
    'withheld counts invented',
    (files) =>
      editJson(files, 'data/completeness.json', (it) => {
        it.withheld = { messages: 1, reasons: [{ reason: 'x', messages: 1 }] };
      }),
    /withheld/,
  ],
  [
    'a conversation dropped from the certificate',
    (files) =>
      editJson(files, 'data/completeness.json', (it) => {
        it.conversations = [];
      }),
    /not-stated/,
  ],

  [
    'an exhibit dropped',
    (files) =>
      editJson(files, 'data/case.json', (it) => {
        (it.exhibits as Json[]).pop();
      }),
    /E-A7-0042-02/,
  ],
  [
    'the digest of an exhibit',
    (files) =>
      editFirst(files, 'data/case.json', 'exhibits', (it) => {
        it.sha256 = digit(it.sha256);
      }),
    /E-A7-0042-01/,
  ],
  [
    'the digest of an exhibit withheld',
    (files) =>
      editFirst(files, 'data/case.json', 'exhibits', (it) => {
        it.sha256 = null;
      }),
    /E-A7-0042-01/,
  ],
  [
    'the count of an exhibit',
    (files) =>
      editFirst(files, 'data/case.json', 'exhibits', (it) => {
        it.messages = 13;
      }),
    /E-A7-0042-01/,
  ],
  [
    'totals',
    (files) =>
      editJson(files, 'data/case.json', (it) => {
        (it.totals as Json).messages = 19;
      }),
    /totals/,
  ],
  [
    'the source file replaced',
    (files) =>
      editFirst(files, 'data/sources.json', 'sources', (it) => {
        it.sha256 = 'a'.repeat(64);
      }),
    /source-hash-differs/,
  ],
  [
    'a ledger',
    (files) =>
      editFirst(files, 'data/sources.json', 'sources', (it) => {
        (it.ledger as Json).skippedBytes = 0;
      }),
    /ledger-does-not-add-up/,
  ],
  [
    'a source dropped',
    (files) =>
      editJson(files, 'data/sources.json', (it) => {
        it.sources = [];
      }),
    /not-stated/,
  ],
  [
    'custody of another exhibit',
    (files) =>
      editFirst(files, 'data/custody.json', 'custody', (it) => {
        it.exhibit = 'E-0';
      }),
    /exhibit-unknown/,
  ],

  [
    'the measure of a decision',
    (files) =>
      editFirst(files, 'data/decisions.json', 'decisions', (it) => {
        it.measure = 'warning';
      }),
    new RegExp(uid('decision', 1)),
  ],
  [
    'the facts of a decision',
    (files) =>
      editFirst(files, 'data/decisions.json', 'decisions', (it) => {
        it.facts = '别的';
      }),
    new RegExp(uid('decision', 1)),
  ],
  [
    'the second review turned round',
    (files) =>
      editFirst(files, 'data/decisions.json', 'decisions', (it) => {
        (it.approval as Json).approved = false;
      }),
    new RegExp(uid('decision', 1)),
  ],
  [
    'a signature dropped',
    (files) =>
      editFirst(files, 'data/decisions.json', 'decisions', (it) => {
        (it.signatures as Json[]).pop();
      }),
    /signatures-missing/,
  ],
  [
    'a signature of another text',
    (files) =>
      editFirst(files, 'data/decisions.json', 'decisions', (it) => {
        const [a, b] = it.signatures as [Json, Json];
        a.signature = b.signature;
      }),
    /signature-invalid/,
  ],
  [
    'a key dropped',
    (files) =>
      editJson(files, 'data/decisions.json', (it) => {
        (it.keys as Json[]).pop();
      }),
    /key-missing/,
  ],
  [
    'a fingerprint of a key',
    (files) =>
      editFirst(files, 'data/decisions.json', 'keys', (it) => {
        it.fingerprint = 'a'.repeat(64);
      }),
    /fingerprint-differs/,
  ],

  ...[1, 2, 3, 4, 5, 6, 7].map(
    (at): Change => [
      `audit entry ${at + 1} removed`,
      audit((all) => all.filter((_line, i) => i !== at + 1)),
      /audit\.json/,
    ],
  ),
  [
    'audit entries reordered',
    audit(([head, a, b, ...rest]) => [head as string, b as string, a as string, ...rest]),
    /audit\.json [12] /,
  ],
  ['the last audit entry removed', audit((all) => all.filter((_line, i) => i !== 8)), /audit\.json/],
  [
    'an opened event changed',
    audit((all) => all.map((line) => line.replace('记录 3', '记录 4'))),
    /audit\.json 3 payload-differs/,
  ],
  [
    'the salt of an event changed',
    audit((all) => all.map((line, i) => (i === 3 ? line.replace(/"salt":"./, '"salt":"z') : line))),
    /audit\.json 3 /,
  ],
  [
    'an event without its salt',
    audit((all) => all.map((line, i) => (i === 3 ? line.replace(/"salt":"[0-9a-f]+",/, '') : line))),
    /audit\.json 3 half-opened/,
  ],
  [
    'the roots closed',
    audit((all) => all.map((line, i) => (i === 7 ? line.replace(/,"salt":.*\}(,?)$/, '}$1') : line))),
    /root-not-in-audit-log/,
  ],
  [
    'the hash of an entry',
    audit((all) => all.map((line, i) => (i === 4 ? line.replace(/"hash":"./, '"hash":"z') : line))),
    /audit\.json/,
  ],
  [
    'the head of the log',
    (files) =>
      editJson(files, 'data/case.json', (it) => {
        ((it.workspace as Json).auditHead as Json).sequence = 9;
      }),
    /head-not-reached/,
  ],
];
