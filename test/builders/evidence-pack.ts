/** Evidence packs for tests: a small fictional case, all ids and times fixed. */
import { createHash, sign } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { openResources } from '../../src/core/app/resources.ts';
import {
  auditHash,
  type ChainEntry,
  type EventEnvelope,
  eventPayloadDigest,
  GENESIS,
} from '../../src/core/audit/chain.ts';
import { sha256 } from '../../src/core/audit/digest.ts';
import type { Decision } from '../../src/core/domain/case.ts';
import type { PackAttachment } from '../../src/core/evidence/attachments.ts';
import { approvalText, decisionText } from '../../src/core/evidence/decision-signature.ts';
import { ROOTS_STATED } from '../../src/core/evidence/document-checks.ts';
import { exhibitDigest } from '../../src/core/evidence/exhibit-digest.ts';
import type {
  PackCompleteness,
  PackInput,
  PackMessage,
  PackSource,
} from '../../src/core/evidence/pack-content.ts';
import type { PackProceedings } from '../../src/core/evidence/profiles.ts';
import type { SourceProof } from '../../src/core/evidence/proof-checks.ts';
import {
  LINE,
  START,
  subjectMessage,
  type TestKey,
  testMessage,
  testProof,
  uid,
} from './evidence-messages.ts';

/** The event before the last, which is opened, states the roots of `proofs`. */
export function auditLog(
  length: number,
  opened: (sequence: number) => boolean,
  proofs: readonly SourceProof[],
): ChainEntry[] {
  const entries: ChainEntry[] = [];
  let previous = GENESIS;
  for (let sequence = 1; sequence <= length; sequence++) {
    const event: EventEnvelope = {
      id: uid('event', sequence),
      officer: uid('officer', 1),
      at: START + sequence * 1000,
      type: sequence === 1 ? 'case.opened' : sequence === length - 1 ? ROOTS_STATED : 'case.noted',
      subject: { type: 'case', id: uid('case', 1) },
      before: null,
      after:
        sequence === length - 1
          ? {
              sources: proofs.map(({ source, sha256: digest, root, messages }) => ({
                source,
                sha256: digest,
                root,
                messages,
                fixed: { sequence: 2, hash: sha256('fixed') },
              })),
            }
          : { note: `记录 ${sequence}` },
      supersedes: null,
    };
    const salt = createHash('sha256').update(`salt ${sequence}`).digest().subarray(0, 16);
    const link = { sequence, previous, at: event.at, payloadDigest: eventPayloadDigest(salt, event) };
    previous = auditHash(link);
    entries.push({
      ...link,
      hash: previous,
      ...(opened(sequence) ? { salt: salt.toString('hex'), event } : {}),
    });
  }
  return entries;
}

export function testDecision(officer: TestKey, second: TestKey): Decision {
  const option = {
    id: 'account-closed',
    level: 6,
    title: { zh: '永久封号', en: 'Account closed' },
    permanent: true,
    needsSecondApproval: true,
  };
  const bare: Decision = {
    id: uid('decision', 1),
    partyId: uid('party', 1),
    party: '王芳',
    proposal: {
      schedule: { id: 'platform', version: '1' },
      subjectType: 'personal-account',
      options: [option],
      proposed: 'account-closed',
      range: { min: 'account-closed', max: 'account-closed' },
      reasons: [{ code: 'category', params: { category: 'fraud' } }],
      needsSecondApproval: true,
    },
    measure: 'account-closed',
    measureTitle: option.title,
    deviates: false,
    deviationReason: '',
    facts: '在工作群发布刷单兼职信息 <1> 条。',
    basis: ['反电信网络诈骗法'],
    state: 'final',
    officer: '张敏',
    officerId: uid('officer', 1),
    at: START + 3_600_000,
    approval: { officer: '赵强', at: START + 7_200_000, approved: true, note: '同意' },
    signatures: [],
  };
  const by = (key: TestKey, name: string, text: string) => ({
    officer: name,
    fingerprint: key.fingerprint,
    signature: sign(null, Buffer.from(text), key.key).toString('base64'),
  });
  const approval = bare.approval as NonNullable<Decision['approval']>;
  return {
    ...bare,
    signatures: [by(officer, '张敏', decisionText(bare)), by(second, '赵强', approvalText(bare, approval))],
  };
}

