/** Messages, keys and proofs of the fictional case of evidence-pack.ts, all ids and times fixed. */
import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';
import { sha256 } from '../../src/core/audit/digest.ts';
import { commitmentOf, recordParts, Salts, treeLeaf } from '../../src/core/evidence/commitment.ts';
import { leafHash, proofOf, rootOf } from '../../src/core/evidence/merkle.ts';
import { type MessageRecord, messageDigest } from '../../src/core/evidence/message-digest.ts';
import type { MessageProof } from '../../src/core/evidence/message-proof.ts';
import type { PackMessage, PackSigner } from '../../src/core/evidence/pack-content.ts';
import { fingerprintOf } from '../../src/core/evidence/pack-key.ts';
import { runsOf, type SourceProof } from '../../src/core/evidence/proof-checks.ts';

/** 2026-01-05 09:00 in Shanghai. */
export const START = Date.UTC(2026, 0, 5, 1);

/** `uid('a', 3)`: a UUID that says what it is of. */
export function uid(kind: string, number: number): string {
  const tag = createHash('md5').update(kind).digest('hex').slice(0, 8);
  return `${tag}-0000-7000-8000-${String(number).padStart(12, '0')}`;
}

export interface TestKey {
  readonly pem: string;
  readonly fingerprint: string;
  readonly key: KeyObject;
  readonly signer: PackSigner;
}

/** DER of an Ed25519 private key up to its 32-byte seed (RFC 8410 §7). */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');

/** The same name gives the same key, so that tests repeat byte for byte. */
export function testKey(name: string): TestKey {
  const seed = createHash('sha256').update(name).digest();
  const key = createPrivateKey({ key: Buffer.concat([PKCS8_PREFIX, seed]), type: 'pkcs8', format: 'der' });
  const pem = createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString();
  const signer = { publicKey: pem, sign: (bytes: Uint8Array) => sign(null, bytes, key) };
  return { pem, fingerprint: fingerprintOf(pem), key, signer };
}

export const LINE = 200;

/** Message `i` of the conversation, said by one of three people, one minute after the one before. */
export function testMessage(i: number, change: Partial<MessageRecord> = {}): PackMessage {
  const sender = ['陈晓', '李伟', '王芳'][i % 3] as string;
  const record: MessageRecord = {
    conversation: { platform: 'wecom', key: 'wr-0001' },
    sender: `user-${i % 3}`,
    senderName: sender,
    platformId: `msg-${i}`,
    sentAtText: String(START + i * 60_000),
    instant: START + i * 60_000,
    wallTime: null,
    kind: 'text',
    text: `第 ${i} 条消息：明天九点开会。`,
    forwarded: false,
    carried: [],
    refersTo: null,
    editedAtText: null,
    attachments: [],
    extra: null,
    ...change,
  };
  return {
    id: uid('message', i),
    isSubject: false,
    conversation: { id: uid('conversation', 1), name: '项目工作群' },
    sender: { id: uid('account', i % 3), name: sender, platformId: `user-${i % 3}` },
    sentAt: START + i * 60_000,
    record,
    digest: messageDigest(record),
    flags: [],
    hits: [],
    sourceId: uid('source', 1),
    locator: locatorOf(i),
    proof: () => proofOfMessage(i, record),
  };
}

const SALTS = new Salts(Buffer.alloc(32, 7));
const locatorOf = (i: number) => ({ start: i * LINE, end: (i + 1) * LINE, line: i + 1 });

/** The proof of message `i` of the test source. */
function proofOfMessage(i: number, record: MessageRecord): MessageProof {
  const parts = recordParts(record, locatorOf(i), i);
  return {
    commitment: commitmentOf(parts, i, SALTS),
    index: i,
    ordinal: i,
    salts: Object.fromEntries(parts.map(([part]) => [part, SALTS.salt(i, part)])),
    twin: null,
    withheld: {},
  };
}

/**
 * The proof of the test source, which holds three more messages than the pack's last one, in one tree of
 * three.
 */
export function testProof(shown: readonly PackMessage[]): SourceProof {
  const last = Math.max(...shown.map((message) => message.proof().index));
  const commitments = new Map(shown.map((message) => [message.proof().index, message.proof().commitment]));
  const leaves = Array.from({ length: last + 4 }, (_, i) =>
    leafHash(Buffer.from(commitments.get(i) ?? sha256(`unshown ${i}`), 'hex')),
  );
  const indices = [...commitments.keys()].sort((a, b) => a - b);
  const tree = { conversation: uid('conversation', 1), position: 1, messages: leaves.length };
  const root = rootOf(leaves).toString('hex');
  const trees = [0, 1, 2].map((i) =>
    i === 1
      ? treeLeaf(tree.conversation, tree.messages, root)
      : treeLeaf(uid('conversation', 10 + i), 5, sha256(`tree ${i}`)),
  );
  const nodes = proofOf(leaves.length, indices, (from, to) => rootOf(leaves.slice(from, to)));
  return {
    source: uid('source', 1),
    sha256: sha256('source'),
    root: rootOf(trees).toString('hex'),
    messages: leaves.length + 10,
    conversations: 3,
    trees: [{ ...tree, root, runs: runsOf(indices), nodes: nodes.map((node) => node.toString('hex')) }],
    nodes: proofOf(3, [1], (from, to) => rootOf(trees.slice(from, to))).map((node) => node.toString('hex')),
  };
}

/** The subject of the case: offers a brush-order job; two hits that overlap. */
export function subjectMessage(i: number): PackMessage {
  const text = '日结三百，刷单返利，加薇❤ 信 abc12345';
  return {
    ...testMessage(i, {
      text,
      carried: [
        {
          act: 'forward',
          sender: '客服',
          text: '高薪兼职',
          sentAtText: '08:59',
          items: [{ act: 'quote', sender: null, text: '刷单', sentAtText: null }],
        },
      ],
      attachments: [
        { kind: 'image', name: '二维码.png', reference: 'img/1.png', size: 1024, md5: '0'.repeat(32) },
      ],
    }),
    isSubject: true,
    hits: [
      {
        id: uid('hit', 1),
        part: 0,
        act: 'own-post',
        pack: 'clean-up',
        rule: 'fraud.brush-orders',
        ruleTitle: { zh: '刷单兼职', en: 'Brush orders' },
        ruleVersion: '1.0.0',
        category: 'fraud',
        severity: 4,
        spans: [{ start: 5, end: 9, text: '刷单返利' }],
        transforms: [],
        basis: ['反电信网络诈骗法'],
        verdict: 'confirmed',
      },
      {
        id: uid('hit', 2),
        part: 2,
        act: 'quote',
        pack: 'clean-up',
        rule: 'fraud.brush-orders',
        ruleTitle: { zh: '刷单兼职', en: 'Brush orders' },
        ruleVersion: '1.0.0',
        category: 'fraud',
        severity: 4,
        spans: [{ start: 0, end: 2, text: '刷单' }],
        transforms: ['width'],
        basis: [],
        verdict: null,
      },
    ],
  };
}
