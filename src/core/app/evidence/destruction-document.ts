/** The certificate of a destruction, to be filed: as a document, or as the JSON that was signed. */
import type { Parsed } from '../../../contract/api.ts';
import type { Block, Document } from '../../documents/document.ts';
import type { Destruction } from '../../domain/retention.ts';
import { paperTime } from '../../evidence/zoned-time.ts';
import type { CaseDesk } from '../cases/case-desk.ts';
import { documentContent } from '../write-document.ts';
import { handOut, type WrittenFile } from '../write-file.ts';
import { destructionById, signedCertificate } from './destruction.ts';

const WORDS = {
  'zh-CN': {
    title: '销毁证明',
    what: '销毁对象',
    kinds: { source: '来源文件', case: '案卷内容', export: '已导出的证据包' },
    number: '证明编号',
    workspace: '工作区',
    at: '销毁时间',
    reason: '理由',
    rule: '留存期限',
    count: (what: string, n: number) => `${n} ${what}`,
    ruleText: (days: number, basis: string, due: string) => `${days} 天，依据：${basis}；${due} 到期`,
    noRule: '未设期限，仅凭上述理由',
    early: '期限届满前销毁',
    officer: '经办人',
    approver: '批准人',
    ordered: '销毁令',
    orderedText: (at: string, officer: string, approver: string) =>
      `${at}，${officer} 提出，${approver} 批准，均已签名`,
    counts: '数量',
    messages: '条消息的内容已销毁',
    kept: '条消息另有来源保存，内容未动',
    attachments: '个附件记录',
    accounts: '个账号或会话的名称',
    files: '个封存文件',
    rows: '行其他记录',
    things: '明细',
    name: '名称',
    digest: '消息摘要或包根',
    bytes: '字节',
    rest: '受影响的案卷',
    packs: '此前已导出的证据包',
    none: '无',
    method: '方式',
    methodText: '在 secure_delete 下清空数据库行，截断日志，重写数据库文件，删除加密存储中的文件。',
    remains: '保留的内容',
    remain: {
      ledger: '导入台账的总数',
      digests: '摘要',
      'audit-log': '审计日志',
      'case-records': '案卷记录（含办案人员自己写的文字）',
      decisions: '已签名的处置决定',
      backups: '此前所作备份中的副本',
      exports: '此前导出的文件',
      'copies-given-out': '已交付他人的副本',
    },
    signatures: '签名（Ed25519，对证明正文的规范 JSON）',
    fingerprint: '公钥指纹',
    signature: '签名',
    sign: '签字',
  },
  en: {
    title: 'Certificate of destruction',
    what: 'Destroyed',
    kinds: { source: 'a source file', case: 'the content of a case', export: 'an exported evidence pack' },
    number: 'Certificate',
    workspace: 'Workspace',
    at: 'Destroyed at',
    reason: 'Reason',
    rule: 'Period of retention',
    count: (what: string, n: number) => `${what}: ${n}`,
    ruleText: (days: number, basis: string, due: string) =>
      `${days} ${days === 1 ? 'day' : 'days'}, by ${basis}; ends ${due}`,
    noRule: 'no period was set; the reason above alone',
    early: 'before its period ended',
    officer: 'Officer',
    approver: 'Approved by',
    ordered: 'Ordered',
    orderedText: (at: string, officer: string, approver: string) =>
      `${at} by ${officer}, approved by ${approver}, signed by both`,
    counts: 'Counts',
    messages: 'messages whose content was destroyed',
    kept: 'messages that another source holds too; their content stays',
    attachments: 'records of attachments',
    accounts: 'names of accounts or conversations',
    files: 'sealed files',
    rows: 'other rows',
    things: 'In detail',
    name: 'Name',
    digest: 'Digest of the messages, or root',
    bytes: 'Bytes',
    rest: 'Cases that rested on it',
    packs: 'Evidence packs exported before',
    none: 'none',
    method: 'How',
    methodText:
      'Rows emptied under secure_delete, the log truncated, the database file written anew, the files of the encrypted store removed.',
    remains: 'What stays',
    remain: {
      ledger: 'the totals of the import ledger',
      digests: 'digests',
      'audit-log': 'the audit log',
      'case-records': 'records of cases, with what officers wrote themselves',
      decisions: 'signed decisions',
      backups: 'copies in backups made before',
      exports: 'files exported before',
      'copies-given-out': 'copies given to others',
    },
    signatures: 'Signatures (Ed25519, over the canonical JSON of this certificate)',
    fingerprint: 'Key fingerprint',
    signature: 'Signature',
    sign: 'Signed by hand',
  },
} as const;