export function testSource(messages: number): PackSource {
  const bytes = messages * LINE + 10;
  return {
    id: uid('source', 1),
    file: '=导出,"一".jsonl',
    sha256: sha256('source'),
    bytes,
    format: 'wecom-archive-jsonl',
    formatVersion: null,
    importerVersion: 1,
    platform: 'wecom',
    encoding: 'utf-8',
    zone: { id: 'Asia/Shanghai', assumed: false, matters: false },
    assumptions: {},
    messages,
    duplicates: 0,
    skipped: 1,
    ledger: { parsedBytes: messages * LINE, skippedBytes: 7, ignoredBytes: 3 },
    skips: [{ code: 'bad-json', count: 1, firstLine: messages + 1 }],
    digest: sha256('digests'),
    importedAt: START + 86_400_000,
    officer: '张敏',
    authority: {
      id: uid('authority', 1),
      authorisedBy: '法务部',
      purpose: '调查群内刷单信息',
      scope: '项目工作群',
      basis: '群规与员工手册',
      createdAt: START,
      officer: '张敏',
    },
  };
}

/** A picture of one pixel. */
export const TEST_PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** The picture of message 5 was found; nobody found that of any other. */
function testAttachment(message: string, kind: string, position: number): PackAttachment {
  const found = message === uid('message', 5);
  return {
    message,
    position,
    kind,
    state: found ? 'included' : 'missing',
    basis: found ? 'path' : null,
    reason: null,
    file: found ? { sha256: sha256(TEST_PICTURE), bytes: TEST_PICTURE.length, type: 'image/png' } : null,
  };
}

function testProceedings(): PackProceedings {
  return {
    rules: [
      {
        title: '工作群管理规定',
        version: '2025-1',
        effectiveFrom: '2025-01-01',
        endedOn: null,
        adoption: { way: 'staff-consultation', on: '2024-12-20', proof: '职工代表大会会议纪要' },
        receipts: [{ party: '王芳', on: '2025-01-03', proof: '签收表第 7 行' }],
      },
    ],
    hearings: [
      {
        party: '王芳',
        authorship: 'confirmed',
        authorshipNote: '',
        invitedAt: START + 92_000_000,
        invitedHow: '当面',
        answerDue: START + 178_400_000,
        notInvitedReason: '',
        answeredAt: START + 93_000_000,
        answer: '是我发的，<b>不知道</b>违规。',
      },
    ],
    letters: [
      {
        party: '王芳',
        kind: 'decision',
        at: START + 94_000_000,
        officer: '张敏',
        sha256: sha256('letter'),
        servedAt: START + 95_000_000,
        servedHow: '邮寄',
        serviceProof: 'EMS 1234567890',
      },
    ],
    appeals: [],
  };
}

/** The content of a pack with the given exhibits, everything stated about them consistent. */
export function packInput(
  exhibits: readonly (readonly PackMessage[])[],
  officer: TestKey,
  second: TestKey,
): PackInput {
  const messages = new Map<string, PackMessage>();
  for (const message of exhibits.flat()) {
    const known = messages.get(message.id);
    messages.set(message.id, { ...message, isSubject: message.isSubject || known?.isSubject === true });
  }
  const conversations = new Map<string, PackCompleteness>();
  for (const { conversation, record, isSubject } of messages.values()) {
    const before = conversations.get(conversation.id);
    conversations.set(conversation.id, {
      conversationId: conversation.id,
      platform: record.conversation.platform,
      name: conversation.name,
      type: 'group',
      from: START,
      to: null,
      leftOut: [{ reason: 'not-selected', count: 3 }],
      first: START,
      last: START + 7_200_000,
      before: 0,
      after: 2,
      recalls: 0,
      media: { named: 2, found: 0, examined: 0 },
      gaps: { counts: { 'missing-days': 0 }, gravest: [] },
      profiles: [
        {
          id: uid('account', 2),
          name: '王芳',
          names: ['王芳'],
          platformId: 'user-2',
          fields: {},
          shown: 3,
          isParty: true,
        },
      ],
      total: (before?.total ?? 5) + 1,
      inPeriod: (before?.inPeriod ?? 3) + 1,
      selected: (before?.selected ?? 0) + (isSubject ? 1 : 0),
      context: (before?.context ?? 0) + (isSubject ? 0 : 1),
    });
  }
  const proofs = [testProof([...messages.values()])];
  const audit = auditLog(8, (sequence) => sequence % 2 === 1, proofs);
  const head = audit.at(-1) as ChainEntry;
  const last = Math.max(...exhibits.flat().map(({ locator }) => locator.line));
  return {
    id: uid('pack', 1),
    profile: 'court',
    recipient: '某某区人民法院',
    purpose: '劳动争议\n举证',
    createdAt: START + 172_800_000,
    zone: 'Asia/Shanghai',
    software: 'Docket 0.1.0',
    officer: { id: uid('officer', 1), name: '张敏' },
    workspace: {
      id: uid('workspace', 1),
      prefix: 'A7',
      profile: 'platform',
      auditHead: { sequence: head.sequence, hash: head.hash },
    },
    case: {
      id: uid('case', 1),
      number: 'C-A7-0042',
      title: '群内刷单',
      state: 'decided',
      categories: ['fraud'],
      tier: 'illegal',
      severity: 4,
      openedAt: START + 90_000_000,
      closedAt: null,
      officer: '张敏',
      note: '',
    },
    parties: [
      {
        id: uid('party', 1),
        role: 'publisher',
        subjectType: 'personal-account',
        accountId: uid('account', 2),
        conversationId: null,
        name: '王芳',
        platformId: 'user-2',
        hits: 1,
      },
    ],
    exhibits: exhibits.map((rows, i) => ({
      id: uid('exhibit', i + 1),
      number: `E-A7-0042-${String(i + 1).padStart(2, '0')}`,
      description: `第 ${i + 1} 组聊天记录`,
      subject: { type: 'message', id: rows.find(({ isSubject }) => isSubject)?.id ?? uid('message', 0) },
      addedAt: START + 100_000_000,
      officer: '张敏',
      messages: rows.length,
      proves: i === 0 ? '王芳发布刷单信息' : '',
      sha256: rows.some(({ digest }) => digest === null)
        ? null
        : exhibitDigest(rows.map(({ digest }) => digest as string)),
      rows: () => rows,
    })),
    sources: [testSource(last)],
    proofs,
    decisions: [testDecision(officer, second)],
    keys: [
      { officer: '张敏', publicKey: officer.pem },
      { officer: '赵强', publicKey: second.pem },
    ],
    duties: [
      {
        id: uid('duty', 1),
        caseId: uid('case', 1),
        caseNumber: 'C-A7-0042',
        kind: 'report',
        state: 'filed',
        route: 'cyberspace',
        person: null,
        items: 1,
        receiver: { zh: '网信部门', en: 'Cyberspace administration' },
        basis: ['网络安全法'],
        categories: ['fraud'],
        openedAt: START + 90_000_000,
        dueAt: null,
        overdue: false,
        filedAt: START + 95_000_000,
        receiptNumber: '2026-0001',
        assessment: null,
        missing: [],
      },
    ],
    custody: exhibits.map((_rows, i) => ({
      id: uid('custody', i + 1),
      exhibit: `E-A7-0042-${String(i + 1).padStart(2, '0')}`,
      at: START + 100_000_000,
      officer: '张敏',
      action: 'added',
      purpose: '立案',
    })),
    audit: () => audit,
    completeness: [...conversations.values()],
    tools: openResources(fileURLToPath(new URL('../../resources', import.meta.url))).packTools,
    attachments: exhibits
      .flat()
      .filter(({ id }, at, all) => all.findIndex((other) => other.id === id) === at)
      .flatMap(({ id, record }) => record.attachments.map((medium, i) => testAttachment(id, medium.kind, i))),
    attachmentContent: () => [TEST_PICTURE.subarray(0, 20), TEST_PICTURE.subarray(20)],
    originals: null,
    originalContent: () => [],
    proceedings: testProceedings(),
    formats: new Set(['html', 'csv', 'xlsx', 'docx', 'pdf'] as const),
    watermark: true,
    printPages: async () => Buffer.from('%PDF-1.4\n%%EOF\n'),
    leftOut: [{ part: 'duties', reason: 'not-for-profile' }],
  };
}

/** Two exhibits that share context: twelve messages and ten. */
export function smallCase(officer: TestKey, second: TestKey): PackInput {
  const all = Array.from({ length: 20 }, (_, i) =>
    i === 5 || i === 14 ? subjectMessage(i) : testMessage(i),
  );
  const context = (message: PackMessage, subject: number) =>
    message.id === uid('message', subject) ? message : { ...message, isSubject: false };
  return packInput(
    [
      all.slice(0, 12).map((message) => context(message, 5)),
      all.slice(10).map((message) => context(message, 14)),
    ],
    officer,
    second,
  );
}