/** The certificate as a document. */
export function certificateDocument(
  { certificate, signatures }: Destruction,
  language: 'zh-CN' | 'en',
  timeOf: (at: number) => string,
): Document {
  const words = WORDS[language];
  const { counts, rule } = certificate;
  const counted = (['messages', 'kept', 'attachments', 'accounts', 'files', 'rows'] as const)
    .filter((name) => counts[name] > 0)
    .map((name) => words.count(words[name], counts[name]));
  const list = (items: readonly string[]) =>
    items.length > 0 ? items.join(language === 'en' ? ', ' : '、') : words.none;
  const remain = (code: string) => (words.remain as Readonly<Record<string, string>>)[code] ?? code;
  const blocks: Block[] = [
    { kind: 'title', text: words.title },
    {
      kind: 'facts',
      rows: [
        [words.number, certificate.id],
        [words.workspace, `${certificate.workspace.prefix} (${certificate.workspace.id})`],
        [words.what, `${words.kinds[certificate.kind]}: ${certificate.name}`],
        [words.at, timeOf(certificate.at)],
        [words.reason, certificate.reason],
        [
          words.rule,
          (rule ? words.ruleText(rule.days, rule.basis, timeOf(rule.dueAt)) : words.noRule) +
            (certificate.early ? ` · ${words.early}` : ''),
        ],
        [words.officer, certificate.officer.name],
        [words.approver, certificate.approver.name],
        ...(certificate.begun
          ? [
              [
                words.ordered,
                words.orderedText(
                  timeOf(certificate.begun.at),
                  certificate.begun.officer.name,
                  certificate.begun.approver.name,
                ),
              ] as const,
            ]
          : []),
        [words.counts, list(counted)],
        [words.rest, list(certificate.cases)],
        [words.packs, list(certificate.packs)],
        [words.method, words.methodText],
        [words.remains, list(certificate.remains.map(remain))],
      ],
    },
    { kind: 'heading', level: 1, text: words.things },
    {
      kind: 'table',
      columns: [
        { title: words.name, share: 3 },
        { title: 'SHA-256', share: 4 },
        { title: words.digest, share: 4 },
        { title: words.bytes, share: 1 },
      ],
      rows: certificate.things.map(({ name, sha256, digest, bytes }) => [
        name,
        sha256 ?? '',
        digest ?? '',
        String(bytes),
      ]),
    },
    { kind: 'heading', level: 1, text: words.signatures },
    {
      kind: 'facts',
      rows: signatures.flatMap(({ officer, fingerprint, signature }) => [
        [`${officer} · ${words.fingerprint}`, fingerprint] as const,
        [`${officer} · ${words.signature}`, signature] as const,
        [`${officer} · ${words.sign}`, '________________________'] as const,
      ]),
    },
  ];
  return {
    language,
    title: `${words.title} ${certificate.id}`,
    header: `${words.title} · ${certificate.workspace.prefix}`,
    footer: certificate.id,
    at: certificate.at,
    blocks,
  };
}

/** Writes a certificate and says so in the audit log. Throws `not-found`, `no-page-printer`. */
export async function writeCertificate(
  desk: CaseDesk,
  input: Parsed<'retention.writeCertificate'>,
): Promise<WrittenFile> {
  const destruction = destructionById(desk, input.destructionId);
  const content =
    input.format === 'json'
      ? Buffer.from(signedCertificate(desk, destruction.id), 'utf8')
      : await documentContent(
          desk,
          certificateDocument(destruction, input.language, paperTime(desk.session.environment.zone)),
          input.format,
        );
  return handOut(desk.session, input.file, content, {
    type: 'destruction.certificate-written',
    subject: { type: 'destruction', id: destruction.id },
    after: { format: input.format },
  });
}
